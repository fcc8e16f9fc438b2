"""Which metric a clause asks for."""

from dataclasses import dataclass, replace
from enum import StrEnum

from agents.reasoners.offline.clauses import REPORTS, Clause
from agents.reasoners.offline.facts import (
    datasets,
    filtered_reports,
    plain_reports,
    share_metric,
    sibling,
    timed_reports,
)
from agents.reasoners.offline.lexicon import Kind, Lexicon, Mention
from agents.reasoners.offline.lexicon.gathering import cue_phrases
from agents.reasoners.offline.reading import speaks_of_reports
from agents.reasoners.offline.wishes import Wishes
from agents.reasoners.offline.words import by_words
from pesut.catalog.models import (
    Aggregation,
    Dataset,
    Metric,
    ObservationMetric,
    RatioMetric,
    ReportMeasure,
    ReportMetric,
)
from pesut.contracts import Dimension, Show
from pesut.language.phrases import STEM
from pesut.language.stems import stems_of
from pesut.language.tokens import words_of

_QUANTITIES = (
    "quantity",
    "average",
    "maximum",
    "minimum",
    "median",
    "trend",
    "change",
    "compare",
    "share",
    "per_capita",
)
_RANKS = ("rank_high", "rank_low", "rank_slow", "rank_fast", "rank_best", "rank_worst", "rank_any")


_OF_REPORTS = frozenset({Dimension.CATEGORY, Dimension.STATUS, Dimension.CHANNEL, Dimension.CLASSIFICATION})


_ITEM_KINDS = ("unit_item", "unit_item_gauge", "unit_item_goods", "unit_item_crossing")


class How(StrEnum):
    """By what the metric was recognised."""

    NAMED = "named"
    TERM = "term"  # a category of reports stood alone
    ITEM = "item"  # a gauge or a commodity stood alone
    WORDS = "words"  # some words of its name
    MEANING = "meaning"  # nearest in meaning
    TURN = "turn"  # a turn of phrase ("paling lambat menangani")
    EARLIER = "earlier"  # the turn before


@dataclass(frozen=True)
class Choice:
    """Codes of the metrics that fit, best first: more than one only where they fit equally well. `dropped`: dimensions whose
    terms the metric itself now stands for. `ranks`: the words that ranked turned out to be the metric's.
    """

    metrics: tuple[str, ...]
    how: How
    said: str = ""
    or_reports: bool = False  # the same words also name a category of reports
    dropped: tuple[Dimension, ...] = ()
    unranked: bool = False


def choose(clause: Clause, wishes: Wishes, lexicon: Lexicon) -> Choice | None:
    """The metric of a clause, or None where nothing in it points to one."""
    found = (
        _by_turn(clause, wishes, lexicon)
        or _named(clause, wishes, lexicon)
        or _scattered(clause, lexicon)
        or _by_threshold(clause, wishes)
        or _by_item(clause, lexicon)
        or _by_term(clause, lexicon)
        or _by_group(clause, wishes, lexicon)
        or _by_kind_of_item(clause, wishes, lexicon)
        or _by_words(clause, lexicon)
    )
    return refined(found, clause, wishes, lexicon) if found else None


def asks_quantity(clause: Clause) -> bool:
    """Whether the clause asks for a value at all ("berapa", "tren", "paling banyak")."""
    return clause.cue(*_QUANTITIES, *_RANKS, "above", "below", "how_many_times") is not None


def _named(clause: Clause, wishes: Wishes, lexicon: Lexicon) -> Choice | None:
    mentions = [mention for mention in clause.of(Kind.METRIC) if _stands(mention, clause, lexicon)]
    if not mentions:
        return None
    best = max(mentions, key=lambda mention: _strength(mention, clause, lexicon))
    codes = _fitting(best, wishes, lexicon)
    ambiguous = bool(best.of(Kind.TERM)) and not asks_quantity(clause)
    choice = Choice(codes, How.NAMED, clause.sentence.words(best), or_reports=ambiguous)
    return _unranked(choice, best, clause, wishes, lexicon)


def _stands(mention: Mention, clause: Clause, lexicon: Lexicon) -> bool:
    """Beside reports, words that also name a category of theirs do not name a metric."""
    of_category = any(sense.within == Dimension.CATEGORY.value for sense in mention.of(Kind.TERM))
    return not (of_category and speaks_of_reports(clause, lexicon))


def _strength(mention: Mention, clause: Clause, lexicon: Lexicon) -> tuple[int, float, float, int]:
    """Any other metric goes before plain reports, and these before the population ("laporan warga per penduduk"); longer names
    before shorter, and more telling words before those that many metrics share.
    """
    codes = {sense.code for sense in mention.of(Kind.METRIC)}
    plain = plain_reports(lexicon.catalog)
    if lexicon.catalog.population in codes:
        rank = 0
    elif plain and plain.code in codes:
        rank = 1
    else:
        rank = 2
    telling = max(lexicon.names.weight(clause.word(place)) for place in range(mention.start, mention.end))
    return rank, mention.length * mention.quality, round(telling, 1), -mention.start


