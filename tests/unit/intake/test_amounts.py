"""Amounts are read exactly, as Indonesian offices write them, or not at all."""

from contextlib import suppress
from decimal import Decimal

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from pesut.intake.amounts import DecimalMark, infer_mark, parse_amount


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1.234.567,8", "1234567.8"),
        ("1,234,567.8", "1234567.8"),
        ("Rp1,2 miliar", "1200000000"),
        ("Rp 1.500.000,-", "1500000"),
        ("Rp. 5.000", "5000"),
        ("IDR 2,5 Jt", "2500000"),
        ("Rp 3 M", "3000000000"),
        ("5,3 triliun", "5300000000000"),
        ("12 ribu", "12000"),
        ("(500)", "-500"),
        ("-1.000,25", "-1000.25"),
        ("−5,2", "-5.2"),
        ("12,5 %", "12.5"),
        ("1 234", "1234"),
        ("0.125", "0.125"),
        ("7.90", "7.90"),
        ("12345678901234567890123456789012,123", "12345678901234567890123456789012.123"),
        (",5", "0.5"),
        ("1e3", "1000"),
    ],
)
def test_written_amounts(text: str, amount: str) -> None:
    assert parse_amount(text) == Decimal(amount)


@pytest.mark.parametrize(
    "value", ["", "abc", "7,9 m", "550 t", "1.2.3", "12.34.567", "1,2,3.4.5", "(5", True, float("nan"), "1-2", "١٢a"]
)
def test_what_is_no_amount(value: object) -> None:
    with pytest.raises(ValueError, match=r"number|scale|clear|mark"):
        parse_amount(value)


@pytest.mark.parametrize(("mark", "amount"), [(DecimalMark.COMMA, 1234), (DecimalMark.POINT, Decimal("1.234"))])
def test_the_convention_decides_what_can_be_read_both_ways(mark: DecimalMark, amount: object) -> None:
    assert parse_amount("1.234", mark) == amount


@pytest.mark.parametrize(
    ("column", "mark"),
    [
        (["1.234", "7.9"], DecimalMark.POINT),
        (["1.234", "5,5"], DecimalMark.COMMA),
        (["1.234", "1.234.567"], DecimalMark.COMMA),
        (["1.234", "500"], None),
        (["5,5", "7.9"], None),
        ([1.5, None, ""], None),
    ],
)
def test_a_column_gives_its_convention_away(column: list[object], mark: DecimalMark | None) -> None:
    assert infer_mark(column) is mark


@given(
    st.decimals(-(10**12), 10**12, places=3), st.sampled_from([("id", DecimalMark.COMMA), ("en", DecimalMark.POINT)])
)
def test_amounts_come_back_as_they_were_written(amount: Decimal, writing: tuple[str, DecimalMark]) -> None:
    locale, mark = writing
    text = format_decimal(amount, format="#,##0.###", locale=locale)
    assert parse_amount(text, mark) == amount


@given(st.one_of(st.integers(-(10**17), 10**17), st.floats(allow_nan=False, allow_infinity=False)))
def test_typed_numbers_stay_what_they_are(number: float) -> None:
    assert parse_amount(number) == Decimal(str(number))


@given(st.text(max_size=30))
def test_any_text_is_an_amount_or_refused(text: str) -> None:
    with suppress(ValueError):
        assert parse_amount(text).is_finite()
