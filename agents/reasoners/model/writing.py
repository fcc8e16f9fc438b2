"""From what was found to claims: a model sees figures and names, never strangers' words, and answers with placeholders."""

import json
from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import Field

from agents.answer.check import checked
from agents.reasoners.base import Draft, WriteRequest
from agents.reasoners.model.asking import UnfitError
from agents.reasoners.model.drafts import Drafted, Name, Names, Remarks, Text
from agents.reasoners.model.prompts import prompt
from pesut.contracts import Claim, ClaimKind, Evidence, Language, ReviewOption, ReviewPoint, Row, StaffReview
from pesut.llm import Message
from pesut.placeholders import PlaceholderError, Sources, placeholders

ROWS, CHARACTERS = 15, 120  # of each evidence, and of each text in it, that are shown
HIDDEN = {
    "reports": {"title", "excerpt"},
    "documents": {"title", "heading", "passage"},
    "overdue_reports": {"title"},
    "report_themes": {"theme_name", "excerpt"},
}
"""Columns that hold strangers' words, by kind of evidence."""
_CODES = {"region", "category", "agency", "status"}  # beside their names, of no use in a sentence


class ClaimDraft(Drafted):
    text: Text
    kind: ClaimKind = ClaimKind.FACT
    evidence: Names = Field(default=[])


class PointDraft(Drafted):
    text: Text
    evidence: Names = Field(default=[])


Points = Annotated[list[PointDraft], Field(max_length=12)]


class OptionDraft(Drafted):
    title: Text
    action: PointDraft
    agency: Name | None = None
    deadline: PointDraft | None = None
    budget: PointDraft | None = None
    legal_basis: PointDraft | None = None
    plan_link: PointDraft | None = None
    expected_effect: PointDraft
    target: PointDraft | None = None
    risk: PointDraft | None = None
    counter_argument: PointDraft


class ReviewDraft(Drafted):
    problem: PointDraft
    assumptions: Points = Field(default=[])
    facts: Points = Field(min_length=1)
    analysis: Points = Field(default=[])
    conclusion: PointDraft
    options: list[OptionDraft] = Field(max_length=6)


class AnswerDraft(Drafted):
    claims: list[ClaimDraft] = Field(min_length=1, max_length=12)
    follow_ups: Remarks = Field(default=[])
    staff_review: ReviewDraft | None = None


def messages_for(request: WriteRequest) -> list[Message]:
    language = "Indonesian" if request.language is Language.ID else "English"
    words = {"city": request.city.name, "head_title": request.city.head_title.en or "the head", "language": language}
    shown = {
        "question": request.question,
        "assumptions": request.plan.assumptions,
        "wants_review": request.wants_review,
        "evidence": {label: _shown(each) for label, each in request.evidence.items()},
        "quotes": [
            f"{{{quote.evidence}.rows[{quote.row}].{quote.column}[{quote.start}:{quote.end}]|quote}}"
            for finding in request.findings
            for quote in finding.quotes
        ],
    }
    return [Message("system", prompt("write").filled(words)), Message("user", json.dumps(shown, ensure_ascii=False))]


class Judge:
    """Holds a draft against its evidence as the checker will. The first that does not hold whole is sent back; of the next
    it is enough that something holds, since the checker cuts and counts the rest.
    """

    def __init__(self, request: WriteRequest) -> None:
        self._request = request
        self._strict = True
        self._sources = Sources(
            evidence=request.evidence,
            catalog=request.catalog,
            gazetteer=request.gazetteer,
            city=request.city,
            language=request.language,
            now=request.now,
        )

    def __call__(self, drafted: AnswerDraft) -> Draft:
        """Raises UnfitError. A staff review that does not hold is left out."""
        draft = Draft(
            claims=tuple(_claim(each) for each in drafted.claims),
            staff_review=_review(drafted.staff_review) if drafted.staff_review and self._request.wants_review else None,
            follow_ups=tuple(each for each in drafted.follow_ups if not any(sign.isdigit() for sign in each))[:3],
        )
        result = checked(draft, self._sources)
        strict, self._strict = self._strict, False
        if not result.claims or (strict and result.cut):
            raise UnfitError("; ".join(f"{cut.claim.text!r}: {cut.reason}" for cut in result.cut[:6]))
        return draft if result.staff_review else draft.model_copy(update={"staff_review": None})


def _shown(evidence: Evidence) -> dict[str, Any]:
    hidden = HIDDEN.get(evidence.kind, set[str]())
    measure = evidence.measure
    columns = list(evidence.result[0]) if evidence.result else []
    return {
        "kind": evidence.kind,
        "measures": f"{measure.name_id} / {measure.name_en} ({measure.unit})" if measure else None,
        "query": evidence.query.model_dump(mode="json", exclude_defaults=True),
        "row_count": evidence.row_count,
        "columns": [f"{name} (hidden)" if name in hidden else name for name in columns],
        "rows": [_visible(row, hidden) for row in evidence.result[:ROWS]],
    }


def _visible(row: Row, hidden: set[str]) -> dict[str, Any]:
    return {
        name: value[:CHARACTERS] if isinstance(value, str) else value
        for name, value in row.items()
        if name not in hidden and not (name in _CODES and f"{name}_name" in row)
    }


def _claim(draft: ClaimDraft) -> Claim:
    return Claim(text=draft.text, kind=draft.kind, evidence=_rests_on(draft.text, draft.evidence))


def _point(draft: PointDraft) -> ReviewPoint:
    return ReviewPoint(text=draft.text, evidence=_rests_on(draft.text, draft.evidence))


def _rests_on(text: str, given: Sequence[str]) -> tuple[str, ...]:
    """What the draft names, and what its placeholders point into."""
    try:
        used = [each.label for each in placeholders(text) if each.label != "clock"]
    except PlaceholderError:
        used = []
    return tuple(dict.fromkeys([*given, *used]))


def _review(draft: ReviewDraft) -> StaffReview:
    return StaffReview(
        problem=_point(draft.problem),
        assumptions=tuple(_point(each) for each in draft.assumptions),
        facts=tuple(_point(each) for each in draft.facts),
        analysis=tuple(_point(each) for each in draft.analysis),
        conclusion=_point(draft.conclusion),
        options=tuple(_option(each) for each in draft.options),
    )


def _option(draft: OptionDraft) -> ReviewOption:
    return ReviewOption(
        title=draft.title,
        action=_point(draft.action),
        agency=draft.agency,
        deadline=_point(draft.deadline) if draft.deadline else None,
        budget=_point(draft.budget) if draft.budget else None,
        legal_basis=_point(draft.legal_basis) if draft.legal_basis else None,
        plan_link=_point(draft.plan_link) if draft.plan_link else None,
        expected_effect=_point(draft.expected_effect),
        target=_point(draft.target) if draft.target else None,
        risk=_point(draft.risk) if draft.risk else None,
        counter_argument=_point(draft.counter_argument),
    )
