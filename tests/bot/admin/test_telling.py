"""Broadcasts and the digests of channels, as those see them who administer."""

from collections.abc import Awaitable, Callable
from typing import Any

from claims.digests import DigestSettings
from newsroom.administration import Administration
from tests.bot.admin.staff import ADMIN, MODERATOR, labels
from tests.bot.loopback import ANNA, BORIS, StoryDesk, edited

Types = Callable[[int, str], Awaitable[Any]]
CHANNEL = -1007001
WORDS = "The bot moves house on Friday.\n\nNo digest comes that evening."


async def test_a_broadcast_is_shown_first_and_then_reaches_all_subscribers(
    telegram: Any, desk: StoryDesk, office: Administration, types: Types
) -> None:
    for person in (ANNA, BORIS):
        await telegram.people.user(person, started=True)
        await desk.unasked.start(person, person=person, title="", settings=DigestSettings())
    shown = await types(ADMIN, f"/broadcast {WORDS}")
    assert shown["text"].startswith("Send this to 2 people?")
    assert "The bot moves house on Friday.\n\nNo digest" in shown["text"]
    assert not (await telegram.people.counts()).get(ANNA)
    await telegram.people.press(ADMIN, text="Send")
    await edited(telegram, "Broadcast 1", user=ADMIN)
    for person in (ANNA, BORIS):
        [got] = await telegram.people.wait(person, kinds=["send"], timeout=15)
        assert got["text"] == WORDS
    await telegram.people.press(ADMIN, text="Look again")
    done = await edited(telegram, "Sent: 2 of 2", user=ADMIN)
    assert "Send" not in labels(done)
    acts = [(one.who, one.act, one.after) for one in await office.acts(limit=1)]
    assert acts == [(ADMIN, "broadcast.send", WORDS)]


async def test_the_same_preview_sends_once(
    telegram: Any, desk: StoryDesk, office: Administration, types: Types
) -> None:
    await types(ADMIN, "/broadcast Good morning.")
    number = await office.propose("broadcast.send", "Good morning.", by=office.by(ADMIN))
    assert await office.accept(str(number), "broadcast.send", by=office.by(ADMIN)) == "Good morning."
    for who in (ADMIN, MODERATOR):
        try:
            await office.accept(str(number), "broadcast.send", by=office.by(who))
        except Exception as error:
            assert "done already" in str(error)
        else:
            raise AssertionError("accepted twice")
    assert desk.store is not None


async def test_too_long_a_broadcast_is_refused(types: Types) -> None:
    assert "too long" in (await types(ADMIN, "/broadcast " + "word " * 760))["text"]


async def test_a_channels_digest_is_paused_resumed_and_ended(
    telegram: Any, desk: StoryDesk, office: Administration, types: Types
) -> None:
    await desk.unasked.start(CHANNEL, person=ANNA, title="Harbour News", settings=DigestSettings())
    await desk.unasked.start(BORIS, person=BORIS, title="", settings=DigestSettings())
    shown = await types(ADMIN, "/channels")
    assert "1 in channels and groups, 1 in private chats." in shown["text"]
    assert "1. Harbour News: active, last never" in shown["text"]
    looked = await types(MODERATOR, "/channels 1")
    assert labels(looked) == ["Channels"]
    await telegram.people.press(ADMIN, text="1")
    await edited(telegram, "State: active", user=ADMIN)
    for button, state in (("Pause", "paused"), ("Resume", "active"), ("End", "ended: ended by an admin of the bot")):
        await telegram.people.press(ADMIN, text=button)
        await edited(telegram, f"State: {state}", user=ADMIN)
    acts = [(one.before, one.after) for one in await office.acts(limit=3, about="channels")]
    assert acts == [("active", "ended"), ("paused", "active"), ("active", "paused")]
