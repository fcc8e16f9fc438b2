"""Whatever an agent may ask of the data."""

from typing import Annotated

from pydantic import Field

from pesut.contracts.patterns import (
    CrosscheckQuery,
    HandlingQuery,
    HotspotQuery,
    OverdueQuery,
    SilentQuery,
    ThemesQuery,
    UnusualQuery,
)
from pesut.contracts.query import AgencyQuery, BudgetQuery, DocumentQuery, DueQuery, LateQuery, MetricQuery, ReportQuery

Query = Annotated[
    MetricQuery
    | ReportQuery
    | DocumentQuery
    | AgencyQuery
    | BudgetQuery
    | LateQuery
    | DueQuery
    | UnusualQuery
    | SilentQuery
    | HandlingQuery
    | OverdueQuery
    | CrosscheckQuery
    | ThemesQuery
    | HotspotQuery,
    Field(discriminator="kind"),
]
