"""What an approval orders, in full: what was left out is taken from the option, and what cannot be carried out is refused."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pesut.catalog.models import Catalog
from pesut.city.models import Agency, Gazetteer
from pesut.contracts import (
    Code,
    Contract,
    Dimension,
    Evidence,
    Filter,
    MetricQuery,
    ReviewOption,
    ReviewPoint,
    StaffReview,
)
from pesut.contracts.decision import Approve, Directive, Expectation
from pesut.decisions.targets import aim_in
from pesut.errors import InvalidInputError
from pesut.placeholders import Sources, placeholders, resolve
from pesut.placeholders.resolve import CLOCK

_PLACES = {Dimension.REGION, Dimension.DISTRICT, Dimension.VILLAGE}


class Order(Contract):
    """A disposition as it is given: `number` counts within the decision, from 1."""

    number: int
    option: int
    agency: Code
    agency_name: str
    instruction: str
    deadline: date


@dataclass(frozen=True)
class Ground:
    """What an approval is held against: the text with what it draws on, and the city of `today` (in its zone)."""

    review: StaffReview
    sources: Sources
    catalog: Catalog
    gazetteer: Gazetteer
    today: date


def orders(motion: Approve, ground: Ground) -> tuple[Order, ...]:
    """One per directive. Raises InvalidInputError for an option, agency or deadline that cannot be."""
    found = tuple(_order(number, each, ground) for number, each in enumerate(motion.directives, start=1))
    told = [(each.option, each.agency) for each in found]
    if len(set(told)) < len(told):
        raise InvalidInputError("An agency is told the same option twice.", remedy="Give each agency one directive.")
    return found


def expectation(motion: Approve, ground: Ground, days: int) -> Expectation | None:
    """What is expected: as given, or what the first chosen option aims at, counted from today, or the metric that it cites for
    its effect, `days` from now; None where none says. Raises InvalidInputError for what could not be looked up on that day.
    """
    given = motion.expectation
    if given is None:
        option = ground.review.options[motion.directives[0].option]
        return _aimed(option, ground) or _cited(option, ground, days)
    if given.review_on <= ground.today:
        raise InvalidInputError(f"The review date {given.review_on} is not in the future.")
    _ensure_offered(given, ground)
    return given


def successor(agency: str, name: str, gazetteer: Gazetteer) -> Agency | None:
    """The agency that now goes by the code or name of one that is no more."""
    said = {agency.casefold(), name.casefold()} - {""}
    return next((each for each in gazetteer.agencies if said & {alias.casefold() for alias in each.aliases}), None)


def _order(number: int, directive: Directive, ground: Ground) -> Order:
    if directive.option >= len(ground.review.options):
        raise InvalidInputError(f"There is no option {directive.option}.", remedy="Count the options of Saran from 0.")
    option = ground.review.options[directive.option]
    agency = _agency(directive.agency or option.agency, option, ground.gazetteer)
    return Order(
        number=number,
        option=directive.option,
        agency=agency.code,
        agency_name=agency.name,
        instruction=directive.instruction or option.action.rendered,
        deadline=_deadline(directive.deadline, option, ground),
    )


def _agency(code: str | None, option: ReviewOption, gazetteer: Gazetteer) -> Agency:
    if code is None:
        raise InvalidInputError(f"The option {option.title!r} names no agency.", remedy="Name one in the directive.")
    if found := gazetteer.agency(code):
        return found
    heir = successor(code, option.agency_name if code == option.agency else "", gazetteer)
    remedy = f"Name {heir.name} ({heir.code}), which answers for it now." if heir else "Name one that exists."
    raise InvalidInputError(f"There is no agency {code} any more.", remedy=remedy)


def _deadline(given: date | None, option: ReviewOption, ground: Ground) -> date:
    deadline = given or next(_days_in(option.deadline, ground.sources), None)
    if deadline is None:
        raise InvalidInputError(f"The option {option.title!r} has no deadline.", remedy="Give one in the directive.")
    if deadline < ground.today:
        raise InvalidInputError(f"The deadline {deadline} is in the past.", remedy="Give a later one in the directive.")
    return deadline


def _days_in(point: ReviewPoint | None, sources: Sources) -> Iterator[date]:
    for placeholder in placeholders(point.text) if point else ():
        if placeholder.label == CLOCK and isinstance(day := resolve(placeholder, sources), date):
            yield day


def _aimed(option: ReviewOption, ground: Ground) -> Expectation | None:
    aim = aim_in(option.target, ground.sources) if option.target else None
    if aim is None or ground.catalog.metric(aim.query.metric) is None:
        return None
    review_on = ground.today + timedelta(days=aim.days)
    return Expectation(metric=aim.query.metric, filters=aim.query.filters, target=aim.target, review_on=review_on)


def _cited(option: ReviewOption, ground: Ground, days: int) -> Expectation | None:
    cited = [ground.sources.evidence.get(label) for label in option.expected_effect.evidence]
    query = next(_metrics(cited), None)
    if query is None or ground.catalog.metric(query.metric) is None:
        return None
    review_on = ground.today + timedelta(days=days)
    return Expectation(metric=query.metric, filters=query.filters, review_on=review_on)


def _metrics(evidence: Sequence[Evidence | None]) -> Iterator[MetricQuery]:
    return (each.query for each in evidence if each is not None and isinstance(each.query, MetricQuery))


def _ensure_offered(given: Expectation, ground: Ground) -> None:
    metric = ground.catalog.metric(given.metric)
    if metric is None:
        raise InvalidInputError(
            f"The catalog has no metric {given.metric}.", remedy="`pesut catalog list` shows what there is."
        )
    offered = ground.catalog.dimensions_of(metric)
    for each in given.filters:
        if each.dimension not in offered:
            raise InvalidInputError(f"The metric {given.metric} cannot be filtered by {each.dimension}.")
        _ensure_known(each, ground.gazetteer)


def _ensure_known(given: Filter, gazetteer: Gazetteer) -> None:
    for code in given.values:
        if given.dimension in _PLACES and gazetteer.region(code) is None:
            raise InvalidInputError(f"There is no region {code}.")
        if given.dimension is Dimension.AGENCY and gazetteer.agency(code) is None:
            raise InvalidInputError(f"There is no agency {code}.")
