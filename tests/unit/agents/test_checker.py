"""What the evidence does not carry never comes through, however it is put; what it carries does."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from agents.answer.check import checked, fault_of
from agents.reasoners.base import Draft
from agents.reasoners.offline.writing.figures import figure_claims
from pesut.contracts import (
    Claim,
    ClaimKind,
    Comparison,
    Dimension,
    Evidence,
    Filter,
    Grain,
    Having,
    Language,
    MetricQuery,
    Operator,
    Order,
    Period,
    ReportQuery,
    ReviewOption,
    ReviewPoint,
    Row,
    StaffReview,
)
from pesut.placeholders import Sources, render

OCTOBER = Period(start=datetime(2026, 9, 30, 17, tzinfo=UTC), end=datetime(2026, 10, 31, 17, tzinfo=UTC))
DISTRICTS = {
    "91.07.01": "Watulawang",
    "91.07.02": "Kawah",
    "91.07.03": "Telaga Wening",
    "91.07.04": "Garung Kidul",
}
RANKING = MetricQuery(
    metric="jumlah_keluhan", period=OCTOBER, group_by=(Dimension.DISTRICT,), comparison=Comparison.LAST_YEAR
)
SINGLE = MetricQuery(
    metric="jumlah_keluhan",
    period=OCTOBER,
    comparison=Comparison.LAST_YEAR,
    filters=(
        Filter(dimension=Dimension.CATEGORY, values=("hama",)),
        Filter(dimension=Dimension.REGION, values=("91.07.03",)),
    ),
)

Make = Callable[..., Evidence]
MakeSources = Callable[..., Sources]
counts = st.integers(min_value=0, max_value=100_000)
exhaustive = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def compared(value: int, previous: int) -> Row:
    ratio = round((value - previous) / previous, 4) if previous else None
    return {"value": value, "previous": previous, "change": value - previous, "change_ratio": ratio}


def ranking_rows(values: list[tuple[int, int]]) -> list[Row]:
    named = zip(DISTRICTS.items(), values, strict=True)
    rows: list[Row] = [{"district": code, "district_name": name} | compared(*both) for (code, name), both in named]
    return sorted(rows, key=lambda row: -int(str(row["value"])))


def fact(text: str, *evidence: str) -> Claim:
    return Claim(text=text, kind=ClaimKind.FACT, evidence=evidence or ("E1",))


@pytest.fixture
def single(make_evidence: Make, make_sources: MakeSources) -> Sources:
    return make_sources(make_evidence("E1", SINGLE, [compared(120, 100)]))


@pytest.fixture
def ranking(make_evidence: Make, make_sources: MakeSources) -> Sources:
    rows = ranking_rows([(40, 50), (30, 10), (20, 20), (10, 5)])
    return make_sources(make_evidence("E1", RANKING, rows))


@pytest.mark.parametrize(
    "text",
    [
        "Ada {E1.rows[0].value|measure} pada {E1.query.period|period}.",
        "Jumlahnya naik menjadi {E1.rows[0].value|integer} dari {E1.rows[0].previous|integer}.",
        "Keluhan meningkat {E1.rows[0].change_ratio|percent}.",
        "Di Telaga Wening tercatat {E1.rows[0].value|measure}.",
        "Keluhan Hama dan penyakit tanaman {E1.rows[0].change|direction}.",
        "{E1.rows[0].value|integer} lebih tinggi daripada {E1.rows[0].previous|integer}.",
    ],
)
def test_what_the_evidence_carries_comes_through(text: str, single: Sources) -> None:
    assert fault_of(fact(text), single) is None


@pytest.mark.parametrize(
    "text",
    [
        "Ada 121 keluhan.",
        "Ada {E1.rows[0].value|measure}, atau 1 dari ⅔ warga.",
        "Ada seratus dua puluh keluhan, menurut {E1.rows[0].value|measure}.",
        "Keluhan bertambah dua kali lipat menjadi {E1.rows[0].value|measure}.",
        "Keluhan turun menjadi {E1.rows[0].value|measure} dari {E1.rows[0].previous|measure}.",
        "Keluhan menurun {E1.rows[0].change_ratio|percent_size}.",
        "Keluhan naik tajam.",
        "{E1.rows[0].value|integer} lebih rendah daripada {E1.rows[0].previous|integer}.",
        "Keluhan naik {E1.rows[0].change|percent}.",
        "Keluhan naik {E1.rows[0].change_ratio|integer}.",
        "Ada {E1.rows[0].value|rupiah}.",
        "Ada {E1.rows[0].value|measure} di Kawah.",
        "Ada {E1.rows[0].value|measure} soal Pupuk dan bibit.",
        "Ada {E1.rows[0].value|measure} pada bulan September.",
        "Ada {E1.rows[3].value|measure}.",
        "Ada {E2.rows[0].value|measure}.",
        "Angka {E1.rows[0].value|direction}.",
        "Warga berkata “sawah kami habis”, {E1.rows[0].value|measure}.",
        "Warga berkata “{E1.rows[0].value|measure}.",
        'Warga berkata "habis" {E1.rows[0].value|measure}.',
        "Jumlah tertinggi {E1.rows[0].value|measure}.",
        "Ada {E1.rows[0].value|measure",
    ],
)
def test_what_it_does_not_carry_is_cut(text: str, single: Sources) -> None:
    assert fault_of(fact(text), single)


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("{E1.rows[0].district_name|text} ({E1.rows[0].value|integer}) tertinggi.", True),
        ("Watulawang ({E1.rows[0].value|integer}) dan Kawah ({E1.rows[1].value|integer}).", True),
        ("Watulawang dan Kawah: {E1.rows[0].value|integer} dan {E1.rows[1].value|integer}.", True),
        ("Garung Kidul terendah ({E1.rows[3].value|integer}).", True),
        ("Perubahan terbesar di Kawah ({E1.rows[1].change|integer_signed}).", True),
        ("Watulawang ({E1.rows[1].value|integer}) dan Kawah ({E1.rows[0].value|integer}).", False),
        ("{E1.rows[0].district_name|text} ({E1.rows[2].value|integer}).", False),
        ("Watulawang dan Kawah: {E1.rows[1].value|integer} dan {E1.rows[0].value|integer}.", False),
        ("Tercatat {E1.rows[1].value|integer}.", False),
        ("Kawah tertinggi ({E1.rows[1].value|integer}).", False),
        ("Watulawang terendah ({E1.rows[0].value|integer}).", False),
        ("Perubahan terbesar di Watulawang ({E1.rows[0].change|integer_signed}).", False),
        ("Kawah turun ({E1.rows[1].change|integer_signed}).", False),
        ("Sikembang ({E1.rows[0].value|integer}).", False),
    ],
)
def test_a_number_belongs_to_the_row_it_stands_beside(text: str, held: bool, ranking: Sources) -> None:
    assert (fault_of(fact(text), ranking) is None) is held


def test_a_limited_list_says_nothing_of_the_other_end(make_evidence: Make, make_sources: MakeSources) -> None:
    query = RANKING.model_copy(update={"limit": 2, "order": Order(by="value"), "comparison": None})
    rows = [
        {"district": code, "district_name": name, "value": 9 - number}
        for number, (code, name) in enumerate(DISTRICTS.items())
    ]
    sources = make_sources(make_evidence("E1", query, rows[:2]))
    assert fault_of(fact("Watulawang tertinggi ({E1.rows[0].value|integer})."), sources) is None
    assert fault_of(fact("Kawah terendah ({E1.rows[1].value|integer})."), sources)


def test_evidence_that_was_changed_supports_nothing(make_evidence: Make, make_sources: MakeSources) -> None:
    evidence = make_evidence("E1", SINGLE, [compared(120, 100)])
    forged = evidence.model_copy(update={"result": ({**evidence.result[0], "value": 999},)})
    assert fault_of(fact("Ada {E1.rows[0].value|measure}."), make_sources(forged)) == (
        "isi bukti E1 tidak sama dengan sidik jarinya"
    )


@exhaustive
@given(value=counts, previous=counts)
def test_the_offline_writer_is_always_supported(
    value: int, previous: int, make_evidence: Make, make_sources: MakeSources
) -> None:
    evidence = make_evidence("E1", SINGLE, [compared(value, previous)])
    for language in Language:
        sources = make_sources(evidence, language=language)
        claims = figure_claims(evidence, sources.catalog, language)
        assert claims
        assert [fault_of(claim, sources) for claim in claims] == [None] * len(claims)


@exhaustive
@given(values=st.lists(st.tuples(counts, counts), min_size=4, max_size=4), data=st.data())
def test_no_claim_with_a_wrong_row_or_number_survives(
    values: list[tuple[int, int]], data: st.DataObject, make_evidence: Make, make_sources: MakeSources
) -> None:
    evidence = make_evidence("E1", RANKING, ranking_rows(values))
    sources = make_sources(evidence)
    claims = figure_claims(evidence, sources.catalog, Language.ID)
    assert [fault_of(claim, sources) for claim in claims] == [None] * len(claims)
    claim = claims[0]
    figures = list(re.finditer(r"rows\[(\d)\]\.(value|change)\|", claim.text))
    chosen = data.draw(st.sampled_from(figures))
    other = data.draw(st.sampled_from([row for row in range(4) if row != int(chosen[1])]))
    moved = claim.text[: chosen.start(1)] + str(other) + claim.text[chosen.end(1) :]
    assert fault_of(claim.model_copy(update={"text": moved}), sources)

    spelt = render(claim.text, sources)
    assume(any(character.isdigit() for character in spelt))
    assert fault_of(claim.model_copy(update={"text": spelt}), sources)


@exhaustive
@given(
    said=st.text(alphabet="abcdefghij ", min_size=5, max_size=60),
    told=st.text(alphabet="klmopqrst ", min_size=5, max_size=60),
)
def test_no_made_up_quote_survives(said: str, told: str, make_evidence: Make, make_sources: MakeSources) -> None:
    assume(said.strip() and told.strip())
    sources = make_sources(make_evidence("E1", ReportQuery(), [{"number": "A-1", "excerpt": told}]))
    assert fault_of(fact(f"Warga menulis “{told.strip()}”."), sources) is None
    for opening, closing in ("“”", '""', "‘’", "''", "«»"):
        assert fault_of(fact(f"Warga menulis {opening}{said}{closing}."), sources)


def test_rows_kept_by_a_limit_may_be_said_to_lie_beyond_it(make_evidence: Make, make_sources: MakeSources) -> None:
    having = Having(operator=Operator.ABOVE, value=25)
    query = RANKING.model_copy(update={"having": having, "comparison": None})
    rows = [{"district": code, "district_name": name, "value": 30} for code, name in list(DISTRICTS.items())[:2]]
    sources = make_sources(make_evidence("E1", query, rows))
    claims = figure_claims(sources.evidence["E1"], sources.catalog, Language.ID)
    assert [fault_of(claim, sources) for claim in claims] == [None]
    assert "di atas 25 keluhan ada 2: Watulawang" in render(claims[0].text, sources)
    assert fault_of(fact("Yang di bawah {E1.query.having.value|measure} ada {E1.row_count|integer}."), sources)


def review(**changes: object) -> StaffReview:
    def option(title: str, **more: object) -> ReviewOption:
        point = ReviewPoint(text="Dinas memeriksa lokasi")
        return ReviewOption.model_validate(
            {"title": title, "action": point, "expected_effect": point, "counter_argument": point} | more
        )

    good = ReviewPoint(text="Ada {E1.rows[0].value|measure}", evidence=("E1",))
    return StaffReview.model_validate(
        {
            "problem": ReviewPoint(text="Apa yang perlu dilakukan"),
            "assumptions": (ReviewPoint(text="Laporan dianggap mewakili"),),
            "facts": (good, ReviewPoint(text="Ada 999 keluhan", evidence=("E1",))),
            "analysis": (ReviewPoint(text="Keluhan turun {E1.rows[0].change|integer_size}", evidence=("E1",)),),
            "conclusion": ReviewPoint(text="Perlu ditindaklanjuti"),
            "options": (
                option(
                    "Bertindak",
                    agency="dinas_tani",
                    deadline=ReviewPoint(text="{clock.workdays[14]|date}"),
                    budget=good,
                ),
                option("Menunggu"),
                option("Tutup 3 sawah"),
            ),
        }
        | changes
    )


def test_a_review_loses_what_does_not_hold_and_keeps_the_rest(single: Sources) -> None:
    result = checked(Draft(claims=(), staff_review=review()), single)
    assert result.staff_review is not None
    assert len(result.staff_review.facts) == 1
    assert result.staff_review.analysis == ()
    assert [option.title for option in result.staff_review.options] == ["Bertindak", "Menunggu"]
    acting = result.staff_review.options[0]
    assert acting.deadline is not None
    assert acting.budget is None, "a budget must rest on budget lines"
    assert len(result.cut) == 4


def test_a_review_without_a_true_fact_does_not_go_out(single: Sources) -> None:
    facts = (ReviewPoint(text="Ada 999 keluhan", evidence=("E1",)),)
    result = checked(Draft(claims=(), staff_review=review(facts=facts)), single)
    assert result.staff_review is None


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize(
    ("asked", "row"),
    [
        ({"grain": Grain.MONTH}, {"period": "2026-10-01", "value": 31}),
        ({"group_by": (Dimension.DISTRICT,)}, {"district": "91.07.02", "district_name": "Kawah", "value": 31}),
    ],
)
def test_the_one_row_that_was_asked_for_is_told_as_the_highest(
    asked: dict[str, object], row: Row, language: Language, make_evidence: Make, make_sources: MakeSources
) -> None:
    query = MetricQuery.model_validate(
        {"metric": "jumlah_keluhan", "period": OCTOBER, "order": Order(), "limit": 1} | asked
    )
    sources = make_sources(make_evidence("E1", query, [row]))
    claim = figure_claims(sources.evidence["E1"], sources.catalog, language)[0]
    assert fault_of(claim, sources) is None
    assert re.search("tertinggi|highest", render(claim.text, sources))
