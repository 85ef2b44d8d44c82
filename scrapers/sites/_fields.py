"""What a site's rule hands back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from bs4 import BeautifulSoup, Tag


@dataclass(frozen=True, slots=True)
class Fields:
    """What a rule knows better than the generic reader; empty fields are left to that."""

    body: tuple[Tag, ...] = ()  #: paragraphs, subheads and list items in order; promos in them are dropped later
    bylines: tuple[str, ...] = ()  #: author lines as printed


class Site(NamedTuple):
    """An outlet that has a rule of its own."""

    key: str
    domains: tuple[str, ...]
    read: Callable[[BeautifulSoup], Fields]


def first(soup: BeautifulSoup, *selectors: str) -> tuple[Tag, ...]:
    """What the first selector that finds anything finds: one selector a layout, the newest first."""
    return next((tuple(found) for selector in selectors if (found := soup.select(selector))), ())


def lines(soup: BeautifulSoup, *selectors: str) -> tuple[str, ...]:
    """The words of what the first selector that finds anything finds."""
    return tuple(text for tag in first(soup, *selectors) if (text := tag.get_text(" ", strip=True)))
