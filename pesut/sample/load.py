"""Loads the sample city: everything in one transaction, so that a load that was killed leaves nothing behind."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from time import perf_counter
from uuid import UUID

from sqlalchemy import insert, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from pesut.city.load import write_city
from pesut.city.loader import read_folder
from pesut.contracts.base import Contract
from pesut.database.moment import writing
from pesut.database.tables import ReceiptRow, ReportOriginalRow
from pesut.errors import ConflictError
from pesut.reports.privacy.arrival import ReportText
from pesut.reports.privacy.originals import original_row
from pesut.reports.privacy.vault import Vault
from pesut.sample import budgets, observations, reports
from pesut.sample.copying import Block, ahead, copy_rows
from pesut.sample.foreign_keys import checked_at_the_end
from pesut.sample.rollup import build_rollup_history
from pesut.sample.series import create_series
from pesut.sample.story import Story, make_story

SOURCE = "sample-city"
LINES = 10_000  # of small tables, sent at once
FILLED = ("observation", "observation_month", "budget_line", "budget_realisation", *reports.TABLES, "report_original")


class SampleCounts(Contract):
    """Rows that make up the sample city."""

    series: int = 0
    observations: int = 0
    months: int = 0
    budget_rows: int = 0
    reports: int = 0
    report_states: int = 0
    report_events: int = 0


@dataclass(frozen=True)
class Progress:
    """How far a stage of loading has come: rows written, and how many each second."""

    stage: str
    rows: int
    seconds: float

    @property
    def rate(self) -> float:
        return self.rows / max(self.seconds, 1e-9)


Report = Callable[[Progress], None]


async def load_sample(
    engine: AsyncEngine,
    folder: Path,
    *,
    scale: float = 1,
    vault: Vault,
    seed: int | None = None,
    now: datetime | None = None,
    progress: Report | None = None,
) -> SampleCounts:
    """Fill an empty database with the sample city of `folder`, whose years end at `now` (aware, not to come; None: the
    present).

    The same seed, scale and `now` give the same rows; what `scale` means says `pesut.sample.volume.Volume`. A sample that is
    there already is left alone. Raises ConflictError where it has another scale, where the database holds data of its own, or
    where questions were answered already; NotFoundError where the folder has no sample.

    Sample rows are stamped as if they had become known shortly after they happened, so that questions about past moments can
    be answered. That is sound only because nothing was answered before: no evidence can rest on what was not there yet.
    """
    async with engine.connect() as connection:
        if known := await _earlier(connection, scale):
            return known
    city = read_folder(folder)
    story = make_story(folder, city, now or datetime.now(UTC), scale, seed)
    await write_city(engine, city)
    async with writing(engine) as (connection, recorded_at):
        await connection.execute(text("LOCK TABLE evidence IN SHARE MODE"))
        if known := await _earlier(connection, scale):
            return known
        await _refuse_unless_empty(connection)
        counts = await _Loading(connection, story, vault, progress).load()
        await _remember(connection, story, scale, counts, recorded_at)
    await _tidy(engine)
    return counts


class _Loading:
    def __init__(self, connection: AsyncConnection, story: Story, vault: Vault, progress: Report | None) -> None:
        self.connection, self.story, self.vault, self.progress = connection, story, vault, progress
        self.begun = perf_counter()

    async def load(self) -> SampleCounts:
        await _backdate(self.connection, self.story)
        async with checked_at_the_end(self.connection, FILLED):
            return await self._fill()

    async def _fill(self) -> SampleCounts:
        series, values = await self._observations()
        self._begin()
        months = await build_rollup_history(self.connection, self.story.city.city.timezone, self.story.timeline.now)
        self._tell("months", months)
        budget_rows = await self._budgets()
        told = await self._reports()
        return SampleCounts(
            series=series,
            observations=values,
            months=months,
            budget_rows=budget_rows,
            reports=told["report"],
            report_states=told["report_state"],
            report_events=told["report_event"],
        )

    async def _observations(self) -> tuple[int, int]:
        self._begin()
        maker = self.story.observations()
        ids = await create_series(self.connection, maker.keys())
        rows = 0
        async for block in ahead(maker.blocks(ids)):
            rows += await copy_rows(self.connection, "observation", observations.COLUMNS, [block])
            self._tell("observations", rows)
        return len(ids), rows

    async def _budgets(self) -> int:
        self._begin()
        maker = self.story.budgets()
        lines = await copy_rows(self.connection, "budget_line", budgets.LINE_COLUMNS, _blocks(maker.line_rows()))
        spent = _blocks(maker.realisation_rows())
        rows = lines + await copy_rows(self.connection, "budget_realisation", budgets.REALISATION_COLUMNS, spent)
        self._tell("budgets", rows)
        return rows

    async def _reports(self) -> dict[str, int]:
        self._begin()
        maker, outlines = self.story.reports(), self.story.outliner().outlines()
        written = dict.fromkeys(reports.TABLES, 0)
        async for rows in ahead(maker.blocks(outlines)):
            for table, block in rows.blocks():
                written[table] += await copy_rows(self.connection, table, reports.TABLES[table], [block])
            await self._seal(rows.originals)
            self._tell("reports", written["report"])
        return written

    async def _seal(self, originals: Iterable[tuple[str, int, ReportText]]) -> None:
        sealed = [
            original_row(self.vault, UUID(report), text, datetime.fromtimestamp(known, UTC))
            for report, known, text in originals
        ]
        if sealed:
            await self.connection.execute(insert(ReportOriginalRow), sealed)

    def _begin(self) -> None:
        self.begun = perf_counter()

    def _tell(self, stage: str, rows: int) -> None:
        if self.progress:
            self.progress(Progress(stage, rows, perf_counter() - self.begun))


def _blocks(lines: Iterable[str]) -> Iterator[Block]:
    left = iter(lines)
    while block := list(islice(left, LINES)):
        yield "".join(block), len(block)


async def _earlier(connection: AsyncConnection, scale: float) -> SampleCounts | None:
    query = text("SELECT detail FROM receipt WHERE source = :source")
    detail = (await connection.execute(query, {"source": SOURCE})).scalar_one_or_none()
    if detail is None:
        return None
    if detail["scale"] != scale:
        raise ConflictError(
            f"The sample city is there already, at scale {detail['scale']:g}.",
            remedy="Take another data folder for another scale.",
        )
    return SampleCounts.model_validate(detail["counts"])


async def _refuse_unless_empty(connection: AsyncConnection) -> None:
    for table, what in {"evidence": "answers", "observation": "observations", "report": "reports"}.items():
        if (await connection.execute(text(f"SELECT EXISTS (SELECT FROM {table})"))).scalar_one():  # noqa: S608
            raise ConflictError(
                f"The database holds {what} of its own, which sample data must not be mixed with.",
                remedy="Load the sample city into an empty data folder.",
            )


async def _backdate(connection: AsyncConnection, story: Story) -> None:
    """Let the city itself, and the sample's papers, be known as early as the first figures, for questions about the past."""
    first = datetime(story.timeline.first.year - 3, 1, 1, tzinfo=UTC)
    for table in ("region", "agency", "catalog_version"):
        await connection.execute(text(f"UPDATE {table} SET recorded_at = :first"), {"first": first})  # noqa: S608
    await connection.execute(_BACKDATE_PAPERS["document"], {"first": first})
    await connection.execute(_BACKDATE_PAPERS["passage"])


