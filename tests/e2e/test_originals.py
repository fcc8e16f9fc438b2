"""An original is opened over the API and on the command line, by the inspectorate alone."""

import os
import subprocess
import sys

import psycopg
import pytest
from sqlalchemy.engine import make_url

from cli.state import read_state
from tests.e2e.conftest import Demo

pytestmark = pytest.mark.slow
WHY = "Pelapor minta dihubungi kembali."


@pytest.fixture(scope="module")
def masked(demo: Demo) -> tuple[str, str]:
    """Id and number of a report of which a telephone number was masked."""
    state = read_state(demo.data_dir)
    assert state and state.database_url
    query = """
        SELECT r.id::text, r.number FROM report r JOIN report_original o ON o.report_id = r.id
        WHERE r.body LIKE '%[telepon]%' ORDER BY r.id LIMIT 1
    """
    address = make_url(state.database_url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address) as connection:
        row = connection.execute(query).fetchone()
    assert row is not None
    return row


def test_the_inspector_sees_what_was_said(demo: Demo, masked: tuple[str, str]) -> None:
    report, number = masked
    with demo.api("inspector") as api:
        opened = api.get(f"/v1/reports/{report}/original", params={"reason": WHY}).json()
    assert (opened["number"], opened["masked"]) == (number, True)
    assert "0000" in opened["text"]["body"]


@pytest.mark.parametrize("role", ["mayor", "operator", "analyst", "reviewer"])
def test_others_are_refused(demo: Demo, masked: tuple[str, str], role: str) -> None:
    with demo.api(role) as api:
        refused = api.get(f"/v1/reports/{masked[0]}/original", params={"reason": WHY})
    assert refused.status_code == 403
    assert "inspectorate" in refused.json()["remedy"]


def test_a_reason_is_asked_for(demo: Demo, masked: tuple[str, str]) -> None:
    with demo.api("inspector") as api:
        assert api.get(f"/v1/reports/{masked[0]}/original").status_code == 422
        assert api.get(f"/v1/reports/{masked[0]}/original", params={"reason": "penting!"}).status_code == 422


def test_the_command_line_takes_an_inspectors_token(demo: Demo, masked: tuple[str, str]) -> None:
    def pesut(**more: str) -> subprocess.CompletedProcess[str]:
        command = (sys.executable, "-m", "cli.main", "reports", "original", masked[1], "--reason", WHY)
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PESUT_")}
        return subprocess.run(
            command, capture_output=True, text=True, timeout=120, check=False,
            env=environment | {"PESUT_DATA_DIR": str(demo.data_dir), **more},
        )  # fmt: skip

    refused, opened = pesut(), pesut(PESUT_TOKEN=demo.tokens["inspector"])
    assert refused.returncode == 1
    assert "0000" not in refused.stdout
    assert "inspectorate" in refused.stderr
    assert opened.returncode == 0, opened.stderr
    assert opened.stdout.startswith(f"{masked[1]} (masked for others)")
