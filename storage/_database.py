"""One database, SQLite or PostgreSQL: reached, brought to the newest step of migrations, used in transactions."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from pathlib import Path

import aiosqlite
from sqlalchemy import URL, Connection, event, inspect, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry, PoolResetState

import migrations
from claims.errors import BadInput, StoreFault
from storage._sqlite import connect

BUSY_S = 10.0  # how long SQLite waits for another process's write; the longest transaction of ours takes well under 1 s
CONNECT_S = 5  # a server that does not answer by then is down
CONNECTIONS = 5  # reads at once; SQLite spends a thread and 2 MB of cache on each

_SETTING = "SECOND_SOURCE_DATABASE_URL"
_MIGRATION_LOCK = 0x5EC0_0D50  # any number that no other program on the server uses for an advisory lock


class Database:
    """Transactions on one database. Errors of driver and server come out as StoreFault, one plain sentence."""

    def __init__(self, url: URL) -> None:
        self._url = url
        self._sqlite = url.get_backend_name() == "sqlite"
        self._engine = _sqlite_engine(url) if self._sqlite else _postgresql_engine(url)
        # SQLite has one writer at a time; waiting in line here is fair, its own waiting is by chance
        self._line = asyncio.Lock()

    @asynccontextmanager
    async def reads(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that only reads: one moment's state."""
        async with self._translated(), self._engine.begin() as connection:
            yield connection

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that reads as of one moment, however many statements it has."""
        level = {} if self._sqlite else {"isolation_level": "REPEATABLE READ"}
        async with self._translated(), self._engine.execution_options(**level).begin() as connection:
            yield connection

    @property
    def file(self) -> Path | None:
        """Where a SQLite database is; None for any other."""
        return Path(self._url.database) if self._sqlite and self._url.database else None

    @asynccontextmanager
    async def writes(self, *, synced: bool = True) -> AsyncIterator[AsyncConnection]:
        """A transaction that commits at the end and leaves nothing behind on an error.

        ``synced=False``: what it commits survives any end of the process, but not a loss of power in the next moments.
        The disk takes some 7 ms for each commit that survives that too, one after the other.
        """
        line: AbstractAsyncContextManager[object] = self._line if self._sqlite else nullcontext()
        writers = self._engine.execution_options(writes=True, synced=synced)
        async with line, self._translated(), writers.begin() as connection:
            yield connection

    async def migrate(self) -> None:
        """Bring the tables to this release's step. Any number of processes may do so at once: one does it."""
        if self._sqlite and self._url.database:
            async with self._translated():
                Path(self._url.database).parent.mkdir(parents=True, exist_ok=True)
        newest = migrations.head()
        async with self.reads() as connection:
            at = await connection.run_sync(_step)
        if at == newest:
            return
        if at is not None and at > newest:
            raise StoreFault(f"The database {self._where()} is of a newer release. Upgrade second-source.")
        async with self.writes() as connection:  # BEGIN IMMEDIATE is SQLite's lock
            if not self._sqlite:
                await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})
            await connection.run_sync(migrations.upgrade)  # which finds nothing to do where another did it meanwhile

    async def close(self) -> None:
        """Close every connection."""
        await self._engine.dispose()

    @asynccontextmanager
    async def _translated(self) -> AsyncIterator[None]:
        try:
            yield
        except (SQLAlchemyError, OSError) as error:
            raise StoreFault(self._sentence(error)) from error

    def _sentence(self, error: Exception) -> str:
        words = error.strerror if isinstance(error, OSError) else error.orig if isinstance(error, DBAPIError) else error
        reason = str(words).partition("\n")[0]
        if self._sqlite and ("locked" in reason or "busy" in reason):
            return f"The database {self._where()} is in use by another program. Close that and try again."
        if self._sqlite:
            return f"The database {self._where()} cannot be used: {reason}. Look at the file and the space on its disk."
        # a server that turns a connection away says so after "FATAL:" and gives no state
        fatal = reason.rpartition("FATAL:  ")[2] if "FATAL:  " in reason else None
        if fatal or (isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", None)):
            return (
                f"The database at {self._where()} refuses: {fatal or reason}. Mend {_SETTING} or see the server's log."
            )
        return f"The database at {self._where()} cannot be reached. Start it, or mend {_SETTING}."

    def _where(self) -> str:
        if self._sqlite:
            return str(self._url.database)
        return f"{self._url.host or self._url.query.get('host') or 'localhost'}:{self._url.port or 5432}"


def parsed(url: str) -> URL:
    """The address with the drivers that we use. Raises BadInput, which never repeats the address."""
    try:
        known = make_url(url)
    except (ArgumentError, ValueError):  # the second for a port that is no number
        known = None
    backend = known.get_backend_name() if known else ""
    if known is None or backend not in ("sqlite", "postgresql", "postgres") or not known.database:
        raise BadInput(
            f"{_SETTING} must be sqlite:///FILE or postgresql://USER@HOST/DATABASE. Mend it, or leave it out."
        )
    return known.set(drivername="sqlite+aiosqlite" if backend == "sqlite" else "postgresql+psycopg")


def _postgresql_engine(url: URL) -> AsyncEngine:
    # pre-ping: a server that was restarted costs no answer
    return create_async_engine(
        url, pool_size=CONNECTIONS, pool_pre_ping=True, connect_args={"connect_timeout": CONNECT_S}
    )


def _sqlite_engine(url: URL) -> AsyncEngine:
    # in autocommit mode BEGIN is left to us: the driver's own would begin late, and as a reader
    engine = create_async_engine(
        url,
        pool_size=CONNECTIONS,
        max_overflow=0,
        async_creator=lambda: connect(url, busy_s=BUSY_S),
        pool_reset_on_return=None,  # see reset
    )

    @event.listens_for(engine.sync_engine, "connect")
    def settle(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode = WAL")  # readers and the writer do not wait for each other
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        # a reader that turns writer fails at once when another one wrote meanwhile; a writer from the start waits
        options = connection.get_execution_options()
        if (synced := options.get("synced")) not in (None, connection.info.get("synced")):
            connection.exec_driver_sql(f"PRAGMA synchronous = {'FULL' if synced else 'NORMAL'}")
            connection.info["synced"] = synced
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes") else "BEGIN")

    @event.listens_for(engine.sync_engine, "reset")
    def reset(connection: DBAPIConnection, record: ConnectionPoolEntry, state: PoolResetState) -> None:
        # SQLAlchemy's own rolls back what is committed already too, which is one way to the thread and back of four
        driver: aiosqlite.Connection | None = record.driver_connection
        if not state.terminate_only and driver is not None and driver.in_transaction:
            connection.rollback()

    @event.listens_for(engine.sync_engine, "invalidate")
    def undo(connection: DBAPIConnection, _: ConnectionPoolEntry, __: BaseException | None) -> None:
        # a cancelled statement is still open, and closing a connection that has one leaves its transaction's lock held
        connection.rollback()

    return engine


def _step(connection: Connection) -> str | None:
    """The migration step that the database is at, None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    step: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return step
