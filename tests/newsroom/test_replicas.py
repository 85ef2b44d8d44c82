"""Two collectors on one PostgreSQL share outlets, pauses and stories, and one goes on without the other."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from claims.types import Held
from scrapers.outlets import Outlets
from storage.audit import By
from storage.collection import Source
from storage.store import Store, open_store
from tests.news_web import news_web

NOW = datetime(2025, 3, 3, 18, tzinfo=UTC)
ROOT = Path(__file__).parent.parent.parent
PATIENCE_S = 90.0  # two pages of each outlet with pauses of 2 s, and 15 s until the dead one's jobs come free
SHORTEST_S = 5.0
FOLLOWED = ("Reuters", "The Guardian")


@pytest.fixture
async def world(shared: Path) -> AsyncIterator[Any]:
    async with news_web(None, now=NOW.isoformat()) as running:
        yield running


@asynccontextmanager
async def replica(world: Any, url: str, name: str, folder: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """A collector of its own process, ready."""
    env = os.environ | {
        "PYTHONPATH": str(ROOT),
        "SECOND_SOURCE_DATABASE_URL": url,
        "SECOND_SOURCE_EGRESS_PROXY": world.proxy,
        "SECOND_SOURCE_CA_FILE": str(world.ca_path),
        "SECOND_SOURCE_COLLECT_SECONDS": str(SHORTEST_S),
        "SECOND_SOURCE_WEB_PORT": "0",
        "SECOND_SOURCE_REPLICA": name,
    }
    place = folder / name
    place.mkdir()
    command = (sys.executable, "-c", "from bot.cli import main; main()", "run", "--roles", "collector")
    process = await asyncio.create_subprocess_exec(
        *command, cwd=place, env=env, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        assert process.stdout
        assert json.loads(await asyncio.wait_for(process.stdout.readline(), PATIENCE_S))["ready"]
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def follow_only(store: Store, world: Any) -> None:
    """Two of the registry's outlets, with the feeds that the news web has for them."""
    registry = Outlets.load().all
    await store.seed_outlets(registry)
    for outlet in registry:
        if outlet.name not in FOLLOWED:
            await store.admin.switch_outlet(outlet.key, active=False, by=By(1, NOW))
    feeds = {outlet.name: outlet.feeds[0][0] for outlet in world.outlets}
    now = datetime.now(UTC)
    followed = [outlet for outlet in registry if outlet.name in FOLLOWED]
    await store.collection.add_sources(
        [Source(outlet=outlet.key, url=feeds[outlet.name], due_at=now, found=True) for outlet in followed]
    )


async def until(reached: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not await reached():  # noqa: ASYNC110 - other processes tell of nothing
            await asyncio.sleep(0.2)


async def held(store: Store, urls: list[str]) -> list[str]:
    latest = [(url, await store.latest(url)) for url in urls]
    return [url for url, found in latest if found and found[0].held is Held.FULL]


async def test_one_of_two_is_killed_and_the_other_ends_the_work(world: Any, postgres_url: str, tmp_path: Path) -> None:
    pages = [page.url for page in world.articles if page.outlet.name in FOLLOWED and page.published <= NOW]
    assert len(pages) > 3
    async with AsyncExitStack() as stack:
        store = await stack.enter_async_context(open_store(postgres_url))
        await follow_only(store, world)
        first, second = [
            await stack.enter_async_context(replica(world, postgres_url, name, tmp_path)) for name in ("one", "two")
        ]

        async def begun() -> bool:
            return bool(await held(store, pages))

        async def done() -> bool:
            return len(await held(store, pages)) == len(pages) and not await store.stories.waiting(limit=1)

        await until(begun)
        first.kill()
        await first.wait()
        await until(done)
        assert second.returncode is None
        assert [len(await store.versions(url)) for url in pages] == [1] * len(pages)
        told = [await store.stories.story_of(url) for url in pages]
        assert None not in told
        assert len(set(told)) < len(told), "two outlets tell one event"
        hosts = (await world.stats())["hosts"]
        assert sum(host["disallowed_requests"] for host in hosts.values()) == 0
        gaps = [host["gaps"]["min_s"] for host in hosts.values() if host["gaps"]["count"]]
        assert min(gaps) >= 1.95, "the pause of 2 s, seen from the other end of the line"
        assert max(host["max_concurrent"] for host in hosts.values()) <= 2
