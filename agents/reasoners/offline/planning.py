"""From a question to a plan."""

from dataclasses import dataclass, replace

from agents.reasoners.base import PlanRequest
from agents.reasoners.offline.advising import with_advice
from agents.reasoners.offline.building.crosschecks import related
from agents.reasoners.offline.building.joining import side_by_side
from agents.reasoners.offline.building.overviews import overview_steps
from agents.reasoners.offline.choosing.naming import by_pair
from agents.reasoners.offline.clarifying import about_what
from agents.reasoners.offline.clauses import Clause, clauses_of
from agents.reasoners.offline.declining import by_day_part, elsewhere, no_plan, not_yet, wrong_place
from agents.reasoners.offline.followups import Leaning, chosen_option, leaning_of
from agents.reasoners.offline.ground import Ground
from agents.reasoners.offline.guards import forbidden, unreadable
from agents.reasoners.offline.interpreting import Part, part_of
from agents.reasoners.offline.leaning import leaning_part
from agents.reasoners.offline.lexicon import Sentence, lexicon_of, sentence_of
from agents.reasoners.offline.nearest import Nearest
from agents.reasoners.offline.reading import wishes_of
from agents.reasoners.offline.sharing import shared
from agents.reasoners.offline.wishes import Wishes
from pesut.contracts import Language, Plan, Step
from pesut.language.common import language_of

MOST_STEPS = 8


@dataclass(frozen=True)
class Understanding:
    """A plan with what led to it: the sentence with its mentions, and the wishes of each clause."""

    plan: Plan
    sentence: Sentence | None = None
    wishes: tuple[Wishes, ...] = ()


def understand(request: PlanRequest, nearest: Nearest | None = None) -> Understanding:
    """Plans a question, and keeps why. Deterministic; takes a few milliseconds once the city's words are gathered."""
    before = request.history[-1].plan.language if request.history else Language.ID
    bad = unreadable(request.question, before)
    if bad:
        return Understanding(Plan(language=before, decline=bad))
    lexicon = lexicon_of(request.city, request.catalog, request.gazetteer)
    sentence = sentence_of(request.question, lexicon, request.now)
    ground = Ground(lexicon, request.now, language_of(sentence.tokens, before), nearest=nearest)
    refused = forbidden(sentence, ground)
    if refused:
        return Understanding(Plan(language=ground.language, decline=refused), sentence)
    option = chosen_option(request.question, sentence, request.history)
    if option:
        return understand(replace(request, question=option, history=()), nearest)
    return _planned(sentence, ground, request)


def _planned(sentence: Sentence, ground: Ground, request: PlanRequest) -> Understanding:
    whole = Clause(sentence, 0, len(sentence.tokens))
    wishes = wishes_of(whole, ground.lexicon)
    declined = (
        wrong_place(wishes, ground)
        or not_yet(wishes, ground)
        or by_day_part(whole, ground)
        or elsewhere(whole, wishes, ground)
    )
    if declined:
        return Understanding(Plan(language=ground.language, decline=declined), sentence, (wishes,))
    leaning = leaning_of(sentence, wishes, request.history)
    parts = _leaning_parts(whole, leaning, ground) if leaning else _own_parts(sentence, ground)
    return Understanding(_plan(whole, wishes, parts, leaning, ground), sentence, tuple(part.wishes for part in parts))


def _own_parts(sentence: Sentence, ground: Ground) -> tuple[Part, ...]:
    """Each clause for itself, with what it shares with its neighbours."""
    whole = Clause(sentence, 0, len(sentence.tokens))
    one = (whole.cue("ratio") and by_pair(whole, None, ground.lexicon)) or related(whole, ground.lexicon)
    clauses = (whole,) if one else clauses_of(sentence)
    wished = shared(tuple((clause, wishes_of(clause, ground.lexicon)) for clause in clauses), ground.lexicon)
    return tuple(part_of(clause, wishes, ground) for clause, wishes in zip(clauses, wished, strict=True))


def _leaning_parts(whole: Clause, leaning: Leaning, ground: Ground) -> tuple[Part, ...]:
    return (leaning_part(whole, leaning, ground),)


def _plan(whole: Clause, wishes: Wishes, parts: tuple[Part, ...], leaning: Leaning | None, ground: Ground) -> Plan:
    clarify = next((part.clarify for part in parts if part.clarify), None)
    if clarify:
        return Plan(language=ground.language, clarify=clarify)
    steps = tuple(step for part in parts for step in part.steps)
    refused = next((part.decline for part in parts if part.decline), None)
    if refused and not steps:
        return Plan(language=ground.language, decline=refused)
    if refused:
        ground.remarks.notes[refused.message] = None
    steps = side_by_side(steps) if whole.cue("compare") else steps
    steps = with_advice(steps, whole, leaning, ground)
    if not steps:
        return _unplanned(whole, wishes, ground)
    if whole.cue("urgent"):
        ground.note("no_urgency")
    return Plan(
        language=ground.language,
        steps=_unique(steps)[:MOST_STEPS],
        assumptions=tuple(ground.remarks.assumptions),
        notes=tuple(ground.remarks.notes),
    )


def _unplanned(whole: Clause, wishes: Wishes, ground: Ground) -> Plan:
    """An overview or a question back where only the matter is missing, else why there is nothing to look up."""
    if overview := overview_steps(whole, wishes, ground):
        return Plan(language=ground.language, steps=overview, assumptions=tuple(ground.remarks.assumptions))
    back = about_what(whole, wishes, ground)
    if back:
        return Plan(language=ground.language, clarify=back)
    return Plan(language=ground.language, decline=no_plan(whole, wishes, ground))


def _unique(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    found: list[Step] = []
    for step in steps:
        if step not in found:
            found.append(step)
    return tuple(found)
