"""What the asker is told while nodes work, and how long each took."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any
from uuid import UUID

from agents.dependencies import dependencies
from agents.presenting.summaries import summary
from pesut.contracts import Evidence, Language, RunEventKind, Timing
from pesut.runs import NewEvent, tell
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
    else is `told`.
    """

    name: str
    language: Language
    context: ToolContext | None = None
    started: float = field(default_factory=perf_counter)
    evidence: list[Evidence] = field(default_factory=list[Evidence])
    told: dict[str, Any] = field(default_factory=dict[str, Any])

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
    run_id: UUID, name: str, language: Language, context: ToolContext | None = None, *, again: bool = False
) -> AsyncGenerator[Step]:
    """Tell that the node works and, at its end, what it found. `again`: the node runs a second time in this run."""
    engine = dependencies().engine
    step, key = Step(name, language, context), f"{name}/again" if again else name
    message = _MESSAGES[name][language is Language.EN]
    started = NewEvent(RunEventKind.STEP_STARTED, f"{key}/started", message, {"step": name})
    telling = asyncio.create_task(tell(engine, run_id, started))
    try:
        yield step
    finally:
        await telling
    await tell(engine, run_id, *step.events(key))


def _of_evidence(evidence: Evidence, step: Step) -> NewEvent:
    message = summary(evidence, step.context, step.language) if step.context else ""
    data = {"evidence_id": str(evidence.id), "label": evidence.label, "rows": evidence.row_count}
    return NewEvent(RunEventKind.EVIDENCE, f"evidence/{evidence.label}", message, data)
