"""The nodes of the answer graph that find things out. Each is a function of the state alone; see agents/dependencies.py."""

from datetime import datetime
from typing import Any

from agents import data_lookup, recommendation, report_analysis
from agents.answer.progress import Step, working
from agents.answer.state import AnswerState, Update, context_in, labels_for, plan_in, question_in
from agents.briefing import briefing_plan
from agents.data_lookup.inquiries import inquiries as lookup_inquiries
from agents.dependencies import dependencies
from agents.inquiries import Labels
from agents.reasoners.base import PlanRequest, Reasoner
from agents.recommendation.inquiries import document_inquiries, matter_of
from agents.report_analysis.inquiries import inquiries as report_inquiries
from pesut.catalog.models import Catalog
from pesut.catalog.store import current_catalog
from pesut.contracts import Evidence, Finding, Language, Plan, Question, RecommendStep
from pesut.database.moment import known_moment
from pesut.errors import UnavailableError
from pesut.runs import keep_plan
from tools.context import ToolContext


async def plan(state: AnswerState) -> Update:
    """Fix the moment of knowledge for the whole run, and turn the question into a plan; a briefing's follows from its day."""
    question, found = question_in(state), dependencies()
    async with working(question.run_id, "plan", Language.ID, received=_asked(question)) as step:
        as_of = await _moment(question)
        version, catalog = await _catalog(as_of)
        context = await found.context(question.run_id, question.principal.scope, as_of, version)
        reasoner = found.reasoner_for(question)
        if question.briefing:
            made = briefing_plan(question.briefing, context.city, catalog)
        else:
            made = await reasoner.plan(_request(question, context, catalog))
        await keep_plan(found.engine, question.run_id, made)
        step.told = {"steps": [each.kind for each in made.steps]}
        step.gave = {"as_of": as_of.isoformat(), "plan": made.model_dump(mode="json", exclude_none=True)}
    return _update(step, reasoner) | {
        "as_of": as_of.isoformat(),
        "catalog_version": version,
        "plan": made.model_dump(mode="json"),
    }


async def look_up(state: AnswerState) -> Update:
    """Let the data lookup agent run the plan's metrics. What lies beyond a threshold calls for advice, except in a briefing, which
    only says so.
    """
    made, context = plan_in(state), await context_in(state)
    async with working(context.run_id, "look_up", made.language, context, received=_planned(made)) as step:
        asked = lookup_inquiries(made, context.catalog, context.city, context.as_of)
        result = await data_lookup.look_up(context, made.language, asked, _labels(made, context))
        step.evidence = _sorted(result["evidence"])
        alarmed = [] if made.briefing else list(result["alarmed"])
        step.gave = {"alarmed": alarmed}
    return _update(step) | {"findings": _as_json(result["findings"]), "alarmed": alarmed}


async def analyse(state: AnswerState) -> Update:
    """Let the report analysis agent look into citizens' reports."""
    made, context = plan_in(state), await context_in(state)
    reasoner = dependencies().reasoner_for(question_in(state))
    async with working(context.run_id, "analyse", made.language, context, received=_planned(made)) as step:
        asked, labels = report_inquiries(made, context.catalog), _labels(made, context)
        result = await report_analysis.analyse(context, made.language, reasoner, asked, labels)
        step.evidence = _sorted(result["evidence"])
    return _update(step, reasoner) | {"findings": _as_json(result["findings"])}


async def consult(state: AnswerState) -> Update:
    """Let the recommendation agent look up mandates, budgets and papers."""
    made, context = plan_in(state), await context_in(state)
    again = state.get("consulted", False)
    advises = bool(state.get("alarmed")) or any(isinstance(each, RecommendStep) for each in made.steps)
    received = _planned(made) | {"alarmed": state.get("alarmed", []), "advises": advises}
    async with working(context.run_id, "consult", made.language, context, again=again, received=received) as step:
        matter = matter_of(made, context.catalog) if advises else None
        documents = [] if again else document_inquiries(made)
        result = await recommendation.consult(context, made, matter, documents, _labels(made, context))
        step.evidence = _sorted(result["evidence"])
    return _update(step) | {"findings": _as_json(result["findings"]), "consulted": True, "advised": advises}


def _asked(question: Question) -> dict[str, Any]:
    """Beside the question itself, which its run keeps."""
    wished = question.model_dump(mode="json", include={"as_of", "briefing", "reasoner"}, exclude_none=True)
    return wished | {"earlier_turns": len(question.history)}


def _planned(made: Plan) -> dict[str, Any]:
    return {"steps": [each.kind for each in made.steps]}


def _request(question: Question, context: ToolContext, catalog: Catalog) -> PlanRequest:
    return PlanRequest(
        question=question.text,
        history=question.history,
        city=context.city,
        catalog=catalog,
        gazetteer=context.gazetteer,
        now=context.as_of.astimezone(context.city.zone),
    )


async def _moment(question: Question) -> datetime:
    known = await known_moment(dependencies().engine)
    return min(known, question.as_of) if question.as_of else known


async def _catalog(as_of: datetime) -> tuple[str, Catalog]:
    """The catalog in force then; before there was any, today's, which will find no data."""
    engine = dependencies().engine
    try:
        return await current_catalog(engine, as_of)
    except UnavailableError:
        return await current_catalog(engine)


def _labels(made: Plan, context: ToolContext) -> Labels:
    return labels_for(made, context.catalog, context.city, context.as_of)


def _sorted(evidence: dict[str, Evidence]) -> list[Evidence]:
    return sorted(evidence.values(), key=lambda each: (len(each.label), each.label))


def _update(step: Step, reasoner: Reasoner | None = None) -> Update:
    uses = [reasoner.use.model_dump(mode="json")] if reasoner else []
    return {"timings": [step.timing], "uses": uses}


def _as_json(findings: list[Finding]) -> list[dict[str, object]]:
    return [finding.model_dump(mode="json") for finding in findings]
