"""Files that prove something: of few kinds, of some size, under a name that is safe to save."""

import pytest
from pydantic import ValidationError

from pesut.contracts import new_id
from pesut.contracts.disposition import Proof
from pesut.decisions.proofs import MOST_BYTES, proof_file
from pesut.errors import InvalidInputError

PDF = b"%PDF-1.7 ..."


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("berita acara.pdf", "berita_acara.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\dokumen\\ba.PDF", "ba.PDF"),
        ('a"\r\nX-Evil: 1.pdf', "a_X-Evil_1.pdf"),
    ],
)
def test_a_name_is_made_safe(name: str, safe: str) -> None:
    assert proof_file(name, PDF).name == safe


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b""),
        ("a.pdf", b"%PDF-" + b"0" * MOST_BYTES),
        ("a.pdf", b"<html><script>"),
        ("a.html", b"<html>"),
        ("a.svg", b"<svg onload=x>"),
        ("a.exe", b"MZ"),
        ("a", PDF),
        ("", PDF),
        ("a.jpg", PDF),
    ],
)
def test_what_is_not_taken(name: str, content: bytes) -> None:
    with pytest.raises(InvalidInputError):
        proof_file(name, content)


def test_a_proof_lies_in_one_place() -> None:
    assert Proof(title="Foto", file=new_id()).address is None
    for more in ({}, {"file": new_id(), "address": "https://halimun.example/a"}):
        with pytest.raises(ValidationError):
            Proof.model_validate({"title": "Foto"} | more)
