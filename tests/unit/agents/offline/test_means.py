"""Means: by a metric of its own, over places; nothing is averaged that the catalog cannot."""

import pytest

from tests.unit.agents.offline.conftest import Planner, said


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Berapa rata-rata suhu di Pos Kawah bulan lalu?", ["metric suhu_rata item=pos_kawah 2026-10-01..2026-11-01"]),
        ("pos kawah sasi lalu rata2 suhunya pira", ["metric suhu_rata item=pos_kawah 2026-10-01..2026-11-01"]),
        ("suhu pos kawah bulan lalu rata-ratanya berapa", ["metric suhu_rata item=pos_kawah 2026-10-01..2026-11-01"]),
        ("Berapa suhu rata-rata kemarin?", ["metric suhu_rata 2026-11-23..2026-11-24"]),
        ("suhu rata2 wingi pira", ["metric suhu_rata 2026-11-23..2026-11-24"]),
        ("rerata suhu kemarin", ["metric suhu_rata 2026-11-23..2026-11-24"]),
        ("Berapa rata-rata lama penanganan keluhan tahun ini?", ["metric lama_tangani 2026-01-01..2026-11-24T12"]),
        ("rata2 pira lama keluhan digarap taun ini", ["metric lama_tangani 2026-01-01..2026-11-24T12"]),
        ("lama penanganan keluhan rata-rata tahun ini", ["metric lama_tangani 2026-01-01..2026-11-24T12"]),
    ],
)
def test_a_question_becomes_a_plan(halimun: Planner, question: str, expected: list[str] | str) -> None:
    assert sorted(said(halimun(question))) == sorted(expected)
