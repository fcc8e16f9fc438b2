"""The highest and the lowest: by a metric of its own, by steps of time, by place; and none where the catalog has only the other."""

import pytest

from tests.unit.agents.offline.conftest import Planner, said


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "Hari apa suhu paling dingin di Pos Kawah bulan lalu?",
            ["metric suhu_terendah item=pos_kawah 2026-10-01..2026-11-01 each:day order:up limit:1"],
        ),
        (
            "pos kawah sasi lalu paling dingin kapan",
            ["metric suhu_terendah item=pos_kawah 2026-10-01..2026-11-01 each:day order:up limit:1"],
        ),
        (
            "kapan suhu terendah pos kawah bulan lalu",
            ["metric suhu_terendah item=pos_kawah 2026-10-01..2026-11-01 each:day order:up limit:1"],
        ),
        (
            "Bulan apa pendaki paling banyak pada 2025?",
            ["metric jumlah_pendaki 2025-01-01..2026-01-01 each:month order:down limit:1"],
        ),
        (
            "taun 2025 pendaki paling akeh sasi apa",
            ["metric jumlah_pendaki 2025-01-01..2026-01-01 each:month order:down limit:1"],
        ),
        (
            "pendaki paling rame bulan apa tahun 2025",
            ["metric jumlah_pendaki 2025-01-01..2026-01-01 each:month order:down limit:1"],
        ),
        (
            "Desa mana hasil panen kentangnya paling sedikit tahun lalu?",
            ["metric hasil_panen item=kentang 2025-01-01..2026-01-01 by:village order:up limit:1"],
        ),
        (
            "desa panen kentang paling dikit taun lalu ngendi",
            ["metric hasil_panen item=kentang 2025-01-01..2026-01-01 by:village order:up limit:1"],
        ),
        (
            "desa mana panen kentangnya terendah tahun lalu",
            ["metric hasil_panen item=kentang 2025-01-01..2026-01-01 by:village order:up limit:1"],
        ),
        ("Berapa suhu tertinggi di Pos Telaga bulan lalu?", "no_data"),
        ("pos telaga sasi lalu suhu paling panas pira", "no_data"),
        ("suhu paling tinggi pos telaga bulan lalu", "no_data"),
    ],
)
def test_a_question_becomes_a_plan(halimun: Planner, question: str, expected: list[str] | str) -> None:
    assert sorted(said(halimun(question))) == sorted(expected)
