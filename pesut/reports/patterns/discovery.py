"""Which of many tests stand out, with a bound on the false ones."""

# pyright: reportUnknownMemberType=false
# (scipy carries no types of its own.)

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

OUTBREAK = 0.001
"""What comes by accident less often than that tells nothing of what is usual, else an outbreak would hide itself."""


def discoveries(chances: Floats, bound: float) -> NDArray[np.bool_]:
    """Which p-values are discoveries when at most `bound` of them may be expected to be false.

    Benjamini & Hochberg (1995), "Controlling the false discovery rate", J. R. Stat. Soc. B 57: the k smallest, k the largest
    with p(k) <= bound * k / m. It holds under independence and positive dependence (Benjamini & Yekutieli 2001). Where nothing
    is out of the ordinary, any discovery is false, so the chance of one is at most `bound`.
    """
    tests = len(chances)
    order = np.argsort(chances, kind="stable")
    passes = np.flatnonzero(chances[order] <= bound * np.arange(1, tests + 1) / max(tests, 1))
    found = np.zeros(tests, dtype=np.bool_)
    if passes.size:
        found[order[: passes[-1] + 1]] = True
    return found


def negative_binomial(mean: Floats, variance: Floats) -> Any:
    """The frozen distribution (scipy.stats) of counts with these moments; Poisson's, where they are almost equal."""
    from scipy.stats import nbinom

    mean = np.maximum(mean, 1e-9)
    spread = np.maximum(variance - mean, 1e-6 * mean)
    return nbinom(mean**2 / spread, mean / (mean + spread))
