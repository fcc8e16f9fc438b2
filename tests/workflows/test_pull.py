"""Reports are pulled from another server as it really behaves: slow, broken, with pages that overlap; each comes in once."""

import asyncio
import json
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from pydantic import SecretStr
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from temporalio.client import Client, WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.worker import Replayer

from api.app import create_app
from pesut.city.load import load_city
from pesut.city.loader import read_city
from pesut.city.models import City
from pesut.city.open311 import Open311, Open311Source
from pesut.contracts import Period, Role
from pesut.database.engine import connect
from pesut.errors import InvalidInputError, NotFoundError, PesutError, UnavailableError
from pesut.intake.orders import ImportProgress
from pesut.principals import issue_token
from pesut.reports.privacy.vault import Vault
from pesut.settings import Settings
from tools.connectors.open311 import Open311Client, Remote
from workflows.client import connect_temporal
from workflows.imports.worker import import_worker
from workflows.pulls.activities import PullActivities
from workflows.pulls.client import pull_reports
from workflows.pulls.messages import Pull as RunningPull
from workflows.pulls.messages import PullRequest, Stretch
from workflows.pulls.schedule import keep_pull_schedules
from workflows.pulls.worker import pull_worker
from workflows.pulls.workflow import PullReports

HISTORIES = Path(__file__).parent / "histories"
NOW = datetime.now(UTC).replace(microsecond=0)
Pull = Callable[[], Awaitable[ImportProgress]]


def _request(number: int, days: float, **more: Any) -> dict[str, Any]:
    made = (NOW - timedelta(days=days)).isoformat()
    return {
        "service_request_id": number, "status": "open", "service_code": "006", "service_name": "Pests",
        "description": f"Wereng di petak {number}, hubungi 081200004321", "requested_datetime": made, "updated_datetime": made,
        "address": "Desa Watulawang", "lat": None, "long": None, "agency_responsible": None, "media_url": "",
    } | more  # fmt: skip


@dataclass
class Elsewhere:
    """A server that speaks GeoReport v2; `mishaps` are what its next answers are instead. `page_size`: 0 for none."""

    requests: list[Any]
    mishaps: list[Response | float] = field(default_factory=list[Response | float])
    page_size: int = 0
    asked: list[dict[str, str]] = field(default_factory=list[dict[str, str]])
    url: str = ""

    async def answer(self, request: Request) -> Response:
        self.asked.append(dict(request.query_params))
        if self.mishaps:
            mishap = self.mishaps.pop(0)
            if isinstance(mishap, Response):
                return mishap
            await asyncio.sleep(mishap)
        start, end = (datetime.fromisoformat(request.query_params[name]) for name in ("start_date", "end_date"))
        within = [each for each in self.requests if start <= _made(each) <= end]
        if self.page_size:  # what was added meanwhile pushes one request over to the next page
            first = max(0, (int(request.query_params["page"]) - 1) * self.page_size - 1)
            within = within[first : first + self.page_size]
        return Response(json.dumps(within), media_type="application/json")


def _made(request: Any) -> datetime:
    try:
        return datetime.fromisoformat(request["requested_datetime"])
    except TypeError:
        return NOW - timedelta(days=1)


