"""The grammar of placeholders: `{LABEL.path|format}`."""

import re
from dataclasses import dataclass

from pesut.errors import InvalidInputError

Key = str | int | slice

_PLACEHOLDER = re.compile(
    r"\{(?P<label>[A-Za-z][A-Za-z0-9]*)(?P<path>(?:\.[A-Za-z_]\w*|\[\d+(?::\d+)?\])*)\|(?P<format>[a-z_]+)\}"
)
_KEY = re.compile(r"\.(?P<name>\w+)|\[(?P<first>\d+)(?::(?P<last>\d+))?\]")


class PlaceholderError(InvalidInputError):
    """A placeholder that cannot be read, points nowhere, or does not fit what it points at."""

    slug = "placeholder"
    title = "The placeholder does not hold"


@dataclass(frozen=True)
class Placeholder:
    """`{E3.rows[0].value|rupiah}`: label "E3", path ("rows", 0, "value"), format "rupiah"."""

    label: str
    path: tuple[Key, ...]
    format: str
    written: str

    @property
    def row(self) -> int | None:
        """The number of the row that it points into, if it does."""
        match self.path:
            case ("rows", int(number), *_):
                return number
            case _:
                return None

    @property
    def column(self) -> str | None:
        """The column that it points at, if it points into a row."""
        match self.path:
            case ("rows", int(), str(column), *_):
                return column
            case _:
                return None


def pieces(text: str) -> list[str | Placeholder]:
    """The sentence cut into plain pieces and placeholders. Raises PlaceholderError for a brace that is no placeholder."""
    found: list[str | Placeholder] = []
    at = 0
    for match in _PLACEHOLDER.finditer(text):
        found += [text[at : match.start()], _placeholder(match)]
        at = match.end()
    found.append(text[at:])
    for piece in found:
        if isinstance(piece, str) and ("{" in piece or "}" in piece):
            raise PlaceholderError(f"{piece.strip()!r} holds a brace that is no placeholder.")
    return [piece for piece in found if piece]


def placeholders(text: str) -> list[Placeholder]:
    return [piece for piece in pieces(text) if isinstance(piece, Placeholder)]


def literals(text: str) -> list[str]:
    """What the sentence says itself, outside its placeholders."""
    return [piece for piece in pieces(text) if isinstance(piece, str)]


def _placeholder(match: re.Match[str]) -> Placeholder:
    path = tuple(_key(key) for key in _KEY.finditer(match["path"]))
    return Placeholder(label=match["label"], path=path, format=match["format"], written=match[0])


def _key(match: re.Match[str]) -> Key:
    if match["name"]:
        return match["name"]
    first = int(match["first"])
    return slice(first, int(match["last"])) if match["last"] else first
