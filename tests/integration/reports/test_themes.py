"""Themes of the sample city: what is really one matter is one theme, a theme's number equals its reports, and it stays itself."""

from collections import Counter
from collections.abc import AsyncGenerator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import httpx
import pytest
from sklearn.metrics import v_measure_score  # pyright: ignore[reportMissingTypeStubs, reportUnknownVariableType]
from sqlalchemy import create_engine, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col

from api.access import TOKEN_COOKIE
from api.app import create_app
from api.live.looking import looking
from api.services import services_for
from api.web.pages import pages_for
from pesut.city.loader import read_city
from pesut.contracts import Evidence, Period, Principal, Role, ThemesQuery, new_id
from pesut.database.engine import connect
from pesut.database.moment import known_moment, writing
from pesut.database.tables import AuditLogRow
from pesut.errors import ForbiddenError, NotFoundError
from pesut.evidence.record import gather
from pesut.evidence.replay import replay
from pesut.principals import issue_token
from pesut.reports.privacy.vault import Vault
from pesut.reports.themes.clustering import Centres
from pesut.reports.themes.keeping import ground_of, keep_themes, open_from
from pesut.reports.themes.model import ChangeKind, How
from pesut.reports.themes.opening import open_theme, reports_of, theme_called
from pesut.reports.themes.reading import members_of
from pesut.reports.themes.reviewing import review_themes
from pesut.reports.themes.signing import SignOff, sign_off
from pesut.reports.themes.writing import move_members, open_themes
from pesut.sample.load import load_sample
from pesut.search.city_vectors import CityVectors
from pesut.search.filling import fill
from pesut.search.spaces import Subject
from pesut.settings import SAMARINDA, Settings
from tools.patterns import lookup_of
from workflows.client import open_client

SCALE = 0.1
INSPECTOR = Principal(id=new_id(), name="pengawas", role=Role.INSPECTOR)
CLERK = Principal(id=new_id(), name="petugas", role=Role.OPERATOR)
HELD_BACK = "stray_wires"
EVER = timedelta(days=4000)


@pytest.fixture(scope="module")
async def told(module_url: str) -> AsyncGenerator[AsyncEngine]:
    """With the themes of all reports but those about wires, whose vectors come later."""
    engine = connect(module_url)
    await load_sample(engine, SAMARINDA, scale=SCALE, vault=Vault([bytes(32)]))
    async with engine.begin() as connection:
        texts = (await connection.execute(text("SELECT title || '. ' || body FROM report ORDER BY id"))).scalars().all()
    blocking = create_engine(make_url(module_url).set(drivername="postgresql+psycopg"))
    fill(blocking, Subject.REPORT, CityVectors.fit(list(texts), 96), lambda _done, _total: None)
    blocking.dispose()
    held = f"report_id IN (SELECT report_id FROM sample_truth WHERE truth->>'category' = '{HELD_BACK}')"
    async with engine.begin() as connection:
        await connection.execute(text(f"CREATE TABLE held AS SELECT * FROM report_vector WHERE {held}"))
        await connection.execute(text(f"DELETE FROM report_vector WHERE {held}"))
    async for _ in keep_themes(engine):
        pass
    yield engine
    await engine.dispose()


async def _themes(engine: AsyncEngine, asker: Principal, days: float = 4000, at: datetime | None = None) -> Evidence:
    at = at or await known_moment(engine)
    context = await looking(engine, read_city(SAMARINDA), asker.scope, at)
    query = ThemesQuery(period=Period(start=at - timedelta(days=days), end=at), limit=200)
    return await gather(context, lookup_of(context, query), label="E1")


async def _memberships(engine: AsyncEngine) -> dict[UUID, UUID]:
    query = "SELECT report_id, theme_id FROM theme_member WHERE superseded_at > now() AND theme_id IS NOT NULL"
    async with engine.connect() as connection:
        return {row[0]: row[1] for row in await connection.execute(text(query))}


async def _issues(engine: AsyncEngine) -> dict[UUID, str]:
    query = "SELECT report_id, truth->>'category' || '/' || (truth->>'issue') FROM sample_truth WHERE truth ? 'issue'"
    async with engine.connect() as connection:
        return {row[0]: row[1] for row in await connection.execute(text(query))}


