"""Sentences whose values are placeholders such as `{E3.rows[0].value|rupiah}`: how they are read, resolved and written."""

from pesut.placeholders.formats import FORMATS
from pesut.placeholders.grammar import Placeholder, PlaceholderError, literals, pieces, placeholders
from pesut.placeholders.names import name_of
from pesut.placeholders.render import Part, parts_of, render
from pesut.placeholders.resolve import Sources, resolve

__all__ = [
    "FORMATS",
    "Part",
    "Placeholder",
    "PlaceholderError",
    "Sources",
    "literals",
    "name_of",
    "parts_of",
    "pieces",
    "placeholders",
    "render",
    "resolve",
]
