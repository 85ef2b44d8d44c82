"""/digest and /subscribe as people see them: the walk by buttons and words, rights, preview, pause, test, deletion."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from claims.digests import DigestSettings
from newsroom.inbox import Inbox
from storage.store import open_store
from tests.bot.loopback import ANNA, BORIS, StoryDesk, running, sent, until
from tests.bot.stories import MADE_AT, STORY

CHANNEL, GROUP = -1001007, -1002008


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
        await store.save_comparison("https://quaypost.example/2025/bridge", STORY, made_at=MADE_AT)
        yield StoryDesk(store=store, inbox=Inbox(store, clock), now=clock)


@pytest.fixture
async def bot(telegram: Any, desk: StoryDesk) -> AsyncIterator[None]:
    await telegram.people.user(ANNA, started=True)
    await telegram.people.user(BORIS, started=True)
    async with running(telegram, desk):
        yield


async def channel(telegram: Any, *, rights: dict[str, bool] | None = None) -> None:
    """A channel of Anna's, into which she lets the bot."""
    await telegram.people.chat("channel", "Harbour News", chat_id=CHANNEL, owner=ANNA)
    await telegram.people.bot_status(CHANNEL, "administrator", by=ANNA, rights=rights or {"can_post_messages": True})


async def said(telegram: Any, text: str, *, user: int = ANNA) -> Any:
    """What the bot answers with a message of its own."""
    await telegram.people.send(user, text)
    return (await sent(telegram, user=user))[-1]


async def press(telegram: Any, button: str, *, user: int = ANNA, kind: str = "edit") -> Any:
    """What the bot shows after a press."""
    await telegram.people.press(user, text=button)
    return (await telegram.people.wait(user, kinds=[kind], timeout=15))[-1]


def labels(message: Any) -> list[str]:
    return [button["text"] for row in message["buttons"] for button in row]


@pytest.mark.usefixtures("bot")
async def test_a_channel_gets_its_digest_at_its_hours(telegram: Any, desk: StoryDesk, clock: Clock) -> None:
    await channel(telegram)
    await until(lambda: desk.store.subscriptions.places_of(ANNA, limit=9))
    asked = await said(telegram, "/digest")
    assert "Harbour News" in labels(asked)
    shown = await press(telegram, "Harbour News")
    assert "At which hours?" in shown["text"] and "✓ 08" in labels(shown)
    await press(telegram, "20")
    shown = await press(telegram, "✓ 08")
    assert "Chosen: 20:00" in shown["text"]
    shown = await press(telegram, "Next ›")
    assert "In which time zone?" in shown["text"]
    shown = await said(telegram, "lisbon")
    assert "Chosen: Lisbon, UTC" in shown["text"]
    shown = await press(telegram, "Overview")
    assert "Hours: 20:00" in shown["text"]
    await telegram.people.press(ANNA, text="Preview")
    preview, form = await telegram.people.wait(ANNA, count=2, timeout=15)
    assert "1. Council to shut old swing bridge" in preview["text"] and "Start" in labels(form)
    started = await press(telegram, "Start")
    assert "3 March 2025, 20:00" in started["text"]
    clock.now += timedelta(hours=2)
    [post] = await telegram.people.wait(CHANNEL, timeout=15)
    assert "1. Council to shut old swing bridge" in post["text"]
    clock.now += timedelta(days=1)
    [post] = await telegram.people.wait(CHANNEL, timeout=15, after=post["seq"])
    assert "A quiet day" in post["text"]


