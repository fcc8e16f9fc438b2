"""Claims as sentences, sentences as short paragraphs."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from agents.answer.check import Checked
from pesut.contracts import Caveat, Claim, ClaimKind, Language, Plan, ReviewOption, ReviewPoint, StaffReview
from pesut.drawing.words import BRIEFING_PARTS
from pesut.placeholders import PlaceholderError, Sources, render

Ids = dict[str, str]

_SENTENCES = 3
_NOTHING = {
    Language.ID: "Tidak ada data yang dapat menjawab pertanyaan ini.",
    Language.EN: "There are no data that could answer this question.",
}


def rendered_claims(claims: Iterable[Claim], sources: Sources, ids: Ids) -> tuple[Claim, ...]:
    """With their values put in, and resting on ids of evidence instead of labels."""
    return tuple(
        claim.model_copy(
            update={"rendered": _sentence(render(claim.text, sources)), "evidence": _as_ids(claim.evidence, ids)}
        )
        for claim in claims
    )


def rendered_caveats(caveats: Iterable[Caveat], sources: Sources) -> tuple[Caveat, ...]:
    """Caveats as text. One whose value is not to be had is left out: it would not say anything."""
    said: dict[str, Caveat] = {}
    for caveat in caveats:
        try:
            text = render(caveat.text, sources)
        except PlaceholderError:
            continue
        said.setdefault(text, caveat.model_copy(update={"text": text}))
    return tuple(said.values())


def rendered_review(review: StaffReview, sources: Sources, ids: Ids) -> StaffReview:
    def point(given: ReviewPoint) -> ReviewPoint:
        text = _sentence(render(given.text, sources))
        return given.model_copy(update={"rendered": text, "evidence": _as_ids(given.evidence, ids)})

    def named(option: ReviewOption) -> ReviewOption:
        agency = sources.gazetteer.agency(option.agency) if option.agency else None
        name = agency.name if agency else option.agency_name
        return option.model_copy(update={"title": render(option.title, sources), "agency_name": name})

    written = review.with_points(point)
    return written.model_copy(
        update={
            "options": tuple(named(option) for option in written.options),
            "sample_data": any(each.sample for each in sources.evidence.values()),
        }
    )


def text_of(plan: Plan, checked: Checked, claims: Sequence[Claim]) -> str:
    """The question back, the refusal, or the claims in paragraphs by what they rest on."""
    if plan.clarify is not None:
        return "\n".join([plan.clarify.question, *(f"• {option.label}" for option in plan.clarify.options)])
    if plan.decline is not None:
        return plan.decline.message
    if not claims:
        return _NOTHING[plan.language]
    if plan.briefing:
        return "\n\n".join(_by_part(claims))
    return "\n\n".join(" ".join(sentences) for sentences in _paragraphs(checked.claims, claims))


def _by_part(claims: Iterable[Claim]) -> Iterator[str]:
    """A briefing's sentences as lists, each under what they are about."""
    for part, said in groupby(claims, key=lambda claim: claim.part):
        heading = BRIEFING_PARTS[part] if part else ""
        yield "\n".join([heading, *(f"• {claim.rendered}" for claim in said)])


def _paragraphs(drafted: Sequence[Claim], claims: Sequence[Claim]) -> Iterable[list[str]]:
    paragraph: list[str] = []
    subject: str | None = None
    for draft, claim in zip(drafted, claims, strict=True):
        about = draft.evidence[0] if draft.evidence and draft.kind is not ClaimKind.RECOMMENDATION else None
        if paragraph and (about != subject or len(paragraph) == _SENTENCES):
            yield paragraph
            paragraph = []
        paragraph.append(claim.rendered)
        subject = about
    if paragraph:
        yield paragraph


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return text[:1].upper() + text[1:]


def _as_ids(labels: Iterable[str], ids: Ids) -> tuple[str, ...]:
    return tuple(ids[label] for label in labels)
