"""Honest refusals: another city, an unknown place, a future, no data, no business of the city's."""

from collections import Counter

from rapidfuzz import fuzz, process

from agents.reasoners.offline.clauses import Clause
from agents.reasoners.offline.ground import Ground
from agents.reasoners.offline.lexicon import Kind
from agents.reasoners.offline.messages import listed, period_words
from agents.reasoners.offline.wishes import Wishes
from agents.reasoners.offline.words import matter_of
from pesut.city.models import Agency
from pesut.contracts import Decline, DeclineReason
from pesut.language.periods import PeriodKind
from pesut.language.stems import stems_of

_NEAR = 60.0
_NEAREST = 3
_QUANTITIES = (
    "quantity",
    "share",
    "average",
    "trend",
    "rank_high",
    "rank_low",
    "per_capita",
    "compare",
    "change",
    "state",
)


def wrong_place(wishes: Wishes, ground: Ground) -> Decline | None:
    """A decline where the only places named lie elsewhere or are not known."""
    places = wishes.places
    if places.elsewhere and not places.named:
        city = ground.city.official_name.in_(ground.language)
        message = ground.say("elsewhere", place=places.elsewhere[0].title(), city=city)
        return Decline(reason=DeclineReason.OUT_OF_SCOPE, message=message)
    if places.unknown and not places.named:
        return _unknown_region(places.unknown[0], ground)
    return None


def not_yet(wishes: Wishes, ground: Ground) -> Decline | None:
    """A decline for a period that lies ahead."""
    said = wishes.period
    if said is None or said.kind is not PeriodKind.FUTURE or said.period is None:
        return None
    message = ground.say("future", period=period_words(said.period, ground.language))
    return Decline(reason=DeclineReason.NO_DATA, message=message)


def by_day_part(clause: Clause, ground: Ground) -> Decline | None:
    """A decline for hours of the day and kinds of days, which no data are told apart by."""
    said = tuple(clause.sentence.words(each) for each in clause.mentions if each.cue("day_part"))
    if not said:
        return None
    message = ground.say("day_parts", said=listed(said, ground.language))
    return Decline(reason=DeclineReason.NO_DATA, message=message)


def elsewhere(clause: Clause, wishes: Wishes, ground: Ground) -> Decline | None:
    """A decline for poems, jokes and the like, unless something of the city's is asked for too."""
    if not clause.cue("elsewhere") or clause.of(Kind.METRIC) or clause.cue("quantity"):
        return None
    return no_plan(clause, wishes, ground)


def no_plan(clause: Clause, wishes: Wishes, ground: Ground) -> Decline:
    """Why nothing in the clause could be planned, with whom to ask instead."""
    example = ground.city.questions[0]
    city = ground.city.official_name.in_(ground.language)
    if clause.cue("smalltalk"):
        return Decline(reason=DeclineReason.OUT_OF_SCOPE, message=ground.say("hello", city=city, example=example))
    topic = topic_of(clause)
    agency = _best_agency(clause, ground)
    if clause.cue("elsewhere") or not topic or not (agency or _about_the_city(clause, wishes)):
        message = ground.say("out_of_scope", city=city, example=example)
        return Decline(reason=DeclineReason.OUT_OF_SCOPE, message=message)
    return no_data(clause, topic, ground)


def topic_of(clause: Clause) -> str:
    """What the clause is about, in its own first words of matter."""
    return " ".join(token.text for token in matter_of(clause)[:4])


def no_data(clause: Clause, topic: str, ground: Ground) -> Decline:
    """The catalog does not hold it; with the agency whose mandate is nearest."""
    agency = _best_agency(clause, ground)
    city = ground.city.official_name.in_(ground.language)
    ask = ground.say("ask_agency", agency=agency.name) if agency else ""
    message = ground.say("no_data", topic=topic, city=city, ask=ask)
    return Decline(reason=DeclineReason.NO_DATA, message=message, agency=agency.code if agency else None)


def best_agency(words: frozenset[str], ground: Ground) -> Agency | None:
    """The agency whose mandate, name and categories share most with these stems, each stem counted the less the more agencies
    use it; None where none shares anything.
    """
    described = [(agency, ground.lexicon.mandates[agency.code]) for agency in ground.gazetteer.agencies]
    users = Counter(word for _, own in described for word in own & words)
    scored = [(sum(1 / users[word] for word in own & words), agency) for agency, own in described]
    best = max(scored, key=lambda each: each[0], default=(0.0, None))
    return best[1] if best[0] > 0 else None


def _best_agency(clause: Clause, ground: Ground) -> Agency | None:
    named = clause.of(Kind.AGENCY)
    if named:
        return ground.gazetteer.agency(named[0].of(Kind.AGENCY)[0].code)
    words = {stem for token in matter_of(clause) for stem in stems_of(token.word) if len(stem) > 3}
    return best_agency(frozenset(words), ground)


def _about_the_city(clause: Clause, wishes: Wishes) -> bool:
    """Whether the clause asks for a quantity, or names a part of the city or an agency."""
    placed = bool(wishes.places.named) or wishes.places.whole or bool(wishes.agencies)
    return placed or clause.cue(*_QUANTITIES) is not None or bool(clause.of(Kind.LEVEL))


def _unknown_region(place: str, ground: Ground) -> Decline:
    names = {region.name: region for region in ground.gazetteer.regions if region.code != ground.city.root}
    near = process.extract(
        place, list(names), scorer=fuzz.ratio, processor=str.casefold, score_cutoff=_NEAR, limit=_NEAREST
    )
    found = [ground.region_name(names[match[0]].code) for match in near]
    nearest = ground.say("nearest", names=", ".join(found)) if found else ""
    city = ground.city.official_name.in_(ground.language)
    message = ground.say("unknown_region", place=place, city=city, nearest=nearest)
    return Decline(reason=DeclineReason.UNKNOWN_REGION, message=message)
