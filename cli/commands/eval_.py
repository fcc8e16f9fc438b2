"""`pesut eval`: how good the answers are, by cases with known rows."""

import asyncio
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from cli.options import AsJson, CityDir, DataDir, read_settings

if TYPE_CHECKING:
    from evals.report import SuiteResult
    from pesut.settings import Settings

app = typer.Typer(no_args_is_help=True, help="Score answers against rows that the cases' own SQL gives.")
PartOption = Annotated[
    Literal["open", "held_out", "all"], typer.Option("--part", help="Which cases: those one may read, or all.")
]


@app.callback()
def _group() -> None:
    """Keeps `run` a sub-command while it is the only one."""


@app.command("run")
def command(
    suite: Annotated[Literal["data"], typer.Argument(help="The suite.")] = "data",
    part: PartOption = "all",
    failures: Annotated[bool, typer.Option("--failures", help="Print each wrong answer.")] = False,
    as_json: AsJson = False,
    data_dir: DataDir = None,
    city: CityDir = None,
) -> None:
    """Ask every case and print accuracy by kind with its 95 % interval."""
    result = asyncio.run(_run(read_settings(data_dir, city), suite, part))
    if as_json:
        typer.echo(result.model_dump_json(indent=2))
    else:
        _print(result, failures=failures)


async def _run(settings: "Settings", suite: str, part: str) -> "SuiteResult":
    from rich.console import Console

    from cli.running import running
    from evals.data.suite import DataSuite
    from evals.report import summed

    async with running(settings) as pesut:
        with Console(stderr=True).status("Asking …") as status:
            asked = 0

            def told() -> None:
                nonlocal asked
                asked += 1
                status.update(f"Asking … {asked} answered")

            data = DataSuite(pesut.client, pesut.engine, pesut.city, pesut.principal, told)
            outcomes = await data.run(("open", "held_out") if part == "all" else (part,))  # pyright: ignore[reportArgumentType]
    return summed(suite, outcomes)


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
