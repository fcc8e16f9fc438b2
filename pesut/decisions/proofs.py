"""Files by which agencies prove what they did: taken in as they come, never opened, and handed out only to be saved.

Nothing here reads what a file holds beyond its first bytes, which must be those that its name promises.
"""

import re
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlmodel import col

from pesut.contracts import Principal, new_id
from pesut.database.tables import ProofFileRow
from pesut.errors import ConflictError, InvalidInputError, NotFoundError
from pesut.principals.audit import Act, record_act

MOST_BYTES = 3 * 1024 * 1024
_LONGEST_NAME = 120
_ZIP = b"PK\x03\x04"
BEGINNINGS = {
    "pdf": b"%PDF-",
    "jpg": b"\xff\xd8\xff",
    "jpeg": b"\xff\xd8\xff",
    "png": b"\x89PNG\r\n\x1a\n",
    "docx": _ZIP,
    "xlsx": _ZIP,
    "odt": _ZIP,
    "ods": _ZIP,
}
"""By the end of a name: how such a file begins."""


@dataclass(frozen=True)
class ProofFile:
    """A file as it was handed in."""

    name: str
    content: bytes

    @property
    def digest(self) -> str:
        return sha256(self.content).hexdigest()


def proof_file(name: str, content: bytes) -> ProofFile:
    """With a name that is safe to save under. Raises InvalidInputError for a file that is empty, too large or of another kind."""
    safe = re.sub(r"[^\w.-]+", "_", name.replace("\\", "/").rpartition("/")[2]).strip("._")[-_LONGEST_NAME:]
    beginning = BEGINNINGS.get(safe.rpartition(".")[2].lower())
    if not content or len(content) > MOST_BYTES:
        raise InvalidInputError(
            f"The file {safe or name!r} has {len(content)} bytes.",
            remedy="Hand in one of at most 3 MiB, or name its address.",
        )
    if beginning is None or not content.startswith(beginning):
        raise InvalidInputError(
            f"The file {safe or name!r} is not of a kind that is taken.", remedy=f"Hand in {', '.join(BEGINNINGS)}."
        )
    return ProofFile(safe, content)


async def keep_file(engine: AsyncEngine, disposition_id: UUID, principal: Principal, file: ProofFile) -> UUID:
    """Keep the file with its digest, once for each disposition; its id. What it proves is said by a move."""
    values = {
        "id": new_id(),
        "disposition_id": disposition_id,
        "name": file.name,
        "sha256": file.digest,
        "content": file.content,
        "principal_id": principal.id,
        "at": func.clock_timestamp(),
    }
    statement = insert(ProofFileRow).values(**values).on_conflict_do_nothing().returning(col(ProofFileRow.id))
    known = select(col(ProofFileRow.id)).where(
        col(ProofFileRow.disposition_id) == disposition_id, col(ProofFileRow.sha256) == file.digest
    )
    async with engine.begin() as connection:
        if (kept := (await connection.execute(statement)).scalar_one_or_none()) is None:
            return (await connection.execute(known)).scalar_one()
        detail = {"file": str(kept), "name": file.name, "sha256": file.digest, "bytes": len(file.content)}
        await record_act(connection, Act("disposition.file", f"disposition/{disposition_id}", principal.id, detail))
        return kept


async def digest_of_file(connection: AsyncConnection, disposition_id: UUID, file_id: UUID) -> str:
    """SHA-256 of a file that was handed in for this disposition. Raises InvalidInputError for any other."""
    query = select(col(ProofFileRow.sha256)).where(
        col(ProofFileRow.id) == file_id, col(ProofFileRow.disposition_id) == disposition_id
    )
    digest = (await connection.execute(query)).scalar_one_or_none()
    if digest is None:
        raise InvalidInputError(f"No file {file_id} was handed in for this.", remedy="Hand it in first.")
    return digest


async def file_of(engine: AsyncEngine, disposition_id: UUID, file_id: UUID, principal: Principal) -> ProofFile:
    """The file, for who may see the disposition; written down who took it. Raises NotFoundError, and ConflictError where it is
    not what was handed in.
    """
    query = select(col(ProofFileRow.name), col(ProofFileRow.content), col(ProofFileRow.sha256)).where(
        col(ProofFileRow.id) == file_id, col(ProofFileRow.disposition_id) == disposition_id
    )
    async with engine.begin() as connection:
        row = (await connection.execute(query)).one_or_none()
        if row is None:
            raise NotFoundError(f"There is no file {file_id}.", remedy="Look at the disposition's proofs.")
        file = ProofFile(row[0], row[1])
        if file.digest != row[2]:
            raise ConflictError(f"The file {file_id} is not what was handed in.", remedy="Restore a backup.")
        detail = {"file": str(file_id), "sha256": file.digest}
        await record_act(
            connection, Act("disposition.file_read", f"disposition/{disposition_id}", principal.id, detail)
        )
    return file
