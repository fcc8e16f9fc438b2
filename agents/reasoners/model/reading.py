"""Quarantined reading: strangers' texts go to a model that can call nothing, and only positions and known labels come back."""

import json
from secrets import token_hex
from typing import TypeVar

from pydantic import BaseModel, ConfigDict

from agents.reasoners.base import Reading, ReadPurpose, ReadRequest, SourceLabel, Span
from agents.reasoners.model.asking import UnfitError
from agents.reasoners.model.prompts import prompt
from pesut.llm import Message

S = TypeVar("S", Span, SourceLabel)


class _Drafted(BaseModel):
    model_config = ConfigDict(extra="ignore")


class QuoteDraft(_Drafted):
    source: str
    quote: str


class LabelDraft(_Drafted):
    source: str
    label: str


class ExcerptsDraft(_Drafted):
    spans: list[QuoteDraft]


class LabelsDraft(_Drafted):
    labels: list[LabelDraft]


def messages_for(request: ReadRequest) -> list[Message]:
    """The texts stand between marks that no text can know, as JSON, which no text can end."""
    shown = {
        "purpose": request.purpose.value,
        "topic": request.topic,
        "limit": request.limit,
        "vocabulary": {label.code: label.meaning for label in request.vocabulary},
    }
    texts = [{"id": source.id, "text": source.text} for source in request.texts]
    mark = f"strangers-{token_hex(8)}"
    said = f"{json.dumps(shown, ensure_ascii=False)}\n<{mark}>\n{json.dumps(texts, ensure_ascii=False)}\n</{mark}>"
    return [Message("system", prompt("read").filled({})), Message("user", said)]


def draft_for(request: ReadRequest) -> type[ExcerptsDraft] | type[LabelsDraft]:
    return ExcerptsDraft if request.purpose is ReadPurpose.EXCERPT else LabelsDraft


def reading_from(draft: ExcerptsDraft | LabelsDraft, request: ReadRequest) -> Reading:
    """Raises UnfitError for a quote that stands nowhere, and for a text or label that was not given."""
    if isinstance(draft, LabelsDraft):
        labels = [SourceLabel(source=each.source, label=_label(each, request)) for each in draft.labels]
        return Reading(labels=tuple(_first(labels, request.limit)))
    spans = [_span(each, request) for each in draft.spans if each.quote.strip()]
    return Reading(spans=tuple(_first(spans, request.limit)))


def _span(draft: QuoteDraft, request: ReadRequest) -> Span:
    """Where the quote stands, word for word."""
    text = next((source.text for source in request.texts if source.id == draft.source), None)
    if text is None:
        raise UnfitError(f"there is no text {draft.source!r}")
    quote = draft.quote.strip()
    start = text.find(quote)
    if start < 0:
        raise UnfitError(f"a quote does not stand letter by letter in text {draft.source!r}")
    return Span(source=draft.source, start=start, end=start + len(quote))


def _label(draft: LabelDraft, request: ReadRequest) -> str:
    if draft.source not in {source.id for source in request.texts}:
        raise UnfitError(f"there is no text {draft.source!r}")
    if draft.label not in {label.code for label in request.vocabulary}:
        raise UnfitError("a label is not in the vocabulary")
    return draft.label


def _first(found: list[S], limit: int) -> list[S]:
    """At most `limit` of each text."""
    kept: list[S] = []
    for each in found:
        if sum(one.source == each.source for one in kept) < limit:
            kept.append(each)
    return kept
