"""Spells a clean text as a given kind of person would."""

import re

from pesut.sample.dice import Dice
from pesut.sample.report_spec import Style, Words

_DOUBLED = re.compile(r"([.,;:!?])(?:\s*[.,;:])+")
_SENTENCE = re.compile(r"(^|[.!?]\s+)([a-z])")
_STOPS = re.compile(r"[.,]")
SHORTEST_MISTYPED = 5  # letters
SHORTEST_WORD = 3


class Speller:
    """`clean` tidies what the grammar put together; `spell` adds a style's habits."""

    def __init__(self, words: Words, dice: Dice) -> None:
        self.short, self.local, self.emoji = words.short, words.local, words.emoji
        self.dice = dice

    def spell(self, text: str, style: Style) -> str:
        dice = self.dice
        if style.short or style.local or style.typos:
            text = " ".join([self._word(word, style) for word in text.split(" ")])
        if style.unpunctuated and dice.chance(style.unpunctuated):
            text = _STOPS.sub("", text)
        if style.lower and dice.chance(style.lower):
            text = text.lower()
        elif style.capitals and dice.chance(style.capitals):
            text = text.upper()
        else:
            text = _SENTENCE.sub(_capital, text)
        if style.stretched and dice.chance(style.stretched):
            text = self._stretch(text)
        if style.loud and dice.chance(style.loud):
            text = text.rstrip(". ") + dice.pick(("!!!", "!!", "...", "??", "!!!!", " 🙏🙏"))
        if style.emoji and dice.chance(style.emoji):
            text = f"{text} {dice.pick(self.emoji)}"
        return text

    def _word(self, word: str, style: Style) -> str:
        dice = self.dice
        key = word.rstrip(".,!?;:)")
        if key in self.local and dice.uniform() < style.local:
            return dice.pick(self.local[key]) + word[len(key) :]
        if key in self.short and dice.uniform() < style.short:
            return dice.pick(self.short[key]) + word[len(key) :]
        if style.typos and len(key) >= SHORTEST_MISTYPED and key.isalpha() and dice.uniform() < style.typos:
            return self._mistype(key) + word[len(key) :]
        return word

    def _mistype(self, word: str) -> str:
        at = self.dice.between(1, len(word) - 2)
        match self.dice.below(4):
            case 0:
                return word[:at] + word[at + 1 :]
            case 1:
                return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
            case 2:
                return word[:at] + word[at] + word[at:]
            case _:
                vowels = [place for place, letter in enumerate(word) if place and letter in "aiueo"]
                drop = self.dice.pick(vowels) if vowels else at
                return word[:drop] + word[drop + 1 :]

    def _stretch(self, text: str) -> str:
        words = text.split(" ")
        at = self.dice.below(len(words))
        if words[at].isalpha() and len(words[at]) > 3:
            words[at] += words[at][-1] * self.dice.between(2, 4)
        return " ".join(words)


def clean(text: str) -> str:
    """Single spaces, none before a stop, no two stops in a row, no word twice in a row."""
    words = text.split()
    kept = [
        word for before, word in zip(["", *words], words, strict=False) if word != before or len(word) < SHORTEST_WORD
    ]
    text = " ".join(kept).replace(" ,", ",").replace(" .", ".").replace(" ?", "?").replace(" :", ":")
    return _DOUBLED.sub(_one_stop, text).strip(" ,;")


def _one_stop(match: re.Match[str]) -> str:
    first = match[1]
    return first if first in "!?" or "." not in match[0] else "."


def _capital(match: re.Match[str]) -> str:
    return match[1] + match[2].upper()
