# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# scikit-learn carries no types of its own.
"""What every classifier of ours has to beat: TF-IDF of words 1-2 and characters 3-5 with a linear SVM, on the text as it is."""

from collections.abc import Sequence

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import make_pipeline, make_union
from sklearn.svm import LinearSVC

NAME = "TF-IDF (words 1-2, characters 3-5) with a linear SVM"


def baseline(texts: Sequence[str], labels: Sequence[str], unseen: Sequence[str]) -> list[str]:
    """The labels of `unseen` by an SVM that learned from `texts`."""
    machine = make_pipeline(
        make_union(
            TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
            TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True),
        ),
        LinearSVC(random_state=0),
    )
    return [str(label) for label in machine.fit(list(texts), list(labels)).predict(list(unseen))]
