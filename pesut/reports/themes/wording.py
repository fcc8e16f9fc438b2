# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportArgumentType=false
# scikit-learn carries no types of its own.
"""What themes are called: the words that set each apart from the others (class TF-IDF)."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from pesut.search.grams import LETTERS
from pesut.search.terms import STOP_WORDS

TERMS, IN_A_LABEL = 8, 3
_SHORTEST = 3  # letters of a word
_TELLS_NOTHING = 0.5  # share of the themes in which a word occurs that then names none of them
_MUST_BE_IN = 0.12  # share of a theme's texts
_LONGER = 1.3  # how much more a pair of words says than one word


def phrases_of(text: str) -> list[str]:
    """Words that tell something, and pairs of them that stand side by side; each once."""
    said: list[str] = LETTERS.findall(text.lower())
    telling: list[str] = [word if len(word) >= _SHORTEST and word not in STOP_WORDS else "" for word in said]
    pairs = [f"{one} {other}" for one, other in pairwise(telling) if one and other and one != other]
    return list(dict.fromkeys([*(word for word in telling if word), *pairs]))


def terms_of_themes(texts: Sequence[Sequence[str]]) -> list[list[str]]:
    """For the texts of each theme up to TERMS phrases, the most telling first; none says again what one before it says.

    Class TF-IDF after Grootendorst (2022), arXiv:2203.05794: share of a theme's texts with a phrase, times
    ln(1 + themes / sum of these shares over all themes).
    """
    from sklearn.feature_extraction.text import CountVectorizer

    flat = [text for of_one in texts for text in of_one]
    if not flat:
        return [[] for _ in texts]
    counter = CountVectorizer(analyzer=phrases_of, binary=True, dtype=np.float32)
    found: Any = counter.fit_transform(flat)
    names = [str(name) for name in counter.get_feature_names_out()]
    ends = np.cumsum([len(of_one) for of_one in texts])
    shares = np.stack(
        [_share(found[end - len(of_one) : end]) for of_one, end in zip(texts, ends.tolist(), strict=True)]
    )
    weight = np.log(1 + len(texts) / np.maximum(shares.sum(axis=0), 1e-9))
    common = (shares >= _MUST_BE_IN).mean(axis=0) > _TELLS_NOTHING
    scores = shares * weight * np.array([_LONGER if " " in name else 1.0 for name in names]) * ~common
    return [_chosen(names, row, share) for row, share in zip(scores, shares, strict=True)]


def label_of(terms: Sequence[str]) -> str:
    return ", ".join(terms[:IN_A_LABEL])


def _share(found: Any) -> Any:
    return np.asarray(found.mean(axis=0)).ravel() if found.shape[0] else np.zeros(found.shape[1], dtype=np.float32)


def _chosen(names: list[str], scores: Any, shares: Any) -> list[str]:
    chosen: list[str] = []
    said: set[str] = set()
    for place in np.argsort(-scores, kind="stable")[: 10 * TERMS].tolist():
        words = set(names[place].split())
        if scores[place] > 0 and shares[place] >= _MUST_BE_IN and not words & said:
            chosen.append(names[place])
            said |= words
    return chosen[:TERMS]
