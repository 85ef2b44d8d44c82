"""The walk of the collector on the news web: a day is played by moving the clock from one due time to the next."""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from claims.changes import changes
from claims.types import Held
from newsroom.collector import Collector
from newsroom.desk import Desk
from newsroom.intake import Query
from newsroom.schedule import BREAK_AFTER
from scrapers.outlets import Outlets
from scrapers.web import WebOptions, open_web
from storage.audit import By
from storage.collection import Item, Source, State
from storage.store import Store, open_store
from tests.news_web import news_web

NOW = datetime(2025, 3, 3, 18, tzinfo=UTC)
SHORTEST = timedelta(seconds=20)
#: the news web's outlets: two that the registry knows by other addresses, one that it does not know and that lists
#: feeds on its home page, one with its feed in its row
KEYS = ("reuters", "the-guardian", "kuestenblatt", "vestnik")
OWN = Outlets.of_rows(
    [
        {"key": "kuestenblatt", "name": "Küstenblatt", "domains": ["kuestenblatt.example"]},
        {
            "key": "vestnik",
            "name": "Вестник",
            "domains": ["vestnik.example"],
            "feeds": ["https://www.vestnik.example/rss.xml"],
        },
    ]
)


class Played:
    """A collector with a clock of its own and nobody waiting between two visits."""

    def __init__(self, world: Any, store: Store, outlets: Outlets, web: Any) -> None:
        self.world, self.store, self.web, self.outlets, self.now = world, store, web, outlets, NOW
        self.collector = self.restarted()

    def restarted(self) -> Collector:
        return Collector(web=self.web, store=self.store, now=lambda: self.now, chance=lambda: 0.0, shortest=SHORTEST)

    async def play(self, *, rounds: int = 1, every: timedelta = SHORTEST * 3, keys: Sequence[str] = KEYS) -> None:
        """Each outlet is visited when it is due, the clock going on after each round."""
        for _ in range(rounds):
            for key in keys:
                await self.collector.visit(key)
            self.now += every

    def pages(self, outlet: str = "") -> list[str]:
        """The articles that an outlet, or all, have published by now."""
        return sorted(page.url for page in self.world.articles if page.published <= NOW and outlet in page.url)

    async def held(self, held: Held = Held.FULL) -> list[str]:
        latest = [(url, await self.store.latest(url)) for url in self.pages()]
        return [url for url, found in latest if found and found[0].held is held]

    async def asked(self, host: str = "") -> Counter[str]:
        """How often each address was asked for so far, robots.txt left out."""
        hosts = (await self.world.stats())["hosts"]
        return Counter(
            {
                f"{name}{path}": sum(int(n) for n in statuses.values())
                for name, told in hosts.items()
                if host in name
                for path, statuses in told["paths"].items()
                if path != "/robots.txt"
            }
        )


@pytest.fixture
async def played(shared: Path, store_url: str) -> AsyncIterator[Played]:
    async def sleep(seconds: float) -> None:
        pass

    outlets = Outlets.load().with_outlets(OWN.all)
    async with news_web(None, now=NOW.isoformat()) as world, open_store(store_url) as store:
        await store.seed_outlets([outlet for outlet in outlets.all if outlet.key in KEYS])
        options = WebOptions(egress_proxy=world.proxy, ca_file=world.ca_path, pause_s=0.0)
        async with open_web(options, outlets, now=lambda: NOW, sleep=sleep) as web:
            yield Played(world, store, outlets, web)


async def test_what_outlets_publish_is_kept_once_wherever_they_list_it(
    played: Played,
) -> None:
    await played.play(rounds=4)
    assert await played.held() == played.pages()
    asked = await played.asked()
    for url in played.pages():
        assert asked[url.removeprefix("https://")] >= 1, url
        assert len(await played.store.versions(url)) == 1
    assert (await played.store.collection.counts()) == {State.HELD: len(played.pages())}
    assert (await played.world.stats())["traps"] == []


@pytest.mark.parametrize("key", ["vestnik"])
async def test_within_its_interval_nothing_is_asked_for_again(played: Played, key: str) -> None:
    await played.play(rounds=3)
    due = await played.collector.visit(key)
    before = await played.asked()
    assert due >= played.now + SHORTEST
    played.now = due - timedelta(seconds=1)
    assert await played.restarted().visit(key) == due
    assert await played.asked() == before
    played.now = due
    assert await played.restarted().visit(key) > due
    assert await played.asked() != before


