"""An answer for a person at a terminal: the text, what it rests on, what to keep in mind, what to ask next."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from pesut.contracts import Answer, Evidence, Language, ReviewOption, StaffReview
from pesut.drawing.words import EVIDENCE_KINDS
from pesut.placeholders.dates import written_moment, written_period

INDONESIAN = EVIDENCE_KINDS | {
    "sources": "Sumber",
    "caveats": "Catatan",
    "follow_ups": "Tanyakan juga",
    "choices": "Maksud Anda",
    "as_of": "Menurut data yang diketahui sampai",
    "sample": "DATA CONTOH: angka ini buatan, bukan data kota.",
    "degraded": "Model tidak menjawab; penalaran luring yang menjawab.",
    "problem": "Persoalan",
    "assumptions": "Praanggapan",
    "facts": "Fakta yang mempengaruhi",
    "analysis": "Analisis",
    "conclusion": "Simpulan",
    "options": "Saran",
    "against": "Keberatan terkuat",
}
ENGLISH = {
    "metric": "Figure",
    "reports": "Citizens' reports",
    "documents": "Documents",
    "agencies": "Agencies",
    "budget_lines": "Budget",
    "late_dispositions": "Late dispositions",
    "due_decisions": "Decisions that wait",
    "sources": "Sources",
    "caveats": "Keep in mind",
    "follow_ups": "You may also ask",
    "choices": "Did you mean",
    "as_of": "From what was known until",
    "sample": "SAMPLE DATA: these numbers are made up, not the city's.",
    "degraded": "The model did not answer; the offline reasoner did.",
    "problem": "Problem",
    "assumptions": "Assumptions",
    "facts": "Facts",
    "analysis": "Analysis",
    "conclusion": "Conclusion",
    "options": "Options",
    "against": "Strongest objection",
}
WORDS = {Language.ID: INDONESIAN, Language.EN: ENGLISH}


def printable(text: str) -> str:
    """Without control characters: what citizens wrote must not steer the terminal that shows it."""
    return "".join(sign if sign.isprintable() or sign == "\n" else "\N{REPLACEMENT CHARACTER}" for sign in text)


class AnswerPage:
    """Prints one answer; times are the city's."""

    def __init__(self, console: Console, answer: Answer, zone: ZoneInfo) -> None:
        self._console, self._answer, self._zone = console, answer, zone
        self._words = WORDS[answer.language]

    def print(self) -> None:
        answer = self._answer
        self._line(answer.text)
        if answer.staff_review:
            self._review(answer.staff_review)
        if answer.clarify:
            self._list("choices", [option.label for option in answer.clarify.options])
        self._list("sources", [self._source(evidence) for evidence in answer.evidence])
        self._list("caveats", [caveat.text for caveat in answer.caveats])
        self._list("follow_ups", answer.follow_ups)
        self._foot()

    def _foot(self) -> None:
        moment = written_moment(self._answer.as_of.astimezone(self._zone), self._answer.language)
        self._line(f"\n{self._words['as_of']} {moment}.", "dim")
        if self._answer.degraded:
            self._line(self._words["degraded"], "yellow")
        if self._answer.sample_data:
            self._line(self._words["sample"], "yellow")

    def _source(self, evidence: Evidence) -> str:
        datasets = "; ".join(f"{each.title} ({each.agency_name})" for each in evidence.datasets)
        measure = evidence.measure
        name = measure.name(self._answer.language) if measure else self._words[evidence.kind]
        observed = evidence.observed
        period = written_period(observed, self._zone, self._answer.language) if observed else ""
        said = " · ".join(part for part in (evidence.label, name, datasets, period) if part)
        return f"{said}\npesut evidence show {evidence.id}"

    def _review(self, review: StaffReview) -> None:
        for part, points in {
            "problem": (review.problem,),
            "assumptions": review.assumptions,
            "facts": review.facts,
            "analysis": review.analysis,
            "conclusion": (review.conclusion,),
        }.items():
            self._list(part, [point.rendered for point in points])
        self._list("options", [self._option(option) for option in review.options])

    def _option(self, option: ReviewOption) -> str:
        points = (option.action, option.deadline, option.budget, option.legal_basis, option.expected_effect)
        said = [option.title, option.agency_name, *(point.rendered for point in points if point)]
        against = f"{self._words['against']}: {option.counter_argument.rendered}"
        return "\n".join(part for part in (*said, against) if part)

    def _list(self, title: str, items: Sequence[str]) -> None:
        if items:
            self._line(f"\n{self._words[title]}", "bold")
        for item in items:
            self._console.print(Padding(Text(printable(f"• {item}")), (0, 0, 0, 2)))

    def _line(self, text: str, style: str = "") -> None:
        self._console.print(Text(printable(text), style))
