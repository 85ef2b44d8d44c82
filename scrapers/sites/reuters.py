"""Reuters. Class names carry build hashes; only test ids and the old layout's names are stable."""

import re

from bs4 import BeautifulSoup

from scrapers.sites._fields import Fields, first

# written into every outgoing link for screen readers since 2024
_NEW_TAB = re.compile(r"^\s*,?\s*opens new tab\s*$")


def read(soup: BeautifulSoup) -> Fields:
    """2023: ``p[data-testid=paragraph-N]``; 2024: the same on a ``div``; 2020 and 2019: paragraphs by class."""
    for note in soup.find_all(string=_NEW_TAB):
        note.extract()
    return Fields(
        body=first(
            soup,
            '[data-testid^="paragraph-"], [data-testid="ArticleBody"] h2[data-testid="Heading"], '
            '[class*="article-body"] > h2[data-testid="Heading"]',
            '[class*="ArticleBodyWrapper"] > p, [class*="ArticleBodyWrapper"] > h3',
            '[class*="StandardArticleBody_body"] > p, [class*="StandardArticleBody_body"] > h3',
        )
    )
