"""Each thing is sent once: claims, what became of them, broadcasts and their counts, on both databases."""

import asyncio
from datetime import timedelta

from storage.deliveries import Key, State, Told
from storage.store import Store
from tests.factories import NOON

MINUTE = timedelta(minutes=1)
KEY = Key(kind="digest", target=7, edition="2025-03-03T12")
CHANNEL = -1007
KINDS = ("digest", "alert")


async def subscribe(store: Store, chat: int, *, person: int) -> int:
    return await store.subscriptions.save(
        chat, person=person, title="", settings="{}", now=NOON, since=NOON, due=NOON + MINUTE
    )


async def test_of_many_that_claim_at_once_one_may_send(store: Store) -> None:
    claims = [store.deliveries.claim(KEY, CHANNEL, now=NOON) for _ in range(8)]
    assert sorted(await asyncio.gather(*claims)) == [False] * 7 + [True]


async def test_what_was_claimed_is_never_claimed_again_unless_released(store: Store) -> None:
    assert await store.deliveries.claim(KEY, CHANNEL, now=NOON)
    assert not await store.deliveries.claim(KEY, CHANNEL, now=NOON + 600 * MINUTE)
    await store.deliveries.release(KEY)
    assert await store.deliveries.claim(KEY, CHANNEL, now=NOON)
    await store.deliveries.settle(KEY, State.SENT, message=3)
    assert not await store.deliveries.claim(KEY, CHANNEL, now=NOON)
    assert await store.deliveries.state(KEY) is State.SENT


async def test_a_send_whose_end_nobody_saw_is_counted(store: Store) -> None:
    await store.deliveries.claim(KEY, CHANNEL, now=NOON)
    assert await store.deliveries.unknown(before=NOON) == (0, [])
    count, newest = await store.deliveries.unknown(before=NOON + MINUTE)
    assert (count, newest[0].key, newest[0].chat, newest[0].at) == (1, KEY, CHANNEL, NOON)
    await store.deliveries.settle(KEY, State.SENT)
    assert await store.deliveries.unknown(before=NOON + MINUTE) == (0, [])


async def test_what_may_have_arrived_counts_as_told(store: Store) -> None:
    others = [Key(kind=kind, target=target, edition="x") for kind, target in (("alert", 7), ("digest", 8))]
    for key, stories in ((KEY, "[1]"), (others[0], "[2]"), (others[1], "[3]")):
        await store.deliveries.claim(key, CHANNEL, now=NOON, stories=stories)
    assert sorted(one.stories for one in await store.deliveries.told(KINDS, 7, since=NOON)) == ["[1]", "[2]"]
    await store.deliveries.settle(KEY, State.REFUSED)
    assert await store.deliveries.told(KINDS, 7, since=NOON) == [Told(kind="alert", stories="[2]", at=NOON)]
    assert await store.deliveries.told(KINDS, 7, since=NOON + MINUTE) == []


async def test_a_broadcast_goes_to_each_person_once_and_to_no_channel(store: Store) -> None:
    for chat, person in ((5, 5), (CHANNEL, 5), (-1008, 6), (7, 7), (8, 8)):
        await subscribe(store, chat, person=person)
    await store.subscriptions.end(7, "blocked")
    await store.chats.close_chat(8, why="blocked", now=NOON)
    assert await store.deliveries.audience() == 2
    number = await store.deliveries.add_broadcast("Hello", 1, now=NOON)
    await subscribe(store, 9, person=9)  # later
    assert await store.deliveries.due_of(number, limit=9) == [5, 6]
    key = Key(kind="broadcast", target=5, edition=str(number))
    assert await store.deliveries.claim(key, 5, now=NOON)
    assert not await store.deliveries.claim(key, 5, now=NOON)
    counts, old = await store.deliveries.counts("broadcast", str(number), before=NOON + MINUTE)
    assert (counts, old) == ({State.DUE: 1, State.CLAIMED: 1}, 1)
    await store.deliveries.end_broadcast(number, now=NOON)
    assert await store.deliveries.due_of(number, limit=9) == []
    ended = await store.deliveries.broadcast(number)
    assert ended and (ended.text, ended.person, ended.ended_at) == ("Hello", 1, NOON)