@asynccontextmanager
async def _served(app: Any) -> AsyncGenerator[str]:
    """The address at which the application answers."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning"))
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    await serving


@pytest.fixture
async def elsewhere() -> AsyncGenerator[Elsewhere]:
    there = Elsewhere([])
    async with _served(Starlette(routes=[Route("/v2/requests.json", there.answer)])) as address:
        there.url = f"{address}/v2"
        yield there


@pytest.fixture
async def temporal(settings: Settings, engine: AsyncEngine) -> Client:
    await load_city(engine, settings.city)
    return await connect_temporal(settings)


@pytest.fixture
def highland(settings: Settings, elsewhere: Elsewhere) -> City:
    source = Open311Source(code="desa", url=elsewhere.url, services={"006": "hama"}, days=10)
    return read_city(settings.city).model_copy(update={"open311": Open311(sources=(source,))})


@asynccontextmanager
async def _pulling(
    city: City, temporal: Client, engine: AsyncEngine, settings: Settings, key: str
) -> AsyncGenerator[Pull]:
    """`await pull()`: once, by the real workers."""
    steps = PullActivities(city, settings.data_dir, {"desa": SecretStr(key)}, httpx.Timeout(1.0))
    importing = import_worker(temporal, engine, city, settings.data_dir, Vault.of(settings))
    async with importing, pull_worker(temporal, steps):
        yield lambda: pull_reports(temporal, PullRequest(source="desa"))


@pytest.fixture
async def pull(temporal: Client, highland: City, engine: AsyncEngine, settings: Settings) -> AsyncGenerator[Pull]:
    async with _pulling(highland, temporal, engine, settings, "kunci") as pull:
        yield pull


async def _rows(engine: AsyncEngine, statement: str) -> list[tuple[Any, ...]]:
    async with engine.connect() as connection:
        return [tuple(row) for row in await connection.execute(text(statement))]


async def test_requests_become_reports_and_later_pulls_bring_only_what_changed(
    elsewhere: Elsewhere, pull: Pull, engine: AsyncEngine, temporal: Client, settings: Settings
) -> None:
    elsewhere.requests = [_request(1, 1), _request(2, 8), _request(3, 2, service_code="x"), _request(9, 11)]
    done = await pull()
    assert (done.rows, done.tally.created, done.tally.rejected) == (3, 3, 0)
    assert {each["api_key"] for each in elsewhere.asked} == {"kunci"}
    stored = "SELECT source, number, body, s.channel, category, status FROM report r JOIN report_state s ON s.report_id = r.id"
    first = ("desa", "1", "Wereng di petak 1, hubungi [telepon]", "open311", "hama", "baru")
    assert (await _rows(engine, f"{stored} ORDER BY number"))[0] == first
    sources = (
        "SELECT decided->'category'->>'by' FROM report_state s JOIN report r ON r.id = s.report_id ORDER BY number"
    )
    assert await _rows(engine, sources) == [("source",), ("source",), ("rule",)]
    assert (await pull()).tally.unchanged == 3
    open_again, closed = _request(1, 1), _request(1, 1, status="closed", updated_datetime=NOW.isoformat())
    elsewhere.requests[0] = closed
    assert (await pull()).tally.corrected == 1
    elsewhere.requests[0] = open_again
    assert (await pull()).tally.unchanged == 3
    states = "SELECT status, closed_at FROM report_state s JOIN report r ON r.id = s.report_id WHERE number = '1' ORDER BY s.recorded_at"
    assert await _rows(engine, states) == [("baru", None), ("rampung", NOW)]
    acts = await _rows(engine, "SELECT subject, count(*) FROM audit_log WHERE action = 'reports.import' GROUP BY 1")
    assert acts == [("desa.json", 4)]
    assert not [*(settings.data_dir / "pulls").iterdir()]
    await _replays(temporal)


async def _replays(temporal: Client) -> None:
    """The pull just made, and those of earlier versions; none tells what is personal.

    To keep one more: `temporal workflow show --workflow-id pull-now/… --output json`, with identities removed.
    """
    made = await temporal.get_workflow_handle("pull-now/desa").fetch_history()
    assert b"081200004321" not in b"".join(event.SerializeToString() for event in made.events)
    kept = [WorkflowHistory.from_json(path.stem, path.read_text()) for path in HISTORIES.glob("pull_*.json")]
    assert kept
    replayer = Replayer(workflows=[PullReports], data_converter=pydantic_data_converter)
    for history in (made, *kept):
        await replayer.replay_workflow(history)


async def test_one_pesut_pulls_what_another_was_sent(
    temporal: Client, engine: AsyncEngine, settings: Settings, module_url: str, tmp_path: Path
) -> None:
    other = connect(module_url)
    await load_city(other, settings.city)
    _, key = await issue_token(other, "petugas", Role.OPERATOR)
    await other.dispose()
    neighbour = settings.model_copy(update={"database_url": module_url, "data_dir": tmp_path / "neighbour"})
    form = {
        "api_key": key,
        "service_code": "hama",
        "lat": "-7.2",
        "long": "109.9",
        "description": "Hubungi 081200004321",
    }
    async with _served(create_app(neighbour)) as address, httpx.AsyncClient() as http:
        there = f"{address}/open311/v2"
        (sent,) = (await http.post(f"{there}/requests.json", data=form)).raise_for_status().json()
        source = Open311Source(code="desa", url=there, services={"hama": "hama"}, days=1)
        city = read_city(settings.city).model_copy(update={"open311": Open311(sources=(source,))})
        async with _pulling(city, temporal, engine, settings, key) as pull:
            assert [(await pull()).tally.created for _ in range(2)] == [1, 0]
    stored = "SELECT number, body, category, latitude FROM report r JOIN report_state s ON s.report_id = r.id"
    assert await _rows(engine, stored) == [(sent["service_request_id"], "Hubungi [telepon]", "hama", -7.2)]


async def test_what_was_fetched_is_not_fetched_again(elsewhere: Elsewhere, highland: City, tmp_path: Path) -> None:
    elsewhere.requests = [_request(1, 1)]
    steps = PullActivities(highland, tmp_path, {})
    pulling = RunningPull(id="pull-now/desa/1", request=PullRequest(source="desa"), began=NOW)
    stretch = Stretch(pull=pulling, number=0, period=Period(start=NOW - timedelta(days=7), end=NOW))
    await steps.fetch_stretch(stretch)
    asked = len(elsewhere.asked)
    await steps.fetch_stretch(stretch)
    assert len(elsewhere.asked) == asked


async def test_a_server_that_stumbles_is_asked_again(elsewhere: Elsewhere, pull: Pull, engine: AsyncEngine) -> None:
    elsewhere.requests = [_request(number, number / 50) for number in range(1, 8)]
    elsewhere.page_size = 3
    elsewhere.mishaps = [Response("away", 500), 1.5]
    done = await pull()
    assert (done.tally.created, done.tally.rejected) == (7, 0)
    assert await _rows(engine, "SELECT count(*), count(DISTINCT source_key) FROM report") == [(7, 7)]


@pytest.mark.parametrize(
    ("mishap", "error", "told"),
    [
        (Response("", 502), UnavailableError, "answers 502"),
        (Response("", 429), UnavailableError, "answers 429"),
        (Response("<html>login</html>"), UnavailableError, "else than JSON"),
        (Response("[{"), UnavailableError, "else than JSON"),
        (Response('{"a": 1}'), UnavailableError, "no list"),
        (1.5, UnavailableError, "does not answer"),
        (Response("", 302, {"location": "/v2/requests.json"}), InvalidInputError, "answers 302"),
        (Response("", 404), InvalidInputError, "answers 404"),
    ],
)
async def test_what_may_pass_is_told_from_what_will_not(
    elsewhere: Elsewhere, mishap: Response | float, error: type[PesutError], told: str
) -> None:
    elsewhere.mishaps = [mishap]
    async with Open311Client(Remote(elsewhere.url, api_key="kunci"), httpx.Timeout(1.0)) as client:
        with pytest.raises(error, match=told) as raised:
            [each async for each in client.requests(NOW - timedelta(days=1), NOW)]
    assert "kunci" not in str(raised.value)


async def test_what_is_no_report_is_rejected_and_the_rest_comes_in(
    elsewhere: Elsewhere, pull: Pull, engine: AsyncEngine, settings: Settings
) -> None:
    elsewhere.requests = [
        "no request", _request(1, 1, requested_datetime=None), _request(2, 1, lat="utara", long="1"), _request(3, 1, description=None),
        _request(4, 1, agency_responsible="Dinas Antariksa"), _request(5, 1, description="Sawah \ud800 kering"),
    ]  # fmt: skip
    done = await pull()
    assert (done.tally.created, done.tally.rejected) == (3, 3)
    assert Path(done.rejects_file) == settings.data_dir / "rejects" / "desa.csv"
    flags = (
        "SELECT decided->'flags'->'found'->>0 FROM report_state s JOIN report r ON r.id = s.report_id ORDER BY number"
    )
    assert await _rows(engine, flags) == [("empty",), ("unknown_agency",), (None,)]


async def test_a_server_without_pages_is_asked_for_less_at_once(elsewhere: Elsewhere, pull: Pull) -> None:
    elsewhere.requests = [_request(number, number / 300) for number in range(1, 701)]
    done = await pull()
    assert (done.rows, done.tally.created) == (700, 700)
    assert len(elsewhere.asked) > 4


async def test_what_will_not_pass_is_told(elsewhere: Elsewhere, pull: Pull, temporal: Client) -> None:
    elsewhere.mishaps = [Response("[]", 403)]
    with pytest.raises(InvalidInputError, match="answers 403"):
        await pull()
    with pytest.raises(NotFoundError, match="no Open311 source"):
        await pull_reports(temporal, PullRequest(source="lain"))
    assert (await pull()).rows == 0


async def test_schedules_follow_the_city_s_folder(temporal: Client, highland: City) -> None:
    await keep_pull_schedules(temporal, highland)
    await temporal.get_schedule_handle("pull/desa").pause()
    often = highland.open311.sources[0].model_copy(update={"every": timedelta(minutes=10)})
    await keep_pull_schedules(temporal, highland.model_copy(update={"open311": Open311(sources=(often,))}))
    found = (await temporal.get_schedule_handle("pull/desa").describe()).schedule
    assert (found.spec.intervals[0].every, found.state.paused) == (timedelta(minutes=10), True)
    while "pull/desa" not in await _pulls(temporal):  # they are listed a little later than they are made
        await asyncio.sleep(0.05)
    await keep_pull_schedules(temporal, highland.model_copy(update={"open311": Open311()}))
    while await _pulls(temporal):
        await asyncio.sleep(0.05)


async def _pulls(temporal: Client) -> list[str]:
    """Schedules of this kind; others' tests may have left theirs on the same server."""
    return [each.id async for each in await temporal.list_schedules() if each.id.startswith("pull/")]
