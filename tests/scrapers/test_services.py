"""Services that need a key, and the web archive: what they give, and that a key is never told."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from claims.comparison import FactCheck
from claims.errors import FetchError, FetchFault, OutletRefused, PageGone
from claims.types import SearchTerms
from scrapers.outlets import Outlets
from scrapers.search.fact_checks import FactChecks
from scrapers.search.nyt import NewYorkTimes
from scrapers.search.wayback import Wayback
from scrapers.web import Web

from .conftest import NOW, OpenWeb

KEY = "a-secret-key"
TERMS = SearchTerms(
    words=("tram", "scrapped"),
    names=("Northfield",),
    numbers=(),
    title="Northfield council votes to pause the tram extension",
    since=NOW - timedelta(days=7),
    until=NOW + timedelta(days=7),
    language="en",
)
NYT_ROW = {
    "web_url": "https://www.nytimes.com/2025/03/03/world/northfield-tram.html?smid=x",
    "headline": {"main": "Northfield pauses its tram", "print_headline": ""},
    "abstract": "The council voted <i>on Monday</i> evening.",
    "pub_date": "2025-03-03T09:30:00+0000",
    "document_type": "article",
}


def soon(seconds: float = 5.0) -> float:
    return asyncio.get_running_loop().time() + seconds


def serve(world: Any, url: str, answer: object) -> None:
    """``url`` answers so; its host has no robots.txt of interest, whether the news web knows it or not."""
    told = {"kind": "replace", "url": url, "text": json.dumps(answer), "content_type": "application/json"}
    world.set_faults([{"kind": "replace", "url": "*/robots.txt", "text": "", "content_type": "text/plain"}, told])


@pytest.fixture
async def web(opened: OpenWeb) -> Any:
    async with opened() as opened_web:
        yield opened_web


# The New York Times


@pytest.fixture
def nyt(world: Any, web: Web) -> NewYorkTimes:
    world.host_outlet["api.nytimes.com"] = world.outlets[0]  # a host that is there; what it answers each test says
    return NewYorkTimes(web._fetcher, Outlets.load(), key=KEY)


async def test_articles_of_the_new_york_times_are_candidates(world: Any, nyt: NewYorkTimes) -> None:
    serve(world, "*api.nytimes.com/svc/search/*", {"status": "OK", "response": {"docs": [NYT_ROW]}})
    [found] = await nyt.search(TERMS, deadline=soon())
    assert found.url == "https://www.nytimes.com/2025/03/03/world/northfield-tram.html"
    assert (found.title, found.summary) == ("Northfield pauses its tram", "The council voted on Monday evening.")
    assert (found.outlet.name, found.found_by) == ("The New York Times", "nyt")
    assert found.published_at == datetime(2025, 3, 3, 9, 30, tzinfo=UTC)
    [path] = [path for path in (await world.stats())["hosts"]["api.nytimes.com"]["paths"] if path != "/robots.txt"]
    assert path.startswith("/svc/search/v2/articlesearch.json")


async def test_five_questions_a_minute_are_asked_and_no_answer_waits(world: Any, nyt: NewYorkTimes) -> None:
    serve(world, "*api.nytimes.com/svc/search/*", {"response": {"docs": None}})
    assert await nyt.search(TERMS, deadline=soon()) == []
    with pytest.raises(FetchError, match="five questions a minute"):
        await nyt.search(TERMS, deadline=soon())


@pytest.mark.parametrize("answer", [[], {"response": {}}, {"response": {"docs": [{}]}}, {"fault": {"code": 1}}])
async def test_an_answer_of_another_form_is_a_fault(world: Any, nyt: NewYorkTimes, answer: object) -> None:
    serve(world, "*api.nytimes.com/svc/search/*", answer)
    with pytest.raises(FetchFault):
        await nyt.search(TERMS, deadline=soon())


async def test_a_refusal_does_not_tell_the_key(world: Any, web: Web, nyt: NewYorkTimes) -> None:
    world.set_faults({"kind": "status", "status": 401, "url": "*api.nytimes.com/svc/*"})
    with pytest.raises(FetchError) as refused:
        await nyt.search(TERMS, deadline=soon())
    assert KEY not in str(refused.value) + refused.value.link
    world.set_faults({"kind": "status", "status": 403, "url": "*factchecktools*"})
    with pytest.raises(FetchError) as refused:
        await FactChecks(web._fetcher, key=KEY).search(TERMS, deadline=soon())
    assert KEY not in str(refused.value) + refused.value.link


# Fact-checks


async def test_fact_checks_come_in_their_publishers_own_words(web: Web) -> None:
    found = await FactChecks(web._fetcher, key=KEY).search(TERMS, deadline=soon())
    assert found == [
        FactCheck(
            publisher="Ellery Check",
            url="https://check.example/tram",
            reviewed_at=datetime(2025, 3, 3, 12, tzinfo=UTC),
            claim="Northfield scrapped its tram for good",
            rating="Misleading",
        )
    ]


@pytest.mark.parametrize(
    "answer",
    [
        {"claims": [{"text": "x", "claimReview": [{}]}]},
        {"claims": ["x"]},
        {
            "claims": [
                {"text": "x", "claimReview": [{"url": "https://a.example", "textualRating": "y", "reviewDate": "?"}]}
            ]
        },
    ],
    ids=str,
)
async def test_fact_checks_of_another_form_are_a_fault_and_an_answer_does_without(
    world: Any, web: Web, answer: object
) -> None:
    serve(world, "*factchecktools*", answer)
    checks = FactChecks(web._fetcher, key=KEY)
    with pytest.raises(FetchFault):
        await checks.search(TERMS, deadline=soon())
    assert await checks.published(TERMS, seconds=5) == ()


async def test_a_review_without_words_or_with_another_kind_of_link_is_left_out(world: Any, web: Web) -> None:
    review = {"publisher": {"site": "check.example"}, "url": "https://check.example/a", "textualRating": "Misleading"}
    bad = [review | {"url": "javascript:alert(1)"}, review | {"textualRating": ""}, review]
    serve(world, "*factchecktools*", {"claims": [{"text": "A claim", "claimReview": bad}, {"claimReview": [review]}]})
    [found] = await FactChecks(web._fetcher, key=KEY).search(TERMS, deadline=soon())
    assert (found.publisher, found.url, found.reviewed_at) == ("check.example", "https://check.example/a", None)


async def test_without_a_key_nobody_is_asked_for_fact_checks(world: Any, web: Web) -> None:
    assert await web.fact_checks(TERMS, seconds=5) == ()
    assert (await world.stats())["hosts"] == {}


# The web archive


async def test_a_capture_is_found_and_read_as_the_outlets_article(world: Any, web: Web) -> None:
    page = next(article for article in world.articles if article.snapshots)
    address = await Wayback(web._fetcher).capture(page.url, near=NOW, deadline=soon())
    assert address.startswith("https://web.archive.org/web/") and address.endswith(f"id_/{page.url}")
    world.set_faults({"kind": "status", "status": 401, "host": "reuters.com"})
    with pytest.raises(OutletRefused) as refused:
        await web.article(page.url)
    copy = await web.archived(refused.value)
    assert copy is not None
    assert (copy.url, copy.outlet.name) == (page.url, "Reuters")
    assert page.paragraphs[0] in copy.text


async def test_what_was_never_captured_and_what_nobody_answers_for_stays_closed(world: Any, web: Web) -> None:
    page = next(article for article in world.articles if not article.snapshots)
    with pytest.raises(PageGone):
        await Wayback(web._fetcher).capture(page.url, near=None, deadline=soon())
    assert await web.archived(OutletRefused("closed", link=page.url)) is None
    archived = next(article for article in world.articles if article.snapshots)
    world.set_faults({"kind": "replace", "text": "[]", "content_type": "application/json", "url": "*archive.org*"})
    with pytest.raises(FetchFault):
        await Wayback(web._fetcher).capture(archived.url, near=None, deadline=soon())
    assert await web.archived(OutletRefused("closed", link=archived.url)) is None
