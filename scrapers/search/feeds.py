"""The outlets' own feeds and news sitemaps: what they published in the last days, without any search service."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from claims.errors import FetchError, FetchTimeout
from claims.types import Candidate, Outlet, SearchTerms
from scrapers._feeds import Feed, feed_of
from scrapers._fetch import FEED_BYTES, FEED_KINDS, Fetcher
from scrapers._links import tidy
from scrapers.outlets import Outlets
from scrapers.search._query import asked_words, headline_key

RECENT = timedelta(days=3)  # feeds and news sitemaps go back two days (Google's rule for news sitemaps); one to spare
KEPT = timedelta(minutes=5)  # a busy hour reads each feed once in this time
OUTLETS_MAX = 40  # of the story's language, in the order of the registry; about two seconds of one core


@dataclass(frozen=True, slots=True)
class _Kept:
    until: datetime
    candidates: tuple[Candidate, ...]


class FeedSearch:
    """What the outlets of the registry list themselves."""

    name = "feeds"

    def __init__(self, fetcher: Fetcher, outlets: Outlets, *, now: Callable[[], datetime]) -> None:
        self._fetcher = fetcher
        self._outlets = outlets
        self._now = now
        self._kept: dict[str, _Kept] = {}
        self._reading: dict[str, asyncio.Lock] = {}

    async def search(self, terms: SearchTerms, *, deadline: float) -> list[Candidate]:
        """Candidates that share a word with the terms, from what could be read until the deadline.

        Raises:
            FetchError: not one feed could be read.
        """
        if not self._is_recent(terms):
            return []
        readers = [asyncio.create_task(self.latest(outlet)) for outlet in self._asked(terms)]
        try:
            if readers:
                await asyncio.wait(readers, timeout=max(0.0, deadline - asyncio.get_running_loop().time()))
        finally:
            for reader in readers:
                reader.cancel()
        results = await asyncio.gather(*readers, return_exceptions=True)
        read = [result for result in results if isinstance(result, tuple)]
        faults = [result for result in results if isinstance(result, FetchError)]
        if readers and not read:
            raise faults[0] if faults else FetchTimeout("No outlet's feed answered in time.", link="")
        words = asked_words(terms)
        return [candidate for candidates in read for candidate in candidates if _fits(candidate, terms, words)]

    async def latest(self, outlet: Outlet) -> tuple[Candidate, ...]:
        """What the outlet lists at the moment, newest as it has them; empty for an outlet without feeds.

        Raises:
            FetchError: none of its files could be read.
        """
        lock = self._reading.setdefault(outlet.key, asyncio.Lock())
        async with lock:
            kept = self._kept.get(outlet.key)
            if kept is None or kept.until <= self._now():
                candidates = await self._read(outlet)
                kept = self._kept[outlet.key] = _Kept(self._now() + KEPT, candidates)
            return kept.candidates

    async def address(self, candidate: Candidate) -> str | None:
        """Where the candidate's outlet lists an article under its headline; None where it lists none.

        Raises:
            FetchError: none of the outlet's files could be read.
        """
        day = candidate.published_at
        if day is not None and abs(day - self._now()) > RECENT:
            return None
        wanted = headline_key(candidate.title)
        listed = await self.latest(candidate.outlet)
        return next((item.given for item in listed if headline_key(item.title) == wanted), None)

    async def _read(self, outlet: Outlet) -> tuple[Candidate, ...]:
        """The first of its files that can be read: they hold the same news."""
        fault: FetchError | None = None
        for link in _files(outlet):
            try:
                feed = await self._feed(link)
                if feed.children:
                    feed = await self._feed(feed.children[0])
                return tuple(
                    Candidate(
                        url=tidy(item.url),
                        title=item.title,
                        outlet=outlet,
                        published_at=item.published_at,
                        summary=item.summary,
                        found_by=self.name,
                        given=item.url,
                    )
                    for item in feed.items
                )
            except FetchError as error:
                fault = error
        if fault is not None:
            raise fault
        return ()

    async def _feed(self, link: str) -> Feed:
        page = await self._fetcher.get(link, kinds=FEED_KINDS, limit=FEED_BYTES, patient=False)
        return await asyncio.to_thread(feed_of, page.body, link, now=self._now())

    def _is_recent(self, terms: SearchTerms) -> bool:
        if terms.since is None or terms.until is None:
            return True
        return abs(terms.since + (terms.until - terms.since) / 2 - self._now()) <= RECENT

    def _asked(self, terms: SearchTerms) -> list[Outlet]:
        spoken = [o for o in self._outlets.all if not o.languages or terms.language in (None, *o.languages)]
        listing = [outlet for outlet in spoken if _files(outlet)]
        listing.sort(key=lambda outlet: not self._fetcher.is_mounted(_files(outlet)[0]))  # our own site costs nothing
        return listing[:OUTLETS_MAX]


def _files(outlet: Outlet) -> tuple[str, ...]:
    """News sitemap first: it lists all of two days, a feed the newest twenty or thirty."""
    return (*outlet.news_sitemaps[:1], *outlet.feeds[:1])


def _fits(candidate: Candidate, terms: SearchTerms, words: frozenset[str]) -> bool:
    day = candidate.published_at
    if day and ((terms.since and day < terms.since) or (terms.until and day > terms.until)):
        return False
    return not words.isdisjoint(re.findall(r"[^\W_]+", f"{candidate.title} {candidate.summary}".casefold()))
