"""The report analysis agent: finds, counts and groups citizens' reports, and quotes them word for word."""

# pyright: reportUnknownMemberType=false
# (LangGraph leaves types open in its overloads.)

from functools import cache
from typing import Any, TypedDict, cast

from langgraph.graph import START, StateGraph
from langgraph.graph.state import CompiledStateGraph

from agents.inquiries import Inquiry, Labels, Refused, ask_all
from agents.presenting.caveats import caveats, has_values, refusal
from agents.presenting.charts import chart, region_map
from agents.reasoners.base import ReadingError, Reasoner
from agents.report_analysis.quoting import quotes_from
from pesut.contracts import Agent, Evidence, Finding, Language, MetricQuery, Quote
from pesut.placeholders import Sources
from tools.context import ToolContext


class ReportState(TypedDict):
    """`evidence` is by inquiry key, `quotes` by evidence label. Lives within one node, so it holds objects."""

    context: ToolContext
    language: Language
    reasoner: Reasoner
    inquiries: list[Inquiry]
    labels: Labels
    evidence: dict[str, Evidence]
    refused: list[Refused]
    quotes: dict[str, tuple[Quote, ...]]
    findings: list[Finding]


async def gather(state: ReportState) -> dict[str, Any]:
    """Search, count and group, side by side."""
    evidence, refused = await ask_all(state["context"], state["inquiries"], state["labels"])
    return {"evidence": evidence, "refused": refused}


async def read(state: ReportState) -> dict[str, Any]:
    """Let the quarantined reader choose what to quote. A reader that cannot be trusted leaves the answer without quotes."""
    quotes: dict[str, tuple[Quote, ...]] = {}
    for key, evidence in state["evidence"].items():
        if key.endswith("/reports"):
            try:
                quotes[evidence.label] = await quotes_from(evidence, state["reasoner"], _sources(state))
            except ReadingError:
                quotes[evidence.label] = ()
    return {"quotes": quotes}


async def present(state: ReportState) -> dict[str, Any]:
    """One finding per step."""
    steps = dict.fromkeys(inquiry.step for inquiry in state["inquiries"])
    return {"findings": [_finding(step, state) for step in steps]}


def _finding(step: int, state: ReportState) -> Finding:
    city, language = state["context"].city, state["language"]
    keys = [inquiry.key for inquiry in state["inquiries"] if inquiry.step == step]
    found = [evidence for key in keys if (evidence := state["evidence"].get(key))]
    shown = [evidence for evidence in found if _tells(evidence)]
    notes = [caveat for evidence in shown[:1] for caveat in caveats(evidence, language)]
    main = {f"{step}/reports", f"{step}/pattern"}
    refused = [refusal(each, language) for each in state["refused"] if each.inquiry.key in main]
    maps = [drawn for evidence in shown if (drawn := region_map(evidence, city, language))]
    return Finding(
        agent=Agent.REPORT_ANALYSIS,
        step=step,
        evidence=tuple(evidence.label for evidence in shown),
        charts=tuple(drawn for evidence in shown if (drawn := chart(evidence, city, language))),
        map=maps[0] if maps else None,
        quotes=tuple(quote for evidence in shown for quote in state["quotes"].get(evidence.label, ())),
        caveats=(*notes, *refused),
    )


def _tells(evidence: Evidence) -> bool:
    """Whether there is something to say: that nothing was found among reports or patterns is."""
    return not isinstance(evidence.query, MetricQuery) or has_values(evidence)


def _sources(state: ReportState) -> Sources:
    context = state["context"]
    return Sources(
        evidence={each.label: each for each in state["evidence"].values()},
        catalog=context.catalog,
        gazetteer=context.gazetteer,
        city=context.city,
        language=state["language"],
        now=context.as_of,
    )


async def analyse(
    context: ToolContext, language: Language, reasoner: Reasoner, inquiries: list[Inquiry], labels: Labels
) -> ReportState:
    """Run the agent on these inquiries."""
    state: ReportState = {
        "context": context,
        "language": language,
        "reasoner": reasoner,
        "inquiries": inquiries,
        "labels": labels,
        "evidence": {},
        "refused": [],
        "quotes": {},
        "findings": [],
    }
    return cast("ReportState", await build().ainvoke(state))


@cache
def build() -> CompiledStateGraph[ReportState, None, ReportState, ReportState]:
    graph = StateGraph(ReportState).add_sequence([gather, read, present])
    graph.add_edge(START, "gather")
    return graph.compile()
