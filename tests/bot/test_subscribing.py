"""/digest and /subscribe as people see them: the walk by buttons and words, rights, preview, pause, test, deletion."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

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
