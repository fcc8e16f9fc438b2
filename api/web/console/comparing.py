"""What two runs have in common and what not."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from api.operations.watching import RunTrace
from api.web.console.words import RUN_STATUSES
from pesut.drawing.wording import Wording
from pesut.drawing.words import later


@dataclass(frozen=True)
class Compared:
    name: str
    left: str
    right: str

    @property
    def same(self) -> bool:
        return self.left == self.right


def differences(left: RunTrace, right: RunTrace, wording: Wording) -> list[Compared]:
    """A row for each thing that both tell of."""
    return [
        Compared(name, *values)
        for (name, *values) in zip(_NAMES, _told(left, wording), _told(right, wording), strict=True)
    ]


_NAMES = (
    later("Pertanyaan"), later("Penanya"), later("Status"), later("Lama (detik)"), later("Model"), later("Panggilan model"),
    later("Biaya (USD)"), later("Langkah"), later("Bukti"), later("Jawaban"),
)  # fmt: skip


def _told(trace: RunTrace, wording: Wording) -> Iterator[str]:
    run = trace.run
    yield from (
        run.question,
        run.principal,
        " · ".join(filter(None, (wording.say(RUN_STATUSES[run.status]), run.answer))),
    )
    yield wording.amount(run.seconds, 1) if run.seconds is not None else "—"
    yield from (trace.model or "—", str(run.calls), wording.amount(run.cost_usd, 4))
    yield "; ".join(_step(each) for each in _plan(trace).get("steps", ())) or "—"
    yield ", ".join(f"{each.label}: {each.rows}" for each in trace.evidence) or "—"
    yield trace.text or "—"


def _plan(trace: RunTrace) -> dict[str, Any]:
    planned: Any = next((each.gave.get("plan") for each in trace.tries if "plan" in each.gave), None)
    return planned or {}


def _step(step: dict[str, Any]) -> str:
    query: dict[str, Any] = step.get("query") or {}
    return " ".join(filter(None, (step["kind"], query.get("metric"))))
