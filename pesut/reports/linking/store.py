"""Reads the reports that are not linked yet, with those they may be linked to, and writes their links."""

from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlmodel import col

from pesut.city.models import City
from pesut.database.moment import writing
from pesut.database.tables import FOREVER, ReportLinkRow, ReportRow, ReportStateRow
from pesut.intake.kinds.registry import read_regions
from pesut.reports.classification.texts import reader_of
from pesut.reports.linking.likeness import Rarity
from pesut.reports.linking.linker import COPIED_WITHIN, SAME_WITHIN, VERSION, How, Link, Linker
from pesut.reports.linking.telling import Telling, TellingReader

BATCH = 20_000  # reports compared with what came around them, which is read once for all of them
AT_ONCE = 1_000  # links in one transaction
LEARNED_FROM = 5_000  # reports that tell how rare words are: the newest
_REACH = COPIED_WITHIN + SAME_WITHIN  # back to the first of a group whose last is copied
_UNLINKED = ~exists().where(col(ReportLinkRow.report_id) == col(ReportRow.id))


async def lacks_links(connection: AsyncConnection) -> bool:
    return (await connection.execute(select(col(ReportRow.id)).where(_UNLINKED).limit(1))).first() is not None


async def link_reports(engine: AsyncEngine, city: City) -> AsyncIterator[int]:
    """Compare each report that was not compared yet, in the order of time; gives the number done so far after each transaction.

    Killed halfway, the next call goes on.
    """
    async with engine.connect() as connection:
        reader = TellingReader(reader_of(city.words), await read_regions(connection))
        rarity = await _rarity(connection, reader)
    done = 0
    while links := await _compare(engine, reader, rarity):
        for start in range(0, len(links), AT_ONCE):
            some = links[start : start + AT_ONCE]
            await _write(engine, some)
            done += len(some)
            yield done


async def _rarity(connection: AsyncConnection, reader: TellingReader) -> Rarity:
    query = _reports().order_by(col(ReportRow.submitted_at).desc()).limit(LEARNED_FROM)
    return Rarity(reader.read(dict(row)).words for row in (await connection.execute(query)).mappings())


async def _compare(engine: AsyncEngine, reader: TellingReader, rarity: Rarity) -> list[Link]:
    """The links of the next BATCH reports."""
    async with engine.connect() as connection:
        query = _reports().where(_UNLINKED).order_by(col(ReportRow.submitted_at), col(ReportRow.id)).limit(BATCH)
        new = [reader.read(dict(row)) for row in (await connection.execute(query)).mappings()]
        around = await _around(connection, reader, new) if new else []
    linker, known = Linker(rarity), iter(around)
    waiting = next(known, None)
    links: list[Link] = []
    for telling in new:
        while waiting and waiting[0].submitted_at <= telling.submitted_at + COPIED_WITHIN:
            linker.remember(*waiting)
            waiting = next(known, None)
        links.append(linker.link(telling))
    return links


async def _around(
    connection: AsyncConnection, reader: TellingReader, new: Sequence[Telling]
) -> list[tuple[Telling, Any, How]]:
    """What is linked already and was submitted not long before or after: with the first of its group, and how it was linked."""
    first, last = new[0].submitted_at - _REACH, new[-1].submitted_at + COPIED_WITHIN
    link = (col(ReportLinkRow.first_id), col(ReportLinkRow.how))
    query = _reports(*link).join(ReportLinkRow, col(ReportLinkRow.report_id) == col(ReportRow.id))
    query = query.where(col(ReportRow.submitted_at).between(first, last)).order_by(col(ReportRow.submitted_at))
    rows = (await connection.execute(query)).mappings()
    return [(reader.read(dict(row)), row["first_id"], How(row["how"])) for row in rows]


def _reports(*more: Any) -> Any:
    columns: list[Any] = [
        col(ReportRow.id), col(ReportRow.title), col(ReportRow.body), col(ReportRow.address), col(ReportRow.submitted_at),
        col(ReportStateRow.region_code), col(ReportStateRow.category), *more,
    ]  # fmt: skip
    state = (col(ReportStateRow.report_id) == col(ReportRow.id)) & (col(ReportStateRow.superseded_at) == FOREVER)
    return select(*columns).join(ReportStateRow, state)


async def _write(engine: AsyncEngine, links: Sequence[Link]) -> None:
    async with writing(engine) as (connection, now):
        rows = list(_rows(links, now))
        await connection.execute(insert(ReportLinkRow).on_conflict_do_nothing(), rows)


def _rows(links: Sequence[Link], now: datetime) -> Iterator[dict[str, Any]]:
    for link in links:
        yield {
            "report_id": link.report, "first_id": link.first, "like_id": link.like, "how": link.how.value,
            "likeness": link.likeness, "version": VERSION, "recorded_at": now,
        }  # fmt: skip