async def _all_reports(engine: AsyncEngine, asker: Principal, theme: UUID, page: int = 50) -> Sequence[UUID]:
    found: list[UUID] = []
    while some := await reports_of(engine, asker, theme, limit=page, after=found[-1] if found else None):
        found += [each.id for each in some]
    return found


async def test_what_is_really_one_matter_is_one_theme(told: AsyncEngine) -> None:
    """Held against what the generator of the sample knows; a category alone reaches a purity of 0.4 and a V-measure of 0.7."""
    themes, issues = await _memberships(told), await _issues(told)
    both = [report for report in themes if report in issues]
    by_theme = {
        theme: Counter(issues[each] for each in both if themes[each] == theme) for theme in set(themes.values())
    }
    purity = sum(max(each.values(), default=0) for each in by_theme.values()) / len(both)
    agreement = float(v_measure_score([issues[each] for each in both], [str(themes[each]) for each in both]))
    print(f"{len(both)} reports in {len(by_theme)} themes: purity {purity:.2f}, V-measure {agreement:.2f}")
    assert purity > 0.6
    assert agreement > 0.7


async def test_a_themes_number_equals_its_reports(told: AsyncEngine) -> None:
    for asker in (INSPECTOR, CLERK):
        evidence = await _themes(told, asker)
        assert evidence.row_count > 20
        for row in evidence.result[:15]:
            theme = UUID(str(row["theme"]))
            reports, opened = await _all_reports(told, asker, theme), await open_theme(told, asker, theme)
            assert row["value"] == row["total"] == opened.reports == len(reports) == len(set(reports))
            assert row["total_reporters"] == opened.reporters <= opened.reports
            assert {each.id for each in opened.quotes} <= set(reports)
            assert str(row["report"]) in {str(each) for each in reports}
    seen = [sum(int(str(row["total"])) for row in (await _themes(told, each)).result) for each in (INSPECTOR, CLERK)]
    assert seen[0] > seen[1]


async def test_reports_that_come_later_join_or_open_themes_and_move_nothing(told: AsyncEngine) -> None:
    before, then = await _memberships(told), await known_moment(told)
    evidence = await _themes(told, INSPECTOR, at=then)
    async with told.begin() as connection:
        held = set((await connection.execute(text("SELECT report_id FROM held"))).scalars())
        await connection.execute(text("INSERT INTO report_vector SELECT * FROM held"))
    async for _ in keep_themes(told):
        pass
    ground = await ground_of(told)
    assert ground
    assert await open_from(ground, timedelta(0)) == 0, "nothing came just now"
    assert await open_from(ground, EVER) >= 1
    after, issues = await _memberships(told), await _issues(told)
    assert {report: after[report] for report in before} == before
    opened = set(after.values()) - set(before.values())
    wires = [report for report in held if after.get(report) in opened]
    print(f"{len(wires)} of {len(held)} reports about wires are in {len(opened)} new themes")
    assert len(wires) > 0.25 * len(held)
    assert Counter(issues.get(report, "").split("/")[0] for report in wires).most_common(1)[0][0] == HELD_BACK
    assert (await replay(told, evidence)).same


async def _torn(engine: AsyncEngine, theme: UUID) -> UUID:
    """Puts every other report of the theme into one of its own, that lies where it lies."""
    ground = await ground_of(engine)
    assert ground
    async with engine.connect() as connection:
        batch = await members_of(connection, ground.space, theme, None, 1000)
    half = batch.only(range(0, len(batch), 2))
    told = ground.view.of(half.vectors, half.categories)
    part = Centres((new_id(),), told[:1])
    async with writing(engine) as (connection, now):
        await open_themes(connection, now, ground.space, part, sample=True)
        await move_members(connection, now, half, [part.themes[0]] * len(half), told[:, 0], How.SPLIT)
    return part.themes[0]


