"""The data lookup agent: runs the plan's metrics and says what their values mean for a reader."""

# pyright: reportUnknownMemberType=false
# (LangGraph leaves types open in its overloads.)

from functools import cache
from typing import Any, TypedDict, cast

from langgraph.graph import START, StateGraph
from langgraph.graph.state import CompiledStateGraph

from agents.inquiries import Inquiry, Labels, Refused, ask_all
from agents.presenting.caveats import caveats, has_values, refusal
from agents.presenting.charts import chart, region_map
from pesut.catalog.thresholds import crossings
from pesut.contracts import Agent, Evidence, Finding, Language
from tools.context import ToolContext


class LookupState(TypedDict):
    """`evidence` is by inquiry key. Lives within one node of the answer graph, so it holds objects."""

    context: ToolContext
    language: Language
    inquiries: list[Inquiry]
    labels: Labels
    evidence: dict[str, Evidence]
    refused: list[Refused]
    alarmed: tuple[str, ...]
    findings: list[Finding]


async def measure(state: LookupState) -> dict[str, Any]:
    """Run the metrics."""
    evidence, refused = await ask_all(state["context"], state["inquiries"], state["labels"])
    return {"evidence": evidence, "refused": refused}


async def judge(state: LookupState) -> dict[str, Any]:
    """See which values lie beyond a threshold now."""
    catalog = state["context"].catalog
    alarmed = {
        crossing.label
        for key, evidence in state["evidence"].items()
        if key.endswith("/asked")
        for crossing in crossings(evidence, catalog)
        if crossing.alarming
    }
    return {"alarmed": tuple(sorted(alarmed))}


async def present(state: LookupState) -> dict[str, Any]:
    """One finding per step: its evidence, the chart and map that fit, and what must be known."""
    steps = dict.fromkeys(inquiry.step for inquiry in state["inquiries"])
    return {"findings": [_finding(step, state) for step in steps]}


def _finding(step: int, state: LookupState) -> Finding:
    city, language = state["context"].city, state["language"]
    keys = [inquiry.key for inquiry in state["inquiries"] if inquiry.step == step]
    found = [evidence for key in keys if (evidence := state["evidence"].get(key)) and _shown(key, evidence)]
    charts = [drawn for evidence in found if (drawn := chart(evidence, city, language))]
    maps = [drawn for evidence in found if (drawn := region_map(evidence, city, language))]
    notes = [caveat for evidence in found[:1] for caveat in caveats(evidence, language)]
    refused = [refusal(each, language) for each in state["refused"] if each.inquiry.key == f"{step}/asked"]
    return Finding(
        agent=Agent.DATA_LOOKUP,
        step=step,
        evidence=tuple(evidence.label for evidence in found),
        charts=tuple(charts),
        map=maps[0] if maps else None,
        caveats=(*notes, *refused),
    )


def _shown(key: str, evidence: Evidence) -> bool:
    """What was asked for is shown even when it is empty; what only puts it in its place is not."""
    return key.endswith("/asked") or has_values(evidence)


async def look_up(context: ToolContext, language: Language, inquiries: list[Inquiry], labels: Labels) -> LookupState:
    """Run the agent on these inquiries."""
    state: LookupState = {
        "context": context,
        "language": language,
        "inquiries": inquiries,
        "labels": labels,
        "evidence": {},
        "refused": [],
        "alarmed": (),
        "findings": [],
    }
    return cast("LookupState", await build().ainvoke(state))


@cache
def build() -> CompiledStateGraph[LookupState, None, LookupState, LookupState]:
    graph = StateGraph(LookupState).add_sequence([measure, judge, present])
    graph.add_edge(START, "measure")
    return graph.compile()
