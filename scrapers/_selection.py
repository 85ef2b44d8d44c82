"""Which blocks are the story: those that were chosen, and those beside them that are set in the same way."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from lxml.html import HtmlElement

from scrapers._blocks import Block

PROSE = 60  # bytes of UTF-8, as a Chinese sentence has a third of the letters; a shorter block may be a label
LINKED = 0.5  # share of link words from which on a block is navigation
FRAME = 0.85  # share of the chosen prose that the story's element holds: the rest may stand in a lead of its own
HOME = 0.12  # share of the chosen prose from which on a setting counts as one of the story's own
MISSED = 0.25  # where the chosen prose is less than this share of the page's largest setting, that one is the story
ARTICLE = 0.4  # share of the chosen prose in the first <article> from which on the others are other stories
BOLD = 0.9  # share of bold letters from which on a short paragraph is a subhead

_WRAPPERS = ("div", "span", "font")
_SENTENCE_END = re.compile("[.!?…:;।۔؟。！？][\"'”’»“)\\]]*$")


def select(blocks: Sequence[Block], voted: Sequence[bool]) -> list[Block]:
    """The story's blocks. ``voted`` says of each block whether the generic reader chose it."""
    voted = _or_largest(blocks, voted)
    if not any(vote and is_prose(block) for block, vote in zip(blocks, voted, strict=True)):
        return [block for block, vote in zip(blocks, voted, strict=True) if vote]
    story = _Story(blocks, voted)
    return [block for place, block in enumerate(blocks) if story.holds(place, block, voted[place])]


def is_prose(block: Block) -> bool:
    """Whether a block is running text: no subhead, no label, no navigation."""
    return not block.heading and len(block.text.encode()) >= PROSE and block.share(block.linked) < LINKED


def homes(blocks: Iterable[Block]) -> Counter[object]:
    """Characters of running text by setting."""
    found: Counter[object] = Counter()
    for block in blocks:
        if is_prose(block):
            found[setting(block)] += len(block.text)
    return found


def setting(block: Block) -> object:
    """How a block is set: its tag, and the nearest container with a class; blocks of one setting belong together."""
    element = block.element
    own = element.get("class") if element.tag != "p" else None
    path = [element.tag]
    holder = element.getparent()
    while holder is not None and holder.tag in _WRAPPERS and not (holder.get("class") or holder.get("id")):
        path.append(holder.tag)
        holder = holder.getparent()
    return *path, own, None if holder is None else holder.get("class") or holder


class _Story:
    """What the chosen blocks have in common, and whether another block shares it."""

    def __init__(self, blocks: Sequence[Block], voted: Sequence[bool]) -> None:
        places = [place for place, block in enumerate(blocks) if voted[place] and is_prose(block)]
        chosen = [blocks[place] for place in places]
        held = Counter[HtmlElement]()
        for block in chosen:
            for element in (block.element, *block.element.iterancestors()):
                held[element] += len(block.text)
        total = sum(len(block.text) for block in chosen)
        enough = [element for element, size in held.items() if size >= FRAME * total]
        self.frame = max(enough, key=lambda element: sum(1 for _ in element.iterancestors()))
        self.settings = {name for name, size in homes(chosen).items() if size >= HOME * total}
        self.parents = {block.element.getparent() for block in chosen if setting(block) in self.settings}
        self.looks = {_look(block) for block, vote in zip(blocks, voted, strict=True) if vote and block.heading}
        self.first, self.last = places[0], places[-1]
        article = _article(chosen[0])
        self.article = article if article is not None and held[article] >= ARTICLE * total else None

    def holds(self, place: int, block: Block, vote: bool) -> bool:
        inside = block.element is self.frame or self.frame in block.element.iterancestors()
        between = self.first < place < self.last
        if self.article is not None and self._elsewhere(block):
            return False
        if block.heading:
            known = vote or block.element.getparent() in self.parents or _look(block) in self.looks
            return inside and between and known
        full = is_prose(block) or bool(_SENTENCE_END.search(block.text))
        if setting(block) in self.settings:
            return vote or full or (between and block.share(block.bold) > BOLD)
        if block.listed and block.share(block.linked) < LINKED:
            return inside and (vote or (between and self._beside(block)))
        return inside and vote and full

    def _elsewhere(self, block: Block) -> bool:
        """In an ``<article>`` of its own beside the story's: an appended next story, a teaser."""
        article = _article(block)
        return article is not None and article is not self.article and self.article not in article.iterancestors()

    def _beside(self, block: Block) -> bool:
        """In a list that stands right among the story's paragraphs."""
        around = next(iter(block.element.iterancestors("ul", "ol")), None)
        return around is not None and around.getparent() in self.parents


def _article(block: Block) -> HtmlElement | None:
    return next(block.element.iterancestors("article"), None)


def _look(block: Block) -> tuple[str, str | None]:
    return block.element.tag, block.element.get("class")


def _or_largest(blocks: Sequence[Block], voted: Sequence[bool]) -> Sequence[bool]:
    """The vote, or where it chose next to nothing, the blocks of the setting with most running text."""
    found = homes(blocks)
    chosen = sum(len(b.text) for b, vote in zip(blocks, voted, strict=True) if vote and is_prose(b))
    if not found or chosen >= MISSED * max(found.values()):
        return voted
    largest = max(found, key=lambda name: found[name])
    return [vote or setting(block) == largest for block, vote in zip(blocks, voted, strict=True)]
