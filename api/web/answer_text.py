"""An answer as plain text with its sources, for a message, a note or the clipboard."""

from collections.abc import Iterator

from pesut.contracts import Answer, CaveatKind, Evidence
from pesut.drawing.wording import Wording
from pesut.drawing.words import EVIDENCE_KINDS


def as_text(answer: Answer, wording: Wording, site: str, own: str) -> str:
    """The question, the answer, what to know of it, and each source with its address on the `site`; `own` is the answer's there."""
    return "\n".join(_lines(answer, wording, site.rstrip("/"), own)).strip() + "\n"


def _lines(answer: Answer, wording: Wording, site: str, own: str) -> Iterator[str]:
    say = wording.say
    if answer.sample_data:
        yield say("DATA CONTOH, bukan data resmi") + "\n"
    yield f"{answer.question}\n"
    yield f"{answer.text}\n"
    yield from (f"! {each.text}" for each in answer.caveats if each.kind is not CaveatKind.SAMPLE)
    if answer.sources:
        yield "\n" + say("Sumber")
    for each in answer.sources:
        yield f"{each.label}. {_source(each, wording)}"
        yield f"   {site}/bukti/{each.id}"
    yield f"\n{say('Dijawab')} {wording.moment(answer.created_at)}"
    yield f"{site}{own}"


def _source(evidence: Evidence, wording: Wording) -> str:
    name = evidence.measure.name(wording.language) if evidence.measure else wording.say(EVIDENCE_KINDS[evidence.kind])
    agencies = ", ".join(dict.fromkeys(each.agency_name for each in evidence.datasets))
    known = f"{wording.say('diketahui sampai')} {wording.moment(evidence.as_of)}"
    return "; ".join(filter(None, (name, agencies, known)))
