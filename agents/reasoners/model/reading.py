"""Quarantined reading: strangers' texts go to a model that can call nothing, and only positions and known labels come back."""

import json
from collections.abc import Iterable, Sequence
from secrets import token_hex
from typing import Annotated, Any, Literal, TypeVar

from pydantic import Field, create_model

from agents.reasoners.base import Reading, ReadPurpose, ReadRequest, SourceLabel, Span
from agents.reasoners.model.asking import UnfitError
from agents.reasoners.model.drafts import Drafted
from agents.reasoners.model.prompts import prompt
from pesut.llm import Message

S = TypeVar("S", Span, SourceLabel)


class QuoteDraft(Drafted):
    source: str
    quote: str = Field(max_length=500)


class LabelDraft(Drafted):
    source: str
    label: str


class ExcerptsDraft(Drafted):
    spans: Sequence[QuoteDraft]


class LabelsDraft(Drafted):
    labels: Sequence[LabelDraft]


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
    """Drafts that can name nothing but the request's own texts and labels."""
    sources = _one_of(source.id for source in request.texts)
    if request.purpose is ReadPurpose.EXCERPT:
        quote = create_model("Quote", __base__=QuoteDraft, source=(sources, ...))
        return create_model("Excerpts", __base__=ExcerptsDraft, spans=(_most(quote, request), ...))
    labels = _one_of(label.code for label in request.vocabulary)
    label = create_model("Label", __base__=LabelDraft, source=(sources, ...), label=(labels, ...))
    return create_model("Labels", __base__=LabelsDraft, labels=(_most(label, request), ...))


def reading_from(draft: ExcerptsDraft | LabelsDraft, request: ReadRequest) -> Reading:
    """Raises UnfitError for a quote that stands nowhere."""
    if isinstance(draft, LabelsDraft):
        labels = [SourceLabel(source=each.source, label=each.label) for each in draft.labels]
        return Reading(labels=tuple(_first(labels, request.limit)))
    texts = {source.id: source.text for source in request.texts}
    spans = [_span(each, texts[each.source]) for each in draft.spans if each.quote.strip()]
    return Reading(spans=tuple(_first(spans, request.limit)))


def _span(draft: QuoteDraft, text: str) -> Span:
    """Where the quote stands, word for word."""
    quote = draft.quote.strip()
    start = text.find(quote)
    if start < 0:
        raise UnfitError(f"a quote does not stand letter by letter in text {draft.source!r}")
    return Span(source=draft.source, start=start, end=start + len(quote))


def _one_of(codes: Iterable[str]) -> Any:
    return Literal[tuple(codes)]  # pyright: ignore[reportInvalidTypeForm]


def _most(entry: type[Drafted], request: ReadRequest) -> Any:
    """As many entries as are used; a server is told so, while a model that gives more is not sent back for it."""
    return Annotated[list[entry], Field(json_schema_extra={"maxItems": request.limit * len(request.texts)})]


def _first(found: list[S], limit: int) -> list[S]:
    """At most `limit` of each text."""
    kept: list[S] = []
    for each in found:
        if sum(one.source == each.source for one in kept) < limit:
            kept.append(each)
    return kept
