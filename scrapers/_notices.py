"""Pages with status 200 that only tell the reader something: gone, out of order, not for this country, agree first.

A page is one by its whole headline, or by the opening of a short text where the page does not call itself an article:
a story about a page that was removed is a story. Pure.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from claims.errors import FetchError, FetchFault, NotAnArticle, OutletRefused, PageGone, Paywalled
from scrapers._blocks import Block
from scrapers._page import Page, squeeze

NOTICE_MAX = 700  # characters of text; the longest notices, on consent, explain themselves at about this length
WALL_MAX = 2500  # characters of text under a headline that says it all, or that is about consent alone
STORY_MAX = 400  # characters of text under such a headline on a page that calls itself an article all the same
OPENING = 300  # characters in which a notice says what it is
CONSENT_SHARE = 0.5  # share of a text, in characters, whose paragraphs speak of cookies and consent


def any_of(*patterns: str) -> re.Pattern[str]:
    """One pattern that matches where one of these does, in any case."""
    return re.compile("|".join(patterns), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Notice:
    headline: re.Pattern[str]  # a whole headline, or a whole part of one
    opening: re.Pattern[str]  # words in headline or opening
    error: type[FetchError]
    sentence: str  # takes the outlet's name


_PAGE = r"(?:page|story|article|content|document|url|link|address)"
_SITE = r"(?:(?:this|our|the) (?:web)?site|website|page|service|servers|we)"
_HERE = r"(?:country|region|location|area|territory|part of the world)"
_NOTICES = (
    _Notice(
        any_of(rf"(?:{_PAGE} |video )?(?:is )?(?:not |un)available in your {_HERE}\W*|access restricted"),
        any_of(
            rf"(?:(?:not|n.t)(?: currently)? (?:be )?(?:available|accessible|viewable|accessed)|unavailable|blocked|"
            rf"restricted)[^.!?]{{0,30}}\b(?:in|to|from|for)\b[^.!?]{{0,20}}\byour (?:current )?{_HERE}",
            rf"\b{_PAGE}\b[^.!?]{{0,40}}\bunavailable\b[^.!?]{{0,40}}\b(?:legal reasons|europe(?:an)?\b)",
            r"(?:european economic area|\bgdpr\b|general data protection regulation)[^.]{0,120}\b(?:access|unavail)",
            r"in ihrem land nicht verfügbar|pas (?:disponible|accessible) dans votre (?:pays|région)",
            r"no está disponible en su (?:país|región)|non è disponibile nel tuo paese",
        ),
        OutletRefused,
        "{outlet} does not show this page in the country that it is asked from; if you can open it, send its text.",
    ),
    _Notice(
        any_of(
            r"(?:error|http)?\W*404(?:\W+(?:error|page|file|article|story|not|oops|sorry|we)\b.{0,40})?",
            r"(?:error\W*)?(?:page |file |article |story )?not found|page (?:missing|unavailable|gone)",
            r"(?:oops|whoops)\W*",
        ),
        any_of(
            rf"\b{_PAGE}\b[^.!?]{{0,50}}\b(?:(?:was|is|could|can)(?:\s*not|n.t)(?: be)? (?:found|available)|not found)",
            rf"\b{_PAGE}\b[^.!?]{{0,50}}\b(?:no longer (?:available|exists?|here|online)|does(?:n.t| not) exist)",
            rf"\b{_PAGE}\b[^.!?]{{0,50}}\b(?:was|(?:has|may have|might have) been) (?:(?:re)?moved|deleted|withdrawn)",
            rf"(?:can.t|cannot|can not|could.?n.t|could not|unable to) (?:find|locate) (?:the|that|this) {_PAGE}",
            r"seite (?:\w+ ){0,3}nicht (?:gefunden|mehr verfügbar)|page introuvable|page (?:est )?non trouvée",
            r"página no (?:encontrada|existe)|pagina non (?:trovata|esiste)|página não encontrada|страница не найдена",
        ),
        PageGone,
        "{outlet} says that it has no such page, or none any more; check the link.",
    ),
    _Notice(
        any_of(
            r"(?:scheduled |planned |site |website |under |down for )*maintenance(?: mode)?",
            r"we(?:.ll| will) be (?:right )?back.{0,30}|be right back\W*",
            r"(?:(?:service|site|website|temporarily) )+(?:unavailable|offline)",
            r"(?:error\W*)?50[0234](?:\W+(?:error|internal|bad|service|gateway|server)\b.{0,30})?",
            r"wartungsarbeiten|en maintenance|en mantenimiento|in manutenzione",
        ),
        any_of(
            rf"\b{_SITE}\b[^.!?]{{0,40}}\b(?:under|for|undergoing|performing|doing)\b[^.!?]{{0,30}}\bmaintenance",
            rf"\b{_SITE}\b[^.!?]{{0,20}}\b(?:temporarily|currently|momentarily) (?:unavailable|down|offline)",
            r"\bwe(?:.ll| will| should) be (?:right )?back (?:soon|shortly|online)",
            r"experiencing technical (?:difficult|problem)",
        ),
        FetchFault,
        "{outlet} shows a notice that its site is out of order; try again later.",
    ),
    _Notice(
        any_of(
            r"(?:please )?(?:enable|turn on) javascript\W*(?:to .{0,30})?",
            r"javascript (?:is )?(?:required|disabled|not enabled).{0,20}",
        ),
        any_of(
            r"(?:please|must|need to|have to) (?:enable|turn on|activate|allow) javascript",
            r"(?:requires|without) javascript|javascript (?:must be|is) (?:required|disabled|enabled|turned off)",
        ),
        OutletRefused,
        "{outlet} shows this page only to a browser that runs its scripts; open it yourself and send its text.",
    ),
    _Notice(
        any_of(
            r"subscribe(?: now| today)?(?: to (?:read|continue|keep|unlock|access)\b.{0,40})?|subscribers? only.{0,20}",
            r"(?:register|sign up|create .{0,15}account|log in|sign in) to (?:read|continue|keep|unlock)\b.{0,40}",
        ),
        any_of(
            r"\A(?:\W|subscribe\b|.{0,80}\. )*(?:please )?(?:subscribe|register|sign up|create .{0,15}account)"
            r"(?: now| today)? to (?:read|continue|keep|unlock)",
        ),
        Paywalled,
        "{outlet} shows this page to subscribers only; if you can open it, send its text.",
    ),
    _Notice(
        any_of(r"(?:please )?(?:log|sign)[\s-]?in(?: to .{0,30})?|login|anmelden|se connecter|iniciar sesión|accedi"),
        any_of(r"\A\W*(?:please )?(?:log|sign)[\s-]?in (?:to|with|here)\b"),
        NotAnArticle,
        "This address leads to a login page, not to an article; open it yourself and send its text.",
    ),
)
_CONSENT_HEADLINE = any_of(
    r"before you continue.{0,40}|(?:we (?:value|care about|respect) )?your privacy.{0,25}|privacy settings",
    r"(?:cookie|privacy|consent)s? (?:consent|settings|preferences?|choices|notice|cent(?:er|re)|wall)",
    r"(?:we use|accept(?: all)?|manage|this (?:site|website) uses) cookies.{0,25}|(?:cookie )?consent",
    r"wir (?:schätzen|brauchen) ihre .{0,30}|datenschutzeinstellungen|votre (?:vie privée|consentement).{0,30}",
    r"nous respectons .{0,10}vie privée.{0,10}|tu privacidad.{0,25}|su privacidad.{0,25}",
)
_CONSENT = any_of(
    r"\bcookies?\b|\bconsent|your (?:personal )?(?:data|privacy)|privacy policy|our (?:\d+ )?partners",
    r"personali[sz]ed ads|datenschutz|einwillig|\bzustimm",
    r"vie privée|vos données|consentement|privacidad|informativa sulla",
)
_BREAK = re.compile(r"\s+[–—·•»:-]+\s+|\s*\|\s*")
_FILES = (
    (b"%PDF-", "a PDF file"),
    *((sign, "a picture") for sign in (b"\x89PNG", b"\xff\xd8\xff", b"GIF8")),
    *((sign, "a packed file") for sign in (b"PK\x03\x04", b"\x1f\x8b", b"7z\xbc\xaf")),
)
_MARKUP = re.compile(rb"<(?:!doctype|html|head|body|title|div|p)\b", re.IGNORECASE)


def notice(
    page: Page, lines: Sequence[Block], *, title: str, text: str, says_article: bool, outlet: str
) -> FetchError | None:
    """The error that a notice amounts to, None where the page is none. ``text`` is what was found of a story."""
    headlines = _headlines(page, title)
    longest = STORY_MAX if says_article else WALL_MAX
    shown = " ".join(line.text for line in lines)
    opening = (shown if len(shown) <= NOTICE_MAX else f"{title}. {text}")[: len(title) + OPENING]
    if says_article or len(text) > NOTICE_MAX:
        opening = ""
    for kind in _NOTICES:
        whole = len(text) <= longest and any(kind.headline.fullmatch(part) for part in headlines)
        if whole or kind.opening.search(opening):
            return kind.error(kind.sentence.format(outlet=outlet), link=page.url)
    of_consent = not says_article and _share_of_consent(text) >= CONSENT_SHARE
    if len(text) <= longest and (of_consent or any(_CONSENT_HEADLINE.fullmatch(part) for part in headlines)):
        reason = "This address leads to a consent page, not to an article; open it yourself and send its text."
        return NotAnArticle(reason, link=page.url)
    return None


def file_kind(body: bytes) -> str | None:
    """What a body is that was sent as a page and is none, None for a page."""
    start = body[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if found := next((what for sign, what in _FILES if start.startswith(sign)), None):
        return found
    return "a data file" if start.startswith((b"{", b"[")) and not _MARKUP.search(start) else None


def _headlines(page: Page, title: str) -> set[str]:
    """The headline and the page's title, whole and in parts ("Page not found | The Courier")."""
    first = next(page.tree.iter("title"), None)  # those further down name pictures
    heads = [*page.tree.iter("h1")]
    elements = [element for element in (first, *(heads if len(heads) == 1 else ())) if element is not None]
    told = {title, *(squeeze(str(element.text_content())) for element in elements)}
    return {part.strip(" .!") for words in told for part in (words, *_BREAK.split(words)) if part.strip(" .!")}


def _share_of_consent(text: str) -> float:
    paragraphs = text.split("\n\n")
    return sum(len(part) for part in paragraphs if _CONSENT.search(part)) / max(1, sum(map(len, paragraphs)))
