"""`pesut up`: everything under one supervisor."""

import json
from typing import TYPE_CHECKING, Annotated

import typer

from cli.options import CityDir, DataDir, Scale, read_settings

if TYPE_CHECKING:
    from pathlib import Path

    from cli.display import Display
    from cli.prepare import Prepared
    from cli.stack import Stack


def command(
    demo: Annotated[bool, typer.Option("--demo", help="Load the city's sample data at the first start.")] = False,
    scale: Scale = None,
    city: CityDir = None,
    data_dir: DataDir = None,
    port: Annotated[int | None, typer.Option("--port", min=0, max=65535, help="Port of the pages and the API.")] = None,
) -> None:
    """Start PostgreSQL, Temporal, the worker and the API, and keep them running until Ctrl-C.

    What PESUT_DATABASE_URL and PESUT_TEMPORAL_ADDRESS name is used instead of starting one. Starting again finds the data.
    """
    from rich.console import Console

    from cli.display import Display
    from cli.interruption import Interrupted, noticing
    from cli.lock import hold
    from cli.prepare import Sample
    from cli.stack import Stack, Wanted
    from cli.state import Purpose
    from cli.watchdog import guarded

    settings = read_settings(data_dir=data_dir, city=city, api_port=port)
    display, wished = Display(Console()), Sample(scale) if demo or scale else None
    with hold(settings.data_dir), guarded(settings.data_dir), noticing() as check:
        stack = Stack(settings, Wanted(Purpose.UP, api=True, sample=wished), display, check)
        try:
            prepared = stack.start()
            _welcome(display, stack, prepared, signing_in=demo or display.console.is_terminal)
            stack.supervisor.watch()
        except Interrupted:
            display.say("Stopping …")
        finally:
            stack.stop()


def _welcome(display: "Display", stack: "Stack", prepared: "Prepared", *, signing_in: bool) -> None:
    """Where it answers and what to ask. `signing_in`: with a link that holds a token, which a service's log should not."""
    data_dir = stack.settings.data_dir
    tokens = data_dir / "tokens.json"
    link = f"/masuk?token={json.loads(tokens.read_text())['mayor']}" if signing_in else ""

    def say(text: str = "", style: str = "") -> None:
        display.console.print(text, style=style, markup=False, highlight=False, soft_wrap=True)

    say(f"\nPesut {prepared.city} answers at")
    say(f"  {stack.state.api_url}{link}", "bold cyan")
    say(f"Tokens of the mayor and of the other roles: {tokens}")
    if prepared.sample:
        say("It holds sample data: made up, and marked so on every page and answer.", "yellow")
    say("\nTry one of these:")
    for question in prepared.questions:
        say(f'  pesut ask "{question}"{_option(data_dir)}')
    say(f"\nRuns of Temporal: {stack.state.temporal_ui or stack.settings.temporal_address}")
    say(f"Data and logs: {data_dir}")
    say("Ctrl-C stops everything; starting again finds the data.\n")


def _option(data_dir: "Path") -> str:
    """What a command on another than the default folder needs."""
    from shlex import quote

    return "" if data_dir == read_settings().data_dir else f" --data-dir {quote(str(data_dir))}"
