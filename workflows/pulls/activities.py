"""The steps of a pull as activities, each of which may be repeated."""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import httpx
from pydantic import SecretStr
from temporalio import activity

from pesut.city.models import City
from pesut.city.open311 import Open311Source
from pesut.contracts import Period
from pesut.errors import NotFoundError
from pesut.intake.pulled import PullStaging, row_of
from tools.connectors.open311 import PATIENCE, Open311Client, Remote
from workflows.pulls.messages import CLEAR_PULL, FETCH_STRETCH, GATHER_PULL, PLAN_PULL, Gathered, Pull, Stretch

WEEK = timedelta(days=7)  # of requests at once; a server gives up to 90 days


class PullActivities:
    """Pulls for `city` into `data_dir`, which imports share. `keys` are those that servers want, by the source's code."""

    def __init__(
        self, city: City, data_dir: Path, keys: Mapping[str, SecretStr], timeout: httpx.Timeout = PATIENCE
    ) -> None:
        self._city = city
        self._data_dir = data_dir
        self._keys = keys
        self._timeout = timeout

    @activity.defn(name=PLAN_PULL)
    async def plan_pull(self, pull: Pull) -> list[Period]:
        """The pieces of time to fetch, the oldest first. Raises NotFoundError for a source that the city does not have."""
        source = self._source(pull)
        start = pull.began - timedelta(days=pull.request.days or source.days)
        return _weeks(start, pull.began)

    @activity.defn(name=FETCH_STRETCH)
    async def fetch_stretch(self, stretch: Stretch) -> None:
        """Keep what the server has of these days, unless that was done."""
        staging, source = self._staging(stretch.pull), self._source(stretch.pull)
        if staging.fetched(stretch.number):
            return
        key = self._keys.get(source.code)
        remote = Remote(source.url, source.jurisdiction, key.get_secret_value() if key else "")
        async with Open311Client(remote, self._timeout) as client:
            found = client.requests(stretch.period.start, stretch.period.end)
            rows = [row_of(request, source.services) async for request in found]
        await asyncio.to_thread(staging.keep, stretch.number, rows)

    @activity.defn(name=GATHER_PULL)
    async def gather_pull(self, pull: Pull) -> Gathered:
        staging, source = self._staging(pull), self._source(pull)
        return Gathered(order=await asyncio.to_thread(staging.order, source, pull.request.asked_by))

    @activity.defn(name=CLEAR_PULL)
    async def clear_pull(self, pull: Pull) -> None:
        await asyncio.to_thread(self._staging(pull).clear)

    def _staging(self, pull: Pull) -> PullStaging:
        return PullStaging(self._data_dir, pull.id)

    def _source(self, pull: Pull) -> Open311Source:
        source = self._city.open311.source(pull.request.source)
        if source is None:
            raise NotFoundError(
                f"The city has no Open311 source {pull.request.source!r}.",
                remedy="See open311.sources of its city.yml.",
            )
        return source


def _weeks(start: datetime, end: datetime) -> list[Period]:
    """Cut at whole seconds, as servers are asked; both have the second between them, so that nothing falls through."""
    edges = [start.replace(microsecond=0)]
    while edges[-1] < end:
        edges.append(min(edges[-1] + WEEK, end.replace(microsecond=0) + timedelta(seconds=1)))
    return [Period(start=first, end=last) for first, last in pairwise(edges)]
