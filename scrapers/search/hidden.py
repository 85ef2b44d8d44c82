"""From a search service's hidden address to the outlet's own, as far as one answer's time and manners allow."""

import asyncio

from claims.errors import FetchError, FetchTimeout
from claims.types import Candidate
from scrapers._fetch import Fetcher
from scrapers.search.feeds import FeedSearch
from scrapers.search.google_news import resolve

RESOLVED_MAX = 3  # opaque links that one answer may ask Google News about
FEED_S = 1.5  # for a look into the outlet's own feed: mostly it has just been read; a slow one costs the way by Google


class Hidden:
    """The hidden addresses of one answer. Made anew for each: it counts what was asked."""

    def __init__(self, fetcher: Fetcher, feeds: FeedSearch | None) -> None:
        self._fetcher = fetcher
        self._feeds = feeds
        self._left = RESOLVED_MAX
        self._turn = asyncio.Lock()
        self.known: dict[str, str] = {}  #: hidden address -> the outlet's own, of those found so far

    async def address(self, candidate: Candidate) -> str:
        """The outlet's own address of a candidate: by its headline in the outlet's feed, else by Google News itself.

        Google News is asked about one link after the other: with its pause between any two requests, links asked
        about at the same time would all come too late.

        Raises:
            FetchError: the address stays hidden.
        """
        address = await self._by_feed(candidate)
        if address is None:
            async with self._turn:
                if self._left == 0:
                    reason = "Google News is asked about three links for one answer; open this one to read it."
                    raise FetchTimeout(reason, link=candidate.url)
                self._left -= 1
                address = await resolve(self._fetcher, candidate.url)
        self.known[candidate.url] = address
        return address

    async def _by_feed(self, candidate: Candidate) -> str | None:
        if self._feeds is None:
            return None
        try:
            async with asyncio.timeout(FEED_S):
                return await self._feeds.address(candidate)
        except (FetchError, TimeoutError):  # the other way is open still
            return None
