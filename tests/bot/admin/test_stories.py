"""Stories set right, and mistakes that readers report, as those see them who administer."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from newsroom.administration import Administration
from tests.bot.admin.staff import MODERATOR, labels
from tests.bot.loopback import ANNA, BORIS, LINK, StoryDesk, edited
from tests.bot.stories import MADE_AT, STORY

Types = Callable[[int, str], Awaitable[Any]]


@pytest.fixture
async def number(desk: StoryDesk) -> int:
    """The story that somebody has asked about."""
    for article in STORY.articles:
        await desk.store.save_article(article, fetched_at=MADE_AT)
    answer = await desk.store.save_comparison(LINK, STORY, made_at=MADE_AT)
    story = await desk.store.curation.story_of_answer(answer)
    assert story is not None
    return story


async def test_an_article_is_taken_out_and_put_back(
    telegram: Any, desk: StoryDesk, office: Administration, types: Types, number: int
) -> None:
    shown = await types(MODERATOR, f"/stories {number}")
    assert shown["text"].startswith(f"Story {number}\n")
    whole = await office.stories.whole(number)
    last = whole.articles[-1]
    await telegram.people.press(MODERATOR, text=str(len(whole.articles)))
    asked = await edited(telegram, "Take this article out", user=MODERATOR)
    assert last.title[:40] in asked["text"]
    assert "Why it is here: Likest to " in asked["text"]
    await telegram.people.press(MODERATOR, text="Take out")
    await edited(telegram, "1 article held", user=MODERATOR)
    assert last.url not in [one.url for one in (await office.stories.whole(number)).articles]
    new = await desk.store.stories.story_of(last.url)
    assert new is not None
    assert new != number
    away, _ = await desk.store.curation.bounds(last.url)
    assert whole.articles[0].url in away

    asked = await types(MODERATOR, f"/stories merge {number} {new}")
    assert "Make these two one story?" in asked["text"]
    assert (await desk.store.stories.story_of(last.url)) == new
    await telegram.people.press(MODERATOR, text="Join")
    await edited(telegram, f"Story {number}", user=MODERATOR)
    assert (await desk.store.stories.story_of(last.url)) == number
    away, together = await desk.store.curation.bounds(whole.articles[0].url)
    assert last.url not in away
    assert last.url in [one.url for one in together]
    acts = [one.act for one in await office.acts(limit=2)]
    assert acts == ["stories.merge", "stories.split"]


async def test_a_story_is_hidden_and_compared_anew(
    telegram: Any, desk: StoryDesk, office: Administration, types: Types, number: int
) -> None:
    assert "1. " in (await types(MODERATOR, "/stories"))["text"]
    await types(MODERATOR, f"/stories {number}")
    await telegram.people.press(MODERATOR, text="Hide")
    await edited(telegram, "hidden", user=MODERATOR)
    assert [one.id for one in await desk.store.stories.recent(limit=9)] == []
    await telegram.people.press(MODERATOR, text="Show")
    await edited(telegram, "articles held", user=MODERATOR)
    assert [one.id for one in await desk.store.stories.recent(limit=9)] == [number]
    await telegram.people.press(MODERATOR, text="Compare anew")
    await edited(telegram, "Compared anew: answer", user=MODERATOR)
    assert [query.link for query in desk.asked] == [LINK]
    assert [one.act for one in await office.acts(limit=3)] == ["stories.rerun", "stories.show", "stories.hide"]


@pytest.mark.parametrize("command", ["/stories 999", "/stories merge 1 999", "/stories merge", "/corrections 999"])
async def test_what_is_not_there_is_said_plainly(types: Types, command: str) -> None:
    said = (await types(MODERATOR, command))["text"]
    assert "There is no such" in said or "Write it like this" in said


async def reported(desk: StoryDesk, telegram: Any) -> int:
    """A mistake in an answer that two people have."""
    answer = await desk.store.save_comparison(LINK, STORY, made_at=MADE_AT)
    for message, person in enumerate((ANNA, BORIS), 500):
        await telegram.people.user(person, started=True)
        await desk.store.remember_message(person, message, answer)
    report = await desk.store.reports.add(
        ANNA, ANNA, answer, kind="speaker", row=STORY.rows[0].id, now=MADE_AT, prompt=None
    )
    assert report is not None
    return report


async def test_a_correction_reaches_everybody_who_got_the_answer_once(
    telegram: Any, desk: StoryDesk, office: Administration, types: Types
) -> None:
    report = await reported(desk, telegram)
    shown = await types(MODERATOR, "/corrections")
    assert "1 open, oldest first." in shown["text"]
    await telegram.people.press(MODERATOR, text="1")
    one = await edited(telegram, f"Report {report}", user=MODERATOR)
    assert "In how many chats: 2" in one["text"]
    assert STORY.rows[0].statement[:40] in one["text"]
    preview = await types(MODERATOR, f"/corrections fix {report} the mayor said so => the engineer said so")
    assert preview["text"].startswith("Send this to 2 chats?")
    assert not (await telegram.people.counts()).get(BORIS)
    await telegram.people.press(MODERATOR, text="Send")
    await edited(telegram, "No mistake is reported.", user=MODERATOR)
    for person in (ANNA, BORIS):
        [told] = await telegram.people.wait(person, kinds=["send"], timeout=15)
        assert told["text"].startswith("Correction to an answer you got: ")
        assert "It said: the mayor said so" in told["text"]
        assert "It should say: the engineer said so" in told["text"]
    assert (await telegram.people.counts())[ANNA] == 1
    assert "2 of 2 chats" in (await types(MODERATOR, "/corrections"))["text"]
    [act] = await office.acts(limit=1)
    assert (act.act, act.before, act.after) == ("corrections.fix", "the mayor said so", "the engineer said so")


async def test_a_rejected_report_is_closed_and_nobody_is_told(
    telegram: Any, desk: StoryDesk, office: Administration, types: Types
) -> None:
    report = await reported(desk, telegram)
    await types(MODERATOR, f"/corrections {report}")
    await telegram.people.press(MODERATOR, text="Reject")
    await edited(telegram, "No mistake is reported.", user=MODERATOR)
    closed = await types(MODERATOR, f"/corrections {report}")
    assert "State: rejected" in closed["text"]
    assert labels(closed)[0] == "Corrections"
    again = await types(MODERATOR, f"/corrections fix {report} a => b")
    assert labels(again)[:2] == ["Send", "No"]
    result = await telegram.people.press(MODERATOR, text="Send")
    assert "no such open report" in result["answer"]["text"]
    assert not (await telegram.people.counts()).get(BORIS)
    [act] = await office.acts(limit=1)
    assert (act.act, act.what) == ("corrections.reject", f"report {report}")
