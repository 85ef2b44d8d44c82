"""Looking after outlets: how their scrapers do, adding one after a test, pausing, slowing down, taking down."""

import asyncio
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from claims.errors import BadInput, FetchError
from claims.types import Outlet
from newsroom.orders import Orders, domain_of
from scrapers.outlets import Outlets
from scrapers.sources import Known
from scrapers.web import Web, page_key
from storage.audit import By
from storage.figures import OutletFigures
from storage.store import Store
from storage.takedowns import Extent

__all__ = ["Extent", "OutletCare", "OutletFigures", "Tried"]

FIGURES_SINCE = timedelta(days=7)
FEEDS_TRIED = 4  # an admin waits: with the pause between two visits that is some 10 s
TRIAL_S = 40.0
ROBOTS_S = 6.0
PAUSE_MAX_S = 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What a test of an outlet that is to be added has shown."""

    domain: str
    name: str
    feeds: tuple[tuple[str, int, str], ...]  #: address, how many articles it lists, what is wrong with it
    article: str  #: headline of the article that was fetched, empty for none
    letters: int  #: how long its text is
    problem: str  #: why nothing could be fetched, empty where something was

    @property
    def works(self) -> tuple[str, ...]:
        """The feeds that list something."""
        return tuple(address for address, count, _ in self.feeds if count)


class OutletCare:
    """Methods raise BadInput for what makes no sense, StoreFault."""

    def __init__(self, store: Store, web: Web, outlets: Outlets, orders: Orders, now: Callable[[], datetime]) -> None:
        self._store = store
        self._web = web
        self._outlets = outlets
        self._orders = orders
        self._now = now

    async def figures(self) -> list[OutletFigures]:
        """How all scrapers did within a week: those that rest after failures, then those that read least."""
        found = await self._store.figures.outlets(since=self._now() - FIGURES_SINCE)
        now = self._now()

        def trouble(one: OutletFigures) -> tuple[bool, float]:
            resting = one.active and one.resting_until is not None and one.resting_until > now
            return not resting, 1.5 if one.share is None or not one.active else one.share

        return sorted(found, key=trouble)

    async def figures_of(self, key: str) -> OutletFigures:
        """How one does."""
        found = await self._store.figures.outlets(since=self._now() - FIGURES_SINCE, key=key)
        if not found:
            raise BadInput(f"There is no outlet {key[:60]}. /outlets lists them.")
        return found[0]

    async def find(self, told: str) -> str:
        """The key of the outlet that an admin means: by key, name or domain."""
        if named := self._outlets.named(told):
            return named.key
        known = [one.key for one in await self.figures()]
        if told in known:
            return told
        listed = self._outlets.of(f"https://{domain_of(told)}/")
        return (await self.figures_of(listed.key)).key

    async def robots(self, key: str) -> str:
        """What robots.txt says about us: ``open``, ``closed``, or why it cannot be read."""
        outlet = next((one for one in self._outlets.all if one.key == key), None)
        outlet = outlet or await self._store.collection.outlet(key)
        if outlet is None:
            return "not asked while paused"
        try:
            async with asyncio.timeout(ROBOTS_S):
                return "open" if await self._web.sources.is_open(outlet) else "closed"
        except FetchError as error:
            return f"not read: {error}"
        except TimeoutError:
            return "no answer in time"

    async def attempt(self, told: str) -> Tried:
        """Look for the feeds of a domain, read them, and fetch one article: what adding it would bring."""
        domain = domain_of(told)
        known = self._outlets.of(f"https://{domain}/")
        if known in self._outlets.all:
            raise BadInput(f"{domain} belongs to {known.name}, which is known already: /outlets {known.key}")
        outlet = Outlet(key=known.key, name=known.name, domains=(domain,))
        try:
            async with asyncio.timeout(TRIAL_S):
                found = await self._web.sources.found(outlet)
                return await self._read(outlet, found[:FEEDS_TRIED])
        except FetchError as error:
            problem = str(error)
        except TimeoutError:
            problem = "It did not answer in time."
        return Tried(domain=domain, name=outlet.name, feeds=(), article="", letters=0, problem=problem)

    async def _read(self, outlet: Outlet, found: Sequence[str]) -> Tried:
        feeds: list[tuple[str, int, str]] = []
        links: list[str] = []
        for feed in found:
            try:
                listing = await self._web.sources.listing(feed, Known())
            except FetchError as error:
                feeds.append((feed, 0, str(error)))
                continue
            feeds.append((feed, len(listing.items), "" if listing.items else "It lists nothing."))
            links += [item.url for item in listing.items[:1]]
        problem = "" if links else "No feed with articles was found."
        title, letters, name = "", 0, outlet.name
        for link in links[:1]:
            try:
                article = await self._web.article(link)
                title, letters, name = article.title, len(article.text), article.outlet.name
            except FetchError as error:
                problem = f"An article could not be read: {error}"
        return Tried(
            domain=outlet.domains[0], name=name, feeds=tuple(feeds), article=title, letters=letters, problem=problem
        )

    async def add(self, draft: str, *, by: By) -> str:
        """Follow an outlet from now on, as its test has shown it; returns its key."""
        told = json.loads(draft)
        domain, feeds = told["domain"], tuple(told["feeds"])
        outlet = Outlet(key=domain, name=told["name"], domains=(domain,), feeds=feeds)
        self._outlets.with_outlets([outlet])  # raises where it would stand in another one's way
        await self._store.admin.add_outlet(outlet, by=by)
        await self._orders.read()
        return outlet.key

    async def switch(self, key: str, *, active: bool, by: By) -> None:
        """Visit an outlet or leave it alone."""
        if not await self._store.admin.switch_outlet(key, active=active, by=by):
            raise BadInput(f"There is no outlet {key[:60]}. /outlets lists them.")
        await self._orders.read()

    async def slow_down(self, key: str, pause_s: float | None, *, by: By) -> None:
        """Seconds between two visits; None: as everywhere."""
        if pause_s is not None and not 0 < pause_s <= PAUSE_MAX_S:
            raise BadInput(f"A pause is a number of seconds from 1 to {PAUSE_MAX_S:g}.")
        if not await self._store.admin.slow_down(key, pause_s, by=by):
            raise BadInput(f"There is no outlet {key[:60]}. /outlets lists them.")
        await self._orders.read()

    # Takedowns

    async def extent(self, told: str) -> Extent:
        """What taking down a domain or a link would erase."""
        address, domain = _target(told)
        return await self._store.takedowns.extent(address, domain=domain, within=_within(address, domain=domain))

    async def take_down(self, told: str, *, by: By) -> Extent:
        """Erase all texts of a domain or a link, and never fetch it again."""
        address, domain = _target(told)
        within = _within(address, domain=domain)
        await self._store.takedowns.close(address, domain=domain, by=by)
        await self._orders.read()  # nothing of it comes in from here on
        return await self._store.takedowns.erase(address, domain=domain, within=within)

    async def taken_down(self) -> list[tuple[str, datetime]]:
        """The addresses that are closed, the newest first."""
        return [(one.address, one.at) for one in await self._store.takedowns.all()]

    async def erase_again(self) -> None:
        """Erase what an answer under way has brought in beside a takedown, in this process or another."""
        for one in await self._store.takedowns.all():
            within = _within(one.address, domain=one.domain)
            await self._store.takedowns.erase(one.address, domain=one.domain, within=within)


def _target(told: str) -> tuple[str, bool]:
    """The address as it is kept, and whether it is a whole domain."""
    bare = told.strip().partition("://")[2] or told.strip()
    if not bare.strip("/"):
        raise BadInput("Give a domain or a link: /takedown example.com")
    host, _, path = bare.partition("/")
    if path.strip("/") or "?" in bare:
        domain_of(host)
        return page_key(told if "://" in told else f"https://{told}"), False
    return domain_of(host), True


def _within(address: str, *, domain: bool) -> Callable[[str], bool]:
    """Whether an article's address is one of those."""
    if not domain:
        return lambda url: page_key(url) == address
    ending = f".{address}"

    def below(url: str) -> bool:
        try:
            host = domain_of(url)
        except BadInput:
            return False
        return host == address or host.endswith(ending)

    return below
