"""The Guardian. Photo essays carry captions as ``li > p`` among the text; wire copy shows in the byline only."""

from bs4 import BeautifulSoup

from scrapers.sites._fields import Fields, first, lines

_PARTS = ("> p", "> h2", "> h3", "> blockquote", "> ul > li:not(:has(> p))", "> ol > li:not(:has(> p))")


def read(soup: BeautifulSoup) -> Fields:
    """2024: ``[data-gu-name=body]``; 2019-20: ``.content__article-body``."""
    return Fields(
        body=first(
            soup,
            ", ".join(f'[data-gu-name="body"] .article-body-commercial-selector {part}' for part in _PARTS),
            ", ".join(f".content__article-body {part}" for part in _PARTS),
        ),
        bylines=lines(soup, '[data-component="meta-byline"]', '[data-gu-name="meta"] address [rel="author"]'),
    )
