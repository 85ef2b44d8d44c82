"""What the collector asks of the web: JSON Feed and sitemaps without headlines; turns that processes share."""

import asyncio
import json
from datetime import UTC, datetime

import pytest

from claims.errors import FetchFault
from scrapers._feeds import BrokenFeed, read_feed
from scrapers._turns import OPEN_MAX, Turns

NOW = datetime(2025, 3, 3, 18, tzinfo=UTC)


def feed(*items: object, version: str = "https://jsonfeed.org/version/1.1") -> bytes:
    return json.dumps({"version": version, "title": "The Harbour Courier", "items": items}).encode()


def test_a_json_feed() -> None:
    body = feed(
        {
            "id": "1",
            "url": "https://a.example/1",
            "title": "Bridge &amp; tram <b>closed</b>",
            "content_html": "<p>Both are closed.</p>",
            "date_published": "2025-03-03T16:00:00+01:00",
        },
        {"id": 2, "external_url": "https://b.example/2", "title": "Elsewhere", "date_published": "soon"},
        {"id": "3", "title": "Without an address"},
        "no item",
    )
    first, second = read_feed(b"\xef\xbb\xbf" + body, now=NOW).items
    assert (first.url, first.title, first.summary) == (
        "https://a.example/1",
        "Bridge & tram closed",
        "Both are closed.",
    )
    assert first.published_at == datetime(2025, 3, 3, 15, tzinfo=UTC)
    assert first.guid == "1"
    assert (second.url, second.published_at) == ("https://b.example/2", None)


@pytest.mark.parametrize("body", [b'{"items": []}', b"{", b"[" * 100_000, b"{" + b'"a":{' * 50_000, feed(version="1")])
def test_other_json_is_no_feed(body: bytes) -> None:
    with pytest.raises(BrokenFeed):
        read_feed(body, now=NOW)


def test_names_that_items_share_are_nobodys() -> None:
    items = [{"id": guid, "url": f"https://a.example/{n}", "title": "T"} for n, guid in enumerate("aab")]
    assert [item.guid for item in read_feed(feed(*items), now=NOW).items] == [None, None, "b"]


def test_addresses_without_headlines_are_taken_where_they_are_wanted() -> None:
    body = b"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
        <url><loc>https://a.example/1</loc><lastmod>2025-03-03</lastmod></url></urlset>"""
    assert read_feed(body, now=NOW).items == ()
    assert [item.url for item in read_feed(body, now=NOW, untitled=True).items] == ["https://a.example/1"]


class Shared:
    """The turns of several processes, in memory; seconds by the loop's clock."""

    def __init__(self) -> None:
        self.free: dict[str, float] = {}

    async def take(self, host: str, seconds: float) -> float:
        now = asyncio.get_running_loop().time()
        if (free := self.free.get(host, 0.0)) > now:
            return free - now
        self.free[host] = now + seconds
        return 0.0

    async def leave(self, host: str, seconds: float) -> None:
        self.free[host] = asyncio.get_running_loop().time() + seconds


async def test_processes_take_turns_at_a_host() -> None:
    shared, inside, most = Shared(), 0, 0

    async def visit(turns: Turns) -> None:
        nonlocal inside, most
        async with turns.turn("a.example", "https://a.example/", visit=True):
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0.01)
            inside -= 1

    await asyncio.gather(*(visit(Turns(pause_s=0.01, ledger=shared)) for _ in range(5)))
    assert most == 1


async def test_a_wish_to_be_left_alone_holds_for_the_other_processes() -> None:
    shared = Shared()
    first, second = Turns(pause_s=1.0, ledger=shared), Turns(pause_s=1.0, ledger=shared)
    async with first.turn("a.example", "https://a.example/", visit=True) as place:
        place.free_at = asyncio.get_running_loop().time() + 60  # as Retry-After asked
    with pytest.raises(FetchFault, match="wait 60 seconds"):
        async with second.turn("a.example", "https://a.example/", visit=True):
            pass


async def test_a_turn_is_not_held_while_it_waits_for_the_bound_over_all_hosts() -> None:
    shared, end = Shared(), asyncio.Event()
    turns = Turns(pause_s=1.0, ledger=shared)

    async def visit(n: int) -> None:
        async with turns.turn(f"{n}.example", f"https://{n}.example/", visit=True):
            await end.wait()

    visits = [asyncio.create_task(visit(n)) for n in range(OPEN_MAX + 1)]
    while len(shared.free) < OPEN_MAX:  # noqa: ASYNC110
        await asyncio.sleep(0)
    await asyncio.sleep(0.01)
    assert len(shared.free) == OPEN_MAX
    end.set()
    await asyncio.gather(*visits)
    assert len(shared.free) == OPEN_MAX + 1
