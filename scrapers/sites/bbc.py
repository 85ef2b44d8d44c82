"""BBC News. Paragraphs stand in many small blocks, so that a reader of the densest container keeps a fraction."""

from bs4 import BeautifulSoup

from scrapers.sites._fields import Fields, first


def read(soup: BeautifulSoup) -> Fields:
    """2024-26: text and subheadline blocks; 2015-20: ``.story-body__inner``."""
    return Fields(
        body=first(
            soup,
            'article [data-component="text-block"] p, article [data-component="text-block"] li, '
            'article [data-component="unordered-list-block"] li, article [data-component="ordered-list-block"] li, '
            'article [data-component="subheadline-block"] h2, article [data-component="subheadline-block"] h3, '
            'article [data-component="crosshead-block"] h2',
            ".story-body__inner > p, .story-body__inner > h2, .story-body__inner > ul > li",
        )
    )
