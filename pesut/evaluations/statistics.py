"""How sure a share is, and a difference of shares, where outcomes of one topic are not independent of each other."""

from collections.abc import Sequence
from math import isclose, sqrt

import numpy as np
from scipy.special import betaincinv, stdtrit  # light, where scipy.stats takes a second to import

CONFIDENCE = 0.95
Interval = tuple[float, float]


def clustered_error(values: Sequence[float], topics: Sequence[str]) -> float:
    """Standard error of the mean of `values` when those of a topic go together: the cluster-robust one of E. Miller, "Adding
    Error Bars to Evals" (2024, arXiv:2411.00640, section 2.2), with the usual factor G/(G-1) for few topics.
    """
    every = np.asarray(values, dtype=float)
    _, group = np.unique(np.asarray(topics), return_inverse=True)
    sums = np.bincount(group, weights=every - every.mean())
    few = len(sums) / (len(sums) - 1) if len(sums) > 1 else 1.0
    return sqrt(few * float(np.square(sums).sum())) / len(every)


def share_interval(right: Sequence[bool], topics: Sequence[str]) -> Interval:
    """95 % interval of the share that is right: that of Clopper and Pearson over the number of independent outcomes that
    `clustered_error` leaves (E. Korn and B. Graubard, Survey Methodology 24, 1998). Where all are right, or all wrong, each topic
    counts as one.
    """
    share, topic_count = sum(right) / len(right), len(set(topics))
    error = clustered_error([float(each) for each in right], topics)
    independent = share * (1 - share) / error**2 if error and 0 < share < 1 else float(topic_count)
    independent = min(float(len(right)), max(1.0, independent))
    hits, tail = share * independent, (1 - CONFIDENCE) / 2
    low = 0.0 if isclose(share, 0) else float(betaincinv(hits, independent - hits + 1, tail))
    high = 1.0 if isclose(share, 1) else float(betaincinv(hits + 1, independent - hits, 1 - tail))
    return low, high


def difference_interval(differences: Sequence[float], topics: Sequence[str]) -> Interval:
    """95 % interval of the mean of paired differences: Student's t with one degree of freedom less than there are topics, over
    `clustered_error` (Miller 2024, section 4). A single topic says nothing: (-1, 1).
    """
    topic_count = len(set(topics))
    if topic_count < 2:
        return -1.0, 1.0
    middle = float(np.mean(differences))
    half = float(stdtrit(topic_count - 1, (1 + CONFIDENCE) / 2)) * clustered_error(differences, topics)
    return middle - half, middle + half
