"""The log of what admins did: a row an act, written in the transaction that does it, and never changed again."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage._database import Database
from storage.tables import audit


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What an admin did."""

    at: datetime
    who: int  #: Telegram's number of the person
    act: str  #: "outlets.pause"
    what: str  #: the outlet, person, story ... that it was done to
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True)
class By:
    """Who acts, and when."""

    who: int
    at: datetime

    def did(self, act: str, what: object, *, before: object = None, after: object = None) -> Act:
        """The act as the log has it."""
        told = [None if value is None else str(value) for value in (before, after)]
        return Act(at=self.at, who=self.who, act=act, what=str(what), before=told[0], after=told[1])


async def write(connection: AsyncConnection, act: Act) -> None:
    """Log an act inside the caller's transaction."""
    await connection.execute(insert(audit).values(asdict(act)))


class Audit:
    """The log's rows."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def note(self, act: Act) -> None:
        """Log an act whose doing has no transaction of ours: a file written, a message sent."""
        async with self._database.writes() as connection:
            await write(connection, act)

    async def acts(self, *, limit: int, about: str | None = None) -> list[Act]:
        """The newest acts first; ``about``: those of one command, such as "outlets"."""
        query = select(audit.c.at, audit.c.who, audit.c.act, audit.c.what, audit.c.before, audit.c.after)
        if about is not None:
            query = query.where(audit.c.act.startswith(about, autoescape=True))
        async with self._database.reads() as connection:
            rows = await connection.execute(query.order_by(audit.c.id.desc()).limit(limit))
            return [Act(**row._mapping) for row in rows]

    async def newest(self) -> int:
        """The number of the newest act, 0 before the first: who knows it knows whether anything has changed."""
        async with self._database.reads() as connection:
            return (await connection.execute(select(func.max(audit.c.id)))).scalar() or 0
