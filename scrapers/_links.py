"""Addresses as text: links in a message, wrappers, AMP and mobile forms, trackers, archive captures. No requests, pure.

Folding guesses the outlet's own address; where the guess does not open, the link as it was given still does.
"""

import base64
import binascii
import re
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qs, parse_qsl, urlsplit

from courlan import normalize_url
from tld import get_fld
from w3lib.url import canonicalize_url, url_query_cleaner

WRAPS_MAX = 3  # a link in a link in a link is common in forwarded posts, more is a trick

# Services that carry the address of the page in their own: host (with its subdomains) and the parameters that hold it.
_WRAPPERS: dict[str, tuple[str, ...]] = {
    "l.facebook.com": ("u",),
    "lm.facebook.com": ("u",),
    "l.instagram.com": ("u",),
    "l.threads.com": ("u",),
    "google.com": ("url", "q"),
    "out.reddit.com": ("url",),
    "t.umblr.com": ("z",),
    "youtube.com": ("q",),
    "vk.com": ("to",),
    "t.me": ("url",),
    "slack-redir.net": ("url",),
    "safelinks.protection.outlook.com": ("url",),
}
_WRAPPER_PATHS = ("/l.php", "/url", "/redirect", "/away.php", "/iv", "/link", "/", "")

_DOORS = ("amp.", "m.", "mobile.")
# Trackers that courlan keeps; it knows utm_, at_medium, fbclid and the like.
_TRACKER = re.compile(
    r"at_\w+|amp_\w+|usqp|aoh|smid|smtyp|cmp|cmpid|ocid|ito|taid|ncid|icid|ftag|oc|_r|guccounter|guce_\w+|amp|outputtype|share|s_campaign",
    re.IGNORECASE,
)
_AMP_PATH = re.compile(r"(?:/amp(?:\.html)?|\.amp)/?$", re.IGNORECASE)
_AMP_QUERY = re.compile(r"(?:^|&)(?:amp(?:=1|=true|=)?|outputType=amp)(?=&|$)", re.IGNORECASE)
_GOOGLE_HOST = re.compile(r"(?:www\.)?google\.[a-z.]{2,6}")
_AMP_GOOGLE = re.compile(r"/amp/(s/)?(.+)")
_AMP_CACHE = re.compile(r"/[acirv]/(s/)?(.+)")
_CAPTURE = re.compile(r"/web/(?:(\d{1,14})\*?)?(?:[a-z]{2}_)?/?(.+)")
_GOOGLE_ARTICLE = re.compile(r"/(?:rss/)?(?:articles|read)/([\w-]+={0,2})")
_EMBEDDED = re.compile(rb"https?://[\x21-\x7e]+")

# Bounded everywhere: a message made to be slow must not be.
_NAME = r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,8}[^\W\d_]{2,24}"
_REST = r"[^\s<>\"“”«»„]"
_LINK = re.compile(
    rf"\b[a-z][a-z0-9+.-]{{1,9}}://{_REST}{{1,2000}}|(?<![\w@./-])(?:www\.{_NAME}(?::\d+)?{_REST}{{0,2000}}|{_NAME}(?::\d+)?/{_REST}{{1,2000}})",
    re.IGNORECASE,
)
_TRAILING = ".,;:!?'’‘…*_~|\\"
_NOTHING = urlsplit("")
_BRACKETS = {")": "(", "]": "[", "}": "{"}


@dataclass(frozen=True, slots=True)
class Capture:
    """A web archive's copy: where its bytes as captured are, and the page that it is a copy of."""

    url: str
    of: str


def links_in(text: str) -> tuple[str, ...]:
    """The links of a message, in order, each once; "https://" is put before those written without it.

    Schemes that are no web and hosts that are no public ones are links too: the guard has a sentence for each.
    """
    found = (_trimmed(match[0]) for match in _LINK.finditer(text))
    whole = (link if "://" in link else f"https://{link}" for link in found)
    return tuple(dict.fromkeys(link for link in whole if not link.endswith(":/") and link.partition("://")[2]))


def fold(link: str) -> str:
    """The outlet's own address of a page: out of wrappers, without trackers, AMP and mobile forms, one spelling."""
    return tidy(_without_doors(_without_amp(unwrap(link))))


def unwrap(link: str) -> str:
    """The address inside a wrapper (link shims, AMP caches, Google's older news links); any other as it is."""
    for _ in range(WRAPS_MAX):
        inner = _inner(link)
        if inner is None:
            return link
        link = inner
    return link


