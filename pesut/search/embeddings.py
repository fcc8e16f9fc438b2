"""Vectors of texts, behind one small interface."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from pesut.errors import UnavailableError

Vectors = NDArray[np.float32]
"""One row per text, each of unit length, or all zeros where the embedder knows nothing of the text."""


class TextKind(StrEnum):
    """Which side of a search a text is on; some models embed the two differently."""

    QUERY = "query"
    PASSAGE = "passage"


class Embedder(Protocol):
    """Turns texts into vectors of one space. `space` names model, version and fit: equal names, comparable vectors. `floor`
    is a cosine that only one in a hundred pairs of a question and a text about something else reaches.

    `embed` blocks and may be called from several threads: call it through `asyncio.to_thread`.
    """

    @property
    def space(self) -> str: ...

    @property
    def dimension(self) -> int: ...

    @property
    def floor(self) -> float: ...

    def embed(self, texts: Sequence[str], kind: TextKind = TextKind.PASSAGE) -> Vectors:
        """float32, shape (len(texts), dimension). Raises EmbedderUnavailableError when the model is away."""
        ...


class EmbedderUnavailableError(UnavailableError):
    slug = "embedder-unavailable"
    title = "The embedding model is away"


def unit(vectors: NDArray[np.floating]) -> Vectors:
    """Each row scaled to length 1; rows of zeros stay so."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0).astype(np.float32)
