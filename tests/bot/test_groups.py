"""The bot in groups: called by command or name, unasked only where an admin has set it; one message or silence."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from bot import texts
from bot.answer import GROUP_MAX
from bot.blocks import units
from newsroom.intake import Query
from newsroom.orders import THRESHOLDS
from tests.bot.loopback import ANNA, BORIS, LINK, StoryDesk, running
from tests.bot.stories import READING

GROUP, OWNER = -1001234500001, 1900
QUIET_S = 1.5  # what is not said by then is not said


async def until_asked(desk: StoryDesk) -> None:
    """Wait until the desk has the question."""
    async with asyncio.timeout(15):
        while not desk.asked:  # noqa: ASYNC110  (the desk tells nobody)
            await asyncio.sleep(0.02)


@pytest.fixture
async def group(telegram: Any) -> int:
    await telegram.people.settings(privacy=False)
    await telegram.people.chat(
        "supergroup", "Harbour Group", chat_id=GROUP, bot="member", owner=OWNER, members=[ANNA, BORIS], forum=True
    )
    return GROUP


async def said(telegram: Any, chat: int = GROUP) -> Any:
    [message] = await telegram.people.wait(chat, timeout=15)
    return message


async def silent(telegram: Any, chat: int = GROUP) -> bool:
    try:
        await telegram.people.wait(chat, timeout=QUIET_S)
    except TimeoutError:
        return True
    return False


@pytest.mark.parametrize("call", ["/check", "/check@lab_bot", "@lab_bot what of this?"])
async def test_a_post_is_answered_under_it_when_called(telegram: Any, desk: StoryDesk, group: int, call: str) -> None:
    async with running(telegram, desk):
        post = await telegram.people.send(ANNA, f"look {LINK}", chat_id=group)
        await telegram.people.send(BORIS, call, chat_id=group, reply_to=post["message_id"])
        answer = await said(telegram)
        await telegram.people.press(group, text="Claims 4", user_id=ANNA)
        [part] = await telegram.people.wait(group, kinds=["edit"], timeout=15)
    assert "Reported by 5 outlets" in answer["text"]
    assert units(answer["text"]) <= GROUP_MAX
    assert answer["reply_to"] == post["message_id"]
    assert part["message_id"] == answer["message_id"]
    assert [query.link for query in desk.asked] == [LINK]


async def test_what_stands_beside_the_call_is_answered_too(telegram: Any, desk: StoryDesk, group: int) -> None:
    async with running(telegram, desk):
        await telegram.people.send(ANNA, f"/check {LINK}", chat_id=group)
        await said(telegram)
        await telegram.people.send(ANNA, "@lab_bot who reports that the swing bridge is to be shut?", chat_id=group)
        await said(telegram)
    assert desk.asked[0].link == LINK
    assert desk.asked[1].text == "the swing bridge is to be shut"


async def test_silence_beats_noise(telegram: Any, desk: StoryDesk, group: int) -> None:
    async with running(telegram, desk):
        post = await telegram.people.send(ANNA, "good morning", chat_id=group)
        await telegram.people.send(BORIS, "/check", chat_id=group, reply_to=post["message_id"])
        for words in (LINK, "/check@other_bot " + LINK, "/start", "/nonsense", "/auto on", "@lab_bot"):
            await telegram.people.send(ANNA, words, chat_id=group)
        assert await silent(telegram)
        assert desk.asked == []
        desk.story = READING  # nobody else has it
        await telegram.people.send(ANNA, f"/check {LINK}", chat_id=group)
        assert await silent(telegram)
    assert len(desk.asked) == 1
    assert not await desk.inbox.auto_answer(group)


async def test_an_admin_has_links_answered_unasked_where_there_is_something_to_show(
    telegram: Any, desk: StoryDesk, group: int
) -> None:
    async with running(telegram, desk):
        await telegram.people.send(OWNER, "/auto on", chat_id=group)
        assert (await said(telegram))["text"].startswith(str(texts.AUTO_ON[0]))
        await telegram.people.send(ANNA, LINK, chat_id=group)
        assert "Reported by" in (await said(telegram))["text"]
        desk.story = replace(desk.story, rows=desk.story.rows[2:])  # no claim that two outlets have
        await telegram.people.send(ANNA, LINK + "/2", chat_id=group)
        assert await silent(telegram)
        await telegram.people.send(OWNER, "/auto off", chat_id=group)
        assert (await said(telegram))["text"] == str(texts.AUTO_OFF[0])
        await telegram.people.send(ANNA, LINK + "/3", chat_id=group)
        assert await silent(telegram)


async def test_the_answer_stays_in_its_topic(telegram: Any, desk: StoryDesk, group: int) -> None:
    thread = await telegram.people.topic(group, "Bridges")
    async with running(telegram, desk):
        await telegram.people.send(ANNA, f"/check {LINK}", chat_id=group, thread=thread)
        answer = await said(telegram)
    assert answer["thread"] == thread


async def test_a_group_that_becomes_a_supergroup_keeps_its_setting(telegram: Any, desk: StoryDesk) -> None:
    old = -4242
    await telegram.people.settings(privacy=False)
    await telegram.people.chat("group", "Old Group", chat_id=old, bot="member", owner=OWNER, members=[ANNA])
    async with running(telegram, desk):
        await telegram.people.send(OWNER, "/auto on", chat_id=old)
        await said(telegram, old)
        new = (await telegram.people.migrate(old))["id"]
        await telegram.people.send(ANNA, LINK, chat_id=new)
        assert "Reported by" in (await said(telegram, new))["text"]
    assert await desk.inbox.auto_answer(new)


async def test_an_answer_follows_its_group(telegram: Any, desk: StoryDesk) -> None:
    old = -4243
    desk.gate = asyncio.Event()
    await telegram.people.chat("group", "Old Group", chat_id=old, bot="member", owner=OWNER, members=[ANNA])
    async with running(telegram, desk):
        await telegram.people.send(ANNA, f"/check {LINK}", chat_id=old)
        await until_asked(desk)
        new = (await telegram.people.migrate(old))["id"]
        desk.gate.set()
        answer = await said(telegram, new)
        result = await telegram.people.press(new, text="Claims 4", message_id=answer["message_id"], user_id=ANNA)
    assert not result["answer"]["text"]


async def test_a_whole_group_has_a_limit(telegram: Any, desk: StoryDesk, group: int) -> None:
    for number in range(THRESHOLDS["group_questions"].default):
        await desk.inbox.admit(5000 + number, group, Query(link=LINK))
    async with running(telegram, desk):
        await telegram.people.send(ANNA, f"/check {LINK}", chat_id=group)
        assert (await said(telegram))["text"] == texts.WAIT.format(in_time="in 10 minutes")
    assert desk.asked == []
