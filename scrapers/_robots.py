"""What a site's robots.txt asks of us: read before the first page, and looked at again while the site is visited."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import httpx2
from protego import Protego

from claims.errors import FetchError, RobotsRefused

AGENT = "SecondSource"  # the name that robots.txt files address us by
ROBOTS_KEPT = timedelta(days=1)  # RFC 9309: no longer than 24 hours
ROBOTS_FRESH = timedelta(minutes=10)  # then looked at again: a site that closes, or opens, is heard soon
ROBOTS_BYTES = 512 * 1024  # RFC 9309: at least 500 KiB must be read, what follows may be left
ROBOTS_MAX = 2000  # sites whose rules are held; some kilobytes each
CRAWL_DELAY_MAX_S = 30.0  # a longer wish is met with 30 s, else one outlet's line holds a worker for minutes


@dataclass(frozen=True, slots=True)
class Rules:
    """One site's answer, how long it holds, and when it is looked at again."""

    parsed: Protego
    until: datetime
    fresh_until: datetime

    @property
    def delay_s(self) -> float:
        """Pause between two visits that the site asks for; 0 where it asks for none."""
        return min(self.parsed.crawl_delay(AGENT) or 0.0, CRAWL_DELAY_MAX_S)


class Robots:
    """The rules of all sites met so far. ``read`` gives the text of a robots.txt, empty where the site has none."""

    def __init__(self, read: Callable[[str], Awaitable[str]], *, now: Callable[[], datetime]) -> None:
        self._read = read
        self._now = now
        self._rules: dict[str, Rules] = {}
        self._asked: dict[str, asyncio.Task[Rules]] = {}

    async def check(self, address: httpx2.URL, link: str) -> Rules:
        """The rules that allow this address.

        Raises:
            RobotsRefused: they do not allow it.
            FetchError: robots.txt is out of reach or answers with a server error, which means "not now" (RFC 9309).
        """
        site = f"{address.scheme}://{address.netloc.decode('ascii')}"
        rules = self._rules.get(site)
        if rules is None or rules.until <= self._now():
            rules = await self._ask(site, link)
        elif rules.fresh_until <= self._now():  # nobody waits for it; where it fails the old answer holds on
            self._rules[site] = replace(rules, fresh_until=self._now() + ROBOTS_FRESH)
            self._asking(site)
        if not rules.parsed.can_fetch(str(address), AGENT):
            reason = (
                f"{address.host} asks programs, in its robots.txt, not to read this page; open it and send its text."
            )
            raise RobotsRefused(reason, link=link)
        return rules

    async def aclose(self) -> None:
        """End what is still being read."""
        for task in self._asked.values():
            task.cancel()
        await asyncio.gather(*self._asked.values(), return_exceptions=True)

    async def _ask(self, site: str, link: str) -> Rules:
        """One request, however many pages of the site wait for it; it goes on if one of them gives up."""
        try:
            return await asyncio.shield(self._asking(site))
        except FetchError as error:
            again = type(error)(str(error), link=link)
            again.unreached = error.unreached
            raise again from error

    def _asking(self, site: str) -> asyncio.Task[Rules]:
        """The request that is under way, else a new one."""
        task = self._asked.get(site)
        if task is None:
            task = self._asked[site] = asyncio.create_task(self._load(site))
            task.add_done_callback(lambda done: self._forget(site, done))
        return task

    def _forget(self, site: str, done: asyncio.Task[Rules]) -> None:
        del self._asked[site]
        if not done.cancelled():
            done.exception()  # seen, even where all who waited have given up

    async def _load(self, site: str) -> Rules:
        text = await self._read(f"{site}/robots.txt")
        read_at = self._now()
        rules = Rules(parsed=Protego.parse(text), until=read_at + ROBOTS_KEPT, fresh_until=read_at + ROBOTS_FRESH)
        while len(self._rules) >= ROBOTS_MAX:
            del self._rules[next(iter(self._rules))]
        self._rules[site] = rules
        return rules
