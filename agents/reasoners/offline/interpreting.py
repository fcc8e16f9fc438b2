"""From one clause to the steps that answer it."""

from dataclasses import dataclass, replace

from agents.reasoners.offline.building.cuts import needs_items
from agents.reasoners.offline.building.patterns import pattern_steps
from agents.reasoners.offline.building.queries import queries_of
from agents.reasoners.offline.building.readings import document_step, report_step
from agents.reasoners.offline.choosing import Choice, How, choose
from agents.reasoners.offline.clarifying import (
    between_metrics,
    category_of,
    named_by,
    of_which_item,
    reports_or_metrics,
)
from agents.reasoners.offline.clauses import DOCUMENTS, RANKS, REPORTS, Clause
from agents.reasoners.offline.declining import no_data
from agents.reasoners.offline.doubts import counted_itself, overview_of, stands_bare
from agents.reasoners.offline.facts import of_reports, plain_reports
from agents.reasoners.offline.ground import Ground
from agents.reasoners.offline.leftovers import Leftover, leftover_of
from agents.reasoners.offline.lexicon import Kind
from agents.reasoners.offline.wishes import Rank, Wishes
from agents.reasoners.offline.words import matter_of
from pesut.catalog.models import Metric, RatioMetric
from pesut.contracts import Clarify, Decline, Dimension, MetricQuery, MetricStep, Step
from pesut.language.matter import content_words
from pesut.language.phrases import STEM

_COUNTING = (
    "quantity",
    "share",
    "trend",
    "change",
    "compare",
    "rank_any",
    "rank_high",
    "rank_low",
    "average",
    "per_capita",
)


@dataclass(frozen=True)
class Part:
    """What came of one clause: steps, or something to clarify, or a reason to decline, or nothing."""

    clause: Clause
    wishes: Wishes
    steps: tuple[Step, ...] = ()
    choice: Choice | None = None
    clarify: Clarify | None = None
    decline: Decline | None = None


def part_of(
    clause: Clause, wishes: Wishes, ground: Ground, base: MetricQuery | None = None, earlier: tuple[Step, ...] = ()
) -> Part:
    """The steps of a clause. `base` and `earlier` are what a follow-up leans on."""
    if patterns := pattern_steps(clause, wishes, ground):
        return Part(clause, wishes, patterns)
    if wants_reports(clause, wishes, ground):
        return _reading(clause, wishes, ground)
    if clause.cue(*DOCUMENTS) and (clause.cites or not clause.asks_quantity):
        return Part(clause, wishes, (document_step(clause, ground, earlier),))
    choice = choose(clause, wishes, ground.lexicon)
    if choice is None or (_is_loose(clause, choice) and _many_share(clause, wishes, ground)):
        return _suggested(clause, wishes, ground, base)
    return _measured(clause, wishes, choice, ground, base)


def wants_reports(clause: Clause, wishes: Wishes, ground: Ground) -> bool:
    """Whether the reports themselves are wanted, and not how many there are."""
    if clause.cue("what_people_say") or _asks_what_is_said(clause):
        return True
    if wishes.groups or wishes.rank or wishes.grain or wishes.trend or clause.cue(*_COUNTING):
        return False
    if clause.cue(*REPORTS):
        return True
    plain = plain_reports(ground.catalog)
    named = (
        any(sense.code == plain.code for each in clause.of(Kind.METRIC) for sense in each.senses) if plain else False
    )
    return named and (clause.cue("show", "newest", "all_of") is not None or _which_reports(clause))


def _asks_what_is_said(clause: Clause) -> bool:
    """ "warga Bengkuring ngomong apa", "what are people in Palaran saying"."""
    told = clause.cue("people") and clause.cue("saying") and clause.cue("what")
    return told is not None and clause.cue("quantity") is None


def _which_reports(clause: Clause) -> bool:
    """ "ada laporan apa hari ini": what they are about is asked, not how many."""
    return any(
        (after := clause.next(each)) and after.start == each.end and after.cue("what")
        for each in clause.of(Kind.METRIC)
    )


