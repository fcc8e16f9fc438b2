"""Texts are written from symbols, slots, numbers and alternatives; what cannot be read is refused."""

import pytest

from pesut.errors import InvalidInputError
from pesut.sample.dice import Dice, generator
from pesut.sample.grammar import Grammar, names_in, parse


def _written(options: list[str], slots: dict[str, str] | None = None, times: int = 300) -> set[str]:
    grammar, dice = Grammar({"text": options, "word": ["air"]}), Dice(generator(1, "test"))
    return {grammar.write("text", dice, slots or {}) for _ in range(times)}


def test_alternatives_nest_and_may_be_empty() -> None:
    assert _written(["{a|b{c|}}"]) == {"a", "bc", "b"}


def test_numbers_keep_to_their_bounds_and_steps() -> None:
    assert _written(["{2-4}"]) == {"2", "3", "4"}
    assert _written(["{10-30/10} ribu"]) == {"10 ribu", "20 ribu", "30 ribu"}


def test_a_slot_wins_over_the_symbol_of_its_name() -> None:
    assert _written(["{word} mati"]) == {"air mati"}
    assert _written(["{word} mati"], {"word": "lampu"}) == {"lampu mati"}


def test_what_is_optional_comes_as_often_as_it_says() -> None:
    grammar, dice = Grammar({"text": ["{word?20}"], "word": ["x"]}), Dice(generator(1, "test"))
    written = [grammar.write("text", dice, {}) for _ in range(4000)]
    assert 0.17 < written.count("x") / len(written) < 0.23


def test_weights_count() -> None:
    grammar, dice = Grammar({"text": [(9, "often"), "seldom"]}), Dice(generator(1, "test"))
    written = [grammar.write("text", dice, {}) for _ in range(4000)]
    assert 0.87 < written.count("often") / len(written) < 0.93


def test_enriching_adds_and_extending_replaces() -> None:
    grammar = Grammar({"text": ["a"]})
    dice = Dice(generator(1, "test"))
    assert {grammar.enriched({"text": ["b"]}).write("text", dice, {}) for _ in range(50)} == {"a", "b"}
    assert {grammar.extended({"text": ["b"]}).write("text", dice, {}) for _ in range(50)} == {"b"}


def test_every_name_is_found() -> None:
    assert names_in(parse("{hi}{core|{harm?30} {2-9}} {at}")) == {"hi", "harm", "at"}


@pytest.mark.parametrize("source", ["{open", "a {b|c", "{Not a name}", "{}"])
def test_what_cannot_be_read_is_refused(source: str) -> None:
    with pytest.raises(InvalidInputError):
        parse(source)
