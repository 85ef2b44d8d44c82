"""Broadcasts, alerts, digests to private subscribers and followed stories, by the whole bot on Telegram's emulator."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from claims.digests import DigestSettings
from newsroom.inbox import Inbox
from storage.audit import By
from storage.deliveries import Key, State
from storage.store import Store, open_store
from storage.tables import jobs
from tests.bot.loopback import ANNA, BORIS, LINK, StoryDesk, edited, running, sent, until
from tests.bot.stories import MADE_AT, STORY
from tests.factories import make_article

CHANNEL = -1001007
HOUR = timedelta(hours=1)


@dataclass
class Clock:
    """Goes only when it is moved."""

    now: datetime = MADE_AT

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def desk(tmp_path: Path, clock: Clock) -> AsyncIterator[StoryDesk]:
    async with open_store(f"sqlite:///{tmp_path}/bot.db") as store:
        yield StoryDesk(store=store, inbox=Inbox(store, clock), now=clock)


@pytest.fixture
async def bot(telegram: Any, desk: StoryDesk) -> AsyncIterator[None]:
    for user in (ANNA, BORIS):
        await telegram.people.user(user, started=True)
    async with running(telegram, desk):
        yield


async def subscribe(desk: StoryDesk, chat: int, *, person: int | None = None, **settings: Any) -> int:
    now = desk.now()
    await desk.unasked.start(chat, person=person or chat, title="Harbour", settings=DigestSettings(**settings))
    found = await desk.store.subscriptions.of_chat(chat)
    assert found and found.made_at == now
    return found.id


async def seen_to(desk: StoryDesk) -> bool:
    """Whether no digest is due any more."""
    async with desk.store._database.reads() as connection:
        due = (await connection.execute(select(jobs.c.due_at).where(jobs.c.kind == "digest"))).scalars().all()
    return bool(due) and min(due) > desk.now()


async def tell(store: Store, at: datetime) -> None:
    """The outlets tell the story."""
    for article in STORY.articles:
        await store.save_article(replace(article, published_at=at), fetched_at=at)
    await store.save_comparison("bridge", STORY, made_at=at)


async def ended(desk: StoryDesk, number: int) -> bool:
    progress = await desk.broadcasts.progress(number)
    return progress is not None and progress.ended_at is not None


@pytest.mark.usefixtures("bot")
async def test_a_broadcast_reaches_people_once_and_tells_how_far_it_is(telegram: Any, desk: StoryDesk) -> None:
    for chat, person in ((ANNA, ANNA), (CHANNEL, BORIS), (7777, 7777)):
        await subscribe(desk, chat, person=person)
    number = await desk.broadcasts.start_broadcast("News <of> the bot & more", by=9)
    for user in (ANNA, BORIS):
        [message] = await sent(telegram, user=user)
        assert message["text"] == "News <of> the bot & more"

    await until(lambda: ended(desk, number))
    progress = await desk.broadcasts.progress(number)
    assert progress and (progress.total, progress.sent, progress.closed, progress.left) == (3, 2, 1, 0)
    assert not (await telegram.people.counts()).get(CHANNEL)
    gone = await desk.store.subscriptions.of_chat(7777)
    assert gone and gone.state == "ended"


async def test_a_broadcast_goes_on_after_a_kill_and_leaves_what_may_have_arrived(
    telegram: Any, desk: StoryDesk
) -> None:
    for user in (ANNA, BORIS):
        await telegram.people.user(user, started=True)
        await subscribe(desk, user)
    number = await desk.broadcasts.start_broadcast("News", by=9)
    key = Key(kind="broadcast", target=ANNA, edition=str(number))
    assert await desk.store.deliveries.claim(key, ANNA, now=desk.now())  # and killed
    async with running(telegram, desk):
        [message] = await sent(telegram, user=BORIS)
        assert message["text"] == "News"
        await until(lambda: ended(desk, number))
    progress = await desk.broadcasts.progress(number)
    assert progress and (progress.sent, progress.unknown, progress.left) == (1, 1, 0)
    assert not (await telegram.people.counts()).get(ANNA)


@pytest.mark.usefixtures("bot")
async def test_an_alert_comes_at_once_and_its_story_is_not_told_again(
    telegram: Any, desk: StoryDesk, clock: Clock
) -> None:
    await subscribe(desk, ANNA, alert_at=4, times=("20:00",))
    await subscribe(desk, BORIS, times=("20:00",), say_quiet=False)
    await tell(desk.store, clock.now)
    clock.now += timedelta(minutes=2)
    [alert] = await sent(telegram)
    assert alert["text"].startswith("5 outlets tell this now\n\nCouncil to shut old swing bridge")
    clock.now += 2 * HOUR
    [digest] = await sent(telegram, user=BORIS)
    assert "1. Council to shut old swing bridge" in digest["text"]
    [_, quiet] = await sent(telegram, 2)
    assert "A quiet day" in quiet["text"]


@pytest.mark.usefixtures("bot")
async def test_a_link_in_a_digest_opens_the_comparison(telegram: Any, desk: StoryDesk) -> None:
    answer_id = await desk.store.save_comparison("bridge", STORY, made_at=MADE_AT)
    await telegram.people.send(ANNA, f"/start a{answer_id}")
    [shown] = await sent(telegram)
    assert "Reported by 5 outlets" in shown["text"] and shown["buttons"]
    private = await desk.store.save_comparison("text:abc", STORY, made_at=MADE_AT)
    for unknown in (f"/start a{private}", "/start a99999", "/start axyz"):
        await telegram.people.send(ANNA, unknown)
        [gone] = await sent(telegram)
        assert gone["text"] == "This answer is no longer kept. Please send the link again."


@pytest.mark.usefixtures("bot")
async def test_a_followed_story_tells_of_a_new_outlet_once_and_stops_at_a_tap(
    telegram: Any, desk: StoryDesk, clock: Clock
) -> None:
    await tell(desk.store, clock.now)
    await telegram.people.send(ANNA, LINK)
    await edited(telegram, "Reported by")
    await telegram.people.press(ANNA, text="Follow this story")
    [card] = await sent(telegram)
    assert "at most every 3 hours" in card["text"]
    tide = make_article("The swing bridge shuts.", outlet="Evening Tide", url="https://eveningtide.example/bridge")
    desk.story = replace(STORY, articles=(*STORY.articles, tide))
    await desk.store.save_comparison("bridge", desk.story, made_at=clock.now)
    clock.now += timedelta(minutes=11)
    [news] = await telegram.people.wait(ANNA, after=card["seq"], timeout=15)
    assert news["text"].startswith("New in a story you follow") and "New outlet: Evening Tide" in news["text"]
    clock.now += 4 * HOUR
    await telegram.people.press(ANNA, text="Show the comparison")
    await edited(telegram, "Reported by 6 outlets")
    await telegram.people.send(ANNA, "/following")
    [listed] = await sent(telegram)
    assert "Council to shut old swing bridge" in listed["text"]
    await telegram.people.press(ANNA, text="Council to shut old swing bridge, sources say")
    [stopped] = await sent(telegram)
    assert stopped["text"].startswith("No longer followed:")
    await telegram.people.send(ANNA, "/following")
    [none] = await sent(telegram)
    assert "No story is followed" in none["text"]


async def test_an_edition_is_sent_by_one_of_two_that_poll_by_turns(
    telegram: Any, desk: StoryDesk, clock: Clock
) -> None:
    await telegram.people.user(ANNA, started=True)
    number = await subscribe(desk, ANNA, times=("20:00",))
    await tell(desk.store, clock.now)
    clock.now += 2 * HOUR
    async with running(telegram, desk, owner="one"):
        await sent(telegram)
    clock.now += timedelta(minutes=5)
    await desk.store.jobs.drop("digest", but=())
    await desk.store.jobs.plan("digest", [(str(number), clock.now)])  # as if the first one had died before its note
    async with running(telegram, desk, owner="two"):
        await until(lambda: seen_to(desk))
    assert (await telegram.people.counts())[ANNA] == 1
    key = Key(kind="digest", target=number, edition="2025-03-03T20:00")
    assert await desk.store.deliveries.state(key) is State.SENT


async def test_an_edition_that_may_have_gone_out_before_a_kill_is_left_and_counted(
    telegram: Any, desk: StoryDesk, clock: Clock
) -> None:
    await telegram.people.user(ANNA, started=True)
    number = await subscribe(desk, ANNA, times=("20:00",))
    await tell(desk.store, clock.now)
    clock.now += 2 * HOUR
    key = Key(kind="digest", target=number, edition="2025-03-03T20:00")
    assert await desk.store.deliveries.claim(key, ANNA, now=clock.now, stories="[]")  # and killed
    async with running(telegram, desk):
        await until(lambda: seen_to(desk))
        assert not (await telegram.people.counts()).get(ANNA)
        clock.now += 24 * HOUR
        count, [unknown] = await desk.broadcasts.unknown()
        assert (count, unknown.key, unknown.chat) == (1, key, ANNA)
        [digest] = await sent(telegram)
    assert digest["text"].startswith("News of 4 March 2025")


@pytest.mark.usefixtures("bot")
async def test_whom_an_admin_has_blocked_is_told_nothing(telegram: Any, desk: StoryDesk) -> None:
    for user in (ANNA, BORIS):
        await subscribe(desk, user)
    await desk.store.admin.block(ANNA, blocked=True, by=By(9, desk.now()))
    await desk.inbox.orders.read()
    number = await desk.broadcasts.start_broadcast("News", by=9)
    await sent(telegram, user=BORIS)
    await until(lambda: ended(desk, number))
    progress = await desk.broadcasts.progress(number)
    assert progress and (progress.sent, progress.closed, progress.left) == (1, 1, 0)
    assert not (await telegram.people.counts()).get(ANNA)
