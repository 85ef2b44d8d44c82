"""Work that comes up again and again, one row a job: due at a time, held by one process while it is at it.

A process that dies stops renewing what it holds; once that time is over another one takes the job. So no job is done
by two at once and none is lost, without any server beside the database.
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, delete, or_, select, update

from storage._database import Database
from storage._keeping import upsert
from storage.tables import jobs


class JobBook:
    """The rows of all jobs. A job is named by its kind and a key."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def plan(self, kind: str, due: Iterable[tuple[str, datetime]]) -> None:
        """Jobs by key and when they are first due; those that are there already stay as they are."""
        rows = [{"kind": kind, "key": key, "due_at": at} for key, at in due]
        if not rows:
            return
        async with self._database.writes() as connection:
            await connection.execute(upsert(connection, jobs).on_conflict_do_nothing(), rows)

    async def drop(self, kind: str, *, but: Collection[str]) -> None:
        """Take out all jobs of a kind that are not among ``but``."""
        async with self._database.writes() as connection:
            await connection.execute(delete(jobs).where(jobs.c.kind == kind, jobs.c.key.not_in(but)))

    async def take(self, kind: str, owner: str, *, now: datetime, until: datetime, limit: int) -> list[str]:
        """Take up to ``limit`` jobs that are due and that nobody holds, the longest due first; held until ``until``."""
        due = select(jobs.c.key).where(jobs.c.kind == kind, jobs.c.due_at <= now, _free(now))
        due = due.order_by(jobs.c.due_at, jobs.c.key).limit(limit)
        async with self._database.reads() as connection:
            if (await connection.execute(due.limit(1))).first() is None:  # looking is cheaper than waiting to write
                return []
        async with self._database.writes() as connection:
            keys = (await connection.execute(due.with_for_update(skip_locked=True))).scalars().all()
            taken = update(jobs).where(jobs.c.kind == kind, jobs.c.key.in_(keys))
            await connection.execute(taken.values(owner=owner, held_until=until))
        return list(keys)

    async def renew(self, kind: str, keys: Collection[str], owner: str, *, until: datetime) -> frozenset[str]:
        """Go on holding; the keys that the owner still holds."""
        mine = update(jobs).where(jobs.c.kind == kind, jobs.c.key.in_(keys), jobs.c.owner == owner)
        async with self._database.writes() as connection:
            return frozenset((await connection.execute(mine.values(held_until=until).returning(jobs.c.key))).scalars())

    async def done(self, kind: str, key: str, owner: str, *, due_at: datetime | None) -> None:
        """Give a job back, due again at ``due_at`` (None: still as it was); one that another holds stays."""
        values = {"owner": None, "held_until": None} | ({} if due_at is None else {"due_at": due_at})
        mine = update(jobs).where(jobs.c.kind == kind, jobs.c.key == key, jobs.c.owner == owner)
        async with self._database.writes() as connection:
            await connection.execute(mine.values(values))


def _free(now: datetime) -> ColumnElement[bool]:
    return or_(jobs.c.held_until.is_(None), jobs.c.held_until <= now)
