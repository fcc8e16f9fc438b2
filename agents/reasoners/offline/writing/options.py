"""The options of a staff review: targeted work, inspection first, and not to act yet."""

from collections.abc import Sequence

from agents.reasoners.offline.writing.goals import back_to_before, no_worse, plan_link, risk
from agents.reasoners.offline.writing.naming import Pointer, joined, number_in, row_name
from agents.reasoners.offline.writing.papers import paper_sentence
from agents.reasoners.offline.writing.points import Grounds, budget_point, lead_row, point, worst_is_highest, worst_rows
from agents.reasoners.offline.writing.review_phrases import say
from pesut.contracts import ReviewOption, ReviewPoint

TARGET_DAYS, INSPECT_DAYS, WAIT_DAYS = 14, 5, 20  # working days, as proposals for people to change


def options(grounds: Grounds) -> tuple[ReviewOption, ...]:
    """Each with its agency, day, money, legal basis, plan, effect, target, risk and the strongest argument against it."""
    return (_target(grounds), _inspect(grounds), _wait(grounds))


def _target(grounds: Grounds) -> ReviewOption:
    language = grounds.request.language
    return ReviewOption(
        title=say("target", language),
        action=_target_action(grounds),
        agency=_agency(grounds),
        deadline=_deadline(grounds, TARGET_DAYS),
        budget=_budget(grounds),
        legal_basis=_legal_basis(grounds),
        plan_link=plan_link(grounds),
        expected_effect=_target_effect(grounds),
        target=back_to_before(grounds),
        risk=risk(grounds, "target"),
        counter_argument=ReviewPoint(text=say("target_counter", language)),
    )


def _inspect(grounds: Grounds) -> ReviewOption:
    language = grounds.request.language
    return ReviewOption(
        title=say("inspect", language),
        action=_by_agency(grounds, "inspect_action"),
        agency=_agency(grounds),
        deadline=_deadline(grounds, INSPECT_DAYS),
        legal_basis=_legal_basis(grounds),
        plan_link=plan_link(grounds),
        expected_effect=ReviewPoint(text=say("inspect_effect", language)),
        target=no_worse(grounds),
        risk=risk(grounds, "inspect"),
        counter_argument=ReviewPoint(text=say("inspect_counter", language)),
    )


def _wait(grounds: Grounds) -> ReviewOption:
    language = grounds.request.language
    return ReviewOption(
        title=say("wait", language),
        action=ReviewPoint(text=say("wait_action", language)),
        agency=_agency(grounds),
        deadline=_deadline(grounds, WAIT_DAYS),
        expected_effect=ReviewPoint(text=say("wait_effect", language)),
        target=no_worse(grounds),
        risk=risk(grounds, "wait"),
        counter_argument=ReviewPoint(text=say("wait_counter", language)),
    )


def _target_action(grounds: Grounds) -> ReviewPoint:
    language, places = grounds.request.language, grounds.ranked_places
    if places is None:
        return _by_agency(grounds, "target_action_plain")
    pointer = Pointer(places, language)
    rows: Sequence[int] = worst_rows(pointer, highest=worst_is_highest(pointer, grounds.request))
    if not rows:
        return _by_agency(grounds, "target_action_plain")
    named = joined([row_name(pointer, row) for row in rows], language)
    return _by_agency(grounds, "target_action", places.label, places=named)


def _target_effect(grounds: Grounds) -> ReviewPoint:
    assert grounds.main is not None
    pointer = Pointer(grounds.main, grounds.request.language)
    key = "target_effect" if worst_is_highest(pointer, grounds.request) else "target_effect_higher"
    return point(say(key, pointer.language, name=pointer.name), grounds.main)


def _by_agency(grounds: Grounds, key: str, *labels: str, **parts: str) -> ReviewPoint:
    language, agencies = grounds.request.language, grounds.agencies
    if agencies is None:
        return ReviewPoint(text=say(key, language, who=say("agency", language), **parts), evidence=labels)
    who = Pointer(agencies, language).cell(lead_row(agencies), "name", "text")
    return ReviewPoint(text=say(key, language, who=who, **parts), evidence=(agencies.label, *labels))


def _agency(grounds: Grounds) -> str | None:
    agencies = grounds.agencies
    return str(agencies.result[lead_row(agencies)]["code"]) if agencies else None


def _deadline(grounds: Grounds, days: int) -> ReviewPoint:
    """Reckoned from the run's moment in the city's working calendar."""
    return ReviewPoint(text=say("deadline", grounds.request.language, f"{{clock.workdays[{days}]|date}}"))


def _budget(grounds: Grounds) -> ReviewPoint | None:
    """The agency's line with the most left, if anything is."""
    if grounds.budgets is None:
        return None
    pointer = Pointer(grounds.budgets, grounds.request.language)
    most = max(range(len(pointer.rows)), key=lambda row: number_in(pointer.rows[row], "left") or 0.0)
    return budget_point(pointer, most)


def _legal_basis(grounds: Grounds) -> ReviewPoint | None:
    """The nearest regulation that was found; None where there is none."""
    if grounds.papers is None:
        return None
    pointer = Pointer(grounds.papers, grounds.request.language)
    rules = [row for row in range(len(pointer.rows)) if pointer.rows[row].get("kind") == "regulation"]
    text = paper_sentence(pointer, rules[0]) if rules else None
    return point(text, grounds.papers) if text else None
