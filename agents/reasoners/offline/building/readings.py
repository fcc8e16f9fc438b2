"""Steps that read reports or documents, and steps that ask for advice."""

from agents.reasoners.offline.building.cuts import PLACES, merged
from agents.reasoners.offline.clauses import TITLED, Clause
from agents.reasoners.offline.facts import plain_reports
from agents.reasoners.offline.ground import Ground
from agents.reasoners.offline.lexicon import Kind, Mention, Sense
from agents.reasoners.offline.messages import listed, period_words
from agents.reasoners.offline.reads.ranks import counted_reports
from agents.reasoners.offline.wishes import Wishes
from agents.reasoners.offline.words import matter_of
from pesut.catalog.models import Metric
from pesut.contracts import (
    Dimension,
    DocumentQuery,
    DocumentStep,
    Filter,
    Language,
    MetricStep,
    Period,
    RecommendStep,
    ReportQuery,
    ReportStep,
    Step,
)
from pesut.decisions.filing import DECISION
from pesut.language.periods import PeriodKind

_KINDS = {"regulations": "regulation", "plans": "plan", "decisions": DECISION}
_MOST_READ = 20
_LONGEST = 500


def report_step(clause: Clause, wishes: Wishes, ground: Ground, base: ReportQuery | None = None) -> ReportStep:
    """The reports themselves: of the terms, places and period named; nearest to the matter unless the newest are wanted."""
    filters = report_filters(wishes)
    if base:
        filters = merged(base.filters, filters, whole_city=wishes.places.whole)
    by_age = clause.cue("newest_reports", "newest", "oldest_reports") is not None
    period = named_period(wishes, ground) or (base.period if base else None)
    text = "" if by_age or _only_names_categories(clause, wishes, ground) else _topic(clause, ground)
    return ReportStep(
        query=ReportQuery(
            text=text or (base.text if base and not wishes.terms else None),
            period=period,
            filters=filters,
            oldest=clause.cue("oldest_reports") is not None,
            limit=_how_many(clause, base),
        )
    )


def document_step(clause: Clause, ground: Ground, earlier: tuple[Step, ...] = ()) -> DocumentStep:
    """Passages about the matter of the clause, or else of the question before."""
    kinds = tuple(kind for cue, kind in _KINDS.items() if clause.cue(cue))
    about = _topic(clause, ground, places=True) if _topic(clause, ground) or clause.cue(*TITLED) else ""
    text = _in_the_citys_words(about, clause, ground) or _earlier_topic(earlier) or clause.sentence.text
    categories = _named_categories(clause) if kinds == (DECISION,) else ()
    kinds = kinds if len(kinds) == 1 else ()
    return DocumentStep(query=DocumentQuery(text=text[:_LONGEST], kinds=kinds, categories=categories))


def recommend_step(steps: tuple[Step, ...], clause: Clause | None, ground: Ground) -> RecommendStep:
    """What could be done about the matter that the other steps look up."""
    categories = _values(steps, Dimension.CATEGORY) or (_named_categories(clause) if clause else ())
    categories = categories or _categories_of_metrics(steps, ground)
    regions = tuple(dict.fromkeys(code for each in PLACES for code in _values(steps, each) if code != ground.city.root))
    return RecommendStep(
        topic=_matter(steps, categories, regions, clause, ground)[:_LONGEST], categories=categories, regions=regions
    )


def _named_categories(clause: Clause) -> tuple[str, ...]:
    """Categories that words of the clause may also mean, beside the metric that they were read as."""
    senses = [sense for mention in clause.of(Kind.TERM) for sense in mention.of(Kind.TERM)]
    return tuple(dict.fromkeys(sense.code for sense in senses if sense.within == Dimension.CATEGORY.value))


def _categories_of_metrics(steps: tuple[Step, ...], ground: Ground) -> tuple[str, ...]:
    """The category one of whose names is a part of a measured metric's: "lampu jalan" of "lampu jalan padam"."""
    metrics = [ground.catalog.metric(step.query.metric) for step in steps if isinstance(step, MetricStep)]
    names = [
        f" {name} ".casefold() for each in metrics if each for name in (each.name.id, each.name.en, *each.synonyms)
    ]
    for term in ground.catalog.categories:
        own = [word.casefold() for word in (term.name.id, *term.synonyms)]
        if any(f" {word} " in name for word in own for name in names):
            return (term.code,)
    return ()


def report_filters(wishes: Wishes) -> tuple[Filter, ...]:
    """What reports are narrowed to: places, terms and agencies that were named."""
    found: list[Filter] = []
    for excluded in (False, True):
        codes = [code for place in wishes.places.named if place.excluded is excluded for code in place.codes]
        if codes:
            found.append(Filter(dimension=Dimension.REGION, values=tuple(dict.fromkeys(codes)), exclude=excluded))
    found += [
        Filter(dimension=each, values=codes) for each, codes in wishes.terms.items() if each is not Dimension.PROGRAM
    ]
    found += [Filter(dimension=each, values=codes, exclude=True) for each, codes in wishes.excluded.items()]
    if wishes.agencies:
        found.append(Filter(dimension=Dimension.AGENCY, values=wishes.agencies))
    return tuple(found)


