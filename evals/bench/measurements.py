"""What can be measured. A further measurement is a module with an async `measure(ground)` and a line here."""

import importlib
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any

from evals.bench.figures import Figure, Measured
from evals.bench.ground import Ground, Need
from pesut.errors import PesutError


@dataclass(frozen=True)
class Measurement:
    """`measure` of the module takes the ground that `need` names and returns figures, or raises PesutError with why it cannot."""

    name: str
    title: str
    need: Need
    module: str

    def found(self) -> Callable[[Any], Awaitable[tuple[Figure, ...]]]:
        """The module's `measure`."""
        return importlib.import_module(self.module).measure

    async def taken(self, ground: Ground) -> Measured:
        """The figures; what keeps them from being measured is told in their place."""
        began = time.perf_counter()
        try:
            figures = await self.found()(ground)
        except PesutError as error:
            return Measured(name=self.name, title=self.title, left_out=error.detail, remedy=error.remedy)
        seconds = round(time.perf_counter() - began, 2)
        return Measured(name=self.name, title=self.title, seconds=seconds, figures=figures)


MEASUREMENTS = {
    each.name: each
    for each in (
        Measurement("compile", "From a metric query to SQL", Need.CITY, "evals.bench.compiling"),
        Measurement("answers", "Questions answered one after the other", Need.SERVERS, "evals.bench.answers"),
        Measurement("burst", "Questions asked at once", Need.SERVERS, "evals.bench.burst"),
        Measurement("decisions", "Drafts, papers, and decisions that wait", Need.SERVERS, "evals.bench.decisions"),
        Measurement("queries", "Queries beside the same SQL by hand", Need.DATABASE, "evals.bench.queries"),
        Measurement("import", "Rows taken in from files", Need.DATABASE, "evals.bench.importing"),
        Measurement("pages", "Pages as the server gives them", Need.SERVERS, "evals.bench.pages.serving"),
        Measurement("pages/live", "The live page, watched by many", Need.SERVERS, "evals.bench.pages.watching"),
        Measurement(
            "pages/browser", "Pages as a phone's browser shows them", Need.SERVERS, "evals.bench.pages.browsing"
        ),
        Measurement("memory", "Memory of each process", Need.SERVERS, "evals.bench.memory"),
        Measurement("start", "From pesut up to the first answer", Need.CITY, "evals.bench.starting"),
    )
}


async def measured(names: Iterable[str], ground: Ground) -> AsyncGenerator[Measured]:
    """Each measurement that is named, or whose group is ("pages"), in the order in which they do not disturb each other. `ground` has what they need."""
    wanted = set(names)
    for name, measurement in MEASUREMENTS.items():
        if wanted & {name, name.partition("/")[0]}:
            ground.tell(measurement.title)
            yield await measurement.taken(ground)
