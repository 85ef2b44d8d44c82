"""What admins have set holds on every way to the web: pages, listings, searches, pauses."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

from claims.errors import OutletRefused
from claims.matching import search_terms
from scrapers.outlets import Outlets
from scrapers.sources import Known
from scrapers.web import Web, WebOptions, open_web

NOW = datetime(2025, 3, 3, 18, tzinfo=UTC)
GDELT_DOWN = {"kind": "status", "status": 429, "host": "api.gdeltproject.org"}


@dataclass
class Set:
    """Ends of addresses that are closed, and pauses by host."""

    closed: list[str] = field(default_factory=list)
    pauses: dict[str, float] = field(default_factory=dict)

    def is_closed(self, link: str) -> bool:
        return any(end in link for end in self.closed)

    def pause_s(self, host: str) -> float:
        return self.pauses.get(host, 0.0)


@pytest.fixture
def orders() -> Set:
    return Set()


@pytest.fixture
async def web(world: Any, orders: Set) -> AsyncIterator[Web]:
    async def sleep(seconds: float) -> None:
        pass

    options = WebOptions(egress_proxy=world.proxy, ca_file=world.ca_path, pause_s=0.0)
    async with open_web(options, Outlets.load(), now=lambda: NOW, sleep=sleep, orders=orders) as opened:
        yield opened


def tram(world: Any, outlet: str) -> Any:
    return next(page for page in world.articles if page.outlet.name == outlet and "tram" in page.title)


@pytest.mark.parametrize("faults", [[], [GDELT_DOWN]], ids=["plain addresses", "hidden addresses"])
async def test_no_headline_of_a_closed_outlet_is_found(world: Any, web: Web, orders: Set, faults: list[Any]) -> None:
    terms = search_terms(await web.article(tram(world, "Reuters").url))
    world.set_faults(faults)
    before = await web.search(terms, seconds=10.0)
    assert "the-guardian" in {one.outlet.key for one in before.candidates}
    orders.closed = ["theguardian.com"]
    after = await web.search(terms, seconds=10.0)
    assert "the-guardian" not in {one.outlet.key for one in after.candidates}
    assert {one.url for one in after.candidates} < {one.url for one in before.candidates}


async def test_what_is_closed_is_no_news_of_a_feed(world: Any, web: Web, orders: Set) -> None:
    feed = next(one for one in world.outlets if "guardian" in one.host).feeds[0][0]
    listed = (await web.sources.listing(feed, Known())).items
    assert len(listed) > 1
    orders.closed = [listed[0].url]
    left = (await web.sources.listing(feed, Known())).items
    assert [one.url for one in left] == [one.url for one in listed[1:]]
    orders.closed = ["theguardian.com"]
    with pytest.raises(OutletRefused, match="its publisher asked for that"):
        await web.sources.listing(feed, Known())


async def test_a_pause_holds_from_the_next_visit_on_and_ends_at_once(world: Any, web: Web, orders: Set) -> None:
    page = tram(world, "Reuters").url
    await web.article(page)
    assert web.sources.wait_s(page) <= 0
    orders.pauses = {"www.reuters.com": 600.0}
    await web.article(page)
    assert web.sources.wait_s(page) > 500
    orders.pauses = {}
    assert web.sources.wait_s(page) > 500  # of the visit that is over
