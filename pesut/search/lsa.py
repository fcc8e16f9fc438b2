# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportArgumentType=false
# scikit-learn and scipy carry no types of their own.
"""Learning an LSA space: which grams count, how much, and the directions that matter."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.utils.extmath import randomized_svd

from pesut.search.grams import Grams

MOST_FEATURES = 60_000  # of a kind: together 60 MB in half precision
RAREST = 3  # texts a feature must occur in
POWER_ITERATIONS = 2  # of the randomized SVD; 4 takes twice the time and ranks alike


def learn(grams: Grams, texts: Sequence[str]) -> tuple[list[str], NDArray[np.float32], Any]:
    """The grams worth keeping, their weights (IDF), and the texts weighed by them: a sparse matrix, a row each."""
    counter = TfidfVectorizer(
        analyzer=grams, min_df=RAREST, max_features=MOST_FEATURES, sublinear_tf=True, dtype=np.float32
    )
    weighed = counter.fit_transform(texts)
    names = [str(gram) for gram in counter.get_feature_names_out()]
    return names, np.asarray(counter.idf_, dtype=np.float32), weighed


def reduce(weighed: Sequence[Any], dimension: int) -> NDArray[np.float16]:
    """A row of `dimension` numbers (fewer when there are fewer features or texts) for each gram of each kind in turn."""
    features: Any = hstack(list(weighed)).tocsr()
    rank = min(dimension, features.shape[0] - 1, features.shape[1] - 1)
    _, _, components = randomized_svd(features, rank, n_iter=POWER_ITERATIONS, random_state=0)
    return np.ascontiguousarray(components.T).astype(np.float16)
