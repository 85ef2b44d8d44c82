"""Politeness and faults: what a site asks for is done, what it does wrong becomes one sentence."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import httpx2
import pytest

from claims.errors import (
    FetchError,
    FetchFault,
    NotAnArticle,
    OutletRefused,
    PageGone,
    Paywalled,
    RobotsRefused,
    TooLarge,
    UnsafeAddress,
)
from claims.types import MissReason
from scrapers import _fetch
from scrapers._faults import FOREIGN, refusal, translated
from scrapers._guard import NotPublic
from scrapers._robots import ROBOTS_FRESH, ROBOTS_KEPT
from scrapers._turns import Turns
from scrapers.outlets import Outlets
from scrapers.web import Web, WebOptions, open_web

from .conftest import OpenWeb


def foreign_errors() -> list[type[Exception]]:
    """Every error that httpx2 exports."""
    exported = (getattr(httpx2, name) for name in httpx2.__all__)
    return [kind for kind in exported if isinstance(kind, type) and issubclass(kind, Exception)]


def test_no_error_of_the_client_is_missing_from_the_translation() -> None:
    kinds = foreign_errors()
    assert len(kinds) > 20
    for kind in [*kinds, NotPublic, TimeoutError, ConnectionResetError]:
        error: Exception = cast(Any, kind).__new__(kind)
        assert isinstance(error, FOREIGN), kind
        ours = translated(error, host="news.example", link="https://news.example/a")
        assert ours.reason in list(MissReason)
        assert str(ours).count(".") <= 2
        assert str(ours).endswith(".")


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (401, OutletRefused),
        (403, OutletRefused),
        (451, OutletRefused),
        (402, Paywalled),
        (404, PageGone),
        (410, PageGone),
        (429, FetchFault),
        (400, FetchFault),
        (500, FetchFault),
        (503, FetchFault),
        (599, FetchFault),
    ],
)
async def test_every_status_has_its_error(world: Any, web: Web, status: int, kind: type[FetchError]) -> None:
    link = world.articles[0].url
    world.set_faults({"kind": "status", "status": status, "host": "reuters.com", "retry_after": 60})
    with pytest.raises(kind) as failed:
        await web.article(link)
    assert failed.value.link == link
    assert "reuters.com" in str(failed.value)


def test_a_success_is_no_refusal() -> None:
    assert refusal(200, host="news.example", link="", soon=True) is None
    assert refusal(304, host="news.example", link="", soon=True) is None


FAULTS: dict[str, tuple[dict[str, Any], type[FetchError]]] = {
    "bomb": ({"kind": "gzip-bomb", "size_mb": 64}, TooLarge),
    "huge": ({"kind": "huge", "size_mb": 20}, TooLarge),
    "endless": ({"kind": "endless", "max_mb": 64}, TooLarge),
    "redirect loop": ({"kind": "redirect-loop"}, FetchFault),
    "too many redirects": ({"kind": "redirect-loop", "hops": 6}, FetchFault),
    "plain bytes called brotli": ({"kind": "mislabel"}, FetchFault),
    "plain bytes called zstd": ({"kind": "mislabel", "encoding": "zstd"}, FetchFault),
    "plain bytes called gzip": ({"kind": "mislabel", "encoding": "gzip"}, FetchFault),
    "half a gzip": ({"kind": "truncated-gzip"}, FetchFault),
    "half a body": ({"kind": "cut"}, FetchFault),
    "reset": ({"kind": "reset"}, FetchFault),
    "certificate of nobody": ({"kind": "bad-tls"}, FetchFault),
    "certificate of another": ({"kind": "bad-tls", "variant": "wrong-host"}, FetchFault),
    "certificate of long ago": ({"kind": "bad-tls", "variant": "expired"}, FetchFault),
    "handshake reset": ({"kind": "bad-tls", "variant": "reset"}, FetchFault),
    "pdf": ({"kind": "replace", "content_type": "application/pdf", "text": "%PDF-1.7"}, NotAnArticle),
    "picture": ({"kind": "replace", "content_type": "image/png", "text": "x"}, NotAnArticle),
    "empty": ({"kind": "replace", "text": ""}, NotAnArticle),
    "redirect without an address": ({"kind": "redirect", "to": "https://[:::"}, FetchError),
    "redirect to an unprotected page": ({"kind": "redirect", "to": "http://www.theguardian.com/"}, UnsafeAddress),
    "redirect to an unknown host": ({"kind": "redirect", "to": "https://nowhere.example/"}, PageGone),
    "paywall": ({"kind": "paywall"}, OutletRefused),
}


@pytest.mark.parametrize("everywhere", [False, True], ids=["page only", "robots.txt too"])
@pytest.mark.parametrize(("fault", "kind"), FAULTS.values(), ids=FAULTS.keys())
async def test_every_fault_is_one_plain_sentence(
    world: Any, web: Web, fault: dict[str, Any], kind: type[FetchError], everywhere: bool
) -> None:
    link = world.articles[0].url
    where = {"host": "reuters.com"} if everywhere else {"url": f"{link}*"}
    if fault["kind"] == "bad-tls":
        where = {"host": "reuters.com"}
    world.set_faults(fault | where)
    with pytest.raises(kind) as failed:
        await web.article(link)
    assert failed.value.link == link
    assert str(failed.value).endswith(".")
    assert "\n" not in str(failed.value)
    assert not world.report()["own_errors"]


@pytest.mark.parametrize("target", ["trap", "ssh", "metadata", "file", "ipv6", "decimal", "localhost"])
@pytest.mark.parametrize("everywhere", [False, True], ids=["page only", "robots.txt too"])
@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_no_redirect_leads_inside(world: Any, web: Web, target: str, everywhere: bool, scheme: str) -> None:
    link = world.articles[0].url.replace("https", scheme)
    where = {"host": "reuters.com"} if everywhere else {"url": f"{link}*"}
    world.set_faults({"kind": "ssrf", "target": target} | where)
    with pytest.raises(UnsafeAddress) as failed:
        await web.article(link)
    assert failed.value.link == link
    assert world.report()["traps"] == []


@pytest.mark.parametrize("part", ["body", "head"])
async def test_a_site_that_drips_is_given_up(world: Any, web: Web, part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_fetch, "FETCH_TIMEOUT_S", 0.3)
    link = world.articles[0].url
    world.set_faults({"kind": "slowloris", "rate": 20, "part": part, "url": f"{link}*"})
    with pytest.raises(FetchError) as failed:
        await web.article(link)
    assert failed.value.reason == "timeout"


async def test_robots_txt_is_read_first_once_and_obeyed(world: Any, web: Web) -> None:
    await web.article(world.articles[0].url)
    with pytest.raises(RobotsRefused):
        await web.article("https://www.reuters.com/search?q=bridge")
    await web.article(world.articles[1].url)
    host = world.report()["hosts"]["www.reuters.com"]
    assert host["robots_before_first_page"]
    assert host["disallowed_requests"] == 0
    assert host["paths"]["/robots.txt"] == {"200": 1}
    assert host["clients"] == {"SecondSource/0.1 (+https://example.org/bot)": 3}


async def test_a_page_that_leads_to_itself_is_a_circle_before_the_time_is_up(world: Any, web: Web) -> None:
    link = world.articles[0].url
    world.set_faults({"kind": "redirect-loop", "url": f"{link}*"})
    with pytest.raises(FetchFault, match="in a circle"):
        await web.article(link)
    assert world.report()["hosts"]["www.reuters.com"]["requests"] == 1 + 5  # with robots.txt; the pauses make 8 s
    world.set_faults({"kind": "redirect-loop", "hops": 4, "url": f"{link}*"})
    assert (await web.article(link)).url == link


async def test_a_redirect_to_a_page_that_robots_txt_forbids_is_not_followed(world: Any, web: Web) -> None:
    link = world.articles[0].url
    world.set_faults({"kind": "redirect", "to": "https://www.theguardian.com/private/a", "url": f"{link}*"})
    with pytest.raises(RobotsRefused):
        await web.article(link)
    assert world.report()["hosts"]["www.theguardian.com"]["disallowed_requests"] == 0


ROBOTS = {"kind": "replace", "content_type": "text/plain", "url": "https://www.reuters.com/robots.txt"}


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("User-agent: *\nDisallow: /", False),
        ("User-agent: SecondSource\nDisallow: /\n\nUser-agent: *\nAllow: /", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: SecondSource\nAllow: /", True),
        ("User-agent: *\nDisallow: /*/03/01/", False),
        ("User-agent: GPTBot\nDisallow: /", True),
        ("<html>no robots here</html>", True),
        ("\x00\ufeff" * 50, True),
    ],
)
async def test_the_rules_are_read_as_they_are_meant(world: Any, web: Web, text: str, allowed: bool) -> None:
    world.set_faults(ROBOTS | {"text": text})
    if allowed:
        assert (await web.article(world.articles[0].url)).text
    else:
        with pytest.raises(RobotsRefused):
            await web.article(world.articles[0].url)
        assert list(world.report()["hosts"]["www.reuters.com"]["paths"]) == ["/robots.txt"]


async def test_a_site_that_closes_or_opens_is_heard_soon_and_one_that_cannot_say_keeps_its_rules(world: Any) -> None:
    moment = datetime(2025, 3, 3, 18, tzinfo=UTC)

    async def sleep(seconds: float) -> None:
        pass

    async def allowed() -> bool:
        try:
            await web.article(world.articles[0].url)
        except RobotsRefused:
            return False
        return True

    async def heard() -> bool:
        """What holds once the rules were looked at again, beside the page that was read meanwhile."""
        await allowed()
        for _ in range(50):
            await asyncio.sleep(0.01)
        return await allowed()

    options = WebOptions(egress_proxy=world.proxy, ca_file=world.ca_path, pause_s=0.0)
    async with open_web(options, Outlets.load(), now=lambda: moment, sleep=sleep) as web:
        assert await allowed()
        world.set_faults(ROBOTS | {"text": "User-agent: *\nDisallow: /"})
        moment += ROBOTS_FRESH - timedelta(seconds=1)
        assert await heard()
        moment += timedelta(seconds=1)
        assert not await heard()
        world.set_faults({"kind": "status", "status": 500, "url": "https://www.reuters.com/robots.txt"})
        moment += ROBOTS_FRESH
        assert not await heard()
        world.set_faults([])
        moment += ROBOTS_FRESH
        assert await heard()
        world.set_faults({"kind": "status", "status": 500, "url": "https://www.reuters.com/robots.txt"})
        moment += ROBOTS_KEPT
        with pytest.raises(FetchFault):
            await allowed()


@pytest.mark.parametrize("status", [401, 403, 404, 410])
async def test_a_site_without_rules_forbids_nothing(world: Any, web: Web, status: int) -> None:
    world.set_faults({"kind": "status", "status": status, "url": "https://www.reuters.com/robots.txt"})
    assert (await web.article(world.articles[0].url)).text


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_a_site_that_cannot_say_is_not_visited_now_and_asked_again_later(
    world: Any, web: Web, status: int
) -> None:
    world.set_faults({"kind": "status", "status": status, "url": "https://www.reuters.com/robots.txt", "times": 2})
    with pytest.raises(FetchFault):
        await web.article(world.articles[0].url)
    paths = world.report()["hosts"]["www.reuters.com"]["paths"]
    assert list(paths) == ["/robots.txt"]
    world.set_faults([])
    assert (await web.article(world.articles[0].url)).text


async def test_a_passing_fault_is_tried_once_more_without_a_word(
    world: Any, web: Web, capfd: pytest.CaptureFixture[str]
) -> None:
    link = world.articles[0].url
    world.set_faults({"kind": "flapping", "url": f"{link}*"})
    assert (await web.article(link)).text
    world.set_faults({"kind": "status", "status": 503, "url": f"{link}*"})
    with pytest.raises(FetchFault):
        await web.article(link)
    [rule] = world.report()["faults"]
    assert rule["hits"] == 2
    assert capfd.readouterr().out == ""


async def test_a_short_retry_after_is_waited_for_a_long_one_is_told(world: Any, web: Web, waits: list[float]) -> None:
    link = world.articles[0].url
    world.set_faults({"kind": "status", "status": 429, "retry_after": 3, "times": 1, "url": f"{link}*"})
    assert (await web.article(link)).text
    assert waits == [pytest.approx(3, abs=0.5)]
    world.set_faults({"kind": "status", "status": 429, "retry_after": "600", "times": 1, "url": f"{link}*"})
    with pytest.raises(FetchFault):
        await web.article(link)
    with pytest.raises(FetchFault, match="wait"):  # the next reader's question does not reach the site either
        await web.article(world.articles[1].url)
    [rule] = world.report()["faults"]
    assert rule["seen"] == 1


async def test_two_visits_to_a_host_are_a_pause_apart(world: Any, opened: OpenWeb, waits: list[float]) -> None:
    async with opened(pause_s=2.0) as web:
        await web.article(world.articles[0].url)
        assert waits == []  # robots.txt is no visit
        await web.article(world.articles[1].url)
    assert waits == [pytest.approx(2, abs=0.5)]


async def test_a_longer_pause_is_kept_where_robots_txt_asks_for_it(
    world: Any, opened: OpenWeb, waits: list[float]
) -> None:
    world.set_faults(ROBOTS | {"text": "User-agent: *\nCrawl-delay: 7"})
    async with opened(pause_s=2.0) as web:
        await web.article(world.articles[0].url)
        await web.article(world.articles[1].url)
    world.set_faults(ROBOTS | {"text": "User-agent: *\nCrawl-delay: 7000"})
    async with opened(pause_s=2.0) as web:
        await web.article(world.articles[0].url)
        await web.article(world.articles[1].url)
    assert waits == [pytest.approx(7, abs=0.5), pytest.approx(30, abs=0.5)]


async def test_a_host_is_visited_by_one_at_a_time(world: Any, web: Web) -> None:
    world.set_faults({"kind": "latency", "seconds": 0.05, "url": "*"})
    links = [article.url for article in world.articles if world.visible(article)]
    await asyncio.gather(*(web.article(link) for link in links * 2))
    hosts = world.report()["hosts"]
    assert len(hosts) == 4
    assert {host["max_concurrent"] for host in hosts.values()} == {1}
    assert {host["tunnels"] for host in hosts.values()} == {1}  # robots.txt and pages over one connection


async def test_a_reader_who_gives_up_does_not_block_the_host(world: Any, web: Web) -> None:
    link = world.articles[0].url
    world.set_faults({"kind": "latency", "seconds": 30, "url": f"{link}*", "times": 1})
    impatient = asyncio.create_task(web.article(link))
    await asyncio.sleep(0.2)
    assert world.report()["hosts"]["www.reuters.com"]["active"] == 1
    impatient.cancel()
    with pytest.raises(asyncio.CancelledError):
        await impatient
    assert (await web.article(world.articles[1].url)).text


async def test_hosts_that_nobody_waits_for_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scrapers._turns.HOSTS_MAX", 2)
    turns = Turns(pause_s=0.0)
    async with turns.turn("one.example", "", visit=True) as one:
        turns.place("two.example")
        turns.place("three.example")
        assert turns.place("one.example") is one


async def test_no_cookie_is_kept(world: Any, web: Web) -> None:
    jar = web._fetcher._client.cookies
    request = httpx2.Request("GET", "https://www.reuters.com/")
    jar.extract_cookies(httpx2.Response(200, headers={"set-cookie": "a=b; path=/"}, request=request))
    assert len(jar) == 0


async def test_an_unchanged_page_is_not_sent_again_and_a_changed_one_is(
    world: Any, opened: OpenWeb, tmp_path: Any
) -> None:
    link = world.articles[0].url
    world.set_clock(
        now=datetime.now(UTC)
    )  # the cache goes by the real time: a page of last year is "fresh" for a while
    async with opened(cache_dir=tmp_path) as web:
        first = await web.article(link)
        again = await web.article(link)
        assert again == first
        path = link.removeprefix("https://www.reuters.com")
        assert world.report()["hosts"]["www.reuters.com"]["paths"][path] == {"200": 1, "304": 1}
        world.edit(link, 1, "A silent edit, made without a word about it by the outlet.")
        assert "A silent edit" in (await web.article(link)).text