def _fitting(mention: Mention, wishes: Wishes, lexicon: Lexicon) -> tuple[str, ...]:
    """The metrics of the words; where several share them, those that know the items asked for, if any does."""
    codes = tuple(sense.code for sense in mention.of(Kind.METRIC))
    plain = plain_reports(lexicon.catalog)
    if plain and plain.code in codes:
        return (plain.code,)
    wanted = {dataset for dataset, _ in wishes.items}
    known = tuple(
        code
        for code in codes
        if (metric := lexicon.catalog.metric(code)) and datasets(metric, lexicon.catalog) & wanted
    )
    return known or codes


def _unranked(choice: Choice, mention: Mention, clause: Clause, wishes: Wishes, lexicon: Lexicon) -> Choice:
    """Where a ranking word is part of the metric's name but results are to be ranked by it ("5 komoditas dengan harga tertinggi"),
    the metric without that word.
    """
    if not wishes.groups:
        return choice
    inside = clause.sentence.within(mention)
    plain = [each for each in inside if each.of(Kind.METRIC)]
    if not plain or not any(each.cue(*_RANKS) for each in inside):
        return choice
    best = max(plain, key=lambda each: each.length)
    return replace(choice, metrics=_fitting(best, wishes, lexicon), unranked=True)


def _by_turn(clause: Clause, wishes: Wishes, lexicon: Lexicon) -> Choice | None:
    """ "dinas mana yang paling lambat", "berapa lama ditangani": the time that reports take."""
    speed = clause.cue("rank_slow", "rank_fast", "slow", "fast")
    about = clause.cue("handling", "responding")
    whose = Dimension.AGENCY in wishes.groups
    if speed is None or not (about or whose) or _names_other(clause, lexicon):
        return None
    measure = ReportMeasure.RESPONSE_HOURS if clause.cue("responding") else ReportMeasure.HANDLING_HOURS
    metric = timed_reports(lexicon.catalog, measure)
    return Choice((metric.code,), How.TURN, clause.sentence.words(speed)) if metric else None


def _names_other(clause: Clause, lexicon: Lexicon) -> bool:
    """Whether a metric other than plain reports is named."""
    plain = plain_reports(lexicon.catalog)
    own = {plain.code if plain else "", lexicon.catalog.population or ""}
    return any(
        sense.code not in own and not mention.of(Kind.TERM) and mention.quality > STEM
        for mention in clause.of(Kind.METRIC)
        for sense in mention.of(Kind.METRIC)
    )


def _by_item(clause: Clause, lexicon: Lexicon) -> Choice | None:
    """The metric of a gauge or a commodity that stands alone: the one quantity of its dataset, or those in question."""
    mentions = [
        mention for mention in clause.of(Kind.ITEM) if not mention.of(Kind.REGION) and not mention.of(Kind.TERM)
    ]
    if not mentions:
        return None
    wanted = {sense.within for mention in mentions for sense in mention.of(Kind.ITEM)}
    codes = _of_datasets(wanted, clause, lexicon)
    return Choice(codes, How.ITEM, clause.sentence.words(mentions[0])) if codes else None


def _of_datasets(wanted: set[str], clause: Clause, lexicon: Lexicon) -> tuple[str, ...]:
    """The metrics of datasets of which only items were named: those that other words speak for, else of each dataset the one
    that its catalog puts first.
    """
    first: dict[str, str] = {}
    plain: dict[str, str] = {}
    for metric in lexicon.catalog.metrics:
        if not isinstance(metric, ObservationMetric):
            continue
        for dataset in datasets(metric, lexicon.catalog) & wanted:
            first.setdefault(dataset, metric.code)
            plain.setdefault(metric.indicator, metric.code)
    told = by_words(clause, lexicon, among=tuple(plain.values()), least=0.2)
    if len(told) == 1:
        return told
    return tuple(dict.fromkeys(first.values()))


def _scattered(clause: Clause, lexicon: Lexicon) -> Choice | None:
    """A metric whose name of several words is there whole, in whatever order ("puskesmas mana yang antreannya …")."""
    codes = by_words(clause, lexicon, least=0.95, shortest=2)
    return Choice(codes[:1], How.WORDS) if codes else None


def _by_threshold(clause: Clause, wishes: Wishes) -> Choice | None:
    """ "pos mana yang siaga?": the metric that the threshold belongs to."""
    owners = tuple(dict.fromkeys(metric for metric, _ in wishes.thresholds))
    return Choice(owners, How.TURN, clause.sentence.words(clause.of(Kind.THRESHOLD)[0])) if owners else None


def _by_kind_of_item(clause: Clause, wishes: Wishes, lexicon: Lexicon) -> Choice | None:
    """ "komoditas apa yang paling naik": the dataset that is about such things."""
    mention = clause.cue(*_ITEM_KINDS)
    if mention is None or Dimension.ITEM not in wishes.groups:
        return None
    stems = _words_for_kind(mention, clause)
    wanted = {
        dataset.code for dataset in lexicon.catalog.datasets if dataset.items and _told_of(dataset, stems, lexicon)
    }
    codes = _of_datasets(wanted, clause, lexicon)
    return Choice(codes, How.TURN, clause.sentence.words(mention)) if codes else None


