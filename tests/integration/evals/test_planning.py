"""A planner that takes every question for a figure turns the planning suite red."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from agents.dependencies import AgentDependencies
from agents.reasoners.base import PlanRequest
from agents.reasoners.offline import OfflineReasoner
from evals.asking import Asker
from evals.planning.cases import PlanningCase, Route
from evals.planning.suite import KIND, PlanningSuite
from evals.scoring import asked_here
from evals.suite import Ground
from pesut.city.load import load_city
from pesut.city.loader import read_city, read_folder
from pesut.contracts import MetricQuery, MetricStep, Plan, Role
from pesut.evaluations.report import summed
from pesut.intake.observations import write_observations
from pesut.principals.store import service_principal
from pesut.settings import Settings

HALIMUN = Path(__file__).parents[2] / "cities" / "lembah_halimun"
CASES = (
    ("Berapa suhu di Pos Kawah sekarang?", Route.METRIC),
    ("Siapa presiden Prancis?", Route.ABSTAIN),
    ("Tulis puisi tentang gunung", Route.ABSTAIN),
)


class Eager(OfflineReasoner):
    """Has a figure for everything."""

    async def plan(self, request: PlanRequest) -> Plan:
        return Plan(steps=(MetricStep(query=MetricQuery(metric="suhu_terendah")),))


@pytest.mark.parametrize(("reasoner", "recall"), [(OfflineReasoner, 1.0), (Eager, 0.0)])
async def test_what_cannot_be_answered_tells_a_broken_planner(
    engine: AsyncEngine, reasoner: type[OfflineReasoner], recall: float
) -> None:
    await load_city(engine, HALIMUN)
    measured = {"indicator": "suhu", "region": "91.07.02.2001", "item": "pos_kawah", "value": 2.5}
    at = {"observed_at": (datetime.now(UTC) - timedelta(hours=1)).isoformat()}
    await write_observations(engine, read_city(HALIMUN), [measured | at], source="test", key="a-cold-hour")
    folder = read_folder(HALIMUN)
    dependencies = AgentDependencies(engine=engine, city=folder.city, reasoner=reasoner)
    asker = Asker(dependencies, await service_principal(engine, "evaluation", Role.MAYOR))
    written = [
        ("open", PlanningCase(id=f"c{number}", ask=ask, expect=(route,), why="test"), ())
        for number, (ask, route) in enumerate(CASES)
    ]
    suite = PlanningSuite(Ground(Settings(), folder, asker, reasoner), written)
    result = summed("planning", await asked_here(KIND, suite, engine))
    assert (result.measures["abstain recall"], result.measures["over-refusal"]) == (recall, 0.0)
