"""Sentences about what many reports together tell."""

from collections.abc import Callable, Iterator

from agents.reasoners.base import WriteRequest
from agents.reasoners.offline.writing.crosschecks import crosschecked
from agents.reasoners.offline.writing.figures import fact
from agents.reasoners.offline.writing.naming import Pointer, joined
from agents.reasoners.offline.writing.pattern_phrases import say
from pesut.contracts import Claim, Evidence, HandlingQuery, ThemesQuery

NAMED, PLACES = 4, 3
NOWHERE = "–"
THEMES, QUOTES = 6, 2
SEASON = 104  # weeks


def pattern_claims(evidence: Evidence, request: WriteRequest) -> list[Claim]:
    """What was found, then how sure it is."""
    pointer = Pointer(evidence, request.language)
    return [fact(text, evidence.label) for text in _WRITERS[evidence.kind](pointer)]


def _unusual(pointer: Pointer) -> Iterator[str]:
    """One sentence for each category, about where it stands out most; all reports only where no category explains them."""
    leading = _leading(pointer)
    if not leading:
        yield _say(pointer, "nothing_unusual", period=pointer.period())
        yield from (
            _say(pointer, "nearest_usual", **_unusual_parts(pointer, row)) for row in range(min(1, len(pointer.rows)))
        )
    for row, others in list(leading.items())[:NAMED]:
        yield _say(pointer, _key(pointer, row), **_unusual_parts(pointer, row), also=_also(pointer, others))
    yield _say(pointer, "unusual_bound", bound=pointer.at("query.false_alarms_share", "percent"))
    if any(_number(cells["weeks"]) < SEASON for cells in pointer.rows):
        yield _say(pointer, "short_history")


def _leading(pointer: Pointer) -> dict[int, list[int]]:
    """The clearest row of each category, with the others of it, as they come."""
    found = [row for row, cells in enumerate(pointer.rows) if cells["unusual"]]
    places = [pointer.rows[row]["place"] for row in found if pointer.rows[row]["category"]]
    leading: dict[int, list[int]] = {}
    for row in found:
        category = pointer.rows[row]["category"]
        first = next((each for each in leading if pointer.rows[each]["category"] == category), None)
        if first is not None:
            leading[first].append(row)
        elif category or pointer.rows[row]["place"] not in places:
            leading[row] = []
    return leading


def _key(pointer: Pointer, row: int) -> str:
    cells = pointer.rows[row]
    if _number(cells["change"]) < 0:
        return "unusual_down"
    if cells["reporters"] is not None and _number(cells["reporters"]) * 2 <= _number(cells["value"]):
        return "unusual_few"
    return "burst" if cells.get("burst_since") else "unusual_up"


def _also(pointer: Pointer, rows: list[int]) -> str:
    """The places in which the same stands out."""
    if not rows:
        return ""
    named = [
        _say(
            pointer,
            "also_in",
            place=pointer.cell(row, "place_name", "text"),
            value=pointer.cell(row, "value", "integer"),
        )
        for row in rows[:PLACES]
    ]
    return _say(pointer, "also", places=joined(named, pointer.language))


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _unusual_parts(pointer: Pointer, row: int) -> dict[str, str]:
    parts = {name: pointer.cell(row, name, "integer") for name in ("value", "usual_low", "usual_high", "reporters")}
    if pointer.rows[row].get("burst_since"):
        parts |= {name: pointer.cell(row, name, "date") for name in ("burst_since", "burst_until")}
        parts |= {
            "burst_value": pointer.cell(row, "burst_value", "integer"),
            "burst_expected": pointer.cell(row, "burst_expected", "decimal"),
        }
    return parts | {
        "what": pointer.cell(row, "category_name", "text"),
        "place": pointer.cell(row, "place_name", "text"),
        "expected": pointer.cell(row, "expected", "decimal"),
        "since": pointer.cell(row, "since", "date"),
    }


def _say(pointer: Pointer, key: str, **parts: str) -> str:
    return say(key, pointer.language, **parts)


def _found_or_nearest(
    pointer: Pointer, flag: str, keys: tuple[str, str, str], parts: Callable[[Pointer, int], dict[str, str]]
) -> Iterator[str]:
    """The rows that bear the flag; else that there is none, and the row nearest to it. `keys`: of one, of the nearest, of none."""
    one, nearest, none = keys
    found = [row for row, cells in enumerate(pointer.rows) if cells[flag]]
    if not found:
        yield _say(pointer, none, period=pointer.period())
    for row in found[:NAMED] or range(min(1, len(pointer.rows))):
        yield _say(pointer, one if found else nearest, **parts(pointer, row))


def _silent(pointer: Pointer) -> Iterator[str]:
    yield from _found_or_nearest(pointer, "silent", ("silent", "nearest_silent", "nobody_silent"), _silent_parts)
    yield _say(pointer, "silent_bound", bound=pointer.at("query.false_alarms_share", "percent"))


def _silent_parts(pointer: Pointer, row: int) -> dict[str, str]:
    parts = {name: pointer.cell(row, name, "integer") for name in ("value", "inhabitants", "expected", "expected_past")}
    last = pointer.rows[row]["last"]
    seen = _say(pointer, "last_seen", last=pointer.cell(row, "last", "date")) if last else ""
    named = {name: pointer.cell(row, f"{name}_name", "text") for name in ("village", "district")}
    return parts | named | {"last": seen, "unplaced": pointer.cell(row, "unplaced_share", "percent")}


