"""How long a draft for decision takes without a model, how long its papers take, and what decisions cost that wait."""

from time import perf_counter

from evals.bench.asking import Asker
from evals.bench.figures import Figure, below, milliseconds
from evals.bench.ground import Servers
from evals.bench.waiting import waiting_decisions
from pesut.contracts import Answer, ReviewPoint, StaffReview
from pesut.contracts.paper import PaperFormat, PaperKind
from pesut.decisions.exhibits import exhibits
from pesut.decisions.record import Government
from pesut.decisions.texts import sources_of
from pesut.errors import NotFoundError
from pesut.papers.composing import compose
from pesut.papers.dossier import Dossier
from pesut.papers.issuing import write

ROUNDS, MOST_MATTERS = 3, 8
LONGEST_DRAFT, LONGEST_PAPER = below(2000), below(2000)


async def measure(ground: Servers) -> tuple[Figure, ...]:
    """Drafts on the city's categories in process; the papers of the longest; then decisions that wait, on servers of their own."""
    drafted, figure = await _drafts(ground)
    if not drafted:
        raise NotFoundError(
            "No question of this city gives a staff review.", remedy="Load reports or observations first."
        )
    longest = max(drafted, key=lambda each: len(each.model_dump_json()))
    return (figure, *(await _papers(ground, longest)), *(await waiting_decisions(ground, longest)))


async def _drafts(ground: Servers) -> tuple[list[Answer], Figure]:
    """From the question to the checked answer with its draft, after one round that does not count."""
    asker, seconds, drafted = Asker(ground), list[float](), list[Answer]()
    for number in range(ROUNDS + 1):
        ground.tell(f"Drafting, round {number} of {ROUNDS}" if number else "Drafting, warming up")
        for category in ground.folder.catalog.categories[:MOST_MATTERS]:
            timed = await asker.in_process(f"Apa yang sebaiknya dilakukan soal {category.name.id.lower()}?")
            if number and timed.answer.staff_review:
                seconds.append(timed.seconds)
                drafted.append(timed.answer)
    beside = (Figure(name="drafts", value=len(seconds)),)
    figure = milliseconds("draft without a model, p95", seconds or [0.0], 0.95, LONGEST_DRAFT)
    return drafted, figure.model_copy(update={"beside": beside})


async def _papers(ground: Servers, answer: Answer) -> list[Figure]:
    """The telaahan staf with its appendix, in each format, after one that does not count."""
    ground.tell("Writing papers")
    dossier, found = await _dossier(ground, answer), list[Figure]()
    for format_ in PaperFormat:
        seconds: list[float] = []
        for _ in range(10):
            began = perf_counter()
            write(compose(PaperKind.STAFF_REVIEW, dossier), format_)
            seconds.append(perf_counter() - began)
        first, *rest = seconds
        beside = (milliseconds("first", [first], 1),)
        figure = milliseconds(f"{format_.value.upper()}, p95", rest, 0.95, LONGEST_PAPER)
        found.append(figure.model_copy(update={"beside": beside}))
    return found


async def _dossier(ground: Servers, answer: Answer) -> Dossier:
    """As of an open decision on the answer."""
    return Dossier(
        decision_id=answer.run_id,
        title=answer.question,
        review=_labelled(answer),
        version=1,
        written_at=answer.as_of,
        exhibits=exhibits(await sources_of(ground.engine, answer, ground.folder.city)),
        sample=answer.sample_data,
        restricted=False,
        government=Government.of(ground.folder.city),
    )


def _labelled(answer: Answer) -> StaffReview:
    assert answer.staff_review is not None
    labels = {str(each.id): each.label for each in answer.evidence}

    def named(point: ReviewPoint) -> ReviewPoint:
        return point.model_copy(update={"evidence": tuple(labels[each] for each in point.evidence)})

    return answer.staff_review.with_points(named)
