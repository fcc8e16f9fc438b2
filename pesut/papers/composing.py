"""From what is known of a decision to one of its papers."""

from pesut.contracts import Language, utc
from pesut.contracts.paper import PaperKind
from pesut.errors import ConflictError
from pesut.papers import appendix, disposition_sheet, memo, staff_review
from pesut.papers.document import Block, Paper
from pesut.papers.dossier import Dossier, Ruling
from pesut.papers.parts import notices, origin

_TITLES = {
    PaperKind.STAFF_REVIEW: staff_review.TITLE,
    PaperKind.MEMO: memo.TITLE,
    PaperKind.DISPOSITION: disposition_sheet.TITLE,
}


def compose(kind: PaperKind, dossier: Dossier) -> Paper:
    """The paper. Raises ConflictError for one that only an approved decision has."""
    body, ruling = _body(kind, dossier), dossier.ruling
    shown = dossier.exhibits if kind is not PaperKind.DISPOSITION else ()
    letterhead = dossier.government.letterhead
    return Paper(
        title=_TITLES[kind],
        subject=dossier.title,
        moment=utc(ruling.at if ruling else dossier.written_at).replace(microsecond=0),
        letterhead=letterhead.lines or (dossier.government.name.in_(Language.ID).upper(),),
        postal_address=letterhead.address,
        notices=notices(dossier),
        foot=f"{_TITLES[kind].capitalize()} · keputusan {dossier.decision_id}",
        body=body,
        origin=origin(dossier),
        appendix_title=appendix.TITLE if shown else "",
        appendix=appendix.appendix(dossier) if shown else (),
    )


def _body(kind: PaperKind, dossier: Dossier) -> tuple[Block, ...]:
    match kind:
        case PaperKind.STAFF_REVIEW:
            return tuple(staff_review.body(dossier))
        case PaperKind.MEMO:
            return tuple(memo.body(dossier, _approval(kind, dossier)))
        case PaperKind.DISPOSITION:
            return tuple(disposition_sheet.body(dossier, _approval(kind, dossier)))


def _approval(kind: PaperKind, dossier: Dossier) -> Ruling:
    if dossier.ruling is None:
        raise ConflictError(
            f"A {kind} speaks of what was decided, and nothing was.", remedy="Approve the decision first."
        )
    if not dossier.ruling.approved:
        raise ConflictError(f"The decision was rejected; it has no {kind}.", remedy="Its telaahan-staf can be had.")
    return dossier.ruling
