"""What a reader sends and what comes back, over real HTTP."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot import texts
from bot.language import Lazy
from bot.render import escape
from claims.errors import FetchTimeout, OutletRefused
from newsroom.intake import Query
from newsroom.orders import THRESHOLDS
from tests.bot.loopback import ANNA, BORIS, LINK, StoryDesk, Unexpected, edited, running, sent, until
from tests.bot.stories import CLOSING, MADE_AT, QUAY, STORY


async def closed_why(desk: StoryDesk, person: int) -> str | None:
    return (await desk.store.admin.person(person)).closed_why


TEXT = "The council weighs closing the bridge, people who know of it say. " * 5


@pytest.mark.parametrize(
    ("command", "lines"),
    [("/start", texts.START), ("/help", texts.HELP), ("/about", texts.ABOUT), ("/privacy", texts.PRIVACY)],
)
async def test_commands(telegram: Any, desk: StoryDesk, command: str, lines: tuple[Lazy, ...]) -> None:
    async with running(telegram, desk):
        await telegram.people.send(ANNA, command)
        [reply] = await sent(telegram)
    assert reply["text"] == "\n\n".join(map(str, lines))


async def test_the_menu_lists_the_commands(telegram: Any, desk: StoryDesk) -> None:
    async with running(telegram, desk):
        await telegram.people.send(ANNA, "/nonsense")
        [reply] = await sent(telegram)
        menu = await telegram.people.commands(ANNA)
    assert reply["text"] == str(texts.UNKNOWN_COMMAND)
    assert [one["command"] for one in menu] == [name for name, _ in texts.PRIVATE_COMMANDS]


async def test_one_message_goes_from_reading_to_the_comparison(telegram: Any, desk: StoryDesk) -> None:
    desk.gate = asyncio.Event()
    async with running(telegram, desk):
        await telegram.people.send(ANNA, LINK)
        [state] = await sent(telegram)
        reading = await edited(telegram, str(texts.SEARCHING))
        desk.gate.set()
        answer = await edited(telegram, "Reported by")
    assert state["message_id"] == reading["message_id"] == answer["message_id"]
    assert reading["buttons"] == []
    assert [one["text"] for one in answer["buttons"][0]] == ["Claims 4", "Quotations 1", "Origins"]
    assert len(answer["text"]) <= 1200
    assert answer["preview"] is None


async def test_buttons_lead_through_the_parts_and_back(telegram: Any, desk: StoryDesk) -> None:
    async with running(telegram, desk):
        await telegram.people.send(ANNA, LINK)
        overview = await edited(telegram, "Reported by")
        for button, begins in (("Claims 4", "Claims: "), ("Quotations", "Quotations: "), ("Sources", "Sources: ")):
            result = await telegram.people.press(ANNA, text=button)
            assert not result["answer"]["text"]
            assert (await edited(telegram, begins))["text"].startswith(begins)
        await telegram.people.press(ANNA, text=str(texts.BACK))
        assert (await edited(telegram, "Reported by"))["text"] == overview["text"]


async def test_an_earlier_answer_says_what_its_outlets_have_changed_since(telegram: Any, desk: StoryDesk) -> None:
    cell = CLOSING.cells[0]
    carrier = next(article for article in STORY.articles if article.url == cell.place.url)
    async with running(telegram, desk):
        await telegram.people.send(ANNA, LINK)
        await edited(telegram, "Reported by")
        await telegram.people.press(ANNA, text="Claims 4")
        before = await edited(telegram, "Claims: ")
        gone = carrier.text.replace(cell.text, "No such thing is said here any more")
        await desk.store.save_article(replace(carrier, text=gone), fetched_at=MADE_AT + timedelta(hours=1))
        await telegram.people.press(ANNA, text=str(texts.BACK))
        after = await edited(telegram, "Changed since this answer")
    assert "Changed since" not in before["text"]
    assert f"Changed since this answer: {carrier.outlet.name}. 1 statement" in after["text"]
    assert "Reported by" in after["text"]


async def test_a_long_part_is_paged_within_its_message(telegram: Any, desk: StoryDesk) -> None:
    desk.story = replace(STORY, rows=tuple(replace(CLOSING, id=f"{n:08}") for n in range(20)))
    async with running(telegram, desk):
        await telegram.people.send(ANNA, LINK)
        first = await edited(telegram, "Reported by")
        await telegram.people.press(ANNA, text="Claims 20")
        await edited(telegram, "part 1 of")
        await telegram.people.press(ANNA, text=str(texts.LATER))
        second = await edited(telegram, "part 2 of")
        await telegram.people.press(ANNA, text=str(texts.EARLIER))
        await edited(telegram, "part 1 of")
    assert second["message_id"] == first["message_id"]


async def test_an_answer_that_is_gone_is_said_on_the_button(telegram: Any, desk: StoryDesk) -> None:
    async with running(telegram, desk):
        await telegram.people.send(ANNA, LINK)
        reply = await edited(telegram, "Reported by")
        await until(lambda: desk.inbox.answer_of(ANNA, reply["message_id"]))
        await desk.store.chats.forget_person(ANNA)
        result = await telegram.people.press(ANNA, text="Claims 4")
    assert result["answer"]["text"] == str(texts.GONE)


async def test_each_link_gets_its_own_message_and_the_rest_is_named(telegram: Any, desk: StoryDesk) -> None:
    links = [f"https://quaypost.example/{n}" for n in range(texts.LINKS_MAX + 1)]
    async with running(telegram, desk):
        await telegram.people.send(ANNA, " ".join(links))
        messages = await sent(telegram, texts.LINKS_MAX + 1)
    assert [query.link for query in desk.asked] == links[:-1]
    assert links[-1] in messages[-1]["text"]


ORIGINS: list[tuple[dict[str, Any], str | None]] = [
    ({"type": "channel", "chat": -1001, "message_id": 5}, "Harbour Talk"),
    ({"type": "chat", "chat": -1002}, "Harbour Group"),
    ({"type": "user", "user": 7}, None),
    ({"type": "hidden_user", "name": "Ann"}, None),
]


@pytest.mark.parametrize(("origin", "title"), ORIGINS, ids=[origin["type"] for origin, _ in ORIGINS])
async def test_a_forwarded_post(telegram: Any, desk: StoryDesk, origin: dict[str, Any], title: str | None) -> None:
    await telegram.people.chat("channel", "Harbour Talk", chat_id=-1001)
    await telegram.people.chat("supergroup", "Harbour Group", chat_id=-1002)
    async with running(telegram, desk):
        await telegram.people.send(ANNA, TEXT, forward=origin)
        await edited(telegram, "Reported by")
        await telegram.people.send(ANNA, f"{TEXT} {LINK}", forward=origin)
        await edited(telegram, "Reported by")
    assert desk.asked[0].text == TEXT.strip()
    assert desk.asked[0].title == title
    assert desk.asked[1].link == LINK


async def test_a_caption_counts_like_a_text(telegram: Any, desk: StoryDesk) -> None:
    async with running(telegram, desk):
        await telegram.people.send(ANNA, photo=True, caption=f"look: {LINK}")
        await edited(telegram, "Reported by")
    assert desk.asked[0].link == LINK


async def test_a_link_behind_words_counts(telegram: Any, desk: StoryDesk) -> None:
    async with running(telegram, desk):
        await telegram.people.send(ANNA, html=f'read <a href="{LINK}">this</a>')
        await edited(telegram, "Reported by")
    assert desk.asked[0].link == LINK


@pytest.mark.parametrize(
    ("message", "sentence"),
    [
        ({"text": "hello"}, str(texts.TOO_SHORT)),
        ({"photo": True}, str(texts.NOT_READABLE)),
        ({"location": [1, 2]}, str(texts.NOT_READABLE)),
    ],
    ids=["short", "photo", "location"],
)
async def test_nothing_to_compare_gets_one_sentence(
    telegram: Any, desk: StoryDesk, message: dict[str, Any], sentence: str
) -> None:
    async with running(telegram, desk):
        await telegram.people.send(ANNA, **message)
        [reply] = await sent(telegram)
    assert reply["text"] == sentence
    assert desk.asked == []


async def test_a_long_text_that_an_app_has_cut_is_one_text(telegram: Any, desk: StoryDesk) -> None:
    parts = ["The bridge is old and tired. " * 100, "The council met again. " * 120, "It ended " * 5]
    async with running(telegram, desk):
        for part in parts:
            await telegram.people.send(ANNA, part.strip())
        await edited(telegram, "Reported by")
        await telegram.people.send(ANNA, LINK)
        await edited(telegram, "Reported by")
    assert [query.text for query in desk.asked] == ["\n\n".join(part.strip() for part in parts), None]


async def test_a_closed_page_is_explained_in_the_same_message(telegram: Any, desk: StoryDesk) -> None:
    desk.raises.append(OutletRefused("quaypost.example does not let programs in.", link=LINK))
    desk.slow = asyncio.Event()
    async with running(telegram, desk):
        await telegram.people.send(ANNA, LINK)
        [state] = await sent(telegram)
        desk.slow.set()
        reply = await edited(telegram, "does not let programs in")
    assert reply["text"] == f"quaypost.example does not let programs in. {texts.PASTE}"
    assert reply["message_id"] == state["message_id"]


async def test_what_nobody_foresaw_is_one_sentence_and_the_rest_is_served(telegram: Any, desk: StoryDesk) -> None:
    desk.raises += [Unexpected("secret detail"), FetchTimeout("<b>quaypost</b> gave no answer in time.", link=LINK)]
    async with running(telegram, desk):
        await telegram.people.send(ANNA, "https://a.example/1 https://a.example/2 https://a.example/3")
        await edited(telegram, "Reported by")
        shown = [message["text"] for message in await telegram.people.transcript(ANNA) if message["by_bot"]]
    assert shown[:2] == [str(texts.TROUBLE), "<b>quaypost</b> gave no answer in time."]
    assert await desk.inbox.open_updates() == []


async def test_hostile_headlines_are_shown(telegram: Any, desk: StoryDesk) -> None:
    title = '<b>&"_*[`\U0001f469\u200d\U0001f467 \u05e9\u05dc\u05d5\u05dd ' + "word " * 300
    desk.story = replace(STORY, articles=(replace(QUAY, title=title), *STORY.articles[1:]))
    async with running(telegram, desk):
        await telegram.people.send(ANNA, LINK)
        reply = await edited(telegram, "Reported by")
    assert reply["text"].startswith('<b>&"_*[`\U0001f469\u200d\U0001f467 \u05e9\u05dc\u05d5\u05dd word')


async def test_the_page_is_offered_for_links_and_not_for_sent_texts(telegram: Any, desk: StoryDesk) -> None:
    async with running(telegram, desk, public_url="https://second.example/"):
        await telegram.people.send(ANNA, LINK)
        with_page = await edited(telegram, "Reported by")
        await telegram.people.send(ANNA, TEXT)
        without = await edited(telegram, "Reported by")
    _, page = with_page["buttons"][-2]
    assert page["url"].startswith("https://second.example/answer/")
    assert len(without["buttons"][-2]) == 1


async def test_a_deleted_message_is_sent_anew(telegram: Any, desk: StoryDesk) -> None:
    desk.gate = asyncio.Event()
    async with running(telegram, desk):
        await telegram.people.send(ANNA, LINK)
        state = await edited(telegram, str(texts.SEARCHING))
        await telegram.people.delete(ANNA, state["message_id"])
        desk.gate.set()
        [answer] = await telegram.people.wait(ANNA, contains="Reported by", timeout=15)
        await telegram.people.press(ANNA, text="Claims 4", message_id=answer["message_id"])
        await edited(telegram, "Claims: ")


def test_escaping_is_for_text_and_attributes() -> None:
    assert escape("<&\"'>") == "&lt;&amp;&quot;&#x27;&gt;"


async def test_what_is_known_at_once_costs_one_message(telegram: Any, desk: StoryDesk) -> None:
    async with running(telegram, desk):
        await telegram.people.send(ANNA, LINK)
        await edited(telegram, "Reported by")
        calls = [one["method"] for one in await telegram.people.calls()]
    assert calls.count("sendMessage") == 1
    assert "editMessageText" not in calls


async def test_who_asks_the_same_meanwhile_shares_the_work(telegram: Any, desk: StoryDesk) -> None:
    desk.gate = asyncio.Event()
    async with running(telegram, desk):
        for user in (ANNA, BORIS):
            await telegram.people.send(user, LINK)
            await edited(telegram, str(texts.SEARCHING), user=user)
        desk.gate.set()
        for user in (ANNA, BORIS):
            await edited(telegram, "Reported by", user=user)
    assert len(desk.asked) == 1


async def test_after_a_crash_the_message_that_stands_goes_on(telegram: Any, desk: StoryDesk) -> None:
    desk.gate = asyncio.Event()
    async with running(telegram, desk):
        asked = await telegram.people.send(ANNA, LINK)
        state = await edited(telegram, str(texts.SEARCHING))
        raw = (await desk.inbox.open_updates())[0]
        desk.gate.set()
        await edited(telegram, "Reported by")
    await desk.store.chats.forget_person(ANNA)  # the crash came before the update was closed
    await desk.inbox.remember_reply(ANNA, asked["message_id"], 0, state["message_id"])
    await desk.inbox.write_updates([raw])
    async with running(telegram, desk):
        await telegram.people.press(ANNA, text="Claims 4")
        for _ in range(100):
            if not await desk.inbox.open_updates():
                break
            await asyncio.sleep(0.05)
    assert await telegram.people.counts() == {ANNA: 1}


async def test_an_edited_link_is_answered_in_the_answer(telegram: Any, desk: StoryDesk) -> None:
    async with running(telegram, desk):
        asked = await telegram.people.send(ANNA, "hello")
        [refusal] = await sent(telegram)
        await telegram.people.edit(ANNA, asked["message_id"], LINK)
        answer = await edited(telegram, "Reported by")
        assert answer["message_id"] == refusal["message_id"]
        await telegram.people.edit(ANNA, asked["message_id"], LINK + "/2")
        for _ in range(100):
            if len(desk.asked) == 2:
                break
            await asyncio.sleep(0.05)
    assert [query.link for query in desk.asked] == [LINK, LINK + "/2"]
    assert await telegram.people.counts() == {ANNA: 1}


async def test_a_forwarded_text_has_its_date_and_a_channels_post_its_address(telegram: Any, desk: StoryDesk) -> None:
    await telegram.people.chat("channel", "Harbour Talk", chat_id=-1001234567890)
    await telegram.people.chat("channel", "Open Harbour", chat_id=-1001234567891, username="openharbour")
    async with running(telegram, desk):
        for origin in (
            {"type": "channel", "chat": -1001234567890, "message_id": 5},
            {"type": "channel", "chat": -1001234567891, "message_id": 6},
            {"type": "user", "user": 7},
            {"type": "hidden_user", "name": "Ann"},
        ):
            await telegram.people.send(ANNA, f"{TEXT} {origin['type']}{len(desk.asked)}", forward=origin)
            await edited(telegram, "Reported by")
    assert [query.post for query in desk.asked] == [
        "https://t.me/c/1234567890/5",
        "https://t.me/openharbour/6",
        None,
        None,
    ]
    assert all(query.published_at is not None for query in desk.asked)


async def test_who_asks_too_often_is_told_how_long_to_wait(telegram: Any, desk: StoryDesk) -> None:
    async with running(telegram, desk):
        for number in range(THRESHOLDS["questions"].default):
            await desk.inbox.admit(ANNA, ANNA, Query(link=f"{LINK}/{number}"))
        await telegram.people.send(ANNA, LINK)
        [reply] = await sent(telegram)
        await telegram.people.send(BORIS, LINK)
        await edited(telegram, "Reported by", user=BORIS)
    assert reply["text"] == texts.WAIT.format(in_time="in 10 minutes")
    assert len(desk.asked) == 1


async def test_a_blocked_chat_is_noticed_once_and_opens_again(telegram: Any, desk: StoryDesk) -> None:
    desk.gate = asyncio.Event()
    async with running(telegram, desk):
        await telegram.people.send(ANNA, f"{LINK}/1 {LINK}/2")
        await edited(telegram, str(texts.SEARCHING))
        await telegram.people.send(ANNA, "/about")
        await telegram.people.block(ANNA)
        desk.gate.set()
        await until(lambda: closed_why(desk, ANNA))
        await telegram.people.send(BORIS, LINK + "/3")
        await edited(telegram, "Reported by", user=BORIS)
        refused = [one for one in await telegram.people.calls() if one.get("status") == 403]
        await telegram.people.unblock(ANNA)
        await telegram.people.send(ANNA, "/help")
        assert await sent(telegram)
    assert len(refused) == 1
    assert await closed_why(desk, ANNA) is None


@pytest.mark.parametrize("form", ["JSON", "CSV", "Markdown"])
async def test_an_answer_is_exported_as_a_file(telegram: Any, desk: StoryDesk, form: str) -> None:
    async with running(telegram, desk):
        await telegram.people.send(ANNA, LINK)
        await edited(telegram, "Reported by")
        await telegram.people.press(ANNA, text=str(texts.EXPORT))
        await edited(telegram, "whole article")
        await telegram.people.press(ANNA, text=form)
        [file] = await sent(telegram)
        await telegram.people.press(ANNA, text=str(texts.BACK))
        await edited(telegram, "Reported by")
    assert file["media"]["file_name"].startswith("second-source-council-to-shut-old-swing-bridge")


async def test_three_hundred_hostile_answers_are_all_taken(telegram: Any, desk: StoryDesk) -> None:
    hostile = (
        '<b>&"_*[`',
        "\U0001f469\u200d\U0001f467" * 80,
        "\u202e\u05e9\u05dc\u05d5\u05dd " * 50,
        "W" * 300,
        "a" * 5000,
    )
    async with running(telegram, desk):
        for number in range(300):
            words = " ".join(hostile[(number + n) % len(hostile)] for n in range(1 + number % 3))
            outlet = replace(QUAY.outlet, name=words[:80])
            row = replace(CLOSING, statement=words, cells=tuple(replace(c, source=words) for c in CLOSING.cells))
            desk.story = replace(
                STORY, articles=(replace(QUAY, title=words, outlet=outlet), *STORY.articles[1:]), rows=(row,) * 3
            )
            await telegram.people.send(2000 + number, f"{LINK}/{number}")
            await edited(telegram, "", user=2000 + number)
        last = 2000 + 299
        for button in ("Claims 3", "Why", "Timeline", "Origins", "Sources"):
            await telegram.people.press(last, text=button)
            await edited(telegram, f"{button.split()[0]}", user=last)
        refused = [one for one in await telegram.people.calls() if one.get("status") == 400]
    assert refused == []
