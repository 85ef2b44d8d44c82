"""Outlets looked after from the chat, on the news web: how they do, added after a test, paused, slowed, taken down."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest

from bot import texts
from claims.errors import OutletRefused
from claims.types import Held
from newsroom.administration import Administration
from newsroom.desk import Desk
from newsroom.intake import Query
from newsroom.orders import Orders
from scrapers.outlets import Outlets
from scrapers.web import Web, WebOptions, open_web
from storage.collection import Item, Source, State
from storage.store import Store, open_store
from tests.bot.admin.staff import ADMIN, MODERATOR, labels
from tests.bot.loopback import StoryDesk, edited, running, sent
from tests.news_web import news_web

NOW = datetime(2025, 3, 3, 18, tzinfo=UTC)


@pytest.fixture
async def world(shared: Path) -> AsyncIterator[Any]:
    async with news_web(None, now=NOW.isoformat()) as running_world:
        yield running_world


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with open_store(f"sqlite:///{tmp_path}/bot.db") as opened:
        await opened.seed_outlets(Outlets.load().all)
        yield opened


@pytest.fixture
async def orders(store: Store) -> Orders:
    orders = Orders(store, owner=ADMIN)
    await orders.read()
    return orders


@pytest.fixture
async def web(world: Any, orders: Orders) -> AsyncIterator[Web]:
    options = WebOptions(egress_proxy=world.proxy, ca_file=world.ca_path, pause_s=0.0)
    async with open_web(options, Outlets.load(), now=lambda: NOW, orders=orders) as opened:
        yield opened


@pytest.fixture
def desk(store: Store, orders: Orders, web: Web) -> Desk:
    return Desk(web=web, store=store, outlets=Outlets.load(), now=lambda: NOW, orders=orders)


@pytest.fixture
def office(store: Store, orders: Orders, web: Web, desk: Desk) -> Administration:
    return Administration(store, orders, lambda: NOW, web=web, registry=Outlets.load(), desk=desk)


async def says(telegram: Any, text: str, *, user: int = ADMIN) -> Any:
    await telegram.people.send(user, text)
    return (await sent(telegram, user=user))[-1]


async def test_an_outlet_is_added_after_a_look_at_it(
    telegram: Any, world: Any, store: Store, desk: Desk, office: Administration
) -> None:
    host = next(one.host for one in world.outlets if "kuestenblatt" in one.host).removeprefix("www.")
    async with running(telegram, cast(StoryDesk, desk), office=office):
        tried = await says(telegram, f"/outlets add {host}")
        assert tried["text"].startswith(f"Test of {host}")
        assert " articles" in tried["text"]
        assert "Article read: " in tried["text"]
        assert labels(tried) == ["Add", "Not now"]
        assert host not in [one.key for one in await store.collection.outlets()]
        await telegram.people.press(ADMIN, text="Add")
        shown = await edited(telegram, "State: visited", user=ADMIN)
        assert "robots.txt: open" in shown["text"]
        again = await says(telegram, f"/outlets {host}")
        assert again["text"] == shown["text"]
    [added] = [one for one in await store.collection.outlets() if one.key == host]
    assert added.feeds
    [act] = await office.acts(limit=1)
    assert (act.who, act.act, act.what) == (ADMIN, "outlets.add", host)


async def test_what_cannot_be_added_is_said_plainly(
    telegram: Any, world: Any, desk: Desk, office: Administration
) -> None:
    async with running(telegram, cast(StoryDesk, desk), office=office):
        known = await says(telegram, "/outlets add www.reuters.com")
        nowhere = await says(telegram, "/outlets add nowhere.example")
        nonsense = await says(telegram, "/outlets add nonsense")
    assert "belongs to Reuters, which is known already" in known["text"]
    assert labels(nowhere) == []
    assert "is no domain" in nonsense["text"]


async def test_the_list_shows_how_scrapers_do(telegram: Any, store: Store, desk: Desk, office: Administration) -> None:
    link = "https://www.reuters.com/world/a"
    rows = store.collection
    await rows.add_sources([Source(outlet="reuters", url="https://www.reuters.com/feed", due_at=NOW)])
    listed = [
        Item(outlet="reuters", url=f"{link}{n}", title="A", first_seen=NOW, due_at=None, state=state)
        for n, state in enumerate((State.HELD, State.HELD, State.HELD, State.CLOSED))
    ]
    [source] = await rows.sources("reuters")
    await rows.save_source(source, listed)
    async with running(telegram, cast(StoryDesk, desk), office=office):
        shown = await says(telegram, "/outlets")
        assert "outlets, 0 resting after failures, 0 paused" in shown["text"]
        assert len(shown["text"]) < 1200
        assert labels(shown)[:8] == [str(n) for n in range(1, 9)]
        one = await says(telegram, "/outlets Reuters")
        assert "Read: 3 of 4 pages (75%)" in one["text"]
        assert "Closed to us: 1" in one["text"]
        assert "Last article: 03 Mar 18:00" in one["text"]
        assert "Feeds: 1, 0 failing" in one["text"]
        await telegram.people.press(ADMIN, text="Pause")
        await edited(telegram, "State: paused", user=ADMIN)
        assert "reuters" not in [each.key for each in await rows.outlets()]
        await telegram.people.press(ADMIN, text="Resume")
        await edited(telegram, "State: visited", user=ADMIN)
        await telegram.people.press(ADMIN, text="30 s")
        await edited(telegram, "Pause: 30 s", user=ADMIN)
        assert office.orders.pause_s("www.reuters.com") == 30
        assert office.orders.pause_s("www.reuters.example") == 0
        await says(telegram, "/outlets")
        await telegram.people.press(ADMIN, text="All as a file")
        [file] = await telegram.people.wait(ADMIN, kinds=["send"], timeout=15)
        assert file["media"]["file_name"] == "outlets.csv"
    acts = [(each.act, each.what, each.before, each.after) for each in await office.acts(limit=3)]
    assert acts == [
        ("outlets.limit", "reuters", None, "30.0"),
        ("outlets.pause", "reuters", "paused", "on"),
        ("outlets.pause", "reuters", "on", "paused"),
    ]


async def test_a_moderator_looks_and_changes_nothing(
    telegram: Any, store: Store, desk: Desk, office: Administration
) -> None:
    await office.grant(MODERATOR, "moderator", by=office.by(ADMIN))
    async with running(telegram, cast(StoryDesk, desk), office=office):
        shown = await says(telegram, "/outlets reuters", user=MODERATOR)
        assert labels(shown) == ["Outlets"]
        refused = await says(telegram, "/outlets pause reuters", user=MODERATOR)
    assert refused["text"] == str(texts.UNKNOWN_COMMAND)
    assert "reuters" in [one.key for one in await store.collection.outlets()]


async def test_a_takedown_erases_and_closes_for_good(
    telegram: Any, world: Any, store: Store, desk: Desk, office: Administration, web: Web
) -> None:
    page = next(one for one in world.articles if one.outlet.name == "The Guardian" and "tram" in one.title)
    other = next(one for one in world.articles if one.outlet.name == "Reuters" and "tram" in one.title)
    answer = await desk.answer(Query(link=other.url))
    host = "theguardian.com"
    assert any(host in article.url and article.held is Held.FULL for article in answer.comparison.articles)
    async with running(telegram, cast(StoryDesk, desk), office=office):
        asked = await says(telegram, f"/takedown {host}")
        assert asked["text"].startswith(f"Take down {host}?")
        assert "Answers erased: 1" in asked["text"]
        assert await desk.recall(answer.id) is not None
        await telegram.people.press(ADMIN, text="Take down")
        done = await edited(telegram, f"Taken down: {host}", user=ADMIN)
        assert "Answers erased: 1" in done["text"]
        assert host in (await says(telegram, "/takedown"))["text"]
        gone = await telegram.people.press(ADMIN, text="Take down") if "Take down" in labels(done) else None
    assert gone is None
    assert await desk.recall(answer.id) is None
    assert await store.latest(page.url) is None
    for article in answer.comparison.articles:
        if host in article.url:
            with pytest.raises(Exception, match="No text is held"):
                await store.article(article.version)

    before = await visits(world, host)
    with pytest.raises(OutletRefused, match="its publisher asked for that"):
        await web.article(page.url)
    with pytest.raises(OutletRefused):
        await web.article(f"https://web.archive.org/web/2025/{page.url}")
    later = await desk.answer(Query(link=other.url))
    assert not [one for one in later.comparison.articles if host in one.url]
    assert await visits(world, host) == before
    [act] = await office.acts(limit=1)
    assert (act.act, act.what, act.after) == ("takedown.confirm", host, "taken down")


async def test_a_link_alone_is_taken_down(
    telegram: Any, world: Any, store: Store, desk: Desk, office: Administration, web: Web
) -> None:
    pages = [one for one in world.articles if one.outlet.name == "Reuters" and one.published <= NOW]
    first, second = pages[:2]
    for page in (first, second):
        await store.save_article(await web.article(page.url), fetched_at=NOW)
    async with running(telegram, cast(StoryDesk, desk), office=office):
        asked = await says(telegram, f"/takedown {first.url}?utm_source=feed")
        assert "Texts erased: 1" in asked["text"]
        await telegram.people.press(ADMIN, text="Take down")
        await edited(telegram, "Taken down", user=ADMIN)
    assert await store.latest(first.url) is None
    assert await store.latest(second.url) is not None
    assert "reuters" in [one.key for one in await store.collection.outlets()]
    with pytest.raises(OutletRefused):
        await web.article(first.url.replace("https://", "http://") + "?utm_medium=x")
    assert (await web.article(second.url)).title


async def visits(world: Any, host: str) -> int:
    hosts = (await world.stats())["hosts"]
    return sum(
        sum(int(n) for n in statuses.values())
        for name, told in hosts.items()
        if name.endswith(host)
        for path, statuses in told["paths"].items()
        if path != "/robots.txt"
    )
