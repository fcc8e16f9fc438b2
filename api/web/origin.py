"""Whose form it is that was sent."""

from fastapi import Request

from pesut.drawing.words import later
from pesut.errors import ForbiddenError


def ensure_own_form(request: Request) -> None:
    """Raises ForbiddenError for a form that a page of another site sent."""
    origin = request.headers.get("origin")
    if request.method == "POST" and origin and origin != f"{request.url.scheme}://{request.headers.get('host')}":
        raise ForbiddenError(
            later("Formulir ini dikirim dari situs lain."), remedy=later("Buka halaman Pesut dan ulangi.")
        )
