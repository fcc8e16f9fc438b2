"""A light stemmer for matching question words with catalog words: both sides are cut alike, so it need not be exact.

Indonesian affixes and English plurals only; place names are never stemmed.
"""

from functools import lru_cache

from pesut.language.common import ordinary_words

_PARTICLES = ("nya", "kah", "lah", "pun", "ku", "mu")
_SUFFIXES = ("kan", "an", "in", "i")  # "-in" is the everyday "-kan"
_PLAIN_PREFIXES = ("memper", "diper", "ber", "ter", "per", "pel", "bel", "di", "ke", "se")
_NASAL = {
    "meny": "s",
    "peny": "s",
    "meng": "",
    "peng": "",
    "mem": "",
    "pem": "",
    "men": "",
    "pen": "",
    "nge": "",
    "ng": "",
    "ny": "s",
    "me": "",
    "pe": "",
}
_RESTORED = {"mem": "p", "pem": "p", "men": "t", "pen": "t", "meng": "k", "peng": "k", "ng": "k"}
_VOWELS = frozenset("aeiou")
_SHORTEST = 3


@lru_cache(maxsize=20_000)
def stems_of(word: str) -> frozenset[str]:
    """The stems that a word may have, itself among them; several where the affixes leave a choice."""
    if len(word) <= _SHORTEST or not word.isalpha():
        return frozenset({word})
    found = {word}
    for bare in filter(None, (word, without_particle(word))):
        found.add(bare)
        for inner in _without_prefix(bare):
            found.add(inner)
            found.update(_without_suffix(inner))
        found.update(_without_suffix(bare))
    found.update(_singular(word))
    return frozenset(each for each in found if len(each) >= _SHORTEST)


def is_formed(word: str) -> bool:
    """Whether a word is formed from an ordinary one ("tercatat" from "catat"), and so is no misspelling of another."""
    return any(len(stem) > _SHORTEST and stem in ordinary_words() for stem in stems_of(word))


def without_particle(word: str) -> str:
    """ "jumlah" of "jumlahnya"; "" where no particle ends the word."""
    ends = (end for end in _PARTICLES if word.endswith(end) and len(word) - len(end) > _SHORTEST - (end == "nya"))
    return next((word[: -len(end)] for end in ends), "")


def _without_suffix(word: str) -> list[str]:
    return [word[: -len(end)] for end in _SUFFIXES if word.endswith(end) and len(word) - len(end) > _SHORTEST]


def _without_prefix(word: str) -> list[str]:
    """What is left of the prefix; with a sound that the prefix may have swallowed, unless what is left is a word as it is."""
    plain = [word[len(start) :] for start in _PLAIN_PREFIXES if word.startswith(start)]
    plain += [sound + word[len(start) :] for start, sound in _NASAL.items() if word.startswith(start)]
    if any(each in ordinary_words() for each in plain):
        return [each for each in plain if len(each) > _SHORTEST]
    return [each for each in (*plain, *_restored(word)) if len(each) > _SHORTEST]


def _restored(word: str) -> list[str]:
    """ "memukul": "pukul"."""
    return [
        sound + word[len(start) :]
        for start, sound in _RESTORED.items()
        if word.startswith(start) and word[len(start) :][:1] in _VOWELS
    ]


def _singular(word: str) -> list[str]:
    if word.endswith("ies") and len(word) > 5:
        return [word[:-3] + "y"]
    if word.endswith(("ches", "shes", "xes", "sses")):
        return [word[:-2]]
    return [word[:-1]] if word.endswith("s") and not word.endswith("ss") and len(word) > 4 else []
