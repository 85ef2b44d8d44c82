"""People and chats: replies that are gone on with, limits, settings of groups, and what is erased for a person."""

import json
from datetime import timedelta

import pytest

from claims.comparison import Comparison, Origins
from claims.errors import UnknownVersion
from claims.types import Article, Held, SearchTerms
from storage.chats import ChatSettings, Limit, Traces
from storage.store import Store
from tests.factories import NOON, make_article, make_outlet
from tests.storage.comparisons import bridge_articles

MINUTE = timedelta(minutes=1)
EACH, CHATWISE = Limit(questions=2, within=10 * MINUTE), Limit(questions=3, within=10 * MINUTE)
ANNA, BORIS, GROUP = 5, 6, -(10**12) - 5


def plain(*articles: Article) -> Comparison:
    return Comparison(
        articles=articles, rows=(), quotations=(), own_voice=(), edges=(), origins=Origins(at_least=1, at_most=1)
    )


async def admit(store: Store, person: int, chat: int, *, minute: int, asked: str = "x") -> timedelta | None:
    return await store.chats.admit(person, chat, asked, now=NOON + minute * MINUTE, each=EACH, chatwise=CHATWISE)


async def test_a_reply_is_remembered_by_its_question(store: Store) -> None:
    for position, message in ((0, 10), (1, 11), (0, 12)):
        await store.chats.remember_reply(ANNA, 7, position, message, now=NOON)
    assert await store.chats.replies_to(ANNA, 7) == {0: 12, 1: 11}
    assert await store.chats.replies_to(BORIS, 7) == {}


async def test_who_asks_too_often_waits_as_long_as_it_takes(store: Store) -> None:
    assert [await admit(store, ANNA, ANNA, minute=minute) for minute in (0, 3)] == [None, None]
    assert await admit(store, ANNA, ANNA, minute=4) == 6 * MINUTE
    assert await admit(store, BORIS, BORIS, minute=4) is None
    assert await admit(store, ANNA, ANNA, minute=10) is None


async def test_a_chat_has_a_limit_of_its_own(store: Store) -> None:
    assert [await admit(store, person, GROUP, minute=person) for person in (1, 2, 3)] == [None] * 3
    assert await admit(store, 4, GROUP, minute=4) == 7 * MINUTE
    assert await admit(store, 4, 4, minute=4) is None


async def test_a_closed_chat_opens_again_and_keeps_its_settings(store: Store) -> None:
    await store.chats.set_auto_answer(GROUP, on=True)
    await store.chats.close_chat(GROUP, why="kicked", now=NOON)
    assert (await store.admin.person(GROUP)).closed_why == "kicked"
    await store.chats.open_chat(GROUP)
    assert (await store.admin.person(GROUP)).closed_why is None
    assert await store.chats.auto_answer(GROUP)


async def test_a_group_moves_with_its_settings_and_its_limit(store: Store) -> None:
    old = -55
    await store.chats.set_auto_answer(old, on=True)
    for person in (1, 2, 3):
        await admit(store, person, old, minute=person)
    for _ in range(2):
        await store.chats.move_chat(old, GROUP)
    assert await store.chats.auto_answer(GROUP)
    assert not await store.chats.auto_answer(old)
    assert await admit(store, 4, GROUP, minute=4) == 7 * MINUTE


def raw(person: int, number: int) -> tuple[int, str]:
    return number, json.dumps({"update_id": number, "message": {"from": {"id": person, "is_bot": False}}})


async def test_a_person_is_forgotten_alone_and_wholly(store: Store) -> None:
    lead, _ = bridge_articles()
    public = await store.save_comparison(lead.url, plain(lead), made_at=NOON)
    copy = make_article("my own pasted words", held=Held.READER_COPY, url="text:12ab", published_at=None)
    pasted = await store.save_comparison("text:12ab", plain(copy, lead), made_at=NOON)
    for person in (ANNA, BORIS):
        await admit(store, person, person, minute=0, asked=lead.url)
        await store.remember_message(person, 1, public)
        await store.chats.remember_reply(person, 1, 0, 1, now=NOON)
    await admit(store, ANNA, ANNA, minute=1, asked="text:12ab")
    await store.remember_message(ANNA, 2, pasted)
    await store.write_updates([raw(ANNA, 1), raw(BORIS, 2), raw(50, 3)], now=NOON)

    kept = await store.chats.traces(ANNA)
    assert kept == Traces(
        asks=((NOON, ANNA, lead.url), (NOON + MINUTE, ANNA, "text:12ab")),
        answers=((1, public), (2, pasted)),
        texts=("my own pasted words",),
        updates=(raw(ANNA, 1)[1],),
    )
    assert await store.chats.forget_person(ANNA) == 6
    assert await store.chats.traces(ANNA) == Traces(asks=(), answers=(), texts=(), updates=())
    assert await store.chats.replies_to(ANNA, 1) == {}
    assert await store.comparison(pasted) is None
    with pytest.raises(UnknownVersion):
        await store.article(copy.version)
    assert await store.comparison(public) is not None
    assert await store.comparison_of(BORIS, 1) == public
    assert len((await store.chats.traces(BORIS)).asks) == 1
    assert [number for number, _ in await store.open_updates()] == [2, 3]


