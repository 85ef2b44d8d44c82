"""A tree -> its blocks of running text, each as a reader sees it: one paragraph, subhead or list item."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from scrapers._page import squeeze

INLINE = frozenset(
    (
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i"),
        *("ins", "kbd", "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike"),
        *("strong", "sub", "sup", "time", "tt", "u", "var", "wbr"),
    )
)
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
# never running text of the story, whatever they hold
UNSEEN = frozenset(
    (
        *("script", "style", "noscript", "svg", "iframe", "button", "nav", "footer", "figure", "figcaption", "video"),
        *("audio", "picture", "img", "input", "select", "textarea", "template", "object", "embed", "canvas", "dialog"),
        *("map", "math", "head", "meta", "link", "amp-ad"),
    )
)
_BOLD = frozenset(("b", "strong", "h1", "h2", "h3", "h4", "h5", "h6"))
_ITALIC = frozenset(("i", "em"))


@dataclass(slots=True)
class Block:
    """One run of inline text between two borders of blocks."""

    element: HtmlElement  #: nearest element around the run that is not inline
    text: str = ""
    links: list[tuple[str, str]] = field(default_factory=list)  #: (address as written, words)
    bold: int = 0  #: characters set in bold
    italic: int = 0
    linked: int = 0  #: characters inside links
    trail: tuple[str, ...] = ()  #: tags around the run, outermost first

    @property
    def heading(self) -> bool:
        """Whether it stands in a heading element."""
        return any(tag in HEADINGS for tag in self.trail[-3:])

    @property
    def listed(self) -> bool:
        """Whether it stands in a list."""
        return "li" in self.trail

    def share(self, characters: int) -> float:
        """``characters`` as a share of the text without blanks."""
        return characters / max(1, _size(self.text))


def blocks_of(root: HtmlElement) -> list[Block]:
    """All blocks under ``root`` in document order. One ``<br>`` is a blank, two are a border."""
    reader = _Reader(root)
    # an explicit stack: pages may nest deeper than Python recurses; None means not visited yet
    stack: list[tuple[HtmlElement, str | None]] = [(root, None)]
    while stack:
        element, entered = stack.pop()
        if entered is not None:
            reader.leave(element, entered)
            continue
        kind = reader.enter(element)
        stack.append((element, kind))
        if kind in (_AS_INLINE, _AS_BLOCK):
            stack.extend((child, None) for child in reversed(element))
    reader.close()
    return reader.blocks


_SKIPPED, _AS_INLINE, _AS_BLOCK = "skipped", "inline", "block"


class _Reader:
    """Collects runs while the tree is walked."""

    def __init__(self, root: HtmlElement) -> None:
        self.root = root
        self.blocks: list[Block] = []
        self.holders: list[HtmlElement] = []
        self.inline: list[str] = []
        self.hrefs: list[list[str]] = []
        self.pieces: list[tuple[str, bool, bool, bool]] = []
        self.links: list[tuple[str, str]] = []
        self.breaks = 0

    def enter(self, element: HtmlElement) -> str:
        """Open an element; how it is to be read."""
        tag = element.tag
        if not isinstance(tag, str) or tag in UNSEEN:
            return _SKIPPED
        if size := _break(element):
            self.breaks += size
            if self.breaks > 1:
                self.close()
            else:
                self.pieces.append((" ", False, False, False))
            return _SKIPPED
        kind = _AS_INLINE if tag in INLINE and not _holds_blocks(element) else _AS_BLOCK
        if kind == _AS_INLINE:
            self.inline.append(tag)
        else:
            self.close()
            self.holders.append(element)
        if tag == "a":
            self.hrefs.append([element.get("href") or "", ""])
        self.write(element.text)
        return kind

    def leave(self, element: HtmlElement, kind: str) -> None:
        """Close an element that was entered as ``kind``."""
        if kind != _SKIPPED and element.tag == "a":
            href, words = self.hrefs.pop()
            if kind == _AS_INLINE:
                self.links.append((href, squeeze(words)))
        if kind == _AS_INLINE:
            self.inline.pop()
        elif kind == _AS_BLOCK:
            self.close()
            self.holders.pop()
        if element is not self.root:
            self.write(element.tail)

    def write(self, text: str | None) -> None:
        if not text:
            return
        if text.strip():
            self.breaks = 0
        bold = any(tag in _BOLD for tag in self.inline)
        italic = any(tag in _ITALIC for tag in self.inline)
        self.pieces.append((text, bold, italic, bool(self.hrefs)))
        if self.hrefs:
            self.hrefs[-1][1] += text

    def close(self) -> None:
        """End the run."""
        if not self.pieces:
            self.links, self.breaks = [], 0
            return
        text = squeeze("".join(piece for piece, *_ in self.pieces))
        if text and self.holders:
            holder = self.holders[-1]
            block = Block(holder, text, self.links, trail=tuple(e.tag for e in self.holders))
            for piece, bold, italic, linked in self.pieces:
                if bold or italic or linked:
                    size = _size(piece)
                    block.bold += size * bold
                    block.italic += size * italic
                    block.linked += size * linked
            self.blocks.append(block)
        self.pieces, self.links, self.breaks = [], [], 0


def _size(text: str) -> int:
    return len("".join(text.split()))


def _break(element: HtmlElement) -> int:
    """Line breaks that an element stands for: an empty span that is styled as a break ends a paragraph."""
    if element.tag == "br":
        return 1
    styled = (
        element.tag == "span" and not element.text and not len(element) and "br" in (element.get("class") or "").split()
    )
    return 2 if styled else 0


def _holds_blocks(element: HtmlElement) -> bool:
    """An inline element around block elements is a block, as ``<a><h3>…</h3></a>`` and Reuters' spans are."""
    return any(
        isinstance(child.tag, str) and child.tag not in INLINE and child.tag != "br" and child.tag not in UNSEEN
        for child in element.iterdescendants()
    )


def absolute_links(blocks: list[Block], base: str) -> Iterator[str]:
    """Web addresses that the blocks link to, in order, each once."""
    seen: set[str] = set()
    for block in blocks:
        for href, _ in block.links:
            try:
                link = urljoin(base, href.strip())
                web = urlsplit(link).scheme in ("http", "https")
            except ValueError:
                continue
            if web and href.strip() and not href.startswith("#") and link not in seen:
                seen.add(link)
                yield link
