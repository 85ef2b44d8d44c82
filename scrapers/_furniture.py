"""Containers around and among the paragraphs of a story that are no part of it: found by markup, not by words.

All rules are general habits of publishers. What only one outlet does stands in ``scrapers.sites``.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from lxml.html import HtmlElement

from scrapers._blocks import HEADINGS, UNSEEN

#: a container that holds more of the page's running text than this is never furniture, whatever its class says:
#: class names such as "has-video" and "paywall" also stand on the story itself
MOST_OF_PAGE = 0.25
NEARLY_ALL = 0.9  # the same for what no story is ever called
SENTENCE = 25  # characters; a shorter run of text is a label and says nothing about where the story is
SLUG = 5  # words; a longer id is made from a headline and says nothing about the container
CAPTION = 250  # characters; an image's box with more text holds more than a caption, with a credit twice as much
CARD = 350  # characters beside a linked headline; a box with more text than this is no teaser
LINKED_HEADLINE = 0.45  # share of a headline that is a link; some pages repeat the linked words for screen readers

_NAMES = (
    *("class", "role", "data-testid", "data-component", "data-component-name", "data-qa", "data-type"),
    "data-gu-name",
)
_WORD_BORDER = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_WORDS = (
    # other stories
    *("related", "recirc", "recirculation", "recommended", "recommendations?", "read-more", "readmore", "read-next"),
    *("read-also", "more-on", "more-from", "more-stories", "more-links?", "also-read", "also-like", "you-may"),
    *("you-might", "up-next", "see-also", "see-more", "most-read", "most-popular", "most-viewed", "most-shared"),
    *("most-recent", "mostread", "popular", "trending", "outbrain", "taboola", "zergnet", "teads", "interstitial"),
    # offers
    *("newsletters?", "signup", "sign-up", "subscribe", "subscriptions?", "cta", "paywall", "regwall", "piano"),
    *("donate", "donations?", "membership", "promos?", "promote", "promotion", "promotional", "promobox", "upsell"),
    *("ads?", "adverts?", "advertisement", "advertising", "adslot", "dfp", "sponsored", "sponsor"),
    # tools
    *("share", "sharing", "shares", "sharebar", "share-?tools", "sharedaddy", "sharelinks", "socials?", "follow"),
    *("follow-us", "whatsapp", "wapp", "comments?", "commenting", "disqus", "viafoura", "coral-talk", "feedback"),
    *("breadcrumbs?", "tags", "taglist", "keywords", "topics", "categories", "toolbar", "search", "tablist"),
    *("complementary", "navigation", "contentinfo", "dialog", "rail"),
    r"(?<!elementor-)widget",  # Elementor calls every paragraph of a text a widget
    r"(?<!has-)(?<!with-)(?<!no-)(?<!one-)(?<!two-)sidebar(?!-(?:grid|layout|wrap|wrapper|container))",
    # pictures, players, graphics
    *("captions?", "figcaption", "credits?", "legend", "copyright", "slideshow", "carousel", "gallery", "lightbox"),
    *("video-player", "video-container", "video-wrapper", "video-card", "videoplayer", "jwplayer", "player"),
    *("featured-video", "podcast", "audio", "ai2html", "datawrapper"),
    # people and times
    *("bylines?", "author-bio", "author-info", "author-box", "author-card", "author-details?", "about-author"),
    *("about-the-author", "bio", "timestamp"),
    # layers and helps
    *("cookies?", "consent", "gdpr", "modal", "popup", "overlay", "tooltip", "rollover", "popover", "hovercard"),
    *("banner", "visually-hidden", "visuallyhidden", "sr-only", "screen-?reader", "skip-links?"),
    # other people's words and repeated words of the text
    *(
        "infobox",
        "fact-?box",
        "twitter-tweet",
        "tweet",
        "instagram-media",
        "tiktok-embed",
        "social-embed",
        "pull-?quotes?",
    ),
)
_FURNITURE = re.compile(f"-(?:{'|'.join(_WORDS)})-")
# names of the story itself: "sidebar-grid__content article__content" is no sidebar
_STORY = re.compile(r"-(?:article|story|entry|post|body|main)-+(?:body|content|text|copy)-|-articlebody-|-rich-text-")
# below a short text these may well be most of the page
_NEVER_STORY = re.compile(r"-(?:cookies?|consent|gdpr|comments|disqus|newsletters?)-")
_CREDITED = re.compile(
    r"\b(?:AFP|AP|EPA|PA|Reuters|REUTERS|Getty|Shutterstock|dpa|[Pp]hotos?|Photograph|Foto|[Pp]icture|[Ii]mage)\b|©"
)


def prune(tree: HtmlElement, *, heading: HtmlElement | None = None) -> None:
    """Take furniture out of the tree, in place; what holds ``heading``, the headline's element, stays."""
    kept = {heading, *heading.iterancestors()} if heading is not None else set()
    lengths = _lengths(tree, shortest=1, links=True)
    for box in [*_image_boxes(tree, lengths), *_cards(tree, lengths)]:
        if box.getparent() is not None and box not in kept:
            box.drop_tree()
    running = _lengths(tree, shortest=SENTENCE, links=False)
    # paragraphs of some outlets all carry such a class ("paywall"): what counts is how much they hold together
    alike: Counter[tuple[str, str]] = Counter()
    for element, size in running.items():
        alike[_look(element)] += size
    for element in [*tree.iterdescendants()]:
        if not isinstance(element.tag, str) or element.tag in ("html", "head", "body", "main"):
            continue
        size = max(running.get(element, 0), alike[_look(element)] if element.get("class") else 0)
        share = _furniture_share(element)
        removable = share is not None and element not in kept and size <= share * running.get(tree, 0)
        if (element.tag in UNSEEN or removable) and element.getparent() is not None:
            element.drop_tree()


