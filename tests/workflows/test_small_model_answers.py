"""One answer through the whole graph with a real small model: right, whatever the model says, and open about it."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from agents.answer.in_process import run_in_process
from agents.dependencies import AgentDependencies
from agents.reasoners.model import ModelReasoner
from agents.reasoners.offline import OfflineReasoner
from pesut.contracts import AnswerStatus, ClaimKind, Question
from pesut.placeholders import placeholders
from tests.integration.llm.small import MODEL, serving_small_model, small_gateway, with_small_model

pytestmark = with_small_model


async def test_an_answer_is_right_and_says_who_helped(
    take_in: Callable[..., Awaitable[Question]], dependencies: AgentDependencies
) -> None:
    question = await take_in("Berapa keluhan hama sejak awal tahun lalu?")
    with serving_small_model() as address:
        gateway = small_gateway(address)
        asking = replace(dependencies, reasoner=lambda: ModelReasoner(gateway, OfflineReasoner()))
        answer = await run_in_process(question, asking)
    assert (answer.model.reasoner, answer.model.model) == ("model", MODEL)
    assert answer.model.prompts[0] == "plan@1"
    assert answer.model.output_tokens > 0
    assert answer.degraded is (answer.model.error is not None)
    for claim in answer.claims:
        assert claim.kind is not ClaimKind.FACT or placeholders(claim.text)
    if answer.model.error is not None and answer.model.error.startswith("plan: "):
        assert answer.status is AnswerStatus.ANSWERED
        assert "40 keluhan" in answer.text
