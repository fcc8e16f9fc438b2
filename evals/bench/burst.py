"""What many questions at once do: errors, answers per second, and the longest wait."""

import asyncio
from itertools import cycle, islice
from time import perf_counter

from evals.bench.asking import Asker, Timed
from evals.bench.figures import Figure, Unit, at_most, milliseconds
from evals.bench.ground import Servers
from evals.bench.questions import questions
from pesut.errors import PesutError

AT_ONCE = 20


async def measure(ground: Servers) -> tuple[Figure, ...]:
    asker = Asker(ground)
    asked = islice(cycle(questions(ground.folder)), AT_ONCE)
    began = perf_counter()
    results = await asyncio.gather(*map(asker.through_temporal, asked), return_exceptions=True)
    seconds = perf_counter() - began
    answers = [each for each in results if isinstance(each, Timed)]
    _raise_unexpected(results)
    errors = AT_ONCE - sum(each.answer.status != "failed" for each in answers)
    return (
        Figure(name="errors", value=errors, aim=at_most(0), beside=(Figure(name="asked", value=AT_ONCE),)),
        Figure(name="answers per second", value=len(answers) / seconds, unit=Unit.PER_SECOND),
        *([milliseconds("slowest", [each.seconds for each in answers], 1)] if answers else []),
    )


def _raise_unexpected(results: list[Timed | BaseException]) -> None:
    """What nobody expects is a fault of the benchmark itself, not a figure."""
    for each in results:
        if isinstance(each, BaseException) and not isinstance(each, PesutError):
            raise each
