"""The web as the desk sees it: one article by any of its links, many at once, and all searches together."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest

from claims.errors import BadInput, FetchError, NotAnArticle, OutletRefused, PageGone
from claims.types import Article, Candidate, Miss, MissReason, SearchTerms
from scrapers import web as web_module
from scrapers.outlets import Outlets
from scrapers.web import Web, WebOptions, open_web

from .conftest import NOW

TERMS = SearchTerms(
    words=("tram", "extension", "council", "pause"),
    names=("Northfield",),
    numbers=(),
    title="Northfield council votes to pause the tram extension",
    since=NOW - timedelta(days=7),
    until=NOW + timedelta(days=7),
    language="en",
)


def amp_cache(url: str) -> str:
    return f"https://www-reuters-com.cdn.ampproject.org/c/s/{url.removeprefix('https://')}/amp"


WAYS: dict[str, Callable[[Any], str]] = {
    "itself": lambda a: a.url,
    "trackers": lambda a: f"{a.url}?utm_source=telegram&fbclid=1",
    "unprotected": lambda a: a.url.replace("https", "http"),
    "amp page": lambda a: a.amp_url,
    "amp cache": lambda a: amp_cache(a.url),
    "google amp": lambda a: f"https://www.google.com/amp/s/{a.url.removeprefix('https://')}/amp",
    "mobile": lambda a: a.url.replace("www.", "m."),
    "without www": lambda a: a.url.replace("www.", ""),
    "short": lambda a: a.short_url,
    "share": lambda a: f"https://l.facebook.com/l.php?u={a.url.replace(':', '%3A').replace('/', '%2F')}",
    "archive": lambda a: f"https://web.archive.org/web/2025/{a.url}",
    "archive, any time": lambda a: f"https://web.archive.org/web/{a.url}",
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
async def test_every_link_to_a_page_gives_its_article(world: Any, web: Web, way: Callable[[Any], str]) -> None:
    page = world.articles[0]
    article = await web.article(way(page))
    assert article.url == page.url
    assert article.outlet.name == "Reuters"
    assert article.title == page.title
    assert article.published_at == page.published
    assert page.paragraphs[1] in article.text


async def test_google_news_links_are_followed(world: Any, web: Web) -> None:
    found = await web.search(TERMS, seconds=5)
    known = {candidate.url for candidate in found.candidates}
    world.set_faults({"kind": "status", "status": 429, "host": "api.gdeltproject.org"})
    hidden = [c for c in (await web.search(TERMS, seconds=5)).candidates if "news.google" in c.url]
    assert (await web.article(hidden[0].url)).url in known


async def test_a_wrong_guess_at_the_address_costs_nothing_but_a_second_try(world: Any, web: Web) -> None:
    link = f"{world.articles[0].url}?outputType=amp"
    world.set_faults({"kind": "status", "status": 404, "url": world.articles[0].url, "times": 1})
    assert (await web.article(link)).url == world.articles[0].url


async def test_where_the_tidy_address_leads_nowhere_the_one_that_was_found_does(world: Any, web: Web) -> None:
    given = "https://mobile.tide.example/tram.html?referer="
    page = {"title": TERMS.title, "paragraphs": world.articles[1].paragraphs, "outlet": "The Tide"}
    world.publish(page | {"url": given, "domain": "tide.example", "published": "2025-03-03T10:00:00Z"})
    found = await web.search(TERMS, seconds=5)
    [candidate] = [candidate for candidate in found.candidates if "tide" in candidate.url]
    [article] = await web.articles([candidate], seconds=20)
    assert isinstance(article, Article)
    assert article.url == given  # an address that opens


async def test_an_edited_page_is_not_the_captured_one(world: Any, web: Web) -> None:
    page = world.articles[0]
    world.edit(page.url, 1, "These words came later, and nobody was told of them by the outlet at all.")
    live, captured = await web.article(page.url), await web.article(f"https://web.archive.org/web/2025/{page.url}")
    assert "These words came later" in live.text
    assert "These words came later" not in captured.text
    assert captured.url == live.url


@pytest.mark.parametrize("path", ["/", "/rss.xml", "/images/x.png", "/no/such/page"], ids=lambda path: path)
async def test_what_is_no_article_is_called_so(web: Web, path: str) -> None:
    with pytest.raises((NotAnArticle, PageGone)) as failed:
        await web.article(f"https://www.reuters.com{path}")
    assert failed.value.link == f"https://www.reuters.com{path}"


async def test_a_listed_outlet_that_is_closed_is_named_with_link_and_reason(world: Any, web: Web) -> None:
    link = world.articles[0].url + "?utm_source=x"
    world.set_faults({"kind": "status", "status": 401, "host": "reuters.com"})
    with pytest.raises(OutletRefused) as refused:
        await web.article(link)
    assert (refused.value.link, refused.value.reason) == (link, "refused")
    assert web.outlet_of(refused.value.link).name == "Reuters"


async def test_a_soft_paywall_gives_the_open_part(world: Any, web: Web) -> None:
    world.set_faults({"kind": "paywall", "soft": True, "host": "reuters.com", "url": f"{world.articles[0].url}*"})
    with pytest.raises(FetchError) as closed:
        await web.article(world.articles[0].url)
    assert closed.value.reason == "paywall"
    assert closed.value.part
    assert world.articles[0].paragraphs[0] in closed.value.part.text
    [other] = await web.articles([candidates_of(world, web)[0]], seconds=20)
    assert other == closed.value.part  # of one among several the part is what there is


@pytest.mark.parametrize(
    "kind", ["deep-html", "huge-jsonld", "bad-jsonld", "null-bytes", "wrong-charset", "legacy-charset"]
)
async def test_a_strange_page_ends_in_an_article_or_a_sentence(world: Any, web: Web, kind: str) -> None:
    world.set_faults({"kind": kind, "url": f"{world.articles[0].url}*", "depth": 5000})
    try:
        assert (await web.article(world.articles[0].url)).title
    except FetchError as error:
        assert str(error).endswith(".")


async def test_a_parser_that_fails_ends_one_page_only(world: Any, web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(body: bytes, *, url: str, **_: Any) -> Article:
        raise RecursionError(url)

    monkeypatch.setattr(web_module, "extract", failing)
    with pytest.raises(FetchError) as failed:
        await web.article(world.articles[0].url)
    assert failed.value.reason == "fault"
    assert isinstance(failed.value.__cause__, RecursionError)


async def test_an_article_that_takes_too_long_is_given_up(
    world: Any, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web_module, "ARTICLE_TIMEOUT_S", 0.2)
    world.set_faults({"kind": "latency", "seconds": 60, "url": "*"})
    with pytest.raises(FetchError) as failed:
        await web.article(world.articles[0].url)
    assert (failed.value.reason, failed.value.link) == ("timeout", world.articles[0].url)


def test_whose_a_link_is(world: Any) -> None:
    web = Web(None, Outlets.load(), ())  # type: ignore[arg-type]
    for way in WAYS.values():
        if way is not WAYS["short"]:
            assert web.outlet_of(way(world.articles[0])).name == "Reuters"
    assert web.outlet_of("https://m.tide.example/a").key == "tide.example"
    with pytest.raises(BadInput):
        web.outlet_of("not a link")


# -- many at once


def candidates_of(world: Any, web: Web) -> list[Candidate]:
    pages = [page for page in world.articles if world.visible(page)]
    return [Candidate(url=page.url, title=page.title, outlet=web.outlet_of(page.url)) for page in pages]


async def test_articles_come_in_the_order_of_the_candidates_and_each_failure_is_a_value(world: Any, web: Web) -> None:
    candidates = candidates_of(world, web)
    shut, gone = candidates[0], candidates[-1]
    world.set_faults(
        [
            {"kind": "status", "status": 403, "url": f"{shut.url}*"},
            {"kind": "status", "status": 410, "url": f"{gone.url}*"},
        ]
    )
    results = await web.articles(candidates, seconds=20)
    assert [result.url for result in results if result] == [candidate.url for candidate in candidates]
    assert results[0] == Miss(outlet="Reuters", url=shut.url, reason=MissReason.REFUSED)
    assert results[-1] == Miss(outlet=gone.outlet.name, url=gone.url, reason=MissReason.GONE)
    assert all(isinstance(result, Article) for result in results[1:-1])
    report = world.report()
    assert {host["max_concurrent"] for host in report["hosts"].values()} == {1}
    assert all(host["robots_before_first_page"] for host in report["hosts"].values())


async def test_what_is_not_read_in_time_is_a_miss(world: Any, web: Web) -> None:
    candidates = candidates_of(world, web)
    world.set_faults({"kind": "latency", "seconds": 60, "host": "reuters.com"})
    results = await web.articles(candidates, seconds=1.5)
    late = [result for result in results if isinstance(result, Miss)]
    assert {miss.outlet for miss in late} == {"Reuters"}
    assert {miss.reason for miss in late} == {MissReason.TIMEOUT}
    assert len(late) < len(results)


@pytest.mark.parametrize(("slow", "seconds", "kinds"), [(1, 6, [Article, Miss]), (0, 4, [Article, Article])])
async def test_a_further_page_of_an_outlet_is_not_waited_for_long_but_a_better_one_is(
    world: Any, web: Web, slow: int, seconds: int, kinds: list[type]
) -> None:
    first, *others = candidates_of(world, web)
    elsewhere = next(other for other in others if other.outlet != first.outlet)  # one host serves one page at a time
    candidates = [first, replace(elsewhere, outlet=first.outlet)]
    world.set_faults({"kind": "latency", "seconds": seconds, "url": f"{candidates[slow].url}*"})
    results = await web.articles(candidates, seconds=20)
    assert [type(result) for result in results] == kinds


async def test_no_candidates_no_requests(world: Any, web: Web) -> None:
    assert await web.articles([], seconds=1) == []
    assert world.report()["requests"] == 0


def google_visits(world: Any) -> list[str]:
    """What Google News was asked since the search: "read" for a link's page, "ask" for the question behind it."""
    paths = [urlsplit(row[3]).path for row in world.log if "news.google.com" in row[3]]
    return ["ask" if "/_/" in path else "read" for path in paths if "/_/" in path or "/articles/" in path]


