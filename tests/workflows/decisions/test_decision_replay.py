"""Decisions and dispositions that began under earlier code go on under today's: recorded histories replay without a difference.

When a workflow changes on purpose, keep the old histories and let it patch itself. `PESUT_RECORD_HISTORIES=1` records the run
of each situation under a name that is not taken yet.
"""

import os
import re
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from temporalio.client import WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.worker import Replayer

from pesut.contracts import Principal, Role
from pesut.contracts.decision import (
    Approve,
    Change,
    DecisionRules,
    DecisionStatus,
    Directive,
    Edit,
    Endorse,
    ReviewStep,
    SendBack,
    Submit,
)
from pesut.contracts.disposition import Acknowledge, DispositionStatus, Finish, Proof
from pesut.decisions.dispositions import disposition_states
from pesut.decisions.listing import decision_of, state_of
from tests.workflows.decisions.conftest import Office, eventually
from workflows.decisions.decide import Decide
from workflows.decisions.follow_up import FollowUp
from workflows.decisions.messages import decision_workflow, disposition_workflow

HISTORIES = Path(__file__).parents[1] / "histories"
RECORDED = sorted(HISTORIES.glob("decision_*.json"))
ORDERS = Approve(directives=(Directive(option=0, agency="badan_bencana"), Directive(option=0, agency="dinas_tani")))
EDIT = Edit(changes=(Change(op="replace", path="/conclusion/text", value="Selimut dibagikan"),))
READER = DecisionRules(reviewers=(ReviewStep(title="Sekretaris Daerah"),))


def replayer() -> Replayer:
    return Replayer(workflows=[Decide, FollowUp], data_converter=pydantic_data_converter)


def test_there_are_histories() -> None:
    assert {path.stem for path in RECORDED} >= {
        "decision_carried_out_1",
        "decision_followed_1",
        "decision_late_agency_1",
        "decision_expired_1",
    }


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)
async def test_a_recorded_history_replays(path: Path) -> None:
    recorded = path.read_text()  # noqa: ASYNC240 - nothing else runs meanwhile
    await replayer().replay_workflow(WorkflowHistory.from_json(path.stem, recorded))


@pytest.mark.parametrize("rules", [READER])
async def test_todays_histories_replay(
    rules: DecisionRules, office: Office, begun: UUID, mayor: Principal, people: Any
) -> None:
    """Read, sent back, edited, submitted, approved, followed up or not, and looked at again."""
    sekda = await people(Role.REVIEWER, "sekda")
    bpbd = await people(Role.ANALYST, "bpbd", ("badan_bencana",))
    await office.move(sekda, begun, SendBack(reason="Perjelas."))
    await office.move(mayor, begun, EDIT)
    await office.move(mayor, begun, Submit(), version=2)
    await office.move(sekda, begun, Endorse(), version=2)
    await office.move(mayor, begun, ORDERS, version=2)
    diligent, silent = await disposition_states(office.engine, begun)
    for motion in (Acknowledge(), Proof(title="Foto", address="https://halimun.example/f.jpg"), Finish()):
        state = await office.handle(bpbd, diligent.disposition_id, motion)
    assert state.status is DispositionStatus.DONE
    expected = (await decision_of(office.engine, begun, mayor)).expectation
    assert expected is not None
    await office.until(await office.now() + timedelta(days=rules.outcome_days + 1))
    await _status(office, begun, DecisionStatus.CLOSED)
    await _replay(office, decision_workflow(begun), "carried_out")
    await _replay(office, disposition_workflow(diligent.disposition_id), "followed")
    await _replay(office, disposition_workflow(silent.disposition_id), "late_agency")


async def test_a_history_that_time_alone_made_replays(office: Office, begun: UUID) -> None:
    due = (await state_of(office.engine, begun)).due
    assert due is not None
    await office.until(due)
    await _status(office, begun, DecisionStatus.EXPIRED)
    await _replay(office, decision_workflow(begun), "expired")


async def _status(office: Office, decision_id: UUID, status: DecisionStatus) -> None:
    async def look() -> bool | None:
        return (await state_of(office.engine, decision_id)).status is status or None

    await eventually(look)


async def _replay(office: Office, workflow: str, situation: str) -> None:
    history = await office.environment.client.get_workflow_handle(workflow).fetch_history()
    await replayer().replay_workflow(history, raise_on_replay_failure=True)
    path = HISTORIES / f"decision_{situation}_1.json"
    if os.environ.get("PESUT_RECORD_HISTORIES") and not path.exists():
        path.write_text(re.sub(r"\d+@[\w.-]+", "worker", history.to_json()))
