"""Comparisons of evaluation runs, and a gate's verdict, for people to read."""

from rich.console import Console
from rich.table import Table

from evals.gate import Verdict
from pesut.evaluations.comparison import Comparison, Flip, Side


def print_comparison(found: Comparison) -> None:
    console = Console()
    table = Table("suite", "before", "after", "cases", "difference", "95 % interval", "")
    for suite in found.suites.values():
        low, high = suite.interval
        scores = f"{suite.before.score:.3f}", f"{suite.after.score:.3f}"
        span = f"{low:+.3f} to {high:+.3f}"
        table.add_row(suite.suite, *scores, str(suite.pairs), f"{suite.difference:+.3f}", span, suite.verdict)
    console.print(table)
    if found.changed:
        console.print(f"Other than before: {', '.join(found.changed)}.")
    for name in found.missing:
        console.print(f"{name}: only one of the two runs asked it.", style="red")
    for suite in found.suites.values():
        for flip, sign in [*((each, "lost") for each in suite.lost), *((each, "won") for each in suite.won)]:
            _print_flip(console, suite.suite, flip, sign)
        for names, where in ((suite.only_before, "before"), (suite.only_after, "after")):
            if names:
                console.print(f"{suite.suite}: {len(names)} cases only {where}: {', '.join(names[:5])} …", markup=False)


def print_verdict(verdict: Verdict) -> None:
    if verdict.comparison:
        print_comparison(verdict.comparison)
    console = Console()
    for block in verdict.blocks:
        console.print(f"Blocked: {block}.", style="red", markup=False)
    if verdict.passed:
        console.print(f"Run {verdict.run.run.id} may be released.", style="green", markup=False)


def _print_flip(console: Console, suite: str, flip: Flip, sign: str) -> None:
    console.print(f"\n{sign}: {suite} {flip.name}: {flip.question}", markup=False)
    _print_side(console, "before", flip.before)
    _print_side(console, "after", flip.after)


def _print_side(console: Console, when: str, side: Side) -> None:
    console.print(f"  {when} ({side.share:.2f}, {side.status}): {side.got}", markup=False)
    for fault in side.why:
        console.print(f"    {fault}", style="red", markup=False)
    console.print(f"    run {side.run_id}, evidence {', '.join(map(str, side.evidence)) or 'none'}", markup=False)
