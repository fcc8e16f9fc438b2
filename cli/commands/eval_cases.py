"""`pesut eval cases`: cases that use proposed, for a person to accept or dismiss."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from cli.options import AsJson, DataDir, read_settings

if TYPE_CHECKING:
    from pesut.evaluations.proposals import ProposedCase
    from pesut.settings import Settings

app = typer.Typer(
    no_args_is_help=True,
    help="Cases that thumbs-downs, decisions on drafts and corrections proposed: accept or dismiss.",
)
CaseId = Annotated[UUID, typer.Argument(metavar="CASE", help="The proposed case's id.")]


@app.command("list")
def list_(
    every: Annotated[bool, typer.Option("--all", help="Those that were decided, too.")] = False,
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """List proposed cases, the newest first (at most 200), after looking for new decisions and corrections."""
    found = asyncio.run(_listed(read_settings(data_dir), every=every))
    if as_json:
        from pydantic_core import to_json

        typer.echo(to_json(found, indent=2))
        return
    for each in found:
        typer.echo(f"{each.id}  {each.origin.value} ({each.status.value})  {each.text[:160]}")
        if each.note:
            typer.echo(f"    {each.note}")


@app.command()
def accept(
    case: CaseId,
    suite: Annotated[str, typer.Argument(metavar="SUITE", help="data, planning, recommendation or reports.")],
    expect: Annotated[
        list[str] | None, typer.Option("--expect", help="planning: a route that will do, the likeliest first.")
    ] = None,
    agency: Annotated[list[str] | None, typer.Option("--agency", help="recommendation: who has the mandate.")] = None,
    file: Annotated[
        Path | None, typer.Option("--case", metavar="FILE", help="YAML in the suite's format, of what is missing.")
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Make a proposed case one of a suite; it is asked from the next run on. A duplicate, or one without an answer, is refused."""
    given: dict[str, Any] = _read(file) if file else {}
    given |= {"expect": expect} if expect else {}
    given |= {"agencies": agency} if agency else {}
    asyncio.run(_accepted(read_settings(data_dir), case, suite, given))
    typer.echo(f"Accepted for {suite}.")


@app.command()
def dismiss(
    case: CaseId,
    reason: Annotated[str, typer.Option("--reason", help="Why it is no case.")],
    data_dir: DataDir = None,
) -> None:
    """Put a proposed case away for good."""
    asyncio.run(_dismissed(read_settings(data_dir), case, reason))
    typer.echo("Dismissed.")


def _read(file: Path) -> dict[str, Any]:
    import yaml

    from pesut.errors import InvalidInputError

    try:
        read: Any = yaml.safe_load(file.read_text("utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise InvalidInputError(f"{file} cannot be read: {error}", remedy="Give a YAML file.") from error
    if not isinstance(read, dict):
        raise InvalidInputError(f"{file} holds no case.", remedy="Write one case as a mapping.")
    return read  # pyright: ignore[reportUnknownVariableType]


async def _listed(settings: "Settings", *, every: bool) -> "list[ProposedCase]":
    from cli.reading import reading
    from pesut.evaluations.proposals import ProposalStatus, gather, proposals

    async with reading(settings) as pesut:
        await gather(pesut.engine)
        return await proposals(pesut.engine, None if every else ProposalStatus.PROPOSED)


async def _accepted(settings: "Settings", case: UUID, suite: str, given: dict[str, Any]) -> None:
    from cli.reading import reading
    from evals.use import accept_case

    async with reading(settings) as pesut:
        await accept_case(pesut.engine, pesut.principal, case, suite, given)


async def _dismissed(settings: "Settings", case: UUID, reason: str) -> None:
    from cli.reading import reading
    from pesut.evaluations.proposals import dismiss

    async with reading(settings) as pesut:
        await dismiss(pesut.engine, case, pesut.principal, reason)
