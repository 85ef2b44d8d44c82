"""The walk of the collector: an outlet is due -> what its sources list -> items -> pages -> articles -> stories.

Before anything is asked for, the time of the next try is on disk; after it, what came of it is, in one transaction.
So a process may be killed anywhere: nothing is lost, and nothing is asked for twice within its interval. An outlet is
visited by one process at a time (``newsroom.jobs``); when to come again is decided in ``newsroom.schedule``.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from claims.changes import changes
from claims.errors import FetchError, OutletRefused, Paywalled, RobotsRefused
from claims.types import Article, Candidate, Outlet
from newsroom import schedule
from newsroom.intake import headline_article
from newsroom.jobs import Kind
from newsroom.matching import Matcher
from newsroom.meaning import Meanings
from scrapers.sources import Known, Listing
from scrapers.web import Web
from storage.collection import Item, OutletState, Source, State
from storage.store import Store

VISIT = timedelta(seconds=20)  # then the next outlet may have the place
VISITS_AT_ONCE = 48  # they mostly wait for a host's pause
WAIT_MAX_S = 5.0  # a host that asks for a longer pause is come back to
ROSTER = timedelta(minutes=1)  # a newly met or switched outlet is noticed so soon
BACKLOG_MAX = 40  # items of a source that is read for the first time: a feed's, not all that a sitemap has
ITEMS_KEPT = timedelta(days=90)  # no feed lists longer
NOTED = timedelta(minutes=1)  # a success need not be noted more often

_log = logging.getLogger(__name__)


class Collector:
    """Keeps the store filled. ``chance`` gives numbers from 0 to 1."""

    def __init__(
        self,
        *,
        web: Web,
        store: Store,
        now: Callable[[], datetime],
        chance: Callable[[], float],
        shortest: timedelta,
        meanings: Meanings | None = None,
    ) -> None:
        self._web = web.sources
        self._store = store
        self._rows = store.collection
        self._now = now
        self._chance = chance
        self._shortest = shortest
        self.matcher = Matcher(store=store, now=now, meanings=meanings)

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """What there is to do, for ``Jobs.run``."""
        return (
            Kind(name="roster", work=self.roster, at_once=1),
            Kind(name="outlet", work=self.visit, at_once=VISITS_AT_ONCE),
            self.matcher.kind,
        )

    async def start(self) -> None:
        """Plan the first jobs; they plan the others."""
        await self._store.jobs.plan("roster", [("all", self._now())])
        await self.matcher.start()

    async def roster(self, _: str) -> datetime:
        """Which outlets are to be visited: those in the store that are not switched off."""
        now = self._now()
        outlets = [outlet for outlet in await self._rows.outlets() if not self._web.is_mounted(outlet)]
        due = [
            (outlet.key, schedule.first_due(now, shortest=self._shortest, chance=self._chance())) for outlet in outlets
        ]
        await self._store.jobs.plan("outlet", due)
        await self._store.jobs.drop("outlet", but={outlet.key for outlet in outlets})
        await self._rows.forget(before=now - ITEMS_KEPT)
        return now + ROSTER

    async def visit(self, key: str) -> datetime:
        """Do what is due at one outlet, sources and pages in turn; returns when there is more to do."""
        outlet, state = await self._rows.outlet(key), await self._rows.state(key)
        if outlet is None:
            return self._now() + schedule.LONGEST
        leave, source_next = self._now() + VISIT, True
        state, search_at = await self._find_sources(outlet, state)
        while self._now() < leave and not _is_open(state, self._now()):
            due = await self._next(key, source_next=source_next)
            if due is None:
                break
            if (wait := self._web.wait_s(due.url)) > WAIT_MAX_S:
                return self._now() + timedelta(seconds=wait)
            error = await (self._list(outlet, due) if isinstance(due, Source) else self._read(outlet, due))
            state = await self._note(state, error)
            source_next = not isinstance(due, Source)
        if _is_open(state, self._now()) and state.open_until:
            return state.open_until
        return min(await self._rows.next_due(key) or search_at, search_at)

    async def _next(self, key: str, *, source_next: bool) -> Source | Item | None:
        """What is due: sources and items take turns, so that neither waits for all of the other."""
        now = self._now()
        if source_next:
            return await self._rows.due_source(key, now=now) or await self._rows.due_item(key, now=now)
        return await self._rows.due_item(key, now=now) or await self._rows.due_source(key, now=now)

    async def _find_sources(self, outlet: Outlet, state: OutletState) -> tuple[OutletState, datetime]:
        """The registry's sources as rows; where there are none, or none works, those that its pages name.

        Also when these are to be looked through next; where a source works, that is looked at again.
        """
        now = self._now()
        look = now + schedule.SEARCH_LONGEST
        listed = (*outlet.feeds, *outlet.news_sitemaps) or outlet.sitemaps
        known = await self._rows.sources(outlet.key)
        if gone := [source for source in known if not source.found and source.url not in listed]:
            await self._rows.drop_sources(gone)  # the registry has taken them out
        if new := set(listed) - {source.url for source in known}:
            await self._rows.add_sources([Source(outlet=outlet.key, url=url, due_at=now) for url in sorted(new)])
            return state, look
        if any(source.failures < schedule.BREAK_AFTER for source in known if source not in gone):
            return state, look
        due = schedule.search_due(state, now=now, shortest=self._shortest)
        if due > now or _is_open(state, now):
            return state, due
        # if nobody comes back from it, it was in vain
        state = replace(state, searched_at=now, fruitless=state.fruitless + 1)
        await self._rows.save_state(state)
        try:
            found = await self._web.found(outlet)
        except FetchError as error:
            state = await self._note(state, error)
            return state, schedule.search_due(state, now=now, shortest=self._shortest)
        if found:
            await self._rows.add_sources([Source(outlet=outlet.key, url=url, due_at=now, found=True) for url in found])
            state = replace(state, fruitless=0)
        state = schedule.after_success(state, now=self._now())
        await self._rows.save_state(state)
        return state, schedule.search_due(state, now=now, shortest=self._shortest)

    async def _list(self, outlet: Outlet, source: Source) -> FetchError | None:
        """Ask a source what it lists and keep what is new."""
        source = schedule.claimed(source, now=self._now(), shortest=self._shortest)
        await self._rows.save_source(source)
        try:
            listing = await self._web.listing(source.url, Known(source.etag, source.modified))
        except FetchError as error:
            failed = schedule.after_failure(
                source, error, now=self._now(), shortest=self._shortest, chance=self._chance()
            )
            await self._rows.save_source(failed)
            return error
        new = await self._rows.unknown(outlet.key, self._news(source, listing))
        read = schedule.after_reading(
            source, new=len(new), now=self._now(), shortest=self._shortest, chance=self._chance()
        )
        read = replace(read, etag=listing.known.etag, modified=listing.known.modified)
        await self._rows.save_source(read, new)
        return None

    async def _read(self, outlet: Outlet, item: Item) -> FetchError | None:
        """Read an item's page, for the first time or again, and keep its article: new, changed, or as it was."""
        tried = schedule.tried(item, now=self._now(), shortest=self._shortest)
        await self._rows.save_item(tried)
        try:
            read = await self._web.article(item.url, Known(item.etag, item.modified))
        except (RobotsRefused, OutletRefused, Paywalled) as error:
            await self._keep(self._settled(tried, State.CLOSED), error.part or _headline(tried, outlet))
            return error
        except FetchError as error:
            failed = schedule.failed(tried, error, now=self._now())
            await self._keep(failed, _headline(failed, outlet) if failed.state is State.GONE else None)
            return error
        live = item.state is State.HELD and await self._rows.is_live(item)
        held = self._settled(tried, State.HELD, live=live)
        if read.article is None:
            await self._rows.save_item(held, seen_at=self._now())
            return None
        await self._keep(replace(held, etag=read.known.etag, modified=read.known.modified), read.article)
        return None

    async def _keep(self, item: Item, article: Article | None) -> None:
        """The item's fate and its article, if there is one, in one transaction; then it waits for its story."""
        if article is None:
            await self._rows.save_item(item)
            return
        news = await self._rows.keep(item, article, fetched_at=self._now())
        if news and item.version:
            await self._tell_changes(article)

    async def _tell_changes(self, article: Article) -> None:
        """Say in the log what an outlet changed."""
        versions = [version for version, _ in await self._store.versions(article.url)]
        for change in await asyncio.to_thread(changes, versions[-2:]):
            how = "marked" if change.marked else "unmarked"
            _log.info("%s change in %d places: %s", how, len(change.spans), article.url)

    async def _note(self, state: OutletState, error: FetchError | None) -> OutletState:
        """How the outlet is doing after this."""
        now = self._now()
        if error is None:
            changed = schedule.after_success(state, now=now)
            calm = not (state.failures or state.broken or state.open_until)
            if calm and state.read_at is not None and state.read_at > now - NOTED:
                return state
        else:
            changed = schedule.after_trouble(state, error, now=now, shortest=self._shortest, chance=self._chance())
        if changed != state:
            await self._rows.save_state(changed)
        return changed

    def _settled(self, item: Item, state: State, *, live: bool = False) -> Item:
        return schedule.settled(item, state, live=live, now=self._now(), shortest=self._shortest, chance=self._chance())

    def _news(self, source: Source, listing: Listing) -> list[Item]:
        """What a source lists, as items that are due now."""
        now = self._now()
        items = [
            Item(
                outlet=source.outlet,
                url=listed.url,
                title=listed.title,
                summary=listed.summary,
                guid=listed.guid,
                published_at=listed.published_at,
                first_seen=now,
                due_at=now,
            )
            for listed in listing.items
        ]
        return schedule.fresh(items, most=BACKLOG_MAX if source.read_at is None else None)


def _is_open(state: OutletState, now: datetime) -> bool:
    return state.open_until is not None and state.open_until > now


def _headline(item: Item, outlet: Outlet) -> Article | None:
    """What the outlet openly gives of a page that is closed to us."""
    if not item.title or item.version:  # what was read once stays
        return None
    candidate = Candidate(
        url=item.url, title=item.title, outlet=outlet, published_at=item.published_at, summary=item.summary
    )
    return headline_article(candidate)
