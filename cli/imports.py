"""How an import looks on a terminal."""

from collections.abc import Sequence
from types import TracebackType

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from pesut.intake.kinds.choice import KINDS
from pesut.intake.orders import ImportProgress, ImportStage, ImportTally
from pesut.intake.planning import ImportPlan
from pesut.intake.receipt import Reject
from pesut.intake.work import TRIED_BATCHES


class ImportBar:
    """A moving bar on standard error."""

    def __init__(self) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._bars = Progress(*columns, console=Console(stderr=True), transient=True)
        self._task = self._bars.add_task("Reading the file", total=None)

    def __enter__(self) -> "ImportBar":
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._bars.stop()

    def show(self, progress: ImportProgress | None) -> None:
        """None while no worker answers."""
        if progress is None:
            self._bars.update(self._task, description="Waiting for a worker (pesut doctor)", total=None)
        elif progress.stage is not ImportStage.READING:
            done = progress.tally.batches
            self._bars.update(self._task, description="Loading batches", completed=done, total=progress.batches)


def print_progress(progress: ImportProgress) -> None:
    """What became of the file, in a few lines."""
    tally = progress.tally
    console = _console()
    console.print(f"{progress.rows} rows: {_counts(tally)}.")
    if tally.batches and tally.repeated == tally.batches:
        console.print("This file had been loaded before; nothing has changed.")
    _print_problems(console, tally.problems, tally.rejected)
    if progress.rejects_file:
        console.print(f"Rejected rows with reasons: [bold]{escape(progress.rejects_file)}[/bold]")


def print_plan(plan: ImportPlan) -> None:
    """The mapping as YAML on standard output, so that it can be redirected; all else on standard error."""
    typer.echo(plan.order.mapping.as_yaml(), nl=False)
    console = _console(stderr=True)
    fields = ", ".join(field.name + ("*" if field.required else "") for field in KINDS[plan.order.kind].fields)
    console.print(f"[dim]columns of the file:[/dim] {escape(', '.join(plan.header))}")
    console.print(f"[dim]fields (* needed):[/dim] {fields}")
    for note in plan.notes:
        console.print(escape(note))
    if plan.missing:
        console.print(f"[red]{escape(plan.missing)}[/red]")


def print_trial(tally: ImportTally) -> None:
    console = _console(stderr=True)
    part = "The file" if tally.batches < TRIED_BATCHES else f"The beginning of the file ({tally.batches} batches)"
    console.print(f"{part} would give: {_counts(tally)}. Nothing was written.")
    _print_problems(console, tally.problems, tally.rejected)


def _console(*, stderr: bool = False) -> Console:
    return Console(stderr=stderr, highlight=False, soft_wrap=True)


def _counts(tally: ImportTally) -> str:
    return f"{tally.created} new, {tally.corrected} changed, {tally.unchanged} known already, {tally.rejected} rejected"


def _print_problems(console: Console, problems: Sequence[Reject], rejected: int) -> None:
    for problem in problems:
        value = f": {escape(problem.value[:80])}" if problem.value else ""
        console.print(f"  row {problem.row}, {escape(problem.column)} {escape(problem.reason)}{value}")
    if rejected > len(problems) > 0:
        console.print(f"  … and {rejected - len(problems)} more")