@pytest.fixture
async def http(told: AsyncEngine, module_url: str, tmp_path: Path) -> AsyncGenerator[httpx.AsyncClient]:
    """The API and the pages, as an operator has them."""
    settings = Settings(data_dir=tmp_path / "data", city=SAMARINDA, database_url=module_url)
    app, (_, token) = create_app(settings), await issue_token(told, str(new_id()), Role.OPERATOR)
    async with open_client(settings, told) as client:
        services = app.state.services = services_for(settings, told, client)
        app.state.pages = pages_for(services.city)
        transport, headers = httpx.ASGITransport(app=app), {"Authorization": f"Bearer {token}"}
        cookies = {TOKEN_COOKIE: token}
        async with httpx.AsyncClient(
            transport=transport, base_url="http://pesut", headers=headers, cookies=cookies
        ) as client_of_pages:
            yield client_of_pages
        await services.live.close()


async def test_the_api_and_the_pages_open_a_theme_to_all_its_reports(http: httpx.AsyncClient) -> None:
    listed = (await http.get("/v1/themes", params={"days": 365, "limit": 5})).json()["items"]
    theme, count = listed[0]["theme"], listed[0]["total"]
    pages, after = list[str](), None
    while True:
        asked = {"limit": "40"} | ({"after": after} if after else {})
        some = (await http.get(f"/v1/themes/{theme}/reports", params=asked)).json()
        pages += [each["id"] for each in some["items"]]
        if not (after := some["after"]):
            break
    assert len(set(pages)) == len(pages) == count == (await http.get(f"/v1/themes/{theme}")).json()["reports"]
    whole = (await http.get("/tema", params={"hari": 365})).text
    assert f"/tema/{theme}" in whole
    assert "Sedang tumbuh" in whole
    page = (await http.get(f"/tema/{theme}")).text
    assert f"<strong>{count}</strong>" in page
    signed = await http.post(f"/tema/{theme}", data={"label": "Nama dari halaman"})
    assert signed.status_code == 303, signed.text
    assert "Nama dari halaman" in (await http.get(signed.headers["location"])).text
    assert (await http.patch(f"/v1/themes/{theme}", json={"label": "{E1.rows|text}"})).status_code == 422
    assert (await http.get("/v1/themes", params={"region": "00.00"})).status_code == 422
    assert (await http.get(f"/v1/themes/{new_id()}")).status_code == 404


async def test_a_night_merges_what_is_one_and_people_have_the_last_word(told: AsyncEngine) -> None:
    largest = UUID(str((await _themes(told, INSPECTOR)).result[0]["theme"]))
    whole = set(await _all_reports(told, INSPECTOR, largest))
    part = await _torn(told, largest)
    assert (await open_theme(told, INSPECTOR, largest)).reports < len(whole)
    decided = await sign_off(told, CLERK, largest, SignOff(label="Nama dari petugas", locked=True))
    assert (decided.label, decided.named, decided.locked, decided.confirmed) == ("Nama dari petugas", True, True, False)
    await review_themes(told)
    assert (await open_theme(told, CLERK, part)).id == part, "a locked theme is not merged with another"
    await sign_off(told, CLERK, largest, SignOff(locked=False, confirmed=True))
    evidence = await _themes(told, INSPECTOR, at=await known_moment(told))
    assert (await review_themes(told)).merged >= 1
    merged = await open_theme(told, INSPECTOR, part)
    assert (merged.id, merged.label, merged.confirmed) == (largest, "Nama dari petugas", True)
    assert set(await _all_reports(told, INSPECTOR, part)) >= whole
    assert part in merged.merged and merged.reports == len(await _all_reports(told, INSPECTOR, largest))
    kinds = {change.kind for change in merged.changes}
    assert kinds >= {
        ChangeKind.MERGED,
        ChangeKind.RENAMED,
        ChangeKind.CONFIRMED,
        ChangeKind.LOCKED,
        ChangeKind.UNLOCKED,
    }
    again = await review_themes(told)
    assert (again.merged, again.split) == (0, 0), "a night after a night changes nothing"
    assert (await replay(told, evidence)).same
    assert await theme_called(told, INSPECTOR, str(largest)[-8:]) == largest
    async with told.connect() as connection:
        acts = (await connection.execute(select(col(AuditLogRow.action)))).scalars().all()
    assert {"theme.renamed", "theme.locked", "theme.unlocked", "theme.confirmed"} <= set(acts)
    with pytest.raises(ForbiddenError):
        await sign_off(told, INSPECTOR, largest, SignOff(label="Nama lain"))
    with pytest.raises(NotFoundError):
        await open_theme(told, INSPECTOR, new_id())