async def test_who_replies_to_a_person_keeps_what_is_asked(store: Store) -> None:
    message = {"from": {"id": BORIS}, "text": "/check", "reply_to_message": {"from": {"id": ANNA}, "text": "a post"}}
    await store.write_updates([(7, json.dumps({"update_id": 7, "message": message})), raw(ANNA, 8)], now=NOON)
    assert (await store.chats.traces(ANNA)).updates == (raw(ANNA, 8)[1],)
    await store.chats.forget_person(ANNA)
    assert [number for number, _ in await store.open_updates()] == [7]


async def test_a_text_that_came_another_way_to_somebody_else_stays_that_persons(store: Store) -> None:
    copy = make_article("words of a flyer", held=Held.READER_COPY, url="text:12ab", published_at=None)
    answers = {}
    for person, asked in ((ANNA, "text:12ab"), (BORIS, "text:34cd")):
        answers[person] = await store.save_comparison(asked, plain(copy), made_at=NOON)
        await admit(store, person, person, minute=0, asked=asked)
    await store.chats.forget_person(ANNA)
    assert await store.comparison(answers[ANNA]) is None
    assert await store.comparison(answers[BORIS]) is not None


async def test_the_name_of_a_private_group_goes_with_its_last_text(store: Store) -> None:
    group = make_outlet("A private group", key="sent-text:text:9", domains=("text.invalid",))
    post = make_article("words of a post", outlet=group, held=Held.READER_COPY, url="text:12ab", published_at=None)
    await store.save_comparison("text:12ab", plain(post), made_at=NOON)
    await admit(store, ANNA, ANNA, minute=0, asked="text:12ab")
    assert await store.collection.outlet(group.key) is not None
    await store.chats.forget_person(ANNA)
    assert await store.collection.outlet(group.key) is None


async def test_a_text_that_somebody_else_has_sent_too_stays_that_persons(store: Store) -> None:
    copy = make_article("words of a flyer", held=Held.READER_COPY, url="text:12ab", published_at=None)
    answer = await store.save_comparison("text:12ab", plain(copy), made_at=NOON)
    for person in (ANNA, BORIS):
        await admit(store, person, person, minute=0, asked="text:12ab")
        await store.remember_message(person, 1, answer)
    await store.chats.forget_person(ANNA)
    assert await store.comparison_of(BORIS, 1) == answer
    assert await store.comparison(answer) is not None


async def test_answers_are_found_by_words_newest_of_each_story_and_no_readers_own(store: Store) -> None:
    lead, other = bridge_articles()
    await store.save_comparison(lead.url, plain(lead), made_at=NOON)
    newest = await store.save_comparison(lead.url, plain(lead, other), made_at=NOON + MINUTE)
    ferry = make_article("The ferry fleet is sold to the islands.", url="https://a.example/ferry")
    second = await store.save_comparison(ferry.url, plain(ferry), made_at=NOON)
    copy = make_article("bridge words", held=Held.READER_COPY, url="text:12ab", published_at=None)
    await store.save_comparison("text:12ab", plain(copy, lead), made_at=NOON + 2 * MINUTE)

    async def found(*words: str) -> list[str]:
        terms = SearchTerms(words=words, names=(), numbers=(), title="", since=None, until=None)
        return [one.id for one in await store.answers_about(terms, limit=5)]

    assert await found("swing") == [newest]
    assert await found("ferry", "fleet", "islands") == [second, newest]
    assert await found("zeppelin") == []


async def test_a_channels_post_makes_no_outlet_to_be_followed(store: Store) -> None:
    channel = make_outlet("Harbour Talk", key="t.me/c/77", domains=("t.me/c/77",))
    post = make_article("words of a post", outlet=channel, held=Held.READER_COPY, url="https://t.me/c/77/5")
    page = make_article("words of a page")
    for article in (post, page):
        await store.save_article(article, fetched_at=NOON)
    assert [outlet.key for outlet in await store.collection.outlets()] == [page.outlet.key]


async def test_settings_are_kept_beside_what_else_a_chat_has(store: Store) -> None:
    assert await store.chats.settings(ANNA) == ChatSettings()
    wanted = ChatSettings(language="ar", zone="Africa/Cairo", outlets_first=("quay", "ferry"), short=True)
    await store.chats.close_chat(ANNA, why="blocked", now=NOON)
    await store.chats.set_settings(ANNA, wanted)
    assert await store.chats.settings(ANNA) == wanted
    assert (await store.admin.person(ANNA)).closed_why == "blocked"
    assert await store.chats.settings(BORIS) == ChatSettings()


async def test_settings_go_with_the_group_and_with_the_person(store: Store) -> None:
    wanted = ChatSettings(language="de", zone="Europe/Berlin", outlets_first=("quay",))
    for chat in (GROUP, ANNA):
        await store.chats.set_settings(chat, wanted)
    await store.chats.move_chat(GROUP, GROUP - 1)
    assert await store.chats.settings(GROUP - 1) == wanted
    assert (await store.chats.traces(ANNA)).settings == wanted
    assert await store.chats.forget_person(ANNA) == 1
    assert await store.chats.settings(ANNA) == ChatSettings()
