"""Whether a proposal holds what a careful staff expert would ask of it, by rules of its own."""

import re
from collections.abc import Iterator, Sequence

from evals.faithfulness.scorers import checks as claim_checks
from evals.recommendation.cases import Wanted
from pesut.catalog.models import Catalog
from pesut.contracts import Answer, Evidence, ReviewOption, ReviewPoint, StaffReview

_WAIT = re.compile(
    r"\b(belum bertindak|tidak bertindak|tanpa tindakan|pantau|menunggu|do nothing|do not act|wait|monitor)",
    re.IGNORECASE,
)
_DAY = re.compile(r"\b\d{1,2}\s+[A-Z][a-z]+\s+\d{4}\b|\b[A-Z][a-z]+\s+\d{1,2},\s+\d{4}\b")
_NEVER = (
    "disebabkan oleh", "penyebabnya adalah", "pasti berkurang", "dijamin", "terbukti bersalah", "telah ditandatangani",
    "caused by", "guaranteed", "will certainly",
)  # fmt: skip
"""What no proposal may claim: a cause that no figure shows, an effect as certain, somebody's guilt, a signature."""

FEWEST_OPTIONS = 2


def found(answer: Answer, wanted: Wanted, count: int | None, catalog: Catalog) -> Iterator[tuple[str, list[str]]]:
    """By what was looked at, its faults. `count`: the number of reports by the case's own SQL."""
    review = answer.staff_review
    if review is None:
        yield "facts", [f"no staff review, the answer is {answer.status}"]
        return
    yield "facts", list(_fact_faults(answer, review, wanted, count))
    yield from (("support", faults) for faults in _support(answer, review, catalog))
    yield from (("option", list(_option_faults(option, wanted))) for option in review.options)
    yield "options", list(_choice_faults(review))
    yield "forbidden", list(_said_faults(review, wanted))


def _fact_faults(answer: Answer, review: StaffReview, wanted: Wanted, count: int | None) -> Iterator[str]:
    cited = _cited(answer, review.facts)
    told = " ".join(fact.rendered for fact in review.facts).lower()
    if count is not None and not any(count == cell for each in cited for row in each.result for cell in row.values()):
        yield f"no fact rests on the {count} reports that there are"
    if wanted.papers and not any(
        title in str(row) for each in answer.evidence for row in each.result for title in wanted.papers
    ):
        yield f"none of the papers that rule the matter was found: {'; '.join(wanted.papers)}"
    yield from (f"no fact says {word!r}" for word in wanted.situation.says if word.lower() not in told)


def _support(answer: Answer, review: StaffReview, catalog: Catalog) -> Iterator[list[str]]:
    """One of each fact: it cites what is there; and one of each number of the review: it is in what is cited."""
    for fact in review.facts:
        yield [] if _cited(answer, [fact]) else [f"a fact without a source: {fact.rendered}"]
    for check in claim_checks(answer.model_copy(update={"claims": ()}), catalog):
        if check.kind == "number":
            yield [f"{check.fault}: {check.about}"] if check.fault else []


def _option_faults(option: ReviewOption, wanted: Wanted) -> Iterator[str]:
    agencies = wanted.situation.agencies
    if option.agency not in agencies:
        yield f"{option.title}: for {option.agency}, whose mandate it is not; it is that of {' or '.join(agencies)}"
    if option.deadline is None or not _DAY.search(option.deadline.rendered):
        yield f"{option.title}: no deadline"
    for name in ("action", "expected_effect", "counter_argument"):
        if not getattr(option, name).rendered.strip():
            yield f"{option.title}: no {name.replace('_', ' ')}"


def _choice_faults(review: StaffReview) -> Iterator[str]:
    options = review.options
    if len(options) < FEWEST_OPTIONS:
        yield f"only {len(options)} options"
    if not any(_WAIT.search(option.title) for option in options):
        yield "doing nothing is not among the options"
    against = [option.counter_argument.rendered for option in options]
    if len(set(against)) < len(against):
        yield "two options have the same argument against them"
    if not review.assumptions:
        yield "nothing is marked as assumed"


def _said_faults(review: StaffReview, wanted: Wanted) -> Iterator[str]:
    own = re.sub(r"“[^”]*”", "", " ".join(point.rendered for point in review.points).lower())
    yield from (f"says {words!r}" for words in (*_NEVER, *wanted.situation.forbid) if words.lower() in own)


def _cited(answer: Answer, points: Sequence[ReviewPoint]) -> list[Evidence]:
    ids = {id_ for point in points for id_ in point.evidence}
    return [each for each in answer.evidence if str(each.id) in ids]
