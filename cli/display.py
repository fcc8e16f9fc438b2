"""Tells a person what goes on: a line per step, and a moving one for whatever takes longer."""

import time
from collections.abc import Generator
from contextlib import contextmanager, nullcontext

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

REFRESH_SECONDS = 0.1
NOTICE_SECONDS = 1.0


class Display:
    """Drawn from the caller's own loop by `tick`: a drawing thread and the forking of children do not go together."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self._step: Step | None = None
        self._drawn = 0.0

    @contextmanager
    def step(self, going: str, done: str) -> Generator["Step"]:
        """A step that is under way while the block runs; when it went well, says that it is done and how long it took."""
        started, step = time.monotonic(), Step(self, going)
        self._step = step
        try:
            with step.bar if self.console.is_terminal else nullcontext():
                yield step
        finally:
            self._step = None
        self.say_done(done, time.monotonic() - started)

    def say(self, text: str) -> None:
        self.console.print(f"  {escape(text)}", highlight=False, soft_wrap=True)

    def say_done(self, text: str, seconds: float) -> None:
        self.console.print(
            f"[green]✓[/green] {escape(text)} [dim]{seconds:.1f} s[/dim]", highlight=False, soft_wrap=True
        )

    def warn(self, text: str) -> None:
        self.console.print(f"[yellow]![/yellow] {escape(text)}", highlight=False, soft_wrap=True)

    def tick(self) -> None:
        """Move what moves."""
        if self._step and time.monotonic() - self._drawn > REFRESH_SECONDS:
            self._drawn = time.monotonic()
            self._step.draw()


class Step:
    """A bar on a terminal; elsewhere, for instance in a log, a line for what takes longer than a second."""

    def __init__(self, display: Display, title: str) -> None:
        parts = (
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
        )
        self.bar = Progress(*parts, console=display.console, transient=True, auto_refresh=False)
        self._display, self._title = display, title
        self._task = self.bar.add_task(escape(title), total=None)
        self._since, self._announced = time.monotonic(), False

    def update(self, title: str, done: int, total: int | None) -> None:
        """Show what is done now, and how much of it."""
        if title != self._title:
            if self._lasted > NOTICE_SECONDS:
                self._display.say_done(self._title, self._lasted)
            self._title, self._since, self._announced = title, time.monotonic(), False
        self.bar.update(self._task, description=escape(title), completed=done, total=total)

    def draw(self) -> None:
        if self._display.console.is_terminal:
            self.bar.refresh()
        elif not self._announced and self._lasted > NOTICE_SECONDS:
            self._announced = True
            self._display.say(f"{self._title} …")

    @property
    def _lasted(self) -> float:
        return time.monotonic() - self._since
