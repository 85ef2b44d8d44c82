"""Placing what was collected: the stories are the events, whatever came first, and a kill loses nothing."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from claims.matching import Step
from claims.types import Article
from newsroom import matching
from newsroom.matching import Matcher
from storage.store import Store, open_store
from tests.factories import make_article
from tests.news_web import news_web

NOW = datetime(2025, 3, 3, 18, tzinfo=UTC)


@pytest.fixture
async def told(shared: Path) -> list[Article]:
    """The news web's three invented events, each told by several outlets in English."""
    async with news_web(None, now=NOW.isoformat()) as world:
        return [
            make_article(
                "\n\n".join(page.paragraphs),
                outlet=page.outlet.name,
                url=page.url,
                title=page.title,
                published_at=page.published,
            )
            for page in world.articles
        ]


@pytest.fixture
async def store(store_url: str) -> AsyncIterator[Store]:
    async with open_store(store_url) as opened:
        yield opened


async def keep(store: Store, articles: list[Article]) -> None:
    for n, article in enumerate(articles):
        await store.save_article(article, fetched_at=NOW + timedelta(seconds=n))


async def stories(store: Store, articles: list[Article]) -> set[frozenset[str]]:
    """The addresses of the articles, by story."""
    found: dict[int | None, set[str]] = {}
    for article in articles:
        found.setdefault(await store.stories.story_of(article.url), set()).add(article.url)
    return {frozenset(urls) for urls in found.values()}


async def test_stories_are_events_whatever_came_first(store: Store, told: list[Article], tmp_path: Path) -> None:
    assert len(told) > 8
    results = []
    for seed in range(3):
        async with open_store(f"sqlite:///{tmp_path}/{seed}.db") as other:
            matcher = Matcher(store=other, now=lambda: NOW)
            for article in Random(seed).sample(told, len(told)):
                await other.save_article(article, fetched_at=NOW)
                assert await matcher.place(article)
            results.append(await stories(other, told))
    await keep(store, told)  # and as they wait after a standstill, the latest first
    matcher = Matcher(store=store, now=lambda: NOW)
    while await store.stories.waiting(limit=1):
        await matcher.work("all")
    results.append(await stories(store, told))
    assert all(found == results[0] for found in results)
    assert 3 <= len(results[0]) < len(told)


async def test_a_job_places_a_batch_and_comes_back_for_the_rest(
    store: Store, told: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matching, "BATCH", 4)
    await keep(store, told[:6])
    matcher = Matcher(store=store, now=lambda: NOW)
    assert await matcher.work("all") == NOW
    assert len(await store.stories.waiting(limit=9)) == 2
    assert await matcher.work("all") == NOW
    assert await matcher.work("all") > NOW


async def test_two_at_once_open_no_two_stories_for_one_event(store_url: str, told: list[Article]) -> None:
    """As where one process stood still past its hold, and another has taken its job."""
    async with open_store(store_url) as one, open_store(store_url) as two:
        await keep(one, told)
        matchers = [Matcher(store=store, now=lambda: NOW) for store in (one, two)]
        await asyncio.gather(*(matchers[n % 2].place(article) for n, article in enumerate(told)))
        at_once = await stories(one, told)
        for article in told:
            await matchers[0].place(article)
        assert await stories(one, told) == at_once


async def test_an_article_that_was_rewritten_is_placed_anew(store: Store, told: list[Article]) -> None:
    matcher = Matcher(store=store, now=lambda: NOW)
    await keep(store, told)
    for article in told:
        await matcher.place(article)
    first = next(group for group in await stories(store, told) if len(group) > 1)
    [moved, *_] = [article for article in told if article.url in first]
    rewritten = make_article(
        "Cricket: the visitors won by six wickets at the old ground, in the rain.",
        outlet=moved.outlet,
        url=moved.url,
        title="Visitors win in the rain",
        published_at=moved.published_at,
    )
    await store.save_article(rewritten, fetched_at=NOW + timedelta(hours=1))
    await matcher.work("all")
    assert frozenset({moved.url}) in await stories(store, told)
    placed = await matcher.place(rewritten)
    assert placed is not None and placed.step is Step.OPENS


async def test_what_articles_were_like_is_dropped_when_it_can_change_no_story_any_more(
    store: Store, told: list[Article]
) -> None:
    await keep(store, told)
    late = NOW + matching.LIKES_KEPT + timedelta(days=1)
    matcher = Matcher(store=store, now=lambda: late)
    while await store.stories.waiting(limit=1):
        await matcher.work("all")
    before = await stories(store, told)
    assert any([await store.stories.alike(article.url) for article in told])
    await matcher.work("all")
    assert not any([await store.stories.alike(article.url) for article in told])
    assert await stories(store, told) == before
