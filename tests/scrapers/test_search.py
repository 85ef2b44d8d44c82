"""The searches: one contract for all, and what is special about each."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from claims.errors import FetchError, FetchFault, FetchTimeout, RobotsRefused
from claims.types import Candidate, SearchTerms
from scrapers._fetch import Fetcher
from scrapers._links import google_article
from scrapers.outlets import Outlets
from scrapers.search import Search, all_searches, merged
from scrapers.search._query import asked_words, query
from scrapers.search.google_news import resolve
from tests.factories import make_outlet

from .conftest import NOW, OpenWeb

TERMS = SearchTerms(
    words=("tram", "extension", "council", "pause"),
    names=("Northfield",),
    numbers=(),
    title="Northfield council votes to pause the tram extension",
    since=NOW - timedelta(days=7),
    until=NOW + timedelta(days=7),
    language="en",
)
NOTHING = SearchTerms(words=(), names=(), numbers=(), title="", since=None, until=None)
HOSTS = {
    "feeds": "*rss.xml*",
    "gdelt": "*api.gdeltproject.org/api/*",
    "google_news": "*news.google.com/rss/*",
    "guardian": "*content.guardianapis.com/search*",
}


@pytest.fixture
def outlets(world: Any) -> Outlets:
    """The world's outlets with their feeds, as rows of the registry."""
    return Outlets.of_rows(
        {"key": outlet.domain, "name": outlet.name, "domains": [outlet.domain], "feeds": [outlet.feeds[0][0]]}
        for outlet in world.outlets
    )


@pytest.fixture
async def fetcher(opened: OpenWeb) -> AsyncIterator[Fetcher]:
    async with opened() as web:
        yield web._fetcher


@pytest.fixture
def searches(fetcher: Fetcher, outlets: Outlets) -> dict[str, Search]:
    members = all_searches(fetcher, outlets, now=lambda: NOW, keys={"guardian": "key"})
    return {search.name: search for search in members}


def soon(seconds: float = 5.0) -> float:
    return asyncio.get_running_loop().time() + seconds


async def test_there_are_searches_and_each_has_a_name_of_its_own(searches: dict[str, Search]) -> None:
    assert set(searches) == set(HOSTS)


@pytest.mark.parametrize("name", HOSTS)
async def test_a_search_finds_the_story_and_says_whose_it_is(searches: dict[str, Search], name: str) -> None:
    found = await searches[name].search(TERMS, deadline=soon())
    about = [candidate for candidate in found if candidate.title.startswith("Northfield council votes to pause")]
    assert about
    assert "The Guardian" in {candidate.outlet.name for candidate in about}
    for candidate in found:
        assert candidate.found_by == name
        assert candidate.url.startswith("https://")
        assert candidate.published_at
        assert candidate.published_at.utcoffset() == timedelta(0)
        assert TERMS.since
        assert candidate.published_at >= TERMS.since
    assert await searches[name].search(TERMS, deadline=soon()) == found


@pytest.mark.parametrize("name", HOSTS)
@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "status", "status": 403},
        {"kind": "status", "status": 429},
        {"kind": "status", "status": 500},
        {"kind": "gzip-bomb", "size_mb": 8},
        {"kind": "replace", "text": "Your query was too short or too long."},
        {"kind": "replace", "text": '{"a": [1, 2'},
        {"kind": "replace", "text": "[]", "content_type": "application/json"},
        {"kind": "replace", "text": '{"response": {}}', "content_type": "application/json"},
        {"kind": "replace", "text": '{"articles": ["x", null], "response": {"results": ["x", null]}}'},
        {"kind": "replace", "text": '{"articles": [{}], "response": {"results": [{}]}}'},
        {"kind": "xml-bomb"},
        {"kind": "xml-external"},
        {"kind": "ssrf"},
        {"kind": "redirect-loop"},
        {"kind": "cut"},
    ],
    ids=str,
)
async def test_a_search_that_fails_says_so_or_finds_nothing(
    world: Any, searches: dict[str, Search], name: str, fault: dict[str, Any]
) -> None:
    world.set_faults(fault | {"url": HOSTS[name]})
    try:
        found = await searches[name].search(TERMS, deadline=soon())
    except FetchError as error:
        assert "\n" not in str(error)
    else:
        assert found == []
    assert world.report()["traps"] == []


@pytest.mark.parametrize("name", HOSTS)
async def test_a_search_ends_at_its_deadline(world: Any, searches: dict[str, Search], name: str) -> None:
    world.set_faults({"kind": "latency", "seconds": 60, "url": HOSTS[name]})
    with pytest.raises(FetchTimeout):
        await searches[name].search(TERMS, deadline=soon(0.2))


