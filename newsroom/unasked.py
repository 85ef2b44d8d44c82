"""Everything that goes out unasked, as jobs: editions of digests, alerts, followed stories, broadcasts.

One process does them, the one that polls for updates: it alone knows the pace of all that goes out. Another one takes
over once that one is dead (``Jobs``); what was being sent is not sent again (``Posting``).
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from claims.digests import DigestSettings
from claims.errors import NewsError
from newsroom import broadcasts, corrections
from newsroom.digests import ALERT, AT_ONCE, DIGEST, FIRST_LOOK, NEVER, Compare, Digests
from newsroom.editions import next_edition
from newsroom.following import FOLLOW, Following
from newsroom.jobs import Jobs, Kind
from newsroom.posting import End, Line, Notice, Posting
from storage.deliveries import Key
from storage.store import Store
from storage.subscriptions import Follow, Subscription, Walk

__all__ = ["Follow", "Unasked", "Walk"]

BATCH = 200  # recipients of a broadcast taken up together
LOOK_S = 1.0  # how often it is looked whether this process is the one

_log = logging.getLogger(__name__)


class Unasked:
    """What goes out unasked. ``compare``: the comparison of articles as they are held."""

    def __init__(self, store: Store, now: Callable[[], datetime], compare: Compare) -> None:
        self._store = store
        self._now = now
        self.now = now
        self.subscriptions = store.subscriptions
        self.chat_settings = store.chats.settings
        self.digests = Digests(store, now, compare)
        self.following = Following(store, now, compare)

    async def met(self, chat: int, *, title: str, person: int) -> None:
        """Somebody has let the bot into a channel or group."""
        await self.subscriptions.met(chat, title=title, person=person, now=self._now())

    async def start(self, chat: int, *, person: int, title: str, settings: DigestSettings) -> datetime:
        """Begin a chat's digest, or change it; when its next edition is due."""
        now = self._now()
        due = next_edition(settings, after=now).at
        kept = settings.as_json()
        since = now - FIRST_LOOK
        await self.subscriptions.save(chat, person=person, title=title, settings=kept, now=now, since=since, due=due)
        return due

    async def resume(self, found: Subscription) -> None:
        """Editions again after a pause."""
        settings = DigestSettings.of_json(found.settings)
        await self.subscriptions.resume(found.id, due=next_edition(settings, after=self._now()).at)

    async def test(self, found: Subscription, line: Line, name: str) -> bool:
        """Send a chat an edition as it would be now, once by this name; whether it was sent."""
        issue = await self.digests.preview(DigestSettings.of_json(found.settings))
        key = Key(kind="test", target=found.id, edition=name[:64])
        posting = Posting(self._store.deliveries, line, self._now)
        return await posting.post(key, found.chat_id, issue) is End.SENT

    async def outlets_named(self, wanted: Sequence[str]) -> tuple[list[str], list[str]]:
        """Keys of the outlets of these names or domains, and the names that no outlet has."""
        by_name: dict[str, str] = {}
        for outlet in await self._store.collection.outlets():
            for name in (outlet.name, outlet.name.removeprefix("The "), *outlet.aliases, *outlet.domains, outlet.key):
                by_name.setdefault(name.casefold(), outlet.key)
        found = [by_name[name.casefold()] for name in wanted if name.casefold() in by_name]
        return found, [name for name in wanted if name.casefold() not in by_name]

    async def names_of(self, keys: Sequence[str]) -> dict[str, str]:
        """Names of outlets by their keys."""
        found = [await self._store.collection.outlet(key) for key in keys]
        return {outlet.key: outlet.name for outlet in found if outlet is not None}

    async def run(self, line: Line, stop: asyncio.Event, *, replica: str, leads: Callable[[], bool]) -> None:
        """Do what is due while this process ``leads``, until ``stop`` is set."""
        while not stop.is_set():
            if leads():
                try:
                    await self._lead(line, stop, replica=replica, leads=leads)
                except NewsError:
                    _log.exception("what goes out unasked waits")
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
            Kind(name=corrections.KIND, work=lambda key: self._correction(key, posting), at_once=1),
        )

    async def _correction(self, key: str, posting: Posting) -> datetime:
        return await corrections.send_correction(self._store, key, posting, self._now)

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
