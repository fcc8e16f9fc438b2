"""How long an answer takes through Temporal, and how much longer than the same graph run here."""

from collections import Counter
from collections.abc import Sequence

from evals.bench.asking import Asker, Timed
from evals.bench.figures import Figure, Unit, below, milliseconds, quantile
from evals.bench.ground import Servers
from evals.bench.questions import questions

ROUNDS = 3
P50, P95, RATIO = below(300), below(1000), below(3)


async def measure(ground: Servers) -> tuple[Figure, ...]:
    """Each question in turn both ways, after one round that does not count. The ratio is of the medians."""
    asker, asked = Asker(ground), questions(ground.folder)
    through: list[Timed] = []
    inside: list[Timed] = []
    for number in range(ROUNDS + 1):
        for place, question in enumerate(asked, start=1):
            ground.tell(
                f"Asking {place} of {len(asked)}, " + (f"round {number} of {ROUNDS}" if number else "warming up")
            )
            both = await asker.through_temporal(question), await asker.in_process(question)
            if number:
                through.append(both[0])
                inside.append(both[1])
    return _figures(through, inside)


def _figures(through: Sequence[Timed], inside: Sequence[Timed]) -> tuple[Figure, ...]:
    outer, inner = [each.seconds for each in through], [each.seconds for each in inside]
    ratio = quantile(outer, 0.5) / quantile(inner, 0.5)
    return (
        milliseconds("through Temporal, p50", outer, 0.50, P50).model_copy(update={"beside": _statuses(through)}),
        milliseconds("through Temporal, p95", outer, 0.95, P95),
        milliseconds("in process, p50", inner, 0.50),
        milliseconds("in process, p95", inner, 0.95),
        Figure(name="ratio of the medians", value=ratio, unit=Unit.RATIO, aim=RATIO),
    )


def _statuses(answers: Sequence[Timed]) -> tuple[Figure, ...]:
    """How many of each kind of answer: declining is faster than answering."""
    counts = Counter(each.answer.status.value for each in answers)
    return tuple(Figure(name=status, value=count) for status, count in counts.most_common())
