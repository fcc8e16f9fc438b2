"""What the agents' nodes work with, provided once per process.

A node is a module-level function of the run's state, so that Temporal can run it as an activity; what it needs besides
the state it takes from here.
"""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncEngine

from agents.reasoners.base import Reasoner
from pesut.catalog.store import catalog_of
from pesut.city.gazetteer import gazetteer_at
from pesut.city.models import City
from pesut.contracts import Question, Scope
from pesut.search.spaces import Spaces
from tools.context import ToolContext


@dataclass(frozen=True)
class AgentDependencies:
    """The process's engine and city, and a maker of reasoners: each node makes its own, since a reasoner counts its use.

    Without `spaces`, search goes by words alone. `offline` makes the reasoner of who wants no model asked; without it there is
    only one kind.
    """

    engine: AsyncEngine
    city: City
    reasoner: Callable[[], Reasoner]
    spaces: Spaces | None = None
    statement_limit: timedelta = field(default=timedelta(seconds=10))
    offline: Callable[[], Reasoner] | None = None

    def reasoner_for(self, question: Question) -> Reasoner:
        """A fresh one of the kind that the question wants."""
        return self.offline() if question.reasoner == "offline" and self.offline else self.reasoner()

    async def context(self, run_id: UUID, scope: Scope, as_of: datetime, catalog_version: str) -> ToolContext:
        """One run's view of the city; catalog and gazetteer are read once per version."""
        return ToolContext(
            engine=self.engine,
            city=self.city,
            catalog=await catalog_of(self.engine, catalog_version),
            catalog_version=catalog_version,
            gazetteer=await gazetteer_at(self.engine, as_of),
            scope=scope,
            as_of=as_of,
            run_id=run_id,
            spaces=self.spaces,
            statement_limit=self.statement_limit,
        )


_provided: ContextVar[AgentDependencies] = ContextVar("agent_dependencies")


@contextmanager
def providing(dependencies: AgentDependencies) -> Generator[None]:
    """Within it, and in every task started within it, nodes find `dependencies`."""
    token = _provided.set(dependencies)
    try:
        yield
    finally:
        _provided.reset(token)


def dependencies() -> AgentDependencies:
    """What was provided. Raises LookupError outside `providing`."""
    return _provided.get()
