"""Observations from tables: indicators, items and regions by their names, then the same way as what is pushed."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any, ClassVar

from pydantic import ValidationError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import SQLModel

from pesut.catalog.models import Catalog, ObservationMetric
from pesut.intake.fields import Field, FieldType
from pesut.intake.kinds.base import FieldRow, Kind, Setting, month_of
from pesut.intake.kinds.registry import PLACE_FIELDS, Registry
from pesut.intake.names import Names, folded, term_names
from pesut.intake.observation_rows import ObservationInput, reason_of
from pesut.intake.observations import record_observations
from pesut.intake.versions import Counts


class Observations(Kind[ObservationInput]):
    fields: ClassVar = (
        Field("indicator", FieldType.NAME, ("indikator", "kode indikator", "nama indikator", "variabel", "parameter"), required=True),
        Field(
            "observed_at", FieldType.MOMENT,
            ("tanggal", "waktu", "tgl", "date", "time", "timestamp", "datetime", "tanggal pengamatan", "waktu pengamatan",
             "periode"),
            required=True, instead="year",
        ),
        Field("year", FieldType.YEAR, ("tahun",)),
        Field("month", FieldType.MONTH, ("bulan",)),
        Field("value", FieldType.AMOUNT, ("nilai", "jumlah", "angka", "harga", "tinggi", "total", "realisasi"), required=True),
        Field(
            "item", FieldType.NAME,
            ("pos", "nama pos", "pos pantau", "stasiun", "station", "gauge", "komoditas", "commodity", "jenis", "titik",
             "simpang", "rincian"),
        ),
        Field("unit", FieldType.NAME, ("satuan",)),
        *PLACE_FIELDS,
    )  # fmt: skip
    batch_rows: ClassVar = 5000

    _registry: Registry

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._indicators = _indicator_names(setting.catalog)
        self._units = {each.code: each.unit for each in setting.catalog.indicators}
        self._items: dict[str, Names | None] = {}
        self._regions_of_items = {
            (dataset.code, item.code): item.region for dataset in setting.catalog.datasets for item in dataset.items
        }
        self._places: dict[tuple[Any, ...], str] = {}
        self._last: dict[tuple[Any, ...], FieldRow] = {}

    @property
    def written(self) -> Sequence[type[SQLModel]]:
        return Registry.tables(self.setting)

    async def get_ready(self, connection: AsyncConnection, rows: Sequence[FieldRow]) -> None:
        self._registry = await Registry.read(connection, self.setting)
        for row in rows:
            self._last[self._identity(row)] = row

    def record(self, row: FieldRow) -> ObservationInput:
        last = self._last[self._identity(row)]
        if last.get("value") != row.get("value"):
            raise row.fault("value", f"is another in row {last.number}, which counts")
        indicator = self._indicator(row)
        item = self._item(row, indicator)
        self._check_unit(row, indicator)
        try:
            return ObservationInput(
                indicator=indicator, region=self._region(row, indicator, item), item=item,
                observed_at=self._moment(row), value=row.get("value"),
            )  # fmt: skip
        except ValidationError as error:
            column, reason, value = reason_of(error)
            raise row.fault(column, reason, value) from error

    async def write(self, connection: AsyncConnection, records: Sequence[ObservationInput], now: datetime) -> Counts:
        await self._registry.create(connection, now)
        # Two spellings of one region or item may still mean one series; the last row counts.
        rows = {(each.series, each.observed_at): each for each in records}
        counts, _ = await record_observations(connection, self.setting.city.timezone, list(rows.values()))
        return counts + Counts(unchanged=len(records) - len(rows))

    def _moment(self, row: FieldRow) -> datetime:
        """When the value was true; of a month or year its start, in the city's zone."""
        if (moment := row.get("observed_at")) is not None:
            return moment
        month = month_of(row, "year", "month")
        if month is None:
            raise row.fault("observed_at", "is missing")
        return datetime.combine(month, time(), self.setting.city.zone)

    def _identity(self, row: FieldRow) -> tuple[Any, ...]:
        return tuple(value for name, value in row.values.items() if name not in {"value", "unit"})

    def _indicator(self, row: FieldRow) -> str:
        match = self._indicators.find(row.get("indicator"))
        if match.code is None:
            raise row.fault("indicator", f"{match.why} as an indicator of the catalog (pesut catalog list)")
        return match.code

    def _item(self, row: FieldRow, indicator: str) -> str:
        """The code of the item where its dataset tells items apart; other datasets have none."""
        said = row.get("item")
        names = self._names_of_items(indicator)
        if names is None:
            if said is not None:
                raise row.fault("item", "is not wanted: the indicator's dataset tells no items apart")
            return ""
        match = names.find(said) if said is not None else None
        if match is None or match.code is None:
            why = match.why if match else "is missing"
            raise row.fault("item", f"{why} among the items of the indicator's dataset")
        return match.code

    def _names_of_items(self, indicator: str) -> Names | None:
        if indicator not in self._items:
            dataset = self._dataset(indicator)
            self._items[indicator] = term_names(dataset.items) if dataset and dataset.items else None
        return self._items[indicator]

    def _dataset(self, indicator: str) -> Any:
        found = self.setting.catalog.indicator(indicator)
        return self.setting.catalog.dataset(found.dataset) if found else None

    def _check_unit(self, row: FieldRow, indicator: str) -> None:
        unit = row.get("unit")
        if unit is not None and folded(unit) != folded(self._units[indicator]):
            raise row.fault("unit", f"the indicator is kept in {self._units[indicator]!r}")

    def _region(self, row: FieldRow, indicator: str, item: str) -> str:
        """Where the row says, else where the item stands, else the city as a whole."""
        key = (row.get("region"), row.get("district"), row.get("village"))
        if key not in self._places and any(key):
            found = self._registry.place(row)
            assert found is not None
            self._places[key] = found.code
        if any(key):
            return self._places[key]
        dataset = self._dataset(indicator)
        return self._regions_of_items.get((dataset.code, item)) or self.setting.city.root


def _indicator_names(catalog: Catalog) -> Names:
    """Indicators by their own names, and by those of the metrics that plainly aggregate them."""
    named = [(each.code, (each.code, each.name.id, each.name.en)) for each in catalog.indicators]
    plain = [each for each in catalog.metrics if isinstance(each, ObservationMetric)]
    named += [(each.indicator, (each.code, each.name.id, each.name.en)) for each in plain]
    return Names(named, folded)
