"""What a page is when it is not an open article: a wall, a stub, a list, a player, nothing."""

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from claims.errors import FetchError, NotAnArticle, OutletRefused
from scrapers._blocks import Block
from scrapers._jsonld import as_list, types_of
from scrapers._metadata import Metadata
from scrapers._page import Page

TEXT_MIN = 120  # characters; the shortest article of the stored pages has 800, agency flashes go below 200
WALL_MAX = 2500  # characters on a page that is nothing but a wall
STUB_WORDS = 120  # words; a closed article of which less is open is a stub even if no line says so
CUT_SHARE = 0.6  # share of the announced word count below which the text is cut

_BOT_WALL = re.compile(
    r"captcha-delivery|datadome|px-captcha|perimeterx|cf-(?:browser-verification|challenge)|challenge-platform|_incapsula_|"
    r"please enable js and disable any ad blocker|verify (?:that )?you are (?:a )?human|are you a robot|unusual traffic from|"
    r"pardon our interruption|access to this page has been denied|access denied|checking your browser|enable javascript and cookies",
    re.IGNORECASE,
)
_GONE = re.compile(
    r"\b404\b|\b(?:page|story|article|site)\s+(?:was\s+|is\s+|could\s+|can(?:not|.t)\s+|has\s+)?(?:not\s+(?:be\s+)?found|no longer (?:available|exists?)|"
    r"doesn.t exist|been (?:removed|deleted))|not found|seite nicht gefunden|page (?:introuvable|non trouvée)|página no encontrada|pagina non trovata",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"before you continue|we value your privacy|cookie|consent|your privacy|datenschutz|zustimm|accept all|privacy choices|confidentialité",
    re.IGNORECASE,
)
_LOGIN = re.compile(r"\b(?:log|sign)[\s-]?in\b|\banmelden\b|se connecter|iniciar sesión|accedi\b", re.IGNORECASE)
_CUT = re.compile(
    r"(?:subscribe|sign in|log in|register|sign up|create an account)\b.{0,60}\bto\s+(?:continue|keep|read|unlock|finish)|"
    r"to (?:continue|keep) reading|(?:this|the) (?:article|story|content) is (?:only |exclusively )?(?:for|available to) (?:our )?(?:paying )?(?:subscribers|members)|"
    r"(?:for|available to) subscribers only|subscribers? only|already a subscriber|unlock this (?:article|story)|"
    r"il vous reste .{1,12} de cet article|réservée? aux abonnés|la suite est réservée|weiterlesen mit|jetzt abonnieren|nur für abonnenten|"
    r"hinter der paywall|suscr[ií]bete para|para seguir leyendo|contenido exclusivo para|abbonati per|riservato agli abbonati|conteúdo exclusivo para",
    re.IGNORECASE,
)
_VIDEO_PATH = re.compile(r"/(?:videos?|av|watch|podcasts?|audio|live-?tv)(?:/|$)", re.IGNORECASE)
_LIVE_PATH = re.compile(r"/live(?:-?news|-?blog|-?updates?|-?reporting|story)?(?:/|-|$)|liveblog", re.IGNORECASE)
_SECTION_PATH = re.compile(
    r"^/(?:(?:category|categories|tags?|topics?|sections?|authors?|search|archive)(?:/|$)|[\w-]{1,24}/?$)",
    re.IGNORECASE,
)


def refusal(page: Page, lines: Sequence[Block], *, outlet: str) -> FetchError | None:
    """A wall against programs, None where the page is something else."""
    if sum(len(line.text) for line in lines) > WALL_MAX or not _BOT_WALL.search(_source(page)):
        return None
    return OutletRefused(
        f"{outlet} shows programs a wall instead of this page; open it yourself and paste its text.", link=page.url
    )


def not_an_article(page: Page, lines: Sequence[Block], metadata: Metadata, text: str) -> NotAnArticle | None:
    """The reason why a page is no article, as an error to raise; None where it is one."""
    what = _kind(page, lines, metadata, text)
    return (
        NotAnArticle(f"This address leads to {what}, not to an article; send the link of one article.", link=page.url)
        if what
        else None
    )


def is_cut(page: Page, lines: Sequence[Block], linked: dict[str, Any], text: str) -> bool:
    """Whether the page says that it is closed and the text is only its beginning."""
    if not _closed(page, linked):
        return False
    words = len(text.split())
    announced = linked.get("wordCount")
    told = int(announced) if isinstance(announced, int | str) and str(announced).isdigit() else 0
    return (
        words < STUB_WORDS
        or words < CUT_SHARE * told
        or any(_CUT.search(line.text) for line in lines if len(line.text) < 300)
    )


def _kind(page: Page, lines: Sequence[Block], metadata: Metadata, text: str) -> str | None:
    path = urlsplit(page.url).path
    title = metadata.title
    article = bool(metadata.linked) or (page.meta("og:type") or "").lower() == "article"
    if types_of(metadata.linked) & {"LiveBlogPosting"} or (_LIVE_PATH.search(path) and not metadata.linked):
        return "a live blog"
    if not path.strip("/") or (
        path.strip("/").count("/") == 0 and re.fullmatch(r"/(?:index\.\w+|home|[a-z]{2})/?", path)
    ):
        return "a home page" if not article else None
    dated = metadata.published_at is not None
    if len(text) >= TEXT_MIN and (article or not _SECTION_PATH.match(path)):
        return None
    words = " ".join(line.text for line in lines)
    for what, found in (
        ("a page that does not exist", _GONE.search(title) or (len(words) < WALL_MAX and _GONE.search(words[:400]))),
        ("a login page", page.tree.find(".//input[@type='password']") is not None and _LOGIN.search(words)),
        ("a consent page", len(words) < 2 * WALL_MAX and _CONSENT.search(words) and not article),
        ("a video page", (page.meta("og:type") or "").startswith("video") or _VIDEO_PATH.search(path)),
    ):
        if found and len(text) < max(TEXT_MIN, len(words) / 2):
            return what
    if len(text) >= TEXT_MIN:
        return "a section page" if not dated else None
    return "a section page" if len(lines) > 40 and not article else "an empty page"


def _closed(page: Page, linked: dict[str, Any]) -> bool:
    words = [
        linked.get("isAccessibleForFree"),
        *(p.get("isAccessibleForFree") for p in as_list(linked.get("hasPart")) if isinstance(p, dict)),
    ]
    tier = page.meta("article:content_tier", "og:article:content_tier")
    return any(str(word).lower() == "false" for word in words if word is not None) or tier == "locked"


def _source(page: Page) -> str:
    """Text and scripts of a small page: walls show themselves in either."""
    scripts = [(e.get("src") or "") + (e.text or "") for e in page.tree.iter("script", "iframe", "link")]
    return " ".join([str(page.tree.text_content()), *scripts])[: 20 * WALL_MAX]
