"""Sentences about a metric's result, by its shape: one value, several rows, a course over time."""

from collections.abc import Iterator

from agents.presenting.caveats import has_values
from agents.reasoners.offline.writing.beyond import none_beyond
from agents.reasoners.offline.writing.foremost import foremost_sentence
from agents.reasoners.offline.writing.naming import Pointer, number_in, subject
from agents.reasoners.offline.writing.ranking import ranking_sentences
from agents.reasoners.offline.writing.series import series_sentences
from agents.reasoners.offline.writing.thresholds import held_against, threshold_sentences
from pesut.catalog.models import Catalog, ReportMetric
from pesut.contracts import Claim, ClaimKind, Evidence, Grain, Language


def figure_claims(evidence: Evidence, catalog: Catalog, language: Language, about: str | None = None) -> list[Claim]:
    """The first sentence answers; comparison, ranking and thresholds follow.

    `about` says shorter what a ranking is of, where the sentence before has said it.
    """
    pointer = Pointer(evidence, language)
    return [fact(text, evidence.label) for text in _sentences(pointer, catalog, about)]


def fact(text: str, label: str) -> Claim:
    return Claim(text=text, kind=ClaimKind.FACT, evidence=(label,))


def _sentences(pointer: Pointer, catalog: Catalog, about: str | None) -> Iterator[str]:
    query = pointer.query
    if query.having is not None and not pointer.rows:
        yield none_beyond(pointer, catalog)
    elif not has_values(pointer.evidence):
        yield from _nothing(pointer)
    elif query.limit_within is not None:
        yield foremost_sentence(pointer, query.limit_within)
    elif query.grain is not None:
        yield from series_sentences(pointer)
    elif query.group_by:
        yield from ranking_sentences(pointer, catalog, about)
        yield from threshold_sentences(pointer, catalog)
    else:
        yield _single(pointer, catalog)
        yield from threshold_sentences(pointer, catalog)


def _nothing(pointer: Pointer) -> Iterator[str]:
    if len(pointer.rows) == 1 and number_in(pointer.rows[0], "previous") is not None:
        yield pointer.say(
            "only_before", subject=subject(pointer), compared=pointer.compared(), previous=pointer.cell(0, "previous")
        )
    elif pointer.evidence.datasets:
        yield pointer.say("nothing_ask", subject=subject(pointer), agencies=pointer.at("datasets", "agencies"))
    else:
        yield pointer.say("nothing", subject=subject(pointer))


def _single(pointer: Pointer, catalog: Catalog) -> str:
    row, value = pointer.rows[0], pointer.cell(0, "value")
    about = subject(pointer)
    if pointer.query.having is not None:
        return pointer.say("beyond_one", subject=about, value=value, **held_against(pointer, catalog))
    if pointer.query.comparison is not None:
        return _compared(pointer, about, value)
    if row.get("observed_at") and _counts_reports(pointer, catalog):
        return pointer.say("standing", subject=about, value=value)
    if row.get("observed_at"):
        return pointer.say(
            "latest", subject=about, value=value, when=pointer.cell(0, "observed_at", _moment(pointer, catalog))
        )
    return pointer.say("is", subject=about, value=value)


def _moment(pointer: Pointer, catalog: Catalog) -> str:
    """The format of the moment of the newest value: its day, where the metric knows no hours."""
    metric = catalog.metric(pointer.query.metric)
    return "moment" if metric is None or catalog.finest_grain(metric) is Grain.HOUR else "date"


def _counts_reports(pointer: Pointer, catalog: Catalog) -> bool:
    """Whether it tells how reports of all times stand now: the moment of the newest says nothing of the count."""
    metric = catalog.metric(pointer.query.metric)
    return metric is not None and any(isinstance(base, ReportMetric) for base in catalog.bases(metric))


def _compared(pointer: Pointer, about: str, value: str) -> str:
    change = number_in(pointer.rows[0], "change")
    parts = {"subject": about, "value": value, "compared": pointer.compared()}
    if change is None:
        return pointer.say("no_comparison", **parts)
    parts |= {"direction": pointer.cell(0, "change", "direction"), "previous": pointer.cell(0, "previous")}
    if change == 0:
        return pointer.say("unchanged", **parts)
    known = number_in(pointer.rows[0], "change_ratio") is not None
    ratio = pointer.say("ratio", pointer.cell(0, "change_ratio", "percent_size")) if known else ""
    return pointer.say("changed", size=pointer.cell(0, "change", "measure_size"), ratio=ratio, **parts)
