import asyncio
import contextlib
import json
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from html import unescape
from xml.etree import ElementTree

import httpx2
import pytest

from newsroom.sample.site import SampleSite, sample_site
from scrapers.outlets import Outlets

NOW = datetime(2026, 3, 2, 14, 25, tzinfo=UTC)
DIGEST = "http://www.docksidedigest.example/harbour/brannoc-ferries-are-coming-back"
AGENCY = "http://www.skerrywire.example/port-merrow/brannoc-ferries-plan"
CARRIER = "http://www.pellanobserver.example/region/port-merrow-brannoc-plan"
BROADCASTER = "http://www.estuaryone.example/news/no-agreement-with-brannoc"
PAPER = "http://www.merrowgazette.example/city/brannoc-debt-treasury-paper"


@pytest.fixture
async def site() -> AsyncIterator[SampleSite]:
    async with sample_site(NOW) as running:
        yield running


@pytest.fixture
async def client(site: SampleSite) -> AsyncIterator[httpx2.AsyncClient]:
    async with httpx2.AsyncClient(proxy=site.proxy) as client:
        yield client


def words(page: str) -> str:
    """The article's own paragraphs without their tags."""
    body = re.search(r'<div class="article-body".*?>(.*?)</div>', page, re.DOTALL)
    assert body
    return unescape(re.sub(r"<[^>]+>", "", body[1])).strip()


def quotations(text: str) -> list[str]:
    return re.findall(r"“([^”]+)”", text)


async def items(client: httpx2.AsyncClient, feed: str) -> list[dict[str, str]]:
    response = await client.get(feed)
    assert response.headers["content-type"] == "application/rss+xml"
    channel = ElementTree.fromstring(response.text).iter("item")
    return [{part.tag: part.text or "" for part in item} for item in channel]


async def test_every_article_is_in_its_outlets_feed_some_hours_old(
    site: SampleSite, client: httpx2.AsyncClient
) -> None:
    listed = [item for outlet in site.outlets for item in await items(client, outlet.feeds[0])]
    assert {link for _, link in site.links} < {item["link"] for item in listed}
    ages = {item["link"]: NOW - parsedate_to_datetime(item["pubDate"]) for item in listed}
    assert all(timedelta(hours=2) <= ages[link] < timedelta(hours=10) for _, link in site.links)
    old = [link for link, age in ages.items() if age > timedelta(days=365)]
    assert old == ["http://www.pellanobserver.example/explained/harbour-fees"]
    for item in listed:
        assert (await client.get(item["link"])).status_code == (401 if item["link"] == AGENCY else 200)


async def test_a_page_states_itself_in_structured_data(client: httpx2.AsyncClient) -> None:
    page = (await client.get(PAPER)).text
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert data
    stated = json.loads(data[1])
    assert stated["headline"] == "Brannoc owes the city 38 million crowns, treasury paper says"
    assert stated["datePublished"] == "2026-03-02T10:00:00+00:00"
    assert "dateModified" not in stated
    assert f'<link rel="canonical" href="{PAPER}">' in page


async def test_texts_do_not_depend_on_the_clock(site: SampleSite, client: httpx2.AsyncClient) -> None:
    async with sample_site(NOW + timedelta(days=40, minutes=7)) as later:
        assert [link for _, link in later.links] == [link for _, link in site.links]
        async with httpx2.AsyncClient(proxy=later.proxy) as second:
            for link in (DIGEST, BROADCASTER, PAPER):
                assert words((await client.get(link)).text) == words((await second.get(link)).text)
            # a dateline is the one place where the day is printed
            today, then = [words((await reader.get(CARRIER)).text) for reader in (client, second)]
    assert today.startswith("PORT MERROW, March 2 (Skerrywire) - ")
    assert then == today.replace("March 2", "April 11", 1)


