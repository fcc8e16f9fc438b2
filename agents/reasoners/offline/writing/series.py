"""Sentences about a course over time: where it stands, its highest and lowest point."""

from collections.abc import Iterator, Sequence

from agents.reasoners.offline.writing.naming import Pointer, joined, number_in, subject
from agents.reasoners.offline.writing.ranking import first_of, is_by_value
from agents.reasoners.offline.writing.rows import SHOWN, said_row


def series_sentences(pointer: Pointer) -> Iterator[str]:
    known = [number for number, row in enumerate(pointer.rows) if number_in(row) is not None]
    last = max(known, key=lambda number: str(pointer.rows[number]["period"]))
    if pointer.query.having is None and not pointer.query.group_by and is_by_value(pointer):
        yield _ranked(pointer, known)
        return
    if pointer.query.group_by:
        yield _side_by_side(pointer, known, str(pointer.rows[last]["period"]))
        return
    key = "series_partial" if _is_partial(pointer, last) else "series_last"
    about = subject(pointer, timed=False)
    yield pointer.say(key, subject=about, value=pointer.cell(last, "value"), when=_when(pointer, last))
    yield from _extremes(pointer, known)


def _ranked(pointer: Pointer, known: Sequence[int]) -> str:
    """The steps that were asked for, in their order: "tertinggi Januari 2025 (254 laporan)"."""
    parts = [
        pointer.say("row", name=_when(pointer, number), value=pointer.cell(number, "value")) for number in known[:SHOWN]
    ]
    return first_of(pointer, subject(pointer), parts)


def _extremes(pointer: Pointer, known: Sequence[int]) -> Iterator[str]:
    if len(known) < 3:
        return
    values = {number: number_in(pointer.rows[number]) or 0.0 for number in known}
    high, low = max(known, key=values.__getitem__), min(known, key=values.__getitem__)
    if values[high] == values[low]:
        yield pointer.say("series_flat")
        return
    yield from _extreme(pointer, high, low)


def _extreme(pointer: Pointer, high: int, low: int) -> Iterator[str]:
    period = pointer.period()
    yield pointer.say("series_high", period=period, value=pointer.cell(high, "value"), when=_when(pointer, high))
    yield pointer.say("series_low", value=pointer.cell(low, "value"), when=_when(pointer, low))


def _side_by_side(pointer: Pointer, known: Sequence[int], period: str) -> str:
    """The groups' values in the newest step that has any, in order of size."""
    newest = [number for number in known if pointer.rows[number]["period"] == period]
    newest.sort(key=lambda number: -(number_in(pointer.rows[number]) or 0.0))
    rows = joined([said_row(pointer, number) for number in newest[:SHOWN]], pointer.language)
    return pointer.say("series_rows", subject=subject(pointer, timed=False), when=_when(pointer, newest[0]), rows=rows)


def _when(pointer: Pointer, row: int) -> str:
    return pointer.cell(row, "period", "bucket")


def _is_partial(pointer: Pointer, row: int) -> bool:
    """Whether the step had not ended when the data were looked at."""
    period, newest = pointer.query.period, max(str(each["period"]) for each in pointer.rows)
    is_newest = str(pointer.rows[row]["period"]) == newest
    return is_newest and period is not None and period.end > pointer.evidence.as_of
