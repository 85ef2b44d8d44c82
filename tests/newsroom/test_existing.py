"""What others have published already comes into an answer: fact-checks as quotations, the web archive's copies."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from claims.types import Held
from newsroom.desk import Desk
from newsroom.intake import Query
from scrapers.outlets import Outlets
from scrapers.web import WebOptions, open_web
from storage.store import open_store
from tests.news_web import news_web

NOW = datetime(2025, 3, 3, 18, tzinfo=UTC)


@pytest.fixture
async def world(shared: Path) -> AsyncIterator[Any]:
    async with news_web(None, now=NOW.isoformat()) as running:
        yield running


@pytest.fixture
async def desk(world: Any, tmp_path: Path) -> AsyncIterator[Desk]:
    """A desk with a key for fact-checks."""

    async def sleep(seconds: float) -> None:
        pass

    outlets, keys = Outlets.load(), {"fact_checks": "a-key"}
    options = WebOptions(egress_proxy=world.proxy, ca_file=world.ca_path, pause_s=0.0, keys=keys)
    async with (
        open_store(f"sqlite:///{tmp_path}/desk.db") as store,
        open_web(options, outlets, now=lambda: NOW, sleep=sleep) as web,
    ):
        yield Desk(web=web, store=store, outlets=outlets, now=lambda: NOW)


@pytest.fixture
def page(world: Any) -> Any:
    """A page of Reuters that the web archive has."""
    return next(page for page in world.articles if page.snapshots and page.outlet.name == "Reuters")


async def test_a_fact_check_of_the_story_is_quoted_and_one_of_another_is_not(world: Any, page: Any, desk: Desk) -> None:
    claim = {"text": f"{page.title} for good"}
    other = {"text": f"{' '.join(page.title.split()[:2])} saw whales of forty metres in its fountain"}
    kept = world.library.factchecks[1]
    world.library.factchecks = [
        kept | claim,
        kept | other | {"claimReview": [kept["claimReview"][0] | {"url": "https://x.example"}]},
    ]
    answer = await desk.answer(Query(link=page.url))
    [check] = answer.comparison.fact_checks
    assert (check.claim, check.rating, check.publisher) == (claim["text"], "Misleading", "Ellery Check")
    recalled = await desk.recall(answer.id)
    assert recalled is not None and recalled.comparison.fact_checks == (check,)


async def test_a_service_that_fails_costs_no_answer(world: Any, page: Any, desk: Desk) -> None:
    world.set_faults({"kind": "status", "status": 500, "url": "*factchecktools*"})
    answer = await desk.answer(Query(link=page.url))
    assert answer.comparison.fact_checks == ()
    assert len(answer.comparison.articles) > 1


async def test_the_archives_copy_stands_for_a_page_that_is_closed_and_the_answer_says_that_it_is(
    world: Any, page: Any, desk: Desk
) -> None:
    world.set_faults({"kind": "status", "status": 401, "host": "reuters.com"})
    answer = await desk.answer(Query(link=page.url))
    lead = answer.comparison.articles[0]
    assert (lead.url, lead.held) == (page.url, Held.FULL)
    assert page.paragraphs[0] in lead.text
    assert ("Reuters", "refused") in {(miss.outlet, miss.reason) for miss in answer.comparison.misses}


async def test_what_robots_txt_closes_is_not_fetched_from_the_archive(world: Any, page: Any, desk: Desk) -> None:
    closed = {"kind": "replace", "content_type": "text/plain", "text": "User-agent: *\nDisallow: /"}
    world.set_faults(closed | {"url": "*reuters.com/robots.txt"})
    answer = await desk.answer(Query(link=page.url))
    assert answer.comparison.articles[0].held is not Held.FULL
    assert "web.archive.org" not in (await world.stats())["hosts"]
