"""SQLite's connections for asyncio: a whole statement is handed to the connection's thread at once.

aiosqlite hands over each step of it, four for a query (a cursor, the statement, its rows, the end of the cursor), and
every way there and back costs some 0.2 ms of CPU: of 17 ms that an answer to a person took, half. Rows come in chunks,
so that a stream of very many stays one.
"""

import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from functools import partial
from typing import Any

import aiosqlite
from sqlalchemy import URL

CHUNK = 1000  # rows that come with the statement; nearly all queries have fewer

Rows = list[Any]


async def connect(url: URL, *, busy_s: float) -> aiosqlite.Connection:
    """A connection to the database of an address, in autocommit mode: BEGIN is said by who uses it."""
    places, options = url.get_dialect()().create_connect_args(url)
    opened = partial(sqlite3.connect, *places, **options, timeout=busy_s, isolation_level=None)
    connection = _Connection(opened, iter_chunk_size=CHUNK)
    connection._thread.daemon = True  # as SQLAlchemy sets it: an end without closing must not wait for the thread
    return await connection


class _Connection(aiosqlite.Connection):
    """Gives cursors of ours."""

    def cursor(self) -> "_Cursor":  # type: ignore[override]  # SQLAlchemy enters it, and asks no more of it
        return _Cursor(self)


class _Cursor:
    """What SQLAlchemy asks of a cursor; one statement."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection
        self._cursor: sqlite3.Cursor | None = None  #: while there are more rows than have come
        self._rows: Rows = []
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.arraysize = 1

    async def __aenter__(self) -> "_Cursor":
        return self

    async def execute(self, sql: str, parameters: Sequence[Any] = ()) -> "_Cursor":
        """Do a statement, and take its first rows along."""
        await self._do(partial(self._executed, "execute", sql, parameters))
        return self

    async def executemany(self, sql: str, parameters: Iterable[Sequence[Any]]) -> "_Cursor":
        """Do a statement for each of many rows."""
        await self._do(partial(self._executed, "executemany", sql, parameters))
        return self

    async def fetchall(self) -> Rows:
        """The rows that are left."""
        if self._cursor is not None:
            self._rows += await self._do(self._cursor.fetchall)
        rows, self._rows = self._rows, []
        return rows

    async def fetchmany(self, size: int | None = None) -> Rows:
        """So many of the rows that are left; none at the end."""
        size = size or self.arraysize
        if len(self._rows) < size and self._cursor is not None:
            self._rows += await self._do(partial(self._cursor.fetchmany, max(size, CHUNK)))
        rows, self._rows = self._rows[:size], self._rows[size:]
        return rows

    async def fetchone(self) -> Any:
        """The next row, None at the end."""
        rows = await self.fetchmany(1)
        return rows[0] if rows else None

    async def __aiter__(self) -> AsyncIterator[Any]:
        while rows := await self.fetchmany(CHUNK):
            for row in rows:
                yield row

    async def close(self) -> None:
        """End a statement that has rows left."""
        if self._cursor is not None:
            cursor, self._cursor = self._cursor, None
            await self._do(cursor.close)

    async def _do(self, work: Callable[[], Any]) -> Any:
        in_thread: Callable[[Callable[[], Any]], Awaitable[Any]] = self._connection._execute
        return await in_thread(work)

    def _executed(self, how: str, sql: str, parameters: Any) -> None:
        """In the connection's thread."""
        cursor = self._connection._conn.cursor()
        try:
            getattr(cursor, how)(sql, parameters)
            self.description = cursor.description
            self._rows = cursor.fetchmany(CHUNK) if cursor.description else []
            self.rowcount, self.lastrowid = cursor.rowcount, cursor.lastrowid
        except BaseException:
            cursor.close()
            raise
        if len(self._rows) < CHUNK:
            cursor.close()
        else:
            self._cursor = cursor