def _reading(clause: Clause, wishes: Wishes, ground: Ground) -> Part:
    """Reports themselves; where people are asked after without a topic, also what they report most."""
    reports = report_step(clause, wishes, ground)
    plain = plain_reports(ground.catalog)
    open_topic = clause.cue("what_people_say", "what") is not None and Dimension.CATEGORY not in wishes.terms
    if plain is None or not open_topic or reports.query.text:
        return Part(clause, wishes, (reports,))
    ranked = replace(wishes, groups=(Dimension.CATEGORY,), rank=Rank())
    queries = queries_of(clause, ranked, Choice((plain.code,), How.TURN), ground)
    return Part(clause, wishes, (*(MetricStep(query=query) for query in queries), reports))


def _measured(clause: Clause, wishes: Wishes, choice: Choice, ground: Ground, base: MetricQuery | None) -> Part:
    first, *others = choice.metrics
    if others:
        return Part(clause, wishes, choice=choice, clarify=between_metrics(choice.metrics, choice.said, wishes, ground))
    metric = ground.catalog.metric(first)
    assert metric is not None, "a choice names metrics of the catalog"
    if choice.opposite:
        return Part(clause, wishes, choice=choice, decline=no_data(clause, _extreme_asked(clause, choice), ground))
    odd = _unexplained(clause, wishes, choice, metric, ground)
    if odd:
        return odd
    if base is None and stands_bare(clause, wishes, choice):
        doubtful = _doubtful(clause, wishes, choice, ground)
        if doubtful:
            return doubtful
    if base is None and _points_back(clause, choice) and needs_items(wishes, metric, ground):
        return Part(clause, wishes, choice=choice, clarify=of_which_item(metric, wishes, ground))
    _tell_choice(wishes, choice, metric, ground)
    queries = queries_of(clause, wishes, choice, ground, base)
    return Part(clause, wishes, tuple(MetricStep(query=query) for query in queries), choice)


def _points_back(clause: Clause, choice: Choice) -> bool:
    """ "harganya berapa?": of something that was spoken of before, and was not."""
    return choice.said.casefold().endswith("nya") and not matter_of(clause)[1:]


def _extreme_asked(clause: Clause, choice: Choice) -> str:
    """ "suhu tertinggi"."""
    rank = clause.cue(*RANKS, "maximum", "minimum")
    return " ".join([choice.said, *([clause.sentence.words(rank)] if rank else [])])


def _unexplained(clause: Clause, wishes: Wishes, choice: Choice, metric: Metric, ground: Ground) -> Part | None:
    """What to do about words that the reading leaves out; None where they do not matter, or are noted."""
    left = leftover_of(clause, metric, ground.lexicon)
    left_out = bool(left.words) and counted_itself(clause)
    other = choice.how is How.TERM and (_counts_other(clause) or left_out)
    if not (left.words or other) or clause.cue("advice", "why"):
        return None
    if choice.how is How.TERM and not left.beside and not other:
        return None
    if choice.how is How.NAMED and of_reports(metric, ground.catalog):
        return _reports_by_words(clause, wishes, left, metric, ground)
    if choice.how is How.WORDS or choice.how is How.TERM or left.beside:
        topic = " ".join(token.text for token in matter_of(clause)[:4])
        return Part(clause, wishes, choice=choice, decline=no_data(clause, topic, ground))
    ground.note("unknown_part", said=left.text)
    return None


def _counts_other(clause: Clause) -> bool:
    """ "jumlah pohon di taman": what is counted is neither the term nor a report of it."""
    covered = {place for mention in clause.mentions for place in range(mention.start, mention.end)}
    after = {
        mention.end for mention in clause.mentions if mention.cue("quantity") and mention.end < clause.end
    } - covered
    return bool(content_words([clause.sentence.tokens[place] for place in after]))


