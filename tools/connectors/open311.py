"""Reads requests from another server that speaks Open311 GeoReport v2."""

import json
import logging
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self, cast

import httpx
import orjson

from pesut.errors import InvalidInputError, UnavailableError

PAGE = 500  # requests asked for at once; servers that know no page_size give up to 1000
MOST_PAGES = 400  # of one stretch of time
LARGEST_ANSWER = 32 * 1024**2  # bytes
SHORTEST = timedelta(minutes=1)  # a stretch that is not halved any more
PATIENCE = httpx.Timeout(30.0, connect=10.0)  # seconds: for the next bytes, and for a connection
logging.getLogger("httpx").setLevel(logging.WARNING)  # it tells addresses, which hold the key
_LATER = (408, 425, 429)  # beside 500 and above: worth another try


@dataclass(frozen=True)
class Remote:
    """Where the server is, for which jurisdiction, and the key that it may want."""

    url: str
    jurisdiction: str = ""
    api_key: str = ""


class Open311Client:
    """`async with Open311Client(remote) as client`. Redirects are not followed, since the key is for one server alone."""

    def __init__(self, remote: Remote, timeout: httpx.Timeout = PATIENCE) -> None:
        self._remote = remote
        self._http = httpx.AsyncClient(timeout=timeout)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.aclose()

    async def requests(self, start: datetime, end: datetime) -> AsyncGenerator[Any]:
        """What the server gives as requests made from `start` to `end`, each once; anything may be among it.

        A server that knows no pages gives the same ones again; where they may have been cut off, the time is halved.
        Raises UnavailableError for what may pass, InvalidInputError for what will not.
        """
        seen: set[str] = set()
        for number in range(1, MOST_PAGES + 1):
            page = await self._page(start, end, number)
            new = [each for each in page if (known := _name(each)) not in seen and not seen.add(known)]
            for each in new:
                yield each
            if not new:
                if page and number == 2 and len(page) >= PAGE:
                    async for each in self._halves(start, end, seen):
                        yield each
                return
        raise InvalidInputError(
            f"{self._remote.url} has more than {MOST_PAGES} pages from {start} to {end}.", remedy="Ask its operators."
        )

    async def _halves(self, start: datetime, end: datetime, seen: set[str]) -> AsyncGenerator[Any]:
        if end - start <= SHORTEST:
            raise InvalidInputError(
                f"{self._remote.url} gives no more than {PAGE} requests from {start} to {end}, and no further pages.",
                remedy="Ask its operators for the parameters page and page_size.",
            )
        middle = start + (end - start) / 2
        for first, last in ((start, middle), (middle, end)):
            async for each in self.requests(first, last):
                if (name := _name(each)) not in seen:
                    seen.add(name)
                    yield each

    async def _page(self, start: datetime, end: datetime, number: int) -> list[Any]:
        parameters = {
            "jurisdiction_id": self._remote.jurisdiction, "api_key": self._remote.api_key, "start_date": _moment(start),
            "end_date": _moment(end), "page": str(number), "page_size": str(PAGE),
        }  # fmt: skip
        body = await self._get({name: value for name, value in parameters.items() if value})
        try:
            content = _parsed(body)
        except ValueError as error:
            raise self._away("answers something else than JSON") from error
        if isinstance(content, dict):
            content = cast("dict[str, Any]", content).get("service_requests")
        if not isinstance(content, list):
            raise self._away("answers no list of requests")
        return cast("list[Any]", content)

    async def _get(self, parameters: dict[str, str]) -> bytes:
        body = bytearray()
        try:
            async with self._http.stream("GET", f"{self._remote.url}/requests.json", params=parameters) as answer:
                self._check(answer.status_code)
                async for piece in answer.aiter_bytes():
                    body += piece
                    if len(body) > LARGEST_ANSWER:
                        raise InvalidInputError(f"{self._remote.url} sends more than {LARGEST_ANSWER} bytes at once.")
        except httpx.HTTPError as error:  # its text may hold the key
            raise self._away(f"does not answer ({type(error).__name__})") from None
        return bytes(body)

    def _check(self, status: int) -> None:
        if status >= 500 or status in _LATER:
            raise self._away(f"answers {status}")
        if status != 200:
            raise InvalidInputError(
                f"{self._remote.url} answers {status}.", remedy="Check its address, jurisdiction and key."
            )

    def _away(self, what: str) -> UnavailableError:
        return UnavailableError(f"{self._remote.url} {what}.", remedy="It is asked again later.")


def _parsed(body: bytes) -> Any:
    """Half a pair of surrogates, which JSON can spell but no text holds, becomes a question mark. Raises ValueError."""
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        return orjson.loads(json.dumps(json.loads(body), ensure_ascii=False).encode("utf-8", "replace"))


def _name(request: Any) -> str:
    """What tells a request from others; one without an id is told by all that it says."""
    known = cast("dict[str, Any]", request).get("service_request_id") if isinstance(request, dict) else None
    return str(known) if known else orjson.dumps(request).decode()


def _moment(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
