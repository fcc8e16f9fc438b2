"""Which reports tell the same, as Pesut links them in a city of their own, beside which truly do."""

from collections import defaultdict
from collections.abc import AsyncGenerator, Iterable, Iterator
from contextlib import asynccontextmanager
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col

from evals.reports.truth import NOW, SCALE, SEED, Told
from evals.scratch import scratch_database
from pesut.city.models import City
from pesut.contracts import Contract
from pesut.database.tables import ReportLinkRow, ReportRow
from pesut.reports.linking.store import link_reports
from pesut.reports.privacy.vault import Vault
from pesut.sample.load import load_sample
from pesut.settings import Settings

Groups = dict[str, str]
"""By a report's number the group it is in."""


class Pair(Contract):
    """Two reports that tell one matter (`told`), or are said to (`linked`); `topic` is the matter, or the group."""

    one: str
    other: str
    topic: str
    told: bool
    linked: bool


class Campaign(Contract):
    """A planted campaign: how many reports it has, how many of them are in its largest group, and how many others are there."""

    code: str
    reports: int
    together: int
    strangers: int


@asynccontextmanager
async def linked_city(beside: AsyncEngine, city: City, path: Path, scale: float = SCALE) -> AsyncGenerator[AsyncEngine]:
    """The made-up reports in a database of their own, linked as the worker links them. Raises as `scratch_database`."""
    async with scratch_database(beside) as engine:
        with TemporaryDirectory() as place:
            vault = Vault.of(Settings(data_dir=Path(place), vault_key=None))
            await load_sample(engine, path, scale=scale, vault=vault, seed=SEED, now=NOW)
        async for _ in link_reports(engine, city):
            pass
        yield engine


async def groups_of(engine: AsyncEngine) -> Groups:
    first = select(col(ReportRow.number), col(ReportLinkRow.first_id)).join(
        ReportLinkRow, col(ReportLinkRow.report_id) == col(ReportRow.id)
    )
    async with engine.connect() as connection:
        found = (await connection.execute(first)).all()
    return {number: str(group) for number, group in found}


def pairs(told: Iterable[Told], groups: Groups) -> list[Pair]:
    """Every pair that is of one matter in truth or by its links. Those of one flood in one village are left out, since people would
    not agree on them either; so are campaigns, which `campaigns` looks at.
    """
    known = {each.number: each for each in told}
    true = _together({number: each.truth.matter for number, each in known.items() if each.truth.matter})
    linked = _together({number: group for number, group in groups.items() if number in known})
    return [
        Pair(one=one, other=other, told=pair in true, linked=pair in linked, topic=true.get(pair) or linked[pair])
        for pair in sorted({**true, **linked})
        for one, other in [pair]
        if not _debatable(known[one], known[other])
    ]


def campaigns(told: Iterable[Told], groups: Groups) -> Iterator[Campaign]:
    members: defaultdict[str, list[str]] = defaultdict(list)
    for each in told:
        if each.truth.campaign:
            members[each.truth.campaign].append(each.number)
    for code, numbers in sorted(members.items()):
        mine = [groups.get(number, number) for number in numbers]
        largest = max(set(mine), key=mine.count)
        size = sum(group == largest for group in groups.values())
        together = mine.count(largest)
        yield Campaign(code=code, reports=len(numbers), together=together, strangers=max(size - together, 0))


def _together(groups: Groups) -> dict[tuple[str, str], str]:
    members: defaultdict[str, list[str]] = defaultdict(list)
    for number, group in groups.items():
        members[group].append(number)
    return {pair: group for group, numbers in members.items() for pair in combinations(sorted(numbers), 2)}


def _debatable(one: Told, other: Told) -> bool:
    if one.truth.campaign and other.truth.campaign:
        return True
    floods = one.truth.flood and other.truth.flood
    return floods and one.truth.region == other.truth.region and one.truth.matter != other.truth.matter
