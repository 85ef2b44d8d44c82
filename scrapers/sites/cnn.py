"""CNN. Meta ``author`` may name one other person; the visible names are right."""

from bs4 import BeautifulSoup

from scrapers.sites._fields import Fields, first, lines


def read(soup: BeautifulSoup) -> Fields:
    """2023: named components; 2019: ``.zn-body__paragraph`` on any tag, in several containers; 2013: ``p``."""
    return Fields(
        body=first(
            soup,
            '[data-component-name="paragraph"], [data-component-name="subheader"], .article__content li',
            ".zn-body__paragraph, .zn-body__paragraph h3",
            ".cnn_strycntntlft > p",
        ),
        bylines=lines(soup, ".byline__names .byline__name", ".metadata__byline__author"),
    )
