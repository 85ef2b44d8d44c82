"""AP. On apnews.com two dozen caption paragraphs stand ahead of the first paragraph of the story."""

from bs4 import BeautifulSoup

from scrapers.sites._fields import Fields, first


def read(soup: BeautifulSoup) -> Fields:
    """2024: children of ``.RichTextStoryBody``, promos are nested deeper; 2023: ``.Article``; hosted: ``block``."""
    return Fields(
        body=first(
            soup,
            ".RichTextStoryBody > p, .RichTextStoryBody > h2, .RichTextStoryBody > h3, .RichTextStoryBody > ul > li, "
            ".RichTextStoryBody > ol > li, .RichTextStoryBody > blockquote",
            'div.Article > p, div.Article > h2, [class*="Component-p"]',
            ".ap-story > block > p, .ap-story > block > h2, .ap-story > p",
        )
    )
