"""Many phrases looked for at once in a row of words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from pesut.language.common import SMALL_WORDS
from pesut.language.stems import stems_of, without_particle
from pesut.language.tokens import Token

T = TypeVar("T")

EXACT = 1.0
RAW = 0.99  # as typed, before an everyday spelling was mended
STEM = 0.95
GUESS = 0.8
FAR = 0.7  # a guess two slips away
SKIP = 0.98  # a small word between two words of the phrase
PARTICLE = 0.96  # "persennya", "berapakah": the word with a particle behind it
_SKIPPED = SMALL_WORDS - {"ini", "itu", "nya", "this"}
_LONGEST_SKIP = 1


@dataclass(frozen=True)
class Match(Generic[T]):
    """A phrase over the tokens `start` to `end` (exclusive); `quality` falls with stems, guesses and skipped words."""

    start: int
    end: int
    value: T
    quality: float


@dataclass
class _Node(Generic[T]):
    words: dict[str, "_Node[T]"] = field(default_factory=dict[str, "_Node[T]"])
    stems: dict[str, list["_Node[T]"]] = field(default_factory=dict[str, list["_Node[T]"]])
    values: list[T] = field(default_factory=list[T])


class PhraseIndex(Generic[T]):
    """Phrases with their values, found word by word: as written, by stem (where added so), or by a guess at a misspelling."""

    def __init__(self) -> None:
        self._root: _Node[T] = _Node()

    def add(self, words: Sequence[str], value: T, *, stems: bool = False) -> None:
        """Adds a phrase; with `stems`, other forms of its words match too."""
        node = self._root
        for word in words:
            following = node.words.get(word)
            if following is None:
                following = node.words[word] = _Node()
            if stems:
                for stem in stems_of(word):
                    near = node.stems.setdefault(stem, [])
                    if not any(each is following for each in near):
                        near.append(following)
            node = following
        if words and value not in node.values:
            node.values.append(value)

    def find(self, tokens: Sequence[Token]) -> list[Match[T]]:
        """All phrases in the tokens, overlapping ones too; none reaches across a mark. Best quality per place and value."""
        best: dict[tuple[int, int, T], float] = {}
        for start in range(len(tokens)):
            for end, value, quality in self._walk(tokens, start):
                key = (start, end, value)
                best[key] = max(best.get(key, 0.0), quality)
        return [Match(start, end, value, quality) for (start, end, value), quality in best.items()]

    def _walk(self, tokens: Sequence[Token], start: int) -> Iterator[tuple[int, T, float]]:
        pending: list[tuple[int, _Node[T], float, int]] = [(start, self._root, EXACT, 0)]
        while pending:
            at, node, quality, skipped = pending.pop()
            if at >= len(tokens) or (at > start and tokens[at].broken):
                continue
            token = tokens[at]
            for following, fit in self._steps(node, token):
                for value in following.values:
                    yield at + 1, value, quality * fit
                if following.words:
                    pending.append((at + 1, following, quality * fit, 0))
            if at > start and token.word in _SKIPPED and skipped < _LONGEST_SKIP:
                pending.append((at + 1, node, quality * SKIP, skipped + 1))

    def _steps(self, node: _Node[T], token: Token) -> Iterator[tuple[_Node[T], float]]:
        exact = node.words.get(token.word)
        if exact is not None:
            yield exact, EXACT
        if token.raw != token.word and (typed := node.words.get(token.raw)) is not None:
            yield typed, RAW
        bare = without_particle(token.word)
        if bare and exact is None and (led := node.words.get(bare)) is not None:
            yield led, PARTICLE
        yield from ((near, STEM) for near in _by_stem(node, token) if near is not exact)
        for guesses, fit in ((token.guesses, GUESS), (token.far_guesses, FAR)):
            for guess in guesses:
                if (guessed := node.words.get(guess)) is not None:
                    yield guessed, fit


def _by_stem(node: _Node[T], token: Token) -> Iterator[_Node[T]]:
    if node.stems:
        for stem in stems_of(token.word):
            yield from node.stems.get(stem, ())
