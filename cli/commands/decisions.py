"""`pesut decisions`: what was laid before who decides, what became of it, and its papers."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from cli.options import AsJson, DataDir, read_settings
from pesut.contracts.decision import DecisionStatus
from pesut.contracts.paper import PaperFormat, PaperKind

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from cli.decisions import WholeDecision
    from pesut.contracts.decision import DecisionSummary
    from pesut.papers import IssuedPaper
    from pesut.settings import Settings

app = typer.Typer(
    no_args_is_help=True, help="List decisions, show one with all that happened to it, export its papers."
)
DecisionId = Annotated[
    UUID, typer.Argument(metavar="ID", help="Id of the decision, as `pesut decisions list` names it.")
]


@app.command("list")
def list_(
    status: Annotated[DecisionStatus | None, typer.Option("--status", help="Only those that stand so.")] = None,
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """List decisions, the newest first (at most 100)."""
    found = asyncio.run(_list(read_settings(data_dir=data_dir), status))
    if as_json:
        from pydantic_core import to_json

        typer.echo(to_json(found, indent=2))
    else:
        from cli.decisions import print_summaries

        print_summaries(found)


@app.command()
def show(decision_id: DecisionId, as_json: AsJson = False, data_dir: DataDir = None) -> None:
    """Show its text, where it stands, all that happened to it, its dispositions and its outcome."""
    found, zone = asyncio.run(_show(read_settings(data_dir=data_dir), decision_id))
    if as_json:
        typer.echo(found.model_dump_json(indent=2))
    else:
        from cli.decisions import print_decision

        print_decision(found, zone)


@app.command()
def export(
    decision_id: DecisionId,
    paper: Annotated[PaperKind, typer.Option("--paper", help="Which paper.")] = PaperKind.STAFF_REVIEW,
    format_: Annotated[PaperFormat, typer.Option("--format", help="As which file.")] = PaperFormat.PDF,
    out: Annotated[
        Path | None, typer.Option("--out", dir_okay=False, help="Where to write it.", show_default="a name of its own")
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Write a paper of the decision to a file: the same bytes each time once something was decided.

    Pesut signs nothing: number, signature and initials stay empty. An open decision has its telaahan-staf only, as a draft.
    """
    issued = asyncio.run(_issue(read_settings(data_dir=data_dir), decision_id, paper, format_))
    path = out or Path(issued.name)
    path.write_bytes(issued.content)
    typer.echo(f"{path}: {len(issued.content)} bytes, SHA-256 {issued.digest}")


async def _list(settings: "Settings", status: DecisionStatus | None) -> "list[DecisionSummary]":
    from cli.reading import reading
    from pesut.decisions.listing import decisions_for

    async with reading(settings) as pesut:
        return await decisions_for(pesut.engine, pesut.principal, status)


async def _show(settings: "Settings", decision_id: UUID) -> "tuple[WholeDecision, ZoneInfo]":
    from cli.decisions import whole_decision
    from cli.reading import reading
    from pesut.city.loader import read_city

    async with reading(settings) as pesut:
        city = read_city(pesut.settings.city)
        return await whole_decision(pesut.engine, city, pesut.principal, decision_id), city.zone


async def _issue(settings: "Settings", decision_id: UUID, kind: PaperKind, format_: PaperFormat) -> "IssuedPaper":
    from cli.reading import reading
    from pesut.city.loader import read_city
    from pesut.papers import issue_paper

    async with reading(settings) as pesut:
        city = read_city(pesut.settings.city)
        return await issue_paper(pesut.engine, city, pesut.principal, decision_id, kind, format_)
