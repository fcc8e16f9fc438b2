"""Which regions a clause asks for."""

from collections.abc import Sequence

from agents.reasoners.offline.clauses import Clause
from agents.reasoners.offline.lexicon import Kind, Lexicon, Mention, Sense
from agents.reasoners.offline.wishes import NamedPlace, Places
from pesut.city.models import RegionLevel
from pesut.language.common import SMALL_WORDS
from pesut.language.phrases import GUESS
from pesut.language.stems import is_formed
from pesut.language.tokens import Token

_LONGEST_UNKNOWN = 3


def places_of(clause: Clause, lexicon: Lexicon) -> Places:
    """The regions named, those excepted ("kecuali Palaran"), and place names that the city does not know."""
    named = tuple(_named(mention, clause, lexicon) for mention in clause.of(Kind.REGION))
    root = lexicon.city.root
    return Places(
        named=tuple(place for place in named if root not in place.codes),
        whole=clause.cue("whole_city") is not None or any(root in place.codes for place in named),
        unknown=unknown_places(clause, lexicon),
        elsewhere=tuple(clause.sentence.words(mention) for mention in clause.of(Kind.ELSEWHERE)),
    )


def _named(mention: Mention, clause: Clause, lexicon: Lexicon) -> NamedPlace:
    """The regions that a mention stands for: of the level whose title is before it, else of the highest level named so."""
    before = clause.previous(mention)
    title = before.of(Kind.LEVEL) if before and before.end == mention.start else ()
    wanted = RegionLevel(title[0].code) if title else None
    by_level = [(_level(sense, lexicon), sense.code) for sense in mention.of(Kind.REGION)]
    order = (wanted, RegionLevel.CITY, RegionLevel.DISTRICT, RegionLevel.VILLAGE)
    level = next((each for each in order if each and any(known is each for known, _ in by_level)), None)
    return NamedPlace(
        mention,
        clause.sentence.words(mention),
        codes=tuple(code for known, code in by_level if known is level),
        excluded=_excepted(mention, clause),
        titled=wanted is not None,
    )


def unknown_places(clause: Clause, lexicon: Lexicon) -> tuple[str, ...]:
    """Names after "di", "kecamatan" or "kelurahan" that are no word of this city."""
    found: list[str] = []
    sure = [mention for mention in clause.mentions if mention.quality > GUESS or mention.of(Kind.REGION)]
    covered = {place for mention in sure for place in range(mention.start, mention.end)}
    for mention in clause.mentions:
        titled = bool(mention.of(Kind.LEVEL))
        if not titled and not (mention.cue("place") and clause.word(mention.end - 1) in {"di", "in", "at"}):
            continue
        names = _unknown_after(clause, mention.end, covered, lexicon, titled=titled)
        if names and (titled or _looks_like_name(clause, mention.end)):
            found.append(names)
    return tuple(found)


def _level(sense: Sense, lexicon: Lexicon) -> RegionLevel | None:
    if sense.code == lexicon.city.root:
        return RegionLevel.CITY
    region = lexicon.gazetteer.region(sense.code)
    return region.level if region else None


def _excepted(mention: Mention, clause: Clause) -> bool:
    before = clause.previous(mention)
    if before and before.cue("place"):
        before = clause.previous(before)
    if before and before.of(Kind.LEVEL):
        before = clause.previous(before)
    return before is not None and before.cue("except")


def _unknown_after(clause: Clause, start: int, covered: set[int], lexicon: Lexicon, *, titled: bool) -> str:
    tokens = clause.sentence.tokens
    end, last = start, min(clause.end, start + _LONGEST_UNKNOWN)
    while end < last and end not in covered and not (end > start and tokens[end].broken):
        token = tokens[end]
        known = _is_word(token.word, () if titled else token.guesses + token.far_guesses, lexicon) and not _capital(
            token, clause
        )
        if known or token.word in SMALL_WORDS or not token.word.isalpha():
            break
        end += 1
    return clause.sentence.text[tokens[start].start : tokens[end - 1].end] if end > start else ""


def _capital(token: Token, clause: Clause) -> bool:
    """Whether the word is written as a name, in a sentence that is not all written so."""
    lower = sum(each.text[:1].islower() for each in clause.sentence.tokens)
    return token.text[:1].isupper() and lower * 2 > len(clause.sentence.tokens)


def _is_word(word: str, guesses: Sequence[str], lexicon: Lexicon) -> bool:
    return bool(guesses) or lexicon.corrections.known(word) or is_formed(word) or word in lexicon.told


def _looks_like_name(clause: Clause, place: int) -> bool:
    """A lone word after "di": a name, unless it is short."""
    return len(clause.word(place)) > 3
