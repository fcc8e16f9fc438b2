"""What the parameters of a search for requests mean."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import Query

from pesut.errors import InvalidInputError
from pesut.reports.service_requests import RequestQuery

SPAN = timedelta(days=90)  # the specification's longest range, and the one that counts where none is given
MOST = 1000  # requests in one answer, by the specification
LAST_PAGE = 100_000
_STATUSES = {"open": False, "closed": True}
Listed = Annotated[str, Query(description="One or several, with commas between.")]
Moment = Annotated[str, Query(description="ISO 8601 with offset, e.g. 2026-01-01T00:00:00Z.")]


@dataclass(frozen=True)
class Search:
    """GeoReport's parameters; an empty one counts as absent. `page` (from 1) and `page_size` are its usual extension."""

    service_request_id: Listed = ""
    service_code: Listed = ""
    start_date: Moment = ""
    end_date: Moment = ""
    status: Listed = ""
    page: Annotated[str, Query(description="From 1.")] = ""
    page_size: Annotated[str, Query(description=f"At most {MOST}.")] = ""

    def query(self) -> RequestQuery:
        """Raises InvalidInputError for a parameter that cannot be read."""
        size = min(_count("page_size", self.page_size, MOST), MOST)
        offset = (_count("page", self.page, 1) - 1) * size
        if self.service_request_id:
            return RequestQuery(ids=tuple(ids_in(self.service_request_id)), limit=size, offset=offset)
        start, end = self._range()
        categories, closed = tuple(_several(self.service_code)), self._closed()
        return RequestQuery(None, categories, start, end, closed, limit=size, offset=offset)

    def _range(self) -> tuple[datetime, datetime | None]:
        start, end = _moment("start_date", self.start_date), _moment("end_date", self.end_date)
        if start is None:
            return ((end or datetime.now(UTC)) - SPAN, end)
        if end is not None and not start <= end <= start + SPAN:
            raise InvalidInputError(f"start_date and end_date must span up to {SPAN.days} days.")
        return start, end or start + SPAN

    def _closed(self) -> bool | None:
        wanted = {each: _STATUSES.get(each) for each in _several(self.status)}
        if None in wanted.values():
            raise InvalidInputError("status must be open, closed, or both with a comma between.")
        return next(iter(wanted.values())) if len(wanted) == 1 else None


def _several(text: str) -> list[str]:
    return [part for each in text.split(",") if (part := each.strip())]


def ids_in(text: str) -> list[UUID]:
    """What is no id of ours is of no request."""
    found: list[UUID] = []
    for each in _several(text):
        try:
            found.append(UUID(each))
        except ValueError:
            continue
    return found


def _count(name: str, text: str, otherwise: int) -> int:
    if not text.strip():
        return otherwise
    if not text.strip().isascii() or not text.strip().isdigit() or not 1 <= int(text[:9]) <= LAST_PAGE:
        raise InvalidInputError(f"{name} must be a number from 1 to {LAST_PAGE}.")
    return int(text[:9])


def _moment(name: str, text: str) -> datetime | None:
    """A plus sign that was not escaped arrives as a space."""
    if not text.strip():
        return None
    with suppress(ValueError, OverflowError):
        moment = datetime.fromisoformat(text.strip().replace(" ", "+"))
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
    raise InvalidInputError(f"{name} must be ISO 8601 with an offset, e.g. 2026-01-01T00:00:00Z.")
