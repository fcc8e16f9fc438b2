"""Text is mended where that is certain, and left alone where it is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pesut.intake.text_repair import one_line, repaired


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("baris satu\\nbaris dua", "baris satu\nbaris dua"),
        ("a\r\nb\u2028c", "a\nb\nc"),
        ("Tom &amp; Jerry &lt;b&gt; &#39;x&#39;", "Tom & Jerry <b> 'x'"),
        ("&amp;amp;", "&"),
        ("sampah&kadang; bau&mohon; pemda", "sampah&kadang; bau&mohon; pemda"),
        ("sampah&parah jalan&notaris", "sampah&parah jalan&notaris"),
        ("kafÃ© dan â€œkutipâ€\x9d", "kafé dan “kutip”"),
        ("café, naïve, São", "café, naïve, São"),
        ("a\x00b\x07c\u200bd\ufeff", "abcd"),
        ("C:\\new\\rumah", "C:\\new\\rumah"),
        ("a\u00a0b", "a b"),
        ("e\u0301", "é"),
        ("\ud800x", "\ufffdx"),
    ],
)
def test_what_is_mended_and_what_is_left(broken: str, mended: str) -> None:
    assert repaired(broken) == mended


def test_one_line() -> None:
    assert one_line("  Dinas \n Lingkungan\t Hidup ") == "Dinas Lingkungan Hidup"


@given(st.text())
def test_mended_text_can_be_stored_and_shown(text: str) -> None:
    mended = repaired(text)
    mended.encode()
    assert "\x00" not in mended
    assert all(sign.isprintable() or sign in "\n\t" for sign in mended)


@given(st.text(alphabet="abc é.,-\nZ1"))
def test_sound_text_is_only_trimmed(text: str) -> None:
    assert repaired(text) == text.strip()
