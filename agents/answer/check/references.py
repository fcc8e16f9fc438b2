"""What the side points of an option may refer to: money of this year, rules and plans that were in force on the day, aims."""

from collections.abc import Callable
from datetime import date
from typing import Any

from pesut.contracts import ReviewPoint, Row
from pesut.decisions.targets import aim_in
from pesut.placeholders import Sources, placeholders

Reference = Callable[[ReviewPoint, Sources], str | None]
"""Says what is wrong with what a point refers to, in Indonesian, or None."""


def wrong_money(point: ReviewPoint, sources: Sources) -> str | None:
    rows = _rows(point, "budget_lines", sources)
    if not rows:
        return "menyebut anggaran tanpa pos anggarannya"
    return None if all(row.get("year") == sources.now.year for row in rows) else "bukan anggaran tahun ini"


def wrong_rule(point: ReviewPoint, sources: Sources) -> str | None:
    return _wrong_paper(point, "regulation", "peraturan", sources)


def wrong_plan(point: ReviewPoint, sources: Sources) -> str | None:
    return _wrong_paper(point, "plan", "rencana", sources)


def wrong_aim(point: ReviewPoint, sources: Sources) -> str | None:
    return (
        None if aim_in(point, sources) else "tidak menyebut satu nilai indikator, arahnya, dan hari melihatnya kembali"
    )


REFERENCES: dict[str, Reference] = {
    "budget": wrong_money,
    "legal_basis": wrong_rule,
    "plan_link": wrong_plan,
    "target": wrong_aim,
}
"""By the option's field."""


def _wrong_paper(point: ReviewPoint, kind: str, name: str, sources: Sources) -> str | None:
    rows = _rows(point, "documents", sources)
    if not rows or any(row.get("kind") != kind for row in rows):
        return f"bukan kutipan dari {name}"
    return f"menyebut {name} yang belum terbit" if any(_later(row, sources) for row in rows) else None


def _later(row: Row, sources: Sources) -> bool:
    issued: Any = row.get("issued_on")
    return issued is not None and date.fromisoformat(str(issued)) > sources.now.date()


def _rows(point: ReviewPoint, kind: str, sources: Sources) -> list[Row]:
    """The rows of evidence of this kind that the point's placeholders stand on."""
    found = [each for each in placeholders(point.text) if each.row is not None and each.label in sources.evidence]
    of_kind = [(sources.evidence[each.label], each.row) for each in found]
    return [
        evidence.result[row]
        for evidence, row in of_kind
        if evidence.kind == kind and row is not None and row < len(evidence.result)
    ]
