"""The walk from a link to an answer, on the news web's invented story."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from claims.types import Held
from newsroom.desk import Desk
from newsroom.intake import Query
from scrapers.outlets import Outlets
from scrapers.web import WebOptions, open_web
from storage.store import open_store
from tests.news_web import news_web

NOW = datetime(2025, 3, 3, 18, tzinfo=UTC)
GDELT_DOWN = {"kind": "status", "status": 429, "host": "api.gdeltproject.org"}


@pytest.fixture
async def world(shared: Path) -> AsyncIterator[Any]:
    async with news_web(None, now=NOW.isoformat()) as running:
        yield running


@pytest.fixture
async def desk(world: Any, tmp_path: Path) -> AsyncIterator[Desk]:
    """A desk with an empty store; nobody waits between two visits."""

    async def sleep(seconds: float) -> None:
        pass

    outlets = Outlets.load()
    options = WebOptions(egress_proxy=world.proxy, ca_file=world.ca_path, pause_s=0.0)
    async with (
        open_store(f"sqlite+aiosqlite:///{tmp_path}/desk.db") as store,
        open_web(options, outlets, now=lambda: NOW, sleep=sleep) as web,
    ):
        yield Desk(web=web, store=store, outlets=outlets, now=lambda: NOW)


def tram(world: Any, outlet: str) -> Any:
    """The page on the tram extension of one outlet."""
    return next(page for page in world.articles if page.outlet.name == outlet and "tram" in page.title)


async def test_without_gdelt_the_others_are_found_by_their_hidden_addresses(world: Any, desk: Desk) -> None:
    world.set_faults(GDELT_DOWN)
    answer = await desk.answer(Query(link=tram(world, "Reuters").url))
    held = {article.url: article.held for article in answer.comparison.articles}
    assert held[tram(world, "The Guardian").url] is Held.FULL


async def test_where_no_hidden_address_is_told_the_headlines_stand_under_their_outlets(world: Any, desk: Desk) -> None:
    world.set_faults([GDELT_DOWN, {"kind": "status", "status": 500, "url": "https://news.google.com/_/*"}])
    answer = await desk.answer(Query(link=tram(world, "Reuters").url))
    [other] = answer.comparison.articles[1:]
    assert (other.outlet.name, other.held) == ("The Guardian", Held.HEADLINE)
    assert ("The Guardian", "fault") in {(miss.outlet, miss.reason) for miss in answer.comparison.misses}


async def test_of_an_outlet_with_a_soft_paywall_the_open_part_is_compared(world: Any, desk: Desk) -> None:
    page = tram(world, "The Guardian")
    world.set_faults({"kind": "paywall", "soft": True, "url": f"{page.url}*"})
    answer = await desk.answer(Query(link=tram(world, "Reuters").url))
    [other] = [article for article in answer.comparison.articles if article.url == page.url]
    assert other.held is Held.PART
    assert page.paragraphs[0] in other.text
    assert ("The Guardian", "paywall") in {(miss.outlet, miss.reason) for miss in answer.comparison.misses}
