"""What a weekly count is expected to be, from the weeks before it: season, trend, spread."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (scipy and parts of numpy carry no types of its own.)

from dataclasses import dataclass
from functools import cache

import numpy as np

from pesut.reports.patterns.discovery import Floats

YEAR = 365.25 / 7  # weeks
SEASONAL = 104  # weeks of history from which on a season can be told from a trend
RICH = 1.0  # reports a week from which on a series of its own carries a trend and a season
_OUTLIER = 2.58
_ROUNDS = 8
_TURNS = 4  # of weighing, since a spread that outbreaks inflate hides them


@dataclass(frozen=True)
class Expectation:
    """Mean and variance of what the next count of each series would be by the weeks before it (arrays over series), and the mean
    fitted for each of these weeks (series x weeks).
    """

    mean: Floats
    variance: Floats
    fitted: Floats

    def of(self, series: int) -> "Expectation":
        """That of one series."""
        return Expectation(self.mean[[series]], self.variance[[series]], self.fitted[[series]])


def expectation(counts: Floats, ages: Floats) -> Expectation:
    """For counts (series x weeks) of windows that lie `ages` weeks before the one in question: log-linear with trend and season.

    Quasi-Poisson with past outbreaks weighted down, after Farrington et al. (1996), J. R. Stat. Soc. A 159, in the form of
    Noufaily et al. (2013), Stat. Med. 32: Anscombe residuals s above 2.58 get the weight s**-2, the variance is phi times the mean,
    and the error of the fitted mean is added to it; phi is its upper
    bound of 90 %, which makes up for what is lost by weighting down. The season is one yearly wave instead of their ten levels, since few years
    of history carry no more. A sparse series gets a level alone.
    """
    weeks = len(ages)
    seasonal = weeks >= SEASONAL
    rich = counts.mean(axis=1) >= RICH if seasonal else np.zeros(len(counts), dtype=np.bool_)
    mean, error, fitted = np.zeros(len(counts)), np.zeros(len(counts)), np.zeros_like(counts)
    spread = np.ones(len(counts))
    for chosen, design in ((rich, _design(ages)), (~rich, np.ones((weeks, 1)))):
        if chosen.any():
            at = _design(np.zeros(1), weeks)[0] if design.shape[1] > 1 else np.ones(1)
            mean[chosen], error[chosen], fitted[chosen], spread[chosen] = _fit(counts[chosen], design, at)
    return Expectation(mean, spread * mean + error, fitted)


def share_of(counts: Floats, whole: Expectation) -> Expectation:
    """For parts of one whole (its Expectation over a single series): the whole's course, times each part's share in it."""
    course = whole.fitted[0]
    total = np.maximum(course.sum(), 1e-9)
    weights, spread = np.ones_like(counts), np.ones(len(counts))
    share = (counts.sum(axis=1) + 0.5) / total
    for _ in range(2):
        fitted = share[:, None] * course
        weights, spread = _weights(counts, fitted, 1)
        share = ((weights * counts).sum(axis=1) + 0.5) / np.maximum((weights * course).sum(axis=1), 1e-9)
    mean = share * whole.mean[0]
    relative = spread / np.maximum((weights * counts).sum(axis=1), 0.5) + _error(whole) / max(whole.mean[0], 1e-9) ** 2
    return Expectation(mean, spread * mean + mean**2 * relative, share[:, None] * course)


def _error(whole: Expectation) -> float:
    return float(max(whole.variance[0] - whole.mean[0], 0.0)) / max(whole.fitted.shape[1], 1)


def _design(ages: Floats, weeks: int | None = None) -> Floats:
    """Columns: level, trend (in units of the history's length), one wave a year."""
    angle = 2 * np.pi * ages / YEAR
    trend = -ages / (weeks or len(ages))
    return np.column_stack([np.ones(len(ages)), trend, np.sin(angle), np.cos(angle)])


def _fit(counts: Floats, design: Floats, at: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Mean at the row `at`, the variance of its error, fitted means, and spread; twice, the second time with outbreaks weighted down."""
    weights, spread = np.ones_like(counts), np.ones(len(counts))
    beta, inverse = _solved(counts, design, weights)
    for _ in range(2):
        weights, spread = _weights(counts, _means(beta, design), design.shape[1])
        beta, inverse = _solved(counts, design, weights)
    mean = _means(beta, at[None, :])[:, 0]
    error = spread * mean**2 * np.einsum("p,spq,q->s", at, inverse, at)
    return mean, error, _means(beta, design), spread


def _solved(counts: Floats, design: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Coefficients (series x columns) by iteratively reweighted least squares, and the inverse of their information."""
    columns = design.shape[1]
    beta = np.zeros((len(counts), columns))
    beta[:, 0] = np.log(np.maximum((weights * counts).mean(axis=1), 0.02))
    ridge = 1e-6 * np.eye(columns)
    inverse: Floats = np.zeros((len(counts), columns, columns))
    for _ in range(_ROUNDS):
        means = _means(beta, design)
        information = np.einsum("kp,sk,kq->spq", design, weights * means, design) + ridge
        inverse = np.linalg.inv(information)
        step = np.einsum("spq,sq->sp", inverse, (weights * (counts - means)) @ design)
        beta += np.clip(step, -1.0, 1.0)
    return beta, inverse


def _means(beta: Floats, design: Floats) -> Floats:
    return np.exp(np.clip(beta @ design.T, -8.0, 14.0))


def _weights(counts: Floats, means: Floats, columns: int) -> tuple[Floats, Floats]:
    """The weight of each week, which sum up to their number, and the upper bound of the spread phi >= 1 by Pearson's statistic."""
    free = max(counts.shape[1] - columns, 1)
    anscombe = 1.5 * (counts ** (2 / 3) * means ** (-1 / 6) - np.sqrt(means))
    pearson = (counts - means) ** 2 / means
    weights = np.ones_like(counts)
    for _ in range(_TURNS):
        spread = np.maximum((weights * pearson).sum(axis=1) / free, 1.0)
        beyond = anscombe / np.sqrt(spread)[:, None]
        raw = np.where(beyond > _OUTLIER, np.maximum(beyond, 1.0) ** -2.0, 1.0)
        weights = raw * (counts.shape[1] / raw.sum(axis=1))[:, None]
    return weights, np.maximum((weights * pearson).sum(axis=1) / _least_chi2(free), 1.0)


@cache
def _least_chi2(free: int) -> float:
    """What Pearson's statistic reaches with so many degrees of freedom in nine of ten cases: dividing by it instead of by their
    number gives the spread's upper bound of 90 %, so that a spread that was estimated too low raises no alarm.
    """
    from scipy.stats import chi2

    return max(float(chi2.ppf(0.1, free)), 0.5)
