"""What the demo promises: its three questions are answered, every number replays, and the API keeps its word."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from pesut.contracts import Answer
from tests.e2e.conftest import Demo

pytestmark = pytest.mark.slow
FLOODS = "Berapa laporan banjir di Sungai Pinang bulan lalu dibanding tahun lalu, dan apa yang sebaiknya dilakukan?"


def _ask(api: httpx.Client, text: str, **more: Any) -> dict[str, Any]:
    conversation = api.post("/v1/conversations").raise_for_status().json()["id"]
    accepted = api.post(f"/v1/conversations/{conversation}/messages", json={"text": text, **more})
    assert accepted.status_code == 202, accepted.text
    return accepted.json()


def _events(api: httpx.Client, address: str, last: str | None = None) -> list[tuple[str, dict[str, Any]]]:
    headers = {"Last-Event-ID": last} if last else {}
    found: list[tuple[str, dict[str, Any]]] = []
    with api.stream("GET", address, headers=headers) as stream:
        identifier = ""
        for line in stream.iter_lines():
            name, _, value = line.partition(": ")
            if name == "id":
                identifier = value
            if name == "data":
                found.append((identifier, json.loads(value)))
    return found


def _answer(api: httpx.Client, text: str, **more: Any) -> Answer:
    accepted = _ask(api, text, **more)
    _events(api, accepted["events"])
    return Answer.model_validate_json(api.get(accepted["answer"]).raise_for_status().text)


def test_the_three_questions_are_answered_and_every_number_replays(demo: Demo) -> None:
    import yaml

    from pesut.settings import SAMARINDA

    questions = yaml.safe_load((SAMARINDA / "city.yml").read_text())["questions"]
    agents: set[str] = set()
    for question in questions:
        with demo.api() as api:
            answer = _answer(api, question)
            assert answer.status == "answered", answer.text
            assert answer.sample_data
            agents |= set(answer.agents)
            for evidence in answer.evidence:
                replayed = api.post(f"/v1/evidence/{evidence.id}/replay").raise_for_status().json()
                assert replayed["same"], replayed["difference"]
    assert agents == {"data_lookup", "report_analysis", "recommendation"}


def test_the_command_line_gives_an_answer_of_all_three_agents(demo: Demo) -> None:
    asked = demo.pesut("ask", FLOODS, "--json")
    assert asked.returncode == 0, asked.stderr
    answer = Answer.model_validate_json(asked.stdout)
    assert set(answer.agents) == {"data_lookup", "report_analysis", "recommendation"}
    assert answer.staff_review is not None
    ids = {str(evidence.id) for evidence in answer.evidence}
    assert all(set(claim.evidence) <= ids for claim in answer.claims)
    replayed = demo.pesut("evidence", "replay", str(answer.evidence[0].id))
    assert replayed.returncode == 0, replayed.stderr
    assert demo.pesut("doctor").returncode == 0


def test_events_are_ag_ui_and_can_be_taken_up(demo: Demo) -> None:
    with demo.api() as api:
        accepted = _ask(api, "berapa laporan sampah bulan lalu")
        events = _events(api, accepted["events"])
        kinds = [event["type"] for _, event in events]
        assert kinds[0] == "RUN_STARTED"
        assert kinds[-1] == "RUN_FINISHED"
        assert "TEXT_MESSAGE_CONTENT" in kinds
        started, finished = (
            [e["stepName"] for _, e in events if e["type"] == f"STEP_{w}"] for w in ("STARTED", "FINISHED")
        )
        assert sorted(started) == sorted(finished)
        middle = len(events) // 2
        assert _events(api, accepted["events"], events[middle][0]) == events[middle + 1 :]


def test_a_draft_is_decided_on_by_resuming_its_run_once(demo: Demo) -> None:
    with demo.api() as api:
        accepted = _ask(api, "apa yang sebaiknya dilakukan tentang parkir liar?")
        _, finished = _events(api, accepted["events"])[-1]
        (asked,) = finished["outcome"]["interrupts"]
        assert (finished["outcome"]["type"], asked["reason"]) == ("interrupt", "staff_review")

        def resume(verdict: str, interrupt: str = asked["id"]) -> httpx.Response:
            entry = {"interruptId": interrupt, "status": "resolved", "payload": {"verdict": verdict}}
            given = {"threadId": finished["threadId"], "runId": uuid4().hex, "messages": [], "resume": [entry]}
            return api.post(f"/v1/runs/{accepted['run_id']}/resume", json=given)

        assert [resume("perhaps").status_code, resume("approved", "another").status_code] == [422, 422]
        first, again = (_told(resume("approved")) for _ in range(2))
        assert [event["type"] for event in first] == ["RUN_STARTED", "CUSTOM", "RUN_FINISHED"]
        assert first[-1]["result"] == again[-1]["result"]
        opened = api.get(f"/v1/decisions/{first[-1]['result']['decision_id']}").json()
        assert opened["run_id"] == accepted["run_id"]
        assert resume("rejected").status_code == 409


def _told(response: httpx.Response) -> list[dict[str, Any]]:
    lines = response.raise_for_status().text.splitlines()
    return [json.loads(line.removeprefix("data: ")) for line in lines if line.startswith("data: ")]


def test_the_same_key_asks_once(demo: Demo) -> None:
    with demo.api() as api:
        conversation = api.post("/v1/conversations").json()["id"]
        address, headers = f"/v1/conversations/{conversation}/messages", {"Idempotency-Key": uuid4().hex}
        first = api.post(address, json={"text": "berapa laporan macet bulan lalu"}, headers=headers)
        again = api.post(address, json={"text": "berapa laporan macet bulan lalu"}, headers=headers)
        other = api.post(address, json={"text": "berapa laporan banjir"}, headers=headers)
    assert first.json()["run_id"] == again.json()["run_id"]
    assert other.status_code == 409


def test_a_follow_up_leans_on_the_turn_before(demo: Demo) -> None:
    with demo.api() as api:
        conversation = api.post("/v1/conversations").json()["id"]
        for text in ("berapa laporan banjir di Sungai Pinang bulan lalu", "kalau di Palaran?"):
            accepted = api.post(f"/v1/conversations/{conversation}/messages", json={"text": text}).json()
            _events(api, accepted["events"])
        answer = Answer.model_validate_json(api.get(accepted["answer"]).text)
    assert "Palaran" in answer.text
    assert "Oktober" in answer.text or "bulan" in answer.text or answer.status == "answered"


def test_a_pushed_number_is_in_the_next_answer(demo: Demo) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    batch: dict[str, Any] = {
        "source": "telemetry",
        "key": uuid4().hex,
        "observations": [
            {
                "indicator": "water_level", "region": "64.72.05.1010", "item": "benanga",
                "observed_at": now.isoformat(), "value": 9.37,
            }
        ],
    }  # fmt: skip
    with demo.api("operator") as api:
        latest = api.get("/v1/indicators/latest", params={"indicator": "water_level"}).raise_for_status().json()
        gauge = next(each for each in latest if each["item"] == "benanga")
        batch["observations"][0]["region"] = gauge["region"]
        receipt = api.post("/v1/observations", json=batch).raise_for_status().json()
        assert (receipt["created"], receipt["repeated"]) == (1, False)
        assert api.post("/v1/observations", json=batch).json()["repeated"]
    with demo.api() as api:
        assert "9,37" in _answer(api, "tinggi muka air Benanga sekarang").text
        before = _answer(api, "tinggi muka air Benanga sekarang", as_of=(now - timedelta(hours=2)).isoformat())
        assert "9,37" not in before.text


@pytest.mark.parametrize(
    ("method", "address", "body", "status"),
    [
        ("GET", "/v1/runs/01a20cad-ad9e-76f4-9ce8-2a9f9fbb7f97", None, 404),
        ("GET", "/v1/evidence/01a20cad-ad9e-76f4-9ce8-2a9f9fbb7f97", None, 404),
        ("GET", "/v1/evidence/nonsense", None, 422),
        ("GET", "/v1/nowhere", None, 404),
        ("POST", "/v1/conversations/01a20cad-ad9e-76f4-9ce8-2a9f9fbb7f97/messages", {"text": "hai"}, 404),
        ("POST", "/v1/conversations/01a20cad-ad9e-76f4-9ce8-2a9f9fbb7f97/messages", {"text": ""}, 422),
        ("POST", "/v1/conversations/01a20cad-ad9e-76f4-9ce8-2a9f9fbb7f97/messages", {"text": "x" * 100_000}, 422),
        ("POST", "/v1/observations", {"source": "a", "key": "b", "observations": []}, 403),
    ],
)
def test_errors_are_problem_documents(demo: Demo, method: str, address: str, body: Any, status: int) -> None:
    with demo.api() as api:
        response = api.request(method, address, json=body)
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == status
    assert problem["detail"]
    assert problem["instance"] == address


def test_who_does_not_say_who_they_are_is_refused(demo: Demo) -> None:
    for headers in ({}, {"Authorization": "Bearer guess"}):
        response = httpx.get(f"{demo.url}/v1/catalog", headers=headers, trust_env=False)
        assert response.status_code == 401
        assert response.headers["www-authenticate"] == "Bearer"


def test_evidence_of_supervision_cases_opens_only_to_who_may_see_them(demo: Demo) -> None:
    with demo.api("mayor") as api:
        evidence = _answer(api, "berapa laporan banjir bulan lalu").evidence[0]
    with demo.api("analyst") as api:
        assert api.get(f"/v1/evidence/{evidence.id}").status_code == 403
    with demo.api("inspector") as api:
        assert api.get(f"/v1/evidence/{evidence.id}").status_code == 200


def test_a_flood_of_bytes_is_refused(demo: Demo) -> None:
    with demo.api("operator") as api:
        response = api.post("/v1/observations", content=b"x" * (5 * 1024 * 1024))
    assert response.status_code == 413
