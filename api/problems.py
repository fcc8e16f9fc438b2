"""Errors as RFC 9457 problem documents."""

from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from starlette.exceptions import HTTPException

from api.open311 import answers as open311
from api.web.pages import page
from pesut.errors import InvalidInputError, PesutError, UnavailableError

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_SECONDS = 5
MACHINES = ("/v1/", "/openapi.json")  # addresses that programs read; all others are for people


class Problem(BaseModel):
    """What went wrong (RFC 9457). `remedy` says what to do; `errors` lists the parts of the input that are wrong."""

    type: str
    title: str
    status: int
    detail: str
    remedy: str = ""
    instance: str = ""
    errors: list[str] = []


def problems(*kinds: type[PesutError], large: bool = False) -> dict[int | str, dict[str, Any]]:
    """OpenAPI's `responses` for the errors an operation may give, beside those that any may; `large`: a body may be too large."""
    statuses = sorted(
        {kind.status for kind in (*kinds, InvalidInputError, UnavailableError)} | {401, *([413] if large else [])}
    )
    return {
        status: {
            "description": "Problem",
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status in statuses
    }


def _respond(request: Request, problem: Problem, *, retry: bool = False) -> Response:
    """A problem document, or for a person's browser a page that says the same."""
    headers = {"Retry-After": str(RETRY_AFTER_SECONDS)} if retry else {}
    if request.url.path.startswith(open311.PREFIX):
        told = open311.fault(request, problem.status, " ".join([problem.detail, *problem.errors]))
        told.headers.update(headers)
        return told
    if not request.url.path.startswith(MACHINES):
        shown = page(request, "message.html", problem.status, problem=problem)
        shown.headers.update(headers)
        return shown
    if problem.status == UNAUTHENTICATED:
        headers["WWW-Authenticate"] = "Bearer"
    body = problem.model_copy(update={"instance": request.url.path}).model_dump()
    return JSONResponse(body, problem.status, headers, media_type=MEDIA_TYPE)


UNAUTHENTICATED = 401


def _of_pesut(request: Request, error: Exception) -> Response:
    assert isinstance(error, PesutError)
    problem = Problem(
        type=f"urn:pesut:problem:{error.slug}",
        title=error.title,
        status=error.status,
        detail=error.detail,
        remedy=error.remedy,
        errors=error.problems,
    )
    return _respond(request, problem, retry=error.retryable)


def _of_validation(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    faults = [f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}" for fault in error.errors()]
    problem = Problem(
        type=f"urn:pesut:problem:{InvalidInputError.slug}",
        title=InvalidInputError.title,
        status=InvalidInputError.status,
        detail="The request does not fit what this address takes.",
        remedy="Mend the parts listed under errors; /openapi.json describes them.",
        errors=faults,
    )
    return _respond(request, problem)


def _of_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    problem = Problem(type="about:blank", title=str(error.detail), status=error.status_code, detail=str(error.detail))
    response = _respond(request, problem)
    response.headers.update(error.headers or {})
    return response


def _of_database(request: Request, error: Exception) -> Response:
    away = isinstance(error, OperationalError)
    known = UnavailableError("The database is away.", remedy="Try again shortly; `pesut doctor` tells what is wrong.")
    if away:
        return _of_pesut(request, known)
    problem = Problem(
        type="about:blank", title="Internal error", status=500, detail="The database refused a statement."
    )
    return _respond(request, problem)


def install(app: FastAPI) -> None:
    """Make every error of `app` a problem document."""
    app.add_exception_handler(PesutError, _of_pesut)
    app.add_exception_handler(RequestValidationError, _of_validation)
    app.add_exception_handler(HTTPException, _of_http)
    app.add_exception_handler(SQLAlchemyError, _of_database)