def tidy(link: str) -> str:
    """One spelling of an address: no trackers, fragment or default port, no detours in the path, ordered query."""
    parts = _split(link)
    if not parts.hostname:
        return link  # no web address; the guard will say so
    names = {name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
    link = url_query_cleaner(link, [name for name in names if _TRACKER.fullmatch(name)], remove=True, unique=False)
    if parts.query and "=" not in parts.query:  # "?123456" names a page, and courlan would drop it
        return str(canonicalize_url(link, keep_blank_values=True)).removesuffix("=")
    return str(canonicalize_url(normalize_url(link)))


def key_of(link: str) -> str:
    """What two spellings of one page's address have in common: no scheme, no "www.", no last slash."""
    parts = _split(fold(link))
    path = parts.path.rstrip("/") + (f"?{parts.query}" if parts.query else "")
    return f"{(parts.hostname or '').removeprefix('www.')}{path}"


def capture(link: str) -> Capture | None:
    """The web archive's copy that a link leads to, None for any other link."""
    parts = _split(link)
    found = _CAPTURE.fullmatch(parts.path + (f"?{parts.query}" if parts.query else ""))
    if parts.hostname != "web.archive.org" or not found:
        return None
    of = re.sub(r"^(https?):/+", r"\1://", found[2])
    of = of if "://" in of else f"https://{of}"
    # "id_" asks for the page as it was, without the archive's own bar; a short stamp gives the nearest capture
    return Capture(url=f"https://web.archive.org/web/{found[1] or '2'}id_/{of}", of=fold(of))


def google_article(link: str) -> str | None:
    """The id in a Google News link, None for any other link."""
    parts = _split(link)
    found = _GOOGLE_ARTICLE.fullmatch(parts.path) if parts.hostname == "news.google.com" else None
    return found[1] if found else None


def _inner(link: str) -> str | None:
    parts = _split(link)
    host = parts.hostname or ""
    if identity := google_article(link):
        return _google_inner(identity)
    amp = _AMP_CACHE.fullmatch(parts.path) if host.endswith(".cdn.ampproject.org") else None
    if _GOOGLE_HOST.fullmatch(host):
        amp = _AMP_GOOGLE.fullmatch(parts.path)
    if amp:
        return f"http{'s' if amp[1] else ''}://{amp[2]}" + (f"?{parts.query}" if parts.query else "")
    names = next((names for wrapper, names in _WRAPPERS.items() if f".{host}".endswith(f".{wrapper}")), ())
    query = parse_qs(parts.query) if parts.path in _WRAPPER_PATHS else {}
    values = [query[name][0] for name in names if name in query]
    return next((value for value in values if value.startswith(("http://", "https://"))), None)


def _google_inner(identity: str) -> str | None:
    """The address that an older id holds as text; today's ids hold none."""
    try:
        raw = base64.urlsafe_b64decode(identity + "=" * (-len(identity) % 4))
    except (binascii.Error, ValueError):
        return None
    found = _EMBEDDED.search(raw)
    return found[0].decode("ascii") if found else None


def _without_amp(link: str) -> str:
    parts = _split(link)
    path = _AMP_PATH.sub("", parts.path)
    if not parts.hostname or not path:
        return link
    return parts._replace(path=path, query=_AMP_QUERY.sub("", parts.query).lstrip("&")).geturl()


def _without_doors(link: str) -> str:
    """With "www." in the place of "m.", "mobile.", "amp." before a registered domain; before others without them.

    Most outlets' pages are there, and the bare domain would only redirect to it, which costs a visit more.
    """
    host = _split(link).netloc
    for door in _DOORS:
        if host.lower().startswith(door) and host.count(".") > 1:
            rest = host[len(door) :]
            registered = get_fld(rest, fix_protocol=True, fail_silently=True) or ".".join(rest.split(".")[-2:])
            return _split(link)._replace(netloc=f"www.{rest}" if rest == registered else rest).geturl()
    return link


def _split(link: str) -> SplitResult:
    """The parts of an address, all empty where it is none."""
    try:
        parts = urlsplit(link)
        return parts if parts.scheme in ("http", "https") and parts.hostname else _NOTHING
    except ValueError:  # brackets that hold no address
        return _NOTHING


def _trimmed(link: str) -> str:
    """Without the punctuation of the sentence around it; a bracket stays where its partner is in the link."""
    while link and (link[-1] in _TRAILING or _unpaired(link)):
        link = link[:-1]
    return link


def _unpaired(link: str) -> bool:
    opening = _BRACKETS.get(link[-1])
    return opening is not None and link.count(link[-1]) > link.count(opening)
