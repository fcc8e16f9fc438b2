"""The answer graph without a durable engine: for tests and benchmarks."""

# pyright: reportUnknownMemberType=false
# (LangGraph leaves types open in its overloads.)

from functools import cache
from typing import Any, cast

from langgraph.graph.state import CompiledStateGraph

from agents.answer.graph import build
from agents.answer.opening import start
from agents.answer.state import AnswerState
from agents.dependencies import AgentDependencies, providing
from pesut.contracts import Answer, Question
from pesut.runs import answer_of


async def run_in_process(question: Question, dependencies: AgentDependencies) -> Answer:
    """Answer a question whose run was admitted. A staff review is not waited for. Raises what the nodes raise."""
    with providing(dependencies):
        await _compiled().ainvoke(cast("Any", start(question)))
    answer = await answer_of(dependencies.engine, question.run_id)
    assert answer is not None, "the graph ends with a stored answer"
    return answer


@cache
def _compiled() -> CompiledStateGraph[AnswerState, None, AnswerState, AnswerState]:
    return build().compile()
