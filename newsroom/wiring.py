"""The one place where the parts are put together: settings -> Web, Store, Desk; closed in reverse order."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from newsroom.desk import Desk
from newsroom.sample.site import SampleSite, sample_site
from newsroom.settings import Settings
from scrapers.outlets import Outlets
from scrapers.web import Web, WebOptions, open_web
from storage.store import open_store

CACHE = Path("data/cache")


@asynccontextmanager
async def open_desk(
    settings: Settings, *, sample: bool = False, cached: bool = False
) -> AsyncIterator[tuple[Desk, SampleSite | None]]:
    """A desk on the real web and the settings' database; with ``sample`` the invented outlets are served too.

    ``cached``: keep an HTTP cache, worth its file for a process that runs for long.
    """
    async with AsyncExitStack() as stack:
        outlets = Outlets.load()
        site = await stack.enter_async_context(sample_site(utc_now())) if sample else None
        if site:
            outlets = outlets.with_outlets(site.outlets)
        store = await stack.enter_async_context(open_store(settings.database_url.get_secret_value()))
        await store.seed_outlets(outlets.all)
        web = await stack.enter_async_context(open_web(_options(settings, site, cached=cached), outlets, now=utc_now))
        yield Desk(web=web, store=store, outlets=outlets, now=utc_now), site


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


def utc_now() -> datetime:
    """The clock of the product."""
    return datetime.now(UTC)
