"""The recommendation agent: gathers what a proposal must stand on, and finds passages that a question asks for.

The proposal itself is written in the answer graph, from what all agents found.
"""

# pyright: reportUnknownMemberType=false
# (LangGraph leaves types open in its overloads.)

from functools import cache
from typing import Any, TypedDict, cast

from langgraph.graph import START, StateGraph
from langgraph.graph.state import CompiledStateGraph

from agents.inquiries import Inquiry, Labels, Refused, ask_all
from agents.presenting.caveats import caveats, refusal
from agents.presenting.charts import chart
from agents.recommendation.inquiries import (
    AGENCIES,
    DOCUMENTS,
    KEYS,
    Matter,
    agency_inquiries,
    budget_inquiry,
    papers_by_name_inquiries,
    papers_inquiry,
    plans_inquiry,
    precedents_inquiry,
    situation_inquiries,
)
from pesut.contracts import Agent, Evidence, Finding, Language, Plan
from tools.context import ToolContext


class AdviceState(TypedDict):
    """`matter` None: only documents were asked for. Lives within one node, so it holds objects."""

    context: ToolContext
    language: Language
    plan: Plan
    matter: Matter | None
    documents: list[Inquiry]
    labels: Labels
    evidence: dict[str, Evidence]
    refused: list[Refused]
    findings: list[Finding]


async def consult_first(state: AdviceState) -> dict[str, Any]:
    """Look up mandates, papers, precedents and the situation, side by side."""
    evidence, refused = await ask_all(state["context"], [*state["documents"], *_first(state)], state["labels"])
    return {"evidence": evidence, "refused": refused}


async def price(state: AdviceState) -> dict[str, Any]:
    """Look up the money of the agencies whose mandate it is, and search the papers again where nothing was found."""
    matter, context = state["matter"], state["context"]
    if matter is None:
        return {}
    found, refused = await ask_all(context, _second(matter, state), state["labels"])
    return {"evidence": state["evidence"] | found, "refused": [*state["refused"], *refused]}


async def present(state: AdviceState) -> dict[str, Any]:
    """One finding for the matter, and one for each document step."""
    findings = [_papers(inquiry, state) for inquiry in state["documents"]]
    if state["matter"] is not None:
        findings.append(_advice(state["matter"], state))
    return {"findings": findings}


def _first(state: AdviceState) -> list[Inquiry]:
    matter, context = state["matter"], state["context"]
    if matter is None:
        return []
    asked = situation_inquiries(matter, state["plan"], context.catalog, context.city, context.as_of)
    precedents = precedents_inquiry(matter, state["plan"], context.catalog, context.gazetteer)
    papers = [papers_inquiry(matter)] if matter.topic else []
    plans = plans_inquiry(matter, context.catalog)
    return [*agency_inquiries(matter), *papers, *asked, precedents, *plans]


def _second(matter: Matter, state: AdviceState) -> list[Inquiry]:
    """What depends on what was found first: budget lines of the mandated agencies, and papers if there are none yet."""
    context, mandated = state["context"], state["evidence"].get(AGENCIES)
    agencies = [str(row["code"]) for row in mandated.result if row.get("code")] if mandated else []
    year = context.as_of.astimezone(context.city.zone).year
    asked = [budget_inquiry(matter, agencies, year)] if agencies or matter.categories else []
    papers = state["evidence"].get(DOCUMENTS)
    return asked if papers and papers.row_count else [*asked, *papers_by_name_inquiries(matter, context.catalog)]


def _papers(inquiry: Inquiry, state: AdviceState) -> Finding:
    evidence, language = state["evidence"].get(inquiry.key), state["language"]
    return Finding(
        agent=Agent.RECOMMENDATION,
        step=inquiry.step,
        evidence=(evidence.label,) if evidence else (),
        caveats=(
            *(caveats(evidence, language) if evidence else ()),
            *(refusal(each, language) for each in state["refused"] if each.inquiry.key == inquiry.key),
        ),
    )


def _advice(matter: Matter, state: AdviceState) -> Finding:
    found = [evidence for key in KEYS if (evidence := state["evidence"].get(key)) and evidence.row_count]
    return Finding(
        agent=Agent.RECOMMENDATION,
        step=matter.step,
        evidence=tuple(evidence.label for evidence in found),
        charts=tuple(
            drawn for evidence in found if (drawn := chart(evidence, state["context"].city, state["language"]))
        ),
    )


async def consult(
    context: ToolContext, plan: Plan, matter: Matter | None, documents: list[Inquiry], labels: Labels
) -> AdviceState:
    """Run the agent on this matter (None: only documents were asked for) and these document inquiries."""
    state: AdviceState = {
        "context": context,
        "language": plan.language,
        "plan": plan,
        "matter": matter,
        "documents": documents,
        "labels": labels,
        "evidence": {},
        "refused": [],
        "findings": [],
    }
    return cast("AdviceState", await build().ainvoke(state))


@cache
def build() -> CompiledStateGraph[AdviceState, None, AdviceState, AdviceState]:
    graph = StateGraph(AdviceState).add_sequence([("consult", consult_first), price, present])
    graph.add_edge(START, "consult")
    return graph.compile()
