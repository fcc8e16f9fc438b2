"""Papers of a decision: complete, empty where a person signs, marked where they are no decision, and the same bytes each time."""

import os
import subprocess
import sys
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from pypdf import PdfReader

from pesut.contracts.paper import PaperFormat, PaperKind
from pesut.decisions.record import Decider, canonical
from pesut.errors import ConflictError
from pesut.papers.code import as_png
from pesut.papers.composing import compose
from pesut.papers.document import Signature
from pesut.papers.dossier import Dossier, dossier_of
from pesut.papers.issuing import write
from tests.unit.papers.conftest import DECISION, MAYOR, MakeRecord

SEAL = "5e" * 32
ADDRESS = f"https://pesut.lembah-halimun.example/keputusan/{DECISION}"
A4 = (595.28, 841.89)  # points
ANOTHER_PROCESS = """
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZipFile
from pesut.contracts.paper import PaperFormat, PaperKind
from pesut.decisions.record import DecisionRecord
from pesut.papers.composing import compose
from pesut.papers.dossier import dossier_of
from pesut.papers.issuing import write

record = DecisionRecord.model_validate_json(Path(sys.argv[1]).read_text())
for kind in PaperKind:
    for format_ in PaperFormat:
        print(sha256(write(compose(kind, dossier_of(record, sys.argv[2])), format_)).hexdigest())
"""


@pytest.fixture
def dossier(make_record: MakeRecord) -> Dossier:
    return dossier_of(make_record(), SEAL)


def pdf_pages(dossier: Dossier, kind: PaperKind) -> list[str]:
    reader = PdfReader(BytesIO(write(compose(kind, dossier), PaperFormat.PDF)))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def docx_text(dossier: Dossier, kind: PaperKind) -> str:
    document: Any = docx.Document(BytesIO(write(compose(kind, dossier), PaperFormat.DOCX)))
    return "\n".join(part.text for part in document.element.body.iter() if part.tag.endswith("}t"))


def test_a_record_renders_to_the_same_bytes_in_another_process(make_record: MakeRecord, tmp_path: Path) -> None:
    record = make_record()
    (tmp_path / "record.json").write_text(canonical(record))
    here = [
        sha256(write(compose(kind, dossier_of(record, SEAL)), format_)).hexdigest()
        for kind in PaperKind
        for format_ in PaperFormat
    ]
    there = subprocess.run(
        (sys.executable, "-c", ANOTHER_PROCESS, str(tmp_path / "record.json"), SEAL),
        capture_output=True, text=True, check=True,
        env=os.environ | {"PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland", "LC_ALL": "C"},
    )  # fmt: skip
    assert there.stdout.split() == here
    assert len(set(here)) == len(here)


@pytest.mark.parametrize("kind", PaperKind)
def test_a_pdf_is_tagged_named_and_of_a4(dossier: Dossier, kind: PaperKind) -> None:
    reader = PdfReader(BytesIO(write(compose(kind, dossier), PaperFormat.PDF)))
    root: Any = reader.trailer["/Root"].get_object()
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert str(root["/Lang"]).lower().startswith("id")
    assert reader.metadata is not None
    assert dossier.title in str(reader.metadata.title)
    assert reader.metadata.creation_date == compose(kind, dossier).moment
    for page in reader.pages:
        assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx(A4, abs=0.1)


@pytest.mark.parametrize("kind", PaperKind)
def test_every_page_says_that_its_data_are_made_up(dossier: Dossier, kind: PaperKind, make_record: MakeRecord) -> None:
    pages = pdf_pages(dossier, kind)
    assert all("DATA CONTOH" in page for page in pages)
    document = docx.Document(BytesIO(write(compose(kind, dossier), PaperFormat.DOCX)))
    assert "DATA CONTOH" in document.sections[0].header.paragraphs[0].text
    real = dossier_of(make_record(sample=False), SEAL)
    assert not any("DATA CONTOH" in page for page in pdf_pages(real, kind))


def test_the_staff_review_says_all_and_shows_what_it_rests_on(dossier: Dossier) -> None:
    for text in (" ".join(pdf_pages(dossier, PaperKind.STAFF_REVIEW)), docx_text(dossier, PaperKind.STAFF_REVIEW)):
        for said in (
            "PEMERINTAH KABUPATEN LEMBAH HALIMUN", "Jalan Alun-Alun No. 1", "Bupati Lembah Halimun", "24 November 2026",
            "Persoalan", "Praanggapan", "Ada 1.204 keluhan pada Oktober 2026.", "Keluhan naik 20,4%.", "Simpulan",
            "Bertindak sekarang", "Keluhan dapat turun dengan sendirinya.", "Hama dan penyakit tanaman", "Biasa",
            ADDRESS, SEAL, dossier.exhibits[0].digest,
        ):  # fmt: skip
            assert "".join(said.split()) in "".join(text.split()), said


def test_the_memo_tells_each_agency_what_to_do_by_when(dossier: Dossier) -> None:
    for text in (" ".join(pdf_pages(dossier, PaperKind.MEMO)), docx_text(dossier, PaperKind.MEMO)):
        for said in (
            "Pimpinan Dinas Pertanian dan Peternakan", "14 Desember 2026", "Petak yang terserang didatangi",
            "paling banyak 800 keluhan, dilihat kembali pada 22 Februari 2027", "Dahulukan desa di hulu.",
        ):  # fmt: skip
            assert "".join(said.split()) in "".join(text.split()), said


@pytest.mark.parametrize("kind", PaperKind)
def test_nobody_is_made_to_sign(make_record: MakeRecord, kind: PaperKind) -> None:
    who = Decider(id=MAYOR, name="Sulastri Wirabumi", role=make_record().decided_by.role)
    dossier = dossier_of(make_record(decided_by=who), SEAL)
    assert any(isinstance(block, Signature) for block in compose(kind, dossier).body)
    assert "Sulastri" not in " ".join(pdf_pages(dossier, kind)) + docx_text(dossier, kind)


def test_the_code_leads_back_to_the_decision(dossier: Dossier) -> None:
    assert dossier.address == ADDRESS
    with ZipFile(BytesIO(write(compose(PaperKind.MEMO, dossier), PaperFormat.DOCX))) as package:
        pictures = [package.read(name) for name in package.namelist() if name.endswith(".png")]
    assert pictures == [as_png(ADDRESS)]
    nowhere = dossier.government.model_copy(update={"site": ""})
    assert dossier.model_copy(update={"government": nowhere}).address == f"urn:uuid:{DECISION}"


def test_a_draft_is_marked_and_orders_nothing(dossier: Dossier) -> None:
    draft = dossier.model_copy(update={"ruling": None})
    assert all("KONSEP" in page for page in pdf_pages(draft, PaperKind.STAFF_REVIEW))
    for kind in (PaperKind.MEMO, PaperKind.DISPOSITION):
        with pytest.raises(ConflictError, match="nothing was"):
            compose(kind, draft)


def test_a_rejection_has_no_orders(make_record: MakeRecord) -> None:
    rejected = dossier_of(make_record(verdict="rejected", orders=(), expected=""), SEAL)
    assert "Ditolak oleh Bupati" in " ".join(pdf_pages(rejected, PaperKind.STAFF_REVIEW))
    with pytest.raises(ConflictError, match="rejected"):
        compose(PaperKind.MEMO, rejected)


def test_what_few_may_see_says_so(make_record: MakeRecord) -> None:
    few = dossier_of(make_record(restricted=True), SEAL)
    assert "Terbatas" in docx_text(few, PaperKind.DISPOSITION)
