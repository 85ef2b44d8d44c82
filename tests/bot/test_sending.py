"""Pace, refusals and faults of the line. Time is counted, not waited for, except where Telegram's own limits judge."""

import asyncio
import itertools
from collections.abc import AsyncIterator
from typing import Any

import pytest
from telegram import Bot
from telegram.error import NetworkError

from bot.sending import GIVE_UP_S, Sender
from tests.bot.loopback import ANNA, BORIS, StoryDesk

GROUP = -1002


class Clock:
    """Seconds that pass only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds
        self.slept.append(seconds)
        await asyncio.sleep(0)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def bot(telegram: Any) -> AsyncIterator[Bot]:
    for user in (ANNA, BORIS):
        await telegram.people.user(user, started=True)
    await telegram.people.chat("supergroup", "Harbour Group", chat_id=GROUP, bot="member")
    async with Bot(telegram.token, base_url=telegram.base_url, base_file_url=telegram.file_url) as made:
        yield made


@pytest.fixture
def sender(bot: Bot, clock: Clock, desk: StoryDesk) -> Sender:
    return Sender(bot, rate=28, inbox=desk.inbox, clock=clock, sleep=clock.sleep)


async def texts_in(telegram: Any, chat: int) -> list[str]:
    return [message["text"] for message in await telegram.people.transcript(chat)]


async def test_a_private_chat_gets_one_a_second_after_a_burst(sender: Sender, clock: Clock) -> None:
    at = []
    for number in range(8):
        await sender.send(ANNA, str(number))
        at.append(clock.now)
    assert at[2] < 0.5
    assert at[7] >= 5.0


async def test_a_group_gets_twenty_in_any_minute(sender: Sender, clock: Clock) -> None:
    at = []
    for number in range(50):
        await sender.send(GROUP, str(number))
        at.append(clock.now)
    assert max(sum(start <= one < start + 60 for one in at) for start in at) <= 20


async def test_the_whole_keeps_its_rate(sender: Sender, clock: Clock, telegram: Any) -> None:
    users = range(2000, 2060)
    for user in users:
        await telegram.people.user(user, started=True)
    await asyncio.gather(*(sender.send(user, "x") for user in users))
    assert clock.now >= 59 / 28 - 0.01


async def test_messages_of_a_chat_arrive_in_order(sender: Sender, telegram: Any) -> None:
    await asyncio.gather(*(sender.send(ANNA, str(number)) for number in range(10)))
    assert await texts_in(telegram, ANNA) == [str(number) for number in range(10)]


async def test_the_pace_satisfies_telegram(bot: Bot, telegram: Any, desk: StoryDesk) -> None:
    await telegram.people.limits("real")
    real = Sender(bot, rate=28, inbox=desk.inbox, clock=asyncio.get_running_loop().time)
    chats = [ANNA] * 6 + [BORIS] * 6 + [GROUP] * 4
    await asyncio.gather(*(real.send(chat, str(n)) for n, chat in enumerate(chats)))
    assert await telegram.people.counts() == {ANNA: 6, BORIS: 6, GROUP: 4}


async def test_flood_control_holds_its_chat_only(bot: Bot, telegram: Any, desk: StoryDesk) -> None:
    await telegram.people.fault("flood", chat_id=ANNA, seconds=7)
    waits: asyncio.Queue[float] = asyncio.Queue()
    resume = asyncio.Event()

    async def wait(seconds: float) -> None:
        waits.put_nowait(seconds)
        await resume.wait()

    held = Sender(bot, rate=1000, inbox=desk.inbox, clock=itertools.count().__next__, sleep=wait)
    first = asyncio.create_task(held.send(ANNA, "late"))
    assert await asyncio.wait_for(waits.get(), 10) > 7
    assert await held.send(BORIS, "at once")
    assert not first.done()
    resume.set()
    assert await first


async def test_a_chat_that_is_closed_ends_quietly(sender: Sender, telegram: Any) -> None:
    await telegram.people.block(ANNA)
    assert await sender.send(ANNA, "x") is None


async def test_the_same_text_again_is_no_fault(sender: Sender) -> None:
    number = await sender.send(ANNA, "x")
    assert number is not None
    assert await sender.edit(ANNA, number, "x") == number


async def test_an_edit_of_a_deleted_message_is_a_new_message(sender: Sender, telegram: Any) -> None:
    number = await sender.send(ANNA, "x")
    assert number is not None
    await telegram.people.delete(ANNA, number)
    assert await sender.edit(ANNA, number, "y") not in (None, number)


@pytest.mark.parametrize("fault", ["drop", "error"])
async def test_what_did_not_arrive_is_sent_again(sender: Sender, telegram: Any, fault: str) -> None:
    await telegram.people.fault(fault, method="sendMessage", times=2)
    await sender.send(ANNA, "x")
    assert await texts_in(telegram, ANNA) == ["x"]


async def test_what_may_have_arrived_is_rather_sent_twice_than_never(sender: Sender, telegram: Any) -> None:
    await telegram.people.fault("drop_after", method="sendMessage")
    await sender.send(ANNA, "x")
    assert await texts_in(telegram, ANNA) == ["x", "x"]


async def test_an_endless_fault_is_given_up(sender: Sender, telegram: Any, clock: Clock) -> None:
    await telegram.people.fault("drop", method="sendMessage", times=1000)
    with pytest.raises(NetworkError):
        await sender.send(ANNA, "x")
    assert clock.now >= GIVE_UP_S


async def test_an_old_press_is_let_go(sender: Sender) -> None:
    await sender.answer_press("12345")


async def test_a_message_that_is_sent_anew_stays_in_its_topic(sender: Sender, telegram: Any) -> None:
    group = -1001234500077
    await telegram.people.chat(
        "supergroup", "Quay", chat_id=group, bot="member", owner=1900, members=[ANNA], forum=True
    )
    thread = await telegram.people.topic(group, "Bridges")
    post = await telegram.people.send(ANNA, "look", chat_id=group, thread=thread)
    number = await sender.send(group, "x", thread_id=thread, reply_to=post["message_id"])
    assert number is not None
    await telegram.people.delete(group, number)
    await sender.edit(group, number, "y", thread_id=thread, reply_to=post["message_id"])
    last = (await telegram.people.transcript(group))[-1]
    assert (last["text"], last["thread"], last["reply_to"]) == ("y", thread, post["message_id"])


async def test_a_group_that_moved_to_where_the_bot_may_not_write_ends_quietly(
    sender: Sender, telegram: Any, desk: StoryDesk
) -> None:
    group = -4444
    await telegram.people.chat("group", "Quay", chat_id=group, bot="member", owner=1900, members=[ANNA])
    new = (await telegram.people.migrate(group))["id"]
    await telegram.people.bot_status(new, "kicked")
    assert await sender.send(group, "x") is None
