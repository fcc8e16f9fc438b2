"""Whether a claim rests on evidence at all, and on evidence that is what it was."""

from pesut.contracts import Claim, ClaimKind, digest_of
from pesut.placeholders import Sources, placeholders
from pesut.placeholders.resolve import CLOCK

_NEEDS_EVIDENCE = {ClaimKind.FACT, ClaimKind.ANALYSIS}


def unsupported(claim: Claim, sources: Sources) -> str | None:
    if claim.kind in _NEEDS_EVIDENCE and not claim.evidence:
        return "tidak menyebut bukti"
    for label in claim.evidence:
        evidence = sources.evidence.get(label)
        if evidence is None:
            return f"bukti {label} tidak ada"
        if digest_of(evidence.result) != evidence.digest:
            return f"isi bukti {label} tidak sama dengan sidik jarinya"
    named = {placeholder.label for placeholder in placeholders(claim.text)} - {CLOCK}
    if missing := sorted(named - set(claim.evidence)):
        return f"memakai bukti {missing[0]} tanpa menyebutnya"
    return None
