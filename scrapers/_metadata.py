"""What a page says of itself: headline, times, authors, section, language, address, out of JSON-LD, meta and markup."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from courlan import extract_domain
from htmldate import find_date
from lxml.html import HtmlElement
from rapidfuzz import fuzz

from claims.types import Outlet
from scrapers._authors import PERSONS_MAX, clean_authors, visible_bylines
from scrapers._blocks import Block
from scrapers._jsonld import Linked, as_list, names_of, text_of
from scrapers._page import Page, squeeze
from scrapers._times import Moment, best, read_moment, written_moments

SAME_TITLE = 60  # of 100: og:title in other words than the h1 still reaches this on the stored pages
SURE_TITLE = 85  # of 100: an h2 must be this close to the page's own title to be taken for the headline
NEAR = 4000  # characters after the headline in which a written date belongs to the article

_PUBLISHED = (
    *("article:published_time", "article:published", "og:article:published_time", "og:published_time", "og:pubdate"),
    *(
        "datepublished",
        "parsely-pub-date",
        "sailthru.date",
        "pubdate",
        "publishdate",
        "publish-date",
        "publication_date",
    ),
    *("analyticsattributes.articledate", "article.published", "article_date_original", "iso-8601-publish-date"),
    *("dc.date.issued", "dcterms.created", "dc.date", "dcterms.date", "dc.date.created", "rbpubdate", "date", "pdate"),
    *("cxenseparse:recs:publishtime", "displaydate", "datecreated"),
)
_MODIFIED = (
    *(
        "article:modified_time",
        "article:modified",
        "og:article:modified_time",
        "og:updated_time",
        "article:updated_time",
    ),
    *("datemodified", "lastmod", "last-modified", "article.updated", "dcterms.modified", "dc.date.modified", "revised"),
)
_AUTHOR = (
    *("author", "article:author", "article:author_name", "byl", "parsely-author", "sailthru.author", "dc.creator"),
    *("dcterms.creator", "dc.contributor", "cxenseparse:author", "article.author", "authors", "byline"),
)
_SECTION = (
    "article:section",
    "og:section",
    "parsely-section",
    "article.section",
    "section",
    "cxenseparse:recs:category",
)
_FOREIGN = re.compile(
    r"related|recirc|card|teaser|promo|comment|bio|avatar|image|photo|sidebar|footer|most|popular|social|share|follow",
    re.IGNORECASE,
)
_PATH_DAY = re.compile(r"/(\d{4})/(\d{1,2}|[a-z]{3})/(\d{1,2})(?:/|$)|/(\d{4})-(\d\d)-(\d\d)[/-]")
_MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec"
_PARTS = re.compile(r"\s+[|–—·•»-]+\s+|\s*[|]\s*")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the page says of itself; empty where it says nothing."""

    title: str
    heading: HtmlElement | None  #: the element that holds the headline
    url: str
    published_at: datetime | None
    modified_at: datetime | None
    authors: tuple[str, ...]
    bylines: tuple[str, ...]  #: author lines as printed, agencies still in them
    section: str | None
    language: str | None
    description: str | None
    site_name: str | None
    linked: dict[str, Any] = field(default_factory=dict)  #: the article object of JSON-LD


def read_metadata(page: Page, lines: Sequence[Block], *, outlet: Outlet) -> Metadata:
    """Read it all; deterministic, no clock. ``lines`` are all blocks of the page."""
    linked = Linked(page)
    site = site_name_of(page)
    url = canonical_url(page, outlet=outlet)
    claimed = _claimed_titles(page, linked, outlet, site, url)
    heading = _heading(page.tree, claimed, outlet, site)
    title = squeeze(_shown(heading)) if heading is not None else next(iter(claimed), "")
    article = linked.article(title=title, url=url)
    published, modified = _times(page, linked, article, heading)
    bylines = _bylines(page, article, lines, heading)
    sites = tuple(name for name in (site, *names_of(article.get("publisher"))) if name)
    section = _section(page, article)
    cleaned = tuple(clean_authors(words, outlet=outlet, sites=(*sites, section or "")) for words in bylines)
    return Metadata(
        title=title,
        heading=heading,
        url=url,
        published_at=published,
        modified_at=modified,
        authors=_authors(cleaned, lines),
        bylines=tuple(dict.fromkeys(word for words in bylines for word in words)),
        section=section,
        language=_language(page, article),
        description=page.meta("og:description", "description", "twitter:description")
        or text_of(article.get("description")),
        site_name=site,
        linked=article,
    )


def with_bylines(metadata: Metadata, bylines: Sequence[str], *, outlet: Outlet) -> Metadata:
    """The metadata with the authors of better ``bylines``; unchanged where these name nobody."""
    authors = clean_authors(bylines, outlet=outlet, sites=(metadata.site_name or "",))
    return replace(metadata, authors=authors, bylines=(*bylines, *metadata.bylines)) if authors else metadata