def _handling(pointer: Pointer) -> Iterator[str]:
    late = [row for row, cells in enumerate(pointer.rows) if _number(cells["overdue"])]
    if not late:
        yield _say(pointer, "nobody_late", period=pointer.period())
    yield from (_handled(pointer, row) for row in (late or range(len(pointer.rows)))[:NAMED])
    yield _say(pointer, "handling_how", period=pointer.period())


def _handled(pointer: Pointer, row: int) -> str:
    """How many are late, then how fast, then what was contested, as far as it is known."""
    cells, query = pointer.rows[row], pointer.evidence.query
    assert isinstance(query, HandlingQuery)
    parts = {
        name: pointer.cell(row, name, "integer") for name in ("value", "open", "overdue", "closed_late", "reopened")
    }
    shares = ("median_response_hours", "median_handling_hours", "reopened_share")
    said = {name: pointer.cell(row, name, "percent" if name.endswith("share") else "duration") for name in shares}
    more = "".join(_say(pointer, name, **parts, **said) for name in shares if cells[name])
    return _say(pointer, "handled", name=pointer.cell(row, f"{query.by.value}_name", "text"), more=more, **parts)


def _overdue(pointer: Pointer) -> Iterator[str]:
    if not pointer.rows:
        yield _say(pointer, "none_near")
    for row, cells in enumerate(pointer.rows[:NAMED]):
        parts = {name: pointer.cell(row, name, "text") for name in ("number", "agency_name", "category_name")}
        parts |= {name: pointer.cell(row, name, "percent") for name in ("late_share", "alike_late_share")}
        alike = _say(pointer, "alike", alike=pointer.cell(row, "alike", "integer"), **parts) if cells["alike"] else ""
        yield _say(pointer, "will_be_late", deadline=pointer.cell(row, "deadline", "date"), past=alike, **parts)
    yield _say(pointer, "overdue_how")


def _hot_spots(pointer: Pointer) -> Iterator[str]:
    yield from _found_or_nearest(pointer, "hot", ("hot_spot", "nearest_spot", "no_hot_spot"), _spot_parts)
    yield _say(pointer, "spots_how", bound=pointer.at("query.false_alarms_share", "percent"))
    if pointer.rows:
        yield _say(pointer, "spots_located", **_spot_parts(pointer, 0))


def _spot_parts(pointer: Pointer, row: int) -> dict[str, str]:
    cells = pointer.rows[row]
    parts = {name: pointer.cell(row, name, "integer") for name in ("value", "located")}
    parts |= {
        name: pointer.cell(row, name, "decimal") for name in ("expected", "expected_past", "latitude", "longitude")
    }
    named = {
        name: pointer.cell(row, f"{name}_name", "text") if cells[f"{name}_name"] else NOWHERE
        for name in ("village", "district")
    }
    rising = _say(pointer, "rising_spot") if cells["rising"] else ""
    return parts | named | {"rising": rising, "unplaced": pointer.cell(row, "unplaced_share", "percent")}


def _themes(pointer: Pointer) -> Iterator[str]:
    """One sentence for each theme, then what people say of the first of them."""
    query = pointer.evidence.query
    assert isinstance(query, ThemesQuery)
    if not pointer.rows:
        bound = pointer.at("query.false_alarms_share", "percent")
        yield _say(pointer, f"themes_{query.order}", period=pointer.period(), bound=bound)
        return
    yield from (_theme(pointer, row) for row in range(len(pointer.rows[:THEMES])))
    for row, cells in enumerate(pointer.rows[:QUOTES]):
        if cells["excerpt"]:
            quote = pointer.cell(row, "excerpt", "quote")
            yield _say(pointer, "theme_quote", quote=quote, number=pointer.cell(row, "number", "text"))
    parts = {name: pointer.cell(0, name, "integer") for name in ("told", "themes")}
    parts |= {"label": pointer.cell(0, "theme_name", "text"), "alone": pointer.cell(0, "alone_share", "percent")}
    yield _say(pointer, "themes_how", period=pointer.period(), **parts)


def _theme(pointer: Pointer, row: int) -> str:
    cells = pointer.rows[row]
    parts = {name: pointer.cell(row, name, "integer") for name in ("value", "reporters", "usual_high", "place_value")}
    parts |= {"expected": pointer.cell(row, "expected", "decimal"), "first": pointer.cell(row, "first", "date")}
    kind = "new" if cells["new"] else "grows" if cells["growing"] else "usual" if cells["expected"] is not None else ""
    usual = _say(pointer, f"theme_{kind}", **parts) if kind else ""
    place = (
        _say(pointer, "theme_place", place=pointer.cell(row, "place_name", "text"), **parts)
        if cells["place_name"]
        else ""
    )
    category = pointer.cell(row, "category_name", "text") if cells["category_name"] else "-"
    label = pointer.cell(row, "theme_name", "text")
    return _say(pointer, "theme", label=label, category=category, usual=usual, place=place, **parts)


_WRITERS: dict[str, Callable[[Pointer], Iterator[str]]] = {
    "unusual_reports": _unusual,
    "silent_places": _silent,
    "report_handling": _handling,
    "overdue_reports": _overdue,
    "report_themes": _themes,
    "crosscheck": crosschecked,
    "hot_spots": _hot_spots,
}
