"""An answer, held against what a case expects."""

from dataclasses import dataclass

from evals.report import Outcome
from pesut.contracts import Answer


@dataclass(frozen=True)
class Judged:
    """`faults` say why the answer is wrong; there are none when it is right."""

    answer: Answer
    faults: list[str]

    def outcome(self, name: str, kind: str, part: str, question: str, seconds: float) -> Outcome:
        """What it comes to for the suite; `seconds` is what the case took."""
        return Outcome(
            name=name,
            kind=kind,
            part=part,
            question=question,
            right=not self.faults,
            faults=tuple(self.faults),
            answer=self.answer.text,
            status=self.answer.status.value,
            run_id=self.answer.run_id,
            seconds=seconds,
        )