@pytest.mark.usefixtures("bot")
async def test_a_private_digest_is_previewed_before_it_starts(telegram: Any, desk: StoryDesk, clock: Clock) -> None:
    form = await said(telegram, "/subscribe")
    assert form["text"].startswith("Your digest\nHours, step 1 of 10")
    form = await said(telegram, "at 25:00")
    assert "Write one to four times" in form["text"]
    form = await said(telegram, "7:30 and 19.05")
    assert "Chosen: 07:30 and 19:05" in form["text"]
    await press(telegram, "Overview")
    await telegram.people.press(ANNA, text="Start")
    preview, form = await telegram.people.wait(ANNA, count=2, timeout=15)
    assert "A preview" in preview["text"] and "how it will look" in form["text"]
    assert await desk.store.subscriptions.of_chat(ANNA) is None
    started = await press(telegram, "Start")
    assert "3 March 2025, 19:05" in started["text"] and not started["buttons"]
    clock.now = datetime(2025, 3, 3, 19, 6, tzinfo=UTC)
    [digest] = await sent(telegram)
    assert "1. Council to shut old swing bridge" in digest["text"]
    assert digest["text"].endswith("/subscribe changes this digest or ends it.")


@pytest.mark.usefixtures("bot")
async def test_every_step_takes_what_is_pressed_and_written(telegram: Any, desk: StoryDesk) -> None:
    await said(telegram, "/subscribe")
    await press(telegram, "Next ›")
    await press(telegram, "Kyiv, UTC+2")
    await press(telegram, "Next ›")
    await press(telegram, "German")
    await press(telegram, "Next ›")
    await said(telegram, "north wire, bayradio.example, Nowhere Times")
    shown = (await telegram.people.transcript(ANNA))[-1]
    assert "Not known here: Nowhere Times." in shown["text"] and "Chosen: North Wire and Bay Radio" in shown["text"]
    await press(telegram, "Next ›")
    await press(telegram, "Politics")
    shown = await said(telegram, "swing bridge, ferries")
    assert "Chosen: Politics, “swing bridge” and “ferries”" in shown["text"]
    for button in ("Next ›", "3", "Next ›", "5", "Next ›", "Weekdays", "Send nothing", "Next ›", "from 6 outlets"):
        shown = await press(telegram, button)
    await press(telegram, "Next ›")
    walk = await desk.store.subscriptions.walk(ANNA)
    assert walk and DigestSettings.of_json(walk.settings) == DigestSettings(
        zone="Europe/Kyiv",
        languages=("de",),
        outlets=("northwire", "bayradio"),
        topics=("politics",),
        words=("swing bridge", "ferries"),
        length=3,
        min_outlets=5,
        weekends=False,
        say_quiet=False,
        alert_at=6,
    )


async def test_a_restart_loses_no_step(telegram: Any, desk: StoryDesk) -> None:
    await telegram.people.user(ANNA, started=True)
    async with running(telegram, desk):
        await said(telegram, "/subscribe")
        await press(telegram, "21")
        await press(telegram, "Next ›")
    async with running(telegram, desk):
        shown = await said(telegram, "Tokyo")
        assert "Chosen: Tokyo, UTC+9" in shown["text"]
        shown = await press(telegram, "Overview")
        assert "Hours: 08:00 and 21:00" in shown["text"]


async def running_digest(telegram: Any, desk: StoryDesk) -> None:
    """A channel of Anna's that has a digest."""
    await channel(telegram)
    await until(lambda: desk.store.subscriptions.places_of(ANNA, limit=9))
    await desk.unasked.start(CHANNEL, person=ANNA, title="Harbour News", settings=DigestSettings(times=("20:00",)))


@pytest.mark.usefixtures("bot")
async def test_a_digest_is_paused_goes_on_is_tested_and_deleted(telegram: Any, desk: StoryDesk, clock: Clock) -> None:
    await running_digest(telegram, desk)
    await said(telegram, "/digest")
    shown = await press(telegram, "Harbour News")
    assert "It is running." in shown["text"]
    shown = await press(telegram, "Pause")
    assert "It is paused." in shown["text"]
    clock.now += timedelta(hours=2)
    shown = await press(telegram, "Send a test")
    assert "A test was sent." in shown["text"]
    [test] = await telegram.people.wait(CHANNEL, timeout=15)
    assert "A preview" in test["text"]
    shown = await press(telegram, "Go on")
    assert "It is running." in shown["text"]
    assert (await telegram.people.counts())[CHANNEL] == 1  # the edition of the pause is not made up for
    await press(telegram, "Delete")
    gone = await press(telegram, "Delete")
    assert gone["text"].startswith("The digest is deleted.")
    assert await desk.store.subscriptions.of_chat(CHANNEL) is None


