"""/settings: each choice is kept for its chat and obeyed by the next answer; in a group its admins decide."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.language import LANGUAGES, speaking
from bot.settings_screen import AUTO, LENGTH, OUTLETS, TONGUE, ZONE, changed, data, overview
from newsroom.inbox import ChatSettings
from tests.bot.loopback import ANNA, BORIS, LINK, StoryDesk, edited, running, sent
from tests.bot.stories import MADE_AT, STORY

OWNER, GROUP = 77, -1001234567891


@pytest.fixture
async def group(telegram: Any) -> int:
    await telegram.people.chat("supergroup", "Harbour Group", chat_id=GROUP, bot="member", owner=OWNER, members=[ANNA])
    return GROUP


@pytest.mark.parametrize(
    ("what", "value"), [(TONGUE, "tlh"), (ZONE, "Mars/Olympus"), (LENGTH, "2"), (OUTLETS, "nobody"), ("what", "1")]
)
def test_a_value_that_no_button_has_changes_nothing(what: str, value: str) -> None:
    settings = ChatSettings(language="de", outlets_first=("quay",))
    assert changed(settings, what, value) == settings


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_button_fits_and_the_screen_names_its_language(code: str) -> None:
    with speaking(code):
        shown = overview(ChatSettings(language=code), {}, now=MADE_AT, auto=True)
    assert LANGUAGES[code] in shown.html
    carried = [button.data for row in shown.buttons for button in row if button.data]
    assert {one.split(":")[1] for one in carried} == {TONGUE, ZONE, OUTLETS, LENGTH, AUTO}
    assert all(len(one.encode()) <= 64 for one in carried)


async def test_a_language_is_chosen_in_one_message_and_obeyed(telegram: Any, desk: StoryDesk) -> None:
    async with running(telegram, desk):
        await telegram.people.send(ANNA, "/settings")
        [shown] = await sent(telegram)
        await telegram.people.press(ANNA, text="Language")
        await edited(telegram, "Which language")
        await telegram.people.press(ANNA, text="Deutsch")
        german = await edited(telegram, "Deutsch")
        assert german["message_id"] == shown["message_id"]
        await telegram.people.send(ANNA, LINK)
        answer = await edited(telegram, "Aussagen")
    assert "Reported by" not in answer["text"]
    assert (await desk.inbox.settings(ANNA)).language == "de"


async def test_the_app_s_language_is_taken_until_one_is_chosen(telegram: Any, desk: StoryDesk) -> None:
    await telegram.people.user(BORIS, language_code="ru-RU")
    async with running(telegram, desk):
        await telegram.people.send(BORIS, "/about")
        [told] = await sent(telegram, user=BORIS)
        assert (await desk.inbox.settings(BORIS)).language == "ru"
        await desk.inbox.set_settings(BORIS, ChatSettings(language="en"))
        await telegram.people.send(BORIS, "/about")
        [english] = await sent(telegram, user=BORIS)
    assert not told["text"].isascii()
    assert english["text"].startswith("Second Source compares")


async def test_zone_outlets_and_length_are_obeyed(telegram: Any, desk: StoryDesk) -> None:
    *_, last = STORY.articles
    await desk.store.seed_outlets([article.outlet for article in STORY.articles])
    async with running(telegram, desk):
        await telegram.people.send(ANNA, "/settings zone kolkata")
        await sent(telegram)
        await telegram.people.send(ANNA, f"/settings outlets {last.outlet.name}, Nobody's News")
        [told] = await sent(telegram)
        assert last.outlet.name in told["text"]
        assert "Not known here: Nobody's News." in told["text"]
        await telegram.people.press(ANNA, text="Short answers")
        await edited(telegram, "in a few lines")
        await telegram.people.send(ANNA, LINK)
        answer = await edited(telegram, "Reported by")
        await telegram.people.press(ANNA, text="Timeline")
        times = await edited(telegram, "Asia/Kolkata")
    assert len(answer["text"]) <= 600
    dated = [one.published_at for one in STORY.articles if one.published_at]
    assert f"{min(dated) + timedelta(hours=5, minutes=30):%H:%M}" in times["text"]
    assert await desk.inbox.settings(ANNA) == ChatSettings(
        zone="Asia/Kolkata", outlets_first=(last.outlet.key,), short=True
    )


async def test_an_unknown_city_is_said(telegram: Any, desk: StoryDesk) -> None:
    async with running(telegram, desk):
        await telegram.people.send(ANNA, "/settings zone Atlantis")
        [told] = await sent(telegram)
    assert "No time zone is known as Atlantis" in told["text"]
    assert (await desk.inbox.settings(ANNA)).zone == "UTC"


async def test_a_group_s_admins_decide_for_it(telegram: Any, desk: StoryDesk, group: int) -> None:
    async with running(telegram, desk):
        await telegram.people.send(ANNA, "/settings", chat_id=group)
        await telegram.people.send(OWNER, "/settings", chat_id=group)
        [shown] = await telegram.people.wait(group, count=1, timeout=15)
        carried = data(AUTO, 1)
        refused = await telegram.people.press(group, data=carried, user_id=ANNA)
        assert refused["answer"]["text"] == "In a group its admins set this."
        assert not await desk.inbox.auto_answer(group)
        await telegram.people.press(group, data=carried, user_id=OWNER)
        await telegram.people.wait(group, contains="answered unasked", kinds=["edit"], timeout=15)
    assert await desk.inbox.auto_answer(group)
    assert shown["text"].startswith("Settings of this chat")


async def test_a_group_speaks_the_language_of_whoever_lets_the_bot_in(
    telegram: Any, desk: StoryDesk, group: int
) -> None:
    await telegram.people.user(OWNER, language_code="es")
    async with running(telegram, desk):
        await telegram.people.bot_status(group, "member", by=OWNER)
        await telegram.people.send(ANNA, f"/check {LINK}", chat_id=group)
        [answer] = await telegram.people.wait(group, timeout=15)
    assert "5 medios" in answer["text"]
    assert (await desk.inbox.settings(ANNA)).language is None


async def test_who_share_the_work_are_each_told_in_their_language(telegram: Any, desk: StoryDesk) -> None:
    desk.slow, desk.gate = asyncio.Event(), asyncio.Event()
    await desk.inbox.set_settings(ANNA, ChatSettings(language="de"))
    await desk.inbox.set_settings(BORIS, ChatSettings(language="fr"))
    async with running(telegram, desk):
        for person, reading in ((ANNA, "Lese"), (BORIS, "Lecture")):
            await telegram.people.send(person, LINK)
            await edited(telegram, reading, user=person)
        desk.slow.set()
        await edited(telegram, "Suche andere Medien", user=ANNA)
        await edited(telegram, "Recherche d’autres médias", user=BORIS)
        desk.gate.set()
        await edited(telegram, "Berichtet von 5 Medien", user=ANNA)
        await edited(telegram, "Rapporté par 5 médias", user=BORIS)
    assert len(desk.asked) == 1
