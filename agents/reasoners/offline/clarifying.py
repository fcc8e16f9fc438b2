"""One question back, where two readings are equally likely; its options are questions that leave no doubt."""

from agents.reasoners.offline.building.cuts import PLACES
from agents.reasoners.offline.clauses import Clause
from agents.reasoners.offline.facts import is_level, of_reports, plain_reports
from agents.reasoners.offline.ground import Ground
from agents.reasoners.offline.lexicon import Kind
from agents.reasoners.offline.messages import listed
from agents.reasoners.offline.wishes import NamedPlace, Wishes
from agents.reasoners.offline.words import matter_of
from pesut.catalog.models import Metric, ObservationMetric
from pesut.contracts import Clarify, Dimension, Language, Option
from pesut.language.stems import stems_of
from pesut.language.tokens import words_of

MOST_OPTIONS = 5
_INSIDE = {Language.ID: "di", Language.EN: "in"}
_HOW_MANY = {Language.ID: "Berapa", Language.EN: "What is the"}


def between_metrics(codes: tuple[str, ...], said: str, wishes: Wishes, ground: Ground) -> Clarify:
    """Which of several metrics is meant."""
    metrics = [metric for code in codes if (metric := ground.catalog.metric(code))]
    options = [_metric_option(metric, wishes, ground) for metric in metrics]
    question = ground.say("which_of", said=said) if said else ground.say("which_metric")
    return Clarify(question=question, options=tuple(options[:MOST_OPTIONS]))


def reports_or_metrics(
    codes: tuple[str, ...], said: str, clause: Clause, wishes: Wishes, ground: Ground
) -> Clarify | None:
    """Whether reports about something are meant or what is measured of it; None where nothing is measured."""
    category = category_of(clause)
    plain = plain_reports(ground.catalog)
    if category is None or plain is None:
        return None
    measured = [
        metric for code in codes if (metric := ground.catalog.metric(code)) and not of_reports(metric, ground.catalog)
    ]
    if not measured:
        measured = [*related(said, ground), *of_area(said, ground)[:1]]
    if not measured:
        return None
    options = [_report_option(plain, category, wishes, ground)]
    options += [_metric_option(metric, wishes, ground) for metric in measured[: MOST_OPTIONS - 1]]
    return Clarify(question=ground.say("which_of", said=said), options=tuple(options))


def about_what(clause: Clause, wishes: Wishes, ground: Ground) -> Clarify | None:
    """What is to be told, where a question asks for a value, a place or a time and names no matter at all; the options are an
    overview, then what is known best of each area, of the places named.
    """
    asked = clause.asks_quantity or bool(clause.of(Kind.PERIOD) or clause.of(Kind.LEVEL) or clause.cue("show", "state"))
    if matter_of(clause) or not (asked or wishes.places.named or wishes.agencies):
        return None
    names = (ground.say("overview"), *(ground.metric_name(metric) for metric in _foremost(wishes, ground)))
    options = [_led(name, clause) for name in names]
    named = [_place(place, frozenset(), ground) for place in wishes.places.named]
    where = f" {_INSIDE[ground.language]} {listed(tuple(named), ground.language)}" if named else ""
    return Clarify(question=ground.say("what_about", where=where), options=tuple(options[:MOST_OPTIONS]))


def _led(name: str, clause: Clause) -> Option:
    """The question as it was put, led by what it is about."""
    return Option(label=name, question=f"{name}: {_lowered(clause.sentence.text.strip())}")


def _foremost(wishes: Wishes, ground: Ground) -> list[Metric]:
    """All reports, then the first metric of each area, of those that are known by what was named."""
    needed = PLACES if wishes.places.named else frozenset[Dimension]()
    needed |= {Dimension.AGENCY} if wishes.agencies else frozenset()
    plain = plain_reports(ground.catalog)
    first: dict[str, Metric] = {plain.area: plain} if plain else {}
    for metric in ground.catalog.metrics:
        if not needed or needed & ground.catalog.dimensions_of(metric):
            first.setdefault(metric.area, metric)
    return list(first.values())


def of_which_item(metric: Metric, wishes: Wishes, ground: Ground) -> Clarify:
    """Of which of the metric's goods."""
    options: list[Option] = []
    for item in ground.catalog.items_of(metric)[:MOST_OPTIONS]:
        name = f"{ground.metric_name(metric)} {item.name.in_(ground.language)}"
        level = is_level(metric, ground.catalog)
        options.append(Option(label=name, question=_question(name, wishes, ground, level=level)))
    return Clarify(question=ground.say("which_of", said=ground.metric_name(metric)), options=tuple(options))


