"""Style sheets, scripts and pictures of the pages, at addresses that name their content and may be kept for ever."""

from hashlib import sha256
from pathlib import Path

from fastapi import FastAPI
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

FOLDER = Path(__file__).parent / "static"
FOR_EVER = "public, max-age=31536000, immutable"


def _digest() -> str:
    """The same for the same files; a change of any of them gives all of them new addresses."""
    content = sha256()
    for path in sorted(each for each in FOLDER.rglob("*") if each.is_file()):
        content.update(path.relative_to(FOLDER).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return content.hexdigest()[:12]


ADDRESS = f"/static/{_digest()}"


class _Unchanging(StaticFiles):
    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["cache-control"] = FOR_EVER
        return response


def mount(app: FastAPI) -> None:
    """Serve the files below ADDRESS, where scripts find each other by relative names."""
    app.mount(ADDRESS, _Unchanging(directory=FOLDER), name="static")
