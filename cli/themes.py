"""How themes of reports look on a terminal."""

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from cli.lines import printable
from pesut.contracts import Row
from pesut.reports.themes.opening import Theme, ThemedReport

SHOWN_BODY = 200  # characters


def print_themes(rows: Sequence[Row]) -> None:
    console = _console()
    for row in rows:
        console.print(Text(f"{str(row['theme'])[-8:]}  {printable(str(row['theme_name']))}", style="bold"))
        marks = [mark for mark in ("new", "growing", "confirmed") if row[mark]]
        where = f", most in {row['place_name']} ({row['place_value']})" if row["place_name"] else ""
        usual = f", usually about {row['expected']}" if row["expected"] is not None else ""
        told = f"  {row['value']} reports from {row['reporters']} reporters{usual}{where}"
        console.print(Text(told + (f": {', '.join(marks)}" if marks else "")))
    if not rows:
        console.print("No theme has reports here; themes are made once vectors are.")


def print_theme(theme: Theme, reports: Sequence[ThemedReport]) -> None:
    console = _console()
    console.print(Text(printable(theme.label), style="bold"))
    span = f"{theme.first_at:%Y-%m-%d} to {theme.last_at:%Y-%m-%d}"
    marks = [mark for mark in ("named", "confirmed", "locked") if getattr(theme, mark)]
    console.print(Text(", ".join([f"{theme.reports} reports from {theme.reporters} reporters, {span}", *marks])))
    console.print(Text(f"Words: {printable(', '.join(theme.terms))}"))
    for change in theme.changes:
        console.print(Text(f"{change.at:%Y-%m-%d %H:%M} {change.kind}{f' {change.other}' if change.other else ''}"))
    for quote in theme.quotes:
        console.print(Text(f"  “{printable(quote.body)[:SHOWN_BODY]}” ({quote.number})"))
    for report in reports:
        console.print(Text(f"{report.number}  {report.submitted_at:%Y-%m-%d}  {printable(report.title)}"))


def _console() -> Console:
    return Console(highlight=False, soft_wrap=True)
