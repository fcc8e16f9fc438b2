"""A text as those who look for personal data see it: what is cheap to know of it, known once."""

import re
from functools import cached_property

_WORD = re.compile(r"[a-z]+")


class Look:
    """`words` are its words in lower case: most texts lack the word that would announce a kind, and are done with."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = frozenset(_WORD.findall(text.lower()))

    @cached_property
    def digits(self) -> int:
        return len(re.findall(r"\d", self.text))

    @cached_property
    def capitals_tell(self) -> bool:
        """Whether capitals tell names apart, which they do not where most letters are in them."""
        letters = len(re.findall(r"[A-Za-z]", self.text))
        return len(re.findall(r"[A-Z]", self.text)) < letters / 2

    def before(self, place: int, reach: int) -> str:
        """The `reach` characters before `place`."""
        return self.text[max(0, place - reach) : place]
