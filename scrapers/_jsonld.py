"""JSON-LD as pages carry it: one broken block does not stop the others, and only the page's own article counts."""

import json
import re
from collections import deque
from collections.abc import Iterator
from html import unescape
from typing import Any

from rapidfuzz import fuzz

from scrapers._page import Page, squeeze

ARTICLE_TYPES = frozenset(
    (
        *("Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "BackgroundNewsArticle"),
        *("OpinionNewsArticle", "ReviewNewsArticle", "AskPublicNewsArticle", "SatiricalArticle"),
        *("AdvertiserContentArticle", "BlogPosting", "LiveBlogPosting", "Report", "ScholarlyArticle", "TechArticle"),
    )
)
SAME_HEADLINE = 80  # of 100: two wordings of one headline reach this, two stories' headlines do not

_WRAPPER = re.compile(r"^\s*(?://)?\s*<!\[CDATA\[|(?://)?\s*\]\]>\s*$|^\s*<!--|-->\s*$|;\s*$")
_MISSING = re.compile(r":\s*(?=[,}])")
_TRAILING = re.compile(r",\s*(?=[}\]])")


class Linked:
    """The JSON-LD objects of one page."""

    def __init__(self, page: Page) -> None:
        scripts = (e for e in page.tree.iter("script") if "ld+json" in (e.get("type") or "").lower())
        self.nodes = [node for script in scripts for node in _walk(_load(script.text or ""))]

    def article(self, *, title: str | None, url: str) -> dict[str, Any]:
        """The page's own article object, empty where there is none: pages also carry those of related stories."""
        articles = [node for node in self.nodes if types_of(node) & ARTICLE_TYPES]
        if not articles:
            return {}
        return max(articles, key=lambda node: _fit(node, title, url))

    def of_type(self, *names: str) -> list[dict[str, Any]]:
        """All objects of one of these types."""
        return [node for node in self.nodes if types_of(node) & set(names)]


def types_of(node: dict[str, Any]) -> set[str]:
    """The types of an object: pages give one, a list, or an address that ends in one."""
    return {str(name).rsplit("/", 1)[-1] for name in as_list(node.get("@type"))}


def as_list(value: Any) -> list[Any]:
    """A value that may stand alone or in a list, as a list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def text_of(value: Any) -> str | None:
    """A value as one line of text, None where it is not text."""
    return squeeze(_unescaped(value)) or None if isinstance(value, str) else None


def names_of(value: Any) -> list[str]:
    """Names of the persons and organisations in a JSON-LD value, whatever shape it has."""
    names: list[str] = []
    for item in as_list(value):
        if isinstance(item, dict):
            name = item.get("name") or item.get("byline") or item.get("headline")
            names += [text for part in as_list(name) if (text := text_of(part))]
        elif text := text_of(item):
            names.append(text)
    return names


def _fit(node: dict[str, Any], title: str | None, url: str) -> float:
    headline = text_of(node.get("headline")) or text_of(node.get("name")) or ""
    same = bool(headline) and fuzz.token_set_ratio(headline, title or "") >= SAME_HEADLINE
    address = str(node.get("url") or node.get("@id") or "") + json.dumps(node.get("mainEntityOfPage"), default=str)
    here = url.partition("?")[0].partition("://")[2]
    return 2.0 * same + (here in address) + 0.5 * bool(node.get("datePublished"))


def _load(text: str) -> Any:
    text = _WRAPPER.sub("", _WRAPPER.sub("", text)).strip()
    for candidate in (text, _TRAILING.sub("", _MISSING.sub(": null", text))):
        try:
            return json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _walk(value: Any) -> Iterator[dict[str, Any]]:
    """Objects at the top, in lists, in @graph, and those that a page object names as its main entity."""
    pending = deque([value])
    while pending:
        item = pending.popleft()
        if isinstance(item, list):
            pending.extendleft(reversed(item))
        elif isinstance(item, dict):
            yield item
            pending.extendleft(item[key] for key in ("mainEntityOfPage", "mainEntity", "@graph") if key in item)


def _unescaped(text: str) -> str:
    return unescape(text) if "&" in text else text