def _look(element: HtmlElement) -> tuple[str, str]:
    return element.tag, element.get("class") or ""


def _furniture_share(element: HtmlElement) -> float | None:
    """Up to which share of the page's running text an element is furniture by its markup, None where it is none."""
    tag = element.tag
    if tag in ("aside", "form", "table") or element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return MOST_OF_PAGE
    if (style := element.get("style")) and _HIDDEN.search(style):
        return MOST_OF_PAGE
    key = element.get("id") if tag not in HEADINGS else None
    if key and len(_WORD_BORDER.split(key)) > SLUG:
        key = None
    return _named_share(" ".join(value for value in (*map(element.get, _NAMES), key) if value))


@lru_cache(maxsize=4096)
def _named_share(names: str) -> float | None:
    name = f"-{'-'.join(filter(None, _WORD_BORDER.split(names))).lower()}-"
    if not _FURNITURE.search(name) or _STORY.search(name):
        return None
    return NEARLY_ALL if _NEVER_STORY.search(name) else MOST_OF_PAGE


def _image_boxes(tree: HtmlElement, lengths: dict[HtmlElement, int]) -> Iterator[HtmlElement]:
    """Containers among paragraphs that hold an image and no more than its caption."""
    paragraphs: dict[HtmlElement | None, int] = {}
    for image in tree.iter("img", "picture", "video", "figure"):
        box = image
        while (parent := box.getparent()) is not None and _may_be_caption(parent, lengths):
            box = parent
        if box is image:
            continue
        around = next((e for e in box.iterancestors() if e.tag not in ("li", "ul", "ol")), None)
        if around is not None and around not in paragraphs:
            paragraphs[around] = sum(p.tag == "p" and lengths.get(p, 0) > SENTENCE for p in around)
        if paragraphs.get(around, 0) >= 2:
            yield box


def _may_be_caption(element: HtmlElement, lengths: dict[HtmlElement, int]) -> bool:
    size = lengths.get(element, 0)
    if element.tag in ("body", "p") or size > 2 * CAPTION:
        return False
    return size <= CAPTION or _CREDITED.search(str(element.text_content())) is not None


def _cards(tree: HtmlElement, lengths: dict[HtmlElement, int]) -> Iterator[HtmlElement]:
    """Teasers of other stories: a linked headline with at most a few lines beside it."""
    for heading in tree.iter(*sorted(HEADINGS)):
        words = lengths.get(heading, 0)
        link = next(heading.iter("a"), None)
        if link is None:
            link = next((e for e in heading.iterancestors("a")), None)
        if words < SENTENCE or link is None or lengths.get(link, 0) < LINKED_HEADLINE * words:
            continue
        card = heading
        while (parent := card.getparent()) is not None and lengths.get(parent, 0) <= words + CARD:
            card = parent
        if card is not heading and card.tag not in ("body", "main"):
            yield card


def _lengths(tree: HtmlElement, *, shortest: int, links: bool) -> dict[HtmlElement, int]:
    """Characters of text inside each element, in runs of at least ``shortest``, nothing unseen, with links or not."""
    sizes: dict[HtmlElement, int] = {}
    for element in reversed([*tree.iter()]):
        if not isinstance(element.tag, str) or element.tag in UNSEEN or (element.tag == "a" and not links):
            continue
        size = _run(element.text, shortest)
        for child in element:
            size += sizes.get(child, 0) + _run(child.tail, shortest)
        sizes[element] = size
    return sizes


def _run(text: str | None, shortest: int) -> int:
    length = len(text.strip()) if text else 0
    return length if length >= shortest else 0
