"""Whether every number of an answer is in what it cites."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from evals.faithfulness.numbers import Number, cells_of, numbers_in, read_as, words_of
from pesut.catalog.models import Catalog
from pesut.contracts import Answer, Evidence


@dataclass(frozen=True)
class Sentence:
    """Something that an answer says, and the ids of what it rests on."""

    text: str
    cites: tuple[str, ...]


@dataclass(frozen=True)
class Check:
    """One thing looked at; `fault` says why it does not hold, "" when it does. `kind`: number, citation or precision."""

    kind: str
    about: str
    fault: str = ""


def sentences(answer: Answer) -> Iterator[Sentence]:
    """All that an answer claims: its own sentences, those of its staff review, and what is to be kept in mind."""
    yield from (Sentence(claim.rendered, claim.evidence) for claim in answer.claims)
    if answer.staff_review:
        yield from (Sentence(point.rendered, point.evidence) for point in answer.staff_review.points)


def checks(answer: Answer, catalog: Catalog) -> Iterator[Check]:
    """Each number against the cells of what its sentence cites, each sentence with numbers for whether it cites anything, and
    each citation for whether the sentence holds anything of it.
    """
    held = {str(evidence.id): evidence for evidence in answer.evidence}
    for sentence in sentences(answer):
        cited = [held[id_] for id_ in sentence.cites if id_ in held]
        numbers = numbers_in(sentence.text, answer.language, _names(cited, catalog))
        cells = [cell for evidence in cited for cell in (*cells_of(evidence), *_limits(evidence, catalog))]
        yield from (_number(number, sentence, cells) for number in numbers)
        if numbers:
            yield Check("citation", sentence.text, "" if cited else "numbers without a source")
        yield from (_citation(evidence, numbers, sentence) for evidence in cited)


def _number(number: Number, sentence: Sentence, cells: Iterable[float]) -> Check:
    found = any(number.is_of(cell) for cell in cells)
    return Check("number", sentence.text, "" if found else f"{number.written!r} is in nothing that is cited")


def _citation(evidence: Evidence, numbers: list[Number], sentence: Sentence) -> Check:
    told = any(number.is_of(cell) for number in numbers for cell in cells_of(evidence))
    told = told or any(word in sentence.text or _quoted(word, sentence) for word in words_of(evidence) if word)
    return Check("precision", sentence.text, "" if told or not numbers else f"nothing of {evidence.label} is told")


def _quoted(word: str, sentence: Sentence) -> bool:
    """Whether a quotation of the sentence is a piece of the text."""
    pieces = sentence.text.split("“")[1:]
    return any(piece.split("”")[0] in " ".join(word.split()) for piece in pieces)


def _names(cited: Iterable[Evidence], catalog: Catalog) -> Iterator[str]:
    for evidence in cited:
        yield from words_of(evidence)
        yield from (dataset.title for dataset in evidence.datasets)
        yield evidence.measure.unit if evidence.measure else ""
    yield from (metric.described.name_id for metric in catalog.metrics)
    yield from (metric.described.name_en for metric in catalog.metrics)
    yield from (metric.described.unit for metric in catalog.metrics)
    for threshold in (threshold for metric in catalog.metrics for threshold in metric.thresholds):
        yield from (threshold.name.id, threshold.source)


def _limits(evidence: Evidence, catalog: Catalog) -> Iterator[float]:
    """The thresholds that the evidence's metric has."""
    metric = catalog.metric(evidence.measure.metric) if evidence.measure else None
    for threshold in metric.thresholds if metric else ():
        yield from read_as(threshold.value, evidence)
