"""`pesut up`: everything under one supervisor."""

from typing import TYPE_CHECKING, Annotated

import typer

from cli.options import CityDir, DataDir, read_settings

if TYPE_CHECKING:
    from cli.display import Display
    from cli.prepare import Prepared
    from cli.stack import Stack


def command(
    demo: Annotated[bool, typer.Option("--demo", help="Load the city's sample data at the first start.")] = False,
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
    from cli.stack import Stack, Wanted
    from cli.state import Purpose
    from cli.watchdog import guarded

    settings = read_settings(data_dir=data_dir, city=city, api_port=port)
    display = Display(Console())
    with hold(settings.data_dir), guarded(settings.data_dir), noticing() as check:
        stack = Stack(settings, Wanted(Purpose.UP, api=True, sample=demo), display, check)
        try:
            _welcome(display, stack, stack.start())
            stack.supervisor.watch()
        except Interrupted:
            display.say("Stopping …")
        finally:
            stack.stop()


def _welcome(display: "Display", stack: "Stack", prepared: "Prepared") -> None:
    say = display.console.print
    say(f"\n[bold]Pesut {prepared.city}[/bold] answers at [bold cyan]{stack.state.api_url}[/bold cyan]", soft_wrap=True)
    if prepared.sample:
        say("It holds sample data: made up, and marked so on every page and answer.")
    say("\nTry one of these:", highlight=False)
    for question in prepared.questions:
        say(f'  pesut ask "{question}"', markup=False, highlight=False, soft_wrap=True)
    say(
        f"\nRuns of Temporal: {stack.state.temporal_ui or stack.settings.temporal_address}",
        highlight=False,
        soft_wrap=True,
    )
    say(f"Data and logs: {stack.settings.data_dir}", markup=False, highlight=False, soft_wrap=True)
    say("Ctrl-C stops everything; starting again finds the data.\n")