async def test_a_source_and_a_page_are_asked_whether_they_have_changed(played: Played) -> None:
    await played.play(keys=["vestnik"], rounds=8)
    stats = await played.world.stats()
    answers = stats["hosts"]["www.vestnik.example"]["paths"]
    assert answers["/rss.xml"]["200"] == 1
    assert answers["/rss.xml"]["304"] >= 2
    page = next(path for path in answers if "northfield" in path)
    read = await played.store.latest(f"https://www.vestnik.example{page}")
    assert read and read[1] > NOW + SHORTEST * 3, "seen again"
    assert answers[page]["200"] == 1
    assert answers[page]["304"] >= 1


@pytest.mark.parametrize("step", [1, 4, 9])
async def test_killed_in_the_middle_nothing_is_lost_and_nothing_kept_twice(played: Played, step: int) -> None:
    visit = asyncio.create_task(played.collector.visit("kuestenblatt"))
    async with asyncio.timeout(10):
        while not visit.done() and (await played.asked("kuestenblatt")).total() < step:  # noqa: ASYNC110
            await asyncio.sleep(0.001)
    visit.cancel()
    await asyncio.gather(visit, return_exceptions=True)
    before = await played.asked("kuestenblatt")
    played.collector = played.restarted()
    played.now += timedelta(minutes=10) if step == 1 else timedelta()  # it was looking for feeds
    await played.collector.visit("kuestenblatt")
    asked = await played.asked("kuestenblatt")
    assert [url for url in before if asked[url] > 1 and not url.endswith("/")] == [], "asked for twice in its interval"
    await played.play(keys=["kuestenblatt"], rounds=4)
    assert [url for url in await played.held() if "kuestenblatt" in url] == played.pages("kuestenblatt")
    assert all([len(await played.store.versions(url)) == 1 for url in played.pages("kuestenblatt")])


async def test_of_a_closed_page_headline_and_summary_are_kept_until_it_opens(played: Played) -> None:
    played.world.set_faults({"kind": "status", "status": 403, "url": "https://www.vestnik.example/2025/*"})
    await played.play(keys=["vestnik"], rounds=3)
    closed = [url for url in await played.held(Held.HEADLINE) if "vestnik" in url]
    assert closed == played.pages("vestnik")
    article, _ = await played.store.latest(closed[0]) or pytest.fail("not kept")
    assert "Port Ellery" in article.title
    assert article.text.startswith(article.title)
    played.world.set_faults([])
    await played.play(keys=["vestnik"], rounds=3, every=timedelta(minutes=20))
    assert [url for url in await played.held() if "vestnik" in url] == closed


async def test_a_page_that_fails_for_a_while_is_kept_later(played: Played) -> None:
    played.world.set_faults({"kind": "status", "status": 500, "url": "https://www.vestnik.example/2025/*", "times": 3})
    await played.play(keys=["vestnik"], rounds=6)
    assert [url for url in await played.held() if "vestnik" in url] == played.pages("vestnik")


async def test_what_an_outlet_changes_is_a_new_version_marked_or_not(
    played: Played, caplog: pytest.LogCaptureFixture
) -> None:
    await played.play(keys=["kuestenblatt"], rounds=3)
    silent, marked = played.pages("kuestenblatt")
    was = "Reuters first reported the bridge repairs last week, citing two people familiar with the matter."
    played.world.edit(silent, 3, was.replace("two people", "three people"))
    played.world.edit(marked, 1, "“We are sure,” Anna Vale said.", note="An earlier version misquoted Ms Vale.")
    with caplog.at_level(logging.INFO, logger="newsroom.collector"):
        await played.play(keys=["kuestenblatt"], rounds=6)
    for url, owned_up in ((silent, False), (marked, True)):
        versions = [article for article, _ in await played.store.versions(url)]
        assert len(versions) == 2
        (change,) = changes(versions)
        assert change.marked is owned_up
        assert f"{'marked' if owned_up else 'unmarked'} change in" in caplog.text
    (change,) = changes([article for article, _ in await played.store.versions(silent)])
    assert [(old, new) for *_, old, new in change.spans] == [("two", "three")]


async def test_articles_are_read_again_ever_more_seldom_and_not_after_three_days(played: Played) -> None:
    await played.play(keys=["vestnik"], rounds=3)
    page = played.pages("vestnik")[0].removeprefix("https://")
    asked = []
    for _ in range(5):
        before = (await played.asked())[page]
        await played.play(keys=["vestnik"], rounds=10, every=timedelta(minutes=3))
        asked.append((await played.asked())[page] - before)
    assert asked[0] > asked[-1]
    played.now += timedelta(days=4)
    await played.play(keys=["vestnik"], rounds=2, every=timedelta(hours=1))
    before = (await played.asked())[page]
    await played.play(keys=["vestnik"], rounds=5, every=timedelta(days=1))
    assert (await played.asked())[page] == before


