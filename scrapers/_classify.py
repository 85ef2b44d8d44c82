"""What a page is when it is not an open article: a wall, a stub, a list, a player, nothing."""

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from claims.errors import NotAnArticle, OutletRefused
from scrapers._blocks import Block
from scrapers._jsonld import as_list, types_of
from scrapers._metadata import Metadata
from scrapers._page import Page

TEXT_MIN = 120  # characters; a page that does not call itself an article must have more text than a notice
FLASH_MIN = 40  # characters of a page that calls itself an article: an agency's flash is one sentence
WALL_MAX = 2500  # characters on a page that is nothing but a wall
FIRST_WORDS = 300  # characters in which a notice says what it is
STUB_WORDS = 120  # words; a closed article of which less is open is a stub even if no line says so
CUT_SHARE = 0.6  # share of the announced word count below which the text is cut
HEADLINE_MIN = 25  # characters of a headline; a shorter link is navigation
LINKED = 0.9  # share of link words in a linked headline
HEADLINES = 15  # linked headlines from which on a page that does not call itself an article may be a list
HEADLINE_TEXT = 60  # characters of text for each of them below which it is one
LIST_LINES = 40  # lines from which on a page without a text is a list of stories


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_BOT_WALL = _any(
    r"captcha-delivery|datadome|px-captcha|perimeterx|cf-(?:browser-verification|challenge)|challenge-platform|_incapsula_",
    r"please enable js and disable any ad blocker|enable javascript and cookies|verify (?:that )?you are (?:a )?human",
    r"are you a robot|unusual traffic from|pardon our interruption|checking your browser",
    r"access to this page has been denied|access denied",
)
_GONE = _any(
    r"\b404\b|\bnot found\b|\b(?:page|story|article)\s+(?:is\s+)?no longer (?:available|exists?)",
    r"\b(?:page|story|article)\s+(?:doesn.t exist|has been (?:removed|deleted)|can(?:not|.t) be found)",
    r"seite nicht gefunden|page introuvable|page non trouvée|página no encontrada|pagina non trovata",
)
_CONSENT = _any(
    r"before you continue|we value your privacy|cookie|consent|your privacy|datenschutz|zustimm|confidentialité"
)
_LOGIN = _any(r"\b(?:log|sign)[\s-]?in\b|\banmelden\b|se connecter|iniciar sesión|\baccedi\b")
_CUT = _any(
    r"to (?:continue|keep) reading|(?:article|story) is (?:only )?(?:for|available to) .{0,20}(?:subscribers|members)",
    r"il vous reste .{1,12} de cet article|réservée? aux abonnés|la suite est réservée",
    r"weiterlesen mit|nur für abonnenten|hinter der paywall",
    r"para seguir leyendo|contenido exclusivo para|riservato agli abbonati|conteúdo exclusivo para",
)
_OFFER = _any(
    r"(?:subscribe|sign in|log in|register|sign up|create account)\b.{0,60}\bto (?:continue|keep|read|unlock|finish)",
    r"(?:for|available to) subscribers only|subscribers? only|already a subscriber|unlock this (?:article|story)",
    r"jetzt abonnieren|suscr[ií]bete para|abbonati per",
)
_VIDEO_PATH = _any(r"/(?:videos?|av|watch|podcasts?|audio|live-?tv)(?:/|$)")
_LIVE_PATH = _any(r"/live(?:-?(?:news|blog|updates?|reporting)|story)?(?:/|$)|liveblog|live-updates")
_HOME_PATH = _any(r"^/(?:index\.\w+|home|[a-z]{2})?/?$")
_LIST_PATH = _any(
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


def is_cut(page: Page, lines: Sequence[Block], linked: dict[str, Any], text: str) -> bool:
    """Whether the text is only the open beginning of a closed article."""
    words = len(text.split())
    short = [line.text for line in lines if len(line.text) <= FIRST_WORDS]
    if not is_closed(page, linked):
        return words < STUB_WORDS and any(_CUT.search(line) for line in short)
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
    says_article = bool(metadata.linked) or (page.meta("og:type") or "").lower() == "article"
    if "LiveBlogPosting" in types_of(metadata.linked) or (_LIVE_PATH.search(path) and not metadata.linked):
        return "a live blog"
    if _HOME_PATH.match(path) and not says_article:
        return "a home page"
    listing = not says_article and (_LIST_PATH.match(path) is not None or _lists_stories(lines, text))
    if len(text) >= (FLASH_MIN if says_article else TEXT_MIN) and not listing:
        return None
    words = " ".join(line.text for line in lines)
    opening = f"{metadata.title} {words[:FIRST_WORDS]}"
    notices = (
        ("a page that does not exist", _GONE.search(opening)),
        ("a login page", page.tree.find(".//input[@type='password']") is not None and _LOGIN.search(words)),
        ("a consent page", len(words) < 2 * WALL_MAX and _CONSENT.search(opening) and not says_article),
        ("a video page", (page.meta("og:type") or "").startswith("video") or _VIDEO_PATH.search(path)),
    )
    found = next((what for what, told in notices if told), None)
    if found and len(text) < max(TEXT_MIN, len(words) / 2):
        return found
    if len(text) >= TEXT_MIN:
        return "a section page" if metadata.published_at is None or _lists_stories(lines, text) else None
    return "a section page" if len(lines) >= LIST_LINES and not says_article else "an empty page"


def _lists_stories(lines: Sequence[Block], text: str) -> bool:
    headlines = sum(len(line.text) >= HEADLINE_MIN and line.share(line.linked) > LINKED for line in lines)
    return headlines >= HEADLINES and len(text) < HEADLINE_TEXT * headlines


def _source(page: Page) -> str:
    """Text and scripts of a small page: walls show themselves in either."""
    scripts = [(e.get("src") or "") + (e.text or "") for e in page.tree.iter("script", "iframe")]
    return " ".join([str(page.tree.text_content()), *scripts])[: 20 * WALL_MAX]
