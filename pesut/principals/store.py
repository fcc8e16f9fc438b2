"""Principals by their bearer tokens. Tokens are 256 random bits; the database keeps only their SHA-256."""

import json
import os
import secrets
from hashlib import sha256
from pathlib import Path

from sqlalchemy import RowMapping, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col

from pesut.contracts import Principal, Role, new_id
from pesut.database.tables import PrincipalRow
from pesut.errors import UnauthenticatedError
from pesut.principals.audit import Act, record_act

TOKEN_PREFIX = "pesut_"  # noqa: S105  (lets secret scanners recognise a leaked token)
LOCAL_NAME = "command line"
TOKENS_FILE = "tokens.json"


def _fingerprint(token: str) -> str:
    return sha256(token.encode()).hexdigest()


async def authenticate(engine: AsyncEngine, token: str) -> Principal:
    """The principal that a bearer token names. Raises UnauthenticatedError for an unknown or revoked one."""
    query = select(PrincipalRow).where(
        col(PrincipalRow.token_sha256) == _fingerprint(token), col(PrincipalRow.revoked_at).is_(None)
    )
    async with engine.connect() as connection:
        row = (await connection.execute(query)).mappings().first()
    if row is None:
        raise UnauthenticatedError(
            "The bearer token is unknown or was revoked.", remedy=f"Use a token of {TOKENS_FILE} in the data folder."
        )
    return principal_in(row)


def principal_in(row: RowMapping) -> Principal:
    """The principal of a row of the table `principal`."""
    agencies = None if row["agencies"] is None else tuple(row["agencies"])
    return Principal(id=row["id"], name=row["name"], role=Role(row["role"]), agencies=agencies)


async def issue_token(
    engine: AsyncEngine, name: str, role: Role, agencies: tuple[str, ...] | None = None
) -> tuple[Principal, str]:
    """A new token for `name`, replacing an earlier one of that name; the only time that it can be seen."""
    token = TOKEN_PREFIX + secrets.token_urlsafe(32)
    values = {"role": role, "agencies": agencies, "token_sha256": _fingerprint(token), "revoked_at": None}
    statement = (
        insert(PrincipalRow)
        .values(id=new_id(), name=name, created_at=func.clock_timestamp(), **values)
        .on_conflict_do_update(index_elements=["name"], set_=values)
        .returning(col(PrincipalRow.id))
    )
    async with engine.begin() as connection:
        identifier = (await connection.execute(statement)).scalar_one()
        await record_act(connection, Act("token.issue", f"principal/{identifier}", detail={"role": role}))
    return Principal(id=identifier, name=name, role=role, agencies=agencies), token


async def service_principal(engine: AsyncEngine, name: str, role: Role) -> Principal:
    """Who Pesut is when it works unasked: a principal of its own, whose token nobody holds."""
    values = {
        "role": role,
        "token_sha256": _fingerprint(secrets.token_urlsafe(32)),
        "created_at": func.clock_timestamp(),
    }
    statement = insert(PrincipalRow).values(id=new_id(), name=name, **values)
    async with engine.begin() as connection:
        await connection.execute(statement.on_conflict_do_nothing(index_elements=["name"]))
        found = await connection.execute(select(PrincipalRow).where(col(PrincipalRow.name) == name))
        return principal_in(found.mappings().one())


async def local_principal(engine: AsyncEngine, data_dir: Path) -> Principal:
    """Who the local command line is: whoever may read the data folder acts with the mayor's sight under a name of its own."""
    tokens = await _tokens(engine, data_dir, {LOCAL_NAME: Role.MAYOR})
    return await authenticate(engine, tokens[LOCAL_NAME])


async def role_tokens(engine: AsyncEngine, data_dir: Path) -> dict[str, str]:
    """A token per role, made at first start and kept in tokens.json (mode 600) of the data folder."""
    return await _tokens(engine, data_dir, {role.value: role for role in Role})


async def _tokens(engine: AsyncEngine, data_dir: Path, wanted: dict[str, Role]) -> dict[str, str]:
    path = data_dir / TOKENS_FILE
    tokens: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    missing = [name for name in wanted if not await _works(engine, tokens.get(name))]
    for name in missing:
        _, tokens[name] = await issue_token(engine, name, wanted[name])
    if missing:
        _write_private(path, json.dumps(tokens, indent=2))
    return {name: tokens[name] for name in wanted}


async def _works(engine: AsyncEngine, token: str | None) -> bool:
    try:
        return token is not None and bool(await authenticate(engine, token))
    except UnauthenticatedError:
        return False


def _write_private(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    fresh.replace(path)
