"""What two runs have in common and what not."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from api.operations.watching import RunTrace
from api.web.console.words import RUN_STATUSES
from pesut.drawing.words import later


@dataclass(frozen=True)
class Compared:
    name: str
    left: str
    right: str

    @property
    def same(self) -> bool:
        return self.left == self.right


def differences(left: RunTrace, right: RunTrace) -> list[Compared]:
    """A row for each thing that both tell of."""
    return [Compared(name, *values) for (name, *values) in zip(_NAMES, _told(left), _told(right), strict=True)]


_NAMES = (
    later("Pertanyaan"), later("Penanya"), later("Status"), later("Lama (detik)"), later("Model"), later("Panggilan model"),
    later("Biaya (USD)"), later("Langkah"), later("Bukti"), later("Jawaban"),
)  # fmt: skip


def _told(trace: RunTrace) -> Iterator[str]:
    run = trace.run
    yield from (run.question, run.principal, " · ".join(filter(None, (RUN_STATUSES[run.status], run.answer))))
    yield f"{run.seconds:.1f}" if run.seconds is not None else "—"
    yield from (trace.model or "—", str(run.calls), f"{run.cost_usd:.4f}")
    yield "; ".join(_step(each) for each in _plan(trace).get("steps", ())) or "—"
    yield ", ".join(f"{each.label}: {each.rows}" for each in trace.evidence) or "—"
    yield trace.text or "—"


def _plan(trace: RunTrace) -> dict[str, Any]:
    planned: Any = next((each.gave.get("plan") for each in trace.tries if "plan" in each.gave), None)
    return planned or {}


def _step(step: dict[str, Any]) -> str:
    query: dict[str, Any] = step.get("query") or {}
    return " ".join(filter(None, (step["kind"], query.get("metric"))))
