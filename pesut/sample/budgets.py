"""Rows of the budget: ceilings with their mid-year revision, and what was spent month by month."""

# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false, reportUnknownMemberType=false
# (NumPy leaves the types of some results open.)

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import numpy as np

from pesut.sample.copying import FOREVER_TEXT, as_json, escaped
from pesut.sample.dice import generator
from pesut.sample.drivers import Drivers
from pesut.sample.spec import BudgetLine, Budgets
from pesut.sample.timeline import Floats, Timeline

LINE_COLUMNS = (
    "year, code, recorded_at, superseded_at, sample, agency_code, program, activity, name, categories, ceiling"
)
REALISATION_COLUMNS = "year, code, month, recorded_at, superseded_at, sample, amount"
THOUSAND = 1000  # ceilings are whole thousands of Rupiah
KNOWN_ON = 8  # day of the next month on which spending is known
CORRECTED = 0.03
ROUGH = 0.18  # of a month's spending, on a log scale
REVISED = 0.07
"""How much a ceiling moves at the mid-year revision, on a log scale."""


class BudgetMaker:
    """Lines and realisation of every year that the timeline touches, so far as they are known by now."""

    def __init__(self, spec: Budgets, drivers: Drivers, timeline: Timeline, seed: int) -> None:
        self.spec, self.drivers, self.timeline, self.seed = spec, drivers, timeline, seed
        months = [(day.year, day.month) for day in timeline.days]
        self.days_of = {month: [n for n, each in enumerate(months) if each == month] for month in dict.fromkeys(months)}
        self.years = range(timeline.days[0].year, timeline.days[-1].year + 1)

    def ceilings(self, year: int) -> list[tuple[BudgetLine, int, int]]:
        """Each line with its first and its revised ceiling (whole Rupiah); the first ones sum to the year's total."""
        rng = generator(self.seed, "ceilings", str(year))
        known = sorted(self.spec.totals)
        total = self.spec.totals.get(year, self.spec.totals[known[-1] if year > known[-1] else known[0]])
        weights = np.array([line.weight * line.years.get(year, 1.0) for line in self.spec.lines])
        weights *= rng.lognormal(0, 0.06, len(weights))
        first = np.round(total * weights / weights.sum() / THOUSAND) * THOUSAND
        first[0] += total - first.sum()
        revised = np.round(first * rng.lognormal(0, REVISED, len(first)) / THOUSAND) * THOUSAND
        return list(
            zip(self.spec.lines, first.astype(np.int64).tolist(), revised.astype(np.int64).tolist(), strict=True)
        )

    def line_rows(self) -> Iterator[str]:
        for year in self.years:
            decided, revised = (
                self._moment(date(year - 1, 12, 28)),
                self._moment(date(year, self.spec.revision_month, 26)),
            )
            for line, first, second in self.ceilings(year):
                if revised < self.timeline.end:
                    yield self._line(line, year, f"{decided}Z", f"{revised}Z", first)
                    yield self._line(line, year, f"{revised}Z", FOREVER_TEXT, second)
                else:
                    yield self._line(line, year, f"{decided}Z", FOREVER_TEXT, first)

    def _line(self, line: BudgetLine, year: int, known: str, until: str, ceiling: int) -> str:
        texts = "\t".join(map(escaped, (line.agency, line.program, line.activity, line.name)))
        return f"{year}\t{line.code}\t{known}\t{until}\tt\t{texts}\t{as_json(list(line.categories))}\t{ceiling}\n"

    def realisation_rows(self) -> Iterator[str]:
        for year in self.years:
            rng = generator(self.seed, "spending", str(year))
            for line, _, ceiling in self.ceilings(year):
                spent = self._spending(line, year, ceiling, rng)
                for month, amount in enumerate(spent.tolist(), start=1):
                    yield from self._month(line, date(year, month, 1), int(amount), rng)

    def _spending(self, line: BudgetLine, year: int, ceiling: int, rng: np.random.Generator) -> Floats:
        """Whole Rupiah by month: the usual pace, pushed by events, never beyond the ceiling."""
        pace = np.array(self.spec.pace) * rng.lognormal(0, ROUGH, 12) * self._pushed(line, year)
        usual = float(np.sum(self.spec.pace))
        absorbed = min(line.absorbed * rng.normal(1, 0.03) * max(float(pace.sum()) / usual, 0.7), 0.995)
        return np.floor(pace / pace.sum() * ceiling * absorbed)

    def _pushed(self, line: BudgetLine, year: int) -> Floats:
        factors = np.broadcast_to(self.drivers.factor(line.effects, self.drivers.places.root), len(self.timeline.days))
        return np.array(
            [
                factors[self.days_of[year, month]].mean() if (year, month) in self.days_of else 1.0
                for month in range(1, 13)
            ]
        )

    def _month(self, line: BudgetLine, month: date, amount: int, rng: np.random.Generator) -> Iterator[str]:
        after = (month + timedelta(days=31)).replace(day=KNOWN_ON)
        known, put_right = self._moment(after), self._moment(after + timedelta(days=17))
        corrected = rng.random() < CORRECTED and put_right < self.timeline.end
        start = f"{month.year}\t{line.code}\t{month}\t"
        if known >= self.timeline.end:
            return
        if corrected:
            yield f"{start}{known}Z\t{put_right}Z\tt\t{round(amount * 0.94)}\n"
            yield f"{start}{put_right}Z\t{FOREVER_TEXT}\tt\t{amount}\n"
        else:
            yield f"{start}{known}Z\t{FOREVER_TEXT}\tt\t{amount}\n"

    def _moment(self, day: date) -> np.datetime64:
        local = datetime.combine(day, time(10), self.timeline.zone)
        return np.datetime64(local.astimezone(UTC).replace(tzinfo=None), "s")
