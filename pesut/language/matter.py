"""Which words of a question carry its matter."""

from collections.abc import Sequence

from pesut.language.common import SMALL_WORDS, light_words
from pesut.language.stems import stems_of, without_particle
from pesut.language.tokens import Token

_VERBAL = ("me", "di", "ber", "ter", "nge", "ng", "ny")
_NAMING = "an"  # "pendapatan", "terusan" name a thing, whatever their root; "sampaikan" does not


def content_words(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Tokens that carry matter: neither small nor light words, nor verbs of these ("disampaikan"), nor numbers."""
    return tuple(token for token in tokens if token.word.isalpha() and len(token.word) > 2 and not is_light(token.word))


def is_light(word: str) -> bool:
    """Whether a word carries no matter of its own, in whatever verbal form."""
    empty = SMALL_WORDS | light_words()
    bare = without_particle(word)
    if {word, bare} & empty:
        return True
    verb = bare or word
    is_verb = verb.endswith("kan") or (verb.startswith(_VERBAL) and not verb.endswith(_NAMING))
    return is_verb and bool(stems_of(verb) & empty)
