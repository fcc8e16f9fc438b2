"""`pesut eval`: how good the answers are, kept, compared, and held against what a release may lose."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from cli.commands import eval_cases
from cli.options import AsJson, CityDir, DataDir, UsageError, read_settings
from pesut.evaluations.contracts import EvaluationOrder, Part

if TYPE_CHECKING:
    from pesut.evaluations.report import RunResult

app = typer.Typer(
    no_args_is_help=True, help="Ask cases and score the answers; keep, compare and score again what was asked."
)
app.add_typer(eval_cases.app, name="cases")
Suites = Annotated[list[str] | None, typer.Argument(metavar="[SUITE]...", help="The suites.", show_default="all")]
PartOption = Annotated[Part, typer.Option("--part", help="Which cases: those one may read, or all.")]
Failures = Annotated[bool, typer.Option("--failures", help="Print each wrong answer.")]
RunName = Annotated[str, typer.Argument(metavar="RUN", help='A run\'s id, "latest", or a file of `pesut eval export`.')]


@app.command("run")
def run(
    suites: Suites = None,
    part: PartOption = "all",
    model: Annotated[str | None, typer.Option("--model", help="Ask this model (a LiteLLM name).")] = None,
    failures: Failures = False,
    as_json: AsJson = False,
    data_dir: DataDir = None,
    city: CityDir = None,
) -> None:
    """Ask every case, keep what came of it, and print the share that is right by kind, with its 95 % interval."""
    from cli.evaluations import evaluate
    from evals.suites import known

    order = EvaluationOrder(suites=known(suites or ()), part=part, model=model)
    _tell(asyncio.run(evaluate(read_settings(data_dir, city), order)), failures=failures, as_json=as_json)


@app.command()
def resume(
    run_id: Annotated[UUID, typer.Argument(metavar="RUN", help="The run's id.")],
    failures: Failures = False,
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """Go on with a run that was cut off: what was asked is not asked again."""
    from cli.evaluations import go_on

    _tell(asyncio.run(go_on(read_settings(data_dir), run_id)), failures=failures, as_json=as_json)


@app.command("list")
def list_(as_json: AsJson = False, data_dir: DataDir = None) -> None:
    """List the runs that are kept, the newest first (at most 100), and say which nights were left out."""
    from cli.evaluations import listed, print_runs

    runs, nights = asyncio.run(listed(read_settings(data_dir)))
    if as_json:
        from pydantic_core import to_json

        typer.echo(to_json({"runs": runs, "nights": nights}, indent=2))
    else:
        print_runs(runs, nights)


@app.command()
def show(
    name: RunName = "latest", failures: Failures = False, as_json: AsJson = False, data_dir: DataDir = None
) -> None:
    """Print what a run came to, as far as it is."""
    from cli.evaluations import loaded
    from pesut.evaluations.report import result_of

    [kept] = asyncio.run(loaded(read_settings(data_dir), name))
    _tell(result_of(kept.run, kept.cases), failures=failures, as_json=as_json)


@app.command()
def score(name: RunName = "latest", as_json: AsJson = False, data_dir: DataDir = None) -> None:
    """Score a run again by the scorers as they are now, without asking again, and keep that."""
    from cli.evaluations import scored_again

    _tell(asyncio.run(scored_again(read_settings(data_dir), name)), failures=False, as_json=as_json)


@app.command()
def export(
    name: RunName = "latest",
    output: Annotated[Path, typer.Option("--output", help="The file, ending in .json.")] = Path("evaluation.json"),
    data_dir: DataDir = None,
) -> None:
    """Write a run with its outcomes to a file, as a baseline for another machine."""
    from cli.evaluations import loaded

    if output.suffix != ".json":
        raise UsageError(f"{output} does not end in .json.", remedy="Name it so that it is told from a run's id.")
    [kept] = asyncio.run(loaded(read_settings(data_dir), name))
    output.write_text(kept.model_dump_json(indent=1) + "\n")
    typer.echo(f"{len(kept.cases)} cases written to {output}.")


@app.command()
def compare(before: RunName, after: RunName = "latest", as_json: AsJson = False, data_dir: DataDir = None) -> None:
    """Hold a run against an earlier one: differences with their intervals, and every case that flipped."""
    from cli.comparisons import print_comparison
    from cli.evaluations import loaded
    from pesut.evaluations.comparison import compared

    found = compared(*asyncio.run(loaded(read_settings(data_dir), before, after)))
    if as_json:
        typer.echo(found.model_dump_json(indent=2))
    else:
        print_comparison(found)


@app.command()
def gate(
    name: RunName = "latest",
    baseline: Annotated[
        str | None, typer.Option("--baseline", help="What to compare with.", show_default="the run before")
    ] = None,
    suite: Annotated[list[str] | None, typer.Option("--suite", help="Only this one.", show_default="all")] = None,
    first: Annotated[bool, typer.Option("--first", help="There is no baseline yet, and that is meant.")] = False,
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """Exit 1 where a run lost beyond chance, failed in safety, told a number that is not in its source, or misses a suite."""
    from cli.comparisons import print_verdict
    from cli.evaluations import gated
    from evals.suites import known

    verdict = asyncio.run(gated(read_settings(data_dir), name, baseline, known(suite or ()), first=first))
    if as_json:
        typer.echo(verdict.model_dump_json(indent=2))
    else:
        print_verdict(verdict)
    raise typer.Exit(0 if verdict.passed else 1)


def _tell(result: "RunResult", *, failures: bool, as_json: bool) -> None:
    from cli.evaluations import print_result

    if as_json:
        typer.echo(result.model_dump_json(indent=2))
    else:
        print_result(result, failures=failures)
