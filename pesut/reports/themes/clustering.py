# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportArgumentType=false
# scikit-learn carries no types of its own.
"""Groups of reports in a view: many small cells by k-means, which average linkage then joins as far as they are near."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from pesut.reports.themes.model import APART, JOINS, SMALLEST
from pesut.search.embeddings import Vectors, unit

CELLS, IN_A_CELL = 600, 33  # cells at most, and reports in each on average where there are fewer
_ROUNDS, _BATCH = 40, 4096

Labels = NDArray[np.intp]
NOWHERE = -1


@dataclass(frozen=True)
class Centres:
    """Themes and where they lie: a row of unit length for each."""

    themes: tuple[UUID, ...]
    rows: Vectors

    def nearest(self, told: Vectors) -> tuple[list[UUID | None], NDArray[np.float32]]:
        """For each report the theme that it joins, None where none is near enough, and its cosine to the nearest."""
        if not self.themes:
            return [None] * len(told), np.zeros(len(told), dtype=np.float32)
        alike = told @ self.rows.T
        best, value = alike.argmax(axis=1), alike.max(axis=1)
        joins = [self.themes[place] if near >= JOINS else None for place, near in zip(best, value, strict=True)]
        return joins, value


def group(told: Vectors, smallest: int = SMALLEST) -> Labels:
    """The group of each report, NOWHERE for those in no group of `smallest` reports or more, and for those of which nothing is known."""
    labels = np.full(len(told), NOWHERE, dtype=np.intp)
    known = np.flatnonzero(told.any(axis=1))
    if len(known) >= max(smallest, 2):
        cells, centres = _cells(told[known])
        labels[known] = joined(centres, APART)[cells]
    sizes = np.bincount(labels[labels >= 0], minlength=1)
    return np.where((labels >= 0) & (sizes[labels] >= smallest), labels, NOWHERE)


def joined(centres: Vectors, distance: float) -> Labels:
    """A label for each row: average linkage by cosine until groups lie further apart than `distance`."""
    from sklearn.cluster import AgglomerativeClustering

    if len(centres) < 2:
        return np.zeros(len(centres), dtype=np.intp)
    linkage = AgglomerativeClustering(None, distance_threshold=distance, linkage="average", metric="cosine")
    return np.asarray(linkage.fit(centres).labels_, dtype=np.intp)


def halves(told: Vectors) -> tuple[Labels, float]:
    """The two parts (0 and 1) into which a theme falls most easily, and the cosine distance of their centres."""
    from sklearn.cluster import KMeans

    labels = np.asarray(KMeans(2, random_state=0, n_init=2).fit(told).labels_, dtype=np.intp)
    one, other = centre_of(told[labels == 0]), centre_of(told[labels == 1])
    return labels, 1 - float(one @ other)


def centre_of(told: Vectors) -> Vectors:
    """Of unit length; shape (dimension,)."""
    return unit(told.mean(axis=0, keepdims=True))[0]


def centres_of(told: Vectors, labels: Labels) -> list[Vectors]:
    """By label, from 0 on."""
    return [centre_of(told[labels == label]) for label in sorted(set(labels.tolist()) - {NOWHERE})]


def _cells(told: Vectors) -> tuple[Labels, Vectors]:
    from sklearn.cluster import MiniBatchKMeans

    count = max(min(CELLS, len(told) // IN_A_CELL), min(len(told), SMALLEST))
    means = MiniBatchKMeans(count, random_state=0, batch_size=_BATCH, n_init=1, max_iter=_ROUNDS).fit(told)
    cells, occupied = np.asarray(means.labels_, dtype=np.intp), np.unique(means.labels_)
    renumbered = np.searchsorted(occupied, cells)
    return renumbered, unit(np.asarray(means.cluster_centers_, dtype=np.float32)[occupied])


def stacked(rows: Sequence[Vectors]) -> Vectors:
    return np.stack(list(rows)).astype(np.float32)
