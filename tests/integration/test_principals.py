"""Tokens name principals; only their fingerprints are kept; issuing is on the audit trail."""

import stat
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col

from pesut.contracts import Role, Scope
from pesut.database.tables import AuditLogRow, PrincipalRow
from pesut.errors import UnauthenticatedError
from pesut.principals import authenticate, issue_token, local_principal, role_tokens


async def test_a_token_names_its_principal_until_it_is_replaced(engine: AsyncEngine) -> None:
    analyst, token = await issue_token(engine, "analis dlh", Role.ANALYST, ("dlh",))
    assert await authenticate(engine, token) == analyst
    assert analyst.scope == Scope(supervision=False, agencies=("dlh",))
    again, newer = await issue_token(engine, "analis dlh", Role.ANALYST, ("dlh",))
    assert again.id == analyst.id
    with pytest.raises(UnauthenticatedError):
        await authenticate(engine, token)
    assert await authenticate(engine, newer) == again


async def test_the_database_never_sees_a_token(engine: AsyncEngine) -> None:
    _, token = await issue_token(engine, "x", Role.MAYOR)
    async with engine.connect() as connection:
        kept = (await connection.execute(select(col(PrincipalRow.token_sha256)))).scalars().all()
        acts = (await connection.execute(select(col(AuditLogRow.action)))).scalars().all()
    assert token not in kept
    assert acts == ["token.issue"]


async def test_each_role_gets_a_token_once_in_a_private_file(engine: AsyncEngine, tmp_path: Path) -> None:
    first = await role_tokens(engine, tmp_path)
    assert set(first) == {role.value for role in Role}
    assert await role_tokens(engine, tmp_path) == first
    assert stat.S_IMODE((tmp_path / "tokens.json").stat().st_mode) == 0o600
    assert (await local_principal(engine, tmp_path)).name == "command line"
    assert await role_tokens(engine, tmp_path) == first


def test_a_scope_covers_only_what_it_shows() -> None:
    assert Scope(supervision=True).covers(Scope(supervision=True, agencies=("dlh",)))
    assert not Scope(supervision=True, agencies=("dlh",)).covers(Scope(supervision=True))
    assert not Scope().covers(Scope(supervision=True))
    assert Scope(agencies=("dlh", "dishub")).covers(Scope(agencies=("dlh",)))
