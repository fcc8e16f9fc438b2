"""An answer for a person at a terminal: the text, what it rests on, what to keep in mind, what to ask next."""

from zoneinfo import ZoneInfo

from rich.console import Console

from cli.lines import Lines
from pesut.contracts import Answer, Evidence, Language
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
}
ENGLISH = {
    "metric": "Figure",
    "reports": "Citizens' reports",
    "documents": "Documents",
    "agencies": "Agencies",
    "budget_lines": "Budget",
    "late_dispositions": "Late dispositions",
    "due_decisions": "Decisions that wait",
    "crosscheck": "Reports against measurements",
    "hot_spots": "Where reports lie close",
    "report_handling": "Handling of reports",
    "overdue_reports": "Reports that will be late",
    "silent_places": "Villages that hardly report",
    "unusual_reports": "Unusual counts of reports",
    "report_themes": "Themes of reports",
    "sources": "Sources",
    "caveats": "Keep in mind",
    "follow_ups": "You may also ask",
    "choices": "Did you mean",
    "as_of": "From what was known until",
    "sample": "SAMPLE DATA: these numbers are made up, not the city's.",
    "degraded": "The model did not answer; the offline reasoner did.",
}
WORDS = {Language.ID: INDONESIAN, Language.EN: ENGLISH}


class AnswerPage:
    """Prints one answer; times are the city's."""

    def __init__(self, console: Console, answer: Answer, zone: ZoneInfo) -> None:
        self._lines, self._answer, self._zone = Lines(console), answer, zone
        self._words = WORDS[answer.language]

    def print(self) -> None:
        answer = self._answer
        self._lines.line(answer.text)
        if answer.staff_review:
            self._lines.review(answer.staff_review, answer.language)
        if answer.clarify:
            self._lines.items(self._words["choices"], [option.label for option in answer.clarify.options])
        self._lines.items(self._words["sources"], [self._source(evidence) for evidence in answer.sources])
        self._lines.items(self._words["caveats"], [caveat.text for caveat in answer.caveats])
        self._lines.items(self._words["follow_ups"], answer.follow_ups)
        self._foot()

    def _foot(self) -> None:
        moment = written_moment(self._answer.as_of.astimezone(self._zone), self._answer.language)
        self._lines.line(f"\n{self._words['as_of']} {moment}.", "dim")
        if self._answer.degraded:
            self._lines.line(self._words["degraded"], "yellow")
        if self._answer.sample_data:
            self._lines.line(self._words["sample"], "yellow")

    def _source(self, evidence: Evidence) -> str:
        datasets = "; ".join(f"{each.title} ({each.agency_name})" for each in evidence.datasets)
        measure = evidence.measure
        name = measure.name(self._answer.language) if measure else self._words[evidence.kind]
        observed = evidence.observed
        period = written_period(observed, self._zone, self._answer.language) if observed else ""
        said = " · ".join(part for part in (evidence.label, name, datasets, period) if part)
        return f"{said}\npesut evidence show {evidence.id}"
