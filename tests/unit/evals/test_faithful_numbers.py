"""The suite reads numbers by itself, and finds a wrong one."""

import pytest

from evals.faithfulness.numbers import cells_of, numbers_in
from pesut.contracts import Language, MetricQuery
from tests.unit.conftest import MakeEvidence


@pytest.mark.parametrize(
    ("sentence", "cells"),
    [
        ("Naik 55 laporan (785,7%) dibanding Oktober 2025 (7 laporan).", [55, 7.8571, 7]),
        ("Pagu tahun 2026 sebesar Rp82,43 miliar; sisa Rp750.000.", [82_427_000_000, 750_000]),
        ("Turun 1.204 laporan pada 1–24 November 2026 (s.d. pukul 10.00 WITA).", [-1204]),
        ("Kata warga: “sudah 3 hari” (laporan LW-2026-019267, 21 Oktober 2026).", []),
        ("Rata-rata 2,50 m di Benanga.", [2.497]),
    ],
)
def test_each_number_is_the_rounding_of_its_cell(sentence: str, cells: list[float]) -> None:
    numbers = numbers_in(sentence, Language.ID, ["LW-2026-019267"])
    assert [number.is_of(cell) for number, cell in zip(numbers, cells, strict=True)] == [True] * len(cells)


def test_english_sentences_have_their_own_marks() -> None:
    [amount, share] = numbers_in("Rp1.5 billion, 12.5% of 2026's total", Language.EN)
    assert amount.is_of(1_480_000_000)
    assert share.is_of(0.1251)


@pytest.mark.parametrize(
    ("sentence", "cell"), [("57 laporan", 58), ("72,7%", 0.728), ("Rp82,43 miliar", 82_440_000_000)]
)
def test_another_number_is_not_taken_for_it(sentence: str, cell: float) -> None:
    [number] = numbers_in(sentence, Language.ID)
    assert not number.is_of(cell)


def test_half_an_hour_is_rounded_up_as_people_do(make_evidence: MakeEvidence) -> None:
    """ "5 hari 17 jam" is what 136.5 hours come to; rounding to the even number would give 16."""
    held = list(cells_of(make_evidence("E1", MetricQuery(metric="jumlah_keluhan"), [{"value": 136.5}])))
    assert 17 in held
    assert 16 not in held


def test_the_moment_up_to_which_something_counts_is_no_number() -> None:
    said = "Citizens' reports, 1 January – 25 November 2026 (until 10:05): 73 reports."
    assert [number.value for number in numbers_in(said, Language.EN)] == [73]