async def hidden_candidate(world: Any, web: Web) -> Candidate:
    world.set_faults({"kind": "status", "status": 429, "host": "api.gdeltproject.org"})
    return next(c for c in (await web.search(TERMS, seconds=5)).candidates if "news.google" in c.url)


async def test_at_most_three_hidden_addresses_are_looked_up_and_none_of_an_outlet_that_is_there(
    world: Any, web: Web
) -> None:
    hidden = await hidden_candidate(world, web)
    asked = [replace(hidden, outlet=replace(hidden.outlet, key=f"other{n}", name=f"Other {n}")) for n in range(5)]
    there = candidates_of(world, web)[0]
    known = replace(hidden, url="https://news.google.com/rss/articles/CBMiAAAA", outlet=there.outlet)
    results = await web.articles([known, there, *asked], seconds=20)
    assert [type(result) for result in results] == [type(None), Article, Article, Article, Article, Miss, Miss]
    assert results[-1] == Miss(outlet="Other 4", url=hidden.url, reason=MissReason.TIMEOUT)
    assert google_visits(world) == ["read", "ask"] * 3  # each whole before the next: a half gives nothing


async def test_each_outlets_first_hidden_address_comes_before_any_second(world: Any, web: Web) -> None:
    hidden = await hidden_candidate(world, web)
    asked = [replace(hidden, outlet=replace(hidden.outlet, key=f"other{n}")) for n in (0, 0, 0, 1, 2)]
    results = await web.articles(asked, seconds=20)
    assert [type(result) for result in results] == [Article, type(None), type(None), Article, Article]


