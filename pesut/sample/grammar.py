"""A small grammar that writes texts: symbols with alternatives, chosen by chance, with slots that the caller fills.

In a text, `{name}` stands for a symbol or a slot, `{name?30}` for one that is left out in 70 of 100 cases (`{name?}`: half),
`{2-9}` for a whole number (`{10-90/5}`: in steps of 5), and `{this|that}` for alternatives, which may nest.
"""

import re
from collections.abc import Mapping, Sequence

from pesut.errors import InvalidInputError
from pesut.sample.dice import Dice, Weighted

Option = str | tuple[float, str]
"""An alternative, with its weight where that is not 1."""

Symbols = Mapping[str, Sequence[Option]]

_NUMBER = re.compile(r"(\d+)-(\d+)(?:/(\d+))?")
_NAME = re.compile(r"([a-z_]+)(\?(\d*))?")


class Number:
    __slots__ = ("low", "step", "steps")

    def __init__(self, low: int, high: int, step: int) -> None:
        self.low, self.step, self.steps = low, step, (high - low) // step


class Name:
    __slots__ = ("name", "share")

    def __init__(self, name: str, share: float) -> None:
        self.name, self.share = name, share


class Either:
    __slots__ = ("ways",)

    def __init__(self, ways: "Sequence[Text]") -> None:
        self.ways = tuple(ways)


Part = str | Number | Name | Either
Text = tuple[Part, ...]


class Grammar:
    """Compiled symbols. `write` expands one; slots win over symbols of the same name."""

    def __init__(self, symbols: Symbols) -> None:
        self.rules = {name: _compile(name, options) for name, options in symbols.items()}

    def extended(self, symbols: Symbols) -> "Grammar":
        """These symbols with others added, or put in their place."""
        grammar = Grammar({})
        grammar.rules = self.rules | {name: _compile(name, options) for name, options in symbols.items()}
        return grammar

    def enriched(self, symbols: Symbols) -> "Grammar":
        """These symbols with alternatives added to those that there are."""
        grammar = Grammar({})
        added = {name: _compile(name, options) for name, options in symbols.items()}
        grammar.rules = self.rules | {name: _together(self.rules.get(name), rule) for name, rule in added.items()}
        return grammar

    def write(self, symbol: str, dice: Dice, slots: Mapping[str, str]) -> str:
        return self.write_text(dice.draw(self.rules[symbol]), dice, slots)

    def write_text(self, text: Text, dice: Dice, slots: Mapping[str, str]) -> str:
        out: list[str] = []
        self._expand(text, dice, slots, out)
        return "".join(out)

    def _expand(self, text: Text, dice: Dice, slots: Mapping[str, str], out: list[str]) -> None:
        for part in text:
            if isinstance(part, str):
                out.append(part)
            elif isinstance(part, Name):
                if part.share < 1 and dice.uniform() >= part.share:
                    continue
                if (filled := slots.get(part.name)) is not None:
                    out.append(filled)
                else:
                    self._expand(dice.draw(self.rules[part.name]), dice, slots, out)
            elif isinstance(part, Either):
                self._expand(dice.pick(part.ways), dice, slots, out)
            else:
                out.append(str(part.low + part.step * dice.between(0, part.steps)))


def names_in(text: Text) -> set[str]:
    """The symbols and slots that a text refers to."""
    found: set[str] = set()
    for part in text:
        if isinstance(part, Name):
            found.add(part.name)
        elif isinstance(part, Either):
            found |= set[str]().union(*(names_in(way) for way in part.ways))
    return found


def _compile(name: str, options: Sequence[Option]) -> Weighted[Text]:
    pairs = [(1.0, option) if isinstance(option, str) else option for option in options]
    if not pairs:
        raise InvalidInputError(f"The symbol {name!r} of the sample texts has no alternative.", remedy="Give it one.")
    return Weighted([parse(text) for _, text in pairs], [weight for weight, _ in pairs])


def _together(some: Weighted[Text] | None, others: Weighted[Text]) -> Weighted[Text]:
    return others if some is None else Weighted(some.options + others.options, some.weights + others.weights)


def parse(source: str) -> Text:
    """Raises InvalidInputError where braces do not match or a name is not one."""
    text, end = _sequence(source, 0, closing="")
    assert end == len(source)
    return text


def _sequence(source: str, start: int, closing: str) -> tuple[Text, int]:
    parts: list[Part] = []
    plain = start
    at = start
    while at < len(source) and source[at] not in closing:
        if source[at] == "{":
            parts += [source[plain:at]] if plain < at else []
            part, at = _braces(source, at + 1)
            parts.append(part)
            plain = at
        else:
            at += 1
    parts += [source[plain:at]] if plain < at else []
    return tuple(parts), at


def _braces(source: str, start: int) -> tuple[Part, int]:
    ways: list[Text] = []
    at = start
    while True:
        way, at = _sequence(source, at, closing="|}")
        ways.append(way)
        if at >= len(source):
            raise InvalidInputError(f"A brace is not closed in {source!r}.", remedy="Close it in the sample texts.")
        at += 1
        if source[at - 1] == "}":
            break
    return (Either(ways) if len(ways) > 1 else _simple(ways[0], source)), at


def _simple(way: Text, source: str) -> Part:
    inner = way[0] if len(way) == 1 else None
    if isinstance(inner, str):
        if number := _NUMBER.fullmatch(inner):
            return Number(int(number[1]), int(number[2]), int(number[3] or 1))
        if name := _NAME.fullmatch(inner):
            return Name(name[1], 1.0 if name[2] is None else int(name[3] or 50) / 100)
    raise InvalidInputError(f"{inner!r} is neither a name nor a number in {source!r}.", remedy="Mend the sample text.")
