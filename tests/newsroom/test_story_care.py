"""What an admin parts or joins holds in answers: on the news web's invented story."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from claims.comparison import Comparison, Origins
from claims.errors import BadInput
from newsroom.desk import Desk
from newsroom.intake import Query
from newsroom.story_care import StoryCare, ref_of
from scrapers.outlets import Outlets
from scrapers.web import WebOptions, open_web
from storage.audit import By
from storage.store import Store, open_store
from tests.factories import make_article
from tests.news_web import news_web

NOW = datetime(2025, 3, 3, 18, tzinfo=UTC)
BY = By(1, NOW)


@pytest.fixture
async def world(shared: Path) -> AsyncIterator[Any]:
    async with news_web(None, now=NOW.isoformat()) as running:
        yield running


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with open_store(f"sqlite:///{tmp_path}/care.db") as opened:
        yield opened


@pytest.fixture
async def desk(world: Any, store: Store) -> AsyncIterator[Desk]:
    options = WebOptions(egress_proxy=world.proxy, ca_file=world.ca_path, pause_s=0.0)
    async with open_web(options, Outlets.load(), now=lambda: NOW) as web:
        yield Desk(web=web, store=store, outlets=Outlets.load(), now=lambda: NOW)


async def test_what_is_parted_stays_out_and_what_is_joined_comes_back(world: Any, store: Store, desk: Desk) -> None:
    link = next(page.url for page in world.articles if page.outlet.name == "Reuters" and "tram" in page.title)
    answer = await desk.answer(Query(link=link))
    lead, other = answer.comparison.articles[:2]
    assert other.outlet.key != lead.outlet.key
    care = StoryCare(store, desk, lambda: NOW)
    story = await store.curation.story_of_answer(answer.id)
    assert story is not None

    new = await care.split(story, ref_of(other), by=BY)
    again = await care.rerun(story)
    assert again.id != answer.id
    assert other.url not in [one.url for one in again.comparison.articles]
    later = await desk.answer(Query(link=link), anew=True)
    assert other.url not in [one.url for one in later.comparison.articles]

    await care.merge(story, new, by=BY)
    joined = await care.rerun(story)
    assert other.url in [one.url for one in joined.comparison.articles]
    with pytest.raises(BadInput, match="one story already"):
        await care.merge(story, new, by=BY)


async def test_what_is_joined_is_compared_though_it_is_unlike(world: Any, store: Store, desk: Desk) -> None:
    link = next(page.url for page in world.articles if page.outlet.name == "Reuters" and "tram" in page.title)
    unlike = make_article("Kelp was sold at the quay at dawn, a diver said.", outlet="Kelp Courier")
    await store.save_article(unlike, fetched_at=NOW)
    alone = Comparison(
        articles=(unlike,), rows=(), quotations=(), own_voice=(), edges=(), origins=Origins(at_least=1, at_most=1)
    )
    answers = [(await desk.answer(Query(link=link))).id, await store.save_comparison(unlike.url, alone, made_at=NOW)]
    one, two = [await store.curation.story_of_answer(answer) for answer in answers]
    assert one
    assert two
    care = StoryCare(store, desk, lambda: NOW)
    await care.merge(one, two, by=BY)
    joined = await desk.answer(Query(link=link), anew=True)
    assert unlike.url in [article.url for article in joined.comparison.articles]


async def test_a_hidden_story_is_offered_to_nobody(world: Any, store: Store, desk: Desk) -> None:
    page = next(page for page in world.articles if page.outlet.name == "Reuters" and "tram" in page.title)
    answer = await desk.answer(Query(link=page.url))
    story = await store.curation.story_of_answer(answer.id)
    assert story is not None
    assert [one.id for one in await desk.inbox.answers_about(page.title, limit=5)] == [answer.id]
    care = StoryCare(store, desk, lambda: NOW)
    await care.hide(story, hidden=True, by=BY)
    assert await desk.inbox.answers_about(page.title, limit=5) == []
    await care.hide(story, hidden=False, by=BY)
    assert [one.id for one in await desk.inbox.answers_about(page.title, limit=5)] == [answer.id]