def named_period(wishes: Wishes, ground: Ground) -> Period | None:
    """The period that was named, where it is one that has begun and not this moment."""
    if wishes.period is None or wishes.period.kind is PeriodKind.NOW:
        return None
    if wishes.period.loose and wishes.period.period:
        said = period_words(wishes.period.period, ground.language)
        ground.assume("loose_period", said=wishes.period_words, period=said)
    return wishes.period.period


def _only_names_categories(clause: Clause, wishes: Wishes, ground: Ground) -> bool:
    """Whether the filter on categories says all of the matter, so that looking for its words would only lose reports."""
    codes = wishes.terms.get(Dimension.CATEGORY, ())
    named = {word for code in codes for word in ground.term_name(Dimension.CATEGORY, code).lower().split()}
    return all(word.lower() in named for word in _topic_words(clause, ground))


def _topic(clause: Clause, ground: Ground, *, places: bool = False) -> str:
    """The words of the clause that carry its matter; with the `places` that it names."""
    return " ".join(_topic_words(clause, ground, places=places))[:_LONGEST]


def _in_the_citys_words(about: str, clause: Clause, ground: Ground) -> str:
    """With what the named things are called in the language of the papers, where the question is in another."""
    if not about or ground.language is Language.ID:
        return about
    senses = [sense for mention in clause.mentions for sense in mention.senses]
    return " ".join(dict.fromkeys([about, *filter(None, (_own_name(sense, ground) for sense in senses))]))


def _own_name(sense: Sense, ground: Ground) -> str:
    if sense.kind is Kind.METRIC:
        metric = ground.catalog.metric(sense.code)
        return metric.name.id if metric else ""
    if sense.kind is Kind.TERM:
        terms = ground.catalog.terms(Dimension(sense.within))
        return next((term.name.id for term in terms if term.code == sense.code), "")
    return ""


def _topic_words(clause: Clause, ground: Ground, *, places: bool = False) -> list[str]:
    """As they were typed; with `places` also the papers and the agencies that are named."""
    named = {
        place
        for mention in clause.mentions
        if _names_matter(mention, places=places)
        for place in range(mention.start, mention.end)
    }
    matter = {token.start for token in matter_of(clause)}
    return [
        token.text
        for place, token in enumerate(clause.tokens, clause.start)
        if (place in named or token.start in matter) and not _of_reports(place, clause, ground)
    ]


def _names_matter(mention: Mention, *, places: bool) -> bool:
    if mention.cue("people") or (not places and mention.of(Kind.REGION)):
        return False
    kinds = (Kind.TERM, Kind.ITEM, Kind.METRIC, *((Kind.REGION, Kind.AGENCY, Kind.THRESHOLD) if places else ()))
    return any(mention.of(kind) for kind in kinds) or (places and mention.cue(*TITLED))


def _of_reports(place: int, clause: Clause, ground: Ground) -> bool:
    """Whether the word only says that reports are meant."""
    plain = plain_reports(ground.catalog)
    code = plain.code if plain else ""
    return any(
        mention.start <= place < mention.end and any(sense.code == code for sense in mention.of(Kind.METRIC))
        for mention in clause.mentions
    )


def _how_many(clause: Clause, base: ReportQuery | None) -> int:
    return min(counted_reports(clause) or (base.limit if base else 5), _MOST_READ)


def _earlier_topic(steps: tuple[Step, ...]) -> str:
    for step in steps:
        if isinstance(step, DocumentStep):
            return step.query.text
        if isinstance(step, RecommendStep):
            return step.topic
    return ""


def _values(steps: tuple[Step, ...], dimension: Dimension) -> tuple[str, ...]:
    queries = [step.query for step in steps if isinstance(step, MetricStep | ReportStep)]
    filters = [each for query in queries for each in query.filters if each.dimension is dimension and not each.exclude]
    return tuple(dict.fromkeys(code for each in filters for code in each.values))


def _matter(
    steps: tuple[Step, ...],
    categories: tuple[str, ...],
    regions: tuple[str, ...],
    clause: Clause | None,
    ground: Ground,
) -> str:
    """ "Banjir dan drainase di kecamatan Sungai Pinang", or the metric's name, or the words of the question."""
    names = tuple(ground.term_name(Dimension.CATEGORY, code) for code in categories)
    metrics = tuple(dict.fromkeys(step.query.metric for step in steps if isinstance(step, MetricStep)))
    items = _values(steps, Dimension.ITEM)
    if not names or items:
        names = tuple(_named(metric, items, ground) for code in metrics if (metric := ground.catalog.metric(code)))
    if not names:
        return (_topic(clause, ground) if clause else "") or ground.city.official_name.in_(ground.language)
    where = _where(regions, clause, ground)
    joined = listed(names, ground.language)
    inside = {"id": "di", "en": "in"}[ground.language.value]
    return f"{joined} {inside} {listed(where, ground.language)}" if where else joined


def _named(metric: Metric, items: tuple[str, ...], ground: Ground) -> str:
    """ "Harga pangan Cabai rawit"."""
    own = [item.name.in_(ground.language) for item in ground.catalog.items_of(metric) if item.code in items]
    return " ".join([ground.metric_name(metric), *own])


def _where(regions: tuple[str, ...], clause: Clause | None, ground: Ground) -> tuple[str, ...]:
    """The regions by name; as they were said, where one name stands for several."""
    said = tuple(clause.sentence.words(mention) for mention in clause.of(Kind.REGION)) if clause else ()
    if said and len(regions) > len(said):
        return said
    return tuple(ground.region_name(code) for code in regions)
