"""Decisions over the API: taken forward, approved, answered by the agency, and refused with a clear reason."""

from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy.ext.asyncio import AsyncEngine

from api.app import create_app
from api.services import services_for
from pesut.contracts import Role
from pesut.principals import issue_token
from pesut.settings import Settings
from tests.workflows.conftest import HIGHLAND
from tests.workflows.decisions.conftest import Office
from workflows.client import PesutClient

APPROVE = {"kind": "approve", "directives": [{"option": 0, "agency": "badan_bencana"}]}


async def test_from_approval_to_an_agencys_answer(
    office: Office, begun: UUID, engine: AsyncEngine, database_url: str, tmp_path: Path
) -> None:
    settings = Settings(data_dir=tmp_path, city=HIGHLAND, database_url=database_url)
    app = create_app(settings)
    client = PesutClient(office.environment.client, engine, settings)
    app.state.services = services_for(settings, engine, client)
    _, mayor = await issue_token(engine, "wakil", Role.MAYOR)
    _, agency = await issue_token(engine, "bpbd", Role.ANALYST, ("badan_bencana",))
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://pesut") as http:

        async def call(token: str, method: str, path: str, body: Any = None) -> httpx.Response:
            return await http.request(method, f"/v1{path}", json=body, headers={"Authorization": f"Bearer {token}"})

        shown = (await call(mayor, "GET", f"/decisions/{begun}")).json()
        assert shown["state"]["status"] == "approval"
        assert (await call(mayor, "POST", "/decisions", {"run_id": shown["run_id"]})).json()["id"] == str(begun)
        stale = {"key": "a", "version": 2, "motion": APPROVE}
        assert (await call(mayor, "POST", f"/decisions/{begun}/acts", stale)).status_code == 409
        step = {"key": "a", "version": 1, "motion": APPROVE}
        assert (await call(agency, "POST", f"/decisions/{begun}/acts", step)).status_code == 403
        approved = await call(mayor, "POST", f"/decisions/{begun}/acts", step)
        assert (approved.status_code, approved.json()["status"]) == (200, "approved")
        (given,) = (await call(agency, "GET", "/dispositions")).json()
        told = {"key": "b", "motion": {"kind": "acknowledge"}}
        answered = await call(agency, "POST", f"/dispositions/{given['id']}/acts", told)
        assert (answered.status_code, answered.json()["status"]) == (200, "acknowledged")
        assert (await call(mayor, "GET", f"/decisions/{begun}/outcome")).status_code == 404
        assert len((await call(mayor, "GET", "/decisions?status=approved")).json()) == 1
    await client.close()
