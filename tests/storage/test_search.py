"""Full text: what counts as a word, and that both databases find the same in the same order."""

import random
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from typing import Any

import pytest

from claims.types import Article, Held, SearchTerms
from storage import _search
from storage.store import Store, open_store
from tests.factories import NOON, make_article, make_outlet

DAY = timedelta(days=1)


def looking_for(*words: str, names: tuple[str, ...] = (), **fields: Any) -> SearchTerms:
    given = {"numbers": (), "title": "", "since": None, "until": None} | fields
    return SearchTerms(words=words, names=names, **given)


def by_version(article: Article) -> str:
    return article.version


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("The bridge, the Bridge!", ["the", "bridge"]),
        ("Größe, GRÖSSE und Façade", ["grosse", "und", "facade"]),
        ("snake_case don't a-b 1,250", ["snake", "case", "don", "t", "a", "b", "1", "250"]),
        ("Київ и Москва", ["київ".replace("ї", "і"), "и", "москва"]),
        ("北京市 closed", ["北京", "京市", "closed"]),
        ("東", ["東"]),
        ("हिन्दी ख़बर।", ["हिन्दी", "ख़बर"]),
        ("مُدَرِّس", ["مدرس"]),
        ("\x00\ud800 😀 \"' * AND", ["and"]),
        ("x" * 100, ["x" * 40]),
    ],
)
def test_words(written: str, words: list[str]) -> None:
    assert _search.fold(written) == words


def test_plain_ascii_is_cut_as_anything_else() -> None:
    written = " ".join(f"x{chr(n)}Y {chr(n)}" for n in range(128)) + " " + "z" * 60
    assert _search.fold(written) == _search.fold(f"{written} Größe")[:-1]


def test_terms_are_words_and_names_in_turn_each_once() -> None:
    terms = looking_for("Bridge", "ferry", "bridge", names=("Ada Quill", "", "—"))
    assert _search.query_terms(terms) == [("bridge",), ("ada", "quill"), ("ferry",)]


def test_terms_are_at_most_twenty() -> None:
    terms = looking_for(*(f"word{n}" for n in range(50)))
    assert _search.query_terms(terms) == [(f"word{n}",) for n in range(20)]


def test_without_words_and_names_the_headline_is_searched() -> None:
    assert _search.query_terms(looking_for(title="Bridge closes")) == [("bridge",), ("closes",)]


@pytest.mark.parametrize(
    "at", [datetime.min.replace(tzinfo=NOON.tzinfo), NOON, datetime.max.replace(tzinfo=NOON.tzinfo)]
)
def test_places_follow_time_and_fit_a_database(at: datetime) -> None:
    assert 0 <= _search.place_of(at, "0" * 16) <= _search.place_of(at, "f" * 16) < 2**63


async def test_the_rarest_and_most_words_come_first(store: Store) -> None:
    for n, text in enumerate(["bridge closed", "bridge and ferry", "bridge painted", "nothing of it"]):
        await store.save_article(make_article(text, title="", url=f"https://a.example/{n}"), fetched_at=NOON)
    found = await store.search(looking_for("bridge", "ferry"))
    assert found[0].text == "bridge and ferry"
    assert {article.text for article in found[1:]} == {"bridge closed", "bridge painted"}


async def test_title_and_text_are_searched_and_a_name_needs_all_its_words(store: Store) -> None:
    titled = make_article("x", title="Ferry strike", url="https://a.example/1")
    named = make_article("Ada Maria Quill resigned", title="", url="https://a.example/2")
    half = make_article("Ada Reed resigned", title="", url="https://a.example/3")
    for article in (titled, named, half):
        await store.save_article(article, fetched_at=NOON)
    assert set(await store.search(looking_for("FERRY", names=("Ada Quill",)))) == {titled, named}
    assert await store.search(looking_for(names=("Ada Quill",))) == [named]
    assert set(await store.search(looking_for("ada"))) == {named, half}


async def test_the_window_is_on_the_outlets_date_and_else_on_the_reading(store: Store) -> None:
    days = {n: make_article(f"bridge {n}", url=f"https://a.example/{n}", published_at=NOON + n * DAY) for n in range(5)}
    undated = make_article("bridge undated", url="https://a.example/undated", published_at=None)
    for article in (*days.values(), undated):
        await store.save_article(article, fetched_at=NOON + 2 * DAY)
    found = await store.search(looking_for("bridge", since=NOON + DAY, until=NOON + 3 * DAY))
    assert set(found) == {days[1], days[2], days[3], undated}
    assert set(await store.search(looking_for("bridge", until=NOON))) == {days[0]}
    assert set(await store.search(looking_for("bridge", since=NOON + 4 * DAY))) == {days[4]}


async def test_of_equals_the_newest_comes_first_and_the_limit_cuts_the_rest(store: Store) -> None:
    articles = [make_article("bridge", url=f"https://a.example/{n}", published_at=NOON + n * DAY) for n in range(6)]
    for article in articles:
        await store.save_article(article, fetched_at=NOON)
    assert await store.search(looking_for("bridge"), limit=4) == articles[:1:-1]


