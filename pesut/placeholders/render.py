"""Putting values into sentences."""

import re
from dataclasses import dataclass

from pesut.placeholders.formats import FORMATS, NUMERIC
from pesut.placeholders.grammar import Placeholder, PlaceholderError, pieces
from pesut.placeholders.resolve import Sources, resolve


@dataclass(frozen=True)
class Part:
    """A piece of a rendered sentence, and the placeholder that it came from, if any."""

    text: str
    placeholder: Placeholder | None = None


def render(text: str, sources: Sources) -> str:
    """The sentence with its values. Raises PlaceholderError when one of them is not to be had."""
    return "".join(piece if isinstance(piece, str) else _value(piece, sources) for piece in pieces(text))


def _value(placeholder: Placeholder, sources: Sources) -> str:
    write = FORMATS.get(placeholder.format)
    if write is None:
        raise PlaceholderError(f"There is no format {placeholder.format!r}.")
    return write(resolve(placeholder, sources), placeholder, sources)


def parts_of(text: str, rendered: str) -> list[Part]:
    """A rendered sentence cut where its values stand, so that a page can lead from each to its evidence."""
    cut = pieces(text)
    pattern = "".join(re.escape(piece) if isinstance(piece, str) else _shape(piece) for piece in cut)
    found = re.fullmatch(pattern, rendered, re.DOTALL)
    if found is None:
        return [Part(rendered)]
    values = iter(found.groups())
    return [Part(piece) if isinstance(piece, str) else Part(next(values), piece) for piece in cut]


def _shape(placeholder: Placeholder) -> str:
    """Names may hold spaces and brackets, so where a value is a number, it is told by how numbers begin."""
    return r"([+−-]?(?:Rp)?\d.*?)" if placeholder.format in NUMERIC else "(.*?)"
