"""Looking spans up by their place, in time that does not grow with the length of the article."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from typing import TypeVar

from claims.types import Span

Item = TypeVar("Item")


def inside(items: Sequence[Item], area: Span, span: Callable[[Item], Span]) -> Sequence[Item]:
    """Those that lie wholly within ``area``, of items in order whose spans do not overlap."""
    first = bisect_left(items, area.start, key=lambda item: span(item).start)
    return items[first : bisect_right(items, area.end, lo=first, key=lambda item: span(item).end)]


def touching(items: Sequence[Item], area: Span, span: Callable[[Item], Span]) -> Sequence[Item]:
    """Those that share a character with ``area``, of items in order whose spans do not overlap."""
    first = bisect_right(items, area.start, key=lambda item: span(item).end)
    return items[first : bisect_left(items, area.end, lo=first, key=lambda item: span(item).start)]
