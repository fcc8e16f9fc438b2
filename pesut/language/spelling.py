"""Everyday spellings brought back to the standard ones, before anything is looked up."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import cast

import yaml

_FILE = Path(__file__).with_name("spelling.yml")


@cache
def _stored() -> dict[str, dict[str, str] | list[str]]:
    return cast("dict[str, dict[str, str] | list[str]]", yaml.safe_load(_FILE.read_text(encoding="utf-8")))


@cache
def everyday() -> Mapping[str, str]:
    """Everyday spelling to standard word (or words, with spaces between), all lower case."""
    return {str(key): str(value) for key, value in cast("dict[str, str]", _stored()["everyday"]).items()}


@cache
def doubled() -> frozenset[str]:
    """Words written twice that are one word ("rata-rata")."""
    return frozenset(cast("list[str]", _stored()["doubled"]))


def spelling_of(own: Mapping[str, str]) -> dict[str, str]:
    """The everyday spellings with a city's own words on top."""
    return {**everyday(), **{key.casefold(): value.casefold() for key, value in own.items()}}
