"""An embedding model that another server offers over the OpenAI-compatible API (`POST /embeddings`)."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Self

import httpx
import numpy as np
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from pesut.search.embeddings import EmbedderUnavailableError, TextKind, Vectors, unit

BATCH = 64  # texts in one request


class _Item(BaseModel):
    model_config = ConfigDict(extra="ignore")

    index: int
    embedding: list[float]


class _Response(BaseModel):
    model_config = ConfigDict(extra="ignore")

    data: list[_Item]


_RESPONSE = TypeAdapter(_Response)


class ServedEmbedder:
    """`prefixes` go before each text of a kind, for models that were trained with them (`{TextKind.QUERY: "query: "}`).

    Owns an HTTP client: use it as a context, or `close` it.
    """

    def __init__(
        self,
        base_url: str,
        model: str,
        dimension: int,
        *,
        api_key: str | None = None,
        prefixes: dict[TextKind, str] | None = None,
        floor: float = 0.0,
        timeout: timedelta = timedelta(seconds=10),
    ) -> None:
        headers = {"Authorization": f"Bearer {api_key}"} if api_key else {}
        self._client = httpx.Client(base_url=base_url, headers=headers, timeout=timeout.total_seconds())
        self._model = model
        self._prefixes = prefixes or {}
        self.dimension = dimension
        self.floor = floor
        self.space = f"served-{model}-{dimension}"

    def embed(self, texts: Sequence[str], kind: TextKind = TextKind.PASSAGE) -> Vectors:
        """See `Embedder`. Texts go to the server in batches of 64."""
        prefix = self._prefixes.get(kind, "")
        parts = [self._ask([prefix + text for text in batch]) for batch in _batches(texts)]
        return np.concatenate(parts) if parts else np.zeros((0, self.dimension), dtype=np.float32)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._client.close()

    def _ask(self, texts: list[str]) -> Vectors:
        try:
            response = self._client.post("embeddings", json={"model": self._model, "input": texts})
            response.raise_for_status()
            items = sorted(_RESPONSE.validate_json(response.content).data, key=lambda item: item.index)
        except (httpx.HTTPError, ValidationError) as error:
            raise self._away(f"did not answer as it should: {error}") from error
        vectors = np.array([item.embedding for item in items], dtype=np.float32)
        if vectors.shape != (len(texts), self.dimension):
            raise self._away(f"gave vectors of shape {vectors.shape}, not {(len(texts), self.dimension)}")
        return unit(vectors)

    def _away(self, what: str) -> EmbedderUnavailableError:
        return EmbedderUnavailableError(
            f"The embedding model {self._model!r} at {self._client.base_url} {what}.",
            remedy="Check that the server runs and serves this model with this dimension.",
        )


def _batches(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(texts), BATCH):
        yield texts[start : start + BATCH]
