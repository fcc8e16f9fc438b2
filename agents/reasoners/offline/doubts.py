"""Words that may mean reports about a matter or what is measured of it."""

from dataclasses import replace

from agents.reasoners.offline.building.queries import queries_of
from agents.reasoners.offline.choosing import Choice, How
from agents.reasoners.offline.clarifying import category_of, of_area, related
from agents.reasoners.offline.clauses import Clause
from agents.reasoners.offline.facts import plain_reports
from agents.reasoners.offline.ground import Ground
from agents.reasoners.offline.lexicon import Kind, Mention
from agents.reasoners.offline.wishes import Wishes
from pesut.contracts import Dimension, MetricQuery

_OVERVIEW = 3


def stands_bare(clause: Clause, wishes: Wishes, choice: Choice) -> bool:
    """Whether nothing tells which of the two is meant: no ranking, comparison or trend; "berapa banjir" is as bare as "banjir"."""
    if wishes.counted or (not choice.or_reports and choice.how is not How.TERM):
        return False
    if (
        wishes.groups
        or wishes.rank
        or wishes.trend
        or wishes.grain
        or wishes.change
        or wishes.baseline
        or wishes.comparison
    ):
        return False
    if clause.cue("why", "advice", "how_many_times", "share", "average", "above", "below"):
        return False
    return choice.or_reports or counted_itself(clause)


def overview_of(clause: Clause, wishes: Wishes, choice: Choice, ground: Ground) -> tuple[MetricQuery, ...]:
    """Reports of the category, and the newest of what is measured of the same matter."""
    category, plain = category_of(clause), plain_reports(ground.catalog)
    of_category = replace(wishes, terms={**wishes.terms, Dimension.CATEGORY: (category,)} if category else wishes.terms)
    named = tuple(code for code in choice.metrics if plain is None or code != plain.code)
    taken = {dataset for code in named for dataset in ground.lexicon.datasets_of(code)}
    others = [*of_area(choice.said, ground)[:1], *related(choice.said, ground)]
    measured = [metric for metric in others if not ground.lexicon.datasets_of(metric.code) & taken]
    first = [plain.code] if plain else []
    codes: list[str] = list(dict.fromkeys([*first, *named, *(metric.code for metric in measured)]))[:_OVERVIEW]
    return tuple(
        query for code in codes for query in queries_of(clause, of_category, Choice((code,), How.TERM), ground)
    )


def counted_itself(clause: Clause) -> bool:
    """ "berapa banjir": the term itself is counted, and not reports about it."""
    return any(_after_quantity(mention, clause) for mention in clause.of(Kind.TERM))


def _after_quantity(mention: Mention, clause: Clause) -> bool:
    before = clause.previous(mention)
    return before is not None and before.cue("quantity") and before.end == mention.start
