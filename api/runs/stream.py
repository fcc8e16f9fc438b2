"""A run's AG-UI events as they happen, for whoever follows it: a program, or a page."""

from collections.abc import AsyncGenerator, Container

from ag_ui.core import BaseEvent, EventType
from sse_starlette import ServerSentEvent

from api.runs.agui import ENDS, opening, translate
from api.services import Services
from pesut.runs import Run, answer_of, run_of

KEEP_ALIVE_SECONDS = 15


async def stream(
    services: Services, run: Run, seen: tuple[int, int], *, without: Container[EventType] = ()
) -> AsyncGenerator[ServerSentEvent]:
    """Events after those `seen` (event and part; (0, -1) for none), until the run ends; those of `without` are left out."""
    event_id, part = seen
    if seen < (0, 0):
        yield _sent(*opening(run))
    async for event in services.client.events(run.id, after=max(event_id - 1, 0)):
        answer = await answer_of(services.engine, run.id) if event.kind in ENDS else None
        run = await run_of(services.engine, run.id) if event.kind in ENDS else run
        for number, (identifier, told) in enumerate(translate(event, run, answer)):
            if (event.id, number) > (event_id, part) and told.type not in without:
                yield _sent(identifier, told)
        if event.kind in ENDS:
            return


def _sent(identifier: str, event: BaseEvent) -> ServerSentEvent:
    return ServerSentEvent(event.model_dump_json(by_alias=True), id=identifier, event=event.type.value)
