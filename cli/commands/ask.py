"""`pesut ask`: one question, answered here."""

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

from cli.options import AsJson, CityDir, DataDir, UsageError, read_settings

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID
    from zoneinfo import ZoneInfo

    from pesut.contracts import Answer
    from pesut.settings import Settings
    from workflows.client import PesutClient

AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of", metavar="TIME", help="Answer from what was known then: 2025-06-30 (its end) or 2025-06-30T14:00."
    ),
]


def command(
    question: Annotated[str, typer.Argument(help="In Indonesian or English.")],
    as_json: AsJson = False,
    as_of: AsOf = None,
    city: CityDir = None,
    data_dir: DataDir = None,
) -> None:
    """Answer a question from the city's data. Uses the Pesut that runs, else starts what it needs for the one question.

    Exits 0 for every answer, also for one that says what the data do not hold; 1 when answering failed.
    """
    answer, zone = asyncio.run(_ask(read_settings(data_dir=data_dir, city=city), question, as_of))
    show_answer(answer, zone, as_json=as_json)


async def _ask(settings: "Settings", question: str, as_of: str | None) -> "tuple[Answer, ZoneInfo]":
    from cli.running import running
    from pesut.contracts import new_id
    from pesut.runs import NewRun

    async with running(settings) as pesut:
        moment = moment_of(as_of, pesut.city.zone) if as_of else None
        run_id, _ = await pesut.client.ask(NewRun(pesut.principal.id, str(new_id()), question, as_of=moment))
        await follow(pesut.client, run_id)
        return await pesut.client.wait_for_answer(run_id), pesut.city.zone


def show_answer(answer: "Answer", zone: "ZoneInfo", *, as_json: bool) -> None:
    """As JSON, or for a person at a terminal, with times in `zone`. Exits 1 when answering failed."""
    from rich.console import Console

    from cli.answers import AnswerPage

    if as_json:
        typer.echo(answer.model_dump_json(indent=2))
    else:
        AnswerPage(Console(highlight=False), answer, zone).print()
    if answer.status == "failed":
        raise typer.Exit(1)


async def follow(client: "PesutClient", run_id: "UUID") -> None:
    """Show on standard error what happens in the run, until it is over."""
    from rich.console import Console
    from rich.markup import escape

    with Console(stderr=True).status("…") as status:
        async for event in client.events(run_id):
            if event.message:
                status.update(escape(event.message))


def moment_of(text: str, zone: "ZoneInfo") -> "datetime":
    """A day means its end; without an offset it is the city's time. Raises UsageError for what is no time, or not yet."""
    from datetime import UTC, date, datetime, time, timedelta

    try:
        if len(text) == len("2025-06-30"):
            moment = datetime.combine(date.fromisoformat(text) + timedelta(days=1), time(), zone)
        else:
            moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"--as-of {text!r} is no time.", remedy="Write 2025-06-30 or 2025-06-30T14:00.") from error
    moment = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    if moment > datetime.now(UTC):
        raise UsageError(f"--as-of {text} lies in the future.", remedy="Leave it out to use what is known now.")
    return moment
