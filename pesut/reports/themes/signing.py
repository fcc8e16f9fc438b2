"""What people decide of themes: their name, that they are right, that the machine is to leave them as they are."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, StringConstraints
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlmodel import col

from pesut.contracts import Contract, Principal, Role
from pesut.database.moment import writing
from pesut.database.tables import FOREVER, ThemeStateRow
from pesut.errors import ForbiddenError
from pesut.principals.audit import Act, record_act
from pesut.reports.themes.model import ChangeKind
from pesut.reports.themes.opening import Theme, open_theme
from pesut.reports.themes.writing import Change, write_changes, write_states

SIGNERS = frozenset({Role.ANALYST, Role.REVIEWER, Role.OPERATOR})
Label = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=3, max_length=120, pattern=r"^[^\n\r<>{}|]+$")
]


class SignOff(Contract):
    """What is decided; None leaves as it is. A name given by a person stays when the machine describes the theme anew; a confirmed
    theme is not merged into another, a locked one neither merged nor split.
    """

    label: Label | None = None
    confirmed: bool | None = Field(default=None)
    locked: bool | None = Field(default=None)


async def sign_off(engine: AsyncEngine, person: Principal, theme: UUID, wanted: SignOff) -> Theme:
    """Decide it, keep in the audit log that it was decided, and give the theme as it then is. What is so already is not said again.

    Raises ForbiddenError for roles that decide nothing of themes, NotFoundError for a theme that the person cannot see.
    """
    if person.role not in SIGNERS:
        raise ForbiddenError(
            f"The role {person.role} decides nothing of themes.", remedy="Ask an analyst, a reviewer or an operator."
        )
    found = await open_theme(engine, person, theme)
    async with writing(engine) as (connection, now):
        await _decide(connection, now, person, found.id, wanted)
    return await open_theme(engine, person, found.id)


async def _decide(connection: AsyncConnection, now: datetime, person: Principal, theme: UUID, wanted: SignOff) -> None:
    state = ThemeStateRow
    query = select(col(state.label), col(state.confirmed_by), col(state.locked_by))
    query = query.where(col(state.theme_id) == theme, col(state.superseded_at) == FOREVER).with_for_update()
    label, confirmed, locked = (await connection.execute(query)).one()
    values: dict[str, Any] = {}
    kinds: list[ChangeKind] = []
    if wanted.label is not None and wanted.label != label:
        values |= {"label": wanted.label, "named_by": person.id}
        kinds.append(ChangeKind.RENAMED)
    if wanted.confirmed is not None and wanted.confirmed != bool(confirmed):
        values["confirmed_by"] = person.id if wanted.confirmed else None
        kinds.append(ChangeKind.CONFIRMED if wanted.confirmed else ChangeKind.DOUBTED)
    if wanted.locked is not None and wanted.locked != bool(locked):
        values["locked_by"] = person.id if wanted.locked else None
        kinds.append(ChangeKind.LOCKED if wanted.locked else ChangeKind.UNLOCKED)
    if not kinds:
        return
    await write_states(connection, now, [{"theme_id": theme, **values}])
    detail = {"label": wanted.label, "before": label} if ChangeKind.RENAMED in kinds else {}
    await write_changes(connection, now, (Change(theme, kind, None, detail, person.id) for kind in kinds))
    for kind in kinds:
        await record_act(connection, Act(f"theme.{kind}", f"theme/{theme}", person.id, detail))
