"""Typed questions to what many reports together tell: what is unusual, who is silent, who is late, what will be. Each is answered by counts that SQL gives and a named method that is computed over them (`pesut.evidence.methods`)."""

from typing import Annotated, Literal

from pydantic import Field

from pesut.contracts.base import Code, Contract, Period
from pesut.contracts.query import Dimension, Filter

Filters = Annotated[tuple[Filter, ...], Field(max_length=12)]
FalseAlarms = Annotated[float, Field(gt=0, lt=0.5)]


class UnusualQuery(Contract):
    """Counts of reports by category and place in the period, held against the same weekdays and hours of the weeks before, the
    season and the trend. `false_alarms_share` bounds the expected share of false ones among those called unusual.

    Rows, the clearest first: category, category_name, place, place_name, value, reporters, expected, usual_low, usual_high,
    change (value - expected), chance_share (of so much or more by accident), unusual, since (ISO date of the break), tested
    (series looked at), weeks (of history), burst_since and burst_until (ISO dates) of the days within the period that stand out more
    than the whole, with burst_value and burst_expected, else null. Where nothing is unusual, the rows that come nearest.
    """

    kind: Literal["unusual_reports"] = "unusual_reports"
    period: Period
    filters: Filters = ()
    false_alarms_share: FalseAlarms = 0.05


class SilentQuery(Contract):
    """Villages from which fewer reports came in the period than their inhabitants and their own past let one expect; with `whole` all
    others too, and missing_share (of the reports expected by inhabitants).

    Rows, the least likely first: village, village_name, district_name, inhabitants, value, expected (by inhabitants), expected_past (by
    its own past as well), ratio (value / expected) with its exact 95 % interval (ratio_low, ratio_high), chance_share, silent, last (ISO date of the newest report, if any), tested,
    unplaced_share (reports of the period whose village is not known).
    """

    kind: Literal["silent_places"] = "silent_places"
    period: Period
    filters: Filters = ()
    false_alarms_share: FalseAlarms = 0.05
    whole: bool = False


class HandlingQuery(Contract):
    """How reports of the period were handled, by agency, category, district or village, the most overdue first.

    Rows: the dimension's code and `_name`, value (reports), open, overdue (open beyond their deadline), closed_late, answered_share,
    median_response_hours, median_handling_hours (Kaplan-Meier, so that what is still open counts; null where not half are
    closed), reopened (closures that reporters contested), reopened_share (of those closed).
    """

    kind: Literal["report_handling"] = "report_handling"
    period: Period
    by: Literal[Dimension.AGENCY, Dimension.CATEGORY, Dimension.DISTRICT, Dimension.VILLAGE] = Dimension.AGENCY
    filters: Filters = ()


class OverdueQuery(Contract):
    """Open reports whose deadline lies ahead, the likeliest to miss it first.

    Rows: number, title, agency, agency_name, category, category_name, submitted_at, deadline (ISO date), days_left (calendar), late_share
    (the chance of missing it), alike (reports of the past that stood alike) and alike_late_share (of them, really late), open
    (all that are open and not yet late).
    """

    kind: Literal["overdue_reports"] = "overdue_reports"
    filters: Filters = ()
    limit: int = Field(default=10, ge=1, le=100)


class CrosscheckQuery(Contract):
    """Reports held against what is measured, as the catalog's cross-check says; filters on places narrow it.

    Rows, stretches of days (or weeks) in one place: verdict ("both": more reports than usual after a high reading; "reports_only";
    "measured_only"), verdict_name, place_name, since, until (ISO dates, inclusive), reports, expected (as usual; for "measured_only" as after high
    readings), reading (the highest of the stretch and the days before it whose reports may come late; `reading_share` or
    `reading_hours` where the metric is such), high (the bound), unit, item_name (gauge or district), read_on, chance_share (of so
    many reports by accident; for "measured_only" of so few). In each row, of the year up to the period's end: check_name, metric_name, every (hari, minggu), relation (Spearman's rank correlation) and
    relation_share (the chance of one as strong by accident), reports_when_high and reports_otherwise (mean per place and day or week),
    high_count, count (days or weeks of all places), thin (too little to tell), unplaced_share (reports of no place that is measured).
    Where nothing stands out, one row with the verdict "none".
    """

    kind: Literal["crosscheck"] = "crosscheck"
    crosscheck: Code
    period: Period
    filters: Filters = ()
    false_alarms_share: FalseAlarms = 0.05


class ThemesQuery(Contract):
    """What reports of the period speak of, finer than categories: the largest themes, those that grow, or those that are new.

    Rows: theme (id), theme_name, confirmed (by a person), category_name (of most), value and reporters (of the period), expected, usual_high, growing
    (more than weeks before, season and trend let one expect; `false_alarms_share` bounds the false ones; null where history is
    too short), new (nobody told of it before the period), place_name and place_value (where most are), agency_name (of most),
    first and last (ISO dates), total and total_reporters (of all times), report (id), number and excerpt of the one that speaks
    for it, themes (how many have reports in the period), told (reports of the period), alone_share (near to no theme).
    """

    kind: Literal["report_themes"] = "report_themes"
    period: Period
    order: Literal["size", "growth", "new"] = "size"
    filters: Filters = ()
    false_alarms_share: FalseAlarms = 0.05
    limit: int = Field(default=10, ge=1, le=200)


class HotspotQuery(Contract):
    """Cells of about 0.74 km² (h3, resolution 8) with more reports of the period than people, all other reports and the past let one
    expect. Reports without a point count in no cell.

    Rows, the clearest first: cell (h3 index), latitude, longitude (of its middle), village, village_name, district_name (where most of its
    reports lie), value (reports), expected (by inhabitants and other reports), expected_past (by its past), rising (whether the past tells it apart more
    clearly than people do), chance_share, hot, tested (cells looked at), located (reports with a point), unplaced_share (without one).
    Where nothing is hot, the cells that come nearest.
    """

    kind: Literal["hot_spots"] = "hot_spots"
    period: Period
    filters: Filters = ()
    false_alarms_share: FalseAlarms = 0.05


PatternQuery = Annotated[
    UnusualQuery | SilentQuery | HandlingQuery | OverdueQuery | CrosscheckQuery | ThemesQuery | HotspotQuery,
    Field(discriminator="kind"),
]
