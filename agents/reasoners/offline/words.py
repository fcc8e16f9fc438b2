"""Metrics recognised by some words of their names, where no name stands whole."""

from collections.abc import Callable

from agents.reasoners.offline.clauses import Clause
from agents.reasoners.offline.lexicon import Kind, Lexicon, Mention
from agents.reasoners.offline.lexicon.metric_names import MetricName
from pesut.language.common import SMALL_WORDS
from pesut.language.matter import content_words
from pesut.language.stems import stems_of
from pesut.language.tokens import Token

_ENOUGH = 0.6  # share of a name's weight that the question must hold
_CLEAR = 0.75  # a runner-up below this part of the best is out of the question
MOST = 4


def by_words(
    clause: Clause,
    lexicon: Lexicon,
    among: tuple[str, ...] = (),
    least: float = _ENOUGH,
    shortest: int = 1,
    besides: Mention | None = None,
) -> tuple[str, ...]:
    """Codes of the metrics whose names share enough telling words with the clause, best first, none far behind the best.

    `among` limits the search to these codes; `least` is the share of a name's weight that must be found (0 to 1), `shortest` the number of
    words that a name must have. The words of the mention `besides` do not count.
    """
    said = _said(clause, besides)
    scores: dict[str, float] = {}
    for name in lexicon.names.names if said else ():
        if (not among or name.metric in among) and len(name.words) >= shortest:
            scores[name.metric] = max(scores.get(name.metric, 0.0), _score(name, said, least))
    best = max(scores.values(), default=0.0)
    near = [
        code for code, score in sorted(scores.items(), key=lambda each: -each[1]) if score and score >= best * _CLEAR
    ]
    return tuple(near[:MOST])


def matter_of(clause: Clause) -> tuple[Token, ...]:
    """The content words that no place, period, agency or turn of phrase takes."""
    taken = _places(clause, lambda mention: mention.is_turn)
    return content_words(tuple(token for place, token in enumerate(clause.tokens, clause.start) if place not in taken))


def _places(clause: Clause, also: Callable[[Mention], bool]) -> set[int]:
    kinds = (Kind.PERIOD, Kind.REGION, Kind.AGENCY, Kind.LEVEL)
    return {
        place
        for mention in clause.mentions
        if also(mention) or any(mention.of(kind) for kind in kinds)
        for place in range(mention.start, mention.end)
    }


def _said(clause: Clause, besides: Mention | None) -> frozenset[str]:
    """Stems of the words of matter, of those for a kind of thing ("puskesmas mana"), and of "lama", which is a length of time too."""
    taken = _places(clause, lambda mention: mention.is_turn and not _names_kind(mention) and not mention.cue("slow"))
    taken |= set(range(besides.start, besides.end)) if besides else set()
    tokens = [token for place, token in enumerate(clause.tokens, clause.start) if place not in taken]
    told = [token for token in tokens if token.word not in SMALL_WORDS and token.word.isalpha() and len(token.word) > 2]
    return frozenset(
        stem for token in told for word in (token.word, *token.guesses, *token.far_guesses) for stem in stems_of(word)
    )


def _names_kind(mention: Mention) -> bool:
    return any(sense.kind is Kind.CUE and sense.code.startswith("unit_") for sense in mention.senses)


def _score(name: MetricName, said: frozenset[str], least: float) -> float:
    found = name.covered(said)
    share = found / name.whole if name.whole else 0.0
    return found * share if share >= least else 0.0
