"""Whether two courses go together, by their ranks."""

from typing import NamedTuple

import numpy as np

from pesut.reports.patterns.discovery import Floats

NEAREST_SHIFT = 7
"""Shifts nearer than that keep what makes two courses go together."""


class Relation(NamedTuple):
    strength: float
    """Spearman's rank correlation, from -1 to 1."""
    chance: float
    """Of one as strong where the two have nothing to do with each other."""


def relation(counts: Floats, readings: Floats, weights: Floats) -> Relation:
    """Of counts and readings (places x times, equally spaced): the mean over places of Spearman's rank correlation, by weight.

    Both have seasons and last for days, so that single days may not be exchanged. The chance is by toroidal shift (Lotwick & Silverman
    1982, J. R. Stat. Soc. B 44, in one dimension): the readings are moved against the counts by each number of steps from NEAREST_SHIFT
    on, in all places together, which keeps what lasts within either and what places share. One where nothing can be told.
    """
    own, other = _centred(counts), _centred(readings)
    times = counts.shape[1]
    shifts = range(NEAREST_SHIFT, times - NEAREST_SHIFT + 1)
    usable = (np.abs(own).sum(axis=1) > 0) & (np.abs(other).sum(axis=1) > 0)
    if not usable.any() or not shifts:
        return Relation(0.0, 1.0)
    own, other, weights = own[usable], other[usable], weights[usable] / max(float(weights[usable].sum()), 1e-9)

    def strength(moved: Floats) -> float:
        return float(((own * moved).sum(axis=1) * weights).sum())

    found = strength(other)
    as_strong = sum(strength(np.roll(other, shift, axis=1)) >= found for shift in shifts)
    return Relation(found, (1 + as_strong) / (1 + len(shifts)))


def _centred(table: Floats) -> Floats:
    """Ranks within each row, centred and of length one; what is not known stands at the mean."""
    found = np.zeros_like(table)
    for row, values in enumerate(table):
        known = ~np.isnan(values)
        if known.sum() > 1:
            own = _ranks(values[known])
            found[row, known] = own - own.mean()
    length = np.sqrt((found**2).sum(axis=1, keepdims=True))
    return found / np.where(length > 0, length, 1.0)


def _ranks(values: Floats) -> Floats:
    """From 1; equal values share the mean of theirs."""
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    return (np.cumsum(counts) - (counts - 1) / 2.0)[place]
