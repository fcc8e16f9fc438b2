"""Whether each placeholder has a value, and is written as what it is: a share as a percentage, money as money."""

from pesut.contracts import Claim, Evidence, ValueFormat
from pesut.placeholders import FORMATS, Placeholder, PlaceholderError, Sources, placeholders, render
from pesut.placeholders.formats import format_of, named_format
from pesut.placeholders.resolve import CLOCK

CHANGES = {"change", "change_ratio"}
_MONEY_COLUMNS = {"ceiling", "realised", "left"}
_BY_VALUE = {
    ValueFormat.INTEGER: {"integer", "decimal", "measure"},
    ValueFormat.DECIMAL: {"integer", "decimal", "measure"},
    ValueFormat.PERCENT: {"percent", "measure"},
    ValueFormat.RUPIAH: {"rupiah", "rupiah_exact", "measure"},
    ValueFormat.DURATION: {"duration", "measure"},
}
_NUMBERS = {name for names in _BY_VALUE.values() for name in names}


def wrong_value(claim: Claim, sources: Sources) -> str | None:
    for placeholder in placeholders(claim.text):
        if placeholder.format not in FORMATS:
            return f"{placeholder.written} memakai format yang tidak ada"
        if placeholder.label != CLOCK and not _fits(placeholder, sources.of(placeholder)):
            return f"{placeholder.written} ditulis dengan format yang tidak cocok"
        try:
            render(placeholder.written, sources)
        except PlaceholderError:
            return f"{placeholder.written} tidak menunjuk nilai yang ada"
    return None


def is_number(placeholder: Placeholder) -> bool:
    """Whether the placeholder writes a number."""
    return base_format(placeholder) in _NUMBERS


def base_format(placeholder: Placeholder) -> str:
    return placeholder.format.removesuffix("_signed").removesuffix("_size")


def _fits(placeholder: Placeholder, evidence: Evidence) -> bool:
    if placeholder.format == "direction":
        return placeholder.column in CHANGES
    if placeholder.format == "year":
        return placeholder.path[-1:] == ("year",)
    if not is_number(placeholder):
        return True
    return base_format(placeholder) in _allowed(placeholder, evidence)


def _allowed(placeholder: Placeholder, evidence: Evidence) -> set[str]:
    if placeholder.column in _MONEY_COLUMNS and evidence.kind == "budget_lines":
        return _BY_VALUE[ValueFormat.RUPIAH] - {"measure"}
    if by_name := named_format(placeholder.path[-1] if placeholder.path else ""):
        return _BY_VALUE[by_name]
    if evidence.measure is None or placeholder.path[:1] == ("row_count",):
        return {"integer", "decimal"}
    return _BY_VALUE[format_of(evidence, placeholder.column)]
