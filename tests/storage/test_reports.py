"""Reported mistakes: a queue without doubles, words told later, and what goes when a person or an answer goes."""

from datetime import timedelta

import pytest

from claims.comparison import Comparison
from storage.reports import AWAITED, OPEN, OPEN_MAX, TEXT_MAX
from storage.store import Store
from tests.factories import NOON
from tests.storage.comparisons import bridge_articles, make_comparison

ANNA, BORIS, CARLA = 5, 6, 7
CHANNEL = -(10**12) - 5


@pytest.fixture
async def answer(store: Store) -> str:
    return await store.save_comparison("https://quay.example/bridge", comparison(), made_at=NOON)


def comparison() -> Comparison:
    return make_comparison(*bridge_articles())


async def added(store: Store, person: int, answer: str, *, kind: str, row: str | None = None) -> int:
    made = await store.reports.add(person, person, answer, kind=kind, row=row, now=NOON)
    assert made is not None
    return made


async def test_reports_queue_up_oldest_first_until_an_admin_closes_them(store: Store, answer: str) -> None:
    first = await added(store, ANNA, answer, kind="speaker", row="r1")
    second = await added(store, BORIS, answer, kind="outlet")
    opened = await store.reports.open_reports()
    assert [(one.id, one.person, one.kind, one.row, one.state) for one in opened] == [
        (first, ANNA, "speaker", "r1", OPEN),
        (second, BORIS, "outlet", None, OPEN),
    ]
    assert await store.reports.close(first, "fixed", by=CARLA, now=NOON)
    assert not await store.reports.close(first, "rejected", by=CARLA, now=NOON)
    assert [one.id for one in await store.reports.open_reports()] == [second]
    closed = await store.reports.report(first)
    assert closed is not None
    assert closed.state == "fixed"


async def test_the_same_mistake_twice_is_one_while_it_is_open(store: Store, answer: str) -> None:
    first = await added(store, ANNA, answer, kind="speaker", row="r1")
    assert await store.reports.add(ANNA, ANNA, answer, kind="speaker", row="r1", now=NOON) == first
    others = [
        await store.reports.add(ANNA, ANNA, answer, kind="speaker", row="r2", now=NOON),
        await store.reports.add(ANNA, ANNA, answer, kind="joined", row="r1", now=NOON),
        await store.reports.add(BORIS, BORIS, answer, kind="speaker", row="r1", now=NOON),
    ]
    await store.reports.close(first, "rejected", by=CARLA, now=NOON)
    again = await store.reports.add(ANNA, ANNA, answer, kind="speaker", row="r1", now=NOON)
    assert len({first, again, *others}) == 5


async def test_own_words_come_later_and_only_from_who_was_asked(store: Store, answer: str) -> None:
    made = await store.reports.add(ANNA, CHANNEL, answer, kind="other", prompt=70, now=NOON) or 0
    assert await store.reports.open_reports() == []
    assert not await store.reports.tell(BORIS, CHANNEL, 70, "mine")
    assert not await store.reports.tell(ANNA, CHANNEL, 71, "elsewhere")
    awaited = await store.reports.report(made)
    assert awaited is not None
    assert awaited.state == AWAITED
    assert await store.reports.tell(ANNA, CHANNEL, 70, "x" * TEXT_MAX + "y")
    [opened] = await store.reports.open_reports()
    assert opened.text == "x" * TEXT_MAX


async def test_who_got_an_answer_is_each_chat_once(store: Store, answer: str) -> None:
    for chat, message in ((ANNA, 1), (ANNA, 2), (CHANNEL, 1)):
        await store.remember_message(chat, message, answer)
    other = await store.save_comparison("https://quay.example/ferry", comparison(), made_at=NOON)
    await store.remember_message(BORIS, 1, other)
    assert await store.reports.who_got(answer) == [CHANNEL, ANNA]


async def test_a_forgotten_persons_reports_are_gone(store: Store, answer: str) -> None:
    await store.reports.add(ANNA, CHANNEL, answer, kind="other", prompt=70, now=NOON)
    await store.reports.tell(ANNA, CHANNEL, 70, "wrong bridge")
    kept = await store.reports.add(BORIS, BORIS, answer, kind="outlet", now=NOON + timedelta(hours=1))
    traces = await store.chats.traces(ANNA)
    assert [(one.kind, one.text) for one in traces.reports] == [("other", "wrong bridge")]
    assert await store.chats.forget_person(ANNA) == 1
    assert [one.id for one in await store.reports.open_reports()] == [kept]
    assert (await store.chats.traces(ANNA)).reports == ()


async def test_nobody_floods_the_queue(store: Store, answer: str) -> None:
    made = [await store.reports.add(ANNA, ANNA, answer, kind="speaker", row=f"r{n}", now=NOON) for n in range(22)]
    assert made[OPEN_MAX:] == [None, None]
    assert None not in made[:OPEN_MAX]
    assert await store.reports.add(BORIS, BORIS, answer, kind="speaker", now=NOON) is not None
    await store.reports.close(made[0] or 0, "rejected", by=CARLA, now=NOON)
    assert await store.reports.add(ANNA, ANNA, answer, kind="outlet", now=NOON) is not None
