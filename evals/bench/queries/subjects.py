"""What there is to query in this database, whatever the city."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from pesut.catalog.models import Aggregation, Catalog, ObservationMetric, ReportMeasure, ReportMetric
from pesut.city.models import City
from pesut.contracts import LocalText, Period
from pesut.database.tables import ObservationMonthRow, ObservationRow, ReportRow, SeriesRow

SOME_SERIES = 200
REPORTS, HANDLING, LATEST, SUM = "bench_reports", "bench_handling", "bench_latest", "bench_sum"
PERCENTILE = 0.9
_UNNAMED = LocalText(id="-")


@dataclass(frozen=True)
class Subjects:
    """`indicators`: enough of the small ones for SOME_SERIES series; `largest`: that with the most series; `months`: those of
    its rollup, the last one whole; `as_of` is a moment at which all is known.
    """

    catalog: Catalog
    city: City
    as_of: datetime
    indicators: tuple[str, ...]
    largest: str
    months: Period | None
    reports_dataset: str | None

    def days(self, number: int) -> Period:
        """So many whole days before today."""
        today = self._local.replace(hour=0, minute=0, second=0, microsecond=0)
        return Period(start=today - timedelta(days=number), end=today)

    def month(self) -> Period:
        """The last whole month."""
        end = self._local.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        return Period(start=(end - timedelta(days=1)).replace(day=1), end=end)

    @property
    def _local(self) -> datetime:
        return self.as_of.astimezone(self.city.zone)


async def look(connection: AsyncConnection, catalog: Catalog, city: City, as_of: datetime) -> Subjects:
    """Find out what is there."""
    sizes = [(row[0], row[1]) for row in await connection.execute(_SIZES)]
    largest = sizes[-1][0] if sizes else ""
    return Subjects(
        catalog=_with_metrics(catalog, largest),
        city=city,
        as_of=as_of,
        indicators=tuple(_some(sizes)),
        largest=largest,
        months=await _months(connection, largest, city, as_of),
        reports_dataset=_reports_dataset(catalog),
    )


async def row_counts(connection: AsyncConnection) -> dict[str, int]:
    """How much there is."""
    tables = {"reports": ReportRow, "observations": ObservationRow, "series": SeriesRow}
    counts = [select(func.count()).select_from(table).scalar_subquery() for table in tables.values()]
    return dict(zip(tables, (await connection.execute(select(*counts))).one(), strict=True))


_SIZES = (
    select(col(SeriesRow.indicator_code), func.count())
    .group_by(col(SeriesRow.indicator_code))
    .order_by(func.count(), col(SeriesRow.indicator_code))
)


def _some(sizes: Sequence[tuple[str, int]]) -> list[str]:
    chosen: list[str] = []
    total = 0
    for indicator, size in sizes:
        if total >= SOME_SERIES:
            break
        chosen.append(indicator)
        total += size
    return chosen


async def _months(connection: AsyncConnection, indicator: str, city: City, as_of: datetime) -> Period | None:
    bounds = (
        select(func.min(col(ObservationMonthRow.month)))
        .join(SeriesRow, col(SeriesRow.id) == col(ObservationMonthRow.series_id))
        .where(col(SeriesRow.indicator_code) == indicator)
    )
    first = (await connection.execute(bounds)).scalar_one_or_none()
    end = as_of.astimezone(city.zone).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    start = datetime(first.year, first.month, 1, tzinfo=city.zone) if first else end
    return Period(start=start, end=end) if start < end else None


def _reports_dataset(catalog: Catalog) -> str | None:
    return next((each.dataset for each in catalog.metrics if isinstance(each, ReportMetric)), None)


def _with_metrics(catalog: Catalog, indicator: str) -> Catalog:
    """The catalog with metrics of the benchmark's own, so that each city is asked the same."""
    dataset = _reports_dataset(catalog)
    metrics = (
        *catalog.metrics,
        *(_report_metrics(dataset) if dataset else ()),
        *(_sums(indicator) if indicator else ()),
    )
    # A copy would keep what was looked up by code.
    parts = {name: getattr(catalog, name) for name in Catalog.model_fields}
    return Catalog.model_validate(parts | {"metrics": metrics})


def _report_metrics(dataset: str) -> Iterator[ReportMetric]:
    count = ReportMetric(
        form="reports",
        code=REPORTS,
        name=_UNNAMED,
        definition="-",
        dataset=dataset,
        aggregation=Aggregation.COUNT,
        decimals=0,
    )
    handled = {
        "code": HANDLING, "measure": ReportMeasure.HANDLING_HOURS, "aggregation": Aggregation.PERCENTILE,
        "percentile": PERCENTILE, "decimals": 1,
    }  # fmt: skip
    yield count
    yield count.model_copy(update=handled)


def _sums(indicator: str) -> Iterator[ObservationMetric]:
    whole = ObservationMetric(
        form="observations", code=SUM, name=_UNNAMED, definition="-", indicator=indicator, aggregation=Aggregation.SUM
    )
    yield whole
    yield whole.model_copy(update={"code": LATEST, "over_time": "last"})
