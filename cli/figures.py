"""Figures of a benchmark on a terminal."""

from collections.abc import Iterable

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from evals.bench.figures import Aim, BenchResult, Figure, Measured, Unit
from evals.bench.machine import Machine
from evals.bench.measurements import Measurement

NAME_WIDTH, VALUE_WIDTH = 34, 10
WIDTH = 160  # where nobody's terminal says


def print_list(measurements: Iterable[Measurement]) -> None:
    """Names and what they measure."""
    table = Table.grid(padding=(0, 2))
    for each in measurements:
        table.add_row(each.name, each.title)
    _console().print(table)


def print_result(result: BenchResult) -> None:
    """The machine, then the figures of each measurement, then what was left out and how to have it."""
    console = _console()
    for line in _head(result.machine):
        console.print(line)
    for measured in result.measurements:
        if measured.figures:
            console.print(
                f"\n[bold]{escape(measured.title)}[/bold] [dim]({measured.name}, {measured.seconds:.0f} s)[/dim]"
            )
            console.print(_table(measured))
    for measured in result.measurements:
        if measured.left_out:
            _say_left_out(console, measured)


def _table(measured: Measured) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(min_width=NAME_WIDTH)
    table.add_column(min_width=VALUE_WIDTH, justify="right")
    for figure in measured.figures:
        table.add_row(*_row(figure))
    return table


def _head(machine: Machine) -> Iterable[str]:
    yield f"{machine.cpu}, {machine.cores} cores, {machine.memory / 1e9:.1f} GB of memory"
    yield ", ".join(f"{name} {version}" for name, version in machine.versions.items())
    if machine.load > machine.cores:
        yield f"{machine.load:g} processes wanted its cores in the minute before: times are upper bounds."


def _row(figure: Figure) -> tuple[Text, Text, Text, Text]:
    style = {True: "green", False: "yellow", None: ""}[figure.reached]
    beside = " · ".join(f"{each.name} {_value(each.value, each.unit)}" for each in figure.beside)
    return (
        Text(f"  {figure.name}"),
        Text(_value(figure.value, figure.unit), style=style),
        Text(_aim(figure.aim, figure.unit), style="dim"),
        Text(beside, style="dim"),
    )


def _aim(aim: Aim | None, unit: Unit) -> str:
    return f"(aim {aim.operator} {_value(aim.value, unit)})" if aim else ""


def _value(value: float, unit: Unit) -> str:
    """Three digits, or all of a whole number."""
    digits = 0 if value == int(value) or abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return f"{value:,.{digits}f} {unit}".rstrip()


def _say_left_out(console: Console, measured: Measured) -> None:
    console.print(
        f"\nNot measured: {measured.title} ({measured.name}). {measured.left_out}", style="yellow", markup=False
    )
    if measured.remedy:
        console.print(measured.remedy, markup=False)


def _console() -> Console:
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=WIDTH)
