"""Evaluation runs for the command line: ordered, watched, loaded, and printed."""

import asyncio
from uuid import UUID

import typer
from rich.console import Console
from rich.table import Column, Table

from cli.reading import reading
from cli.running import Running, running
from evals.evaluation import evaluating, score_again
from evals.gate import Verdict, judged
from pesut.contracts import new_id
from pesut.errors import NotFoundError
from pesut.evaluations.comparison import Kept
from pesut.evaluations.contracts import EvaluationOrder, KeptRun
from pesut.evaluations.cost import Cost
from pesut.evaluations.kept import earlier, kept_run, run_named
from pesut.evaluations.report import RunResult, SuiteResult, result_of
from pesut.evaluations.store import evaluation_of, evaluations
from pesut.settings import Settings
from workflows.client import connect_temporal
from workflows.evaluation.client import RunningEvaluation, start_evaluation
from workflows.evaluation.messages import BY_HAND
from workflows.evaluation.schedule import Nights, nights
from workflows.evaluation.worker import evaluation_worker

LOOK_SECONDS = 1.0


async def evaluate(settings: Settings, order: EvaluationOrder) -> RunResult:
    """Order the run and do its work here until it is over. Raises as `running`, and what kept it from beginning."""
    async with running(settings) as pesut:
        return await _done(pesut, new_id(), order)


async def go_on(settings: Settings, run_id: UUID) -> RunResult:
    """Do what is left of a run. Raises as `evaluate`, and NotFoundError."""
    async with running(settings) as pesut:
        return await _done(pesut, run_id, (await evaluation_of(pesut.engine, run_id)).wanted)


async def loaded(settings: Settings, *names: str) -> list[Kept]:
    """The runs of these names. Raises NotFoundError and InvalidInputError."""
    async with reading(settings) as pesut:
        return [await kept_run(pesut.engine, name) for name in names]


async def listed(settings: Settings) -> tuple[list[KeptRun], Nights | None]:
    async with reading(settings) as pesut:
        temporal = await connect_temporal(pesut.settings, lazy=True)
        return await evaluations(pesut.engine), await nights(temporal)


async def scored_again(settings: Settings, name: str) -> RunResult:
    async with reading(settings) as pesut:
        run = await run_named(pesut.engine, name)
        await score_again(pesut.engine, run.id)
        kept = await kept_run(pesut.engine, str(run.id))
        return result_of(kept.run, kept.cases)


async def gated(
    settings: Settings, name: str, baseline: str | None, suites: tuple[str, ...], *, first: bool
) -> Verdict:
    async with reading(settings) as pesut:
        run = await kept_run(pesut.engine, name)
        before = await kept_run(pesut.engine, baseline) if baseline else await earlier(pesut.engine, run.run)
        return judged(run, before, suites, first=first)


def print_result(result: RunResult, *, failures: bool) -> None:
    console = Console()
    for suite in result.suites.values():
        console.print(_table(suite))
    for suite in result.suites.values() if failures else ():
        _print_failures(console, suite)
    console.print(_summary(result))
    console.print(_costs(result.cost))
    run = result.run
    console.print(f"Run {run.id}: {run.status.value}, {run.done} of {run.cases} cases. {run.error}", markup=False)


def print_runs(runs: list[KeptRun], left_out: Nights | None) -> None:
    console = Console()
    table = Table(Column("run", no_wrap=True), "begun (UTC)", "suites", "model", "status", "cases", "by")
    for run in runs:
        wanted, begun = run.wanted, run.started_at.strftime("%Y-%m-%d %H:%M")
        by, done = ("night" if wanted.nightly else "hand"), f"{run.done}/{run.cases}"
        table.add_row(str(run.id), begun, " ".join(wanted.suites), wanted.model or "", run.status.value, done, by)
    console.print(table)
    for run in runs:
        if run.error:
            console.print(f"{run.id}: {run.error}", style="red", markup=False)
    if left_out and left_out.skipped:
        console.print(f"{left_out.skipped} nights were left out, because the one before was still at work.")


async def _done(pesut: Running, run_id: UUID, order: EvaluationOrder) -> RunResult:
    typer.echo(f"Evaluation {run_id}; if it is cut off, `pesut eval resume {run_id}` goes on with it.", err=True)
    temporal = await connect_temporal(pesut.settings)
    async with evaluating(pesut.engine, pesut.settings) as evaluation, evaluation_worker(temporal, evaluation, BY_HAND):
        await _watched(pesut, run_id, await start_evaluation(temporal, run_id, order))
    kept = await kept_run(pesut.engine, str(run_id))
    return result_of(kept.run, kept.cases)


async def _watched(pesut: Running, run_id: UUID, evaluation: RunningEvaluation) -> None:
    finished = asyncio.create_task(evaluation.finished())
    with Console(stderr=True).status("Reading the cases …") as status:
        while not finished.done():
            await asyncio.wait({finished}, timeout=LOOK_SECONDS)
            if run := await _so_far(pesut, run_id):
                status.update(f"Asking … {run.done} of {run.cases}")
    await finished


async def _so_far(pesut: Running, run_id: UUID) -> KeptRun | None:
    try:
        return await evaluation_of(pesut.engine, run_id)
    except NotFoundError:
        return None


def _table(suite: SuiteResult) -> Table:
    low, high = suite.interval
    table = Table(suite.suite, "asked", "right", "share", "95 % interval", title_justify="left")
    table.title = f"{suite.suite}: {suite.score:.3f} ({low:.3f}–{high:.3f})"
    for score in (*suite.kinds, *suite.parts):
        low, high = score.interval
        table.add_row(score.name, str(score.asked), str(score.right), f"{score.score:.3f}", f"{low:.3f}–{high:.3f}")
    for name, value in suite.measures.items():
        table.add_row(name, "", "", f"{value:.3f}", "")
    notes = ((suite.unasked, "cases could not be asked"), (suite.degraded, "answers without the model"))
    table.caption = "; ".join(f"{count} {what}" for count, what in notes if count) or None
    return table


def _summary(result: RunResult) -> Table:
    table = Table("suite", "asked", "right", "share", "95 % interval", "beside")
    for name, suite in result.suites.items():
        low, high = suite.interval
        asked, right = sum(each.asked for each in suite.kinds), sum(each.right for each in suite.kinds)
        beside = ", ".join(f"{measure} {value:.2f}" for measure, value in suite.measures.items())
        table.add_row(name, str(asked), str(right), f"{suite.score:.3f}", f"{low:.3f}–{high:.3f}", beside)
    return table


def _costs(costs: dict[str, Cost]) -> Table:
    table = Table("cost", "cases", "p50 s", "p95 s", "tokens", "US$")
    for name, cost in costs.items():
        seconds = f"{cost.p50_seconds:.2f}", f"{cost.p95_seconds:.2f}"
        table.add_row(name, str(cost.cases), *seconds, str(cost.tokens), f"{cost.usd:.4f}")
    return table


def _print_failures(console: Console, suite: SuiteResult) -> None:
    for outcome in suite.failures:
        console.print(f"\n{suite.suite} {outcome.name}: {outcome.question}", markup=False)
        console.print(f"  {outcome.status}: {outcome.answer}", markup=False)
        for fault in outcome.faults:
            console.print(f"  {fault}", style="red", markup=False)
        console.print(f"  run {outcome.run_id}", markup=False)
