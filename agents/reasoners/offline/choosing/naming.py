"""Metrics that a clause names, whole or by a turn of phrase."""

from dataclasses import replace

from agents.reasoners.offline.choosing.choice import Choice, How
from agents.reasoners.offline.clauses import RANKS, Clause
from agents.reasoners.offline.facts import datasets, plain_reports, timed_reports
from agents.reasoners.offline.lexicon import Kind, Lexicon, Mention
from agents.reasoners.offline.reading import speaks_of_reports
from agents.reasoners.offline.wishes import Wishes
from pesut.catalog.models import RatioMetric, ReportMeasure
from pesut.contracts import Dimension, Show
from pesut.language.phrases import STEM

_LONG = frozenset({"lama", "terlama", "longest"})


def by_name(clause: Clause, wishes: Wishes, lexicon: Lexicon) -> Choice | None:
    mentions = [mention for mention in clause.of(Kind.METRIC) if _stands(mention, clause, lexicon)]
    if not mentions:
        return None
    best = max(mentions, key=lambda mention: _strength(mention, clause, lexicon))
    codes = _fitting(best, wishes, lexicon)
    ambiguous = bool(best.of(Kind.TERM)) and not clause.asks_quantity
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
    if not plain or not any(each.cue(*RANKS) for each in inside):
        return choice
    best = max(plain, key=lambda each: each.length)
    return replace(choice, metrics=_fitting(best, wishes, lexicon), unranked=True)


def by_pair(clause: Clause, show: Show | None, lexicon: Lexicon) -> Choice | None:
    """ "jalan rusak berapa persen dari panjang jalan", "rasio siswa dan guru": the ratio of two metrics that are named."""
    if show is not Show.SHARE and clause.cue("ratio") is None:
        return None
    named = [{sense.code for sense in mention.of(Kind.METRIC)} for mention in clause.of(Kind.METRIC)]
    for metric in lexicon.catalog.metrics:
        if isinstance(metric, RatioMetric) and _names_both(metric, named):
            return Choice((metric.code,), How.PAIR)
    return None


def _names_both(ratio: RatioMetric, named: list[set[str]]) -> bool:
    return any(
        ratio.numerator in first and ratio.denominator in second
        for place, first in enumerate(named)
        for second in (*named[:place], *named[place + 1 :])
    )


def by_turn(clause: Clause, wishes: Wishes, lexicon: Lexicon) -> Choice | None:
    """ "dinas mana yang paling lambat", "berapa lama ditangani": the time that reports take."""
    speed = clause.cue("rank_slow", "rank_fast", "slow", "fast") or _time_of_reports(clause) or _longest(clause)
    reached = _asks_how_long(clause) or (speed is not None and _reaches_status(clause))
    about = clause.cue("handling", "responding") or (speed if reached else None)
    whose = Dimension.AGENCY in wishes.groups
    if speed is None or not (about or whose) or _names_other(clause, lexicon):
        return None
    measure = ReportMeasure.RESPONSE_HOURS if clause.cue("responding") else ReportMeasure.HANDLING_HOURS
    metric = timed_reports(lexicon.catalog, measure)
    return (
        Choice((metric.code,), How.TURN, clause.sentence.words(speed), dropped=(Dimension.STATUS,)) if metric else None
    )


def _asks_how_long(clause: Clause) -> bool:
    """ "laporan … beres … berapa lama": how long reports took to reach a status."""
    asked = any(mention.cue("quantity") and clause.word(mention.end) == "lama" for mention in clause.mentions)
    return asked and _reaches_status(clause)


def _reaches_status(clause: Clause) -> bool:
    """ "paling cepat selesai"; not "belum selesai", which is how reports stand."""
    reached = (
        mention for mention in clause.of(Kind.TERM) if not ((before := clause.previous(mention)) and before.cue("not"))
    )
    return any(sense.within == Dimension.STATUS.value for mention in reached for sense in mention.of(Kind.TERM))


def _longest(clause: Clause) -> Mention | None:
    """ "paling lama ditangani"."""
    found = clause.cue("rank_high")
    return found if found and _LONG & {clause.word(place) for place in range(found.start, found.end)} else None


def _time_of_reports(clause: Clause) -> Mention | None:
    """ "median penanganan", "rata-rata penyelesaian": only a time can be meant."""
    found = clause.cue("median", "average", "maximum", "minimum")
    return found if clause.cue("handling_noun", "responding_noun") else None


def _names_other(clause: Clause, lexicon: Lexicon) -> bool:
    """Whether a metric other than plain reports is named."""
    plain = plain_reports(lexicon.catalog)
    own = {plain.code if plain else "", lexicon.catalog.population or ""}
    return any(
        sense.code not in own and not mention.of(Kind.TERM) and mention.quality > STEM
        for mention in clause.of(Kind.METRIC)
        for sense in mention.of(Kind.METRIC)
    )
