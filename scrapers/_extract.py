"""Page bytes -> Article: one parse, metadata, the outlet's own rule or the generic reader, dateline and credit. Pure."""

from dataclasses import replace

from claims.errors import Paywalled
from claims.types import Article, Held, Outlet
from scrapers._blocks import Block, absolute_links, blocks_of
from scrapers._body import fold, story_blocks
from scrapers._classify import is_cut, not_an_article, refusal
from scrapers._datelines import credit_of, split_dateline
from scrapers._metadata import read_metadata
from scrapers._page import Page
from scrapers._tails import without_tail
from scrapers._languages import language_of

STANDFIRST_MAX = 600  # characters; a longer description is the text itself


def extract(html: bytes, *, url: str, outlet: Outlet, content_type: str | None = None, strict: bool = True) -> Article:
    """The article on a page.

    ``url`` is the address after redirects, ``content_type`` the header as sent. An unlisted outlet (its key is a host)
    is called what its page calls it. ``strict=False`` returns whatever text there is instead of raising.

    Raises OutletRefused for a wall against programs, NotAnArticle with the reason, Paywalled with the open part.
    """
    page = Page(html, url=url, content_type=content_type)
    lines = blocks_of(page.tree)
    if strict and (error := refusal(page, lines, outlet=outlet.name)):
        raise error
    metadata = read_metadata(page, lines, outlet=outlet)
    if "." in outlet.key and metadata.site_name:
        outlet = replace(outlet, name=metadata.site_name)
    blocks = story_blocks(page.tree, url=url, heading=metadata.heading)
    blocks = [block for block in blocks if fold(block.text) != fold(metadata.title)]
    blocks, tail = without_tail(blocks, metadata.authors)
    dateline, paragraphs = _apart([block.text for block in blocks])
    text = "\n\n".join(paragraphs)
    article = Article(
        url=metadata.url,
        outlet=outlet,
        title=metadata.title,
        text=text,
        published_at=metadata.published_at,
        modified_at=metadata.modified_at,
        authors=metadata.authors,
        section=metadata.section,
        language=metadata.language
        or language_of(text)
        or (outlet.languages[0] if len(outlet.languages) == 1 else None),
        standfirst=_standfirst(lines, blocks, metadata.description),
        dateline=dateline,
        credit=credit_of(dateline=dateline, bylines=metadata.bylines, sign_off=tail, outlet=outlet),
        links=tuple(absolute_links(blocks, url)),
    )
    cut = is_cut(page, lines, metadata.linked, text)
    if cut:
        article = replace(article, held=Held.PART)
    if strict and (error := not_an_article(page, lines, metadata, text)) and not (cut and text):
        raise error
    if strict and cut:
        raise Paywalled(
            f"{outlet.name} shows only the beginning of this article without a subscription.", link=url, part=article
        )
    return article


def _apart(paragraphs: list[str]) -> tuple[str | None, list[str]]:
    if not paragraphs:
        return None, []
    dateline, first = split_dateline(paragraphs[0])
    return dateline, [first, *paragraphs[1:]]


def _standfirst(lines: list[Block], blocks: list[Block], description: str | None) -> str | None:
    """The page's description, where readers see it too and it is not the opening of the text."""
    if not description or len(description) > STANDFIRST_MAX:
        return None
    words = fold(description)
    shown = any(fold(line.text) == words for line in lines)
    return description if words and shown and not any(words in fold(block.text) for block in blocks) else None
