"""How long it takes until reports are closed, with those counted that are still open."""

from collections.abc import Iterable, Sequence

import numpy as np

from pesut.reports.patterns.discovery import Floats

STEP_HOURS = 6
Ages = Sequence[Sequence[int]]
"""[age in steps, ended, still open] of reports at which they ended or were last seen open."""


class Survival:
    """The Kaplan & Meier (1958, J. Am. Stat. Assoc. 53) estimate of the share that lasts longer than an age."""

    def __init__(self, ages: Iterable[Sequence[int]]) -> None:
        table = np.array([tuple(each) for each in ages] or [(0, 0, 0)], dtype=np.float64)
        table = table[np.argsort(table[:, 0], kind="stable")]
        at_risk = np.cumsum((table[:, 1] + table[:, 2])[::-1])[::-1]
        kept = 1 - table[:, 1] / np.maximum(at_risk, 1)
        self._ages: Floats = table[:, 0]
        self._lasting: Floats = np.cumprod(kept, dtype=np.float64)
        self.ended = int(table[:, 1].sum())

    def lasting(self, age: float) -> float:
        """The share that lasts longer than `age` steps."""
        place = int(np.searchsorted(self._ages, age, side="right"))
        return float(self._lasting[place - 1]) if place else 1.0

    def median_hours(self) -> float | None:
        """The age at which half have ended; None where not half have."""
        reached = np.flatnonzero(self._lasting <= 0.5)
        return float(self._ages[reached[0]] + 0.5) * STEP_HOURS if reached.size else None

    def late(self, age: float, deadline: float) -> float:
        """The chance that one that is open at `age` is still open at `deadline`."""
        now = self.lasting(age)
        return min(self.lasting(deadline) / now, 1.0) if now > 0 else 1.0
