"""Connections to the one PostgreSQL."""

from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

POOL = 10  # connections a process keeps; PostgreSQL's own limit is shared by worker, API and command line


def connect(url: str, *, pool_size: int = POOL, wait: timedelta = timedelta(seconds=10)) -> AsyncEngine:
    """An engine for `postgresql://…` (any driver suffix is replaced by psycopg's). Sessions run in UTC."""
    _, _, rest = url.partition("://")
    return create_async_engine(
        f"postgresql+psycopg://{rest}",
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_timeout=wait.total_seconds(),
        pool_pre_ping=True,
        hide_parameters=True,  # errors are logged and travel through Temporal; what citizens wrote must not
        connect_args={"options": "-c timezone=UTC", "connect_timeout": int(wait.total_seconds())},
    )
