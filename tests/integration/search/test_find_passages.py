"""Passages of papers are found by words or meaning, as of the moment and within the scope."""

from pathlib import Path
from typing import Any

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col

from pesut.contracts import DocumentQuery, Evidence, Scope
from pesut.database.moment import writing
from pesut.database.tables import DocumentRow
from pesut.evidence import replay
from pesut.search.refresh import refresh_vectors
from pesut.search.spaces import Spaces
from tests.integration.search.town import publish, visit
from tools.documents import find_passages

FLOOD = ("Ambang", "Status siaga ditetapkan bila tinggi muka air melewati 7,90 meter.")
PARKING = ("Tarif", "Tarif parkir tepi jalan umum ditetapkan dengan peraturan.")


async def _find(engine: AsyncEngine, text: str, scope: Scope | None = None, **query: Any) -> Evidence:
    context = await visit(engine, scope=scope)
    return await find_passages(context, DocumentQuery(text=text, **query), key="k", label="E1")


def _headings(evidence: Evidence) -> list[Any]:
    return [row["heading"] for row in evidence.result]


async def test_the_passage_that_speaks_of_it_is_found_word_for_word(engine: AsyncEngine) -> None:
    await publish(engine, "perda-1", [FLOOD, PARKING], title="Perda Banjir", number="1/2020")
    evidence = await _find(engine, "ambang siaga tinggi muka air")
    assert evidence.result == (
        {
            "code": "perda-1", "title": "Perda Banjir", "kind": "regulation", "number": "1/2020", "issued_on": None,
            "heading": FLOOD[0], "passage": FLOOD[1],
        },
    )  # fmt: skip
    assert evidence.sample
    assert (await replay(engine, evidence)).same
    assert _headings(await _find(engine, "gajah")) == []
    assert _headings(await _find(engine, "?!")) == []


async def test_kinds_narrow_what_is_found(engine: AsyncEngine) -> None:
    await publish(engine, "perda-1", [PARKING], kind="regulation")
    await publish(engine, "rencana-1", [("Rencana", "Penataan parkir tepi jalan.")], kind="plan")
    assert sorted(_headings(await _find(engine, "parkir"))) == ["Rencana", "Tarif"]
    assert _headings(await _find(engine, "parkir", kinds=("plan",))) == ["Rencana"]


async def test_papers_filed_under_other_matters_are_left_out(engine: AsyncEngine) -> None:
    """A decision on street lights is no precedent for water, in whatever words it was written."""
    await publish(engine, "kep-1", [("Air", "Pipa di hulu diganti.")], kind="decision", categories=["water"])
    await publish(
        engine, "kep-2", [("Lampu", "Tiang di hulu diganti, bukan pipa.")], kind="decision", categories=["light"]
    )
    await publish(engine, "kep-3", [("Umum", "Pipa dan tiang di hulu.")], kind="decision")
    asked = "pipa diganti"
    assert sorted(_headings(await _find(engine, asked, kinds=("decision",)))) == ["Air", "Lampu", "Umum"]
    narrowed = await _find(engine, asked, kinds=("decision",), categories=("water",))
    assert sorted(_headings(narrowed)) == ["Air", "Umum"]
    assert (await replay(engine, narrowed)).same


async def test_restricted_papers_are_for_those_who_may_see_them(engine: AsyncEngine) -> None:
    await publish(engine, "rahasia", [FLOOD], restricted=True)
    assert _headings(await _find(engine, "ambang siaga")) == []
    assert _headings(await _find(engine, "ambang siaga", Scope(supervision=True))) == ["Ambang"]


async def test_a_withdrawn_paper_still_answers_for_the_time_before(engine: AsyncEngine) -> None:
    await publish(engine, "perda-1", [FLOOD])
    before = await visit(engine)
    async with writing(engine) as (connection, now):
        await connection.execute(
            update(DocumentRow).where(col(DocumentRow.code) == "perda-1").values(superseded_at=now)
        )
    query = DocumentQuery(text="ambang siaga")
    assert _headings(await find_passages(before, query, key="k", label="E1")) == ["Ambang"]
    assert _headings(await find_passages(await visit(engine), query, key="k", label="E1")) == []


async def test_meaning_finds_what_words_do_not(engine: AsyncEngine, tmp_path: Path) -> None:
    await publish(engine, "perda-1", [FLOOD, PARKING])
    spaces = Spaces(tmp_path)
    query = DocumentQuery(text="when does the river become dangerous?")
    by_words = await find_passages(await visit(engine, spaces=spaces), query, key="k", label="E1")
    assert await refresh_vectors(engine, spaces, lambda done, total: None) == 2
    by_meaning = await find_passages(await visit(engine, spaces=spaces), query, key="k", label="E1")
    assert (_headings(by_words), _headings(by_meaning)[:1]) == ([], ["Ambang"])
