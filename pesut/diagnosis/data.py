"""The database: whether it answers, is of this version, and holds a city."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import exists, func, literal, select, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlmodel import col

from pesut.database.engine import connect
from pesut.database.migrate import newest_revision
from pesut.database.tables import ObservationRow, ReportRow
from pesut.diagnosis.checks import START, Check, fine, note, wrong
from pesut.settings import Settings
from pesut.switches import Switch, SwitchState, state_in

WAIT = timedelta(seconds=5)
MOST_COUNTED = 100_000
_TURN_ON = 'Turn it on again with `pesut switches on {} --why "…"`.'


def database_checks(settings: Settings) -> Iterator[Check]:
    """For who has no connection yet, and no event loop."""
    if not settings.database_url:
        yield wrong("Database", "does not run", START)
        return
    yield from asyncio.run(_looked_at(settings.database_url))


async def look_at_database(engine: AsyncEngine) -> list[Check]:
    """Whether it answers, its schema, the city in it, its rows, and what operators switched off."""
    try:
        async with engine.connect() as connection:
            return await _look(connection, engine.url)
    except (SQLAlchemyError, OSError) as error:
        reason = str(getattr(error, "orig", error)).strip().splitlines()[0]
        return [wrong("Database", f"cannot be used: {reason}", "Start it, or mend PESUT_DATABASE_URL.")]


async def _looked_at(url: str) -> list[Check]:
    engine = connect(url, wait=WAIT)
    try:
        return await look_at_database(engine)
    finally:
        await engine.dispose()


async def _look(connection: AsyncConnection, place: URL) -> list[Check]:
    server = await _text(connection, "SHOW server_version")
    address = f"{place.host}:{place.port or 5432}/{place.database}"
    checks = [fine("Database", f"PostgreSQL {server.split()[0]} at {address}"), await _schema(connection)]
    if checks[-1].remedy:
        return checks
    return [*checks, await _city(connection), await _rows(connection), *await _switches(connection)]


async def _schema(connection: AsyncConnection) -> Check:
    present = await _text(connection, "SELECT to_regclass('alembic_version')::text")
    found = await _text(connection, "SELECT version_num FROM alembic_version") if present else ""
    needed = newest_revision()
    if found == needed:
        return fine("Schema", f"revision {found}")
    return wrong(
        "Schema", f"revision {found or 'none'}, needed {needed}", "`pesut up` or `pesut prepare` brings it up to date."
    )


async def _city(connection: AsyncConnection) -> Check:
    version = await _text(connection, "SELECT digest FROM catalog_version ORDER BY recorded_at DESC LIMIT 1")
    if not version:
        return wrong("Loaded city", "none", "`pesut up` or `pesut prepare` loads it.")
    return fine("Loaded city", f"catalog {version[:12]}")


async def _rows(connection: AsyncConnection) -> Check:
    """Counts up to MOST_COUNTED: whether there is something matters, and counting ten million takes seconds."""
    reports, observations = [await _count(connection, table) for table in (ReportRow, ObservationRow)]
    said = f"{_up_to(reports)} reports, {_up_to(observations)} observations"
    if not reports and not observations:
        return note("Data", said, "`pesut up --demo` loads samples, `pesut import` your own.")
    sample = (await connection.execute(select(exists().where(col(ReportRow.sample))))).scalar()
    return fine("Data", f"{said}; {'sample data among them' if sample else 'no sample reports'}")


async def _switches(connection: AsyncConnection) -> list[Check]:
    """What operators switched off."""
    answering, models = [await state_in(connection, switch) for switch in (Switch.ANSWERING, Switch.MODELS)]
    found = [fine("Switches", "answering and models are on")] if answering.on and models.on else []
    if not answering.on:
        found.append(wrong("Answering", _off(answering), _TURN_ON.format(Switch.ANSWERING)))
    if not models.on:
        found.append(note("Models", _off(models), _TURN_ON.format(Switch.MODELS)))
    return found


def _off(state: SwitchState) -> str:
    return f"switched off by {state.by} at {state.since:%Y-%m-%d %H:%M} UTC: {state.why}"


async def _count(connection: AsyncConnection, table: type[ReportRow | ObservationRow]) -> int:
    some = select(literal(1)).select_from(table).limit(MOST_COUNTED).subquery()
    return (await connection.execute(select(func.count()).select_from(some))).scalar_one()


def _up_to(count: int) -> str:
    return f"{count:,}{' or more' if count == MOST_COUNTED else ''}"


async def _text(connection: AsyncConnection, statement: str) -> str:
    return (await connection.execute(text(statement))).scalar() or ""
