"""What an outcome says where the data allow less than one would wish."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from agents.dependencies import AgentDependencies
from pesut.catalog.store import current_catalog
from pesut.contracts import Answer, Dimension, Filter, Operator, Scope, new_id
from pesut.contracts.decision import Expectation, Target
from pesut.contracts.outcome import Outcome, OutcomeVerdict
from pesut.evidence import load_evidence, replay
from tools.outcomes import OutcomeQuestion, measure_outcome

V = OutcomeVerdict
TODAY = datetime.now(ZoneInfo("Asia/Jakarta")).date()
PESTS = Filter(dimension=Dimension.CATEGORY, values=("hama",))
Measure = Callable[[Expectation], Awaitable[Outcome]]


@pytest.fixture
async def measure(drafted: Answer, dependencies: AgentDependencies) -> Measure:
    """`await measure(expectation)` of a decision taken three days ago; complaints have come every six hours for ten."""

    async def look(expectation: Expectation, decided_on: date = TODAY - timedelta(days=3)) -> Outcome:
        as_of = datetime.now(UTC)
        version, _ = await current_catalog(dependencies.engine)
        context = await dependencies.context(drafted.run_id, Scope(), as_of, version)
        return await measure_outcome(context, OutcomeQuestion(new_id(), expectation, decided_on))

    return look


def expect(metric: str = "jumlah_keluhan", *filters: Filter, target: Target | None = None) -> Expectation:
    return Expectation(metric=metric, filters=filters, target=target, review_on=TODAY)


async def test_a_metric_that_was_removed_is_said_to_be(measure: Measure) -> None:
    outcome = await measure(expect("dihapus"))
    assert (outcome.verdict, outcome.evidence) == (V.UNKNOWN, {})
    assert (
        outcome.text == "Hasil keputusan ini tidak dapat dihitung: indikator dihapus tidak ada lagi di dalam katalog."
    )


async def test_a_filter_that_is_offered_no_more_is_said_to_be(measure: Measure) -> None:
    outcome = await measure(expect("pagu", Filter(dimension=Dimension.VILLAGE, values=("91.07.03.2001",))))
    assert outcome.verdict is V.UNKNOWN
    assert outcome.text.startswith("Hasil keputusan ini tidak dapat dihitung")


async def test_a_whole_city_has_nothing_beside_it(measure: Measure) -> None:
    outcome = await measure(expect("jumlah_keluhan", PESTS))
    assert (outcome.before, outcome.after) == (12, 12)
    assert (outcome.verdict, outcome.difference) == (V.UNCHANGED, None)
    assert "Pembanding antarwilayah tidak ada: keputusan ini berlaku untuk seluruh wilayah" in outcome.text
    assert "belum membuktikan bahwa keputusanlah penyebabnya" in outcome.text


@pytest.mark.parametrize(("value", "verdict"), [(12, V.MET), (11, V.NOT_MET)])
async def test_a_target_is_met_or_not(value: float, verdict: V, measure: Measure) -> None:
    outcome = await measure(expect("jumlah_keluhan", PESTS, target=Target(operator=Operator.AT_MOST, value=value)))
    assert outcome.verdict is verdict
    assert ("tidak tercapai" in outcome.text) is (verdict is V.NOT_MET)


async def test_nothing_known_is_said(measure: Measure) -> None:
    outcome = await measure(expect("hasil_panen"))
    assert (outcome.verdict, outcome.after) == (V.UNKNOWN, None)
    assert "Data tidak cukup" in outcome.text


async def test_its_evidence_replays(measure: Measure, city: AsyncEngine) -> None:
    outcome = await measure(expect("jumlah_keluhan", PESTS, Filter(dimension=Dimension.REGION, values=("91.07.03",))))
    assert outcome.difference is not None
    assert len(outcome.evidence) == 5
    for evidence_id in outcome.evidence.values():
        assert (await replay(city, await load_evidence(city, evidence_id))).same
