"""`pesut evidence`: what a number rests on, and whether the same comes back."""

import asyncio
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from cli.options import AsJson, DataDir, read_settings

if TYPE_CHECKING:
    from pesut.contracts import Evidence, Replay, Row
    from pesut.settings import Settings

SHOWN_ROWS = 40

app = typer.Typer(no_args_is_help=True, help="Show what a number rests on, or run it again.")
EvidenceId = Annotated[UUID, typer.Argument(metavar="ID", help="Id of the evidence, as an answer names it.")]


@app.command()
def show(evidence_id: EvidenceId, as_json: AsJson = False, data_dir: DataDir = None) -> None:
    """Show the typed query, its SQL and parameters, the datasets, and the rows that came back."""
    evidence = asyncio.run(_open(read_settings(data_dir=data_dir), evidence_id))
    if as_json:
        typer.echo(evidence.model_dump_json(indent=2))
    else:
        _print(evidence)


@app.command()
def replay(evidence_id: EvidenceId, as_json: AsJson = False, data_dir: DataDir = None) -> None:
    """Run the evidence's SQL again. Exits 0 only when the same comes back, to the byte."""
    outcome = asyncio.run(_replay(read_settings(data_dir=data_dir), evidence_id))
    if as_json:
        typer.echo(outcome.model_dump_json(indent=2))
    else:
        _print_replay(outcome)
    if not outcome.same:
        raise typer.Exit(1)


async def _open(settings: "Settings", evidence_id: UUID) -> "Evidence":
    from cli.reading import reading
    from pesut.evidence.opening import open_evidence

    async with reading(settings) as pesut:
        return await open_evidence(pesut.engine, pesut.principal, evidence_id, "evidence.read")


async def _replay(settings: "Settings", evidence_id: UUID) -> "Replay":
    from cli.reading import reading
    from pesut.evidence import replay
    from pesut.evidence.opening import open_evidence

    async with reading(settings) as pesut:
        evidence = await open_evidence(pesut.engine, pesut.principal, evidence_id, "evidence.replay")
        return await replay(pesut.engine, evidence)


def _print(evidence: "Evidence") -> None:
    from rich.console import Console
    from rich.pretty import pprint
    from rich.syntax import Syntax

    console = Console(highlight=False)
    console.print(f"{evidence.label}, as of {evidence.as_of.isoformat()}, digest {evidence.digest}")
    for dataset in evidence.datasets:
        console.print(f"  {dataset.title} ({dataset.agency_name})", markup=False)
    if evidence.sample:
        console.print("SAMPLE DATA: these numbers are made up.", style="yellow")
    pprint(evidence.query.model_dump(mode="json", exclude_defaults=True), console=console)
    console.print(Syntax(evidence.sql, "sql", word_wrap=True, background_color="default"))
    pprint(evidence.parameters, console=console)
    _print_rows(evidence.result)


def _print_rows(rows: "tuple[Row, ...]") -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from cli.lines import printable

    table = Table(*(rows[0] if rows else ()), box=None)
    for row in rows[:SHOWN_ROWS]:
        table.add_row(*(Text(printable("" if value is None else str(value))) for value in row.values()))
    console = Console(highlight=False)
    console.print(table)
    console.print(f"{len(rows)} rows" + (f", the first {SHOWN_ROWS} shown" if len(rows) > SHOWN_ROWS else ""))


def _print_replay(outcome: "Replay") -> None:
    from rich.console import Console

    console = Console(highlight=False, soft_wrap=True)
    if outcome.same:
        console.print(f"[green]The same[/green]: {outcome.digest}")
        return
    console.print(f"[red]Another result[/red]: {outcome.digest} became {outcome.replayed_digest}")
    for difference in outcome.difference:
        console.print(f"  {difference}", markup=False)
