"""What nobody has asked for: after all answers, at most once, and how each send ended."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from telegram import Bot

from bot.sending import BULK_AT_ONCE, Sender
from newsroom.posting import End, Leave
from tests.bot.loopback import ANNA, BORIS, StoryDesk
from tests.bot.test_sending import Clock

CHANNEL, GROUP, SUPERGROUP = -1001007, -42, -1000042


class Permit:
    """Leave that is given as often as it is not used; remembers what was asked."""

    def __init__(self, *, given: bool = True) -> None:
        self.given = given
        self.asked: list[str] = []
        self.given_back = asyncio.Event()

    @property
    def leave(self) -> Leave:
        return Leave(self._take, self._give_back)

    async def _take(self) -> bool:
        self.asked.append("take")
        return self.given

    async def _give_back(self) -> None:
        self.asked.append("give back")
        self.given_back.set()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def permit() -> Permit:
    return Permit()


@pytest.fixture
async def bot(telegram: Any) -> AsyncIterator[Bot]:
    for user in (ANNA, BORIS):
        await telegram.people.user(user, started=True)
    async with Bot(telegram.token, base_url=telegram.base_url, base_file_url=telegram.file_url) as made:
        yield made


@pytest.fixture
def sender(bot: Bot, clock: Clock, desk: StoryDesk) -> Sender:
    return Sender(bot, rate=28, inbox=desk.inbox, clock=clock, sleep=clock.sleep)


async def seen(telegram: Any, chat: int) -> list[str]:
    return [message["text"] for message in await telegram.people.transcript(chat)]


async def test_it_is_sent_with_leave_and_not_without(telegram: Any, sender: Sender, permit: Permit) -> None:
    end, message = await sender.send_once(ANNA, "<b>News</b>", permit.leave)
    assert end is End.SENT and message is not None
    assert await sender.send_once(ANNA, "More", Permit(given=False).leave) == (End.NOT_OURS, None)
    assert await seen(telegram, ANNA) == ["News"]


async def test_a_message_that_may_have_arrived_is_not_sent_again(telegram: Any, sender: Sender, permit: Permit) -> None:
    await telegram.people.fault("drop_after", method="sendMessage")
    assert await sender.send_once(ANNA, "News", permit.leave) == (End.UNKNOWN, None)
    await telegram.people.fault("error", method="sendMessage", status=500)
    assert await sender.send_once(BORIS, "News", permit.leave) == (End.UNKNOWN, None)
    assert (await seen(telegram, ANNA), await seen(telegram, BORIS)) == (["News"], [])
    assert "give back" not in permit.asked


async def test_what_flood_control_refused_is_sent_later_with_new_leave(
    telegram: Any, sender: Sender, permit: Permit, clock: Clock
) -> None:
    await telegram.people.fault("flood", method="sendMessage", seconds=7)
    end, _ = await sender.send_once(ANNA, "News", permit.leave)
    assert end is End.SENT and clock.now >= 7
    assert permit.asked == ["take", "give back", "take"]
    assert await seen(telegram, ANNA) == ["News"]


async def test_a_chat_that_is_held_by_flood_control_gets_no_answer_meanwhile(
    telegram: Any, sender: Sender, permit: Permit, clock: Clock
) -> None:
    await telegram.people.fault("flood", method="sendMessage", seconds=7)
    first = asyncio.create_task(sender.send_once(ANNA, "News", permit.leave))
    await permit.given_back.wait()
    await sender.send(ANNA, "Answer")
    assert clock.now >= 7
    await first


async def test_a_blocked_bot_is_told_so_once(telegram: Any, sender: Sender, permit: Permit, desk: StoryDesk) -> None:
    await desk.store.subscriptions.save(
        ANNA, person=ANNA, title="", settings="{}", now=desk.now(), since=desk.now(), due=desk.now()
    )
    await telegram.people.block(ANNA)
    assert await sender.send_once(ANNA, "News", permit.leave) == (End.CLOSED, None)
    assert await sender.send_once(ANNA, "News", permit.leave) == (End.CLOSED, None)
    assert permit.asked == ["take"]
    ended = await desk.store.subscriptions.of_chat(ANNA)
    assert ended and ended.state == "ended"


async def test_lost_rights_close_a_channel(telegram: Any, sender: Sender, permit: Permit) -> None:
    await telegram.people.chat(
        "channel", "Harbour", chat_id=CHANNEL, owner=ANNA, bot="administrator", rights={"can_post_messages": False}
    )
    assert (await sender.send_once(CHANNEL, "News", permit.leave))[0] is End.CLOSED
    assert not await sender.members.may_post(CHANNEL)
    assert await sender.members.administers(CHANNEL, ANNA) and not await sender.members.administers(CHANNEL, BORIS)


async def test_a_migrated_group_is_followed(telegram: Any, sender: Sender, permit: Permit, desk: StoryDesk) -> None:
    await telegram.people.chat("group", "Harbour", chat_id=GROUP, bot="member")
    number = await desk.store.subscriptions.save(
        GROUP, person=ANNA, title="", settings="{}", now=desk.now(), since=desk.now(), due=desk.now()
    )
    moved = await telegram.people.migrate(GROUP)
    new = moved["id"] if isinstance(moved, dict) else moved
    end, _ = await sender.send_once(GROUP, "News", permit.leave)
    assert end is End.SENT and permit.asked == ["take", "give back", "take"]
    assert (await seen(telegram, new))[-1] == "News"
    found = await desk.store.subscriptions.of_chat(new)
    assert found and found.id == number


async def test_a_message_that_telegram_does_not_take_is_refused(sender: Sender, permit: Permit) -> None:
    assert await sender.send_once(ANNA, "<b>open", permit.leave) == (End.REFUSED, None)


async def test_an_answer_does_not_wait_for_what_nobody_has_asked_for(telegram: Any, bot: Bot, desk: StoryDesk) -> None:
    sender = Sender(bot, rate=28, inbox=desk.inbox, clock=asyncio.get_running_loop().time)
    users = range(2000, 2040)
    for user in users:
        await telegram.people.user(user, started=True)
    crowd = [asyncio.create_task(sender.send_once(user, "News", Permit().leave)) for user in users]
    await asyncio.wait(crowd, return_when=asyncio.FIRST_COMPLETED)
    before = sum(task.done() for task in crowd)
    await sender.send(ANNA, "Answer")
    # the one whose slot has come, and those that the answer's own call has overlapped
    assert sum(task.done() for task in crowd) - before <= BULK_AT_ONCE // 2
    assert {end for end, _ in await asyncio.gather(*crowd)} == {End.SENT}
