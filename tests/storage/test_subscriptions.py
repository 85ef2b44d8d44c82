"""Digests, walks, places and followed stories on both databases: kept, moved, ended, erased."""

from dataclasses import replace
from datetime import timedelta

from claims.types import Article
from storage.deliveries import Key
from storage.store import Store
from storage.subscriptions import ACTIVE, ENDED, PAUSED, Walk
from tests.factories import NOON, make_article

ANNA, BORIS, CHANNEL, GROUP, SUPERGROUP = 5, 6, -1007, -42, -10042
HOUR = timedelta(hours=1)
BRIDGE = make_article("The bridge is closed.", outlet="Quay Post", url="https://quaypost.example/bridge")


async def subscribed(store: Store, chat: int, person: int = ANNA) -> int:
    return await store.subscriptions.save(
        chat, person=person, title="Harbour", settings="{}", now=NOON, since=NOON - HOUR, due=NOON + HOUR
    )


async def due(store: Store, kind: str, *, hours: int) -> list[str]:
    return await store.jobs.take(kind, "me", now=NOON + hours * HOUR, until=NOON + hours * HOUR, limit=10)


async def test_a_digest_has_a_job_for_as_long_as_it_runs(store: Store) -> None:
    number = await subscribed(store, CHANNEL)
    assert await due(store, "digest", hours=0) == []
    assert await due(store, "digest", hours=1) == [str(number)]
    await store.subscriptions.pause(number)
    assert await due(store, "digest", hours=9) == []
    await store.subscriptions.resume(number, due=NOON + 2 * HOUR)
    assert await due(store, "digest", hours=1) == []
    assert await due(store, "digest", hours=2) == [str(number)]
    await store.subscriptions.erase(number)
    assert await due(store, "digest", hours=9) == []
    assert await store.subscriptions.of_chat(CHANNEL) is None


async def test_saved_again_a_digest_keeps_its_number_and_its_past(store: Store) -> None:
    number = await subscribed(store, CHANNEL)
    again = await store.subscriptions.save(
        CHANNEL, person=BORIS, title="Quay", settings='{"length": 3}', now=NOON + HOUR, since=NOON, due=NOON
    )
    found = await store.subscriptions.of_chat(CHANNEL)
    assert again == number and found
    assert (found.person, found.title, found.settings) == (BORIS, "Quay", '{"length": 3}')
    assert (found.since, found.made_at) == (NOON - HOUR, NOON)


async def test_a_closed_chat_ends_once(store: Store) -> None:
    await subscribed(store, CHANNEL)
    ended = await store.subscriptions.end(CHANNEL, "kicked")
    assert ended and ended.person == ANNA
    assert await store.subscriptions.end(CHANNEL, "kicked") is None
    found = await store.subscriptions.of_chat(CHANNEL)
    assert found and (found.state, found.ended_why) == (ENDED, "kicked")
    assert await store.subscriptions.active(after=0, limit=9) == []


async def test_a_group_moves_with_its_digest_once(store: Store) -> None:
    number = await subscribed(store, GROUP)
    await store.subscriptions.met(GROUP, title="Harbour", person=ANNA, now=NOON)
    for _ in range(2):
        await store.subscriptions.move(GROUP, SUPERGROUP)
    found = await store.subscriptions.of_chat(SUPERGROUP)
    assert found and found.id == number
    assert await store.subscriptions.places_of(ANNA, limit=9) == [(SUPERGROUP, "Harbour")]


async def test_places_are_those_of_the_person_who_let_the_bot_in(store: Store) -> None:
    await store.subscriptions.met(CHANNEL, title="Old name", person=ANNA, now=NOON)
    await store.subscriptions.met(CHANNEL, title="Harbour", person=ANNA, now=NOON + HOUR)
    await store.subscriptions.met(GROUP, title="Quay", person=BORIS, now=NOON)
    assert await store.subscriptions.places_of(ANNA, limit=9) == [(CHANNEL, "Harbour")]
    await store.subscriptions.left(CHANNEL)
    assert await store.subscriptions.places_of(ANNA, limit=9) == []


async def test_a_walk_is_gone_on_with_where_it_was(store: Store) -> None:
    walk = Walk(person=ANNA, step="hours", settings="{}", at=NOON, title="Harbour", chat_id=CHANNEL, message_id=9)
    await store.subscriptions.save_walk(walk)
    await store.subscriptions.save_walk(replace(walk, step="zone"))
    assert await store.subscriptions.walk(ANNA) == replace(walk, step="zone")
    await store.subscriptions.end_walk(ANNA)
    assert await store.subscriptions.walk(ANNA) is None


async def follow(store: Store, chat: int, article: Article) -> int | None:
    return await store.subscriptions.follow(
        chat,
        store.story_pool.key_of(article.url),
        title=article.title,
        every_h=3,
        seen="{}",
        now=NOON,
        due=NOON + 3 * HOUR,
    )


async def test_a_story_is_followed_once_and_stopped_by_its_chat_alone(store: Store) -> None:
    assert await follow(store, ANNA, BRIDGE) is None  # nothing of it is kept
    await store.save_article(BRIDGE, fetched_at=NOON)
    number = await follow(store, ANNA, BRIDGE)
    assert number is not None and await follow(store, ANNA, BRIDGE) == number
    assert await due(store, "follow", hours=3) == [str(number)]
    assert await store.subscriptions.unfollow(BORIS, number) is None
    ended = await store.subscriptions.unfollow(ANNA, number)
    assert ended and ended.title == BRIDGE.title
    assert await due(store, "follow", hours=99) == []
    assert await store.subscriptions.follows_of(ANNA) == []


async def test_a_person_is_forgotten_with_all_that_was_set_up(store: Store) -> None:
    await store.save_article(BRIDGE, fetched_at=NOON)
    number = await subscribed(store, CHANNEL)
    await subscribed(store, ANNA)
    other = await subscribed(store, BORIS, BORIS)
    await follow(store, ANNA, BRIDGE)
    await store.subscriptions.met(CHANNEL, title="Harbour", person=ANNA, now=NOON)
    await store.subscriptions.save_walk(Walk(person=ANNA, step="hours", settings="{}", at=NOON))
    key = Key(kind="digest", target=number, edition="2025-03-03T12")
    await store.deliveries.claim(key, CHANNEL, now=NOON)
    assert await store.subscriptions.forget_person(ANNA) == 5
    assert await store.subscriptions.of_person(ANNA) == []
    assert await store.deliveries.state(key) is None
    assert await due(store, "digest", hours=9) == [str(other)]
    assert await store.subscriptions.forget_person(ANNA) == 0


async def test_active_digests_come_in_pages(store: Store) -> None:
    numbers = [await subscribed(store, chat) for chat in (ANNA, BORIS, CHANNEL)]
    await store.subscriptions.pause(numbers[1])
    page = await store.subscriptions.active(after=0, limit=1)
    rest = await store.subscriptions.active(after=page[-1].id, limit=9)
    assert [one.id for one in (*page, *rest)] == [numbers[0], numbers[2]]
    assert await store.subscriptions.counts() == {ACTIVE: 2, PAUSED: 1}
