"""Invented nouns for tests, with sensible defaults. Outlets live on ``example`` domains."""

from datetime import UTC, datetime
from typing import Any

from claims.types import Article, Outlet, OutletKind

NOON = datetime(2025, 3, 3, 12, tzinfo=UTC)


def make_outlet(name: str = "The Harbour Courier", **fields: Any) -> Outlet:
    """An outlet; key and domain follow from the name."""
    key = name.lower().removeprefix("the ").replace(" ", "")
    defaults: dict[str, Any] = {"key": key, "domains": (f"{key}.example",), "kind": OutletKind.NEWSPAPER}
    return Outlet(name=name, **(defaults | fields))


def make_article(text: str, *, outlet: str | Outlet = "The Harbour Courier", **fields: Any) -> Article:
    """An article of an invented outlet, published at noon."""
    publisher = outlet if isinstance(outlet, Outlet) else make_outlet(outlet)
    defaults: dict[str, Any] = {
        "url": f"https://www.{publisher.domains[0]}/news/story",
        "title": "A bridge is closed",
        "published_at": NOON,
        "language": "en",
    }
    return Article(outlet=publisher, text=text, **(defaults | fields))
