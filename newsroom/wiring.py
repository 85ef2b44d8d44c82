"""The one place where the parts are put together: settings -> Web, Store, Desk, Collector; closed in reverse order."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from newsroom.collector import Collector
from newsroom.desk import Desk
from newsroom.jobs import Jobs
from newsroom.sample.site import SampleSite, sample_site
from newsroom.settings import Settings
from scrapers.outlets import Outlets
from scrapers.web import Web, WebOptions, open_web
from storage.collection import Collection
from storage.store import open_store

CACHE = Path("data/cache")


@dataclass(frozen=True, slots=True, kw_only=True)
class Newsroom:
    """Everything that a process which runs for long may need."""

    desk: Desk
    collector: Collector
    jobs: Jobs
    site: SampleSite | None

    async def collect(self, stop: asyncio.Event) -> None:
        """Keep the store filled until ``stop`` is set."""
        await self.collector.start()
        await self.jobs.run(self.collector.kinds, stop)


@asynccontextmanager
async def open_desk(
    settings: Settings, *, sample: bool = False, cached: bool = False
) -> AsyncIterator[tuple[Desk, SampleSite | None]]:
    """A desk on the real web and the settings' database; with ``sample`` the invented outlets are served too.

    ``cached``: keep an HTTP cache, worth its file for a process that runs for long.
    """
    async with open_newsroom(settings, sample=sample, cached=cached) as newsroom:
        yield newsroom.desk, newsroom.site


@asynccontextmanager
async def open_newsroom(settings: Settings, *, sample: bool, cached: bool) -> AsyncIterator[Newsroom]:
    """A desk as ``open_desk`` makes it, and the collector beside it on the same web and store."""
    async with AsyncExitStack() as stack:
        outlets = Outlets.load()
        site = await stack.enter_async_context(sample_site(utc_now())) if sample else None
        if site:
            outlets = outlets.with_outlets(site.outlets)
        store = await stack.enter_async_context(open_store(settings.database_url.get_secret_value()))
        await store.seed_outlets(outlets.all)
        options, ledger = _options(settings, site, cached=cached), _Ledger(store.collection)
        web = await stack.enter_async_context(open_web(options, outlets, now=utc_now, ledger=ledger))
        yield Newsroom(
            desk=Desk(web=web, store=store, outlets=outlets, now=utc_now),
            collector=Collector(
                web=web,
                store=store,
                now=utc_now,
                chance=random.random,
                shortest=timedelta(seconds=settings.collect_seconds),
            ),
            jobs=Jobs(store.jobs, replica=settings.replica, now=utc_now),
            site=site,
        )


@asynccontextmanager
async def open_web_of(settings: Settings) -> AsyncIterator[Web]:
    """The web alone, for looking whether it can be reached."""
    async with open_web(_options(settings, None, cached=False), Outlets.load(), now=utc_now) as web:
        yield web


def _options(settings: Settings, site: SampleSite | None, *, cached: bool) -> WebOptions:
    return WebOptions(
        contact_url=settings.contact_url,
        egress_proxy=settings.egress_proxy.get_secret_value() if settings.egress_proxy else None,
        ca_file=settings.ca_file,
        cache_dir=CACHE / settings.replica if cached else None,  # one file a process: two writers block each other
        mounts=dict.fromkeys(site.hosts, site.proxy) if site else {},
        keys={"guardian": settings.guardian_key.get_secret_value()} if settings.guardian_key else {},
    )


class _Ledger:
    """The turns at hosts, kept in the store: for ``scrapers``, which does not know it."""

    def __init__(self, rows: Collection) -> None:
        self._rows = rows

    async def take(self, host: str, seconds: float) -> float:
        now = utc_now()
        free = await self._rows.take_host(host, now=now, until=now + timedelta(seconds=seconds))
        return 0.0 if free is None else max(0.001, (free - now).total_seconds())

    async def leave(self, host: str, seconds: float) -> None:
        await self._rows.leave_host(host, free_at=utc_now() + timedelta(seconds=seconds))


def utc_now() -> datetime:
    """The clock of the product."""
    return datetime.now(UTC)