@pytest.mark.parametrize("name", HOSTS)
async def test_without_words_nobody_is_asked(world: Any, searches: dict[str, Search], name: str) -> None:
    if name == "feeds":  # reads what there is, and nothing of it fits
        assert await searches[name].search(NOTHING, deadline=soon()) == []
    else:
        assert await searches[name].search(NOTHING, deadline=soon()) == []
        assert world.report()["hosts"] == {}


@pytest.mark.parametrize("name", HOSTS)
async def test_robots_txt_holds_for_searches_too(world: Any, searches: dict[str, Search], name: str) -> None:
    world.set_faults(
        {"kind": "replace", "content_type": "text/plain", "url": "*/robots.txt", "text": "User-agent: *\nDisallow: /"}
    )
    with pytest.raises(FetchError) as failed:
        await searches[name].search(TERMS, deadline=soon())
    assert failed.value.reason == "robots"
    assert {path for host in world.report()["hosts"].values() for path in host["paths"]} == {"/robots.txt"}


async def test_an_undated_story_is_searched_without_a_window(searches: dict[str, Search]) -> None:
    undated = replace(TERMS, since=None, until=None)
    for search in searches.values():
        assert await search.search(undated, deadline=soon()), search.name


# -- the query


def test_the_query_wants_a_name_and_a_telling_word() -> None:
    assert query(TERMS) == "northfield (tram OR extension OR council OR pause)"
    assert query(TERMS, joined=" AND ") == "northfield AND (tram OR extension OR council OR pause)"


def test_a_headline_alone_makes_a_query() -> None:
    assert query(replace(NOTHING, title="A bridge is shut")) == "(bridge OR shut)"
    assert query(NOTHING) == ""


def test_operators_and_signs_of_the_words_do_not_reach_the_service() -> None:
    hostile = replace(NOTHING, words=('x" OR site:a.example', "a)(b", "-minus"), names=('"quoted" domain:b.example',))
    assert set(query(hostile)) <= set("abcdefghijklmnopqrstuvwxyz ()OR")
    assert asked_words(hostile) >= {"minus", "quoted"}


async def test_the_query_stays_short(world: Any, searches: dict[str, Search]) -> None:
    long = replace(
        TERMS, words=tuple(f"word{n}{'x' * 8}" for n in range(50)), names=tuple(f"name{n}{'y' * 8}" for n in range(50))
    )
    await searches["gdelt"].search(long, deadline=soon())
    [row] = [row for row in world.log if "api/v2/doc" in row[3]]
    assert len(parse_qs(urlsplit(row[3]).query)["query"][0]) < 300


# -- each one's own


async def test_gdelt_gets_the_window_and_its_titles_are_mended(world: Any, searches: dict[str, Search]) -> None:
    world.publish(
        {
            "url": "https://www.reuters.com/n1",
            "title": "Northfield: tram, council, pause",
            "paragraphs": ["Words."],
            "outlet": "Reuters",
            "domain": "reuters.com",
            "published": "2025-03-03T10:00:00Z",
        }
    )
    world.publish(
        {
            "url": "https://www.reuters.com/n2",
            "title": "Northfield tram of old",
            "paragraphs": ["Words."],
            "outlet": "Reuters",
            "domain": "reuters.com",
            "published": "2024-03-03T10:00:00Z",
        }
    )
    titles = [candidate.title for candidate in await searches["gdelt"].search(TERMS, deadline=soon())]
    assert "Northfield: tram, council, pause" in titles
    assert "Northfield tram of old" not in titles


async def test_gdelt_is_asked_once_in_five_seconds(searches: dict[str, Search], waits: list[float]) -> None:
    await searches["gdelt"].search(TERMS, deadline=soon())
    await searches["gdelt"].search(TERMS, deadline=soon())
    assert waits == [pytest.approx(5, abs=0.5)]
    with pytest.raises(FetchTimeout):  # it would be too late: said at once, not at the deadline
        await searches["gdelt"].search(TERMS, deadline=soon(2))
    assert len(waits) == 1


async def test_google_links_are_opaque_and_can_be_resolved(
    world: Any, searches: dict[str, Search], fetcher: Fetcher
) -> None:
    found = await searches["google_news"].search(TERMS, deadline=soon())
    [guardian] = [c for c in found if c.outlet.name == "The Guardian" and "tram" in c.title]
    assert google_article(guardian.url)
    assert guardian.title == TERMS.title  # without " - The Guardian"
    assert await resolve(fetcher, guardian.url) == next(
        article.url for article in world.articles if article.title == TERMS.title and "guardian" in article.url
    )


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("*news.google.com/rss/articles/*", "<html>consent</html>"),
        ("*news.google.com/_/*", ')]}\'\n\n[["wrb.fr","Fbv4je",null,null,null,[3]]]'),
    ],
)
async def test_a_google_link_that_cannot_be_resolved_is_a_fault(
    world: Any, searches: dict[str, Search], fetcher: Fetcher, url: str, text: str
) -> None:
    found = await searches["google_news"].search(TERMS, deadline=soon())
    world.set_faults({"kind": "replace", "text": text, "url": url})
    with pytest.raises(FetchFault):
        await resolve(fetcher, found[0].url)


