"""Recommend, check and compose: one small graph that runs where the evidence is at hand, since rows never travel."""

# pyright: reportUnknownMemberType=false
# (LangGraph leaves types open in its overloads.)

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any, TypedDict, cast

from langgraph.graph import START, StateGraph
from langgraph.graph.state import CompiledStateGraph

from agents.answer.check import Checked, checked
from agents.answer.compose import Conclusion, composed
from agents.answer.progress import working
from agents.answer.state import AnswerState, Update, context_in, plan_in, question_in, sources_for
from agents.briefing import briefing_draft
from agents.dependencies import dependencies
from agents.reasoners.base import Draft, Reasoner, WriteRequest
from pesut.contracts import Answer, Evidence, Finding, ModelUse, Plan, Question, RecommendStep, Timing
from pesut.placeholders import Sources
from pesut.runs import evidence_of, store_answer


class ConclusionState(TypedDict):
    """Lives within one node of the answer graph, so it holds objects. `uses` and `timings` are of the nodes before."""

    question: Question
    plan: Plan
    findings: Sequence[Finding]
    sources: Sources
    wants_review: bool
    reasoner: Reasoner
    as_of: datetime
    catalog_version: str
    uses: Sequence[ModelUse]
    timings: Sequence[Timing]
    draft: Draft
    checked: Checked
    answer: Answer | None


async def conclude(state: AnswerState) -> Update:
    """Write, check, compose and store the answer."""
    made, context = plan_in(state), await context_in(state)
    async with working(context.run_id, "conclude", made.language, received=_received(state)) as step:
        evidence = await evidence_of(context.engine, context.run_id) if made.steps else {}
        sources = replace(sources_for(context, made), evidence=evidence)
        result = cast("ConclusionState", await _graph().ainvoke(_start(state, made, sources)))
        answer = result["answer"]
        assert answer is not None
        step.gave = _gave(answer)
    # Stored only now, so that the answer is the last thing that is told of the run.
    timed = (*answer.timings, Timing.model_validate(step.timing))
    answer = await store_answer(context.engine, answer.model_copy(update={"timings": timed}))
    return {"outcome": outcome_of(answer)}


def _received(state: AnswerState) -> dict[str, Any]:
    return {"findings": len(state.get("findings", ())), "alarmed": state.get("alarmed", [])}


def _gave(answer: Answer) -> dict[str, Any]:
    """Counts and reasons; the sentences are in the answer."""
    return {
        "status": answer.status.value,
        "claims": len(answer.claims),
        "cut": [each.reason for each in answer.cut],
        "review": answer.staff_review is not None,
        "degraded": answer.degraded,
    }


def outcome_of(answer: Answer) -> dict[str, Any]:
    """What of the answer leaves the graph: ids, and whether a person is waited for."""
    waits = answer.staff_review is not None
    return {"answer_id": str(answer.id), "status": answer.status.value, "awaits_review": waits}


async def recommend(state: ConclusionState) -> dict[str, Any]:
    """Let the reasoner write claims and, where it is wanted, a staff review; a briefing is written from templates."""
    if not state["plan"].steps:
        return {"draft": Draft(claims=())}
    sources = state["sources"]
    request = WriteRequest(
        question=state["question"].text,
        language=state["plan"].language,
        plan=state["plan"],
        findings=tuple(state["findings"]),
        evidence=_found(state["findings"], sources),
        catalog=sources.catalog,
        city=sources.city,
        gazetteer=sources.gazetteer,
        now=sources.now,
        wants_review=state["wants_review"],
    )
    if state["plan"].briefing:
        return {"draft": briefing_draft(request)}
    return {"draft": await state["reasoner"].write(request)}


async def check(state: ConclusionState) -> dict[str, Any]:
    """Hold every claim against its evidence."""
    sources = replace(state["sources"], evidence=_found(state["findings"], state["sources"]))
    return {"checked": checked(state["draft"], sources)}


async def compose(state: ConclusionState) -> dict[str, Any]:
    """Put values into the sentences that hold."""
    conclusion = Conclusion(
        question=state["question"],
        plan=state["plan"],
        findings=state["findings"],
        checked=state["checked"],
        suggested=state["draft"].follow_ups,
        sources=state["sources"],
        timings=state["timings"],
        uses=[*state["uses"], state["reasoner"].use],
        as_of=state["as_of"],
        catalog_version=state["catalog_version"],
    )
    return {"answer": composed(conclusion)}


def _start(state: AnswerState, made: Plan, sources: Sources) -> ConclusionState:
    assert "as_of" in state and "catalog_version" in state
    asked = any(isinstance(step, RecommendStep) for step in made.steps)
    return {
        "question": question_in(state),
        "plan": made,
        "findings": _findings(state),
        "sources": sources,
        "wants_review": asked or bool(state.get("alarmed")),
        "reasoner": dependencies().reasoner_for(question_in(state)),
        "as_of": datetime.fromisoformat(state["as_of"]),
        "catalog_version": state["catalog_version"],
        "uses": [ModelUse.model_validate(each) for each in state.get("uses", ())],
        "timings": [Timing.model_validate(each) for each in state.get("timings", ())],
        "draft": Draft(claims=()),
        "checked": Checked((), None, ()),
        "answer": None,
    }


def _findings(state: AnswerState) -> Sequence[Finding]:
    """In the order of the plan's steps, whichever node was done first."""
    found = [Finding.model_validate(each) for each in state.get("findings", ())]
    return sorted(found, key=lambda finding: (finding.step, finding.agent))


def _found(findings: Sequence[Finding], sources: Sources) -> dict[str, Evidence]:
    labels = {label for finding in findings for label in finding.evidence}
    return {label: evidence for label, evidence in sources.evidence.items() if label in labels}


@cache
def _graph() -> CompiledStateGraph[ConclusionState, None, ConclusionState, ConclusionState]:
    graph = StateGraph(ConclusionState).add_sequence([recommend, check, compose])
    graph.add_edge(START, "recommend")
    return graph.compile()
