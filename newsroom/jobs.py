"""Work that comes up again and again, shared by all processes on one database; see ``storage.jobs`` for the rows.

Jobs are our own rows and not a job engine's workflows: what the collector has to do *is* a row with a time at which it
is due, SQLite and PostgreSQL give it out alike, and a dead process's jobs come back by themselves once it has ceased to
renew them. (dbos, measured when the libraries were picked, leaves the jobs of a dead process where they are, polls each
queue every second, and costs eleven packages and 70 MB.)
"""

import asyncio
import contextlib
import logging
import secrets
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime, timedelta

from claims.errors import NewsError
from storage.jobs import JobBook

HOLD = timedelta(seconds=15)  # a process that has not renewed for so long is dead
RENEW_S = 4.0  # three renewals may fail
LOOK_S = 1.0  # at most so late is a job taken
RETRY = timedelta(minutes=1)  # a job that failed in a way that nobody foresaw

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of jobs: what to do with a key, and how many of them at once in one process."""

    name: str
    work: Callable[[str], Coroutine[None, None, datetime]]  #: returns when the job is due again
    at_once: int


class Jobs:
    """Takes due jobs and does them until it is stopped."""

    def __init__(self, book: JobBook, *, replica: str, now: Callable[[], datetime]) -> None:
        self._book = book
        self._owner = f"{replica[:200]}:{secrets.token_hex(8)}"  # a restarted process is another one
        self._now = now
        self._working: dict[tuple[str, str], asyncio.Task[datetime]] = {}
        self._giving_back: set[asyncio.Task[None]] = set()

    async def run(self, kinds: tuple[Kind, ...], stop: asyncio.Event) -> None:
        """Do due jobs of these kinds; what is under way when ``stop`` is set is given back as it was."""
        renewing = asyncio.create_task(self._renew())
        try:
            while not stop.is_set():
                try:
                    taken = [await self._take(kind) for kind in kinds]
                except NewsError:
                    _log.exception("jobs cannot be taken")
                    taken = []
                if not any(taken):
                    with contextlib.suppress(TimeoutError):
                        await asyncio.wait_for(stop.wait(), LOOK_S)
        finally:
            for task in (*self._working.values(), renewing):
                task.cancel()
            await asyncio.gather(renewing, *self._giving_back, return_exceptions=True)

    async def _take(self, kind: Kind) -> bool:
        """Start what is due; whether there was anything."""
        free = kind.at_once - sum(name == kind.name for name, _ in self._working)
        if free <= 0:
            return False
        now = self._now()
        keys = await self._book.take(kind.name, self._owner, now=now, until=now + HOLD, limit=free)
        for key in keys:
            if (kind.name, key) in self._working:  # this process stood still past its hold, and is still at it
                continue
            work = self._working[kind.name, key] = asyncio.create_task(kind.work(key))
            task = asyncio.create_task(self._see_through(kind.name, key, work))
            self._giving_back.add(task)
            task.add_done_callback(self._giving_back.discard)
        return bool(keys)

    async def _see_through(self, name: str, key: str, work: asyncio.Task[datetime]) -> None:
        """Wait for the work and give the job back, as it was where the work was cancelled."""
        await asyncio.wait([work])
        del self._working[name, key]  # from now on it may be taken again
        due = None
        if not work.cancelled():
            due = work.result() if work.exception() is None else self._now() + RETRY
            if error := work.exception():  # one job must not end the others
                _log.error("job failed: %s %s", name, key, exc_info=error)
        try:
            await self._book.done(name, key, self._owner, due_at=due)
        except NewsError:  # it comes back by itself
            _log.exception("job not given back: %s %s", name, key)

    async def _renew(self) -> None:
        """Keep what is under way; what another process has taken meanwhile (this one stood still) is dropped."""
        while True:
            await asyncio.sleep(RENEW_S)
            jobs = dict(self._working)
            try:
                for name in {name for name, _ in jobs}:
                    keys = [key for kind, key in jobs if kind == name]
                    still = await self._book.renew(name, keys, self._owner, until=self._now() + HOLD)
                    for key in set(keys) - still:
                        jobs[name, key].cancel()
            except NewsError:
                _log.exception("jobs cannot be renewed")
