"""Methods that compute evidence from the rows of an SQL statement, by name.

A method is a pure function of rows and parameters, so that evidence replays. Its name carries its version: one that comes to compute
something else gets a new name, and the old one stays for what was stored with it.
"""

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import cast

from pydantic import JsonValue

from pesut.contracts import Derivation, Row
from pesut.errors import InvalidInputError
from pesut.evidence.rows import Fetched

Parameters = Mapping[str, JsonValue]
Method = Callable[[Sequence[Row], Parameters], list[Row]]

_METHODS = {
    "unusual-1": "pesut.reports.patterns.unusual",
    "unusual-2": "pesut.reports.patterns.bursts",
    "handling-1": "pesut.reports.patterns.handling",
    "overdue-1": "pesut.reports.patterns.overdue",
    "crosscheck-1": "pesut.reports.patterns.crosscheck",
    "hotspots-1": "pesut.reports.patterns.hotspots",
    "silent-1": "pesut.reports.patterns.silent",
    "themes-1": "pesut.reports.patterns.themes",
}
"""The module of each method, whose `derive` it is; imported when it is first needed, since they rest on numpy and scipy."""


def prepare() -> None:
    """Import all methods and what they rest on, which takes seconds that whoever asks first would wait. Blocking."""
    for module in (*_METHODS.values(), "scipy.stats"):
        import_module(module)


def derived(fetched: Fetched, derivation: Derivation | None) -> Fetched:
    """What the method makes of the rows. Raises InvalidInputError where they are too few for it, or the method is not known."""
    if derivation is None:
        return fetched
    return fetched._replace(rows=tuple(_method(derivation.method)(fetched.rows, derivation.parameters)))


def _method(name: str) -> Method:
    if name not in _METHODS:
        raise InvalidInputError(
            f"This version of Pesut knows no method '{name}'.", remedy="Replay it with the version that stored it."
        )
    return cast("Method", import_module(_METHODS[name]).derive)
