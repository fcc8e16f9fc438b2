"""What Pesut makes of one report of which its source says nothing, beside what is true."""

from collections.abc import Iterator
from dataclasses import dataclass

from evals.reports.cases import CorrectedReport, LabelledReport
from evals.reports.truth import SEED, Told
from pesut.contracts import Contract
from pesut.reports.classification.deciding import Arrived, Decided, Decider
from pesut.reports.classification.texts import ReportText
from pesut.reports.linking.telling import TellingReader


class Looked(Contract):
    """One field: what is true, what was decided ("" where it was left open), and how sure that was, where it says."""

    expected: str
    got: str
    confidence: float | None = None


@dataclass(frozen=True)
class Reader:
    decider: Decider
    places: TellingReader

    def made_up(self, told: Told) -> dict[str, Looked]:
        """Category, agency, class and place."""
        decided, truth = self._decided(told.title, told.body), told.truth
        fields = {
            "category": (truth.category, "category", "category"),
            "agency": (truth.agency, "agency_code", "agency"),
            "class": (truth.classification, "classification", "classification"),
        }
        found = {name: _looked(decided, *of) for name, of in fields.items()}
        return found | {"place": self._place(told)}

    def labelled(self, report: LabelledReport) -> dict[str, Looked]:
        return {"urgency": _looked(self._decided(report.title, report.body), report.urgency, "urgency", "urgency")}

    def corrected(self, report: CorrectedReport) -> dict[str, Looked]:
        decided = self._decided("", report.body)
        fields = {"category": (report.category, "category"), "agency": (report.agency, "agency_code")}
        return {name: _looked(decided, true, column, name) for name, (true, column) in fields.items() if true}

    def _decided(self, title: str, body: str) -> Decided:
        [decided] = self.decider.decide([Arrived(ReportText(title, body))])
        return decided

    def _place(self, told: Told) -> Looked:
        """The village that is read from the words alone. None is right where they name none."""
        row = {"id": SEED, "region_code": None, "category": None}
        row |= {name: getattr(told, name) for name in ("title", "body", "address", "submitted_at")}
        expected = told.truth.region if told.truth.named or told.address else ""
        return Looked(expected=expected, got=self.places.read(row).village or "")


def faults_of(looked: Looked) -> Iterator[str]:
    if looked.got != looked.expected:
        yield f"{looked.got or 'left open'}, in truth {looked.expected or 'not told'}"


def _looked(decided: Decided, expected: str, column: str, field: str) -> Looked:
    decision = decided.decisions.get(field)
    return Looked(
        expected=expected,
        got=decided.values.get(column) or "",
        confidence=decision.confidence if decision and decided.values.get(column) else None,
    )
