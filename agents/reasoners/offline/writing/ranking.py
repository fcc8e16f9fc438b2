"""Sentences about rows side by side: which is highest, what follows, what lies beyond a limit."""

from collections.abc import Iterator, Sequence

from agents.reasoners.offline.writing.beyond import beyond
from agents.reasoners.offline.writing.naming import Pointer, is_named, joined, number_in, subject
from agents.reasoners.offline.writing.rows import SHOWN, said_row
from pesut.catalog.models import Catalog


def ranking_sentences(pointer: Pointer, catalog: Catalog, about: str | None = None) -> Iterator[str]:
    """`about` says shorter what the figures are of, where the sentence before has said it."""
    rows = [
        number for number, row in enumerate(pointer.rows) if is_named(pointer, number) and number_in(row) is not None
    ] or [number for number, row in enumerate(pointer.rows) if number_in(row) is not None]
    if pointer.query.having is not None:
        yield beyond(pointer, rows, catalog)
    elif _by_change(pointer):
        changed = [number for number in rows if number_in(pointer.rows[number], "change") is not None]
        parts = [said_row(pointer, number) for number in (changed or rows)[:SHOWN]]
        yield pointer.say(
            "grew_most",
            subject=subject(pointer),
            compared=pointer.compared(),
            rows=joined(parts, pointer.language),
        )
    else:
        yield from _ranked(pointer, rows, about or subject(pointer))


def _by_change(pointer: Pointer) -> bool:
    order = pointer.query.order
    return order is not None and order.by in {"change", "change_ratio"}


def _ranked(pointer: Pointer, rows: Sequence[int], about: str) -> Iterator[str]:
    values = {number: number_in(pointer.rows[number]) or 0.0 for number in rows}
    if len(rows) < 2 or len(set(values.values())) == 1:
        yield _alike(pointer, rows, about)
        return
    ascending = _is_ascending(pointer)
    ranked = sorted(rows, key=lambda number: values[number], reverse=not ascending)
    few = ascending or len(ranked) <= SHOWN
    telling = ranked if few else [number for number in ranked if values[number]]
    yield first_of(pointer, about, [said_row(pointer, number) for number in telling[:SHOWN]])
    if len(ranked) > SHOWN and not _is_cut(pointer) and values[ranked[-1]] != values[ranked[-2]]:
        last = said_row(pointer, ranked[-1])
        yield pointer.say("end_highest" if ascending else "end_lowest", last)


def is_by_value(pointer: Pointer) -> bool:
    order = pointer.query.order
    return order is not None and order.by == "value"


def first_of(pointer: Pointer, about: str, parts: list[str]) -> str:
    """ "…: tertinggi A, disusul B dan C." """
    first, *rest = parts
    others = pointer.say("followed", joined(rest, pointer.language)) if rest else ""
    return pointer.say("lowest" if _is_ascending(pointer) else "highest", subject=about, first=first, others=others)


def _is_ascending(pointer: Pointer) -> bool:
    order = pointer.query.order
    return order is not None and order.by == "value" and not order.descending


def _alike(pointer: Pointer, rows: Sequence[int], about: str) -> str:
    if len(rows) == 1 and _is_cut(pointer) and is_by_value(pointer):
        return first_of(pointer, about, [said_row(pointer, rows[0])])
    said = joined([said_row(pointer, number) for number in rows[:SHOWN]], pointer.language)
    if len(rows) < 2 or len(rows) != len(pointer.rows) or _is_cut(pointer):
        return pointer.say("listed", subject=about, rows=said)
    if len(rows) <= SHOWN:
        return pointer.say("all_same", subject=about, rows=said)
    count = pointer.at("row_count", "integer")
    return pointer.say("all_same_many", subject=about, count=count, rows=said_row(pointer, rows[0]))


def _is_cut(pointer: Pointer) -> bool:
    """Whether there may be further rows that the limit left out."""
    return pointer.query.limit is not None and len(pointer.rows) >= pointer.query.limit
