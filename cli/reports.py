"""How what was learned from reports looks on a terminal."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from cli.lines import printable
from pesut.reports.classification.figures import Confusion, Figures
from pesut.reports.classification.labelled import Ordered
from pesut.reports.classification.queue import QueuedReport
from pesut.reports.classification.store import CurrentModel, ModelVersion
from pesut.reports.classification.training import TrainingReport
from pesut.reports.classification.trial import TaskFigures
from pesut.reports.linking.groups import RepeatedMatter

SHOWN_LABELS = 10  # of a confusion matrix; the rest are one row and column
NAME_WIDTH = 28
SHOWN_BODY = 200  # characters
_ORDER = {
    Ordered.DATE: "by their date",
    Ordered.NUMBER: "by their number, since there are no dates",
    Ordered.ROW: "by their row, since there are neither dates nor numbers",
}


def print_training(report: TrainingReport) -> None:
    console = _console()
    for note in report.notes:
        console.print(Text(f"Note: {note}."))
    for task, figures in (("Agency", report.agency), ("Category", report.category)):
        if figures is not None:
            _print_task(console, task, figures, report.model.ordered)
    console.print(f"Version {report.model.version} is current (data {report.model.data_digest[:12]}).")


def print_models(models: Sequence[ModelVersion]) -> None:
    table = Table(
        "version", "task", "current", "reports", "later: accuracy", "macro-F1", "size", "trained (UTC)", box=None
    )
    for model in models:
        later = model.figures["later_dated"]
        table.add_row(
            model.version, model.task, "yes" if model.current else "", str(model.reports), f"{later['accuracy']:.3f}",
            f"{later['macro_f1']:.3f}", f"{model.bytes / 1e6:.1f} MB", f"{model.recorded_at:%Y-%m-%d %H:%M}",
        )  # fmt: skip
    _console().print(table if models else "Nothing was learned yet: `pesut reports train`.")


def print_current(models: Sequence[CurrentModel]) -> None:
    console = _console()
    for model in models:
        console.print(f"{model.task}: version {model.version} is current.")
    if not models:
        console.print("No model is current.")


def print_queue(reports: Sequence[QueuedReport]) -> None:
    console = _console()
    for report in reports:
        console.print(Text(f"{report.number}  {report.submitted_at:%Y-%m-%d}  {printable(report.title)}", style="bold"))
        console.print(Text(f"  {printable(report.body)[:SHOWN_BODY]}"))
        for task, candidates in report.waiting.items():
            likely = ", ".join(f"{each.value} ({each.confidence:.0%})" for each in candidates) or "nothing known"
            console.print(Text(f"  {task}: {likely}"))
        if report.flags:
            console.print(Text(f"  odd: {', '.join(report.flags)}"))
    if not reports:
        console.print("No report waits for a person.")


def print_repeated(matters: Sequence[RepeatedMatter]) -> None:
    console = _console()
    for matter in matters:
        span = f"{matter.first_at:%Y-%m-%d} to {matter.last_at:%Y-%m-%d}"
        console.print(Text(f"{matter.number}  {span}  {printable(matter.title)}", style="bold"))
        told = f"  {matter.reports} reports from {matter.reporters} reporters, {matter.copies} of them near-equal texts"
        console.print(Text(told + (": possibly a campaign" if matter.possible_campaign else "")))
    if not matters:
        console.print("No matter was told more than once.")


def _console() -> Console:
    return Console(highlight=False, soft_wrap=True)


def _print_task(console: Console, task: str, figures: TaskFigures, ordered: Ordered) -> None:
    console.print(
        f"[bold]{task}[/bold]: {figures.labels} labels, {figures.reports} reports, later ones {_ORDER[ordered]}."
    )
    table = Table("", "ours", "95 %", "SVM", "difference", "95 %", box=None)
    _add(table, "Held out", figures.held_out)
    _add(table, "Later", figures.later_dated)
    if figures.held_out_unaddressed and figures.later_dated_unaddressed:
        _add(table, "Held out, no salutation", figures.held_out_unaddressed)
        _add(table, "Later, no salutation", figures.later_dated_unaddressed)
    console.print(table)
    console.print(f"SVM: {figures.later_dated.baseline.name}, on the same reports.")
    _print_leak(console, figures)
    _print_trust(console, figures)
    _print_confusion(console, figures.later_dated.confusion)


def _add(table: Table, name: str, figures: Figures) -> None:
    table.add_row(f"[bold]{name}[/bold]")
    difference, theirs = figures.difference, figures.baseline
    rows = (
        ("accuracy", figures.accuracy, figures.accuracy_interval, theirs.accuracy, difference.accuracy),
        ("macro-F1", figures.macro_f1, figures.macro_f1_interval, theirs.macro_f1, difference.macro_f1),
    )
    for label, value, bounds, beside, apart in rows:
        span = f"{bounds[0]:.3f} to {bounds[1]:.3f}"
        between = f"{apart.low:+.3f} to {apart.high:+.3f}"
        table.add_row(f"  {label}", f"{value:.3f}", span, f"{beside:.3f}", f"{apart.value:+.3f}", between)
    table.add_row("  ECE", f"{figures.ece:.3f}")
    table.add_row("  Brier", f"{figures.brier:.3f}")
    table.add_row("  unseen labels", f"{figures.unknown:.1%}")


def _print_leak(console: Console, figures: TaskFigures) -> None:
    if figures.later_dated_unaddressed:
        console.print(
            f"{figures.addressed:.0%} of the reports name their label in a salutation, as an operator writes it who already knows it."
            " The rows without salutation tell how well the matter itself is understood."
        )


def _print_trust(console: Console, figures: TaskFigures) -> None:
    later = figures.later_dated
    right = "none" if later.trusted_right is None else f"{later.trusted_right:.1%}"
    console.print(
        f"From a confidence of {_least(figures.threshold)} on ({_least(figures.threshold_addressed)} with a salutation)"
        f" {figures.share:.0%} of unseen labels were right: {figures.coverage:.1%} of the reports are decided, the others wait for a"
        f" person. Of the later reports {later.trusted:.1%} were decided, {right} of them rightly."
        f" {figures.reports_per_second:.0f} reports/s are labelled."
    )


def _least(threshold: float) -> str:
    return f"{threshold:.2f}" if threshold <= 1 else "more than 1 (never)"


def _print_confusion(console: Console, confusion: Sequence[Confusion]) -> None:
    """The matrix of the later reports: a row for each true label, a column for each given one."""
    totals: dict[str, int] = {}
    for cell in confusion:
        totals[cell.truth] = totals.get(cell.truth, 0) + cell.reports
    shown = sorted(totals, key=lambda label: (-totals[label], label))[:SHOWN_LABELS]
    counts: dict[tuple[int, int], int] = {}
    for cell in confusion:
        place = tuple(shown.index(label) if label in shown else len(shown) for label in (cell.truth, cell.predicted))
        counts[place[0], place[1]] = counts.get((place[0], place[1]), 0) + cell.reports
    names = [*(printable(label)[:NAME_WIDTH] for label in shown), "others"]
    table = Table("later: true \\ given", *(str(place + 1) for place in range(len(names))), box=None)
    for row, name in enumerate(names):
        cells = (str(counts.get((row, column), "·")) for column in range(len(names)))
        table.add_row(Text(f"{row + 1} {name}"), *cells)
    console.print(table)
