"""What a report says, as it arrives: masked for everybody, the original for the vault where they differ."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pesut.contracts.base import Contract
from pesut.reports.privacy.kinds import PersonalKind
from pesut.reports.privacy.masking import VERSION, Masker

MASKING = f"masking/{VERSION}"


class ReportText(Contract):
    """All that a reporter words freely."""

    title: str
    body: str
    address: str = ""


@dataclass(frozen=True)
class Arrival:
    """`shown` may be stored, searched and read; `original` belongs into the vault (None: nothing was masked)."""

    shown: ReportText
    original: ReportText | None
    found: Counter[PersonalKind]

    @property
    def decided(self) -> dict[str, Any]:
        """What `report_state.decided` keeps of it: kinds and counts, never what was found."""
        return {"personal_data": {"by": MASKING, "found": dict(sorted(self.found.items()))}} if self.found else {}


def masked_at_arrival(masker: Masker, told: ReportText, known: Sequence[str] = ()) -> Arrival:
    """`told` is repaired; `known` are names to look for, such as the reporter's."""
    parts = {name: masker.mask(text, known) for name, text in told}
    found = sum((part.found for part in parts.values()), Counter[PersonalKind]())
    if not found:
        return Arrival(told, None, found)
    return Arrival(ReportText(**{name: part.text for name, part in parts.items()}), told, found)
