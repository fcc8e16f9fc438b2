"""How likely a report is on each day, of each category, in each village."""

import numpy as np

from pesut.sample.drivers import Drivers
from pesut.sample.report_spec import CategoryReports, Reports
from pesut.sample.timeline import Floats, Timeline


def chances(spec: Reports, drivers: Drivers, timeline: Timeline) -> Floats:
    """Days x categories x villages, summing to 1. The day of `now` counts for the part of it that has passed."""
    cells = np.stack([_category(each, spec, drivers, timeline) for each in spec.categories.values()])
    cells = np.moveaxis(cells, 2, 0)
    passed = (timeline.end - timeline.midnights[-1]).astype(np.int64) / 86_400
    cells[-1] *= min(float(passed), 1.0)
    return cells / cells.sum()


def _category(category: CategoryReports, spec: Reports, drivers: Drivers, timeline: Timeline) -> Floats:
    """Villages x days, summing to the category's weight."""
    places = drivers.places
    cells = drivers.factors(category.effects) * places.inhabitants[:, None]
    for code, factor in category.regions.items():
        cells[places.members(code)] *= factor
    for silence in spec.silences:
        cells[places.members(silence.region), -silence.days :] *= silence.factor
    cells = cells * np.array(spec.weekdays)[timeline.weekdays]
    cells = cells * (1 + spec.growth) ** (timeline.years - timeline.years[0])
    if category.months:
        cells = cells * timeline.monthly(np.array(category.months))
    return cells / cells.sum() * category.weight
