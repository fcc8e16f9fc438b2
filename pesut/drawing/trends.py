"""A trend line small enough for a tile: no axes, the last value marked, what is not known left open."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, MARGIN = 120, 32, 3  # units of the drawing, which stretches with its tile


@dataclass(frozen=True)
class _Scale:
    lowest: float
    highest: float
    steps: int

    def x(self, step: int) -> float:
        return round(MARGIN + step * (WIDTH - 2 * MARGIN) / max(self.steps - 1, 1), 1)

    def y(self, value: float) -> float:
        reach = (self.highest - self.lowest) or 1
        return round(HEIGHT - MARGIN - (value - self.lowest) / reach * (HEIGHT - 2 * MARGIN), 1)


def draw_trend(values: Sequence[float | None], threshold: float | None = None) -> str | None:
    """The line of evenly spaced values as an SVG element of class `trend`; None where fewer than two are known.

    A `threshold` within the line's reach, or just beyond it, is drawn across as class `limit`.
    """
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return None
    limit = threshold if threshold is not None and _near(threshold, known) else None
    reached = known if limit is None else [*known, limit]
    scale = _Scale(min(reached), max(reached), len(values))
    last = max(step for step, value in enumerate(values) if value is not None)
    mark = f'<circle cx="{scale.x(last)}" cy="{scale.y(known[-1])}" r="2.2"/>'
    across = "" if limit is None else f'<path class="limit" d="M0 {scale.y(limit)}H{WIDTH}"/>'
    path = "".join(_moves(values, scale))
    return (
        f'<svg class="trend" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true" focusable="false">'
        f'{across}<path d="{path}"/>{mark}</svg>'
    )


def _near(threshold: float, known: Sequence[float]) -> bool:
    reach = max(known) - min(known)
    return min(known) - reach <= threshold <= max(known) + reach


def _moves(values: Sequence[float | None], scale: _Scale) -> Iterator[str]:
    drawing = False
    for step, value in enumerate(values):
        if value is not None:
            yield f"{'L' if drawing else 'M'}{scale.x(step)} {scale.y(value)}"
        drawing = value is not None
