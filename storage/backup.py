"""A copy of everything in one SQLite file, as of one moment, and back into an empty database of either kind.

The file is itself a database that the product runs on. The index of words is not copied row by row: it is made anew
from the texts, as it looks different on each kind of database. What articles mean (``vectors``) is copied.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Table, func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from claims.errors import BadInput, StoreFault
from storage import _search, corrections, unasked_tables  # noqa: F401  (their tables are to be copied too)
from storage._database import Database, parsed
from storage.index_tables import search_index
from storage.tables import articles, audit, comparisons, metadata, versions

ROWS = 500  # of one step: SQLite takes some 30,000 values in a statement
INDEXED = 200  # texts of one step
PRIVATE = 0o600  # questions and chats are in it


async def back_up(database: Database, target: Path) -> int:
    """Write everything into a new file; its size in bytes. Nobody waits for it meanwhile.

    Raises BadInput where the file is there already, StoreFault where it cannot be written.
    """
    part = target.with_name(target.name + ".part")
    try:
        await asyncio.to_thread(_begin, part, target)
        if database.file is not None:
            await asyncio.to_thread(_vacuum, database.file, part)
        else:
            await _copied(database, part)
        return await asyncio.to_thread(_settle, part, target)
    except (OSError, sqlite3.Error) as error:
        raise StoreFault(f"The backup {target} cannot be written: {error}. Look at the space on its disk.") from error


async def restore(source: Path, url: str) -> dict[str, int]:
    """Fill an empty database from a backup; how many rows each table has then.

    A backup of an older release is brought to this one's tables. Raises BadInput where the file is no backup, or the
    database holds something; StoreFault; in both cases nothing has been changed.
    """
    copy = source.with_name(source.name + ".restoring")
    try:
        await asyncio.to_thread(_copy_of, source, copy)
        async with _opened(f"sqlite:///{copy}") as old, _opened(url) as new:
            return await _filled(old, new)
    except sqlite3.Error as error:
        raise BadInput(f"{source} is no backup of this product: {error}.") from error
    finally:
        await asyncio.to_thread(_remove, copy)


async def _copied(database: Database, part: Path) -> None:
    """From another kind of database, all of one moment."""
    async with _opened(f"sqlite:///{part}") as new, database.snapshot() as connection, new.writes() as target:
        for table in _tables():
            await _copy(connection, target, table)
        await _index(target)


async def _filled(old: Database, new: Database) -> dict[str, int]:
    async with old.reads() as connection, new.writes() as target:
        for table in (articles, comparisons, audit):
            if (await target.execute(select(table).limit(1))).first() is not None:
                raise BadInput("The database holds something already. Give an empty one to restore into.")
        counts = {}
        for table in reversed(_tables()):  # what opening it has put in: the names of outlets
            await target.execute(table.delete())
        for table in _tables():
            counts[table.name] = await _copy(connection, target, table)
        await _index(target)
        await _count_on(target)
    return counts


async def _copy(connection: AsyncConnection, target: AsyncConnection, table: Table) -> int:
    copied = 0
    order = list(table.primary_key.columns)
    query = select(table).order_by(*order)
    if "merged_into" in table.c:  # a row that leads to another one comes after it
        query = select(table).order_by(table.c.merged_into.is_not(None), *order)
    async for rows in _steps(connection, query):
        await target.execute(insert(table), rows)
        copied += len(rows)
    return copied


async def _steps(connection: AsyncConnection, query: Any) -> AsyncIterator[list[dict[str, Any]]]:
    result = await connection.stream(query)
    async for rows in result.mappings().partitions(ROWS):
        yield [dict(row) for row in rows]


async def _index(target: AsyncConnection) -> None:
    """The words of every text that search finds."""
    at = -1
    query = select(versions.c.place, versions.c.title, versions.c.text).where(versions.c.text.is_not(None))
    while True:
        page = query.where(versions.c.place > at).order_by(versions.c.place).limit(INDEXED)
        rows = (await target.execute(page)).all()
        if not rows:
            return
        await _search.add(target, [(row.place, _search.fold(f"{row.title}\n{row.text}")) for row in rows])
        at = rows[-1].place


async def _count_on(target: AsyncConnection) -> None:
    """Numbers that the database gives go on behind those that are there."""
    if target.dialect.name != "postgresql":
        return
    for table in _tables():
        column = table.autoincrement_column
        if column is not None:
            highest = (await target.execute(select(func.max(column)))).scalar()
            if highest is not None:
                told = {"table": table.name, "column": column.name, "at": highest}
                await target.execute(text("SELECT setval(pg_get_serial_sequence(:table, :column), :at)"), told)


def _tables() -> Sequence[Table]:
    """All tables but the index of words, each after those that it points at."""
    return [table for table in metadata.sorted_tables if table is not search_index]


@asynccontextmanager
async def _opened(url: str) -> AsyncIterator[Database]:
    database = Database(parsed(url))
    try:
        await database.migrate()
        yield database
    finally:
        await database.close()


def _begin(part: Path, target: Path) -> None:
    if target.exists():
        raise BadInput(f"{target} is there already. Give the name of a new file.")
    target.parent.mkdir(parents=True, exist_ok=True)
    _remove(part)


def _vacuum(source: Path, part: Path) -> None:
    connection = sqlite3.connect(source)
    try:
        connection.execute("VACUUM INTO ?", (str(part),))
    finally:
        connection.close()


def _settle(part: Path, target: Path) -> int:
    """One file, nothing beside it, for its owner alone; its size."""
    connection = sqlite3.connect(part)
    try:
        connection.execute("PRAGMA journal_mode = DELETE")
    finally:
        connection.close()
    part.chmod(PRIVATE)
    part.replace(target)
    return target.stat().st_size


def _copy_of(source: Path, copy: Path) -> None:
    """A copy to bring up to date: the backup itself stays as it is."""
    if not source.is_file():
        raise BadInput(f"There is no file {source}.")
    _remove(copy)
    old = sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)
    try:
        if old.execute("SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'").fetchone()[0] == 0:
            raise sqlite3.DatabaseError("it has none of its tables")
        new = sqlite3.connect(copy)
        try:
            old.backup(new)
        finally:
            new.close()
    finally:
        old.close()


def _remove(path: Path) -> None:
    for one in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
        one.unlink(missing_ok=True)
