"""`pesut switches`: answering and language models, off at once and on again."""

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

from cli.options import AsJson, DataDir, read_settings
from pesut.switches import Switch

if TYPE_CHECKING:
    from cli.reading import Reading
    from pesut.contracts import Principal
    from pesut.settings import Settings
    from pesut.switches import SwitchState

app = typer.Typer(no_args_is_help=True, help="Switch answering or models off, at once, and on again.")
Which = Annotated[Switch, typer.Argument(help="What to switch.")]
Why = Annotated[str, typer.Option("--why", help="The reason. Kept for ever.", prompt=True)]


@app.command()
def show(as_json: AsJson = False, data_dir: DataDir = None) -> None:
    """Say where each switch stands, since when, by whom and why."""
    found = asyncio.run(_states(read_settings(data_dir=data_dir)))
    if as_json:
        from pydantic_core import to_json

        typer.echo(to_json(found, indent=2))
    else:
        for state in found:
            typer.echo(_said(state))


@app.command()
def off(switch: Which, why: Why, data_dir: DataDir = None) -> None:
    """Switch it off from the next question on. Acts as the operator of PESUT_TOKEN, or of tokens.json in the data folder."""
    typer.echo(_said(asyncio.run(_flip(read_settings(data_dir=data_dir), switch, on=False, why=why))))


@app.command()
def on(switch: Which, why: Why, data_dir: DataDir = None) -> None:
    """Switch it on again."""
    typer.echo(_said(asyncio.run(_flip(read_settings(data_dir=data_dir), switch, on=True, why=why))))


def _said(state: "SwitchState") -> str:
    from cli.lines import printable

    stands = f"{state.switch}: {'on' if state.on else 'OFF'}"
    if state.since is None:
        return stands
    return f"{stands} since {state.since:%Y-%m-%d %H:%M} UTC, by {state.by}: {printable(state.why)}"


async def _states(settings: "Settings") -> "list[SwitchState]":
    from cli.reading import reading
    from pesut.switches import switches_of

    async with reading(settings) as pesut:
        return list((await switches_of(pesut.engine)).values())


async def _flip(settings: "Settings", switch: Switch, *, on: bool, why: str) -> "SwitchState":
    from cli.reading import reading
    from pesut.switches import flip

    async with reading(settings) as pesut:
        return await flip(pesut.engine, await _operator(pesut), switch, on=on, why=why)


async def _operator(pesut: "Reading") -> "Principal":
    """Whoever may read the data folder may act as its operator."""
    from pesut.contracts import Role
    from pesut.principals import authenticate, role_tokens

    token = pesut.settings.token
    given = token.get_secret_value() if token else None
    return await authenticate(
        pesut.engine, given or (await role_tokens(pesut.engine, pesut.settings.data_dir))[Role.OPERATOR]
    )
