"""Choosing words worth quoting. Citizens' text goes to the quarantined reader and nowhere else."""

from collections.abc import Sequence

from agents.reasoners.base import Reading, ReadPurpose, ReadRequest, Reasoner, Source
from pesut.contracts import Evidence, Quote, ReportQuery
from pesut.placeholders import Sources, name_of

MOST_QUOTES = 3
_COLUMN = "excerpt"


async def quotes_from(evidence: Evidence, reasoner: Reasoner, sources: Sources) -> tuple[Quote, ...]:
    """At most MOST_QUOTES spans of the reports' excerpts that speak to what was asked, one from each report.

    The reader returns positions only; what it read reaches nobody but as a verbatim quote.
    """
    texts = _texts(evidence)
    if not texts:
        return ()
    request = ReadRequest(
        texts=tuple(texts), purpose=ReadPurpose.EXCERPT, language=sources.language, topic=topic(evidence, sources)
    )
    return _quotes(await reasoner.read(request), evidence.label)


def topic(evidence: Evidence, sources: Sources) -> str:
    """What was asked for, in words: the search text, or the names of the filters."""
    query = evidence.query
    if not isinstance(query, ReportQuery):
        return ""
    names = [
        name_of(code, each.dimension, sources) for each in query.filters if not each.exclude for code in each.values
    ]
    return query.text or " ".join(names)


def _texts(evidence: Evidence) -> Sequence[Source]:
    return [
        Source(id=str(number), text=text)
        for number, row in enumerate(evidence.result)
        if isinstance(text := row.get(_COLUMN), str) and text.strip()
    ]


def _quotes(reading: Reading, label: str) -> tuple[Quote, ...]:
    chosen: dict[str, Quote] = {}
    for span in reading.spans:
        quote = Quote(evidence=label, row=int(span.source), column=_COLUMN, start=span.start, end=span.end)
        chosen.setdefault(span.source, quote)
    return tuple(chosen.values())[:MOST_QUOTES]