async def test_a_google_link_is_not_resolved_where_robots_txt_forbids_the_question(
    world: Any, searches: dict[str, Search], fetcher: Fetcher
) -> None:
    rules = "User-agent: *\nDisallow: /_/"
    world.set_faults({"kind": "replace", "content_type": "text/plain", "url": "*/robots.txt", "text": rules})
    found = await searches["google_news"].search(TERMS, deadline=soon())
    with pytest.raises(RobotsRefused):
        await resolve(fetcher, found[0].url)
    assert not any("/_/" in path for path in world.report()["hosts"]["news.google.com"]["paths"])


async def test_a_key_does_not_leave_with_an_error(world: Any, fetcher: Fetcher, outlets: Outlets) -> None:
    _, guardian, *_ = all_searches(fetcher, outlets, now=lambda: NOW, keys={"guardian": "secret-key"})
    world.set_faults({"kind": "status", "status": 401, "url": HOSTS["guardian"]})
    with pytest.raises(FetchError) as failed:
        await guardian.search(TERMS, deadline=soon())
    assert "secret-key" not in f"{failed.value} {failed.value.link}"


async def test_google_is_asked_in_the_storys_language(searches: dict[str, Search]) -> None:
    german = replace(TERMS, language="de")
    found = await searches["google_news"].search(german, deadline=soon())
    assert {candidate.outlet.name for candidate in found} == {"Küstenblatt"}


async def test_a_feed_is_read_once_in_some_minutes(world: Any, searches: dict[str, Search]) -> None:
    first, second = await asyncio.gather(
        searches["feeds"].search(TERMS, deadline=soon()), searches["feeds"].search(TERMS, deadline=soon())
    )
    assert first == second
    assert world.report()["hosts"]["www.theguardian.com"]["paths"]["/rss.xml"] == {"200": 1}


async def test_feeds_are_not_read_for_an_old_story(world: Any, searches: dict[str, Search]) -> None:
    old = replace(TERMS, since=NOW - timedelta(days=47), until=NOW - timedelta(days=33))
    assert await searches["feeds"].search(old, deadline=soon()) == []
    assert world.report()["hosts"] == {}


async def test_one_slow_feed_does_not_cost_the_others(world: Any, searches: dict[str, Search]) -> None:
    world.set_faults({"kind": "latency", "seconds": 60, "url": "*www.reuters.com/rss.xml"})
    names = {candidate.outlet.name for candidate in await searches["feeds"].search(TERMS, deadline=soon(1.0))}
    assert "The Guardian" in names
    assert "Reuters" not in names


async def test_a_broken_sitemap_is_made_up_for_by_the_feed(world: Any, fetcher: Fetcher) -> None:
    guardian = next(outlet for outlet in world.outlets if outlet.domain == "theguardian.com")
    row = {"key": "g", "name": "The Guardian", "domains": ["theguardian.com"], "feeds": [guardian.feeds[0][0]]}
    [feeds, *_] = all_searches(
        fetcher, Outlets.of_rows([row | {"news_sitemaps": guardian.news_maps}]), now=lambda: NOW, keys={}
    )
    world.set_faults({"kind": "status", "status": 404, "url": "*news-sitemap*"})
    assert await feeds.search(TERMS, deadline=soon())
    world.set_faults([])


# -- merging


def candidate(url: str, title: str = "A bridge is closed", outlet: str = "The Harbour Courier") -> Candidate:
    return Candidate(url=url, title=title, outlet=make_outlet(outlet))


HIDDEN = "https://news.google.com/rss/articles/CBMiAAAA"


def test_each_page_stands_once_and_the_first_to_find_it_counts() -> None:
    first = candidate("https://courier.example/a")
    again = candidate("http://www.courier.example/a/?utm_source=x", title="A bridge is closed - Courier")
    other = candidate("https://courier.example/b")
    assert merged([[first], [again, other], [other]]) == (first, other)


def test_hidden_addresses_come_last_and_not_for_what_is_known() -> None:
    known = candidate("https://courier.example/a", title="A bridge is closed: mayor")
    same = candidate(HIDDEN + "1", title="A bridge is closed : Mayor")
    new = candidate(HIDDEN + "2", title="A bridge opens")
    elsewhere = candidate(HIDDEN + "3", title="A bridge is closed: mayor", outlet="The Tide")
    assert merged([[same, new, elsewhere], [known]]) == (known, new, elsewhere)
