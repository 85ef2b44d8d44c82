"""The news web with its twelve invented articles, and our scrapers in front of it. The clock stands still."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from scrapers.outlets import Outlets
from scrapers.web import Web, WebOptions, open_web
from tests.news_web import news_web

NOW = datetime(2025, 3, 3, 18, tzinfo=UTC)

OpenWeb = Callable[..., AbstractAsyncContextManager[Web]]


@pytest.fixture
async def world(shared: Path) -> AsyncIterator[Any]:
    """The sample: Reuters, The Guardian and two outlets on example domains tell three invented events."""
    async with news_web(None, now=NOW.isoformat()) as running:
        yield running


@pytest.fixture
def waits() -> list[float]:
    """The pauses that were wanted; none is slept."""
    return []


@pytest.fixture
def opened(world: Any, waits: list[float]) -> OpenWeb:
    """Open a web on the world, by default without pauses."""

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    def opening(*, outlets: Outlets | None = None, **options: Any) -> AbstractAsyncContextManager[Web]:
        settings: dict[str, Any] = {"contact_url": "https://example.org/bot", "pause_s": 0.0} | options
        through = WebOptions(egress_proxy=world.proxy, ca_file=world.ca_path, **settings)
        return open_web(through, outlets or Outlets.load(), now=lambda: NOW, sleep=sleep)

    return opening


@pytest.fixture
async def web(opened: OpenWeb) -> AsyncIterator[Web]:
    async with opened() as running:
        yield running
