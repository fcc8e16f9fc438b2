"""What the node at work asks of tools and models, noted where they are asked."""

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from pesut.contracts.trace import ModelCall, ToolCall


@dataclass
class Logbook:
    tools: list[ToolCall] = field(default_factory=list[ToolCall])
    models: list[ModelCall] = field(default_factory=list[ModelCall])


_open: ContextVar[Logbook | None] = ContextVar("logbook", default=None)


@contextmanager
def keeping() -> Generator[Logbook]:
    """Within it, and in every task started within it, what is noted goes into this logbook."""
    logbook = Logbook()
    token = _open.set(logbook)
    try:
        yield logbook
    finally:
        _open.reset(token)


def note_tool(call: ToolCall) -> None:
    """Outside of a node nobody wants to know."""
    if logbook := _open.get():
        logbook.tools.append(call)


def note_model(call: ModelCall) -> None:
    if logbook := _open.get():
        logbook.models.append(call)
