"""Duplicates and campaigns planted in the sample city are found; links are written once, and seen by whoever sees their reports."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncGenerator, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col

from pesut.city.loader import read_city
from pesut.city.models import City
from pesut.contracts import Principal, Role, new_id
from pesut.database.engine import connect
from pesut.database.tables import ReportLinkRow, SampleTruthRow
from pesut.intake.mapping import ImportKind
from pesut.reports.linking.groups import list_repeated
from pesut.reports.linking.refresh import refresh_links
from pesut.reports.linking.store import link_reports
from pesut.reports.privacy.vault import Vault
from pesut.sample.load import load_sample
from pesut.settings import SAMARINDA
from tests.integration.intake.conftest import Importer
from tests.integration.reports.conftest import HALIMUN

NOW = datetime(2026, 11, 24, 8, 41, tzinfo=UTC)
CLERK = Principal(id=new_id(), name="petugas", role=Role.OPERATOR)
INSPECTOR = Principal(id=new_id(), name="pengawas", role=Role.INSPECTOR)
SCALE = 0.25
HEADER = "id,isi,tanggal,pelapor\n"
PLEA = (
    "Kami petani menolak kenaikan iuran irigasi yang memberatkan. Batalkan kenaikan itu sekarang juga demi petani kecil"
)
Groups = Mapping[Any, list[UUID]]


@pytest.fixture(scope="module")
async def told(module_url: str) -> AsyncGenerator[AsyncEngine]:
    engine = connect(module_url)
    await load_sample(engine, SAMARINDA, scale=SCALE, vault=Vault([bytes(32)]), now=NOW)
    async for _ in link_reports(engine, read_city(SAMARINDA)):
        pass
    yield engine
    await engine.dispose()


async def _truths(engine: AsyncEngine) -> dict[UUID, dict[str, Any]]:
    async with engine.connect() as connection:
        rows = await connection.execute(select(col(SampleTruthRow.report_id), col(SampleTruthRow.truth)))
        return {row[0]: row[1] for row in rows}


async def _groups(engine: AsyncEngine) -> dict[UUID, list[UUID]]:
    found: defaultdict[UUID, list[UUID]] = defaultdict(list)
    async with engine.connect() as connection:
        for report, first in await connection.execute(
            select(col(ReportLinkRow.report_id), col(ReportLinkRow.first_id))
        ):
            found[first].append(report)
    return found


def _pairs(groups: Groups) -> set[frozenset[UUID]]:
    return {frozenset(pair) for group in groups.values() for pair in combinations(group, 2)}


def _planted(truths: Mapping[UUID, Mapping[str, Any]], key: str) -> dict[Any, list[UUID]]:
    found: defaultdict[Any, list[UUID]] = defaultdict(list)
    for report, truth in truths.items():
        if key in truth:
            found[truth[key]].append(report)
    return found


async def test_planted_duplicates_are_found(told: AsyncEngine) -> None:
    """Pairs of one flood are left out: whether they are one matter or many, people would not agree either."""
    truths = await _truths(told)
    flooded = {report for report, truth in truths.items() if truth["category"] == "flood" and "flood" in truth}
    copied = {report for report, truth in truths.items() if "campaign" in truth}

    def counted(pairs: Iterable[frozenset[UUID]]) -> set[frozenset[UUID]]:
        return {pair for pair in pairs if not pair <= flooded and not pair & copied}

    found, planted = counted(_pairs(await _groups(told))), counted(_pairs(_planted(truths, "same_matter_as")))
    precision, recall = len(found & planted) / len(found), len(found & planted) / len(planted)
    print(f"pairs of one matter: {len(planted)} planted, precision {precision:.2f}, recall {recall:.2f}")
    assert precision > 0.7
    assert recall > 0.2


async def test_planted_campaigns_are_found_by_name_and_nothing_else_is_called_one(told: AsyncEngine) -> None:
    truths, groups = await _truths(told), await _groups(told)
    planted = _planted(truths, "campaign")
    found = await list_repeated(told, CLERK, 100, campaigns_only=True)
    named = {truths[matter.first].get("campaign"): matter for matter in found}
    assert named.keys() == planted.keys() == {"market-fees", "flyover-wanted"}
    for code, matter in named.items():
        assert set(groups[matter.first]) <= set(planted[code])
        assert matter.reports > 2 * matter.reporters
    pairs, right = _pairs(groups), _pairs(planted)
    print(f"pairs of one campaign: {len(right)} planted, recall {len(pairs & right) / len(right):.2f}")
    assert len(pairs & right) > 0.7 * len(right)


async def test_reports_and_reporters_are_counted_apart(told: AsyncEngine) -> None:
    matters = await list_repeated(told, CLERK, 1000)
    assert matters[0].reports == max(matter.reports for matter in matters)
    assert all(1 <= matter.reporters <= matter.reports for matter in matters)
    assert any(matter.reporters < matter.reports for matter in matters if not matter.possible_campaign)
    recent = await list_repeated(told, CLERK, 1000, since=NOW - timedelta(days=30))
    assert recent and all(matter.first_at >= NOW - timedelta(days=30) for matter in recent)


async def test_who_may_not_see_a_report_does_not_see_its_links(told: AsyncEngine) -> None:
    hidden = "SELECT report_id FROM report_state WHERE classification = 'supervision'"
    async with told.connect() as connection:
        supervised = set((await connection.execute(text(hidden))).scalars())
    every, some = [await list_repeated(told, asker, 1000) for asker in (INSPECTOR, CLERK)]
    assert {matter.first for matter in every} & supervised
    assert not {matter.first for matter in some} & supervised


async def _rows(engine: AsyncEngine) -> list[Any]:
    async with engine.connect() as connection:
        rows = await connection.execute(text("SELECT report_id, first_id, how FROM report_link ORDER BY report_id"))
        return list(rows.all())


async def test_each_report_is_compared_once_by_a_process_of_its_own(
    regency: AsyncEngine, halimun: City, tmp_path: Path
) -> None:
    importer = Importer(regency, halimun, tmp_path)
    await importer.text(ImportKind.REPORTS, f"{HEADER}1,{PLEA},01/06/2026,A\n2,{PLEA}!!,02/06/2026,B\n")
    assert await refresh_links(regency, HALIMUN) == 2
    before = await _rows(regency)
    assert sorted(how for _, _, how in before) == ["first", "text"]
    await importer.text(ImportKind.REPORTS, f"{HEADER}3,{PLEA.upper()},01/06/2026,A\n", name="late.csv")
    done = await asyncio.gather(*(refresh_links(regency, HALIMUN) for _ in range(2)))
    assert sorted(done) == [0, 1]
    assert await refresh_links(regency, HALIMUN) == 0
    after = await _rows(regency)
    assert len(after) == 3
    assert set(before) < set(after)
    assert len({first for _, first, _ in after}) == 1
    [matter] = await list_repeated(regency, CLERK, 10)
    assert (matter.reports, matter.reporters, matter.possible_campaign) == (3, 2, False)