def related(said: str, ground: Ground) -> list[Metric]:
    """What is measured and has all words of `said` in one of its names; one metric for each quantity."""
    spoken = tuple(stems_of(word) for word in words_of(said, ground.lexicon.spelling) if len(word) > 3)
    found = [metric for metric in _measured(ground) if spoken and _named_so(metric, spoken, ground)]
    return _one_per_quantity(found)[: MOST_OPTIONS - 1]


def named_by(words: tuple[str, ...], ground: Ground) -> tuple[str, ...]:
    """Codes of the metrics that have all words in one of their names, those first whose proper name it is."""
    spoken = tuple(stems_of(word) for word in words)
    found = [metric for metric in ground.catalog.metrics if spoken and _named_so(metric, spoken, ground)]
    found.sort(key=lambda metric: not _in_name(metric, spoken, ground))
    return tuple(metric.code for metric in found[:MOST_OPTIONS])


def of_area(said: str, ground: Ground) -> list[Metric]:
    """Gauges and the like of an area that is called by what was said ("banjir" of "Banjir dan cuaca")."""
    words = tuple(stems_of(word) for word in words_of(said, ground.lexicon.spelling) if len(word) > 3)
    levels = [metric for metric in _measured(ground) if words and is_level(metric, ground.catalog)]
    return _one_per_quantity(
        [metric for metric in levels if all(word & ground.lexicon.stems(metric.area) for word in words)]
    )


def _measured(ground: Ground) -> list[ObservationMetric]:
    return [metric for metric in ground.catalog.metrics if isinstance(metric, ObservationMetric)]


def _named_so(metric: Metric, spoken: tuple[frozenset[str], ...], ground: Ground) -> bool:
    """Whether one name holds every spoken word, in whatever form."""
    for name in (metric.name.id, metric.name.en, *metric.synonyms):
        own = ground.lexicon.stems(name, 2)
        if own and all(word & own for word in spoken):
            return True
    return False


def _in_name(metric: Metric, spoken: tuple[frozenset[str], ...], ground: Ground) -> bool:
    own = ground.lexicon.stems(metric.name.in_(ground.language), 2)
    return all(word & own for word in spoken)


def _one_per_quantity(metrics: list[ObservationMetric]) -> list[Metric]:
    seen: dict[str, Metric] = {}
    for metric in metrics:
        seen.setdefault(metric.indicator, metric)
    return list(seen.values())


def category_of(clause: Clause) -> str | None:
    """The category of reports that the clause names, whatever else its words may mean."""
    for mention in clause.of(Kind.TERM):
        for sense in mention.of(Kind.TERM):
            if sense.within == Dimension.CATEGORY.value:
                return sense.code
    return None


def _report_option(plain: Metric, category: str, wishes: Wishes, ground: Ground) -> Option:
    term = ground.term_name(Dimension.CATEGORY, category)
    name = ground.metric_name(plain)
    middle = {Language.ID: f"{name} kategori {term}", Language.EN: f"{name} category {term}"}[ground.language]
    return Option(label=middle, question=_question(middle, wishes, ground, level=False))


def _metric_option(metric: Metric, wishes: Wishes, ground: Ground) -> Option:
    name = ground.metric_name(metric)
    level = is_level(metric, ground.catalog)
    own = ground.lexicon.datasets_of(metric.code)
    placed = bool(PLACES & ground.catalog.dimensions_of(metric))
    return Option(label=name, question=_question(name, wishes, ground, level=level, placed=placed, own=own))


def _question(
    name: str, wishes: Wishes, ground: Ground, *, level: bool, placed: bool = True, own: frozenset[str] = frozenset()
) -> str:
    """The name with the places and the period of the question: what was said otherwise is not repeated."""
    where = (
        [f"{_INSIDE[ground.language]} {_place(place, own, ground)}" for place in wishes.places.named[:1]]
        if placed
        else []
    )
    period = [wishes.period_words] if wishes.period_words else [] if level else [_usual(ground)]
    words = [_HOW_MANY[ground.language], _lowered(name), *where, *period]
    return " ".join(words) + "?"


def _place(place: NamedPlace, own: frozenset[str], ground: Ground) -> str:
    """The region by its name; as it was said where that covers several, or names an item of the datasets `own`."""
    item = any(sense.kind is Kind.ITEM and sense.within in own for sense in place.mention.senses)
    return ground.region_name(place.codes[0]) if len(place.codes) == 1 and not item else place.said


def _usual(ground: Ground) -> str:
    return {Language.ID: "30 hari terakhir", Language.EN: "in the last 30 days"}[ground.language]


def _lowered(name: str) -> str:
    """The first letter small, unless the word is an abbreviation."""
    return name if name[:2].isupper() else name[:1].lower() + name[1:]
