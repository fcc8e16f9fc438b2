"""The morning briefing as a paper, to be read where there is no screen."""

from collections.abc import Iterator
from datetime import date

from pesut.city.models import City
from pesut.contracts import Answer, BriefingPart, CaveatKind, Claim, Evidence, Language, utc
from pesut.drawing.words import BRIEFING_PARTS, EVIDENCE_KINDS
from pesut.papers.document import Block, Column, Heading, Items, Origin, Paper, Paragraph, Sentence, Table
from pesut.papers.parts import SAMPLE
from pesut.placeholders.dates import written_date, written_moment

TITLE = "RINGKASAN PAGI"
_APPENDIX = "LAMPIRAN: DASAR RINGKASAN"
_CODE = "Kode QR yang menuju ke ringkasan ini"


def briefing_paper(answer: Answer, day: date, city: City) -> Paper:
    """What the page of the day's briefing says, and what each of its sentences rests on."""
    said_on, known = written_date(day, Language.ID), written_moment(answer.as_of.astimezone(city.zone), Language.ID)
    address = f"{city.site.rstrip('/')}/ringkasan/{day}"
    return Paper(
        title=TITLE,
        subject=said_on,
        moment=utc(answer.created_at).replace(microsecond=0),
        letterhead=city.letterhead.lines or (city.official_name.id.upper(),),
        postal_address=city.letterhead.address,
        notices=(SAMPLE,) if answer.sample_data else (),
        foot=f"Ringkasan pagi {said_on}",
        body=tuple(_body(answer, said_on)),
        origin=Origin(address=address, lines=(f"Diketahui sampai {known}.",), alternative=_CODE),
        appendix_title=_APPENDIX,
        appendix=(_sources(answer.sources),),
    )


def _body(answer: Answer, said_on: str) -> Iterator[Block]:
    yield _say(f"Keadaan kota pada pagi hari {said_on}. Tanda dalam kurung menunjuk bukti di lampiran.")
    for caveat in answer.caveats:
        if caveat.kind is not CaveatKind.SAMPLE:
            yield _say(caveat.text)
    labels = {str(each.id): each.label for each in answer.evidence}
    for part in BriefingPart:
        yield Heading(text=BRIEFING_PARTS[part])
        claims = [claim for claim in answer.claims if claim.part is part]
        yield Items(items=tuple(_sentence(each, labels) for each in claims)) if claims else _say("Tidak ada.")


def _sentence(claim: Claim, labels: dict[str, str]) -> Sentence:
    return Sentence(text=claim.rendered, exhibits=tuple(labels[each] for each in claim.evidence if each in labels))


def _say(text: str) -> Paragraph:
    return Paragraph(sentence=Sentence(text=text))


def _sources(evidence: tuple[Evidence, ...]) -> Table:
    columns = (
        Column(title="Bukti", share=4),
        Column(title="Isi", share=11),
        Column(title="Sumber", share=12),
        Column(title="Nomor bukti", share=21),
    )
    return Table(columns=columns, cells=tuple(_source(each) for each in evidence))


def _source(evidence: Evidence) -> tuple[str, ...]:
    what = evidence.measure.name(Language.ID) if evidence.measure else EVIDENCE_KINDS[evidence.kind]
    agencies = "; ".join(dict.fromkeys(each.agency_name for each in evidence.datasets))
    return evidence.label, what, agencies, str(evidence.id)
