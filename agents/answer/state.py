"""What travels between the nodes of the answer graph: small plain JSON, since every step of it is kept in a history."""

import operator
from datetime import datetime
from typing import Annotated, Any, TypedDict

from agents.data_lookup import inquiries as lookup
from agents.dependencies import dependencies
from agents.inquiries import Labels, labelled
from agents.recommendation import inquiries as advice
from agents.report_analysis import inquiries as reports
from pesut.catalog.models import Catalog
from pesut.city.models import City
from pesut.contracts import Plan, Question
from pesut.placeholders import Sources
from tools.context import ToolContext

Json = dict[str, Any]
Update = dict[str, Any]


class AnswerState(TypedDict, total=False):
    """Contracts as their JSON. `alarmed`: labels of evidence beyond a threshold now. `consulted`, `advised`: what the
    recommendation agent has looked up already. Lists grow: each node adds its own.
    """

    question: Json
    as_of: str
    catalog_version: str
    plan: Json
    alarmed: list[str]
    consulted: bool
    advised: bool
    findings: Annotated[list[Json], operator.add]
    timings: Annotated[list[Json], operator.add]
    uses: Annotated[list[Json], operator.add]
    outcome: Json
    review: Json | None


def question_in(state: AnswerState) -> Question:
    assert "question" in state
    return Question.model_validate(state["question"])


def plan_in(state: AnswerState) -> Plan:
    assert "plan" in state
    return Plan.model_validate(state["plan"])


async def context_in(state: AnswerState) -> ToolContext:
    """The run's view of the city, as the plan node fixed it."""
    assert "as_of" in state and "catalog_version" in state
    question = question_in(state)
    return await dependencies().context(
        question.run_id, question.principal.scope, datetime.fromisoformat(state["as_of"]), state["catalog_version"]
    )


def labels_for(plan: Plan, catalog: Catalog, city: City, now: datetime) -> Labels:
    """The label of every evidence that the plan can lead to; the same in every node, and in every repetition of one."""
    asked = [
        *lookup.inquiries(plan, catalog, city, now),
        *reports.inquiries(plan, catalog),
        *advice.document_inquiries(plan),
    ]
    in_steps = sorted(asked, key=lambda inquiry: inquiry.step)
    return labelled([*(inquiry.key for inquiry in in_steps), *advice.KEYS])


def sources_for(context: ToolContext, plan: Plan) -> Sources:
    """What sentences may draw on, still without evidence."""
    return Sources(
        evidence={},
        catalog=context.catalog,
        gazetteer=context.gazetteer,
        city=context.city,
        language=plan.language,
        now=context.as_of.astimezone(context.city.zone),
    )