async def test_a_hidden_article_that_its_outlet_lists_is_found_there(world: Any, web: Web) -> None:
    hidden = await hidden_candidate(world, web)
    [page] = [page for page in world.articles if page.title == hidden.title and page.outlet.name == hidden.outlet.name]
    listing = replace(hidden, outlet=replace(hidden.outlet, feeds=(page.outlet.feeds[0][0],), news_sitemaps=()))
    [article] = await web.articles([listing], seconds=20)
    assert isinstance(article, Article)
    assert article.url == page.url
    assert google_visits(world) == []
    [article] = await web.articles([replace(listing, published_at=NOW - timedelta(days=30))], seconds=20)
    assert google_visits(world) == ["read", "ask"]  # what is old stands in no feed


async def test_a_closed_page_behind_a_hidden_address_is_a_miss_at_its_own(world: Any, web: Web) -> None:
    hidden = await hidden_candidate(world, web)
    world.set_faults({"kind": "status", "status": 403, "url": "*/2025/03/*"})
    [miss] = await web.articles([hidden], seconds=20)
    assert isinstance(miss, Miss)
    assert miss.reason is MissReason.REFUSED
    assert miss.url in {page.url for page in world.articles}


# -- all searches


async def test_a_search_that_fails_is_a_miss_and_the_others_go_on(world: Any, web: Web) -> None:
    world.set_faults({"kind": "status", "status": 500, "host": "api.gdeltproject.org"})
    found = await web.search(TERMS, seconds=5)
    assert Miss(outlet="gdelt", url=None, reason=MissReason.FAULT) in found.misses
    assert {"google_news"} <= {candidate.found_by for candidate in found.candidates}
    assert set(web.searches) == {"feeds", "gdelt", "google_news"}


