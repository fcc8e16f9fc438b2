"""How a sample report comes in: with personal data planted in some, and through the same mask as every other report."""

from dataclasses import dataclass

from pesut.reports.privacy.arrival import Arrival, ReportText, masked_at_arrival
from pesut.reports.privacy.masking import Masker
from pesut.sample.identities import Planted, Planter
from pesut.sample.report_spec import Style


@dataclass(frozen=True)
class Arriving:
    masker: Masker
    planter: Planter | None = None

    def take_in(self, text: ReportText, village: str, style: Style) -> tuple[Arrival, Planted]:
        """The report as it is kept, and what was planted in its body."""
        planted = self.planter.plant(text.body, village, style) if self.planter else Planted(text.body)
        return masked_at_arrival(self.masker, text.model_copy(update={"body": planted.text})), planted
