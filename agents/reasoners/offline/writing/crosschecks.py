"""Sentences about reports held against what is measured."""

from collections.abc import Iterator

from agents.reasoners.offline.writing.naming import Pointer
from agents.reasoners.offline.writing.pattern_phrases import say
from pesut.contracts import Language

AGREEING, CONTRADICTING = 3, 2
"""How many of each are told; the rest stands in the evidence."""
DOUBTFUL = 0.05
_EVERY = {"hari": "day", "minggu": "week"}


def crosschecked(pointer: Pointer) -> Iterator[str]:
    """How the two go together, then where they agree and where they do not, then how sure it is."""
    yield say(_relation(pointer), pointer.language, **_common(pointer))
    if not pointer.rows or pointer.rows[0]["verdict"] == "none":
        yield say("cross_none", pointer.language, period=pointer.period())
    for verdict, most in (("both", AGREEING), ("reports_only", CONTRADICTING), ("measured_only", CONTRADICTING)):
        found = [row for row, cells in enumerate(pointer.rows) if cells["verdict"] == verdict]
        for row in found[:most]:
            yield say(f"cross_{verdict}", pointer.language, **_parts(pointer, row))
    unplaced = pointer.cell(0, "unplaced_share", "percent")
    bound = pointer.at("query.false_alarms_share", "percent")
    yield say(
        "cross_how", pointer.language, check=pointer.cell(0, "check_name", "text"), bound=bound, unplaced=unplaced
    )


def _relation(pointer: Pointer) -> str:
    first = pointer.rows[0]
    if first["thin"] or first["reports_when_high"] is None or first["reports_otherwise"] is None:
        return "cross_thin"
    return (
        "cross_related"
        if isinstance(chance := first["relation_share"], float) and chance <= DOUBTFUL
        else "cross_unrelated"
    )


def _common(pointer: Pointer) -> dict[str, str]:
    every = str(pointer.rows[0]["every"])
    return {
        "check": pointer.cell(0, "check_name", "text"),
        "every": _EVERY[every] if pointer.language is Language.EN else every,
        "when_high": pointer.cell(0, "reports_when_high", "decimal"),
        "otherwise": pointer.cell(0, "reports_otherwise", "decimal"),
        "relation": pointer.cell(0, "relation", "decimal"),
        "chance": pointer.cell(0, "relation_share", "percent"),
        "high_count": pointer.cell(0, "high_count", "integer"),
    }


def _parts(pointer: Pointer, row: int) -> dict[str, str]:
    return {
        "place": pointer.cell(row, "place_name", "text"),
        "metric": pointer.cell(row, "metric_name", "text"),
        "item": pointer.cell(row, "item_name", "text"),
        "reports": pointer.cell(row, "reports", "integer"),
        "expected": pointer.cell(row, "expected", "decimal"),
        "reading": _measured(pointer, row, "reading"),
        "high": _measured(pointer, row, "high"),
        **{name: pointer.cell(row, name, "date") for name in ("since", "until", "read_on")},
    }


def _measured(pointer: Pointer, row: int, name: str) -> str:
    """With its unit, or as a share or a duration, by how its column is called."""
    cells = pointer.rows[row]
    if f"{name}_share" in cells:
        return pointer.cell(row, f"{name}_share", "percent")
    if f"{name}_hours" in cells:
        return pointer.cell(row, f"{name}_hours", "duration")
    unit = " " + pointer.cell(row, "unit", "text") if cells["unit"] else ""
    return pointer.cell(row, name, "decimal") + unit