def _words_for_kind(mention: Mention, clause: Clause) -> set[str]:
    """Stems of the word for a kind of item, and of the words that mean the same."""
    said = {stem for place in range(mention.start, mention.end) for stem in stems_of(clause.word(place))}
    same = [phrase for name in _ITEM_KINDS[1:] if mention.cue(name) for phrase in cue_phrases()[name]]
    return said | {stem for phrase in same for word in phrase.split() for stem in stems_of(word)}


def _told_of(dataset: Dataset, stems: set[str], lexicon: Lexicon) -> bool:
    text = " ".join([dataset.title.id, dataset.title.en, dataset.concept, dataset.definition, dataset.classification])
    return any(stems_of(word) & stems for word in words_of(text, lexicon.spelling))


def _by_term(clause: Clause, lexicon: Lexicon) -> Choice | None:
    plain = plain_reports(lexicon.catalog)
    terms = [mention for mention in clause.of(Kind.TERM) if not mention.of(Kind.METRIC)]
    about_reports = [
        each for each in terms if any(sense.within != Dimension.PROGRAM.value for sense in each.of(Kind.TERM))
    ]
    if plain and about_reports:
        return Choice(
            (plain.code,), How.TERM, clause.sentence.words(about_reports[0]), or_reports=not asks_quantity(clause)
        )
    return _by_program(clause, terms)


def _by_program(clause: Clause, terms: list[Mention]) -> Choice | None:
    """ "anggaran drainase": the words for the programme hold those for the metric."""
    for mention in terms:
        inside = [each for each in clause.sentence.within(mention) if each.of(Kind.METRIC)]
        if inside:
            best = max(inside, key=lambda each: each.length)
            return Choice(
                tuple(sense.code for sense in best.of(Kind.METRIC)), How.NAMED, clause.sentence.words(mention)
            )
    return None


def _by_group(clause: Clause, wishes: Wishes, lexicon: Lexicon) -> Choice | None:
    """ "masalah terbanyak", "per kanal": only reports are split so."""
    plain = plain_reports(lexicon.catalog)
    asked = _OF_REPORTS & set(wishes.groups) or clause.cue(*REPORTS, "newest_reports")
    return Choice((plain.code,), How.TURN) if plain and asked else None


def _by_words(clause: Clause, lexicon: Lexicon) -> Choice | None:
    codes = by_words(clause, lexicon)
    return Choice(codes, How.WORDS) if codes else None


def refined(choice: Choice, clause: Clause, wishes: Wishes, lexicon: Lexicon) -> Choice:
    """The share or the other aggregation of the metric that was named, where the clause asks for it."""
    if len(choice.metrics) != 1:
        return choice
    metric = lexicon.catalog.metric(choice.metrics[0])
    if metric is None:
        return choice
    return (
        _as_share(choice, metric, wishes, lexicon) or _as_aggregate(choice, metric, clause, wishes, lexicon) or choice
    )


def _as_share(choice: Choice, metric: Metric, wishes: Wishes, lexicon: Lexicon) -> Choice | None:
    if wishes.show is not Show.SHARE:
        return None
    ratio = share_metric(metric, lexicon.catalog)
    if ratio:
        return replace(choice, metrics=(ratio.code,))
    plain = plain_reports(lexicon.catalog)
    for dimension in (Dimension.STATUS, Dimension.CLASSIFICATION):
        part = filtered_reports(dimension, wishes.terms.get(dimension, ()), lexicon.catalog)
        ratio = share_metric(part, lexicon.catalog) if part and plain and metric.code == plain.code else None
        if ratio:
            return replace(choice, metrics=(ratio.code,), dropped=(dimension,))
    return None


def _as_aggregate(choice: Choice, metric: Metric, clause: Clause, wishes: Wishes, lexicon: Lexicon) -> Choice | None:
    wanted = _aggregation(clause, ranked=bool(wishes.groups) or wishes.grain is not None)
    if wanted is None or not isinstance(metric, ObservationMetric | ReportMetric | RatioMetric):
        return None
    if not isinstance(metric, RatioMetric) and metric.aggregation is wanted:
        return replace(choice, unranked=False) if wishes.groups else None
    other = sibling(metric, lexicon.catalog, wanted)
    return replace(choice, metrics=(other.code,)) if other else None


def _aggregation(clause: Clause, *, ranked: bool) -> Aggregation | None:
    if clause.cue("average"):
        return Aggregation.MEAN
    if clause.cue("median"):
        return Aggregation.PERCENTILE
    if clause.cue("maximum") or (not ranked and clause.cue("rank_high", "rank_slow")):
        return Aggregation.MAXIMUM
    if clause.cue("minimum") or (not ranked and clause.cue("rank_low", "rank_fast")):
        return Aggregation.MINIMUM
    return None
