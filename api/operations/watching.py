"""Runs as an operator sees them: personal data masked, and nothing whose scope is wider than the operator's own."""

import re
from typing import Any, TypeVar
from uuid import UUID

from pydantic import BaseModel

from api.services import Services
from pesut.city.gazetteer import gazetteer_at
from pesut.city.models import called
from pesut.contracts import Answer, Evidence, Principal
from pesut.contracts.trace import NodeTry
from pesut.database.moment import moment_now
from pesut.errors import NotFoundError
from pesut.reports.privacy.masking import Masker
from pesut.runs import answer_of, evidence_of, run_of
from pesut.runs.searching import FoundRun, RunSearch, find_runs, found_run
from pesut.runs.trace import tries_of

M = TypeVar("M", bound=BaseModel)
_IDENTIFIER = re.compile(
    r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d{2}-\d{2}(T[\d:.+Z-]+)?"
)  # ids and moments


class SeenEvidence(BaseModel):
    """Evidence by its label; `opens`: whether the watcher's sight covers that of who asked."""

    id: UUID
    label: str
    kind: str
    rows: int
    opens: bool


class RunTrace(BaseModel):
    """A run with every try of its nodes. `text` is the answer, where the watcher may see all that it rests on; `history` the address
    of Temporal's page on it.
    """

    run: FoundRun
    tries: list[NodeTry]
    evidence: list[SeenEvidence]
    text: str | None
    model: str | None
    history: str | None


async def search_runs(services: Services, search: RunSearch) -> list[FoundRun]:
    """As `find_runs`, masked."""
    masker = await _masker(services)
    return [_masked(each, masker) for each in await find_runs(services.engine, search)]


async def trace_of(services: Services, watcher: Principal, run_id: UUID) -> RunTrace:
    """Raises NotFoundError."""
    found, masker = await found_run(services.engine, run_id), await _masker(services)
    if found is None:
        raise NotFoundError(f"There is no run {run_id}.", remedy="Look for it among the runs.")
    evidence = await evidence_of(services.engine, run_id)
    answer = await answer_of(services.engine, run_id)
    return RunTrace(
        run=_masked(found, masker),
        tries=[_masked(each, masker) for each in await tries_of(services.engine, run_id)],
        evidence=[_seen(evidence[label], watcher) for label in sorted(evidence, key=lambda each: (len(each), each))],
        text=_text(answer, watcher, masker),
        model=answer.model.model if answer else None,
        history=services.client.history_address(await run_of(services.engine, run_id)),
    )


def _text(answer: Answer | None, watcher: Principal, masker: Masker) -> str | None:
    if answer is None or not all(watcher.scope.covers(each.scope) for each in answer.evidence):
        return None
    return masker.mask(answer.text).text


def _seen(evidence: Evidence, watcher: Principal) -> SeenEvidence:
    return SeenEvidence(
        id=evidence.id,
        label=evidence.label,
        kind=evidence.query.kind,
        rows=evidence.row_count,
        opens=watcher.scope.covers(evidence.scope),
    )


async def _masker(services: Services) -> Masker:
    gazetteer = await gazetteer_at(services.engine, await moment_now(services.engine))
    return Masker(called(gazetteer.regions, gazetteer.agencies))


def _masked(found: M, masker: Masker) -> M:
    """Every text in it masked, but for what identifies."""
    return type(found).model_validate(_veiled(found.model_dump(mode="json"), masker))


def _veiled(value: Any, masker: Masker) -> Any:
    match value:
        case str():
            return value if _IDENTIFIER.fullmatch(value) else masker.mask(value).text
        case list():
            return [_veiled(each, masker) for each in value]  # pyright: ignore[reportUnknownVariableType]
        case dict():
            return {name: _veiled(each, masker) for name, each in value.items()}  # pyright: ignore[reportUnknownVariableType]
        case _:
            return value
