"""A unit after "tiap" tells the steps, and the period is read from what follows."""

import pytest

from tests.unit.agents.offline.conftest import Planner, said


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("keluhan tiap hari minggu lalu", "2026-11-16..2026-11-23 each:day"),
        ("keluhan tiap bulan jan sampai okt 2026", "2026-01-01..2026-11-01 each:month"),
        ("keluhan per bulan Januari sampai Maret 2026", "2026-01-01..2026-04-01 each:month"),
        ("keluhan per hari minggu ini", "2026-11-23..2026-11-24T12 each:day"),
        ("keluhan hari Minggu lalu", "2026-11-22..2026-11-23"),
    ],
)
def test_steps_and_period_are_told_apart(halimun: Planner, question: str, expected: str) -> None:
    assert said(halimun(question)) == [f"metric jumlah_keluhan {expected}"]


def test_up_to_today_says_nothing_more_beside_a_period(halimun: Planner) -> None:
    assert said(halimun("Sampai hari ini, berapa keluhan yang masuk pada bulan ini?")) == [
        "metric jumlah_keluhan 2026-11-01..2026-11-24T12"
    ]


def test_a_word_written_with_a_two_is_written_twice(halimun: Planner) -> None:
    assert said(halimun("rata2 suhu di Pos Kawah bulan lalu")) == [
        "metric suhu_rata item=pos_kawah 2026-10-01..2026-11-01"
    ]
    assert said(halimun("keluhan semester2 2025")) == ["metric jumlah_keluhan 2025-07-01..2026-01-01"]
