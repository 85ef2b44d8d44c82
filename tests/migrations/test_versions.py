"""The steps of migrations/ together are the tables of storage/tables.py, forward and back, on both databases."""

import asyncio
import sys
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, inspect, text

import migrations
from claims.errors import StoreFault
from storage._database import parsed
from storage.store import open_store
from storage.tables import metadata


@pytest.fixture
def engine(database_url: str) -> Any:
    url = parsed(database_url)
    if url.get_backend_name() == "sqlite":
        url = url.set(drivername="sqlite", database=":memory:")
    made = create_engine(url)
    yield made
    made.dispose()


def differences(connection: Connection) -> list[Any]:
    sqlite = connection.dialect.name == "sqlite"
    options = {"include_object": migrations.is_compared if sqlite else migrations.is_everywhere}
    found: list[Any] = compare_metadata(MigrationContext.configure(connection, opts=options), metadata)
    return found


def test_the_steps_make_the_tables(engine: Engine) -> None:
    with engine.begin() as connection:
        assert differences(connection) != []
        migrations.upgrade(connection)
        assert differences(connection) == []
        assert inspect(connection).has_table("search_index")


def test_every_step_goes_back(engine: Engine) -> None:
    with engine.begin() as connection:
        migrations.upgrade(connection)
        command.downgrade(migrations.config(connection), "base")
        assert inspect(connection).get_table_names() == ["alembic_version"]
        migrations.upgrade(connection)
        assert differences(connection) == []


def test_the_newest_step_is_told_from_the_file_names() -> None:
    assert migrations.head() == ScriptDirectory.from_config(migrations.config()).get_current_head()


async def test_a_database_of_a_newer_release_is_refused(database_url: str) -> None:
    async with open_store(database_url) as store, store._database.writes() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreFault, match=r"of a newer release\. Upgrade second-source"):
        async with open_store(database_url):
            pass


OPEN = """
import asyncio, sys
from storage.store import open_store

async def main():
    async with open_store(sys.argv[1]) as store:
        await store.write_updates([(int(sys.argv[2]), "{}")], now=__import__("datetime").datetime.now().astimezone())

print("ready", flush=True)
sys.stdin.readline()
asyncio.run(main())
"""


async def test_processes_that_start_at_once_migrate_once(database_url: str) -> None:
    starting = [
        await asyncio.create_subprocess_exec(
            sys.executable,
            "-c",
            OPEN,
            database_url,
            str(n),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        for n in range(3)
    ]
    for process in starting:
        assert process.stdout and await process.stdout.readline() == b"ready\n"
    for process in starting:
        assert process.stdin
        process.stdin.write(b"\n")
    assert [await process.wait() for process in starting] == [0, 0, 0]
    async with open_store(database_url) as store:
        assert [n for n, _ in await store.open_updates()] == [0, 1, 2]