async def test_one_text_at_two_addresses_of_an_outlet_is_kept_once(played: Played) -> None:
    original = next(page for page in played.world.articles if page.url == played.pages("vestnik")[0])
    played.world.publish(
        {
            "outlet": "Вестник",
            "domain": "vestnik.example",
            "url": "https://www.vestnik.example/print/bridge",
            "title": original.title,
            "paragraphs": original.paragraphs,
            "published": (NOW - timedelta(hours=1)).isoformat(),
        }
    )
    await played.play(keys=["vestnik"], rounds=3)
    kept = [await played.store.latest(url) for url in (original.url, "https://www.vestnik.example/print/bridge")]
    assert sum(found is not None for found in kept) == 1
    assert (await played.store.collection.counts())[State.DOUBLE] == 1


async def test_guids_that_all_items_share_hide_none_of_them(played: Played) -> None:
    played.world.set_faults({"kind": "duplicate-guids", "url": "https://www.vestnik.example/rss.xml"})
    await played.play(keys=["vestnik"], rounds=3)
    assert [url for url in await played.held() if "vestnik" in url] == played.pages("vestnik")


async def test_an_outlet_in_trouble_is_left_alone_and_comes_back(played: Played) -> None:
    rows = played.store.collection
    await played.play(keys=["vestnik"], rounds=2)
    played.world.set_faults({"kind": "status", "status": 503, "host": "vestnik.example"})
    await played.play(keys=["vestnik"], rounds=12)
    state = await rows.state("vestnik")
    assert state.open_until is not None and state.open_until > played.now
    assert "status 503" in (state.error or "")
    assert next(iter(await rows.states())).outlet == "vestnik"
    before = await played.asked("vestnik")
    assert await played.collector.visit("vestnik") == state.open_until
    assert await played.asked("vestnik") == before
    played.world.set_faults([])
    played.now = state.open_until
    await played.play(keys=["vestnik"], rounds=6, every=timedelta(minutes=5))
    assert (await rows.state("vestnik")).open_until is None


async def test_an_outlet_that_is_switched_off_is_not_visited(played: Played) -> None:
    await played.collector.roster("all")
    await played.store.admin.switch_outlet("vestnik", active=False, by=By(1, NOW))
    await played.play(rounds=2)
    assert await played.asked("vestnik") == Counter()


async def test_one_failure_of_the_only_feed_adds_no_sources_and_many_do(played: Played) -> None:
    rows = played.store.collection
    played.world.set_faults({"kind": "status", "status": 500, "url": "https://www.vestnik.example/rss.xml"})
    await played.play(keys=["vestnik"], rounds=2)
    (feed,) = await rows.sources("vestnik")
    assert feed.failures
    assert "vestnik.example/" not in await played.asked("vestnik"), "the home page, for other feeds"
    await rows.save_source(replace(feed, failures=BREAK_AFTER))
    await played.play(keys=["vestnik"], rounds=1)
    assert "vestnik.example/" in await played.asked("vestnik")


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "status", "status": 500},
        {"kind": "status", "status": 429},
        {"kind": "status", "status": 404},
        {"kind": "truncated-gzip"},
        {"kind": "redirect-loop"},
        {"kind": "ssrf"},
        {"kind": "replace", "text": "<html><head><title>Back soon</title></head><body>Back soon.</body></html>"},
    ],
    ids=lambda fault: str(fault.get("status", fault["kind"])),
)
@pytest.mark.parametrize("key", ["kuestenblatt"])
async def test_feeds_are_looked_for_again_soon_where_the_home_page_did_not_give_them(
    played: Played, fault: dict[str, Any], key: str
) -> None:
    """It gives them at the third look; nothing but the search is due, and it is not forgotten over a kill."""
    home = "https://www.kuestenblatt.example/"
    robots = {"kind": "replace", "content_type": "text/plain", "text": "", "url": f"*{key}.example/robots.txt"}
    played.world.set_faults([robots, fault | {"url": home, "times": 2}])
    for _ in range(3):
        due = await played.collector.visit(key)
        if await played.store.collection.sources(key):
            break
        assert SHORTEST <= due - played.now <= SHORTEST * 2
        played.now, played.collector = due, played.restarted()
    assert await played.store.collection.sources(key)
    await played.play(keys=[key], rounds=4)
    assert [url for url in await played.held() if key in url] == played.pages(key)