_BACKDATE_PAPERS = {
    "document": text(
        "UPDATE document SET recorded_at = greatest(issued_on + interval '2 days', :first)"
        " WHERE sample AND issued_on + interval '2 days' < recorded_at"
    ),
    "passage": text(
        "UPDATE passage p SET recorded_at = d.recorded_at FROM document d WHERE d.code = p.document_code AND d.sample"
    ),
}


async def _remember(
    connection: AsyncConnection, story: Story, scale: float, counts: SampleCounts, recorded_at: datetime
) -> None:
    """Leave a receipt, by which the next call finds that everything is there."""
    detail = {"scale": scale, "seed": story.seed, "now": story.timeline.now.isoformat(), "counts": counts.model_dump()}
    row = {"source": SOURCE, "key": story.city.city.root, "digest": "", "recorded_at": recorded_at, "detail": detail}
    await connection.execute(
        insert(ReceiptRow).values(**row, accepted=counts.observations + counts.reports, rejected=0)
    )


async def _tidy(engine: AsyncEngine) -> None:
    """Tell the planner what came in; else the first questions would be planned for empty tables."""
    async with engine.connect() as connection:
        autocommit = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await autocommit.execute(text(f"VACUUM (ANALYZE) {', '.join(FILLED)}, series, region, agency, passage"))
