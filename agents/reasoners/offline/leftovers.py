"""Words of a clause that its reading does not explain: what keeps "harga rumah" from being read as food prices."""

from dataclasses import dataclass

from agents.reasoners.offline.clauses import Clause
from agents.reasoners.offline.facts import datasets
from agents.reasoners.offline.lexicon import Kind, Lexicon, Mention, Sense
from pesut.catalog.models import Metric
from pesut.contracts import Dimension
from pesut.language.matter import content_words
from pesut.language.numbers import number_words
from pesut.language.periods.vocabulary import period_words
from pesut.language.stems import stems_of
from pesut.language.tokens import Token

_ALWAYS = (Kind.PERIOD, Kind.REGION, Kind.AGENCY, Kind.LEVEL, Kind.ELSEWHERE)


@dataclass(frozen=True)
class Leftover:
    """`words` as typed, in a row where they stand so; `beside`: they stand right beside what names the metric or the term, and so
    belong to it.
    """

    words: tuple[str, ...] = ()
    beside: bool = False

    @property
    def text(self) -> str:
        return " ".join(self.words)


def leftover_of(clause: Clause, metric: Metric, lexicon: Lexicon) -> Leftover:
    """The words of matter that neither the metric nor anything read beside it accounts for."""
    own = _vocabulary(metric, lexicon)
    used = [
        mention
        for mention in clause.mentions
        if _explains(mention, metric, lexicon) or _names_its_matter(mention, clause, own)
    ]
    taken = {place for mention in used for place in range(mention.start, mention.end)}
    known = own | _term_words(used, lexicon)
    left = [place for place in range(clause.start, clause.end) if place not in taken and _matters(clause, place, known)]
    cores = [mention for mention in used if mention.of(Kind.METRIC) or mention.of(Kind.TERM) or mention.of(Kind.ITEM)]
    beside = any(
        place in {core.start - 1, _after(core, clause)} and not _parted(clause, place, core)
        for place in left
        for core in cores
    )
    return Leftover(tuple(clause.sentence.tokens[place].text for place in left), beside)


def _after(core: Mention, clause: Clause) -> int:
    """Where the word that belongs to it would stand: in "suhu paling panas" the one after "paling"."""
    return core.end + (clause.word(core.end) == "paling")


def _explains(mention: Mention, metric: Metric, lexicon: Lexicon) -> bool:
    return mention.is_turn or any(_counts(sense, metric, lexicon) for sense in mention.senses)


def _names_its_matter(mention: Mention, clause: Clause, own: frozenset[str]) -> bool:
    """ "air PDAM" beside a measure of water: a category of reports that shares words with the metric."""
    words = [clause.word(place) for place in range(mention.start, mention.end)]
    return bool(mention.of(Kind.TERM)) and mention.length > 1 and any(stems_of(word) & own for word in words)


def _counts(sense: Sense, metric: Metric, lexicon: Lexicon) -> bool:
    match sense.kind:
        case Kind.METRIC:
            return sense.code == metric.code or _shares_rows(sense.code, metric, lexicon)
        case Kind.TERM:
            return Dimension(sense.within) in lexicon.catalog.dimensions_of(metric)
        case Kind.ITEM:
            return sense.within in datasets(metric, lexicon.catalog)
        case Kind.THRESHOLD:
            return True
        case _:
            return sense.kind in _ALWAYS


def _shares_rows(code: str, metric: Metric, lexicon: Lexicon) -> bool:
    """Plain reports beside the time they take, a mean beside its maximum: words of the same matter."""
    return bool(lexicon.datasets_of(code) & datasets(metric, lexicon.catalog))


def _matters(clause: Clause, place: int, known: frozenset[str]) -> bool:
    token: Token = clause.sentence.tokens[place]
    told = token.word in number_words() or token.word in period_words()
    if told or not content_words((token,)) or clause.word(place - 1)[:1].isdigit():
        return False  # the word after a number is its unit
    return not any(stems_of(word) & known for word in (token.word, *token.guesses, *token.far_guesses))


def _term_words(used: list[Mention], lexicon: Lexicon) -> frozenset[str]:
    """Stems of all words for the terms that were read: "lampu pju mati" is one matter."""
    senses = {(sense.within, sense.code) for mention in used for sense in mention.of(Kind.TERM)}
    told = [
        name
        for within, code in senses
        for term in lexicon.catalog.terms(Dimension(within))
        if term.code == code
        for name in (term.name.id, term.name.en, *term.synonyms)
    ]
    return lexicon.stems(" ".join(told), 3)


def _parted(clause: Clause, place: int, core: Mention) -> bool:
    later = max(place, core.start)
    return clause.sentence.tokens[later].broken


def _vocabulary(metric: Metric, lexicon: Lexicon) -> frozenset[str]:
    """Stems of all words by which the catalog tells of the metric."""
    told = [metric.name.id, metric.name.en, *metric.synonyms, metric.definition, metric.unit, metric.area]
    for dataset in lexicon.catalog.datasets_of(metric):
        told += [dataset.title.id, dataset.title.en, dataset.concept, dataset.definition]
    return lexicon.stems(" ".join(told), 3)