def _reports_by_words(clause: Clause, wishes: Wishes, left: Leftover, metric: Metric, ground: Ground) -> Part | None:
    """Reports about something that is no category: those nearest to the words, since the catalog cannot count them."""
    plain = plain_reports(ground.catalog)
    if plain is None or metric.code != plain.code:
        return None
    shaped = wishes.groups or wishes.rank or wishes.trend or wishes.grain or wishes.change
    if shaped or Dimension.CATEGORY in wishes.terms or (not left.beside and clause.cue("about") is None):
        ground.note("unknown_part", said=left.text)
        return None
    ground.note("reports_by_words", said=left.text)
    return Part(clause, wishes, (report_step(clause, wishes, ground),))


def _doubtful(clause: Clause, wishes: Wishes, choice: Choice, ground: Ground) -> Part | None:
    """Bare words that name reports as well as something measured: an overview where its state is asked for, else a question."""
    if clause.cue("state") and category_of(clause):
        steps = overview_of(clause, wishes, choice, ground)
        return Part(clause, wishes, tuple(MetricStep(query=query) for query in steps), choice)
    clarify = reports_or_metrics(choice.metrics, choice.said, clause, wishes, ground)
    return Part(clause, wishes, choice=choice, clarify=clarify) if clarify else None


def _suggested(clause: Clause, wishes: Wishes, ground: Ground, base: MetricQuery | None) -> Part:
    """Where no metric stands out: a question between those that have all the words in their names; none, where a number is asked
    for and only one of them is no ratio.
    """
    words = tuple(token.word for token in matter_of(clause))
    codes = named_by(words, ground) if 0 < len(words) <= 2 else ()
    counted = tuple(code for code in codes if not isinstance(ground.catalog.metric(code), RatioMetric))
    if len(counted or codes) == 1 and clause.cue("quantity"):
        return _measured(clause, wishes, Choice(counted or codes, How.WORDS), ground, base)
    if not codes and words and ground.nearest:
        codes = ground.nearest.metrics(clause.sentence.text, ground.catalog)
    if not codes:
        return Part(clause, wishes)
    return Part(clause, wishes, clarify=between_metrics(codes, " ".join(words), wishes, ground))


def _is_loose(clause: Clause, choice: Choice) -> bool:
    """Whether the metric was recognised by some words only, or by another form of a term ("antrean" for "antre")."""
    terms = [mention.quality for mention in clause.of(Kind.TERM)]
    return choice.how is How.WORDS or (choice.how is How.TERM and max(terms, default=0.0) <= STEM)


def _many_share(clause: Clause, wishes: Wishes, ground: Ground) -> bool:
    """ "berapa tunggakan": a single word from the names of several metrics over different data, with nothing to tell them apart."""
    words = tuple(token.word for token in matter_of(clause))
    if len(words) != 1 or wishes.items or clause.cue("advice", "why", "state") or category_of(clause):
        return False
    found = [metric for code in named_by(words, ground) if (metric := ground.catalog.metric(code))]
    counted = [metric for metric in found if not isinstance(metric, RatioMetric)]
    return len({ground.lexicon.datasets_of(metric.code) for metric in counted or found}) > 1


def _tell_choice(wishes: Wishes, choice: Choice, metric: Metric, ground: Ground) -> None:
    if choice.how is How.TERM and Dimension.CATEGORY in wishes.terms:
        term = ground.term_name(Dimension.CATEGORY, wishes.terms[Dimension.CATEGORY][0])
        ground.assume("as_reports", said=choice.said, term=term)
    elif choice.how is How.TERM and Dimension.CLASSIFICATION in wishes.terms:
        term = ground.term_name(Dimension.CLASSIFICATION, wishes.terms[Dimension.CLASSIFICATION][0])
        ground.assume("as_class", said=choice.said, term=term)
    elif choice.how is How.WORDS:
        ground.assume("read_as_metric", metric=ground.metric_name(metric))
    elif choice.how in {How.TURN, How.ITEM} and choice.said:
        ground.assume("as_metric", said=choice.said, metric=ground.metric_name(metric))
