"""The same question as people also write it: by rules and a seed, the same each night."""

import random
import re
from collections.abc import Callable, Mapping

BEFORE = ("eh", "halo", "min,", "tolong dong,", "maaf mau tanya,", "pak,", "izin bertanya,", "coba lihat,")
AFTER = ("ya", "dong", "makasih", "mohon info", "terima kasih", "sih", "pak")
LONG_ENOUGH = 5  # letters of a word in which people mistype
MISTYPED = 2  # words of a question, at most
_WORD = re.compile(r"[^\W\d_]+")


def typos(question: str, dice: random.Random) -> str:
    """Letters swapped, dropped or doubled in the midst of long words."""
    places = [found for found in _WORD.finditer(question) if len(found[0]) >= LONG_ENOUGH]
    chosen = dice.sample(places, min(MISTYPED, len(places)))
    for found in sorted(chosen, key=lambda each: -each.start()):
        question = question[: found.start()] + _mistyped(found[0], dice) + question[found.end() :]
    return question


def punctuation(question: str, dice: random.Random) -> str:
    """None at all, or too much of it."""
    bare = re.sub(r"[?!.,;:]+(?=\s|$)", "", question)
    return bare + dice.choice(("", " ???", "!!", "...", " ?!"))


def letter_case(question: str, dice: random.Random) -> str:
    return dice.choice((question.lower(), question.upper()))


def filler(question: str, dice: random.Random) -> str:
    return f"{dice.choice(BEFORE)} {question.rstrip(' ?')} {dice.choice(AFTER)}?"


def everything(question: str, dice: random.Random) -> str:
    return punctuation(typos(filler(question, dice), dice).lower(), dice)


NOISES: Mapping[str, Callable[[str, random.Random], str]] = {
    "typos": typos,
    "punctuation": punctuation,
    "case": letter_case,
    "filler": filler,
    "everything": everything,
}


def noisy(question: str, kind: str) -> str:
    """The question with noise of this kind."""
    return NOISES[kind](question, random.Random(f"{kind}/{question}"))


def _mistyped(word: str, dice: random.Random) -> str:
    place = dice.randrange(1, len(word) - 2)
    match dice.randrange(3):
        case 0:
            return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
        case 1:
            return word[:place] + word[place + 1 :]
        case _:
            return word[:place] + word[place] + word[place:]