def site_name_of(page: Page) -> str | None:
    """What the site calls itself."""
    return page.meta("og:site_name", "application-name", "al:ios:app_name")


def canonical_url(page: Page, *, outlet: Outlet) -> str:
    """The page's own word for its address, where it is believable: a page of the same outlet, not its home page."""
    element = next((e for e in page.tree.iter("link") if "canonical" in (e.get("rel") or "").lower().split()), None)
    own = {_domain(page.url), *outlet.domains}
    for word in (element.get("href") if element is not None else None, page.meta("og:url")):
        try:
            link = urljoin(page.url, (word or "").strip())
            there, here = urlsplit(link), urlsplit(page.url)
        except ValueError:
            continue
        if not word or there.scheme not in ("http", "https") or _domain(link) not in own:
            continue
        if there.path.strip("/") or there.query or not here.path.strip("/"):
            return str(urldefrag(link).url)
    return page.url


def _domain(link: str) -> str:
    """The registered domain, or the last two labels where the list of public suffixes does not know the ending."""
    host = (urlsplit(link).hostname or "").lower()
    return str(extract_domain(link) or ".".join(host.split(".")[-2:]))


# --- headline


def _claimed_titles(page: Page, linked: Linked, outlet: Outlet, site: str | None, url: str) -> list[str]:
    """Titles by the page's own word, without the site's name at the end, best first."""
    own = [name for name in (outlet.name, *outlet.aliases, *outlet.domains, site) if name]
    title = next((squeeze(_shown(e)) for e in page.tree.iter("title")), "")
    og = page.meta("og:title", "twitter:title", "sailthru.title", "parsely-title", "dc.title", "title")
    words = [og, text_of(linked.article(title=og or title, url=url).get("headline")), title]
    stripped = [title for word in words if word and (title := _without_site(word, own))]
    # last, without what may be a site's name that nothing else tells: only for likening headlines to
    cut = [title[: parts[-1].start()] for title in stripped if (parts := [*_PARTS.finditer(title)])]
    return list(dict.fromkeys((*stripped, *cut)))


def _without_site(title: str, own: list[str]) -> str:
    """Cut " | Outlet", " - Section | Outlet" off; a dash inside a headline stays."""
    keys = {re.sub(r"\W+", "", name).casefold() for name in own}
    while (cut := [*_PARTS.finditer(title)]) and cut[-1].start() > 0:
        tail = re.sub(r"\W+", "", title[cut[-1].end() :]).casefold()
        known = tail in keys or any(len(key) > 3 and (key in tail or (len(tail) > 3 and tail in key)) for key in keys)
        if not known and "|" not in cut[-1][0] and not re.fullmatch(r"[\d.:/]+", tail):
            break
        title = title[: cut[-1].start()]
    return title.strip()


def _heading(tree: HtmlElement, claimed: list[str], outlet: Outlet, site: str | None) -> HtmlElement | None:
    """The headline that readers see: the h1 that is nearest to the page's own titles, else an h2 that equals one."""
    own = {squeeze(name).casefold() for name in (outlet.name, *outlet.aliases, site) if name}
    first = _nearest(tree.iter("h1"), claimed, own)
    second = _nearest(tree.iter("h2", "h3"), claimed, own)
    if first and (first[0] >= SAME_TITLE or not claimed):
        return first[1]
    if second and second[0] >= SURE_TITLE:
        return second[1]
    return first[1] if first and len(_shown(first[1]).split()) > 2 else None


def _nearest(elements: Iterable[HtmlElement], claimed: list[str], own: set[str]) -> tuple[float, HtmlElement] | None:
    texts = [(squeeze(_shown(element)), element) for element in elements]
    ranked = [(_likeness(text, claimed), element) for text, element in texts if text and text.casefold() not in own]
    return max(ranked, key=lambda pair: pair[0], default=None)


def _likeness(text: str, claimed: list[str]) -> float:
    return max((fuzz.ratio(text.casefold(), title.casefold()) for title in claimed), default=0.0) if text else 0.0


_NOT_SHOWN = re.compile(r"\b(?:sr-only|visually-?hidden|screen-?reader(?:-text)?|off-screen|u-hidden)\b", re.IGNORECASE)


def _shown(element: HtmlElement) -> str:
    """Words that a reader sees, without what is for screen readers or machines only."""
    pieces = [element.text or ""]
    for child in element:
        hidden = not isinstance(child.tag, str) or child.tag in ("script", "style", "svg", "noscript", "button")
        if not hidden and not _NOT_SHOWN.search(child.get("class") or ""):
            pieces.append(" " if child.tag in ("br", "p", "div") else "")
            pieces.append(_shown(child))
            pieces.append(" " if child.tag in ("p", "div") else "")
        pieces.append(child.tail or "")
    return "".join(pieces)


