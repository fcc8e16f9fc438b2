"""Values that a clause holds results against: "di atas ambang siaga", "lebih dari 10", "di bawah 80 persen"."""

from agents.reasoners.offline.clauses import RANKS, Clause
from agents.reasoners.offline.lexicon import Kind, Mention
from agents.reasoners.offline.wishes import Amount
from pesut.contracts import Operator
from pesut.language.numbers import Number, number_at

_OPERATORS = {
    "above": Operator.ABOVE,
    "at_least": Operator.AT_LEAST,
    "below": Operator.BELOW,
    "at_most": Operator.AT_MOST,
}
_HOURS = {
    "jam": 1.0,
    "hour": 1.0,
    "hours": 1.0,
    "hari": 24.0,
    "day": 24.0,
    "days": 24.0,
    "minggu": 168.0,
    "week": 168.0,
    "weeks": 168.0,
}
_PERCENT = frozenset({"%", "persen", "percent", "prosen"})
YEARS = range(1990, 2100)
_SKIPPED = frozenset({"rp", "idr", "ambang", "batas", "angka", "nilai"})


def amount_of(clause: Clause) -> Amount | None:
    """A comparison with a number or with a named threshold; None where there is neither."""
    if _none(clause):
        return Amount(Operator.AT_MOST, value=0)
    named = bool(clause.of(Kind.THRESHOLD))
    for mention in clause.mentions:
        operator = next((_OPERATORS[sense.code] for sense in mention.of(Kind.CUE) if sense.code in _OPERATORS), None)
        if operator is None:
            continue
        number = _number_after(mention, clause)
        if number and mention.cue(*RANKS) and number.value in YEARS:
            continue  # "paling sedikit 2025" ranks the year's values
        if number:
            return _amount(operator, number, clause)
        if named or _limit_after(mention, clause):
            return Amount(operator, threshold=True)
    return Amount(Operator.AT_LEAST, threshold=True) if named else None


def _none(clause: Clause) -> bool:
    """ "kelurahan mana yang tidak punya laporan banjir": those of which there is nothing."""
    counted = (clause.next(each) for each in clause.mentions if each.cue("none"))
    return bool(clause.of(Kind.LEVEL)) and any(
        each and (each.of(Kind.METRIC) or each.of(Kind.TERM)) for each in counted
    )


def _amount(operator: Operator, number: Number, clause: Clause) -> Amount:
    unit = clause.word(number.end)
    factor = _HOURS.get(unit)
    return Amount(
        operator,
        value=number.value,
        hours=number.value * factor if factor else None,
        percent=unit in _PERCENT,
    )


def _number_after(mention: Mention, clause: Clause) -> Number | None:
    place = mention.end
    while clause.word(place) in _SKIPPED:
        place += 1
    words = [token.word for token in clause.sentence.tokens[: clause.end]]
    number = number_at(words, place) if place < clause.end else None
    in_period = any(each.start <= place < each.end for each in clause.of(Kind.PERIOD))
    return None if in_period and number and clause.word(number.end) not in _HOURS else number


def _limit_after(mention: Mention, clause: Clause) -> bool:
    following = clause.next(mention)
    return following is not None and (following.cue("limit") or bool(following.of(Kind.THRESHOLD)))
