"""The `pesut` command. Only the module of the command that is called is imported."""

import importlib
import sys
from typing import Annotated, NamedTuple

import typer

from cli.options import UsageError
from pesut.errors import PesutError


class Entry(NamedTuple):
    module: str
    summary: str


COMMANDS = {
    "up": Entry("cli.commands.up", "Start everything and keep it running until Ctrl-C."),
    "ask": Entry("cli.commands.ask", "Answer a question from the city's data."),
    "decisions": Entry("cli.commands.decisions", "List decisions, show one, export its papers."),
    "briefing": Entry("cli.commands.briefing", "Show what the morning has to say, or write it."),
    "evidence": Entry("cli.commands.evidence", "Show what a number rests on, or run it again."),
    "import": Entry("cli.commands.import_", "Take in a city's own data from a file."),
    "catalog": Entry("cli.commands.catalog", "Check a city's folder, or list what can be asked."),
    "init": Entry("cli.commands.init", "Write a folder for a city of your own."),
    "doctor": Entry("cli.commands.doctor", "Say what runs, what is wrong and the remedy."),
    "eval": Entry("cli.commands.eval_", "Score answers by cases with known rows."),
    "bench": Entry("cli.commands.bench", "Measure speed and memory."),
    "switches": Entry("cli.commands.switches", "Switch answering or models off, at once, and on again."),
    "reports": Entry(
        "cli.commands.reports", "Learn from citizens' reports, decide what a machine could not, open an original."
    ),
    "prepare": Entry("cli.commands.prepare", "Bring a server's database to the newest schema and load the city."),
}


def build(arguments: list[str]) -> typer.Typer:
    """The application, with the real command for the first word of `arguments` and only a summary for the others."""
    app = typer.Typer(
        name="pesut",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    app.callback()(_pesut)
    called = next((word for word in arguments if not word.startswith("-")), None)
    for name, entry in COMMANDS.items():
        if name == called:
            _add(app, name, entry)
        else:
            app.command(name, help=entry.summary)(_summary_only)
    return app


def main() -> None:
    """Run the command line. Exits 0 when it went well, 1 for what could not be done, 2 for wrong usage, 130 for Ctrl-C."""
    try:
        build(sys.argv[1:])()
    except PesutError as error:
        report(error)
        sys.exit(2 if isinstance(error, UsageError) else 1)


def report(error: PesutError) -> None:
    """Print an expected failure for a person: what happened in red, then what to do."""
    from rich.console import Console

    console = Console(stderr=True, soft_wrap=True)
    console.print(error.detail, style="red", markup=False, highlight=False)
    if error.remedy:
        console.print(error.remedy, markup=False, highlight=False)


def _add(app: typer.Typer, name: str, entry: Entry) -> None:
    module = importlib.import_module(entry.module)
    if hasattr(module, "app"):
        app.add_typer(module.app, name=name, help=entry.summary)
    else:
        app.command(name)(module.command)


def _summary_only() -> None:
    raise AssertionError("a command that was not called ran")


def _show_version(wanted: bool) -> None:
    if wanted:
        from pesut import __version__

        typer.echo(f"pesut {__version__}")
        raise typer.Exit


def _pesut(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Answers from the city's own data, every number traceable. People decide; Pesut prepares."""


if __name__ == "__main__":
    main()