async def test_one_article_changes_silently_after_the_first_reading(client: httpx2.AsyncClient) -> None:
    first, second, third = [await client.get(PAPER) for _ in range(3)]
    assert "about 6 million crowns in lost dues" in words(first.text)
    assert "about 9 million crowns in lost dues" in words(second.text)
    assert "was likely to be opened" in words(second.text)
    assert second.text == third.text
    assert first.headers["etag"] != second.headers["etag"]
    assert not re.search("correct|updated|editor.s note", second.text, re.IGNORECASE)
    unchanged = await client.get(PAPER, headers={"If-None-Match": second.headers["etag"]})
    assert (unchanged.status_code, unchanged.content) == (304, b"")


async def test_other_articles_stay_as_they_are(client: httpx2.AsyncClient) -> None:
    for link in (DIGEST, CARRIER, BROADCASTER):
        assert (await client.get(link)).text == (await client.get(link)).text


async def test_the_digest_quotes_exactly_wrongly_and_with_words_left_out(client: httpx2.AsyncClient) -> None:
    digest, carrier, broadcaster = [words((await client.get(link)).text) for link in (DIGEST, CARRIER, BROADCASTER)]
    exact, altered, shortened, spoken = quotations(digest)
    assert exact in carrier
    assert altered not in carrier
    assert altered.replace("swung", "moved") in carrier
    head, tail = shortened.split(" … ")
    assert head in carrier
    assert carrier.index(tail) > carrier.index(head)
    assert spoken.removesuffix(".") in broadcaster


async def test_the_carrier_has_the_agencys_text_under_its_credit(client: httpx2.AsyncClient) -> None:
    page = (await client.get(CARRIER)).text
    assert "(Skerrywire) -" in words(page)
    assert 'By <span rel="author">Skerrywire</span>' in page
    # the agency's name beside the digest's picture says nothing about the digest's text
    assert "Skerrywire/Quayside Images" in (await client.get(DIGEST)).text


async def test_robots_and_bare_hosts_are_served_like_a_real_outlets(
    site: SampleSite, client: httpx2.AsyncClient
) -> None:
    for host in site.hosts:
        response = await client.get(f"http://{host}/robots.txt", follow_redirects=True)
        assert "Disallow: /account/" in response.text
    moved = await client.get("http://merrowgazette.example/city/brannoc-debt-treasury-paper")
    assert (moved.status_code, moved.headers["location"]) == (301, PAPER)
    home = await client.get("http://www.merrowgazette.example/")
    assert 'type="application/rss+xml"' in home.text


@pytest.mark.parametrize(
    ("method", "link", "status"),
    [
        ("GET", "http://www.merrowgazette.example/city/no-such-page", 404),
        ("GET", "http://elsewhere.example/", 502),
        ("GET", "http://127.0.0.1/", 502),
        ("POST", PAPER, 405),
        ("HEAD", PAPER, 405),
    ],
)
async def test_it_answers_for_nobody_else(client: httpx2.AsyncClient, method: str, link: str, status: int) -> None:
    assert (await client.request(method, link)).status_code == status


@pytest.mark.parametrize("noise", [b"\r\n\r\n", b"hello\r\n\r\n", b"GET", b"x" * 40_000])
async def test_what_is_no_request_ends_that_connection_only(
    site: SampleSite, client: httpx2.AsyncClient, noise: bytes
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", int(site.proxy.rsplit(":", 1)[1]))
    writer.write(noise)
    writer.write_eof()
    with contextlib.suppress(ConnectionResetError):  # bytes that nobody read: the kernel resets instead of closing
        assert await reader.read() == b""
    writer.close()
    assert (await client.get(DIGEST)).status_code == 200


async def test_the_invented_outlets_join_the_real_ones(site: SampleSite) -> None:
    joined = Outlets.load().with_outlets(site.outlets)
    for outlet in site.outlets:
        assert joined.of(outlet.feeds[0]) is outlet
        assert joined.named(outlet.name) is outlet
