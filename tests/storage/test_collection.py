"""The collector's rows, on SQLite and PostgreSQL."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from claims.types import Article, Held
from storage.audit import By
from storage.collection import Item, OutletState, Source, State
from storage.store import Store
from tests.factories import make_article, make_outlet

NOW = datetime(2025, 3, 3, 18, tzinfo=UTC)
COURIER = make_outlet("The Harbour Courier")
TEXT = "The bridge over the harbour was closed on Monday after an inspection found cracks. " * 4


@pytest.fixture
async def store(store: Store) -> Store:
    await store.seed_outlets([COURIER, make_outlet("The Quay Post")])
    return store


def item(n: int, **fields: object) -> Item:
    made = Item(
        outlet=COURIER.key,
        url=f"https://www.harbourcourier.example/{n}",
        title=f"Story {n}",
        first_seen=NOW,
        due_at=NOW,
        published_at=NOW - timedelta(minutes=n),
    )
    return replace(made, **fields)  # type: ignore[arg-type]


def source(**fields: object) -> Source:
    made = Source(outlet=COURIER.key, url="https://www.harbourcourier.example/rss", due_at=NOW)
    return replace(made, **fields)  # type: ignore[arg-type]


def article(of: Item, text: str = TEXT) -> Article:
    return make_article(text, outlet=COURIER, url=of.url)


def held(of: Item) -> Item:
    return replace(of, state=State.HELD, due_at=NOW + timedelta(hours=1))


async def test_a_host_is_held_by_one_visitor_and_free_again_when_left_or_when_the_time_is_over(store: Store) -> None:
    rows, until = store.collection, NOW + timedelta(seconds=10)
    taken = await asyncio.gather(*(rows.take_host("a.example", now=NOW, until=until) for _ in range(5)))
    assert sorted(taken, key=str) == sorted([None, until, until, until, until], key=str)
    await rows.leave_host("a.example", until=until, free_at=NOW + timedelta(seconds=2))
    assert await rows.take_host("a.example", now=NOW + timedelta(seconds=1), until=until) == NOW + timedelta(seconds=2)
    assert await rows.take_host("a.example", now=NOW + timedelta(seconds=2), until=until) is None
    assert await rows.take_host("a.example", now=until, until=NOW + timedelta(seconds=20)) is None
    assert await rows.take_host("b.example", now=NOW, until=until) is None


async def test_a_visitor_whose_time_was_over_does_not_let_others_in_to_the_next_one(store: Store) -> None:
    rows, until = store.collection, NOW + timedelta(seconds=10)
    assert await rows.take_host("a.example", now=NOW, until=until) is None
    assert await rows.take_host("a.example", now=until, until=until + timedelta(seconds=10)) is None
    await rows.leave_host("a.example", until=until, free_at=until + timedelta(seconds=1))
    assert await rows.take_host("a.example", now=until + timedelta(seconds=2), until=until) == until + timedelta(
        seconds=10
    )


async def test_a_sources_state_and_what_it_listed_are_kept_together_and_known_items_stay(store: Store) -> None:
    rows = store.collection
    await rows.add_sources([source()])
    listed = [item(1, guid="one"), item(2), item(2, title="The same again")]
    new = await rows.unknown(COURIER.key, listed)
    assert [found.url for found in new] == [item(1).url, item(2).url]
    await rows.save_source(source(etag='"x"', due_at=NOW + timedelta(hours=1), fast=0.5), new)
    (kept,) = await rows.sources(COURIER.key)
    assert (kept.etag, kept.fast) == ('"x"', 0.5)
    again = [item(1), item(3, guid="one"), item(4)]
    assert [found.url for found in await rows.unknown(COURIER.key, again)] == [item(4).url]
    await rows.add_sources([source()])
    assert (await rows.sources(COURIER.key))[0].etag == '"x"'
    assert await rows.due_source(COURIER.key, now=NOW) is None
    assert await rows.due_source(COURIER.key, now=NOW + timedelta(hours=1)) == kept


async def test_new_items_come_before_those_to_be_read_again(store: Store) -> None:
    rows = store.collection
    await rows.add_sources([source()])
    again, later, new = item(1), item(2, due_at=NOW + timedelta(hours=1)), item(3)
    await rows.save_source(source(due_at=NOW + timedelta(days=1)), [again, later, new])
    await rows.keep(replace(again, state=State.HELD), article(again), fetched_at=NOW)
    first = await rows.due_item(COURIER.key, now=NOW)
    assert first and first.url == new.url
    await rows.save_item(replace(first, state=State.GONE, due_at=None, error="no page"))
    second = await rows.due_item(COURIER.key, now=NOW)
    assert second and second.url == again.url
    await rows.save_item(replace(second, due_at=NOW + timedelta(hours=2)))
    assert await rows.due_item(COURIER.key, now=NOW) is None
    assert await rows.next_due(COURIER.key) == later.due_at
    assert await rows.counts() == {State.HELD: 1, State.NEW: 1, State.GONE: 1}


async def test_of_pages_to_be_read_again_one_that_could_not_be_read_does_not_wait_behind_all(store: Store) -> None:
    rows = store.collection
    await rows.add_sources([source()])
    waiting, failed = item(1, due_at=NOW - timedelta(minutes=5)), item(2, due_at=NOW - timedelta(minutes=1))
    await rows.save_source(source(due_at=NOW + timedelta(days=1)), [waiting, failed])
    for one, tries in ((waiting, 0), (failed, 1)):
        await rows.save_item(replace(one, state=State.HELD, tries=tries))
    first = await rows.due_item(COURIER.key, now=NOW)
    assert first and first.url == failed.url
    assert await rows.due_item(COURIER.key, now=NOW - timedelta(minutes=2)) == replace(waiting, state=State.HELD)


async def test_an_article_is_kept_with_its_item_once_by_address_and_by_text(store: Store) -> None:
    rows = store.collection
    await rows.add_sources([source()])
    first, same_page, same_text, other = item(1), item(2), item(3), item(4)
    await rows.save_source(source(), [first, same_page, same_text, other])
    later = NOW + timedelta(hours=1)
    assert await rows.keep(held(first), article(first), fetched_at=NOW)
    kept = await rows.due_item(COURIER.key, now=later)
    while kept and kept.url != first.url:
        await rows.save_item(replace(kept, due_at=later + timedelta(hours=1)))
        kept = await rows.due_item(COURIER.key, now=later)
    assert kept and kept.version == article(first).version
    for double, page in ((same_page, article(first)), (same_text, article(same_text))):
        assert not await rows.keep(held(double), page, fetched_at=NOW)
    assert await rows.counts() == {State.HELD: 1, State.DOUBLE: 2, State.NEW: 1}
    assert await store.latest(same_text.url) is None
    assert await rows.keep(held(other), article(other, TEXT + "More."), fetched_at=NOW)
    assert not await rows.keep(kept, article(first), fetched_at=later)
    assert await rows.keep(kept, article(first, TEXT + "Late."), fetched_at=later)
    assert len(await store.versions(first.url)) == 2


async def test_a_readers_paste_does_not_make_the_outlets_own_article_a_double(store: Store) -> None:
    rows = store.collection
    await rows.add_sources([source()])
    await rows.save_source(source(), [item(1)])
    pasted = replace(article(item(1)), url="text:0", held=Held.READER_COPY)
    await store.save_article(pasted, fetched_at=NOW)
    assert await rows.keep(held(item(1)), article(item(1)), fetched_at=NOW)
    assert await rows.counts() == {State.HELD: 1}


async def test_an_article_that_has_not_changed_is_seen_again(store: Store) -> None:
    rows, later = store.collection, NOW + timedelta(hours=1)
    await rows.add_sources([source()])
    await rows.save_source(source(), [item(1)])
    await rows.keep(held(item(1)), article(item(1)), fetched_at=NOW)
    again = await rows.due_item(COURIER.key, now=later)
    assert again
    await rows.save_item(replace(again, due_at=None), seen_at=later)
    found = await store.latest(item(1).url)
    assert found and found[1] == later


async def test_sources_are_dropped_and_what_they_listed_stays(store: Store) -> None:
    rows, other = store.collection, source(url="https://www.harbourcourier.example/old")
    await rows.add_sources([source(), other])
    await rows.save_source(other, [item(1)])
    await rows.drop_sources([other])
    assert [kept.url for kept in await rows.sources(COURIER.key)] == [source().url]
    assert await rows.counts() == {State.NEW: 1}


async def test_a_story_is_live_once_a_second_outlet_tells_it(store: Store) -> None:
    rows = store.collection
    await rows.add_sources([source()])
    mine, alone = item(1), item(2)
    await rows.save_source(source(), [mine, alone])
    other = make_article(TEXT + "So the Post.", outlet=make_outlet("The Quay Post"))
    await store.save_article(other, fetched_at=NOW)
    await rows.keep(held(mine), article(mine), fetched_at=NOW)
    await rows.keep(held(alone), article(alone, "Something else. " * 20), fetched_at=NOW)
    await store.stories.place(mine.url, {other.url: 0.5}, at=NOW)
    await store.stories.place(other.url, {mine.url: 0.5}, at=NOW)
    assert await rows.is_live(mine)
    assert not await rows.is_live(alone)


async def test_outlets_in_trouble_come_first_and_those_switched_off_are_not_followed(store: Store) -> None:
    rows = store.collection
    assert [outlet.key for outlet in await rows.outlets()] == ["harbourcourier", "quaypost"]
    well, bad = OutletState(outlet="harbourcourier", read_at=NOW), OutletState(outlet="quaypost", failures=5)
    await rows.save_state(well)
    await rows.save_state(replace(bad, failures=1))
    await rows.save_state(replace(bad, open_until=NOW, error="The host answers with an error."))
    assert [state.outlet for state in await rows.states()] == ["quaypost", "harbourcourier"]
    assert (await rows.state("quaypost")).failures == 5
    await store.admin.switch_outlet("quaypost", active=False, by=By(1, NOW))
    assert [outlet.key for outlet in await rows.outlets()] == ["harbourcourier"]
    assert await rows.outlet("quaypost") is None


async def test_an_outlet_whose_page_was_met_is_followed_and_a_pasted_texts_is_not(store: Store) -> None:
    met = make_outlet("The Lock Gazette")
    await store.save_article(make_article(TEXT, outlet=met), fetched_at=NOW)
    await store.save_article(make_article(TEXT, outlet=make_outlet("You"), url="text:0"), fetched_at=NOW)
    assert [outlet.key for outlet in await store.collection.outlets()] == ["harbourcourier", "lockgazette", "quaypost"]


async def test_old_items_with_nothing_left_to_do_are_forgotten(store: Store) -> None:
    rows = store.collection
    await rows.add_sources([source()])
    old, busy, young = item(1, due_at=None), item(2), item(3, due_at=None, first_seen=NOW + timedelta(days=1))
    await rows.save_source(source(), [old, busy, young])
    assert await rows.forget(before=NOW + timedelta(hours=1)) == 1
    assert [found.url for found in await rows.unknown(COURIER.key, [old, busy, young])] == [old.url]
