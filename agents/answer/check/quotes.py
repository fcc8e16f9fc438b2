"""Whether what stands in quotation marks was said so."""

import re
from collections.abc import Iterator

from pesut.contracts import Claim
from pesut.placeholders import Sources, literals

_QUOTED = re.compile(r"“([^”]*)”|\"([^\"]*)\"|‘([^’]*)’|(?<!\w)'([^']*)'(?!\w)|«([^»]*)»")
_MARKS = re.compile(r"[“”\"«»‘]")


def not_verbatim(claim: Claim, sources: Sources) -> str | None:
    """Quotation marks may hold only words of the claim's evidence, whole, or come from a `|quote`."""
    for piece in literals(claim.text):
        for match in _QUOTED.finditer(piece):
            words = next(group for group in match.groups() if group is not None)
            if not words.strip() or not any(_plain(words) in text for text in _texts(claim, sources)):
                return f"kutipan {match[0]} tidak ada dalam buktinya"
        if _MARKS.search(_QUOTED.sub("", piece)):
            return "tanda kutip tidak berpasangan"
    return None


def _texts(claim: Claim, sources: Sources) -> Iterator[str]:
    for label in claim.evidence:
        for row in sources.evidence[label].result:
            yield from (_plain(value) for value in row.values() if isinstance(value, str))


def _plain(text: str) -> str:
    return " ".join(text.split())