async def test_only_the_newest_of_the_fullest_versions_is_found(store: Store) -> None:
    first = make_article("the bridge creaks")
    second = make_article("the bridge is silent")
    headline = make_article("the bridge in short", held=Held.HEADLINE)
    for hours, article in enumerate((headline, first, second, headline)):
        await store.save_article(article, fetched_at=NOON + timedelta(hours=hours))
    assert await store.search(looking_for("bridge")) == [second]
    assert await store.search(looking_for("creaks")) == []
    await store.save_article(first, fetched_at=NOON + DAY)
    assert await store.search(looking_for("bridge")) == [first]
    assert await store.search(looking_for("silent")) == []


async def test_several_kept_at_once_are_found_as_if_kept_one_by_one(store: Store) -> None:
    old = make_article("the bridge creaks")
    await store.save_article(old, fetched_at=NOON)
    fuller, headline = make_article("the bridge is silent"), make_article("bridge", held=Held.HEADLINE)
    other = make_article("a bridge elsewhere", url="https://a.example/2")
    pasted = make_article("a bridge of sighs", url="https://a.example/3", held=Held.READER_COPY)
    await store.save_articles([headline, other, fuller, pasted, other], fetched_at=NOON + DAY)
    assert set(await store.search(looking_for("bridge"))) == {fuller, other}
    assert await store.search(looking_for("creaks")) == []
    assert [article for article, _ in await store.versions(old.url)] == [
        old,
        *sorted((fuller, headline), key=by_version),
    ]


async def test_what_a_reader_pasted_is_never_found_until_the_outlets_page_says_the_same(store: Store) -> None:
    pasted = make_article("the bridge sang", held=Held.READER_COPY)
    await store.save_article(pasted, fetched_at=NOON)
    assert await store.search(looking_for("bridge")) == []
    page = make_article("the bridge sang")
    await store.save_article(page, fetched_at=NOON + DAY)
    assert await store.search(looking_for("bridge")) == [page]
    await store.save_article(pasted, fetched_at=NOON + 2 * DAY)
    assert await store.search(looking_for("bridge")) == [page]


async def test_articles_that_would_have_the_same_place_are_both_found(store: Store) -> None:
    met: dict[int, Article] = {}
    for n in range(200_000):  # two of some 40 000 share the 30 bits of a place
        article = make_article("bridge", url=f"https://a.example/{n}")
        twin = met.setdefault(_search.place_of(NOON, article.version), article)
        if twin is not article:
            break
    else:
        pytest.fail("no two articles with the same place: the test needs another series")
    for each in (twin, article):
        await store.save_article(each, fetched_at=NOON)
    assert set(await store.search(looking_for("bridge"))) == {twin, article}


@pytest.mark.parametrize(
    "word",
    [
        "'",
        '"',
        '" OR "1',
        "a AND b",
        "NEAR(a, b)",
        "a*",
        "col:a",
        "-a",
        "a & !b | (c)",
        ":*",
        "\\",
        "%",
        "\x00",
        "\ud83d",
        "😀",
        "\u200b",
        "",
    ],
)
async def test_no_word_of_a_reader_is_an_operator(store: Store, word: str) -> None:
    await store.save_article(make_article(f"bridge {word}"), fetched_at=NOON)
    found = await store.search(looking_for(word, "bridge", names=(word, f"{word} {word}"), title=word))
    assert [article.text for article in found] == [f"bridge {word}"]


async def test_common_words_tell_together_and_alone_only_where_nothing_is_rarer(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_search, "COMMON", 3)
    texts = [*(f"harbour {n}" for n in range(5)), *(f"minister {n}" for n in range(5)), "the harbour minister"]
    for n, text in enumerate(texts):
        article = make_article(text, title="", url=f"https://a.example/{n}", published_at=NOON + n * DAY)
        await store.save_article(article, fetched_at=NOON)

    async def texts_found(*words: str) -> list[str]:
        return [article.text for article in await store.search(looking_for(*words))]

    assert await texts_found("harbour", "minister") == ["the harbour minister"]
    assert await texts_found("harbour") == ["the harbour minister", "harbour 4", "harbour 3"]


@pytest.fixture
async def both_stores(sqlite_url: str, postgres_url: str) -> AsyncIterator[list[Store]]:
    async with AsyncExitStack() as stack:
        yield [await stack.enter_async_context(open_store(url)) for url in (sqlite_url, postgres_url)]


async def test_both_databases_find_the_same_in_the_same_order(both_stores: list[Store]) -> None:
    dice = random.Random(7)
    words = [f"{'àéîõüßñ'[n % 7]}word{n}" for n in range(60)] + ["北京市長", "Київ", "हिन्दी"]
    for n in range(80):
        text = " ".join(dice.choices(words, k=12))
        published = NOON + dice.randrange(10) * DAY if n % 5 else None
        article = make_article(
            text,
            title=dice.choice(words),
            url=f"https://a.example/{n}",
            outlet=make_outlet(f"Paper {n % 7}"),
            published_at=published,
        )
        for store in both_stores:
            await store.save_article(article, fetched_at=NOON)
    found = []
    for _ in range(20):
        terms = looking_for(
            *dice.choices(words, k=5),
            names=(" ".join(dice.choices(words, k=2)),),
            since=NOON + DAY,
            until=NOON + 8 * DAY,
        )
        answers = [await store.search(terms, limit=10) for store in both_stores]
        assert answers[0] == answers[1]
        found.append(len(answers[0]))
    assert min(found) > 3
