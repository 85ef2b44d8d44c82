"""The sample's articles, and what a browser gets of them: pages, feeds, home pages. Pure; texts: ``story.toml``."""

import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from html import escape
from importlib import resources
from string import Template
from typing import Any

from claims.types import Outlet, OutletKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One article of the sample: what its page shows."""

    outlet: Outlet
    url: str
    title: str
    byline: str
    section: str
    published: datetime  #: aware UTC, a full hour
    editions: tuple[tuple[str, ...], ...]  #: paragraphs, as first printed and as edited later; may hold links
    standfirst: str
    summary: str
    picture: str  #: credit of the picture, empty where there is none
    closed: bool  #: answers programs with 401
    offered: bool  #: worth asking about


def pieces_at(now: datetime) -> tuple[Piece, ...]:
    """All articles, published hours before ``now`` (aware UTC), rounded down to the hour."""
    story = tomllib.loads(_read("story.toml"))
    outlets = {row["key"]: _outlet(row) for row in story["outlet"]}
    hour = now.replace(minute=0, second=0, microsecond=0)
    return tuple(_piece(row, outlets[row["outlet"]], hour) for row in story["article"])


def host_of(outlet: Outlet) -> str:
    """The host of an outlet's pages."""
    return f"www.{outlet.domains[0]}"


def page(piece: Piece, others: Iterable[Piece], *, edited: bool) -> str:
    """The article's page in HTML, as first printed or as edited later."""
    paragraphs = piece.editions[-1 if edited else 0]
    credit = f'<span class="credit">{escape(piece.picture)}</span>'
    picture = '<img src="/picture.jpg" alt=""><figcaption>The harbour of Port Merrow. ' + credit + "</figcaption>"
    return _filled(
        "page.html",
        {**_heads(piece), "printed_time": f"{piece.published:%d %B %Y, %H:%M} UTC"},
        linked_data=json.dumps(_linked_data(piece)).replace("<", "\\u003c"),
        standfirst=f'<p class="standfirst">{escape(piece.standfirst)}</p>' if piece.standfirst else "",
        figure=f"<figure>{picture}</figure>" if piece.picture else "",
        paragraphs="\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs),
        others=_list(others),
    )


def home(outlet: Outlet, pieces: Iterable[Piece]) -> str:
    """The outlet's front page in HTML: headlines, and where its feed is."""
    return _filled("home.html", {"outlet": outlet.name, "feed": outlet.feeds[0]}, others=_list(pieces))


def feed(outlet: Outlet, pieces: Sequence[Piece]) -> str:
    """The outlet's feed, RSS 2.0."""
    items = "".join(_filled("item.xml", _heads(piece)) for piece in pieces)
    return _filled("feed.xml", {"outlet": outlet.name, "home": f"http://{host_of(outlet)}/"}, items=items)


def _outlet(row: Mapping[str, Any]) -> Outlet:
    domains = tuple(row["domains"])
    return Outlet(
        key=row["key"],
        name=row["name"],
        domains=domains,
        kind=OutletKind(row["kind"]),
        languages=("en",),
        aliases=tuple(row.get("aliases", ())),
        feeds=(f"http://www.{domains[0]}/rss.xml",),
    )


def _piece(row: Mapping[str, Any], outlet: Outlet, hour: datetime) -> Piece:
    published = hour - timedelta(hours=row["hours_before"])
    first = row["text"].strip().format(published=published)
    later = first
    for old, new in row.get("edits", ()):
        later = later.replace(old, new)
    paragraphs = tuple(first.split("\n\n"))
    return Piece(
        outlet=outlet,
        url=f"http://{host_of(outlet)}{row['path']}",
        title=row["title"],
        byline=row["byline"],
        section=row["section"],
        published=published,
        editions=(paragraphs, tuple(later.split("\n\n"))),
        standfirst=row.get("standfirst", ""),
        summary=row.get("summary") or row.get("standfirst") or paragraphs[0],
        picture=row.get("picture", ""),
        closed=row.get("closed", False),
        offered=row.get("offered", False),
    )


def _heads(piece: Piece) -> dict[str, str]:
    return {
        "outlet": piece.outlet.name,
        "feed": piece.outlet.feeds[0],
        "url": piece.url,
        "title": piece.title,
        "summary": piece.summary,
        "byline": piece.byline,
        "published": piece.published.isoformat(),
        "posted": format_datetime(piece.published),
    }


def _linked_data(piece: Piece) -> dict[str, Any]:
    """The page's structured data, https://schema.org/NewsArticle."""
    return {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": piece.title,
        "description": piece.summary,
        "url": piece.url,
        "datePublished": piece.published.isoformat(),
        "articleSection": piece.section,
        "author": {"@type": "Person", "name": piece.byline},
        "publisher": {"@type": "NewsMediaOrganization", "name": piece.outlet.name},
    }


def _list(pieces: Iterable[Piece]) -> str:
    return "\n".join(f'<li><a href="{escape(piece.url)}">{escape(piece.title)}</a></li>' for piece in pieces)


def _filled(template: str, words: Mapping[str, str], **markup: str) -> str:
    """A template with ``words`` escaped and ``markup`` as it is."""
    return Template(_read(template)).substitute({name: escape(word) for name, word in words.items()} | markup)


def _read(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
