"""How reports were handled, by agency or another dimension."""

from collections.abc import Mapping, Sequence
from typing import cast

from pydantic import JsonValue

from pesut.contracts import Row
from pesut.reports.patterns.survival import Ages, Survival


def derive(rows: Sequence[Row], parameters: Mapping[str, JsonValue]) -> list[Row]:
    """The rows of a HandlingQuery from those of `tools.patterns.handling`: medians by Kaplan-Meier, the most overdue first."""
    by, names = str(parameters["by"]), cast("dict[str, str]", parameters["names"])
    found = [_row(row, by, names) for row in rows if row["code"]]
    return sorted(found, key=lambda row: (-cast("int", row["overdue"]), -cast("int", row["value"]), str(row[by])))


def _row(row: Row, by: str, names: Mapping[str, str]) -> Row:
    code, value, closed = str(row["code"]), cast("int", row["value"]), cast("int", row["closed"])
    return {
        by: code,
        f"{by}_name": names.get(code, code),
        **{name: row[name] for name in ("value", "open", "overdue", "closed_late")},
        "answered_share": round(cast("int", row["answered"]) / value, 4),
        "median_response_hours": Survival(cast("Ages", row["responses"])).median_hours(),
        "median_handling_hours": Survival(cast("Ages", row["closures"])).median_hours(),
        "reopened": row["reopened"],
        "reopened_share": round(cast("int", row["reopened"]) / (closed + cast("int", row["reopened_open"])), 4)
        if closed + cast("int", row["reopened_open"])
        else None,
    }
