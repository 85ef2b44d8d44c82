"""What a page is when it is not an open article: a wall, a stub, a list, a player, nothing."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from claims.errors import NotAnArticle, OutletRefused
from scrapers._blocks import Block
from scrapers._jsonld import as_list, types_of
from scrapers._metadata import Metadata
from scrapers._notices import any_of
from scrapers._page import Page

TEXT_MIN = 120  # characters; a page that does not call itself an article must have more text than a notice
FLASH_MIN = 40  # characters of a page that calls itself an article: an agency's flash is one sentence
WALL_MAX = 2500  # characters on a page that is nothing but a wall
FIRST_WORDS = 300  # characters in which a notice says what it is
STUB_WORDS = 120  # words; a closed article of which less is open is a stub even if no line says so
OFFER_LINES = 6  # lines after the text's last one in which an offer stands that cuts it off
CUT_SHARE = 0.6  # share of the announced word count below which the text is cut
HEADLINE_MIN = 25  # characters of a headline; a shorter link is navigation
LINKED = 0.9  # share of link words in a linked headline
HEADLINES = 15  # linked headlines from which on a page that does not call itself an article may be a list
HEADLINE_TEXT = 60  # characters of text for each of them below which it is one
LIST_LINES = 40  # lines from which on a page without a text is a list of stories


_BOT_WALL = any_of(
    r"captcha-delivery|datadome|px-captcha|perimeterx|cf-(?:browser-verification|challenge)|challenge-platform|_incapsula_",
    r"please enable js and disable any ad blocker|enable javascript and cookies|verify (?:that )?you are (?:a )?human",
    r"are you a robot|unusual traffic from|pardon our interruption|checking your browser",
    r"access to this page has been denied|access denied",
)
_CUT = any_of(
    r"to (?:continue|keep) reading|(?:article|story) is (?:only )?(?:for|available to) .{0,20}(?:subscribers|members)",
    r"il vous reste .{1,12} de cet article|réservée? aux abonnés|la suite est réservée",
    r"weiterlesen mit|nur für abonnenten|hinter der paywall",
    r"para seguir leyendo|contenido exclusivo para|riservato agli abbonati|conteúdo exclusivo para",
)
_OFFER = any_of(
    r"(?:subscribe|sign in|log in|register|sign up|create account)\b.{0,60}\bto (?:continue|keep|read|unlock|finish)",
    r"(?:for|available to) subscribers only|subscribers? only|already a subscriber|unlock this (?:article|story)",
    r"jetzt abonnieren|suscr[ií]bete para|abbonati per",
)
_PITCH = any_of(
    r"already (?:have an? (?:subscription|account)|(?:a |an? )?(?:subscriber|subscribed|member|registered))\b.{0,12}\?",
    r"start your .{0,20}trial|unlimited (?:digital )?access to (?:our|all|every|the (?:site|app|web))|cancel any ?time",
    r"subscribe (?:now|today) (?:for|to)|choose (?:a|your) (?:plan|subscription)",
)
_VIDEO_PATH = any_of(r"/(?:videos?|av|watch|podcasts?|audio|live-?tv)(?:/|$)")
_LIVE_PATH = any_of(r"/live(?:-?(?:news|blog|updates?|reporting)|story)?(?:/|$)|liveblog|live-updates")
_HOME_PATH = any_of(r"^/(?:index\.\w+|home|[a-z]{2})?/?$")
_LIST_PATH = any_of(
    r"^/(?:category|categories|tags?|topics?|sections?|authors?|search|archive)(?:/|$)|^/[a-z]+(?:-[a-z]+)?/?$"
)


def refusal(page: Page, lines: Sequence[Block], *, outlet: str) -> OutletRefused | None:
    """A wall against programs, None where the page is something else."""
    if sum(len(line.text) for line in lines) > WALL_MAX or not _BOT_WALL.search(_source(page)):
        return None
    return OutletRefused(
        f"{outlet} shows programs a wall instead of this page; open it yourself and send its text.", link=page.url
    )


def not_an_article(page: Page, lines: Sequence[Block], metadata: Metadata, text: str) -> NotAnArticle | None:
    """The reason why a page is no article, as an error to raise; None where it is one."""
    what = _kind(page, lines, metadata, text)
    if what is None:
        return None
    return NotAnArticle(
        f"This address leads to {what}, not to an article; send the link of one article.", link=page.url
    )


def says_article(page: Page, metadata: Metadata) -> bool:
    """Whether the page calls itself an article."""
    return bool(metadata.linked) or (page.meta("og:type") or "").lower() == "article"


def is_offer(line: str) -> bool:
    """Whether a line offers a subscription, or tells that the rest is for subscribers."""
    return len(line) <= FIRST_WORDS and any(words.search(line) for words in (_CUT, _OFFER, _PITCH))


def is_cut(page: Page, lines: Sequence[Block], linked: dict[str, Any], text: str) -> bool:
    """Whether the text is only the open beginning of a closed article."""
    words = len(text.split())
    short = [line.text for line in lines if len(line.text) <= FIRST_WORDS]
    if not is_closed(page, linked):
        return words < STUB_WORDS and (any(_CUT.search(line) for line in short) or _offered(lines, text))
    announced = linked.get("wordCount")
    told = int(announced) if isinstance(announced, int | str) and str(announced).isdigit() else 0
    return words < STUB_WORDS or words < CUT_SHARE * told or any(_CUT.search(s) or _OFFER.search(s) for s in short)


def is_closed(page: Page, linked: dict[str, Any]) -> bool:
    """Whether the page calls itself closed: full text may be open all the same (metered outlets)."""
    parts = [linked, *(part for part in as_list(linked.get("hasPart")) if isinstance(part, dict))]
    words = [str(part["isAccessibleForFree"]).lower() for part in parts if "isAccessibleForFree" in part]
    return "false" in words or page.meta("article:content_tier", "og:article:content_tier") == "locked"


def _kind(page: Page, lines: Sequence[Block], metadata: Metadata, text: str) -> str | None:
    path = urlsplit(page.url).path
    called = says_article(page, metadata)
    if "LiveBlogPosting" in types_of(metadata.linked) or (_LIVE_PATH.search(path) and not metadata.linked):
        return "a live blog"
    if _HOME_PATH.match(path) and not called:
        return "a home page"
    video = (page.meta("og:type") or "").startswith("video") or _VIDEO_PATH.search(path)
    if video and len(text.split()) < STUB_WORDS:
        return "a video page"
    lists = _lists_stories(lines, text)
    if len(text) < (FLASH_MIN if called else TEXT_MIN):
        return "a section page" if len(lines) >= LIST_LINES and not called else "an empty page"
    if not called and (lists or (_LIST_PATH.match(path) and metadata.published_at is None)):
        return "a section page"
    return None


def _offered(lines: Sequence[Block], text: str) -> bool:
    """Whether an offer stands in the text, or where the text breaks off."""
    paragraphs = text.split("\n\n")
    last = max((n for n, line in enumerate(lines) if line.text == paragraphs[-1]), default=-1)
    after = [line.text for line in lines[last + 1 : last + 1 + OFFER_LINES]] if last >= 0 else []
    return any(is_offer(line) for line in (*paragraphs, *after))


def _lists_stories(lines: Sequence[Block], text: str) -> bool:
    headlines = sum(len(line.text) >= HEADLINE_MIN and line.share(line.linked) > LINKED for line in lines)
    return headlines >= HEADLINES and len(text) < HEADLINE_TEXT * headlines


def _source(page: Page) -> str:
    """Text and scripts of a small page: walls show themselves in either."""
    scripts = [(e.get("src") or "") + (e.text or "") for e in page.tree.iter("script", "iframe")]
    return " ".join([str(page.tree.text_content()), *scripts])[: 20 * WALL_MAX]
