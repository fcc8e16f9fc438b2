"""Placeholders into an evidence, and what its figures are about."""

from dataclasses import dataclass

from agents.reasoners.offline.writing.phrases import say
from pesut.contracts import Dimension, Evidence, Filter, Language, MetricQuery, Row, Show

_PLACES = {Dimension.REGION, Dimension.DISTRICT, Dimension.VILLAGE}


@dataclass(frozen=True)
class Pointer:
    """Writes placeholders into one evidence."""

    evidence: Evidence
    language: Language

    def at(self, path: str, format_: str) -> str:
        return f"{{{self.evidence.label}.{path}|{format_}}}"

    def cell(self, row: int, column: str, format_: str = "measure") -> str:
        return self.at(f"rows[{row}].{column}", format_)

    def say(self, key: str, *values: str, **parts: str) -> str:
        return say(key, self.language, *values, **parts)

    @property
    def name(self) -> str:
        return self.at("measure.name_en" if self.language is Language.EN else "measure.name_id", "text")

    @property
    def rows(self) -> tuple[Row, ...]:
        return self.evidence.result

    @property
    def query(self) -> MetricQuery:
        assert isinstance(self.evidence.query, MetricQuery)
        return self.evidence.query

    def period(self) -> str:
        return self.at("period", "period")

    def compared(self) -> str:
        return self.at("compared", "period")


def subject(pointer: Pointer, *, timed: bool = True) -> str:
    """The metric with its filters and, when `timed`, its period: "Jumlah laporan kategori Banjir di … pada …"."""
    query = pointer.query
    told = [(number, each) for number, each in _ordered(query.filters) if not _is_split(each, query)]
    said = pointer.name + "".join(_about(number, each, pointer) for number, each in told)
    if query.show is Show.SHARE:
        said = pointer.say("share", said)
    if query.show is Show.CUMULATIVE:
        said = pointer.say("cumulative", said)
    return said + pointer.say("in_period", pointer.period()) if timed and query.period else said


def row_name(pointer: Pointer, row: int) -> str:
    """Placeholders for what a row is about: its groups, in the order they were asked for."""
    return ", ".join(pointer.cell(row, f"{dimension.value}_name", "text") for dimension in pointer.query.group_by)


def is_named(pointer: Pointer, row: int) -> bool:
    """Whether the row says what it is about: not the group of everything unknown."""
    return all(pointer.rows[row].get(dimension.value) for dimension in pointer.query.group_by)


def number_in(row: Row, column: str = "value") -> float | None:
    """The number in a row; None where there is none."""
    value = row.get(column)
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def joined(parts: list[str], language: Language) -> str:
    """ "A", "A dan B", "A, B, dan C" """
    and_ = "and" if language is Language.EN else "dan"
    if len(parts) < 3:
        return f" {and_} ".join(parts)
    return ", ".join(parts[:-1]) + f", {and_} {parts[-1]}"


def _ordered(filters: tuple[Filter, ...]) -> list[tuple[int, Filter]]:
    """Places come last, where a sentence expects them."""
    return sorted(enumerate(filters), key=lambda numbered: numbered[1].dimension in _PLACES)


def _is_split(given: Filter, query: MetricQuery) -> bool:
    """Whether each row names its own of what the filter lists: "banjir dan sampah", side by side."""
    several = len(given.values) > 1 and not given.exclude
    return several and (
        given.dimension in query.group_by or (given.dimension in _PLACES and bool(_PLACES & set(query.group_by)))
    )


def _about(number: int, given: Filter, pointer: Pointer) -> str:
    names = pointer.at(f"query.filters[{number}]", "names")
    if given.dimension in _PLACES:
        return pointer.say("of_other_place" if given.exclude else "of_place", names)
    return pointer.say(f"of_{given.dimension.value}", names)
