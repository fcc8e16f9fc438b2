"""Since when a count has been on another level."""

import numpy as np

from pesut.reports.patterns.discovery import Floats

DAYS = 56


def days_since_break(counts: Floats, expected: Floats) -> int:
    """How many days before the end the level changed, from daily counts and expectations, the newest first.

    The likeliest change point by the generalised likelihood ratio of a Poisson rate against its expectation,
    N log(N / E) - (N - E) over the days since then (Hoehle & Paul 2008, Comput. Stat. Data Anal. 52, glr Poisson CUSUM).
    """
    seen, due = np.cumsum(counts), np.maximum(np.cumsum(expected), 1e-9)
    ratio = np.where(seen > 0, seen * np.log(np.maximum(seen, 1e-9) / due), 0.0) - (seen - due)
    return int(np.argmax(ratio)) + 1
