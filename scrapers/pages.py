"""The public door to extraction: page bytes -> Article, and what they are if no page; Article -> record; datelines."""

from claims.types import Article, Outlet
from scrapers._datelines import split_dateline
from scrapers._extract import extract
from scrapers._notices import file_kind

__all__ = ["file_kind", "read_page", "record", "split_dateline"]


def read_page(
    html: bytes, *, url: str, outlet: Outlet, content_type: str | None = None, strict: bool = True
) -> Article:
    """The article on a page. Raises OutletRefused, NotAnArticle, Paywalled; ``strict=False`` raises none of them."""
    return extract(html, url=url, outlet=outlet, content_type=content_type, strict=strict)


def record(article: Article) -> dict[str, object]:
    """An article as one JSON object: paragraphs as the page shows them, the dateline in front of the first."""
    paragraphs = article.text.split("\n\n") if article.text else []
    if article.dateline and paragraphs:
        paragraphs[0] = f"{article.dateline} {paragraphs[0]}"
    return {
        "url": article.url,
        "title": article.title,
        "authors": list(article.authors),
        "published": article.published_at.isoformat() if article.published_at else None,
        "modified": article.modified_at.isoformat() if article.modified_at else None,
        "section": article.section,
        "language": article.language,
        "standfirst": article.standfirst,
        "dateline": article.dateline,
        "credit": article.credit,
        "carried_for": article.carried_for,
        "held": article.held.value,
        "paragraphs": paragraphs,
        "text": "\n\n".join(paragraphs),
    }
