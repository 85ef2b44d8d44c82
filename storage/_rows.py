"""Rows <-> the nouns of claims.types."""

from dataclasses import fields
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, case, select

from claims.comparison import Comparison
from claims.types import Article, Held, Outlet, OutletKind
from storage.tables import articles, outlets, versions

_OUTLET = tuple(field.name for field in fields(Outlet))
#: whose columns and fields have the same name and type
_VERSION = (
    "title",
    "published_at",
    "modified_at",
    "authors",
    "section",
    "language",
    "standfirst",
    "dateline",
    "credit",
    "links",
)

#: reader copies serve one reader: they are given out by version only
public = versions.c.held != Held.READER_COPY
#: the fullest text first: a headline from a feed never hides the page
fullness: ColumnElement[int] = case({held.value: n for n, held in enumerate(Held)}, value=versions.c.held)


def key_of(address: str) -> str:
    """The key of an address of any length."""
    return sha256(address.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def outlet_row(outlet: Outlet, *, listed: bool) -> dict[str, Any]:
    """A new row of ``outlets``."""
    return {name: getattr(outlet, name) for name in _OUTLET} | {"listed": listed, "active": True}


def article_row(article: Article, *, first_seen: datetime) -> dict[str, Any]:
    """A new row of ``articles``."""
    return {
        "id": key_of(article.url),
        "url": article.url,
        "outlet": article.outlet.key,
        "first_seen": first_seen,
    }


def text_hash(article: Article) -> str:
    """What versions with the same text have in common, also once the text is forgotten."""
    return sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()


def version_row(article: Article, *, fetched_at: datetime) -> dict[str, Any]:
    """A new row of ``versions``."""
    return {name: getattr(article, name) for name in _VERSION} | {
        "version": article.version,
        "article_id": key_of(article.url),
        "text": article.text,
        "text_hash": text_hash(article),
        "held": article.held,
        "fetched_at": fetched_at,
        "seen_at": fetched_at,
    }


def claim_rows(comparison: Comparison, comparison_id: int) -> list[dict[str, Any]]:
    """New rows of ``claims``: one a cell."""
    return [
        {
            "comparison_id": comparison_id,
            "row": row.id,
            "version": cell.place.version,
            "span_start": cell.place.span.start,
            "span_end": cell.place.span.end,
            "authority": cell.authority,
            "quotation_type": cell.quotation_type,
            "source": cell.source,
            "source_description": cell.source_description,
            "cue": cell.cue,
            "certainty": cell.certainty,
            "polarity": cell.polarity,
            "attributed_to_outlet": cell.attributed_to_outlet,
        }
        for row in comparison.rows
        for cell in row.cells
    ]


def held_versions() -> Select[Any]:
    """Everything that ``article_of`` needs, of the versions whose text is still held."""
    return (
        select(versions, articles.c.url, *(outlets.c[name].label(f"outlet_{name}") for name in _OUTLET))
        .join(articles, articles.c.id == versions.c.article_id)
        .join(outlets, outlets.c.key == articles.c.outlet)
        .where(versions.c.text.is_not(None))
    )


def article_of(row: Row[Any]) -> Article:
    """The article in a row of ``held_versions``."""
    values = row._mapping
    outlet = {name: values[f"outlet_{name}"] for name in _OUTLET}
    return Article(
        **{name: values[name] for name in _VERSION},
        url=values["url"],
        outlet=Outlet(**outlet | {"kind": OutletKind(outlet["kind"])}),
        text=values["text"],
        held=Held(values["held"]),
    )
