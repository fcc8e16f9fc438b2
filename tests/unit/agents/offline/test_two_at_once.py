"""Two figures asked for in one sentence; what one says of place, time and item holds for the other too."""

import pytest

from tests.unit.agents.offline.conftest import Planner, said


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "Berapa hasil panen kopi dan luas lahan kopi bulan lalu?",
            [
                "metric hasil_panen item=kopi 2026-10-01..2026-11-01",
                "metric luas_tanam item=kopi 2026-10-01..2026-11-01",
            ],
        ),
        (
            "sasi lalu panen kopi pira, lahan kopi pira",
            [
                "metric hasil_panen item=kopi 2026-10-01..2026-11-01",
                "metric luas_tanam item=kopi 2026-10-01..2026-11-01",
            ],
        ),
        (
            "kopi bulan lalu panen berapa, lahannya berapa",
            [
                "metric hasil_panen item=kopi 2026-10-01..2026-11-01",
                "metric luas_tanam item=kopi 2026-10-01..2026-11-01",
            ],
        ),
        (
            "Berapa pagu dan belanja DPU tahun ini?",
            [
                "metric belanja agency=dinas_jalan 2026-01-01..2026-11-24T12",
                "metric pagu agency=dinas_jalan 2026-01-01..2026-11-24T12",
            ],
        ),
        (
            "dpu taun ini dana pira, belanja pira",
            [
                "metric belanja agency=dinas_jalan 2026-01-01..2026-11-24T12",
                "metric pagu agency=dinas_jalan 2026-01-01..2026-11-24T12",
            ],
        ),
        (
            "pagu sama belanja dpu tahun ini",
            [
                "metric belanja agency=dinas_jalan 2026-01-01..2026-11-24T12",
                "metric pagu agency=dinas_jalan 2026-01-01..2026-11-24T12",
            ],
        ),
        (
            "Berapa pendaki dan berapa kejadian longsor tahun lalu?",
            ["metric jumlah_pendaki 2025-01-01..2026-01-01", "metric kejadian_longsor 2025-01-01..2026-01-01"],
        ),
        (
            "taun lalu pendaki pira, longsor pira kali",
            ["metric jumlah_pendaki 2025-01-01..2026-01-01", "metric kejadian_longsor 2025-01-01..2026-01-01"],
        ),
        (
            "jumlah pendaki serta jumlah longsor tahun lalu",
            ["metric jumlah_pendaki 2025-01-01..2026-01-01", "metric kejadian_longsor 2025-01-01..2026-01-01"],
        ),
        (
            "Berapa keluhan dan berapa pengadu soal hama bulan lalu?",
            [
                "metric jumlah_keluhan category=hama 2026-10-01..2026-11-01",
                "metric jumlah_pengadu category=hama 2026-10-01..2026-11-01",
            ],
        ),
        (
            "hama sasi lalu keluhan pira, pengadu pira",
            [
                "metric jumlah_keluhan category=hama 2026-10-01..2026-11-01",
                "metric jumlah_pengadu category=hama 2026-10-01..2026-11-01",
            ],
        ),
        (
            "keluhan hama bulan lalu berapa, pengadunya berapa",
            [
                "metric jumlah_keluhan category=hama 2026-10-01..2026-11-01",
                "metric jumlah_pengadu category=hama 2026-10-01..2026-11-01",
            ],
        ),
    ],
)
def test_a_question_becomes_a_plan(halimun: Planner, question: str, expected: list[str] | str) -> None:
    assert sorted(said(halimun(question))) == sorted(expected)
