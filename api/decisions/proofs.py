"""Files that prove what was done, taken in and handed out."""

from uuid import UUID

from fastapi import Response, UploadFile

from api.services import Services
from pesut.contracts import Principal, new_id
from pesut.contracts.disposition import DispositionMove, DispositionState, Proof
from pesut.decisions.dispositions import disposition_done_before, disposition_of, disposition_state
from pesut.decisions.handling import handled
from pesut.decisions.proofs import MOST_BYTES, file_of, keep_file, proof_file


async def prove(
    services: Services, asker: Principal, disposition_id: UUID, key: str, title: str, upload: UploadFile
) -> DispositionState:
    """Keep the file and say that it is a proof, once per key. Whoever may not is refused before anything is kept."""

    def move(file: UUID) -> DispositionMove:
        motion = Proof(title=title, file=file)
        return DispositionMove(disposition_id=disposition_id, principal=asker, key=f"{asker.id}/{key}", motion=motion)

    state, provisional = await disposition_state(services.engine, disposition_id), move(new_id())
    if await disposition_done_before(services.engine, provisional):
        return state
    handled(state, provisional)
    file = proof_file(upload.filename or "", await upload.read(MOST_BYTES + 1))
    return await services.client.decisions.handle(move(await keep_file(services.engine, disposition_id, asker, file)))


async def file_response(services: Services, asker: Principal, disposition_id: UUID, file_id: UUID) -> Response:
    """The file, to be saved and never shown by a browser."""
    await disposition_of(services.engine, disposition_id, asker, services.city)
    file = await file_of(services.engine, disposition_id, file_id, asker)
    headers = {
        "Content-Disposition": f'attachment; filename="{file.name.encode("ascii", "replace").decode().replace("?", "_")}"',
        "X-Content-Type-Options": "nosniff",
        "ETag": f'"{file.digest}"',
    }
    return Response(file.content, media_type="application/octet-stream", headers=headers)
