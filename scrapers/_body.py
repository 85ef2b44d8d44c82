"""The generic reader: a page's tree -> the blocks of its story.

trafilatura says which blocks are the story; the tree then says which other blocks are set just like these, and which
of them are furniture that stands among the paragraphs.
"""

import re
from collections.abc import Callable, Iterable
from copy import deepcopy

from bs4 import BeautifulSoup
from lxml.etree import strip_elements
from lxml.html import HtmlElement, fragment_fromstring, tostring
from trafilatura import bare_extraction

from scrapers._blocks import HEADINGS, Block, blocks_of
from scrapers._furniture import prune
from scrapers._promos import is_promo
from scrapers._selection import PROSE, homes, is_prose, select
from scrapers.sites import Fields

RULE_MIN = 150  # characters of prose below which an outlet's rule has met a layout that it does not know
RULE_SHARE = 0.5  # share of the largest setting's prose below which it has
FAST_ABOVE = 10_000  # elements; trafilatura's second opinion takes time with the square of their number

_WORDS = re.compile(r"\w+")


def story_blocks(tree: HtmlElement, *, url: str, heading: HtmlElement | None = None) -> list[Block]:
    """The blocks of the story in order. ``heading`` is the element of ``tree`` that holds the headline."""
    path = tree.getroottree().getpath(heading) if heading is not None else None
    tree = deepcopy(tree)
    heading = next(iter(tree.xpath(path)), None) if path else None
    prune(tree, heading=heading)
    large = sum(1 for _ in tree.iter()) > FAST_ABOVE
    document = bare_extraction(tree, url=url, fast=large, include_comments=False, include_tables=False)
    told = str(getattr(document, "text", None) or "")
    said, paragraphs = fold(told), {fold(line) for line in told.splitlines()}
    blocks = _below(blocks_of(tree), heading)
    folded = [fold(block.text) for block in blocks]
    voted = [bool(text) and (text in paragraphs or text in said) for text in folded]
    return tidy(select(blocks, voted))


def rule_blocks(
    tree: HtmlElement, lines: list[Block], read: Callable[[BeautifulSoup], Fields]
) -> tuple[list[Block], tuple[str, ...]]:
    """The story's blocks and the byline by an outlet's own rule; no blocks where the rule does not know the layout.

    ``lines`` are all blocks of the page: a rule that finds much less than the page's largest setting has met another
    layout.
    """
    soup = BeautifulSoup(_markup(tree), "lxml")
    fields = read(soup)
    if not fields.body:
        return [], fields.bylines
    outermost = {id(tag) for tag in fields.body}
    pieces = [str(tag) for tag in fields.body if not any(id(parent) in outermost for parent in tag.parents)]
    body = fragment_fromstring("".join(pieces), create_parent="div")
    prune(body)
    blocks = tidy(blocks_of(body))
    enough = max(RULE_MIN, RULE_SHARE * max(homes(lines).values(), default=0))
    return (blocks if _size(blocks) >= enough else []), fields.bylines


def _markup(tree: HtmlElement) -> str:
    """The page without what no rule reads: scripts and styles are most of a page's weight."""
    slim = deepcopy(tree)
    strip_elements(slim, "script", "style", "svg", "noscript", "iframe", "link", "meta", with_tail=False)
    return str(tostring(slim, encoding="unicode"))


def fold(text: str) -> str:
    """Letters and digits only, case folded: for comparing texts that differ in blanks and marks."""
    return "".join(_WORDS.findall(text.casefold()))


def tidy(blocks: Iterable[Block]) -> list[Block]:
    """Without promos, credits and repetitions; no subhead without text below it."""
    kept = [block for block in blocks if not is_promo(block)]
    kept = _without_repeats(kept)
    result: list[Block] = []
    for block in reversed(kept):
        if block.heading and (not result or (result[-1].heading and _level(result[-1]) <= _level(block))):
            continue
        result.append(block)
    return result[::-1]


def _level(block: Block) -> str:
    return next((tag for tag in reversed(block.trail) if tag in HEADINGS), "h6")


def _below(blocks: list[Block], heading: HtmlElement | None) -> list[Block]:
    """What stands below the headline, if that is most of the page's prose."""
    if heading is None:
        return blocks
    at = next(
        (i for i, block in enumerate(blocks) if block.element is heading or heading in block.element.iterancestors()),
        None,
    )
    if at is None:
        return blocks
    below = blocks[at + 1 :]
    return below if 2 * _size(below) > _size(blocks) else blocks


def _size(blocks: Iterable[Block]) -> int:
    return sum(len(block.text) for block in blocks if is_prose(block))


def _without_repeats(blocks: list[Block]) -> list[Block]:
    """A block whose words stood before is a second copy; one set apart whose words stand in the text, a pull quote."""
    folded = [fold(block.text) for block in blocks]
    text = "\n".join(folded)
    seen: set[str] = set()
    kept: list[Block] = []
    for block, words in zip(blocks, folded, strict=True):
        apart = block.element.tag != "p" or "blockquote" in block.trail
        if len(words) >= PROSE and (words in seen or (apart and text.count(words) > 1)):
            continue
        seen.add(words)
        kept.append(block)
    return kept
