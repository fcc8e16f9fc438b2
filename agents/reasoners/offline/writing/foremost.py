"""Sentences about the first rows of each part: the three foremost categories of each district, the first place of each month."""

from itertools import groupby

from agents.reasoners.offline.writing.naming import Pointer, joined, subject
from agents.reasoners.offline.writing.ranking import first_of
from agents.reasoners.offline.writing.rows import SHOWN
from pesut.contracts import Dimension, Within


def foremost_sentence(pointer: Pointer, within: Dimension | Within) -> str:
    """The parts in their order, of steps the newest; of the whole result its first rows."""
    rows = range(len(pointer.rows))
    if within is Within.WHOLE:
        return first_of(pointer, subject(pointer), [_said(pointer, row, None) for row in rows[:SHOWN]])
    parts = [list(part) for _, part in groupby(rows, key=lambda row: pointer.rows[row].get(within.value))]
    shown = parts[-SHOWN:] if within is Within.PERIOD else parts[:SHOWN]
    said = "; ".join(_part(pointer, part, within) for part in shown)
    return pointer.say("foremost", subject=subject(pointer), rows=said)


def _part(pointer: Pointer, rows: list[int], within: Dimension | Within) -> str:
    said = joined([_said(pointer, row, within) for row in rows], pointer.language)
    return pointer.say("part", name=_called(pointer, rows[0], within), rows=said)


def _said(pointer: Pointer, row: int, within: Dimension | Within | None) -> str:
    """The row by all that it is of, but for what its part is called by."""
    split: list[Dimension | Within] = [*pointer.query.group_by, *([Within.PERIOD] if pointer.query.grain else [])]
    name = ", ".join(_called(pointer, row, each) for each in split if each is not within)
    return pointer.say("row", name=name, value=pointer.cell(row, "value"))


def _called(pointer: Pointer, row: int, part: Dimension | Within) -> str:
    if isinstance(part, Dimension):
        return pointer.cell(row, f"{part.value}_name", "text")
    return pointer.cell(row, "period", "bucket")
