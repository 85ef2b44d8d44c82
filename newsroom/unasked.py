"""Everything that goes out unasked, as jobs: editions of digests, alerts, followed stories, broadcasts.

One process does them, the one that polls for updates: it alone knows the pace of all that goes out. Another one takes
over once that one is dead (``Jobs``); what was being sent is not sent again (``Posting``).
"""

import asyncio
import contextlib
from collections.abc import Callable
from datetime import datetime

from newsroom import broadcasts
from newsroom.digests import ALERT, AT_ONCE, DIGEST, NEVER, Compare, Digests
from newsroom.following import FOLLOW, Following
from newsroom.jobs import Jobs, Kind
from newsroom.posting import Line, Notice, Posting
from storage.deliveries import Key
from storage.store import Store

BATCH = 200  # recipients of a broadcast taken up together
LOOK_S = 1.0  # how often it is looked whether this process is the one


class Unasked:
    """What goes out unasked. ``compare``: the comparison of articles as they are held."""

    def __init__(self, store: Store, now: Callable[[], datetime], compare: Compare) -> None:
        self._store = store
        self._now = now
        self.subscriptions = store.subscriptions
        self.digests = Digests(store, now, compare)
        self.following = Following(store, now, compare)

    async def run(self, line: Line, stop: asyncio.Event, *, replica: str, leads: Callable[[], bool]) -> None:
        """Do what is due while this process ``leads``, until ``stop`` is set."""
        while not stop.is_set():
            if leads():
                await self._lead(line, stop, replica=replica, leads=leads)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), LOOK_S)

    async def _lead(self, line: Line, stop: asyncio.Event, *, replica: str, leads: Callable[[], bool]) -> None:
        posting = Posting(self._store.deliveries, line, self._now)
        over = asyncio.Event()
        watching = asyncio.create_task(_watch(stop, over, leads))
        jobs = Jobs(self._store.jobs, replica=replica, now=self._now)
        try:
            await self._store.jobs.plan(ALERT, [("all", self._now())])
            await jobs.run(self._kinds(posting), over)
        finally:
            watching.cancel()
            await posting.close()

    def _kinds(self, posting: Posting) -> tuple[Kind, ...]:
        return (
            Kind(name=DIGEST, work=lambda key: self.digests.edition(key, posting), at_once=AT_ONCE),
            Kind(name=ALERT, work=lambda key: self.digests.alerts(key, posting), at_once=1),
            Kind(name=FOLLOW, work=lambda key: self.following.look(key, posting), at_once=4),
            Kind(name=broadcasts.KIND, work=lambda key: self._broadcast(key, posting), at_once=1),
        )

    async def _broadcast(self, key: str, posting: Posting) -> datetime:
        """Send what is left of a broadcast."""
        number = int(key)
        told = await self._store.deliveries.broadcast(number)
        while told is not None and (due := await self._store.deliveries.due_of(number, limit=BATCH)):
            sends = (
                posting.post(Key(kind=broadcasts.KIND, target=chat, edition=key), chat, Notice(told.text))
                for chat in due
            )
            await asyncio.gather(*sends)
        await self._store.deliveries.end_broadcast(number, now=self._now())
        return self._now() + NEVER


async def _watch(stop: asyncio.Event, over: asyncio.Event, leads: Callable[[], bool]) -> None:
    """Set ``over`` once the process is to stop, or leads no more."""
    while leads() and not stop.is_set():
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), LOOK_S)
    over.set()
