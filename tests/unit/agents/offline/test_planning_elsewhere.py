"""The same reasoner in another city, with other metrics, words and places."""

import pytest

from tests.unit.agents.offline.conftest import Planner, said


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "Berapa suhu terendah di Pos Kawah minggu ini?",
            ["metric suhu_terendah item=pos_kawah 2026-11-23..2026-11-24T12"],
        ),
        (
            "Desa mana dengan keluhan hama terbanyak bulan lalu, dan apa yang sebaiknya dilakukan?",
            [
                "metric jumlah_keluhan category=hama 2026-10-01..2026-11-01 by:village order:down limit:1",
                "report category=hama 2026-10-01..2026-11-01 about:Hama dan penyakit tanaman",
                "document about:Hama dan penyakit tanaman",
                "recommend hama",
            ],
        ),
        (
            "Berapa hasil panen kentang per kecamatan tahun ini dibanding tahun lalu?",
            ["metric hasil_panen item=kentang 2026-01-01..2026-11-24T12 by:district against:last_year"],
        ),
        ("pira keluhan wereng wingi", ["metric jumlah_keluhan category=hama 2026-11-23..2026-11-24"]),
        ("keluhan di garung kidul triwulan III", ["metric jumlah_keluhan region=91.07.04 2026-07-01..2026-10-01"]),
        (
            "3 desa dengan hasil panen kopi tertinggi tahun lalu",
            ["metric hasil_panen item=kopi 2025-01-01..2026-01-01 by:village order:down limit:3"],
        ),
        (
            "berapa persen dana terpakai dinas tani tahun ini",
            ["metric serapan agency=dinas_tani 2026-01-01..2026-11-24T12"],
        ),
        (
            "apakah suhu pos kawah sudah mencapai embun beku tadi malam",
            ["metric suhu_terendah item=pos_kawah 2026-11-23T18..2026-11-24T06 each:day having:<=2"],
        ),
        (
            "jumlah pendaki jalur utara akhir pekan lalu",
            ["metric jumlah_pendaki item=jalur_pasir_embun 2026-11-21..2026-11-23"],
        ),
        (
            "berapa pupuk langka dilaporkan sejak januari",
            ["metric jumlah_keluhan category=pupuk 2026-01-01..2026-11-24T12"],
        ),
        (
            "apa kata warga tentang jembatan gantung di Kalialang",
            ["report region=91.07.04.2002 category=jalan_desa about:jembatan gantung"],
        ),
        (
            "panen carica vs kentang bulan lalu",
            ["metric hasil_panen item=carica,kentang 2026-10-01..2026-11-01 by:item"],
        ),
        (
            "rata-rata suhu per bulan di pos telaga tahun 2025",
            ["metric suhu_rata item=pos_telaga 2025-01-01..2026-01-01 each:month"],
        ),
        (
            "keluhan yang belum disentuh lewat radio bulan ini",
            ["metric jumlah_keluhan status=baru channel=radio 2026-11-01..2026-11-24T12"],
        ),
        ("tren kejadian longsor 12 bulan terakhir", ["metric kejadian_longsor 2025-11-01..2026-11-01 each:month"]),
        ("peraturan tentang hama wereng", ["document about:hama wereng"]),
        ("laporan banjir di Samarinda", "out_of_scope"),
        ("siapa bupati terpilih", "out_of_scope"),
    ],
)
def test_a_question_becomes_a_plan(halimun: Planner, question: str, expected: list[str] | str) -> None:
    assert said(halimun(question)) == expected
