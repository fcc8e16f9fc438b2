"""Comparisons that a sentence states in words are computed again from the numbers it shows."""

import re
from collections.abc import Sequence
from decimal import Decimal

from agents.answer.check.values import CHANGES, is_number
from pesut.contracts import Claim, ClaimKind, Evidence, MetricQuery, Operator, Row
from pesut.placeholders import Placeholder, Sources, literals, placeholders, resolve
from pesut.placeholders.numbers import number_of

_HELD = {ClaimKind.FACT, ClaimKind.ANALYSIS}
_UP = re.compile(
    r"\b(naik|meningkat|bertambah|melonjak|menanjak|peningkatan|kenaikan|rose|risen|rising|increased?|increasing|grew|grown|up)\b",
    re.IGNORECASE,
)
_DOWN = re.compile(
    r"\b(turun|menurun|berkurang|merosot|anjlok|menyusut|penurunan|fell|fallen|falling|decreased?|decreasing|declined?|dropped|down)\b",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"\b(lebih (tinggi|banyak|besar|lama|mahal|buruk)|melebihi|melampaui|di atas|higher|greater|larger|longer|more than|above|exceed(s|ed)?)\b",
    re.IGNORECASE,
)
_LESS = re.compile(
    r"\b(lebih (rendah|sedikit|kecil|cepat|murah|singkat)|di bawah|lower|fewer|smaller|shorter|less than|below)\b",
    re.IGNORECASE,
)
_MOST = re.compile(
    r"\b(tertinggi|terbanyak|terbesar|terlama|termahal|paling (tinggi|banyak|besar|lama|mahal)|highest|most|largest|greatest|longest)\b",
    re.IGNORECASE,
)
_LEAST = re.compile(
    r"\b(terendah|tersedikit|terkecil|tersingkat|termurah|paling (rendah|sedikit|kecil|singkat|murah)|lowest|fewest|least|smallest|shortest)\b",
    re.IGNORECASE,
)


def wrong_direction(claim: Claim, sources: Sources) -> str | None:
    """A stated rise, fall, more or less must be what the claim's own numbers say."""
    if claim.kind not in _HELD:
        return None
    said = " … ".join(literals(claim.text))
    for words, sign, across_time in ((_UP, 1, True), (_DOWN, -1, True), (_MORE, 1, False), (_LESS, -1, False)):
        if (match := words.search(said)) and _sign(claim, sources, across_time=across_time) != sign:
            return f"kata “{match[0]}” tidak sesuai dengan angkanya"
    return None


def wrong_superlative(claim: Claim, sources: Sources) -> str | None:
    """What is called the highest must be among the rows shown, with no higher row left out."""
    if claim.kind not in _HELD:
        return None
    said = " … ".join(literals(claim.text))
    for words, highest in ((_MOST, True), (_LEAST, False)):
        if (match := words.search(said)) and not _is_extreme(claim, sources, highest=highest):
            return f"kata “{match[0]}” tidak sesuai dengan baris yang ditunjuk"
    return None


def _sign(claim: Claim, sources: Sources, *, across_time: bool) -> int | None:
    """1, 0 or -1 by the claim's changes where it shows any, else by the two numbers it shows; None: cannot be told."""
    if not across_time and (kept := _kept_side(claim, sources)):
        return kept
    numbers = [each for each in placeholders(claim.text) if is_number(each) or each.format == "direction"]
    changes = [_value(each, sources) for each in numbers if each.column in CHANGES]
    if changes:
        signs = {_sign_of(change) for change in changes}
        return signs.pop() if len(signs) == 1 else None
    if len(numbers) != 2:
        return None
    first, second = (_value(each, sources) for each in numbers)
    columns = [each.column for each in numbers]
    if across_time and columns != ["value", "previous"]:  # "from … to …": the later number comes second
        first, second = second, first
    return _sign_of(first - second)


def _kept_side(claim: Claim, sources: Sources) -> int | None:
    """On which side of a limit all rows of the claim's evidence lie, where its query keeps only such rows."""
    queries = [sources.evidence[label].query for label in claim.evidence]
    limits = {query.having.operator for query in queries if isinstance(query, MetricQuery) and query.having}
    if len(limits) != 1:
        return None
    return 1 if limits <= {Operator.ABOVE, Operator.AT_LEAST} else -1


def _value(placeholder: Placeholder, sources: Sources) -> Decimal:
    return number_of(resolve(placeholder, sources))


def _sign_of(number: Decimal) -> int:
    return (number > 0) - (number < 0)


def _is_extreme(claim: Claim, sources: Sources, *, highest: bool) -> bool:
    pointing = [each for each in placeholders(claim.text) if each.row is not None]
    for label in {each.label for each in pointing}:
        evidence = sources.evidence[label]
        rows = {each.row for each in pointing if each.label == label}
        columns = [each.column for each in pointing if each.label == label and is_number(each)]
        if not _rows_are_extreme(evidence, rows, (columns[0] if columns else None) or "value", highest=highest):
            return False
    return bool(pointing)


def _rows_are_extreme(evidence: Evidence, rows: set[int | None], column: str, *, highest: bool) -> bool:
    alone = len(evidence.result) < 2 and not _is_cut(evidence)
    if alone or not _complete(evidence, column, highest=highest):
        return False
    inside, outside = _values(evidence, column, rows, within=True), _values(evidence, column, rows, within=False)
    if not inside:
        return False
    return not outside or (min(inside) >= max(outside) if highest else max(inside) <= min(outside))


def _values(evidence: Evidence, column: str, rows: set[int | None], *, within: bool) -> Sequence[float]:
    return [
        value
        for number, row in enumerate(evidence.result)
        if (number in rows) is within and isinstance(value := row.get(column), int | float) and _is_known(row, evidence)
    ]


def _is_known(row: Row, evidence: Evidence) -> bool:
    """Whether the row is of a known group: those of unknown place or category are no rivals."""
    groups = evidence.query.group_by if isinstance(evidence.query, MetricQuery) else ()
    return all(row.get(dimension.value) is not None for dimension in groups)


def _complete(evidence: Evidence, column: str, *, highest: bool) -> bool:
    """Whether no row was left out that could lie beyond those shown."""
    query = evidence.query
    if not isinstance(query, MetricQuery) or not _is_cut(evidence):
        return True
    return query.order is not None and query.order.by == column and query.order.descending is highest


def _is_cut(evidence: Evidence) -> bool:
    """Whether a limit may have left rows out, so that even a single row was chosen from several."""
    query = evidence.query
    return isinstance(query, MetricQuery) and query.limit is not None and evidence.row_count >= query.limit
