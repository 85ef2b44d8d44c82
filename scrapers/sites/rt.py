"""RT. The first paragraph stands outside the text's container."""

from bs4 import BeautifulSoup

from scrapers.sites._fields import Fields, first


def read(soup: BeautifulSoup) -> Fields:
    """2019: the lead in ``.article__summary``, the rest in ``.article__text``."""
    return Fields(body=first(soup, ".article__summary, .article__text > p, .article__text > h2, .article__text > h3"))
