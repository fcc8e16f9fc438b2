"""The language that a reader chose: a cookie of a year, and the button in the head of every page that sets it."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse

from api.web.origin import ensure_own_form
from pesut.contracts import Language

router = APIRouter()
LANGUAGE_COOKIE = "pesut_language"
YEAR_SECONDS = 365 * 24 * 3600


def language_of(request: Request) -> Language:
    """Indonesian, unless another was chosen."""
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    return Language(chosen) if chosen in set(Language) else Language.ID


def other_than(language: Language) -> Language:
    return next(each for each in Language if each is not language)


@router.post("/bahasa")
async def choose_language(
    request: Request, language: Annotated[Language, Form()], back: Annotated[str, Form(max_length=4000)] = "/"
) -> RedirectResponse:
    """Keep the choice, and go `back` to a page of this server."""
    ensure_own_form(request)
    response = RedirectResponse(back if _is_here(back) else "/", status_code=303)
    response.set_cookie(
        LANGUAGE_COOKIE,
        language.value,
        max_age=YEAR_SECONDS,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return response


def _is_here(address: str) -> bool:
    """Whether the address is a path: "//" and "/\\" would lead to another server."""
    return address.startswith("/") and not address.startswith(("//", "/\\"))
