"""Page bytes -> Article: one parse, metadata, the outlet's own rule or the generic reader, dateline, credit. Pure."""

import re
from dataclasses import replace
from typing import Any

from claims.errors import NotAnArticle, Paywalled
from claims.types import Article, Held, Outlet
from scrapers._blocks import Block, absolute_links, blocks_of
from scrapers._body import fold, rule_blocks, story_blocks
from scrapers._classify import is_closed, is_cut, is_offer, not_an_article, refusal, says_article
from scrapers._datelines import credit_of, split_dateline
from scrapers._jsonld import text_of
from scrapers._languages import language_of
from scrapers._metadata import Metadata, read_metadata, with_bylines
from scrapers._notices import file_kind, notice
from scrapers._page import Page, squeeze
from scrapers._tails import without_tail
from scrapers.sites import site_of

DECK_MIN = 30  # characters of a standfirst; shorter is a label
DECK_MAX = 600  # characters of a standfirst; longer is the text itself
_DECK = re.compile(
    r"stand-?first|\bde[c]?k\b|\blede?\b|\blead\b|intro|summary|sub-?title|sub-?head|strapline|excerpt|abstract|chapo|"
    r"sommario|entradilla|\bdescription\b",
    re.IGNORECASE,
)
#: JSON-LD's articleBody replaces the page's text only where that is less than this share of it: on the stored pages it
#: also holds promo lines (Fox) and is twice as long as the story (Corriere) or a summary of it (BBC 2015)
SCANT = 0.33
AGREES = 0.8  # share of the page's text that must stand in articleBody for it to be the same text


def extract(html: bytes, *, url: str, outlet: Outlet, content_type: str | None = None, strict: bool = True) -> Article:
    """The article on a page.

    ``url`` is the address after redirects, ``content_type`` the header as sent. An unlisted outlet (its key is a host)
    is called what its page calls it. ``strict=False`` returns whatever text there is instead of raising.

    Raises OutletRefused for a wall against programs, NotAnArticle with the reason, Paywalled with the open part, and
    what a notice amounts to that is sent in place of a page (PageGone, FetchFault and these).
    """
    if strict and (what := file_kind(html)):
        raise NotAnArticle(f"The link leads to {what}, not to an article; send the text that you mean.", link=url)
    page = Page(html, url=url, content_type=content_type)
    lines = blocks_of(page.tree)
    if strict and (refused := refusal(page, lines, outlet=outlet.name)):
        raise refused
    metadata = read_metadata(page, lines, outlet=outlet)
    if "." in outlet.key and metadata.site_name:
        outlet = replace(outlet, name=metadata.site_name)
    blocks: list[Block] = []
    if site := site_of(outlet):
        blocks, bylines = rule_blocks(page.tree, lines, site.read)
        metadata = with_bylines(metadata, bylines, outlet=outlet)
    blocks = blocks or story_blocks(page.tree, url=url, heading=metadata.heading)
    blocks = [block for block in blocks if fold(block.text) != fold(metadata.title)]
    blocks, tail = without_tail(blocks, metadata.authors)
    paragraphs = [block.text for block in blocks]
    if not is_closed(page, metadata.linked):
        paragraphs = _fuller(paragraphs, metadata.linked)
    standfirst = _standfirst(lines, paragraphs, metadata)
    dateline, paragraphs = _apart(paragraphs)
    text = "\n\n".join(paragraphs)
    called = says_article(page, metadata)
    if strict and (
        told := notice(page, lines, title=metadata.title, text=text, says_article=called, outlet=outlet.name)
    ):
        raise told
    cut = is_cut(page, lines, metadata.linked, text)
    if cut:
        text = "\n\n".join(paragraph for paragraph in paragraphs if not is_offer(paragraph))
    article = Article(
        url=metadata.url,
        outlet=outlet,
        title=metadata.title,
        text=text,
        held=Held.PART if cut else Held.FULL,
        published_at=metadata.published_at,
        modified_at=metadata.modified_at,
        authors=metadata.authors,
        section=metadata.section,
        language=metadata.language or language_of(text) or _only(outlet.languages),
        standfirst=standfirst,
        dateline=dateline,
        credit=credit_of(dateline=dateline, bylines=metadata.bylines, sign_off=tail, outlet=outlet),
        links=tuple(absolute_links(blocks, url)),
    )
    if strict and cut and (paragraphs or called):
        raise Paywalled(
            f"{outlet.name} shows only the beginning of this article without a subscription; open it yourself and "
            "send its text.",
            link=url,
            part=article if text else None,
        )
    if strict and (error := not_an_article(page, lines, metadata, text)):
        raise error
    return article


def _fuller(paragraphs: list[str], linked: dict[str, Any]) -> list[str]:
    """The text of JSON-LD, where the page shows little of it or nothing and what it shows stands in there too."""
    body = linked.get("articleBody")
    if not isinstance(body, str) or "<" in body:
        return paragraphs
    told = [line for part in body.splitlines() if (line := squeeze(text_of(part) or ""))]
    shown, full = sum(map(len, paragraphs)), fold(body)
    if shown > SCANT * sum(map(len, told)):
        return paragraphs
    agreeing = sum(len(paragraph) for paragraph in paragraphs if fold(paragraph) in full)
    return told if agreeing >= AGREES * shown else paragraphs


def _apart(paragraphs: list[str]) -> tuple[str | None, list[str]]:
    if not paragraphs:
        return None, []
    dateline, first = split_dateline(paragraphs[0])
    return dateline, [first, *paragraphs[1:]]


def _only(languages: tuple[str, ...]) -> str | None:
    return languages[0] if len(languages) == 1 else None


def _standfirst(lines: list[Block], paragraphs: list[str], metadata: Metadata) -> str | None:
    """The deck between headline and text: a line that markup calls so, or that the page gives as its description."""
    words = fold(metadata.description or "")
    text = {fold(paragraph) for paragraph in paragraphs}
    below = metadata.heading is None
    for line in lines:
        folded = fold(line.text)
        if not below:
            below = line.element is metadata.heading or metadata.heading in line.element.iterancestors()
        elif folded in text:
            return None
        elif DECK_MIN <= len(line.text) <= DECK_MAX and (folded == words or _named_deck(line)):
            return line.text
    return None


def _named_deck(line: Block) -> bool:
    around = [line.element, *line.element.iterancestors()][:2]
    return any(_DECK.search(f"{e.get('class') or ''} {e.get('itemprop') or ''}") for e in around)
