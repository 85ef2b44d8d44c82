"""A mistake is reported from the answer: its kind, its claim, or in a reader's own words."""

from typing import Any

from bot import texts
from bot.reporting import ASKED, KINDS, NOTED, which
from storage.reports import Report
from tests.bot.loopback import ANNA, BORIS, LINK, StoryDesk, edited, running, sent, until
from tests.bot.stories import STORY


async def opened(desk: StoryDesk) -> list[Report]:
    return await desk.store.reports.open_reports()


async def test_a_kind_and_a_claim_are_chosen_within_the_message(telegram: Any, desk: StoryDesk) -> None:
    async with running(telegram, desk):
        await telegram.people.send(ANNA, LINK)
        answer = await edited(telegram, "Reported by")
        await telegram.people.press(ANNA, text=str(texts.REPORT))
        asked = await edited(telegram, "What is wrong")
        assert [row[0]["text"] for row in asked["buttons"][:-1]] == [str(kind) for kind in KINDS.values()]
        await telegram.people.press(ANNA, text="Wrong speaker")
        choice = await edited(telegram, "in which claim")
        result = await telegram.people.press(ANNA, text="1")
        back = await edited(telegram, "Reported by")
    assert result["answer"]["text"] == str(NOTED)
    assert answer["message_id"] == asked["message_id"] == choice["message_id"] == back["message_id"]
    [report] = await opened(desk)
    first = which(STORY, "speaker").buttons[0][0].data
    assert first is not None
    assert (report.person, report.kind, f"m1:speaker:{report.row}") == (ANNA, "speaker", first)
    assert await desk.store.reports.who_got(report.comparison_id) == [ANNA]


async def test_own_words_come_as_a_reply_and_are_no_question(telegram: Any, desk: StoryDesk) -> None:
    async with running(telegram, desk):
        await telegram.people.send(ANNA, LINK)
        answer = await edited(telegram, "Reported by")
        await telegram.people.press(ANNA, text=str(texts.REPORT))
        await edited(telegram, "What is wrong")
        await telegram.people.press(ANNA, text="An outlet is missing", message_id=answer["message_id"])
        prompt = await edited(telegram, str(ASKED["outlet"]))
        assert await opened(desk) == []
        await telegram.people.send(ANNA, "The Harbour Herald has it too", reply_to=prompt["message_id"])
        await edited(telegram, str(NOTED))
    [report] = await opened(desk)
    assert (report.kind, report.text) == ("outlet", "The Harbour Herald has it too")
    assert len(desk.asked) == 1


async def test_what_a_person_reported_is_exported_and_erased(telegram: Any, desk: StoryDesk) -> None:
    async with running(telegram, desk):
        await telegram.people.send(BORIS, LINK)
        await edited(telegram, "Reported by", user=BORIS)
        await telegram.people.press(BORIS, text=str(texts.REPORT))
        await edited(telegram, "What is wrong", user=BORIS)
        await telegram.people.press(BORIS, text="Quotation check wrong")
        await until(lambda: opened(desk))
        await telegram.people.send(BORIS, "/forget")
        await sent(telegram, user=BORIS)
    assert await opened(desk) == []
