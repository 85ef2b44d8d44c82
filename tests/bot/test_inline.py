"""Inline mode: stories that are kept, as cards, and the card's text in the chat it is picked for."""

from dataclasses import replace
from typing import Any

from bot import texts
from bot.inline import PAUSE, QUERIES_MAX
from claims.types import Held
from tests.bot.loopback import ANNA, BORIS, LINK, StoryDesk, running
from tests.bot.stories import MADE_AT, QUAY, STORY


async def cards(telegram: Any, words: str) -> tuple[Any, list[Any], Any]:
    found = await telegram.people.inline(ANNA, words)
    answer = found["answer"]
    return found["query_id"], answer["results"], answer.get("button")


async def test_words_and_links_find_stories_that_are_kept(telegram: Any, desk: StoryDesk) -> None:
    story = await desk.store.save_comparison(LINK, STORY, made_at=MADE_AT)
    async with running(telegram, desk):
        for words in ("swing bridge", "why is the bridge shut", LINK):
            _, [one], _ = await cards(telegram, words)
            assert (one["id"], one["title"]) == (story, QUAY.title)
            assert one["description"] == "Quay Post, 3 March 2025, 5 outlets, at most 3, at least 2 independent origins"
        assert desk.asked == []


async def test_a_picked_card_carries_the_comparison_and_asks_nothing(telegram: Any, desk: StoryDesk) -> None:
    await desk.store.save_comparison(LINK, STORY, made_at=MADE_AT)
    async with running(telegram, desk):
        query, [one], _ = await cards(telegram, "swing bridge")
        picked = await telegram.people.pick(query, one["id"])
        await telegram.people.send(ANNA, "/about")
        await telegram.people.wait(ANNA, timeout=15)
    assert "Reported by 5 outlets" in picked["text"]
    assert desk.asked == []


async def test_where_nothing_is_kept_the_private_chat_is_offered(telegram: Any, desk: StoryDesk) -> None:
    copy = replace(QUAY, url="text:12ab", held=Held.READER_COPY)
    own = replace(
        STORY, articles=(copy, *STORY.articles[1:]), rows=(), quotations=(), own_voice=(), edges=(), changes=()
    )
    await desk.store.save_comparison("text:12ab", own, made_at=MADE_AT)
    async with running(telegram, desk):
        for words in ("zeppelin", "swing bridge", "", "https://nowhere.example/1"):
            _, found, button = await cards(telegram, words)
            assert found == []
            assert button["text"] == str(texts.INLINE_NONE)


async def test_who_searches_without_end_is_told_when_to_go_on(telegram: Any, desk: StoryDesk) -> None:
    begins = str(PAUSE).partition("{")[0]
    async with running(telegram, desk):
        buttons = [(await cards(telegram, f"zeppelin {n}"))[2]["text"] for n in range(QUERIES_MAX + 1)]
        other = await telegram.people.inline(BORIS, "zeppelin")
    assert [button.startswith(begins) for button in buttons] == [False] * QUERIES_MAX + [True]
    assert not other["answer"]["button"]["text"].startswith(begins)