@pytest.mark.usefixtures("bot")
async def test_only_an_admin_of_the_channel_may_decide_and_only_where_the_bot_may_post(
    telegram: Any, desk: StoryDesk
) -> None:
    await running_digest(telegram, desk)
    stranger = await said(telegram, "/digest", user=BORIS)
    assert "Harbour News" not in labels(stranger)
    refused = await said(telegram, "@nowhere_at_all", user=BORIS)
    assert "does not see" in refused["text"]
    post = {"type": "channel", "chat": CHANNEL, "message_id": 1}
    await telegram.people.send(BORIS, "News", forward=post)
    [refused] = await sent(telegram, user=BORIS)
    assert "you have to be an admin there" in refused["text"]
    await telegram.people.member(CHANNEL, BORIS, "administrator")
    await telegram.people.send(BORIS, "News", forward=post)
    [shown] = await sent(telegram, user=BORIS)
    assert "It is running." in shown["text"]
    await telegram.people.member(CHANNEL, BORIS, "member")
    await telegram.people.press(BORIS, text="Pause")
    [refused] = await sent(telegram, user=BORIS)
    assert "you have to be an admin there" in refused["text"]
    found = await desk.store.subscriptions.of_chat(CHANNEL)
    assert found and found.state == "active"
    await said(telegram, "/digest")
    await press(telegram, "Harbour News")
    await telegram.people.bot_status(CHANNEL, "administrator", by=ANNA, rights={"can_post_messages": False})
    await telegram.people.press(ANNA, text="Pause")
    [refused] = await sent(telegram)
    assert "allowed to post" in refused["text"]


@pytest.mark.usefixtures("bot")
async def test_a_tampered_button_finds_nothing(telegram: Any, desk: StoryDesk) -> None:
    await running_digest(telegram, desk)
    form = await said(telegram, "/subscribe")
    for data in (
        f"d1:chat:{CHANNEL}",
        f"d1:chat:{BORIS}",
        "d1:h:99",
        "d1:z:../../etc",
        "d1:go:nowhere",
        "d1:erase:",
        "d1",
    ):
        body = {
            "id": "1",
            "from": {"id": BORIS, "is_bot": False, "first_name": "B"},
            "chat_instance": "1",
            "data": data,
            "message": {"message_id": form["message_id"], "date": 1, "chat": {"id": BORIS, "type": "private"}},
        }
        await telegram.people.raw_update("callback_query", body)
    await said(telegram, "/subscribe", user=BORIS)
    walk = await desk.store.subscriptions.walk(BORIS)
    assert walk and walk.chat_id == BORIS
    found = await desk.store.subscriptions.of_chat(CHANNEL)
    assert found and found.state == "active"


@pytest.mark.usefixtures("bot")
async def test_a_removed_bot_ends_the_digest_and_tells_its_keeper(telegram: Any, desk: StoryDesk, clock: Clock) -> None:
    await running_digest(telegram, desk)
    await telegram.people.bot_status(CHANNEL, "administrator", by=ANNA, rights={"can_post_messages": False})
    clock.now += timedelta(hours=2)
    [told] = await sent(telegram)
    assert told["text"].startswith("The digest in Harbour News has ended")
    found = await desk.store.subscriptions.of_chat(CHANNEL)
    assert found and found.state == "ended"


@pytest.mark.usefixtures("bot")
async def test_forget_ends_what_a_person_has_set_up_and_export_has_it(telegram: Any, desk: StoryDesk) -> None:
    await running_digest(telegram, desk)
    await desk.unasked.start(ANNA, person=ANNA, title="", settings=DigestSettings(words=("bridge",)))
    await telegram.people.send(ANNA, "/forget")
    [told] = await sent(telegram)
    assert told["text"].startswith("Erased")
    assert await desk.store.subscriptions.of_person(ANNA) == []
    assert await desk.store.subscriptions.places_of(ANNA, limit=9) == []
