"""What the asker is told while nodes work, and how long each took."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import perf_counter
from typing import Any
from uuid import UUID

from sqlalchemy.exc import SQLAlchemyError

from agents.dependencies import dependencies
from agents.logbook import Logbook, keeping
from agents.presenting.summaries import summary
from pesut.contracts import Evidence, Language, RunEventKind, Timing, new_id
from pesut.contracts.trace import NodeTry
from pesut.runs import NewEvent
from pesut.runs.trace import Ended, begin_try, end_try
from tools.context import ToolContext

_MESSAGES = {
    "plan": ("Memahami pertanyaan", "Understanding the question"),
    "look_up": ("Menghitung dari data kota", "Computing from the city's data"),
    "analyse": ("Membaca laporan warga", "Reading citizens' reports"),
    "consult": ("Memeriksa kewenangan, anggaran, dan dokumen", "Checking mandates, budgets and documents"),
    "conclude": ("Menyusun dan memeriksa jawaban", "Writing and checking the answer"),
}


@dataclass
class Step:
    """A node at work; `evidence` is what it has found, to be told of at its end in the words of `context`, with whatever
    else is `told`. `gave` is what came out, for operators.
    """

    name: str
    language: Language
    context: ToolContext | None = None
    started: float = field(default_factory=perf_counter)
    evidence: list[Evidence] = field(default_factory=list[Evidence])
    told: dict[str, Any] = field(default_factory=dict[str, Any])
    gave: dict[str, Any] = field(default_factory=dict[str, Any])

    @property
    def timing(self) -> dict[str, Any]:
        milliseconds = round((perf_counter() - self.started) * 1000, 1)
        return Timing(step=self.name, milliseconds=milliseconds).model_dump(mode="json")

    def events(self, key: str) -> Sequence[NewEvent]:
        found = [_of_evidence(each, self) for each in self.evidence]
        data = {"step": self.name} | self.told | self.timing
        return [*found, NewEvent(RunEventKind.STEP_FINISHED, f"{key}/finished", "", data)]


@asynccontextmanager
async def working(
    run_id: UUID,
    name: str,
    language: Language,
    context: ToolContext | None = None,
    *,
    again: bool = False,
    received: dict[str, Any] | None = None,
) -> AsyncGenerator[Step]:
    """Tell that the node works and, at its end, what it found; keep what it `received`, asked and gave. `again`: the node runs a
    second time in this run.
    """
    step, key = Step(name, language, context), f"{name}/again" if again else name
    begun = NodeTry(id=new_id(), run_id=run_id, node=key, started_at=datetime.now(UTC), received=received or {})
    started = NewEvent(
        RunEventKind.STEP_STARTED, f"{key}/started", _MESSAGES[name][language is Language.EN], {"step": name}
    )
    telling = asyncio.create_task(begin_try(dependencies().engine, begun, started))
    with keeping() as logbook:
        try:
            yield step
        except Exception as error:
            await telling
            await _failed(begun, _ended(step, logbook, str(error) or type(error).__name__))
            raise
        finally:
            await telling
    await end_try(dependencies().engine, begun, _ended(step, logbook), *step.events(key))


def _ended(step: Step, logbook: Logbook, error: str = "") -> Ended:
    evidence = [each.label for each in step.evidence]
    gave = step.gave | ({"evidence": evidence} if evidence else {})
    return Ended(gave=gave, tools=tuple(logbook.tools), models=tuple(logbook.models), error=error)


async def _failed(begun: NodeTry, ended: Ended) -> None:
    """Where the database is what failed, the error that is on its way says so."""
    with contextlib.suppress(SQLAlchemyError, OSError):
        await end_try(dependencies().engine, begun, ended)


def _of_evidence(evidence: Evidence, step: Step) -> NewEvent:
    message = summary(evidence, step.context, step.language) if step.context else ""
    data = {"evidence_id": str(evidence.id), "label": evidence.label, "rows": evidence.row_count}
    return NewEvent(RunEventKind.EVIDENCE, f"evidence/{evidence.label}", message, data)
