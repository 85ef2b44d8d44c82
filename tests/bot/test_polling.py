"""Updates in: nothing lost, nothing twice, one bad update stops no other, one poller at a time."""

import asyncio
from collections.abc import Sequence
from typing import Any, cast

import pytest
from telegram import Update
from telegram.error import TimedOut

from bot import polling, texts
from bot.app import open_bot
from bot.messages import behind, goes_on, lane_of, may_go_on
from bot.polling import LEASE, Lanes
from claims.errors import BadInput
from newsroom.desk import Desk
from tests.bot.loopback import ANNA, BORIS, LINK, StoryDesk, Unexpected, running


def message(number: int, chat: int, text: str = "x") -> Update:
    person = {"id": chat, "is_bot": False, "first_name": "A"}
    body = {"message_id": number, "date": 1, "chat": {"id": chat, "type": "private"}, "from": person, "text": text}
    update = Update.de_json({"update_id": number, "message": body}, None)
    assert update is not None
    return update


class Seen:
    """A handler that notes what it got; a chat may be held, an update may fail."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.held: dict[int, asyncio.Event] = {}
        self.fails: dict[int, Exception] = {}
        self._grown = asyncio.Condition()

    async def __call__(self, batch: Sequence[Update]) -> None:
        first = batch[0]
        assert first.effective_chat is not None
        if held := self.held.get(first.effective_chat.id):
            await held.wait()
        async with self._grown:
            self.batches.append([update.update_id for update in batch])
            self._grown.notify_all()
        if first.update_id in self.fails:
            raise self.fails.pop(first.update_id)

    async def count(self, number: int) -> None:
        async with asyncio.timeout(10), self._grown:
            await self._grown.wait_for(lambda: len(self.batches) >= number)


@pytest.fixture
def seen() -> Seen:
    return Seen()


@pytest.fixture
def lanes(desk: StoryDesk, seen: Seen) -> Lanes:
    return Lanes(desk.inbox, seen, lane_of=lane_of, behind=behind, may_go_on=may_go_on, goes_on=goes_on)


async def written(desk: StoryDesk, *updates: Update) -> None:
    await desk.inbox.write_updates([(update.update_id, update.to_json()) for update in updates])


async def test_in_order_within_a_chat_and_beside_each_other_across(lanes: Lanes, seen: Seen) -> None:
    seen.held[ANNA] = asyncio.Event()
    for update in (message(1, ANNA), message(2, ANNA), message(3, BORIS)):
        lanes.put(update)
    await seen.count(1)
    assert seen.batches == [[3]]
    seen.held[ANNA].set()
    await seen.count(3)
    assert seen.batches == [[3], [1], [2]]


async def test_an_update_in_hand_is_not_taken_twice(lanes: Lanes, seen: Seen) -> None:
    seen.held[ANNA] = asyncio.Event()
    for number in (1, 1, 2):
        lanes.put(message(number, ANNA))
    seen.held[ANNA].set()
    await seen.count(2)
    assert seen.batches == [[1], [2]]


async def test_a_failing_update_is_set_aside_and_the_next_is_handled(lanes: Lanes, seen: Seen, desk: StoryDesk) -> None:
    seen.fails[1] = Unexpected("no")
    updates = message(1, ANNA), message(2, ANNA)
    await written(desk, *updates)
    for update in updates:
        lanes.put(update)
    await seen.count(2)
    await lanes.stop(5)
    assert await desk.inbox.open_updates() == []


async def test_a_fault_of_the_line_leaves_the_update_open(lanes: Lanes, seen: Seen, desk: StoryDesk) -> None:
    seen.fails[1] = TimedOut()
    await written(desk, message(1, ANNA))
    lanes.put(message(1, ANNA))
    await seen.count(1)
    await lanes.stop(5)
    assert [number for number, _ in await desk.inbox.open_updates()] == [1]
    assert lanes.in_hand == 0


async def test_stopping_ends_what_hangs_and_leaves_it_open(lanes: Lanes, seen: Seen, desk: StoryDesk) -> None:
    seen.held[ANNA] = asyncio.Event()
    await written(desk, message(1, ANNA), message(2, ANNA))
    lanes.put(message(1, ANNA))
    lanes.put(message(2, ANNA))
    await asyncio.sleep(0)
    await lanes.stop(0.05)
    assert [number for number, _ in await desk.inbox.open_updates()] == [1, 2]
    assert seen.batches == []


async def test_parts_of_a_text_are_one_batch(lanes: Lanes, seen: Seen) -> None:
    long = "long " * 600
    for update in (message(1, ANNA, long), message(2, ANNA, long), message(3, ANNA, "end"), message(4, ANNA, "next")):
        lanes.put(update)
    await seen.count(2)
    assert seen.batches == [[1, 2, 3], [4]]


async def test_what_cannot_be_parsed_stops_nothing(telegram: Any, desk: StoryDesk) -> None:
    async with running(telegram, desk):
        await telegram.people.raw_update("message", {"message_id": 5, "chat": "no chat"})
        await telegram.people.send(ANNA, "/about")
        [reply] = await telegram.people.wait(ANNA)
    assert reply["text"].startswith(str(texts.ABOUT[0]))
    assert await desk.inbox.open_updates() == []


async def test_what_was_written_down_before_a_crash_is_handled_first(telegram: Any, desk: StoryDesk) -> None:
    await telegram.people.user(ANNA, started=True)
    await written(desk, message(7, ANNA, "hello"))
    async with running(telegram, desk):
        [reply] = await telegram.people.wait(ANNA, after=0)
    assert reply["text"] == str(texts.TOO_SHORT)
    assert await desk.inbox.open_updates() == []


async def test_updates_that_come_again_are_handled_once(telegram: Any, desk: StoryDesk) -> None:
    async with running(telegram, desk):
        await telegram.people.send(ANNA, "/about")
        await telegram.people.wait(ANNA)
    await telegram.people.redeliver(1)
    async with running(telegram, desk):
        await telegram.people.send(BORIS, "/about")
        await telegram.people.wait(BORIS)
    assert await telegram.people.counts() == {ANNA: 1, BORIS: 1}


async def test_a_batch_whose_answer_is_lost_is_handled_once(telegram: Any, desk: StoryDesk) -> None:
    await telegram.people.fault("drop_after", method="getUpdates")
    async with running(telegram, desk):
        await telegram.people.send(ANNA, "/about")
        await telegram.people.wait(ANNA)
        await telegram.people.send(ANNA, "/help")
        await telegram.people.wait(ANNA)
    assert await telegram.people.counts() == {ANNA: 2}


@pytest.mark.parametrize("fault", ["error", "drop"])
async def test_faults_of_the_line_are_lived_through(
    telegram: Any, desk: StoryDesk, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "RETRY_FIRST_S", 0.05)
    await telegram.people.fault(fault, method="getUpdates", times=3)
    async with running(telegram, desk):
        await telegram.people.send(ANNA, "/about")
        assert await telegram.people.wait(ANNA)


async def test_one_poller_at_a_time_and_the_next_takes_over(
    telegram: Any, desk: StoryDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "LEASE_S", 1.0)
    await desk.inbox.take_lease(LEASE, "another", seconds=1)
    async with running(telegram, desk):
        await telegram.people.send(ANNA, "/about")
        with pytest.raises(TimeoutError):
            await telegram.people.wait(ANNA, timeout=1)
        await desk.inbox.release_lease(LEASE, "another")
        assert await telegram.people.wait(ANNA)
    assert await desk.inbox.take_lease(LEASE, "another", seconds=1)


async def test_presses_do_not_wait_for_a_reading(telegram: Any, desk: StoryDesk) -> None:
    async with running(telegram, desk):
        await telegram.people.send(ANNA, LINK)
        answer = (await telegram.people.wait(ANNA, contains="Reported by"))[-1]
        desk.gate = asyncio.Event()
        await telegram.people.send(ANNA, LINK + "?again")
        await telegram.people.wait(ANNA, contains=str(texts.SEARCHING))
        result = await telegram.people.press(ANNA, text="Claims 4", message_id=answer["message_id"])
        desk.gate.set()
    assert result["answer"] is not None


async def test_a_token_that_telegram_does_not_know_is_said_without_the_token(telegram: Any, desk: StoryDesk) -> None:
    token = "999:WRONG"
    async with open_bot(
        cast(Desk, desk), token=token, api_url=telegram.base_url, file_url=telegram.file_url, rate=0, owner="x"
    ) as bot:
        with pytest.raises(BadInput) as refusal:
            await bot.run(asyncio.Event())
    assert "TELEGRAM_BOT_TOKEN" in str(refusal.value)
    assert token not in str(refusal.value)
    assert refusal.value.__cause__ is None


def in_group(number: int, text: str, *, kind: str | None = None) -> Update:
    entities = [{"type": kind, "offset": 0, "length": len(text.split(maxsplit=1)[0])}] if kind else []
    body = {"message_id": number, "date": 1, "chat": {"id": -5, "type": "group"}, "text": text, "entities": entities}
    update = Update.de_json({"update_id": number, "message": body}, None)
    assert update is not None
    return update


def test_who_calls_in_a_group_does_not_wait_behind_its_links() -> None:
    link = lane_of(in_group(1, "https://quay.example/1"))
    assert lane_of(in_group(2, "so it is")) == link
    call = lane_of(in_group(3, "/check", kind="bot_command"))
    assert call == lane_of(in_group(4, "@lab_bot", kind="mention"))
    assert call != link


async def test_a_link_in_a_group_waits_for_what_was_said_to_us_before(desk: StoryDesk) -> None:
    set_on, done = asyncio.Event(), []

    async def handle(batch: Sequence[Update]) -> None:
        if batch[0].update_id == 1:
            await set_on.wait()
        done.append(batch[0].update_id)

    lanes = Lanes(desk.inbox, handle, lane_of=lane_of, behind=behind, may_go_on=may_go_on, goes_on=goes_on)
    lanes.put(in_group(1, "/auto on", kind="bot_command"))
    lanes.put(in_group(2, "https://quay.example/1"))
    await asyncio.sleep(0.1)
    assert done == []
    set_on.set()
    await lanes.stop(10)
    assert done == [1, 2]
