"""Signing in to the pages: a link with a token becomes a cookie that scripts cannot read and other sites cannot send."""

from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import RedirectResponse

from api.access import TOKEN_COOKIE
from api.services import WithServices
from api.web.origin import ensure_own_form
from pesut.contracts import Principal
from pesut.drawing.words import later
from pesut.errors import UnauthenticatedError
from pesut.principals import authenticate

WEEK_SECONDS = 7 * 24 * 3600


async def signed_in(request: Request, services: WithServices) -> Principal:
    """Who the page is for. Raises UnauthenticatedError without a valid cookie, ForbiddenError for a form of another site."""
    ensure_own_form(request)
    token = request.cookies.get(TOKEN_COOKIE)
    if not token:
        raise UnauthenticatedError(
            later("Halaman ini perlu tahu siapa yang bertanya."),
            remedy=later("Buka tautan masuk yang dicetak `make demo`."),
        )
    return await authenticate(services.engine, token)


Reader = Annotated[Principal, Depends(signed_in)]


def remember(request: Request, token: str) -> RedirectResponse:
    """To the first page, with the token kept as a cookie."""
    response = RedirectResponse("/", status_code=303)
    response.set_cookie(
        TOKEN_COOKIE,
        token,
        max_age=WEEK_SECONDS,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return response
