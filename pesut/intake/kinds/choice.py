"""The class behind each kind of import."""

from collections.abc import Mapping
from typing import Any

from pesut.intake.kinds.agencies import Agencies
from pesut.intake.kinds.base import Kind
from pesut.intake.kinds.budgets import Budgets
from pesut.intake.kinds.documents import Documents
from pesut.intake.kinds.observations import Observations
from pesut.intake.kinds.regions import Regions
from pesut.intake.kinds.reports import Reports
from pesut.intake.mapping import ImportKind

KINDS: Mapping[ImportKind, type[Kind[Any]]] = {
    ImportKind.REGIONS: Regions,
    ImportKind.AGENCIES: Agencies,
    ImportKind.OBSERVATIONS: Observations,
    ImportKind.REPORTS: Reports,
    ImportKind.BUDGETS: Budgets,
    ImportKind.DOCUMENTS: Documents,
}