async def test_where_the_listed_feed_fails_the_search_does_not_wait_for_its_next_turn(played: Played) -> None:
    rows = played.store.collection
    late = played.now + timedelta(hours=3)
    dead = Source(outlet="vestnik", url="https://www.vestnik.example/rss.xml", due_at=late, failures=BREAK_AFTER)
    await rows.add_sources([dead])
    robots = {"kind": "replace", "content_type": "text/plain", "text": "", "url": "*vestnik.example/robots.txt"}
    home = {"kind": "status", "status": 500, "url": "https://www.vestnik.example/", "times": 1}
    played.world.set_faults([robots, home])
    played.now = await played.collector.visit("vestnik")
    assert played.now <= NOW + SHORTEST * 2
    await played.collector.visit("vestnik")
    assert (await played.asked())["www.vestnik.example/"] == 2


async def test_the_sitemap_of_a_site_whose_home_page_fails_is_read(played: Played) -> None:
    played.world.set_faults({"kind": "status", "status": 500, "url": "https://www.kuestenblatt.example/"})
    await played.play(keys=["kuestenblatt"], rounds=4)
    (source,) = await played.store.collection.sources("kuestenblatt")
    assert "news-sitemap" in source.url
    recent = [url for url in played.pages("kuestenblatt") if "/03/03/" in url]  # it lists two days
    assert [url for url in await played.held() if "kuestenblatt" in url] == recent


async def test_a_source_that_is_found_late_loses_nothing_of_the_last_hours(played: Played) -> None:
    for n in range(60):
        told = [
            f"The {n}th ferry of the day left the inner harbour of Holm at {n} past, as it always does.",
            "So it was.",
        ]
        played.world.publish(
            {
                "outlet": "Вестник",
                "domain": "vestnik.example",
                "url": f"https://www.vestnik.example/ferry-{n}",
                "title": f"Ferry {n} leaves Holm",
                "paragraphs": told * 3,
                "published": (NOW - timedelta(minutes=n)).isoformat(),
            }
        )
    sitemap = Source(outlet="vestnik", url="https://www.vestnik.example/news-sitemap.xml", due_at=NOW, found=True)
    await played.store.collection.add_sources([sitemap])
    played.world.set_faults({"kind": "status", "status": 500, "url": "https://www.vestnik.example/rss.xml"})
    await played.play(keys=["vestnik"], rounds=4)
    assert len([url for url in await played.held() if "/ferry-" in url]) == 60


async def test_a_feed_that_the_registry_has_taken_out_is_asked_no_more(played: Played) -> None:
    rows = played.store.collection
    await rows.add_sources([Source(outlet="vestnik", url="https://www.vestnik.example/old.xml", due_at=NOW)])
    await rows.add_sources([Source(outlet="vestnik", url="https://www.vestnik.example/f.xml", due_at=NOW, found=True)])
    await played.play(keys=["vestnik"])
    kept = [source.url.rpartition("/")[2] for source in await rows.sources("vestnik")]
    assert kept == ["f.xml", "rss.xml"]
    assert "www.vestnik.example/old.xml" not in await played.asked("vestnik")


async def test_articles_of_one_story_that_come_at_once_see_each_other(played: Played) -> None:
    tram = [url for key in ("kuestenblatt", "vestnik") for url in played.pages(key) if "tram" in url]
    await played.play(keys=["kuestenblatt", "vestnik"])
    waiting = await played.store.stories.waiting(limit=99)
    assert {*tram} <= {article.url for article in waiting}
    matchers = [played.restarted().matcher for _ in waiting]
    await asyncio.gather(*(matcher.place(article) for matcher, article in zip(matchers, waiting, strict=True)))
    for url in tram:
        item = Item(outlet="", url=url, title="", first_seen=NOW, due_at=None)
        assert await played.store.collection.is_live(item), url


async def test_a_filled_store_answers_without_any_search(played: Played) -> None:
    three = KEYS[:3]
    await played.play(rounds=4, keys=three)
    desk = Desk(web=played.web, store=played.store, outlets=played.outlets, now=lambda: played.now)
    before = await played.asked()
    lead = next(url for url in played.pages("reuters") if "tram" in url)
    answer = await desk.answer(Query(link=lead))
    assert {article.outlet.key for article in answer.comparison.articles} == set(three)
    assert set(await played.asked() - before) <= {lead.removeprefix("https://")}
