"""A little town whose reports and papers are searched."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert, update
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col

from pesut.catalog.models import Catalog, Dataset, Schedule, Term
from pesut.city.gazetteer import gazetteer_at
from pesut.city.models import City
from pesut.contracts import LocalText, Scope, new_id
from pesut.database.moment import known_moment, writing
from pesut.database.tables import (
    FOREVER,
    AgencyRow,
    DocumentRow,
    PassageRow,
    RegionRow,
    ReportRow,
    ReportStateRow,
)
from pesut.search.spaces import Spaces
from tests.integration.evidence.runs import start_run
from tools.context import ToolContext

JUNE = datetime(2026, 6, 1, tzinfo=UTC)


def _named(name: str, english: str = "") -> LocalText:
    return LocalText(id=name, en=english)


CITY = City(
    name="Kota", official_name=_named("Kota"), head_title=_named("Wali Kota"), root="9", timezone="Asia/Makassar",
    questions=("satu", "dua", "tiga"), words={"banyu": "air", "kada": "tidak"},
)  # fmt: skip
CATALOG = Catalog.model_validate(
    {
        "datasets": [
            Dataset(
                code="reports", title=_named("Laporan warga"), producer="diskominfo", concept="-", definition="-",
                schedule=Schedule.EVENT, staleness=timedelta(days=2),
            )
        ],
        "metrics": [
            {
                "form": "reports", "code": "report_count", "name": _named("Jumlah laporan"), "definition": "-",
                "dataset": "reports", "aggregation": "count",
            }
        ],
        "categories": [
            Term(code="water", name=_named("Air bersih", "Tap water"), synonyms=("no water",)),
            Term(code="light", name=_named("Lampu jalan", "Street lights")),
        ],
        "statuses": [Term(code="waiting", name=_named("Menunggu"))],
    }
)  # fmt: skip


async def settle(engine: AsyncEngine) -> None:
    """A district (9.1) with a village (9.1.1), another district (9.2), and an agency."""
    regions = [("9", "city", None), ("9.1", "district", "9"), ("9.1.1", "village", "9.1"), ("9.2", "district", "9")]
    async with writing(engine) as (connection, now):
        for code, level, parent in regions:
            await connection.execute(
                insert(RegionRow).values(
                    code=code, recorded_at=now, superseded_at=FOREVER, level=level, name=f"Tempat {code}",
                    parent_code=parent, aliases=[], provisional=False, sample=False,
                )
            )  # fmt: skip
        await connection.execute(
            insert(AgencyRow).values(
                code="pdam", recorded_at=now, superseded_at=FOREVER, name="Perumda Air", short_name="", aliases=[],
                mandate="", categories=[], provisional=False, sample=False,
            )
        )  # fmt: skip


async def tell(
    engine: AsyncEngine, *bodies: str, title: str = "Laporan", submitted: datetime = JUNE, **decided: Any
) -> list[UUID]:
    """Write a report for each body, a minute after the other, and return their ids. Their numbers are L1, L2, …"""
    state = {
        "region_code": "9.1.1", "agency_code": "pdam", "category": "water", "classification": "complaint",
        "status": "waiting",
    } | decided  # fmt: skip
    ids = [new_id() for _ in bodies]
    async with writing(engine) as (connection, now):
        told = await connection.execute(insert(ReportRow).returning(col(ReportRow.id)), [
            {
                "id": each, "source": "test", "source_key": str(each), "number": str(each), "title": title, "body": body,
                "channel": "app", "reporter": "", "address": "", "submitted_at": submitted + timedelta(minutes=place),
                "recorded_at": now, "sample": False,
            }
            for place, (each, body) in enumerate(zip(ids, bodies, strict=True))
        ])  # fmt: skip
        await connection.execute(insert(ReportStateRow), [
            {
                "report_id": each, "recorded_at": now, "superseded_at": FOREVER, "channel": "app", "reporter": "",
                "submitted_at": submitted + timedelta(minutes=place), "decided": {}, "sample": False, **state,
            }
            for place, each in enumerate(told.scalars().all())
        ])  # fmt: skip
    return ids


async def decide(engine: AsyncEngine, report: UUID, **decided: Any) -> None:
    """Supersede what is decided of a report."""
    holds = (col(ReportStateRow.report_id) == report, col(ReportStateRow.superseded_at) == FOREVER)
    async with writing(engine) as (connection, now):
        ended = update(ReportStateRow).where(*holds).values(superseded_at=now).returning(ReportStateRow)
        before = (await connection.execute(ended)).mappings().one()
        again = {**before, **decided, "recorded_at": now, "superseded_at": FOREVER}
        await connection.execute(insert(ReportStateRow).values(again))


async def publish(engine: AsyncEngine, code: str, passages: Sequence[tuple[str, str]], **facts: Any) -> None:
    """Write a document with passages of a heading and a text each."""
    row: dict[str, Any] = {
        "title": code,
        "kind": "regulation",
        "number": "1/2026",
        "restricted": False,
        "categories": [],
        **facts,
    }
    async with writing(engine) as (connection, now):
        versions: dict[str, Any] = {"recorded_at": now, "superseded_at": FOREVER, "sample": True}
        await connection.execute(insert(DocumentRow).values(code=code, **row, **versions))
        await connection.execute(
            insert(PassageRow),
            [
                {"id": new_id(), "document_code": code, "ordinal": place, "heading": heading, "text": text, **versions}
                for place, (heading, text) in enumerate(passages)
            ],
        )


async def visit(engine: AsyncEngine, *, scope: Scope | None = None, spaces: Spaces | None = None) -> ToolContext:
    """A run's view of the town as it is known now."""
    as_of = await known_moment(engine)
    return ToolContext(
        engine=engine, city=CITY, catalog=CATALOG, catalog_version="v1", gazetteer=await gazetteer_at(engine, as_of),
        scope=scope or Scope(), as_of=as_of, run_id=await start_run(engine), spaces=spaces,
    )  # fmt: skip
