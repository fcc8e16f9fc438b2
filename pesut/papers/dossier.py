"""What all papers of a decision are made of: the frozen record, or, before anything was decided, the draft as it stands."""

from uuid import UUID

from pydantic import AwareDatetime

from pesut.contracts import Contract, StaffReview
from pesut.contracts.decision import DecisionAct, DecisionActKind
from pesut.decisions.exhibits import Exhibit
from pesut.decisions.orders import Order
from pesut.decisions.record import DecisionRecord, Government


class Ruling(Contract):
    """What was decided, when, and what was said about it; `seal` is the digest of the frozen record."""

    approved: bool
    at: AwareDatetime
    note: str
    orders: tuple[Order, ...]
    expected: str
    seal: str


class Dossier(Contract):
    """`written_at` is when the text got its present words. Without a ruling it is a draft that may still change."""

    decision_id: UUID
    title: str
    review: StaffReview
    version: int
    written_at: AwareDatetime
    exhibits: tuple[Exhibit, ...]
    sample: bool
    restricted: bool
    government: Government
    ruling: Ruling | None = None

    @property
    def address(self) -> str:
        """The decision's page; without a site its bare name (RFC 9562)."""
        site = self.government.site
        return f"{site}/keputusan/{self.decision_id}" if site else f"urn:uuid:{self.decision_id}"


def dossier_of(record: DecisionRecord, seal: str) -> Dossier:
    """Of a frozen record; `seal` is its digest."""
    return Dossier(
        decision_id=record.decision_id,
        title=record.title,
        review=record.review,
        version=record.version,
        written_at=written_at(record.acts, record.as_of),
        exhibits=record.exhibits,
        sample=record.sample,
        restricted=record.restricted,
        government=record.government,
        ruling=Ruling(
            approved=record.verdict == "approved",
            at=record.decided_at,
            note=record.acts[-1].note,
            orders=record.orders,
            expected=record.expected,
            seal=seal,
        ),
    )


def written_at(acts: tuple[DecisionAct, ...], drafted_at: AwareDatetime) -> AwareDatetime:
    """When the text was last changed; where nobody did, when it was drafted."""
    return max((act.at for act in acts if act.kind is DecisionActKind.EDIT), default=drafted_at)
