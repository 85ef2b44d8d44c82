"""Feeds and sitemaps, well formed and hostile, give the articles that they name and nothing else."""

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scrapers._feeds import BrokenFeed, Item, read_feed

NOW = datetime(2025, 3, 3, 18, tzinfo=UTC)

RSS = b"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Harbour Courier</title>
<item><title>Bridge &amp; tunnel &lt;i&gt;closed&lt;/i&gt;</title><link>https://courier.example/a?utm_source=rss</link>
<pubDate>Mon, 03 Mar 2025 10:00:00 +0100</pubDate>
<description>&lt;p&gt;Both are shut.&lt;/p&gt;&lt;p&gt;Until May.&lt;/p&gt;</description></item>
<item><title>No address</title></item><item><link>https://courier.example/no-title</link></item>
<item><title>Odd address</title><link>javascript:alert(1)</link></item>
<item><title>Tomorrow's date</title><link>https://courier.example/b</link>
<pubDate>Mon, 06 Apr 2026 10:00:00 GMT</pubDate></item>
<item><title>No date</title><link>https://courier.example/c</link><pubDate>soon</pubDate></item>
</channel></rss>"""

ATOM = b"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour Courier</title><entry>
<title type="html">Bridge &lt;b&gt;closed&lt;/b&gt;</title><link href="https://courier.example/a" rel="alternate"/>
<id>1</id><published>2025-03-03T10:00:00+01:00</published><summary>Both are shut.</summary></entry></feed>"""

SITEMAP = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"><url><loc> https://courier.example/a </loc><n:news>
<n:publication><n:name>Harbour Courier</n:name></n:publication><n:publication_date>2025-03-03</n:publication_date>
<n:title>Bridge  closed</n:title></n:news></url><url><loc>https://courier.example/about</loc></url>
<url><loc>https://courier.example/b</loc><n:news><n:publication_date>2025-03-03T09:00:00Z</n:publication_date>
<n:title>Tram paused</n:title></n:news></url></urlset>"""

INDEX = b"""<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://courier.example/old.xml</loc><lastmod>2024-12-01</lastmod></sitemap>
<sitemap><loc>https://courier.example/new.xml</loc><lastmod>2025-03-03</lastmod></sitemap></sitemapindex>"""


def test_rss() -> None:
    first, tomorrow, undated = read_feed(RSS, now=NOW).items
    assert first == Item(
        url="https://courier.example/a?utm_source=rss",
        title="Bridge & tunnel closed",
        published_at=datetime(2025, 3, 3, 9, tzinfo=UTC),
        summary="Both are shut. Until May.",
    )
    assert (tomorrow.title, tomorrow.published_at) == ("Tomorrow's date", None)
    assert (undated.title, undated.published_at) == ("No date", None)


def test_atom() -> None:
    [item] = read_feed(ATOM, now=NOW).items
    assert item == Item(
        url="https://courier.example/a",
        title="Bridge closed",
        published_at=datetime(2025, 3, 3, 9, tzinfo=UTC),
        summary="Both are shut.",
    )


@pytest.mark.parametrize("body", [SITEMAP, gzip.compress(SITEMAP)], ids=["plain", "gzip"])
def test_a_news_sitemap_names_what_has_a_title(body: bytes) -> None:
    assert read_feed(body, now=NOW).items == (
        Item(url="https://courier.example/a", title="Bridge closed", published_at=datetime(2025, 3, 3, tzinfo=UTC)),
        Item(url="https://courier.example/b", title="Tram paused", published_at=datetime(2025, 3, 3, 9, tzinfo=UTC)),
    )


def test_an_index_names_its_files_newest_first() -> None:
    feed = read_feed(INDEX, now=NOW)
    assert feed.children == ("https://courier.example/new.xml", "https://courier.example/old.xml")
    assert feed.items == ()


def test_a_search_services_feed_names_the_publisher() -> None:
    body = RSS.replace(
        b"</title><link>https://courier.example/c",
        b'</title><source url="https://www.courier.example">Harbour Courier</source><link>https://courier.example/c',
    )
    item = read_feed(body, now=NOW).items[-1]
    assert (item.source_url, item.source_name) == ("https://www.courier.example", "Harbour Courier")


@pytest.mark.parametrize("body", [RSS[:400], SITEMAP[:420]], ids=["rss", "sitemap"])
def test_what_stands_before_the_break_of_a_cut_file_is_read(body: bytes) -> None:
    assert len(read_feed(body, now=NOW).items) == 1


def test_other_encodings_are_read() -> None:
    body = RSS.replace(b"utf-8", b"windows-1251").replace(b"No date", "Мост закрыт".encode("cp1251"))
    assert read_feed(body, now=NOW).items[-1].title == "Мост закрыт"


@pytest.mark.parametrize("template", [RSS, ATOM, SITEMAP], ids=["rss", "atom", "sitemap"])
def test_no_entity_is_expanded_or_fetched(template: bytes, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the secret")
    for entities in (
        f'<!ENTITY x SYSTEM "{secret.as_uri()}">',
        '<!ENTITY a "lol"><!ENTITY x "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">',
        '<!ENTITY % p SYSTEM "http://127.0.0.1:9/"> %p;',
    ):
        head, _, rest = template.partition(b"?>")
        body = head + b"?><!DOCTYPE x [" + entities.encode() + b"]>" + rest.replace(b"Bridge", b"&x;")
        with pytest.raises(BrokenFeed):
            read_feed(body, now=NOW)
        body = body.decode().encode("utf-16")  # the same where no pattern finds it
        try:
            found = str(read_feed(body, now=NOW))
        except BrokenFeed:
            continue
        assert "the secret" not in found
        assert "lollol" not in found


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><body>404</body></html>",
        b"{}",
        b"\x1f\x8bnot gzip",
        gzip.compress(SITEMAP)[:-20],
        gzip.compress(b"<urlset>" + bytes(20_000_000)),
        b"<urlset",
        b"/etc/passwd",
        b"http://127.0.0.1:9/feed.xml",
    ],
    ids=["empty", "html", "json", "no gzip", "half a gzip", "bomb", "half a tag", "path", "address"],
)
def test_what_is_no_feed_is_refused(body: bytes) -> None:
    with pytest.raises(BrokenFeed):
        read_feed(body, now=NOW)


def test_an_endless_feed_is_cut() -> None:
    item = b"<item><title>t</title><link>https://courier.example/a</link></item>"
    body = b'<rss version="2.0"><channel>' + item * 1500 + b"</channel></rss>"
    assert len(read_feed(body, now=NOW).items) == 1000
