"""Documents have a strict head, and passages that are short enough to quote and lose no word."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from pesut.city.documents import LONGEST_PASSAGE, read_documents, split_passages

PAPER = "documents/perbup-hama.md"
AGENCIES = ("dinas_tani", "dinas_jalan", "badan_bencana")


def replace(file: Path, old: str, new: str) -> int:
    """Replace the first `old` in a file; the line it stands on."""
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))
    return text[: text.index(old)].count("\n") + 1


def faults(folder: Path) -> list[str]:
    return read_documents(folder, AGENCIES, ("hama", "longsor", "jalan_desa")).problems


def test_a_document_is_cut_at_its_headings(folder: Path) -> None:
    document = read_documents(folder, AGENCIES, None).documents["perbup-12-2024"]
    assert [passage.heading for passage in document.passages] == ["Pasal 3", "Pasal 5"]
    assert document.passages[1].text.endswith("dengan agen hayati sebagai pilihan pertama.")
    assert "\n" not in document.passages[1].text
    assert document.head.sample


def test_headings_keep_what_they_stand_under() -> None:
    passages = split_passages("# Title\n\nPreamble\n## BAB II\n### Pasal 4\nFour\n### Pasal 5\nFive\n## BAB III\nThree")
    assert [(passage.heading, passage.text) for passage in passages] == [
        ("", "Preamble"), ("BAB II › Pasal 4", "Four"), ("BAB II › Pasal 5", "Five"), ("BAB III", "Three"),
    ]  # fmt: skip


def test_wrapped_lines_are_joined_and_lists_kept() -> None:
    (passage,) = split_passages("one\ntwo\n- three\n- four\n1. five\na. six")
    assert passage.text == "one two\n- three\n- four\n1. five\na. six"


@given(st.lists(st.text(alphabet="ab .;\n", max_size=1500), max_size=4).map("\n\n".join))
def test_passages_are_short_and_lose_nothing(text: str) -> None:
    passages = split_passages(text)
    assert all(0 < len(passage.text) <= LONGEST_PASSAGE for passage in passages)
    assert "".join("".join(passage.text.split()) for passage in passages) == "".join(text.split())


def test_long_sentences_and_words_are_cut() -> None:
    assert [len(passage.text) for passage in split_passages("x" * 2000)] == [900, 900, 200]
    sentences = " ".join(f"{'kata ' * 60}selesai." for _ in range(5))
    assert all(passage.text.endswith("selesai.") for passage in split_passages(sentences))


def test_a_document_without_head(folder: Path) -> None:
    (folder / PAPER).write_text("# Just text\n")
    (found,) = faults(folder)
    assert found.startswith(f"{PAPER}:1: the file must begin with its head")


def test_a_document_without_text(folder: Path) -> None:
    path = folder / PAPER
    path.write_text(path.read_text().split("# Peraturan")[0])
    assert faults(folder) == [f"{PAPER}:10: the document has no text"]


def test_faults_in_the_head(folder: Path) -> None:
    kind = replace(folder / PAPER, "kind: regulation", "kind: song")
    issued = replace(folder / PAPER, "issued_on: 2024-03-04", "issued_on: kemarin")
    found = faults(folder)
    assert [problem.split(" document")[0] for problem in found] == [f"{PAPER}:{kind}:", f"{PAPER}:{issued}:"]


def test_broken_yaml_in_the_head(folder: Path) -> None:
    line = replace(folder / PAPER, "number: 12 Tahun 2024", "number: [12")
    (found,) = faults(folder)
    assert found.startswith(f"{PAPER}:{line + 1}: not valid YAML")


def test_a_head_that_names_what_is_not_there(folder: Path) -> None:
    agency = replace(folder / PAPER, "agency: dinas_tani", "agency: dinas_taru")
    category = replace(folder / PAPER, "[hama]", "[hama, hamaa]")
    code = replace(folder / PAPER, "perbup-12-2024", "kep-talud-2023")
    assert sorted(problem.split(" document")[0] for problem in faults(folder)) == [
        f"{PAPER}:{code}:", f"{PAPER}:{agency}:", f"{PAPER}:{category}:",
    ]  # fmt: skip
