"""The one place where the parts are put together: settings -> Web, Store, Desk, Collector; closed in reverse order."""

import asyncio
import logging
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import SecretStr

from claims.attribution.model import load
from claims.errors import BadInput, StoreFault
from claims.matching.meaning import load as load_meaning
from claims.types import Outlet
from newsroom.administration import Administration
from newsroom.collector import Collector
from newsroom.desk import Desk
from newsroom.jobs import Jobs
from newsroom.meaning import Meanings
from newsroom.orders import Orders
from newsroom.sample.site import SampleSite, sample_site
from newsroom.settings import Settings
from scrapers.outlets import Outlets
from scrapers.web import Web, WebOptions, open_web
from storage.collection import Collection
from storage.store import open_store

CACHE = Path("data/cache")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Newsroom:
    """Everything that a process which runs for long may need."""

    desk: Desk
    collector: Collector
    jobs: Jobs
    office: Administration
    site: SampleSite | None

    async def collect(self, stop: asyncio.Event) -> None:
        """Keep the store filled until ``stop`` is set."""
        await self.collector.start()
        await self.jobs.run(self.collector.kinds, stop)


@asynccontextmanager
async def open_desk(settings: Settings, *, sample: bool = False) -> AsyncIterator[Desk]:
    """A desk for one question on the real web and the settings' database; ``sample``: the invented outlets too."""
    async with _opened(settings, sample=sample, lasting=False) as newsroom:
        yield newsroom.desk


@asynccontextmanager
async def open_newsroom(settings: Settings, *, sample: bool) -> AsyncIterator[Newsroom]:
    """A desk and the collector beside it, with an HTTP cache, and with turns at hosts that other processes share."""
    async with _opened(settings, sample=sample, lasting=True) as newsroom:
        yield newsroom


@asynccontextmanager
async def open_web_of(settings: Settings) -> AsyncIterator[Web]:
    """The web alone, for looking whether it can be reached."""
    async with open_web(_options(settings, None, cached=False), Outlets.load(), now=utc_now) as web:
        yield web


@asynccontextmanager
async def _opened(settings: Settings, *, sample: bool, lasting: bool) -> AsyncIterator[Newsroom]:
    """``lasting``: the process runs for long, so that cache and ledger are worth their file and their writes."""
    async with AsyncExitStack() as stack:
        outlets = Outlets.load()
        site = await stack.enter_async_context(sample_site(utc_now())) if sample else None
        if site:
            outlets = outlets.with_outlets(site.outlets)
        store = await stack.enter_async_context(open_store(settings.database_url.get_secret_value()))
        await store.seed_outlets(outlets.all)
        orders = Orders(store, owner=settings.owner_id)
        await orders.read()
        outlets = _with_added(outlets, await store.admin.added_outlets())
        options, ledger = _options(settings, site, cached=lasting), Turnbook(store.collection) if lasting else None
        web = await stack.enter_async_context(open_web(options, outlets, now=utc_now, ledger=ledger, orders=orders))
        if lasting:
            stack.push_async_callback(_ended, asyncio.create_task(orders.keep_up()))
        meanings = Meanings(store, load_meaning)
        desk = Desk(
            web=web,
            store=store,
            outlets=outlets,
            now=utc_now,
            orders=orders,
            model=lambda: load().model,
            # for one question alone loading it and some 120 statements take 1.5 s, and an answer is to come within six
            meanings=meanings if lasting else None,
        )
        yield Newsroom(
            desk=desk,
            collector=Collector(
                web=web,
                store=store,
                now=utc_now,
                chance=random.random,
                shortest=timedelta(seconds=settings.collect_seconds),
                meanings=meanings,
            ),
            jobs=Jobs(store.jobs, replica=settings.replica, now=utc_now),
            office=Administration(store, orders, utc_now, web=web, registry=outlets, desk=desk),
            site=site,
        )


def _options(settings: Settings, site: SampleSite | None, *, cached: bool) -> WebOptions:
    return WebOptions(
        contact_url=settings.contact_url,
        egress_proxy=settings.egress_proxy.get_secret_value() if settings.egress_proxy else None,
        ca_file=settings.ca_file,
        cache_dir=CACHE / settings.replica if cached else None,  # one file a process: two writers block each other
        mounts=dict.fromkeys(site.hosts, site.proxy) if site else {},
        keys={name: key.get_secret_value() for name, key in _keys(settings).items() if key},
    )


def _with_added(outlets: Outlets, added: Sequence[Outlet]) -> Outlets:
    """The registry with the outlets that admins added; one whose domain or name the registry has by now is the
    registry's.
    """
    for outlet in added:
        if any(one.key == outlet.key for one in outlets.all):
            continue
        with suppress(BadInput):
            outlets = outlets.with_outlets([outlet])
    return outlets


async def _ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def _keys(settings: Settings) -> dict[str, SecretStr | None]:
    return {"guardian": settings.guardian_key, "nyt": settings.nyt_key, "fact_checks": settings.fact_checks_key}


class Turnbook:
    """The turns at hosts, kept in the store: for ``scrapers``, which knows neither the store nor its faults.

    While the store is out of order each process keeps its own pauses alone: no answer fails for a turn.
    """

    def __init__(self, rows: Collection) -> None:
        self._rows = rows
        self._held: dict[str, datetime] = {}  #: host -> until when this process holds it

    async def take(self, host: str, seconds: float) -> float:
        """See ``scrapers.web.Ledger``."""
        now = utc_now()
        until = now + timedelta(seconds=seconds)
        try:
            free = await self._rows.take_host(host, now=now, until=until)
        except StoreFault:
            _log.warning("turn at %s not shared", host, exc_info=True)
            return 0.0
        if free is None:
            self._held[host] = until
            return 0.0
        return max(0.001, (free - now).total_seconds())

    async def leave(self, host: str, seconds: float) -> None:
        """See ``scrapers.web.Ledger``."""
        until = self._held.pop(host, None)
        if until is None:
            return
        try:
            await self._rows.leave_host(host, until=until, free_at=utc_now() + timedelta(seconds=seconds))
        except StoreFault:
            _log.warning("turn at %s not given back", host, exc_info=True)


def utc_now() -> datetime:
    """The clock of the product."""
    return datetime.now(UTC)
