"""`pesut doctor`: what runs, what is wrong, and the remedy."""

from typing import TYPE_CHECKING

import typer

from cli.options import AsJson, CityDir, DataDir, read_settings

if TYPE_CHECKING:
    from cli.diagnosis import Diagnosis

MARKS = {"fine": "[green]✓[/green]", "note": "[yellow]![/yellow]", "wrong": "[red]✗[/red]"}


def command(as_json: AsJson = False, city: CityDir = None, data_dir: DataDir = None) -> None:
    """Say what runs, in which version and where, what is wrong and the remedy. Exits 0 only when ready to answer."""
    from cli.diagnosis import diagnose

    diagnosis = diagnose(read_settings(data_dir=data_dir, city=city))
    if as_json:
        typer.echo(diagnosis.model_dump_json(indent=2))
    else:
        _print(diagnosis)
    if not diagnosis.ready:
        raise typer.Exit(1)


def _print(diagnosis: "Diagnosis") -> None:
    from rich.console import Console
    from rich.markup import escape

    console = Console(highlight=False, soft_wrap=True)
    console.print("  ".join(f"[dim]{name}[/dim] {escape(version)}" for name, version in diagnosis.versions.items()))
    for check in diagnosis.checks:
        console.print(f"{MARKS[check.health]} {check.name}: {escape(check.detail)}")
        if check.remedy:
            console.print(f"  → {escape(check.remedy)}", style="bold")
    if diagnosis.processes:
        _print_processes(diagnosis)
    for name, address in diagnosis.addresses.items():
        console.print(f"[dim]{name}[/dim] {address}")
    console.print("[green]Ready to answer.[/green]" if diagnosis.ready else "[red]Not ready to answer.[/red]")


def _print_processes(diagnosis: "Diagnosis") -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("process", "id", "ready", "memory", box=None)
    for process in diagnosis.processes:
        table.add_row(
            process.name, str(process.pid), "yes" if process.ready else "no", f"{process.memory / 1e6:,.0f} MB"
        )
    table.add_row("together", "", "", f"{diagnosis.memory / 1e6:,.0f} MB", style="bold")
    Console().print(table)
