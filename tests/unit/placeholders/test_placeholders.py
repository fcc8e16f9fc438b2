"""Values come into sentences by placeholders alone, written as Indonesian or English readers expect them."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pesut.contracts import (
    BudgetQuery,
    Comparison,
    Dimension,
    Evidence,
    Filter,
    Grain,
    Language,
    MetricQuery,
    Period,
    ReportQuery,
    Show,
)
from pesut.placeholders import PlaceholderError, Sources, parts_of, pieces, placeholders, render
from pesut.placeholders.dates import written_period

JAKARTA = ZoneInfo("Asia/Jakarta")
OCTOBER = Period(start=datetime(2026, 10, 1, tzinfo=JAKARTA), end=datetime(2026, 11, 1, tzinfo=JAKARTA))

Make = Callable[..., Evidence]
MakeSources = Callable[..., Sources]


def period(start: tuple[int, ...], end: tuple[int, ...]) -> Period:
    return Period(start=datetime(*start, tzinfo=JAKARTA), end=datetime(*end, tzinfo=JAKARTA))  # pyright: ignore[reportArgumentType]


@pytest.fixture
def sources(make_evidence: Make, make_sources: MakeSources) -> Sources:
    complaints = MetricQuery(
        metric="jumlah_keluhan",
        period=OCTOBER,
        filters=(
            Filter(dimension=Dimension.CATEGORY, values=("hama", "ternak")),
            Filter(dimension=Dimension.REGION, values=("91.07.03",)),
        ),
        comparison=Comparison.LAST_YEAR,
    )
    return make_sources(
        make_evidence("E1", complaints, [{"value": 1204, "previous": 1000, "change": 204, "change_ratio": 0.204}]),
        make_evidence(
            "E2", MetricQuery(metric="suhu_terendah"), [{"value": 1.5, "observed_at": "2026-11-24T05:00:00+07:00"}]
        ),
        make_evidence("E3", MetricQuery(metric="belanja", period=OCTOBER), [{"value": 5_312_400_000_000}]),
        make_evidence("E4", MetricQuery(metric="serapan", period=OCTOBER), [{"value": 0.7345}]),
        make_evidence("E5", MetricQuery(metric="lama_tangani", period=OCTOBER), [{"value": 53.2}]),
        make_evidence(
            "E6",
            MetricQuery(metric="jumlah_pendaki", period=OCTOBER, grain=Grain.MONTH),
            [{"period": "2026-10-01", "value": 88}],
        ),
        make_evidence(
            "E7",
            ReportQuery(),
            [
                {"excerpt": "Wereng menyerang sawah kami sejak Senin.", "title": None},
                {"excerpt": 'Sawah kering” Pesut menyimpulkan aman. “ kata "mantri".', "title": None},
            ],
        ),
        make_evidence("E8", MetricQuery(metric="jumlah_keluhan", period=OCTOBER, show=Show.SHARE), [{"value": 0.25}]),
        make_evidence("E9", BudgetQuery(year=2026), [{"name": "Talud", "left": -1_250_000}]),
    )


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("{E1.rows[0].value|integer}", "1.204"),
        ("{E1.rows[0].value|measure}", "1.204 keluhan"),
        ("{E1.rows[0].change|measure_signed}", "+204 keluhan"),
        ("{E1.rows[0].change|direction}", "naik"),
        ("{E1.rows[0].change_ratio|percent_size}", "20,4%"),
        ("{E1.rows[0].change_ratio|measure}", "20,4%"),
        ("{E1.query.period|period}", "Oktober 2026"),
        ("{E1.compared|period}", "Oktober 2025"),
        ("{E1.query.filters[0]|names}", "Hama dan penyakit tanaman dan Ternak"),
        ("{E1.query.filters[1]|names}", "Kecamatan Telaga Wening"),
        ("{E1.datasets|agencies}", "BPBD"),
        ("{E2.rows[0].value|measure}", "1,5 °C"),
        ("{E2.rows[0].observed_at|moment}", "24 November 2026 pukul 05.00 WIB"),
        ("{E2.thresholds[0].value|measure}", "2,0 °C"),
        ("{E3.rows[0].value|measure}", "Rp5,31 triliun"),
        ("{E3.rows[0].value|rupiah_exact}", "Rp5.312.400.000.000"),
        ("{E4.rows[0].value|measure}", "73,5%"),
        ("{E5.rows[0].value|measure}", "2 hari 5 jam"),
        ("{E6.rows[0].period|bucket}", "Oktober 2026"),
        ("{E7.rows[0].excerpt[0:6]|quote}", "“Wereng”"),
        ("{E7.rows[1].excerpt|quote}", "“Sawah kering’ Pesut menyimpulkan aman. ‘ kata 'mantri'.”"),
        ("{E8.rows[0].value|measure}", "25%"),
        ("{E9.rows[0].left|rupiah}", "-Rp1,25 juta"),
        ("{E9.query.year|year}", "2026"),
        ("{clock.today|date}", "24 November 2026"),
        ("{clock.workdays[5]|date}", "30 November 2026"),
    ],
)
def test_values_are_written_for_indonesian_readers(text: str, written: str, sources: Sources) -> None:
    assert render(f"Kini {text} saja", sources) == f"Kini {written} saja"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("{E1.rows[0].value|integer}", "1,204"),
        ("{E1.rows[0].change|direction}", "rose"),
        ("{E3.rows[0].value|measure}", "Rp5.31 trillion"),
        ("{E5.rows[0].value|measure}", "2 days 5 hours"),
        ("{E1.query.period|period}", "October 2026"),
        ("{E1.query.filters[1]|names}", "Telaga Wening kecamatan"),
    ],
)
def test_values_are_written_for_english_readers(
    text: str, written: str, sources: Sources, make_sources: MakeSources
) -> None:
    english = make_sources(*sources.evidence.values(), language=Language.EN)
    assert render(text, english) == written


@pytest.mark.parametrize(
    "text",
    [
        "{E1.rows[1].value|integer}",
        "{E1.rows[0].nothing|integer}",
        "{E12.rows[0].value|integer}",
        "{E1.rows[0].value|roman}",
        "{E1.rows[0].value}",
        "{E1|integer}",
        "{E1.sql|text}",
        "{E1.__class__|text}",
        "{E1.query.model_fields|text}",
        "{E7.rows[0].title|text}",
        "{E7.rows[0].excerpt|integer}",
        "{E7.rows[0].excerpt[30:900]|quote}",
        "{E1.query.period|bucket}",
        "{clock.workdays[100000]|date}",
        "{ E1.rows[0].value|integer }",
        "}{",
    ],
)
def test_a_placeholder_that_points_nowhere_is_refused(text: str, sources: Sources) -> None:
    with pytest.raises(PlaceholderError):
        render(text, sources)


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        (period((2026, 1, 1), (2027, 1, 1)), "2026"),
        (period((2025, 1, 1), (2027, 1, 1)), "2025–2026"),
        (period((2026, 4, 1), (2026, 7, 1)), "triwulan II 2026"),
        (period((2026, 8, 1), (2026, 11, 1)), "Agustus–Oktober 2026"),
        (period((2025, 12, 1), (2026, 2, 1)), "Desember 2025–Januari 2026"),
        (period((2026, 11, 23), (2026, 11, 24)), "23 November 2026"),
        (period((2026, 11, 16), (2026, 11, 23)), "16–22 November 2026"),
        (period((2026, 10, 28), (2026, 11, 4)), "28 Oktober – 3 November 2026"),
        (period((2026, 11, 1), (2026, 11, 24, 10, 30)), "1–24 November 2026 (s.d. pukul 10.30)"),
        (
            period((2026, 11, 24, 8), (2026, 11, 24, 10)),
            "24 November 2026 pukul 08.00 WIB s.d. 24 November 2026 pukul 10.00 WIB",
        ),
    ],
)
def test_periods_have_their_shortest_exact_name(asked: Period, written: str) -> None:
    assert written_period(asked, JAKARTA, Language.ID) == written


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        cut = pieces(text)
    except PlaceholderError:
        assert "{" in text or "}" in text
    else:
        assert "".join(piece if isinstance(piece, str) else piece.written for piece in cut) == text


def test_control_characters_in_data_do_not_reach_the_page(make_evidence: Make, make_sources: MakeSources) -> None:
    rows = [{"excerpt": "satu\u202edua\x07\ntiga"}]
    sources = make_sources(make_evidence("E1", ReportQuery(), rows))
    assert render("{E1.rows[0].excerpt|text}", sources) == "satu dua tiga"


def test_a_rendered_sentence_leads_back_to_its_placeholders(sources: Sources) -> None:
    text = "Ada {E1.rows[0].value|measure} pada {E1.query.period|period}."
    parts = parts_of(text, render(text, sources))
    assert [(part.text, part.placeholder is not None) for part in parts] == [
        ("Ada ", False),
        ("1.204 keluhan", True),
        (" pada ", False),
        ("Oktober 2026", True),
        (".", False),
    ]
    assert [part.placeholder for part in parts if part.placeholder] == placeholders(text)


def test_a_number_beside_a_name_with_spaces_is_told_apart(sources: Sources) -> None:
    text = "Ambang {E2.thresholds[0].name.id|text} {E2.thresholds[0].value|measure} ({E2.thresholds[0].source|text})."
    values = {part.placeholder.format: part.text for part in parts_of(text, render(text, sources)) if part.placeholder}
    assert values["measure"] == "2,0 °C"
