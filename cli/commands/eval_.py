"""`pesut eval`: how good the answers are, by cases with known rows."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from cli.options import AsJson, CityDir, DataDir, read_settings

if TYPE_CHECKING:
    from cli.running import Running
    from evals.report import Outcome, SuiteResult
    from pesut.settings import Settings

app = typer.Typer(no_args_is_help=True, help="Score answers: by rows that cases' own SQL gives, and under attack.")
Suite = Literal["data", "safety", "faithfulness"]
PartOption = Annotated[
    Literal["open", "held_out", "all"], typer.Option("--part", help="Which cases: those one may read, or all.")
]


@app.callback()
def _group() -> None:
    """Keeps `run` a sub-command while it is the only one."""


@app.command("run")
def command(
    suite: Annotated[Suite, typer.Argument(help="The suite.")] = "data",
    part: PartOption = "all",
    failures: Annotated[bool, typer.Option("--failures", help="Print each wrong answer.")] = False,
    as_json: AsJson = False,
    data_dir: DataDir = None,
    city: CityDir = None,
) -> None:
    """Ask every case and print the share that is right by kind, with its 95 % interval."""
    result = asyncio.run(_run(read_settings(data_dir, city), suite, part))
    if as_json:
        typer.echo(result.model_dump_json(indent=2))
    else:
        _print(result, failures=failures)


async def _run(settings: "Settings", suite: Suite, part: str) -> "SuiteResult":
    from rich.console import Console

    from cli.running import running
    from evals.report import summed

    async with running(settings) as pesut:
        with Console(stderr=True).status("Asking …") as status:
            asked = 0

            def told() -> None:
                nonlocal asked
                asked += 1
                status.update(f"Asking … {asked} answered")

            outcomes = await _OUTCOMES[suite](pesut, part, told)
    return summed(suite, outcomes)


async def _data(pesut: "Running", part: str, told: Callable[[], None]) -> "list[Outcome]":
    from evals.data.suite import DataSuite

    suite = DataSuite(pesut.client, pesut.engine, pesut.city, pesut.principal, told)
    return await suite.run(("open", "held_out") if part == "all" else (part,))  # pyright: ignore[reportArgumentType]


async def _safety(pesut: "Running", part: str, told: Callable[[], None]) -> "list[Outcome]":
    from evals.safety.cases import read_attacks, read_requests
    from evals.safety.suite import SafetySuite
    from pesut.city.loader import read_folder
    from workflows.worker import gateway_for, reasoner_for

    del part  # all of it may be read
    folder = read_folder(pesut.settings.city)
    suite = SafetySuite(pesut.engine, folder, reasoner_for(gateway_for(pesut.settings), pesut.engine), told)
    return await suite.run(read_attacks(folder), read_requests())


async def _faithfulness(pesut: "Running", part: str, told: Callable[[], None]) -> "list[Outcome]":
    from evals.asking import asked
    from evals.data.cases import read_cases
    from evals.faithfulness.suite import FaithfulnessSuite

    del part
    ask = partial(asked, pesut.client, pesut.principal)
    alone = [case.phrasings[0] for case in read_cases("open") if not case.after]
    return await FaithfulnessSuite(pesut.engine, ask, told).run((*pesut.city.questions, *alone))


_OUTCOMES = {"data": _data, "safety": _safety, "faithfulness": _faithfulness}


def _print(result: "SuiteResult", *, failures: bool) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console()
    table = Table("", "asked", "right", "accuracy", "95 % interval")
    for score in (*result.kinds, *result.parts):
        low, high = score.interval
        table.add_row(score.name, str(score.asked), str(score.right), f"{score.score:.3f}", f"{low:.3f}–{high:.3f}")
    console.print(table)
    low, high = result.interval
    console.print(f"{result.suite}: {result.score:.3f} ({low:.3f}–{high:.3f})")
    for outcome in result.failures if failures else ():
        console.print(f"\n{outcome.name}: {outcome.question}", markup=False)
        console.print(f"  {outcome.status}: {outcome.answer}", markup=False)
        for fault in outcome.faults:
            console.print(f"  {fault}", style="red", markup=False)
