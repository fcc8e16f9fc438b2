"""The errors people meet. Each says what happened, to what, and what to do about it."""

from collections.abc import Sequence
from typing import ClassVar


class PesutError(Exception):
    """Base of every expected failure.

    `slug` names the kind (last part of a problem document's type), `status` is its HTTP status, `title` its short name,
    `remedy` what the person can do, and `problems` each part of the input that is wrong. `retryable` says whether the same call
    may succeed later unchanged.
    """

    slug: ClassVar[str] = "error"
    title: ClassVar[str] = "Something went wrong"
    status: ClassVar[int] = 500
    retryable: ClassVar[bool] = False

    def __init__(self, detail: str, *, remedy: str = "", problems: Sequence[str] = ()) -> None:
        super().__init__(detail)
        self.detail = detail
        self.remedy = remedy
        self.problems = list(problems)

    def __str__(self) -> str:
        return f"{self.detail} {self.remedy}".strip()


class InvalidInputError(PesutError):
    slug = "invalid-input"
    title = "The input cannot be used"
    status = 422


class NotFoundError(PesutError):
    slug = "not-found"
    title = "No such thing"
    status = 404


class UnauthenticatedError(PesutError):
    slug = "unauthenticated"
    title = "Who asks is not known"
    status = 401


class ForbiddenError(PesutError):
    slug = "forbidden"
    title = "Not allowed for this role"
    status = 403


class ConflictError(PesutError):
    slug = "conflict"
    title = "It conflicts with what is there"
    status = 409


class TooMuchWorkError(PesutError):
    slug = "too-much-work"
    title = "Too much at once"
    status = 429
    retryable = True


class UnavailableError(PesutError):
    """A part that Pesut needs (database, Temporal, model) is away for the moment."""

    slug = "unavailable"
    title = "A part of Pesut is away"
    status = 503
    retryable = True


class AnsweringOffError(UnavailableError):
    """An operator switched answering off."""

    slug = "answering-off"
    title = "Answering is switched off"


class CatalogError(PesutError):
    """The catalog or a city folder does not hold together; `problems` gives file, line and reason of each fault."""

    slug = "catalog"
    title = "The catalog has errors"
    status = 422

    def __init__(self, problems: list[str]) -> None:
        remedy = "Mend the lines named and run `pesut catalog check`."
        super().__init__("\n".join(problems), remedy=remedy, problems=problems)


class MetricQueryError(InvalidInputError):
    """A metric query asks for something that its metric does not offer."""

    slug = "metric-query"
    title = "The metric cannot be queried that way"
