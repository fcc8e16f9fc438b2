"""A real PostgreSQL for the session, and a fresh migrated database for whoever wants to write.

`PESUT_TEST_DATABASE_URL` points the tests at a running server (its role must be able to create databases).
"""

import os
import signal
from collections.abc import AsyncGenerator, Generator, Iterator
from contextlib import contextmanager
from shutil import rmtree
from tempfile import mkdtemp
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import AsyncEngine

from pesut.database.engine import connect
from pesut.database.migrate import upgrade

TEMPORARY = "PYTEST_DEBUG_TEMPROOT"  # pytest's name for where its folders lie


def pytest_configure(config: pytest.Config) -> None:
    """A suite in the background inherits an ignored SIGINT, and so would each process that it starts and interrupts.

    Each suite has a root of its own for temporary folders: pytest closes the one that all suites of an account share to
    other accounts whenever one starts, and with it the files of a server that runs as another account.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if TEMPORARY not in os.environ:
        os.environ[TEMPORARY] = root = mkdtemp(prefix="pesut-tests-")
        config.add_cleanup(lambda: rmtree(root, ignore_errors=True))


@pytest.fixture(scope="session")
def server_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[URL]:
    if url := os.environ.get("PESUT_TEST_DATABASE_URL"):
        yield make_url(url)
        return
    from pesut.servers.postgres import postgres_running

    with postgres_running(tmp_path_factory.mktemp("pesut")) as url:
        yield make_url(url)


def _administer(url: URL, statement: str) -> None:
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(statement)  # pyright: ignore[reportArgumentType, reportCallIssue]


@pytest.fixture(scope="session")
def migrated(server_url: URL) -> Iterator[URL]:
    """A database with the schema and no rows, as a template to copy."""
    name = f"template_{uuid4().hex[:12]}"
    _administer(server_url, f"CREATE DATABASE {name}")
    url = server_url.set(database=name)
    upgrade(url.render_as_string(hide_password=False))
    yield url
    _administer(server_url, f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def _copied(server_url: URL, template: URL) -> Generator[str]:
    name = f"test_{uuid4().hex[:12]}"
    _administer(server_url, f"CREATE DATABASE {name} TEMPLATE {template.database}")
    yield server_url.set(database=name).render_as_string(hide_password=False)
    _administer(server_url, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def database_url(server_url: URL, migrated: URL) -> Iterator[str]:
    """A fresh empty database with the schema, dropped afterwards."""
    with _copied(server_url, migrated) as url:
        yield url


@pytest.fixture(scope="module")
def module_url(server_url: URL, migrated: URL) -> Iterator[str]:
    """A database of a module's own, for a city that is loaded once."""
    with _copied(server_url, migrated) as url:
        yield url


@pytest.fixture
async def engine(database_url: str) -> AsyncGenerator[AsyncEngine]:
    engine = connect(database_url)
    yield engine
    await engine.dispose()
