"""How a reader is spoken to."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from pesut.contracts import Language
from pesut.placeholders.dates import written_moment
from pesut.placeholders.numbers import decimal


@dataclass(frozen=True)
class Wording:
    """How a reader is spoken to: language, the city's time zone, and `say`, which translates Pesut's own words."""

    language: Language
    zone: ZoneInfo
    say: Callable[[str], str]

    def moment(self, moment: datetime) -> str:
        return written_moment(moment.astimezone(self.zone), self.language)

    def amount(self, number: float, places: int = 2) -> str:
        return decimal(Decimal(str(number)), self.language, places=places)
