"""A proposed case becomes a case of a suite: written in the suite's own format, and checked before a person's word makes it one."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from evals.data.cases import DataCase, read_cases
from evals.planning.cases import PlanningCase, read_planning
from evals.recommendation.cases import Situation, read_situations
from evals.reports.cases import CorrectedReport
from pesut.contracts import AnswerStatus, Contract, Principal
from pesut.errors import InvalidInputError
from pesut.evaluations.proposals import ProposedCase, accept, accepted, proposal_of

WRITTEN: Mapping[str, type[Contract]] = {
    "data": DataCase,
    "planning": PlanningCase,
    "recommendation": Situation,
    "reports": CorrectedReport,
}


async def accept_case(
    engine: AsyncEngine, person: Principal, id_: UUID, suite: str, given: Mapping[str, Any]
) -> Contract:
    """The proposed case, accepted for the suite. Raises NotFoundError, ConflictError where it was decided, and what `case_of` and
    `checked` raise.
    """
    case = case_of(await proposal_of(engine, id_), suite, given)
    known = [each for name in WRITTEN for each in await accepted(engine, name)]
    await checked(engine, case, known)
    await accept(engine, id_, person, suite, case.model_dump(mode="json"))
    return case


def case_of(proposal: ProposedCase, suite: str, given: Mapping[str, Any]) -> Contract:
    """The case, of what the proposal says and what a person gives besides. Raises InvalidInputError for what does not fit the suite."""
    kind = WRITTEN.get(suite)
    if kind is None:
        raise InvalidInputError(f"{suite} takes no cases from use.", remedy=f"There are {', '.join(WRITTEN)}.")
    try:
        return kind.model_validate({**_said(proposal, suite), **given})
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())
        raise InvalidInputError(
            f"That is no case of {suite}: {faults}",
            remedy="Give what is missing with --case FILE, in the suite's format.",
        ) from error


async def checked(engine: AsyncEngine, case: Contract, others: Sequence[Mapping[str, Any]]) -> None:
    """Raises InvalidInputError where a suite asks the same already, which would let it leak from one part to another or count
    twice, or where the case's own SQL cannot be run or says that there is nothing to answer with.
    """
    mine = {_evened(each) for each in _asked(case.model_dump(mode="json"))}
    known = {_evened(each): where for where, each in (*_written(), *(("use", e) for a in others for e in _asked(a)))}
    if twice := sorted(mine & known.keys()):
        raise InvalidInputError(
            f"{known[twice[0]]} asks that already: {twice[0]}", remedy="Dismiss the case, as a duplicate."
        )
    if isinstance(case, DataCase):
        await _answerable(engine, case)


async def _answerable(engine: AsyncEngine, case: DataCase) -> None:
    if AnswerStatus.ANSWERED in case.expect.status and not case.expect.tables:
        raise InvalidInputError("An answered case has no table.", remedy="Give the rows it must rest on, as SQL.")
    for table in case.expect.tables:
        try:
            async with engine.connect() as connection:
                parameters = {name: None for name in ("now", "tz", "today") if f":{name}" in table.sql}
                await connection.execute(text(f"EXPLAIN {table.sql}"), parameters)
        except DBAPIError as error:
            raise InvalidInputError(f"The case's SQL cannot be run: {error.orig}", remedy="Mend it.") from error


def _said(proposal: ProposedCase, suite: str) -> dict[str, Any]:
    name = f"use_{proposal.id.hex[-12:]}"
    match suite:
        case "planning":
            return {"id": name, "ask": proposal.text, "why": proposal.note or proposal.origin.value}
        case "data":
            return {"id": name, "kind": "use", "phrasings": [proposal.text]}
        case "recommendation":
            return {"id": name, "ask": proposal.text}
        case _:
            return {"number": proposal.subject, "body": proposal.text, **proposal.got}


def _asked(case: Mapping[str, Any]) -> Iterator[str]:
    yield from (each for name in ("ask", "body") if (each := case.get(name)))
    yield from case.get("phrasings", ())


def _written() -> Iterator[tuple[str, str]]:
    for part in ("open", "held_out"):
        yield from ((f"data/{part}", asked) for case in read_cases(part) for asked in case.phrasings)
    yield from ((f"planning/{part}", case.ask) for part, case, before in read_planning("all") if not before)
    yield from (("recommendation", each.situation.ask) for each in read_situations())


def _evened(asked: str) -> str:
    return " ".join(asked.casefold().strip(" ?!.").split())
