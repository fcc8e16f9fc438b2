"""A classifier as bytes and back: plain arrays and JSON in a ZIP archive (NumPy's .npz). Nothing in it can run, whatever wrote it,
and no version of a library has to match.
"""

import json
from dataclasses import asdict
from io import BytesIO
from typing import Any, cast
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from pesut.reports.classification.calibration import Calibration
from pesut.reports.classification.classifier import TextClassifier, Trust
from pesut.reports.classification.damage import DamagedModelError
from pesut.reports.classification.features import Features

FORMAT = 1


def as_bytes(classifier: TextClassifier) -> bytes:
    """Weights are kept in half precision: labels stay, confidences move by less than a thousandth."""
    about = {
        "format": FORMAT,
        "labels": classifier.labels,
        "grams": {code: grams for code, (grams, _) in classifier.features.counted.items()},
        "plain": asdict(classifier.plain),
        "addressed": asdict(classifier.addressed),
        "share": classifier.share,
    }
    arrays = {f"idf_{code}": idf for code, (_, idf) in classifier.features.counted.items()}
    text = np.frombuffer(json.dumps(about, ensure_ascii=False).encode(), dtype=np.uint8)
    into = BytesIO()
    weights = classifier.weights.astype(np.float16)
    np.savez_compressed(into, about=text, weights=weights, offsets=classifier.offsets, **cast("dict[str, Any]", arrays))
    return into.getvalue()


def from_bytes(body: bytes) -> TextClassifier:
    """Raises DamagedModelError for what `as_bytes` has not written."""
    try:
        with np.load(BytesIO(body), allow_pickle=False) as arrays:
            return _read({name: arrays[name] for name in arrays.files})
    except (BadZipFile, KeyError, ValueError, TypeError, EOFError, OSError) as error:
        raise DamagedModelError(
            f"A model could not be read: {error}.",
            remedy="Go back to another with `pesut reports rollback`, or train again.",
        ) from error


def _read(arrays: dict[str, NDArray[Any]]) -> TextClassifier:
    about = cast("dict[str, Any]", json.loads(arrays["about"].tobytes()))
    if about["format"] != FORMAT:
        raise ValueError(f"it is of format {about['format']}, this Pesut reads {FORMAT}")
    counted = {code: (grams, arrays[f"idf_{code}"]) for code, grams in about["grams"].items()}
    return TextClassifier(
        labels=tuple(about["labels"]),
        features=Features(counted),
        weights=arrays["weights"].astype(np.float32),
        offsets=arrays["offsets"].astype(np.float32),
        plain=_trust(about["plain"]),
        addressed=_trust(about["addressed"]),
        share=float(about["share"]),
    )


def _trust(about: dict[str, Any]) -> Trust:
    return Trust(Calibration(**about["calibration"]), float(about["threshold"]))
