"""What a benchmark says: figures with the aims they are held beside, for a table and for programs."""

from collections.abc import Sequence
from enum import StrEnum
from math import ceil

from pydantic import AwareDatetime, computed_field

from evals.bench.machine import Machine
from pesut.contracts import Contract, Operator


class Unit(StrEnum):
    MILLISECONDS = "ms"
    SECONDS = "s"
    PER_SECOND = "/s"
    MEGABYTES = "MB"  # 10^6 bytes
    RATIO = "×"
    COUNT = ""


class Aim(Contract):
    """What a figure should be, on the machine that the aim was set for. Nothing fails where it is not."""

    operator: Operator
    value: float

    def reached(self, value: float) -> bool:
        match self.operator:
            case Operator.ABOVE:
                return value > self.value
            case Operator.AT_LEAST:
                return value >= self.value
            case Operator.BELOW:
                return value < self.value
            case Operator.AT_MOST:
                return value <= self.value


class Figure(Contract):
    """One number measured; `beside` are those that it is made of, or that say what it rests on."""

    name: str
    value: float
    unit: Unit = Unit.COUNT
    aim: Aim | None = None
    beside: tuple["Figure", ...] = ()

    @computed_field
    @property
    def reached(self) -> bool | None:
        """Whether the aim was reached, where there is one."""
        return None if self.aim is None else self.aim.reached(self.value)


class Measured(Contract):
    """The figures of one measurement and how long it took, or why it was left out and how to have it."""

    name: str
    title: str
    seconds: float = 0.0
    figures: tuple[Figure, ...] = ()
    left_out: str = ""
    remedy: str = ""


class BenchResult(Contract):
    machine: Machine
    city: str
    measured_at: AwareDatetime
    measurements: tuple[Measured, ...]


def below(value: float) -> Aim:
    return Aim(operator=Operator.BELOW, value=value)


def at_most(value: float) -> Aim:
    return Aim(operator=Operator.AT_MOST, value=value)


def at_least(value: float) -> Aim:
    return Aim(operator=Operator.AT_LEAST, value=value)


def quantile(values: Sequence[float], share: float) -> float:
    """The smallest of the values that at least this share of them does not exceed (nearest rank)."""
    return sorted(values)[max(ceil(share * len(values)) - 1, 0)]


def milliseconds(name: str, seconds: Sequence[float], share: float, aim: Aim | None = None) -> Figure:
    """A quantile of durations."""
    return Figure(name=name, value=quantile(seconds, share) * 1000, unit=Unit.MILLISECONDS, aim=aim)
