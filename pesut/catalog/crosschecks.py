"""Which reports are held against which measurement, as a catalog states it."""

from typing import Literal, Self

from pydantic import Field, model_validator

from pesut.contracts.base import Code, Contract, LocalText
from pesut.contracts.query import Grain, Operator


class High(Contract):
    """From which reading on a measurement says that something is up: at a `value` in the metric's unit, or among that `share` of the
    readings of the same place and item in the year looked at which lie furthest on that side.
    """

    operator: Operator = Operator.AT_LEAST
    value: float | None = None
    share: float | None = Field(default=None, gt=0, lt=0.5)

    @model_validator(mode="after")
    def _one_bound(self) -> Self:
        if (self.value is None) == (self.share is None):
            raise ValueError("state either a value or a share")
        return self


class Site(Contract):
    """Regions whose reports are held against these items (gauges, plants): one of them suffices."""

    regions: tuple[Code, ...] = Field(min_length=1)
    items: tuple[Code, ...] = Field(min_length=1)


class Crosscheck(Contract):
    """Reports of `categories` against `metric`, `every` day or week; reports may come up to `lag` of these later. By `sites` where
    the metric knows items, else by district. `source` says who holds that the two belong together, and that this is high.
    """

    code: Code
    name: LocalText
    categories: tuple[Code, ...] = Field(min_length=1)
    metric: Code
    every: Literal[Grain.DAY, Grain.WEEK] = Grain.DAY
    lag: int = Field(default=1, ge=0, le=14)
    high: High
    sites: tuple[Site, ...] = ()
    source: str
