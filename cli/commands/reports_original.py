"""`pesut reports original`: what a report said before personal data was masked."""

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

from cli.options import AsJson, DataDir, read_settings

if TYPE_CHECKING:
    from pesut.reports.privacy.originals import OpenedReport
    from pesut.settings import Settings


def original(
    number: Annotated[str, typer.Argument(help="Number or id of the report.")],
    reason: Annotated[
        str, typer.Option("--reason", help="Why it has to be seen. Kept in the audit log for ever.", prompt=True)
    ],
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """Show what a report said before personal data was masked.

    Takes an inspector's token in PESUT_TOKEN. Each opening, and each refusal, is written to the audit log with its reason.
    """
    opened = asyncio.run(_open(read_settings(data_dir=data_dir), number, reason))
    if as_json:
        typer.echo(opened.model_dump_json(indent=2))
    else:
        _print(opened)


async def _open(settings: "Settings", number: str, reason: str) -> "OpenedReport":
    from cli.reading import reading
    from pesut.principals import authenticate
    from pesut.reports.privacy.originals import open_original, report_called
    from pesut.reports.privacy.vault import Vault

    async with reading(settings) as pesut:
        token = pesut.settings.token
        asker = await authenticate(pesut.engine, token.get_secret_value()) if token else pesut.principal
        report = await report_called(pesut.engine, asker, number)
        return await open_original(pesut.engine, Vault.of(pesut.settings), asker, report, reason)


def _print(opened: "OpenedReport") -> None:
    from cli.lines import printable

    masked = "masked for others" if opened.masked else "nothing is masked"
    typer.echo(f"{opened.number} ({masked})")
    for part in (opened.text.title, opened.text.body, opened.text.address):
        if part:
            typer.echo(printable(part))
