"""JSON: an array of objects, one object a line, what an API wraps around them, and GeoJSON."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, cast

import orjson

from pesut.intake.files.encoding import detect
from pesut.intake.files.kinds import UnusableFileError
from pesut.intake.files.table import Cell, Cells, SourceRow

LARGEST_WHOLE = 256 * 1024**2  # bytes that may be parsed at once; longer tables come one object a line
LONGEST_LINE = 16 * 1024**2
LOOK_AHEAD = 200
_WRAPPERS = ("data", "records", "result", "results", "items", "rows", "features", "value")
_WGS84 = ("CRS84", "4326", "WGS84", "WGS 84")
GEOMETRY = "geometry"


@dataclass(frozen=True)
class JsonTable:
    path: Path
    lines: bool
    header: tuple[str, ...]

    @property
    def notes(self) -> tuple[str, ...]:
        return ("read as one JSON object a line",) if self.lines else ()

    def rows(self) -> Iterator[SourceRow]:
        yield from _line_rows(self.path) if self.lines else _whole_rows(self.path)


def read_json(path: Path) -> JsonTable:
    """Raises UnusableFileError for what is no table of objects, and for GeoJSON in another system than WGS 84."""
    lines = _is_lines(path)
    names: dict[str, None] = {}
    table = JsonTable(path, lines, ())
    for row in islice(table.rows(), LOOK_AHEAD):
        names.update(dict.fromkeys(row.cells))
    if not names:
        raise UnusableFileError(f"{path.name} holds no rows.", remedy="Give a JSON array of objects.")
    return JsonTable(path, lines, tuple(names))


def _is_lines(path: Path) -> bool:
    """Whether the first line is an object of its own and another follows."""
    with path.open("rb") as file:
        first, second = file.readline(LONGEST_LINE).strip(), file.readline(LONGEST_LINE).strip()
    if not first.startswith(b"{") or not second.startswith(b"{"):
        return False
    try:
        return isinstance(orjson.loads(first), dict)
    except orjson.JSONDecodeError:
        return False


def _line_rows(path: Path) -> Iterator[SourceRow]:
    with path.open("rb") as file:
        number = 0
        while line := file.readline(LONGEST_LINE + 1):
            number += 1
            if len(line) > LONGEST_LINE:
                raise UnusableFileError(f"{path.name} has a line {number} over 16 MB.", remedy="Export it again.")
            if line.strip():
                yield _line_row(number, line)


def _line_row(number: int, line: bytes) -> SourceRow:
    try:
        record = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        return SourceRow(number, {}, f"is no JSON: {error}")
    return _row(number, record)


def _whole_rows(path: Path) -> Iterator[SourceRow]:
    for number, record in enumerate(_records(path, _parsed(path)), start=1):
        yield _row(number, record)


def _parsed(path: Path) -> Any:
    if path.stat().st_size > LARGEST_WHOLE:
        raise UnusableFileError(
            f"{path.name} is one JSON value of more than {LARGEST_WHOLE // 1024**2} MB.",
            remedy="Export it with one object a line (.jsonl).",
        )
    encoding = detect(path)
    try:
        return orjson.loads(path.read_text(encoding.name, errors=encoding.errors))
    except orjson.JSONDecodeError as error:
        raise UnusableFileError(f"{path.name} is no JSON: {error}.", remedy="Export it again.") from error


def _records(path: Path, content: Any) -> list[Any]:
    """The list of rows, at the top or within what wraps it (CKAN, Open311, GeoJSON)."""
    for _ in range(4):
        if isinstance(content, list):
            return cast("list[Any]", content)
        if not isinstance(content, dict):
            break
        content = cast("dict[str, Any]", content)
        _check_reference_system(path, content)
        if content.get("type") == "Feature":
            return [content]
        content = next((content[name] for name in _WRAPPERS if isinstance(content.get(name), list | dict)), None)
    raise UnusableFileError(f"{path.name} holds no list of objects.", remedy="Give a JSON array of objects.")


def _check_reference_system(path: Path, content: dict[str, Any]) -> None:
    named = str(content.get("crs") or "")
    if named and not any(name in named for name in _WGS84):
        raise UnusableFileError(f"{path.name} is not in WGS 84: {named[:80]}.", remedy="Reproject it to EPSG:4326.")


def _row(number: int, record: Any) -> SourceRow:
    if not isinstance(record, dict):
        return SourceRow(number, {}, "is no object")
    record = cast("dict[str, Any]", record)
    if record.get("type") == "Feature" and GEOMETRY in record:
        return SourceRow(number, _feature(record))
    return SourceRow(number, _flat(record))


def _feature(feature: dict[str, Any]) -> Cells:
    cells = _flat(feature.get("properties") or {})
    geometry = cast("dict[str, Any]", feature.get(GEOMETRY) or {})
    if geometry.get("type") == "Point" and isinstance(geometry.get("coordinates"), list):
        longitude, latitude, *_ = [*cast("list[Cell]", geometry["coordinates"]), None, None]
        return {"longitude": longitude, "latitude": latitude, **cells}
    return {**cells, GEOMETRY: geometry or None}


def _flat(record: dict[str, Any]) -> Cells:
    """Objects within objects become columns "outer.inner", two levels deep; a geometry stays whole."""
    cells: Cells = {}
    for name, value in record.items():
        if isinstance(value, dict) and "coordinates" not in value:
            cells.update({f"{name}.{inner}": held for inner, held in cast("dict[str, Any]", value).items()})
        else:
            cells[name] = value
    return cells
