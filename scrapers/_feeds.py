"""Bytes of a feed or a news sitemap -> the articles that it names. Pure; entities are never expanded or fetched."""

import io
import re
import zlib
from calendar import timegm
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from html import unescape
from itertools import islice
from typing import Any

import feedparser
from lxml import etree
from w3lib.html import replace_tags

from claims.errors import FetchFault
from scrapers import _jsonfeed

ITEMS_MAX = 1000  # a news sitemap holds at most 1,000 addresses
TITLE_MAX = 300  # characters; longer titles are mistakes
SUMMARY_MAX = 600  # characters of a summary: enough to match by, too few to stand for the article
UNPACKED_MAX = 8_000_000  # bytes of a sitemap that came as .gz
FUTURE_MAX = timedelta(days=1)  # a date further ahead is a mistake of the feed, not news from tomorrow

_SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"


class BrokenFeed(Exception):
    """The bytes are neither a feed nor a sitemap."""


@dataclass(frozen=True, slots=True)
class Item:
    """One article that a feed names."""

    url: str
    title: str
    published_at: datetime | None
    summary: str = ""
    source_url: str | None = None  #: a search service's feed: the publisher's own address
    source_name: str | None = None
    guid: str | None = field(default=None, compare=False)  #: the outlet's own name for it, if no other item has it


@dataclass(frozen=True, slots=True)
class Feed:
    """What one file holds. ``children`` are the files of a sitemap index, newest first where it says so."""

    items: tuple[Item, ...] = ()
    children: tuple[str, ...] = ()


def read_feed(body: bytes, *, now: datetime, untitled: bool = False) -> Feed:
    """A feed (RSS, Atom, JSON), a sitemap or an index of sitemaps, plain or gzipped, in whatever way it calls itself.

    ``untitled``: also the addresses of a sitemap that have no headline, as those have that are for no news search.

    Raises:
        BrokenFeed: it is none of these.
    """
    body = _unpacked(body)
    if b"<!ENTITY" in body:  # no feed needs entities of its own; an attack does
        raise BrokenFeed("the file declares entities")
    try:
        if re.search(rb"<(?:\w+:)?(?:urlset|sitemapindex)[\s>]", body[:4096]):
            return _sitemap(body, now, untitled=untitled)
        entries = _json_entries(body, now) if re.match(rb"\s*(?:\xef\xbb\xbf)?\{", body) else _entries(body, now)
        return Feed(items=_own_guids(list(islice(entries, ITEMS_MAX))))
    except BrokenFeed:
        raise
    except Exception as error:  # of 3,000 damaged files the parsers fail on six, each time in a way of its own
        raise BrokenFeed("the file is damaged") from error


def feed_of(body: bytes, link: str, *, now: datetime, untitled: bool = False) -> Feed:
    """``read_feed`` of what came from ``link``.

    Raises:
        FetchFault: it is no feed that can be read.
    """
    try:
        return read_feed(body, now=now, untitled=untitled)
    except BrokenFeed as error:
        raise FetchFault(f"{link} is no feed that can be read: {error}.", link=link) from error


def _unpacked(body: bytes) -> bytes:
    if not body.startswith(b"\x1f\x8b"):
        return body
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        plain = unpacker.decompress(body, UNPACKED_MAX)
    except zlib.error as error:
        raise BrokenFeed("the file cannot be unpacked") from error
    if not unpacker.eof:
        raise BrokenFeed("the file is cut off or too large")
    return plain


def _entries(body: bytes, now: datetime) -> Iterator[Item]:
    # a file object, never the bytes: given bytes, feedparser opens them as a path or an address
    parsed = feedparser.parse(io.BytesIO(body), sanitize_html=False, resolve_relative_uris=True)
    if not parsed.get("version") and not parsed.entries:
        raise BrokenFeed("the file is something else")
    for entry in parsed.entries:
        item = _entry(entry, now)
        if item.url.startswith(("http://", "https://")) and item.title:
            yield item


def _entry(entry: Any, now: datetime) -> Item:
    # dict.get: feedparser's own get warns where it takes the one for the other
    parsed = dict.get(entry, "published_parsed") or dict.get(entry, "updated_parsed")
    source = entry.get("source") or {}
    return Item(
        url=entry.get("link", "").strip(),
        title=plain(entry.get("title", ""))[:TITLE_MAX],
        published_at=_plausible(datetime.fromtimestamp(timegm(parsed), UTC), now) if parsed else None,
        summary=plain(entry.get("summary", ""))[:SUMMARY_MAX],
        source_url=source.get("href"),
        source_name=source.get("title"),
        guid=entry.get("id") or None,
    )


def _json_entries(body: bytes, now: datetime) -> Iterator[Item]:
    for entry in _jsonfeed.entries(body):
        if entry.url.startswith(("http://", "https://")) and (title := plain(entry.title)):
            published = entry.published_at and _plausible(entry.published_at, now)
            yield Item(entry.url, title[:TITLE_MAX], published, plain(entry.summary)[:SUMMARY_MAX], guid=entry.guid)


def _own_guids(items: list[Item]) -> tuple[Item, ...]:
    """The items without those guids that several of them share: some feeds give every item the same."""
    times = Counter(item.guid for item in items)
    return tuple(replace(item, guid=None) if times[item.guid] > 1 else item for item in items)


def _sitemap(body: bytes, now: datetime, *, untitled: bool) -> Feed:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    root = etree.fromstring(body, parser)
    if root is None:
        raise BrokenFeed("the sitemap is empty")
    if root.tag == f"{_SITEMAP}sitemapindex":
        listed = ((_text(child, f"{_SITEMAP}lastmod"), _text(child, f"{_SITEMAP}loc")) for child in root)
        by_age = sorted(((stamp, url) for stamp, url in listed if url), key=lambda pair: pair[0], reverse=True)
        return Feed(children=tuple(url for _, url in by_age))
    items = (_url(child, now) for child in root.iterchildren(f"{_SITEMAP}url"))
    return Feed(items=tuple(item for item in items if item.url and (item.title or untitled))[:ITEMS_MAX])


def _url(child: Any, now: datetime) -> Item:
    stamp = _text(child, f".//{_NEWS}publication_date") or _text(child, f"{_SITEMAP}lastmod")
    try:
        moment = datetime.fromisoformat(stamp) if stamp else None
    except ValueError:
        moment = None
    if moment is not None and moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return Item(
        url=_text(child, f"{_SITEMAP}loc"),
        title=_text(child, f".//{_NEWS}title")[:TITLE_MAX],
        published_at=_plausible(moment.astimezone(UTC), now) if moment else None,
    )


def _text(element: Any, path: str) -> str:
    return " ".join((element.findtext(path) or "").split())


def plain(markup: str) -> str:
    """The text of a title or summary that may be HTML."""
    return " ".join(unescape(replace_tags(markup, " ")).split())


def _plausible(moment: datetime, now: datetime) -> datetime | None:
    return moment if moment <= now + FUTURE_MAX else None
