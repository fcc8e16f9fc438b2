"""Decides what a report's source did not say: with what was learned where that is sure enough, else by the city's words; and
leaves to a person what neither is sure of.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pesut.catalog.models import Catalog
from pesut.city.models import Agency, City
from pesut.intake.names import AgencyNames
from pesut.reports.classification.classifier import Guess, TextClassifier
from pesut.reports.classification.decisions import By, Candidate, Decision, Task
from pesut.reports.classification.flags import Flag, Flags
from pesut.reports.classification.flags import stored as flags_stored
from pesut.reports.classification.languages import Languages
from pesut.reports.classification.mandates import Mandates
from pesut.reports.classification.rules import VERSION, Classes, Ruled, Urgency
from pesut.reports.classification.texts import ReadText, ReportText, reader_of


@dataclass(frozen=True)
class Model:
    """A classifier under the version that decisions are kept with."""

    version: str
    classifier: TextClassifier


@dataclass(frozen=True)
class Arrived:
    """A report's text (without what is personal) and what its source says of it, None where it says nothing; `noticed` is what is
    odd besides the text.
    """

    text: ReportText
    agency: str | None = None
    category: str | None = None
    classification: str | None = None
    noticed: tuple[Flag, ...] = ()


@dataclass
class Decided:
    """`values` by column of `report_state`, how each was decided, by field, and what is odd about the report."""

    values: dict[str, str | None] = field(default_factory=dict[str, "str | None"])
    decisions: dict[str, Decision] = field(default_factory=dict[str, Decision])
    flags: Sequence[Flag] = ()

    @property
    def stored(self) -> dict[str, Any]:
        """How each field was decided, and the flags if there are any, as JSON."""
        decided = {name: decision.stored() for name, decision in self.decisions.items()}
        return decided | ({"flags": flags_stored(self.flags)} if self.flags else {})

    def take(self, name: str, column: str, ruled: Ruled) -> None:
        self.values[column] = ruled.value
        self.decisions[name] = ruled.decision


class Decider:
    """`models` are the current ones; `agencies` stand in the order of the city's list."""

    def __init__(self, city: City, catalog: Catalog, agencies: Sequence[Agency], models: Mapping[Task, Model]) -> None:
        self._reader = reader_of(city.words)
        self._models = models
        self._agencies = AgencyNames(agencies, city)
        self._mandates = Mandates(catalog.categories, agencies, self._reader)
        self._classes = Classes(catalog.classifications, self._reader)
        self._urgency = Urgency(catalog.categories, self._reader)
        self._languages = Languages(city.words)
        self._flags = Flags(self._reader)

    def decide(self, reports: Sequence[Arrived]) -> list[Decided]:
        """What is decided of each report besides what its source says; many at once are decided faster."""
        read = [self._reader.read(report.text) for report in reports]
        guesses = {task: self._guesses(task, reports, read) for task in Task}
        return [
            self._decide(report, text, {task: guesses[task].get(place) for task in Task})
            for place, (report, text) in enumerate(zip(reports, read, strict=True))
        ]

    def _guesses(self, task: Task, reports: Sequence[Arrived], read: Sequence[ReadText]) -> dict[int, Guess]:
        """The model's guesses for reports whose source does not tell, by their place."""
        model = self._models.get(task)
        wanted = [place for place, each in enumerate(reports) if getattr(each, task.value) is None and read[place].rest]
        if model is None or not wanted:
            return {}
        return dict(zip(wanted, model.classifier.guess([read[place] for place in wanted]), strict=True))

    def _decide(self, report: Arrived, text: ReadText, guesses: Mapping[Task, Guess | None]) -> Decided:
        decided = Decided()
        if report.category is None:
            self._take_category(decided, text, guesses[Task.CATEGORY])
        category = report.category or decided.values.get("category")
        if report.agency is None:
            self._take_agency(decided, report, text, guesses[Task.AGENCY])
        if report.classification is None:
            decided.take("classification", "classification", self._classes.of(text))
        decided.take("urgency", "urgency", self._urgency.of(text, category))
        language = self._languages.of(text)
        decided.values["language"] = language.value
        decided.flags = self._flags.of(report.text, text, language, report.noticed)
        return decided

    def _take_category(self, decided: Decided, text: ReadText, learned: Guess | None) -> None:
        if learned is not None:
            _take(decided, Task.CATEGORY, learned.label, learned, self._models[Task.CATEGORY].version)
            return
        guess = self._mandates.guess(text)
        if guess is not None and guess.trusted:
            decision = Decision(by=By.RULE, how="words", confidence=guess.confidence, version=VERSION)
            decided.take("category", "category", Ruled(guess.label, decision))
        else:
            decided.decisions["category"] = _queued(guess, VERSION)

    def _take_agency(self, decided: Decided, report: Arrived, text: ReadText, learned: Guess | None) -> None:
        """The agency that is addressed, else the one learned, else the one that leads in the category."""
        addressed = self._agencies.find(text.addressee) if text.addressee else None
        if addressed and addressed.code and addressed.how == "name":
            decision = Decision(by=By.RULE, how="addressed", said=text.addressee, version=VERSION)
            decided.take("agency", "agency_code", Ruled(addressed.code, decision))
        elif learned is not None and (learned.trusted or report.category is None):
            code = self._agencies.find(learned.label).code
            _take(decided, Task.AGENCY, code, learned, self._models[Task.AGENCY].version)
        else:
            self._by_mandate(decided, report.category or decided.values.get("category"))

    def _by_mandate(self, decided: Decided, category: str | None) -> None:
        leads = self._mandates.agency(category) if category else None
        if leads is not None:
            confidence = decided.decisions["category"].confidence if "category" in decided.decisions else None
            decision = Decision(by=By.RULE, how="category", confidence=confidence, version=VERSION)
            decided.take("agency", "agency_code", Ruled(leads, decision))
            return
        waiting = decided.decisions.get("category")
        candidates = [
            Candidate(value=agency, confidence=each.confidence)
            for each in (waiting.candidates if waiting else ())
            if (agency := self._mandates.agency(each.value))
        ]
        once = {each.value: each for each in reversed(candidates)}
        decided.decisions["agency"] = Decision(by=By.QUEUE, version=VERSION, candidates=tuple(reversed(once.values())))


def _take(decided: Decided, task: Task, value: str | None, guess: Guess, version: str) -> None:
    """What was learned, where it is sure enough and the city knows the value; else the queue."""
    if guess.trusted and value is not None:
        decision = Decision(by=By.MODEL, confidence=guess.confidence, version=version)
        decided.take(task, _COLUMNS[task], Ruled(value, decision))
    else:
        decided.decisions[task] = _queued(guess, version)


def _queued(guess: Guess | None, version: str) -> Decision:
    likely = guess.candidates if guess else ()
    candidates = tuple(Candidate(value=value, confidence=confidence) for value, confidence in likely)
    confidence = guess.confidence if guess else None
    return Decision(by=By.QUEUE, confidence=confidence, version=version, candidates=candidates)


_COLUMNS = {Task.AGENCY: "agency_code", Task.CATEGORY: "category"}
