"""Decisions for a person at a terminal."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Column, Table
from rich.text import Text
from sqlalchemy.ext.asyncio import AsyncEngine

from cli.lines import Lines, printable
from pesut.city.models import City
from pesut.contracts import Contract, Language, Principal
from pesut.contracts.decision import Decision, DecisionAct, DecisionSummary
from pesut.contracts.disposition import Disposition
from pesut.contracts.outcome import Outcome
from pesut.decisions.closing import outcome_of
from pesut.decisions.dispositions import dispositions_of
from pesut.decisions.listing import decision_of
from pesut.placeholders.dates import written_moment

NOBODY = "Pesut"


class WholeDecision(Contract):
    """A decision with all that followed from it."""

    decision: Decision
    dispositions: tuple[Disposition, ...]
    outcome: Outcome | None


async def whole_decision(engine: AsyncEngine, city: City, principal: Principal, decision_id: UUID) -> WholeDecision:
    """For who may see it. Raises NotFoundError and ForbiddenError."""
    return WholeDecision(
        decision=await decision_of(engine, decision_id, principal),
        dispositions=tuple(await dispositions_of(engine, decision_id, city)),
        outcome=await outcome_of(engine, decision_id),
    )


def print_summaries(found: Sequence[DecisionSummary]) -> None:
    console = _console()
    if not found:
        console.print("There is no decision. Approving the staff review of an answer opens one.")
        return
    table = Table(Column("id", min_width=36), "status", "opened (UTC)", "until (UTC)", "title", box=None)
    for each in found:
        title = Text(printable(each.title), no_wrap=True, overflow="ellipsis")
        table.add_row(str(each.id), each.status, _utc(each.opened_at), _utc(each.due), title)
    console.print(table)


def print_decision(found: WholeDecision, zone: ZoneInfo) -> None:
    """Times are the city's."""
    decision, lines = found.decision, Lines(_console())
    lines.line(decision.title, "bold")
    lines.line(f"{decision.state.status}, version {decision.state.version}, {decision.id}")
    lines.review(decision.review, Language.ID)
    lines.items("What happened", [_act(each, zone) for each in decision.acts])
    lines.items("Dispositions", [_disposition(each) for each in found.dispositions])
    lines.items("Outcome", [found.outcome.text] if found.outcome else [])
    if decision.record:
        lines.line(f"\nFrozen with the digest {decision.record}.", "dim")
    if decision.sample:
        lines.line("SAMPLE DATA: these numbers are made up, not the city's.", "yellow")


def _act(act: DecisionAct, zone: ZoneInfo) -> str:
    said = f": {act.note}" if act.note else ""
    moment = written_moment(act.at.astimezone(zone), Language.EN)
    return f"{moment}: {act.kind} by {act.principal or NOBODY}, now {act.status}{said}"


def _disposition(given: Disposition) -> str:
    late = ", late" if given.late else ""
    return f"{given.agency_name}, until {given.deadline}: {given.instruction} ({given.status}{late})"


def _utc(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else ""


def _console() -> Console:
    return Console(highlight=False, soft_wrap=True)
