"""The tables, as SQLModel classes. Import them from here, so that the metadata is whole."""

from pesut.database.tables.base import FOREVER, Versioned
from pesut.database.tables.city import AgencyRow, CatalogVersionRow, DatasetRow, IndicatorRow, RegionRow
from pesut.database.tables.decisions import (
    DecisionActRow,
    DecisionRecordRow,
    DecisionRow,
    DecisionVersionRow,
    DispositionActRow,
    DispositionRow,
    OutcomeRow,
)
from pesut.database.tables.evaluations import EvaluationCaseRow, EvaluationRunRow, ProposedCaseRow
from pesut.database.tables.observations import ObservationMonthRow, ObservationRow, ReceiptRow, SeriesRow
from pesut.database.tables.originals import ReportOriginalRow
from pesut.database.tables.papers import BudgetLineRow, BudgetRealisationRow, DocumentRow, PassageRow, PassageVectorRow
from pesut.database.tables.reports import (
    ClassifierModelRow,
    EmbeddingSpaceRow,
    ReportEventRow,
    ReportLinkRow,
    ReportRow,
    ReportStateRow,
    ReportVectorRow,
    SampleTruthRow,
)
from pesut.database.tables.runs import (
    AnswerRow,
    AuditLogRow,
    ConversationRow,
    EvidenceRow,
    NodeTryRow,
    PrincipalRow,
    RunEventRow,
    RunRow,
    SwitchActRow,
)
from pesut.database.tables.themes import (
    ThemeCentreRow,
    ThemeChangeRow,
    ThemeMemberRow,
    ThemeRow,
    ThemeStateRow,
    ThemeViewRow,
)

__all__ = [
    "FOREVER",
    "AgencyRow",
    "AnswerRow",
    "AuditLogRow",
    "BudgetLineRow",
    "BudgetRealisationRow",
    "CatalogVersionRow",
    "ClassifierModelRow",
    "ConversationRow",
    "DatasetRow",
    "DecisionActRow",
    "DecisionRecordRow",
    "DecisionRow",
    "DecisionVersionRow",
    "DispositionActRow",
    "DispositionRow",
    "DocumentRow",
    "EmbeddingSpaceRow",
    "EvaluationCaseRow",
    "EvaluationRunRow",
    "EvidenceRow",
    "IndicatorRow",
    "NodeTryRow",
    "ObservationMonthRow",
    "ObservationRow",
    "OutcomeRow",
    "PassageRow",
    "PassageVectorRow",
    "PrincipalRow",
    "ProposedCaseRow",
    "ReceiptRow",
    "RegionRow",
    "ReportEventRow",
    "ReportLinkRow",
    "ReportOriginalRow",
    "ReportRow",
    "ReportStateRow",
    "ReportVectorRow",
    "RunEventRow",
    "RunRow",
    "SampleTruthRow",
    "SeriesRow",
    "SwitchActRow",
    "ThemeCentreRow",
    "ThemeChangeRow",
    "ThemeMemberRow",
    "ThemeRow",
    "ThemeStateRow",
    "ThemeViewRow",
    "Versioned",
]