# --- times


def _times(
    page: Page, linked: Linked, article: dict[str, Any], heading: HtmlElement | None
) -> tuple[datetime | None, datetime | None]:
    published = [m for word in _published_words(page, linked, article, heading) if (m := read_moment(word))]
    modified = [m for word in _modified_words(page, article) if (m := read_moment(word))]
    if not any(m.exact for m in published):
        published += _written_near(page.tree, heading)
    if not published:
        published = _last_resort(page)
    return best(published, modified), best(modified, published)


def _published_words(page: Page, linked: Linked, article: dict[str, Any], heading: HtmlElement | None) -> Iterator[str]:
    yield from _strings(article.get("datePublished"))
    for name in _PUBLISHED:
        yield from page.metas.get(name, [])[:1]
    for node in linked.of_type("WebPage", "ClaimReview", "VideoObject"):
        yield from _strings(node.get("datePublished") or node.get("uploadDate"))
    for element in page.tree.xpath("//*[@itemprop='datePublished' or @pubdate]"):
        yield from _strings(element.get("datetime") or element.get("content"))
    yield from _strings(article.get("dateCreated"))
    times = (
        heading.xpath("following::time[@datetime][position() <= 3]")
        if heading is not None
        else page.tree.xpath("//time[@datetime]")[:1]
    )
    for element in times:
        if not _FOREIGN.search(" ".join(e.get("class") or "" for e in element.iterancestors("li", "a", "aside", "ul"))):
            yield element.get("datetime")


def _modified_words(page: Page, article: dict[str, Any]) -> Iterator[str]:
    yield from _strings(article.get("dateModified"))
    for name in _MODIFIED:
        yield from page.metas.get(name, [])[:1]
    for element in page.tree.xpath("//*[@itemprop='dateModified']"):
        yield from _strings(element.get("datetime") or element.get("content"))


def _strings(value: Any) -> list[str]:
    return [str(item) for item in as_list(value) if isinstance(item, str | int | float) and str(item).strip()]


def _written_near(tree: HtmlElement, heading: HtmlElement | None) -> list[Moment]:
    """Times written out for readers close to the headline."""
    if heading is None:
        return []
    words: list[str] = []
    size = 0
    for text in heading.xpath("following::text()[not(ancestor::script or ancestor::style)]"):
        words.append(text)
        size += len(text.strip())
        if size > NEAR:
            break
    return [*written_moments(squeeze(" ".join(words)))][:1]


def _last_resort(page: Page) -> list[Moment]:
    """A day: of the address, else what htmldate finds in the text."""
    match = _PATH_DAY.search(urlsplit(page.url).path)
    if match:
        day = "-".join(part for part in match.groups() if part)
        if moment := read_moment(re.sub(r"-([a-z]{3})-", lambda m: f"-{_month(m[1])}-", day)):
            return [moment]
    # the latest day allowed is fixed: what a page says must not depend on when it is read
    found = find_date(page.tree, original_date=True, extensive_search=True, max_date="2099-12-31")
    moment = read_moment(found) if found else None
    return [moment] if moment else []


def _month(name: str) -> int:
    return _MONTHS.find(name) // 3 + 1


# --- authors


def _bylines(
    page: Page, article: dict[str, Any], lines: Sequence[Block], heading: HtmlElement | None
) -> tuple[list[str], list[str], list[str]]:
    """Author lines of JSON-LD, of the visible byline, of meta tags."""
    linked = names_of(article.get("author")) or names_of(article.get("creator"))
    metas = [word for name in _AUTHOR for word in page.metas.get(name, [])[:PERSONS_MAX]]
    return linked, visible_bylines(page.tree, lines, heading), metas


def _authors(sources: Iterable[tuple[str, ...]], lines: Sequence[Block]) -> tuple[str, ...]:
    """JSON-LD's names, unless readers see more of them, or see others and none of these; else the next source's."""
    linked, seen, told = sources
    if linked and seen and not set(linked) >= set(seen):
        page = " ".join(line.text for line in lines).casefold()
        if set(seen) > set(linked) or not any(name.casefold() in page for name in linked):
            return seen
    return linked or seen or told


def _section(page: Page, article: dict[str, Any]) -> str | None:
    word = next((text for item in as_list(article.get("articleSection")) if (text := text_of(item))), None)
    return word or page.meta(*_SECTION)


def _language(page: Page, article: dict[str, Any]) -> str | None:
    root = page.tree.getroottree().getroot()
    words = (
        root.get("lang"),
        root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang"),
        page.meta("og:locale", "language", "content-language", "inlanguage", "dc.language"),
        text_of(article.get("inLanguage")),
    )
    codes = (m[1].lower() for word in words if word and (m := re.match(r"\s*([A-Za-z]{2})(?:[-_]|\s*$)", word)))
    return next(codes, None)
