"""The answer graph: plan, then what the plan needs side by side, then the conclusion, then a person where one is needed.

The same graph runs in-process and, with `options` that say how each node is to be run, on a durable engine.
"""

# pyright: reportUnknownMemberType=false
# (LangGraph leaves types open in its overloads.)

from collections.abc import Mapping
from typing import Any

from langgraph.graph import END, START, StateGraph
from langgraph.types import interrupt

from agents.answer.conclude import conclude
from agents.answer.nodes import analyse, consult, look_up, plan
from agents.answer.reviewing import record_review
from agents.answer.state import AnswerState, Update

NAME = "answer"
WORKING = ("plan", "look_up", "analyse", "consult", "conclude", "record_review")
"""The nodes that reach out to the world."""
STEERING = ("gather", "await_review")
"""The nodes that only decide how to go on. Like the functions on the edges they must stay free of effects, and async: a
durable engine has no threads to run plain functions in."""

_AGENTS = {
    "metric": "look_up",
    "report": "analyse",
    "document": "consult",
    "recommend": "consult",
    "standing": "look_up",
    "pattern": "analyse",
}

Graph = StateGraph[AnswerState, None, AnswerState, AnswerState]
Options = Mapping[str, dict[str, Any]]


def build(options: Options | None = None) -> Graph:
    """A fresh graph. `options` are handed to each node as its metadata."""
    graph = StateGraph(AnswerState)
    for node in (plan, look_up, analyse, consult, gather, conclude, await_review, record_review):
        graph.add_node(node.__name__, node, metadata=dict((options or {}).get(node.__name__, {})))
    graph.add_edge(START, "plan")
    graph.add_conditional_edges("plan", agents_for, ["look_up", "analyse", "consult", "conclude"])
    for agent in ("look_up", "analyse", "consult"):
        graph.add_edge(agent, "gather")
    graph.add_conditional_edges("gather", after_agents, ["consult", "conclude"])
    graph.add_conditional_edges("conclude", after_answer, ["await_review", END])
    graph.add_edge("await_review", "record_review")
    graph.add_edge("record_review", END)
    return graph


async def gather(state: AnswerState) -> Update:
    """Wait for the agents that ran side by side."""
    del state
    return {}


async def await_review(state: AnswerState) -> Update:
    """Wait until a person has decided on the staff review; resumed with {"review": a `Review` as JSON, or None when time ran
    out}, since a bare None would resume nothing.
    """
    assert "outcome" in state
    return {"review": interrupt(state["outcome"])["review"]}


async def agents_for(state: AnswerState) -> list[str]:
    """The agents that the plan's steps need."""
    assert "plan" in state
    needed = dict.fromkeys(_AGENTS[step["kind"]] for step in state["plan"]["steps"])
    return list(needed) or ["conclude"]


async def after_agents(state: AnswerState) -> str:
    """A value beyond its threshold calls for advice, also where nobody asked for it."""
    return "consult" if state.get("alarmed") and not state.get("advised") else "conclude"


async def after_answer(state: AnswerState) -> str:
    assert "outcome" in state
    return "await_review" if state["outcome"]["awaits_review"] else END
