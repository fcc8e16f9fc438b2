"""A level that a tile of the live page shows, and the values that are pushed so that the tile changes."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import cycle, islice
from typing import Any

import httpx

from evals.bench.ground import Servers
from pesut.catalog.compiler.semantics import adds_up_over_time
from pesut.catalog.models import ObservationMetric
from pesut.city.models import Tile
from pesut.contracts import Dimension, Language, Measure, new_id
from pesut.errors import NotFoundError
from pesut.placeholders.formats import written

Reading = dict[str, Any]
STRANGER = "There are no sample data with a tile that shows the level of one gauge, and nothing else is pushed over."


@dataclass(frozen=True)
class Gauge:
    """`readings` are the newest of all levels of a city with sample data, that of the tile first."""

    tile: Tile
    measure: Measure
    readings: tuple[Reading, ...]

    def said(self, step: int) -> str:
        """The tile's value after so many pushes, as its page writes it."""
        return written(self._value(step), self.measure, Language.ID)

    def batch(self, step: int, size: int) -> dict[str, Any]:
        """So many observations of now, of which the first is the tile's; the others say what they said before."""
        now, others = datetime.now(UTC), islice(cycle(self.readings[1:] or self.readings), size - 1)
        rows = [self.readings[0] | {"value": str(self._value(step))}, *others]
        moments = (now - timedelta(microseconds=number) for number in range(size))
        told = [
            {"indicator": row["indicator"], "region": row["region"], "item": row["item"], "value": row["value"]}
            | {"observed_at": moment.isoformat()}
            for row, moment in zip(rows, moments, strict=True)
        ]
        return {"source": "pesut bench", "key": str(new_id()), "observations": told}

    def _value(self, step: int) -> Decimal:
        smallest = Decimal(1).scaleb(-self.measure.decimals)
        return Decimal(str(self.readings[0]["value"])).quantize(smallest) + smallest * step


async def gauge_of(ground: Servers, operator: httpx.AsyncClient) -> Gauge:
    """Raises NotFoundError where there are no sample data, or no tile shows a level."""
    newest: list[Reading] = (await operator.get("/v1/indicators/latest")).raise_for_status().json()
    levels = _levels(ground) if any(each["sample"] for each in newest) else set[str]()
    known = [each for each in newest if each["indicator"] in levels]
    for tile in ground.folder.city.tiles:
        metric = ground.folder.catalog.metric(tile.metric)
        if tile.over or not isinstance(metric, ObservationMetric):
            continue
        shown = [each for each in known if each["indicator"] == metric.indicator and _within(each, tile)]
        if len(shown) == 1:
            others = [each for each in known if each is not shown[0]]
            return Gauge(tile, metric.described, (shown[0], *others))
    raise NotFoundError(STRANGER, remedy="Measure with the sample city: `pesut up --demo`.")


def _levels(ground: Servers) -> set[str]:
    """Indicators that no metric adds up, so that one more value makes no sum larger."""
    metrics = [each for each in ground.folder.catalog.metrics if isinstance(each, ObservationMetric)]
    return {each.indicator for each in metrics} - {each.indicator for each in metrics if adds_up_over_time(each)}


def _within(reading: Reading, tile: Tile) -> bool:
    columns = {Dimension.ITEM: "item", Dimension.REGION: "region"}
    return all(reading[columns[each.dimension]] in each.values for each in tile.filters if each.dimension in columns)
