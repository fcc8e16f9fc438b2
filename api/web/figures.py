"""Charts, each with its table."""

import asyncio
from dataclasses import dataclass, replace

from markupsafe import Markup

from pesut.contracts import Answer, Chart, Evidence, Language
from pesut.drawing.charts import draw_chart
from pesut.drawing.tables import Table, table_of
from pesut.drawing.wording import Wording

NARROW, WIDE = 318, 640  # pixels, of a phone and of everything larger
OPEN_ROWS = 12  # a table without a chart stands open up to this length


@dataclass(frozen=True)
class Figure:
    """`drawings` are the same chart by the name of the width that it is drawn for; empty: only the table. `source` leads to
    the evidence, unless the page itself is about it.
    """

    title: str
    evidence: Evidence
    table: Table
    drawings: dict[str, Markup]
    language: Language
    source: str | None = None

    @property
    def open(self) -> bool:
        return not self.drawings and len(self.table.rows) <= OPEN_ROWS


async def figures_of(answer: Answer, wording: Wording) -> list[Figure]:
    """One per chart; `wording` is that of the answer's language."""
    evidence = {each.label: each for each in answer.evidence}
    drawn = [await figure(each, found, wording) for each in answer.charts if (found := evidence.get(each.evidence))]
    return [replace(each, source=f"/bukti/{each.evidence.id}") for each in drawn]


async def figure(chart: Chart, evidence: Evidence, wording: Wording) -> Figure:
    """The chart, drawn beside the event loop."""

    def draw(width: int) -> str | None:
        return draw_chart(chart, evidence, wording.zone, wording.language, width)

    drawn = {"narrow": await asyncio.to_thread(draw, NARROW), "wide": await asyncio.to_thread(draw, WIDE)}
    drawings = {name: Markup(svg) for name, svg in drawn.items() if svg}  # noqa: S704  (drawn from escaped values)
    return Figure(chart.title, evidence, table_of(evidence, wording), drawings, wording.language)