async def test_the_same_question_gives_the_same_candidates(web: Web) -> None:
    first = await web.search(TERMS, seconds=5)
    assert first.candidates
    assert await web.search(TERMS, seconds=5) == first


async def test_searching_ends_in_time_with_nothing_reachable(world: Any, web: Web) -> None:
    world.set_faults({"kind": "latency", "seconds": 600, "url": "*"})
    found = await web.search(TERMS, seconds=0.3)
    assert found.candidates == ()
    assert {miss.outlet for miss in found.misses} == set(web.searches)


async def test_a_dead_proxy_is_an_error_of_its_own(world: Any) -> None:
    dead = WebOptions(contact_url="https://example.org/bot", egress_proxy="http://127.0.0.1:9", ca_file=world.ca_path)
    async with open_web(dead, Outlets.load(), now=lambda: NOW) as web:
        with pytest.raises(FetchError):
            await web.article(world.articles[0].url)
        assert (await web.search(TERMS, seconds=5)).candidates == ()


# -- mounts


@asynccontextmanager
async def sample_proxy(body: str) -> AsyncIterator[str]:
    """A loopback proxy that answers every page of every host with one body, and has no robots.txt."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        target = (await reader.readuntil(b"\r\n\r\n")).split()[1].decode()
        content = "" if target.endswith("robots.txt") else body
        status = "200 OK" if content else "404 Not Found"
        head = f"HTTP/1.1 {status}\r\ncontent-type: text/html\r\ncontent-length: {len(content)}\r\n"
        writer.write(f"{head}connection: close\r\n\r\n{content}".encode())
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


WORDS = "".join(
    f"<p>The harbour office said on Monday that the bridge stays closed until week {n}, for want of bolts.</p>"
    for n in range(9)
)
ADDRESS = "http://www.courier.example/2025/03/03/a-bridge-is-closed"
HEAD = f"""<title>A bridge is closed</title><meta property="og:type" content="article">
<link rel="canonical" href="{ADDRESS}?utm_source=canonical#top">"""
PAGE = f"<html><head>{HEAD}</head><body><article><h1>A bridge is closed</h1>{WORDS}</article></body></html>"


@pytest.mark.parametrize("mount", ["www.courier.example", ".example"])
async def test_mounted_hosts_are_read_through_their_proxy_and_no_other_host_is(
    world: Any, mount: str, waits: list[float]
) -> None:
    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    async with sample_proxy(PAGE) as proxy:
        options = WebOptions(egress_proxy=world.proxy, ca_file=world.ca_path, mounts={mount: proxy})
        async with open_web(options, Outlets.load(), now=lambda: NOW, sleep=sleep) as web:
            for link in (ADDRESS, f"{ADDRESS}-again"):
                article = await web.article(link)
                assert "for want of bolts" in article.text
                assert article.url == ADDRESS
            assert waits == []  # our own site needs no pause
            assert (await web.article(world.articles[0].url)).outlet.name == "Reuters"
            for link in ("http://127.0.0.1/", "http://www.courier.example:22/"):
                with pytest.raises(FetchError) as refused:
                    await web.article(link)
                assert refused.value.reason == "unsafe_address"
    assert list(world.report()["hosts"]) == ["www.reuters.com"]


def test_keys_do_not_show_in_print() -> None:
    assert "secret" not in repr(WebOptions(keys={"guardian": "secret"}))
