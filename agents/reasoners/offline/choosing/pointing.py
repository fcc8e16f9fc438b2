"""Metrics that a clause points to by what belongs to them: items, thresholds, terms of reports, programmes."""

from itertools import pairwise

from agents.reasoners.offline.choosing.choice import Choice, How
from agents.reasoners.offline.clauses import REPORTS, Clause
from agents.reasoners.offline.facts import datasets, plain_reports
from agents.reasoners.offline.lexicon import Kind, Lexicon, Mention
from agents.reasoners.offline.lexicon.gathering import cue_phrases
from agents.reasoners.offline.lexicon.settling import JOINERS
from agents.reasoners.offline.reads.groups import tells_rest
from agents.reasoners.offline.wishes import Wishes
from agents.reasoners.offline.words import by_words
from pesut.catalog.models import Dataset, ObservationMetric, ReportMetric
from pesut.contracts import Dimension
from pesut.language.stems import stems_of

_OF_REPORTS = frozenset({Dimension.CATEGORY, Dimension.STATUS, Dimension.CHANNEL, Dimension.CLASSIFICATION})
_SOME = 0.2  # share of a name's weight that tells one metric of a dataset from its others
_EVENTS = frozenset({"kejadian", "kali", "events"})
_ITEM_KINDS = ("unit_item", "unit_item_gauge", "unit_item_goods", "unit_item_crossing")


def by_item(clause: Clause, lexicon: Lexicon) -> Choice | None:
    """The metric of a gauge or a commodity that stands alone: the one quantity of its dataset, or those in question."""
    mentions = [
        mention for mention in clause.of(Kind.ITEM) if not mention.of(Kind.REGION) and not mention.of(Kind.TERM)
    ]
    if not mentions:
        return None
    wanted = {sense.within for mention in mentions for sense in mention.of(Kind.ITEM)}
    codes = _of_datasets(wanted, clause, lexicon)
    return Choice(codes, How.ITEM, clause.sentence.words(mentions[0])) if codes else None


def by_item_and_words(clause: Clause, lexicon: Lexicon) -> Choice | None:
    """ "airnya Benanga", "identity cards issued": an item whose name means something else too, with words of its dataset's metrics."""
    for mention in clause.of(Kind.ITEM):
        wanted = {sense.within for sense in mention.of(Kind.ITEM)}
        among = tuple(metric.code for metric in lexicon.catalog.metrics if lexicon.datasets_of(metric.code) & wanted)
        codes = by_words(clause, lexicon, among=among, least=_SOME, besides=mention)
        if codes:
            return Choice(codes[:1], How.WORDS)
    return None


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


def by_threshold(clause: Clause, wishes: Wishes) -> Choice | None:
    """ "pos mana yang siaga?": the metric that the threshold belongs to."""
    owners = tuple(dict.fromkeys(metric for metric, _ in wishes.thresholds))
    return Choice(owners, How.TURN, clause.sentence.words(clause.of(Kind.THRESHOLD)[0])) if owners else None


def by_kind_of_item(clause: Clause, wishes: Wishes, lexicon: Lexicon) -> Choice | None:
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
    return bool(lexicon.stems(text, 1) & stems)


def by_term(clause: Clause, lexicon: Lexicon) -> Choice | None:
    plain = plain_reports(lexicon.catalog)
    terms = [mention for mention in clause.of(Kind.TERM) if not mention.of(Kind.METRIC)]
    about_reports = [
        each for each in terms if any(sense.within != Dimension.PROGRAM.value for sense in each.of(Kind.TERM))
    ]
    about_reports.sort(key=lambda each: not any(sense.within == Dimension.CATEGORY.value for sense in each.senses))
    if plain and about_reports:
        return Choice(
            (plain.code,), How.TERM, clause.sentence.words(about_reports[0]), or_reports=not clause.asks_quantity
        )
    return _by_program(clause, terms)


def by_joined_terms(clause: Clause, wishes: Wishes, lexicon: Lexicon) -> Choice | None:
    """ "mana yang lebih parah, macet atau jalan rusak": two categories set against each other, not a speed and a length."""
    plain = plain_reports(lexicon.catalog)
    terms = [each for each in clause.mentions if _names_category(each)]
    pair = next(((first, second) for first, second in pairwise(terms) if _joined(first, second, clause)), None)
    if plain is None or pair is None or not (clause.weighs or wishes.rank or clause.cue("compare")):
        return None
    return Choice((plain.code,), How.TERM, clause.sentence.words(pair[0]))


def _names_category(mention: Mention) -> bool:
    within = any(sense.within == Dimension.CATEGORY.value for sense in mention.of(Kind.TERM))
    return within and not mention.of(Kind.METRIC)


def _joined(first: Mention, second: Mention, clause: Clause) -> bool:
    return second.start <= first.end + 2 and clause.word(second.start - 1) in JOINERS


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


def by_statuses(clause: Clause, lexicon: Lexicon) -> Choice | None:
    """ "berapa yang selesai dan berapa yang belum": all reports, by where they stand."""
    plain = plain_reports(lexicon.catalog)
    named = {sense.code for each in clause.of(Kind.METRIC) for sense in each.of(Kind.METRIC)}
    of_status = any(
        each.dimension is Dimension.STATUS
        for code in named
        if isinstance(metric := lexicon.catalog.metric(code), ReportMetric)
        for each in metric.filters
    )
    reached = any(
        sense.within == Dimension.STATUS.value for each in clause.of(Kind.TERM) for sense in each.of(Kind.TERM)
    )
    if plain is None or not tells_rest(clause) or not (of_status or reached):
        return None
    return Choice((plain.code,), How.TURN, dropped=(Dimension.STATUS,))


def by_group(clause: Clause, wishes: Wishes, lexicon: Lexicon) -> Choice | None:
    """ "masalah terbanyak", "per kanal": only reports are split so."""
    plain = plain_reports(lexicon.catalog)
    asked = _OF_REPORTS & set(wishes.groups) or clause.cue(*REPORTS, "newest_reports")
    return Choice((plain.code,), How.TURN) if plain and asked else None


def by_unit(clause: Clause, lexicon: Lexicon) -> Choice | None:
    """ "banjir … berapa cm", "berapa kali longsor": what is measured in the unit asked for, and shares words with the clause."""
    for asked in clause.mentions:
        units = {clause.word(asked.end)} - {""} if asked.cue("quantity") else set[str]()
        units |= _EVENTS if asked.cue("how_many_times") else set()
        among = tuple(each.code for each in lexicon.catalog.metrics if each.unit.casefold() in units)
        itself = Mention(asked.end, asked.end + 1, (), 1.0)
        codes = by_words(clause, lexicon, among=among, least=_SOME, besides=itself) if among else ()
        if codes:
            return Choice(codes[:1], How.WORDS)
    return None
