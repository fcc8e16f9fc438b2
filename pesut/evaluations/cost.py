"""What the answers of a run took: time, tokens and money."""

from collections.abc import Sequence

import numpy as np

from pesut.contracts import Contract
from pesut.evaluations.contracts import KeptCase


class Cost(Contract):
    """Over the cases that were asked: median and 95th percentile of seconds a case, tokens read and written, US dollars as the
    model's provider lists them. Without a model nothing but time is spent.
    """

    cases: int
    p50_seconds: float
    p95_seconds: float
    tokens: int
    usd: float


def cost_of(cases: Sequence[KeptCase]) -> Cost | None:
    """None where no case was asked."""
    seconds = [case.seconds for case in cases if case.seconds is not None]
    if not seconds:
        return None
    median, late = np.percentile(seconds, [50, 95]).tolist()
    answers = [case.outcomes[0] for case in cases if case.outcomes]  # of a case all are about one answer
    return Cost(
        cases=len(seconds),
        p50_seconds=median,
        p95_seconds=late,
        tokens=sum(each.tokens for each in answers),
        usd=sum(each.usd for each in answers),
    )
