"""`pesut briefing`: the morning briefing of a day."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.commands.ask import follow, show_answer
from cli.options import AsJson, CityDir, DataDir, UsageError, read_settings

if TYPE_CHECKING:
    from datetime import date

    from cli.running import Running
    from pesut.city.models import City
    from pesut.contracts import Answer
    from pesut.settings import Settings

Day = Annotated[str | None, typer.Option("--date", metavar="DAY", help="Another day than today: 2026-06-30.")]
Now = Annotated[bool, typer.Option("--now", help="Write a new one from what is known now, beside the morning's.")]


Pdf = Annotated[Path | None, typer.Option("--pdf", metavar="FILE", help="Write it to this file, as a PDF of A4 pages.")]


def command(
    day: Day = None,
    now: Now = False,
    pdf: Pdf = None,
    as_json: AsJson = False,
    city: CityDir = None,
    data_dir: DataDir = None,
) -> None:
    """Show the morning briefing: what changed, crosses a threshold, grows, is late or waits. Writes it where there is none yet.

    That of a day that is over speaks of what was known that morning.
    """
    answer, its_city = asyncio.run(_briefing(read_settings(data_dir=data_dir, city=city), day, now=now))
    if pdf:
        _save(answer, its_city, pdf)
    show_answer(answer, its_city.zone, as_json=as_json)


def _save(answer: "Answer", city: "City", path: Path) -> None:
    from pesut.papers.briefing import briefing_paper
    from pesut.papers.pdf import write_pdf

    day = answer.plan.briefing
    assert day is not None, "it is a briefing"
    path.write_bytes(write_pdf(briefing_paper(answer, day, city)))


async def _briefing(settings: "Settings", day: str | None, *, now: bool) -> "tuple[Answer, City]":
    from datetime import UTC, datetime

    from cli.running import running
    from pesut.runs.briefings import briefing_of

    async with running(settings) as pesut:
        today = datetime.now(UTC).astimezone(pesut.city.zone).date()
        wanted = _day(day, today)
        if now and wanted != today:
            raise UsageError("--now writes today's briefing.", remedy="Leave out --date or --now.")
        found = None if now else await briefing_of(pesut.engine, wanted)
        return found or await _written(pesut, wanted, again=now), pesut.city


async def _written(pesut: "Running", day: "date", *, again: bool) -> "Answer":
    from datetime import UTC, datetime

    from pesut.contracts import new_id
    from pesut.runs.briefings import MORNING, known_at, new_briefing

    key = str(new_id()) if again else MORNING
    run = await new_briefing(pesut.engine, day, key, known_at(day, pesut.city, datetime.now(UTC)))
    run_id, _ = await pesut.client.ask(run)
    await follow(pesut.client, run_id)
    return await pesut.client.wait_for_answer(run_id)


def _day(text: str | None, today: "date") -> "date":
    """Raises UsageError for what is no day, or not yet."""
    from datetime import date

    try:
        day = date.fromisoformat(text) if text else today
    except ValueError as error:
        raise UsageError(f"--date {text!r} is no day.", remedy="Write 2026-06-30.") from error
    if day > today:
        raise UsageError(f"--date {text} lies in the future.", remedy="Choose today or a day before.")
    return day
