"""Provenance: which article takes over from which, with the words that show it.

Earlier time alone is no link; it only gives a direction to a link that the texts show. A picture credit is none.
How many independent origins the links leave is counted in ``claims.origins``.
"""

from collections.abc import Iterator, Mapping
from itertools import combinations
from urllib.parse import urlsplit

from claims.comparison import Edge, EdgeKind
from claims.origins import claim_origins, origins
from claims.outlet_names import OutletNames, shortens
from claims.types import Article, Attribution, Authority, Held, Outlet, OutletKind, Reading, Span, Story
from claims.wire import Overlap, Prepared, overlap

__all__ = ["claim_origins", "edges", "origins"]

_ORDER = (EdgeKind.CREDIT_LINE, EdgeKind.CITES, EdgeKind.LINKS, EdgeKind.SHARES_TEXT, EdgeKind.SHARES_QUOTE)


def edges(story: Story, readings: Mapping[str, Reading], names: OutletNames) -> tuple[Edge, ...]:
    """All links of provenance between the story's articles, or to outlets whose article is not held.

    ``readings`` by version. One edge for each two ends and kind, in the order of the articles.
    """
    known = _Known(story, names)
    found = [edge for article in story.articles for edge in _of(article, readings.get(article.version), known)]
    found += _shared(story.articles, found)
    places = {article.url: number for number, article in enumerate(story.articles)}
    unique = {(edge.source, edge.target, edge.target_outlet, edge.kind): edge for edge in reversed(found)}
    return tuple(
        sorted(
            unique.values(),
            key=lambda edge: (
                places[edge.source],
                _ORDER.index(edge.kind),
                places.get(edge.target or "", len(places)),
                edge.target_outlet,
            ),
        )
    )


class _Known:
    """The story's articles by outlet and by address."""

    def __init__(self, story: Story, names: OutletNames) -> None:
        self._names = names
        self.articles = story.articles
        self._by_url = {_address(article.url): article for article in story.articles}
        self._by_name = {_bare(article.outlet.name): article.outlet for article in reversed(story.articles)}
        self._by_domain = {domain: article.outlet for article in story.articles for domain in article.outlet.domains}

    def outlet(self, name: str) -> Outlet | None:
        return self._by_name.get(_bare(name)) or self._names.named(name)

    def linked(self, link: str) -> Article | None:
        return self._by_url.get(_address(link))

    def outlet_of(self, link: str) -> Outlet | None:
        """The story's outlet that an article link leads to; None for a home page."""
        parts = urlsplit(link)
        host = (parts.hostname or "").removeprefix("www.")
        if not parts.path.strip("/"):
            return None
        return next(
            (one for domain, one in self._by_domain.items() if host == domain or host.endswith(f".{domain}")), None
        )

    def article_of(self, outlet: Outlet, source: Article) -> Article | None:
        """The article of this outlet that the source most likely speaks of: the linked one, else the first one."""
        own = [article for article in self.articles if article.outlet.key == outlet.key and article.url != source.url]
        linked = {_address(link) for link in source.links}
        return min(
            own,
            key=lambda article: (
                _address(article.url) not in linked,
                article.published_at is None,
                article.published_at.timestamp() if article.published_at else 0.0,
                article.url,
            ),
            default=None,
        )


def _bare(name: str) -> str:
    return name.casefold().removeprefix("the ").strip()


def _address(url: str) -> str:
    parts = urlsplit(url)
    return f"{(parts.hostname or '').removeprefix('www.')}{parts.path.rstrip('/')}?{parts.query}"


def _of(article: Article, reading: Reading | None, known: _Known) -> Iterator[Edge]:
    """What one article says of itself: its credit line, the outlets it names as sources, its links."""
    credit = known.outlet(article.carried_for) if article.carried_for else None
    if article.carried_for:
        target = known.article_of(credit, article) if credit else None
        yield _edge(article, target, credit.name if credit else article.carried_for, EdgeKind.CREDIT_LINE)
    for attribution in reading.attributions if reading else ():
        name = attribution.outlet or attribution.resolved
        if attribution.authority is not Authority.OUTLET or name is None:
            continue
        if any(shortens(name, own) for own in (article.outlet.name, article.carried_for) if own):
            continue  # an outlet's short name for itself
        outlet = known.outlet(name)
        if outlet is not None and (outlet.key == article.outlet.key or (credit and outlet.key == credit.key)):
            continue
        target = known.article_of(outlet, article) if outlet else None
        yield _edge(article, target, outlet.name if outlet else name, EdgeKind.CITES, _evidence(attribution))
    for link in article.links:
        target = known.linked(link)
        outlet = target.outlet if target else known.outlet_of(link)
        if outlet and outlet.key != article.outlet.key:
            yield _edge(article, target, outlet.name, EdgeKind.LINKS)


def _edge(source: Article, target: Article | None, outlet: str, kind: EdgeKind, evidence: Span | None = None) -> Edge:
    return Edge(
        source=source.url,
        target=target.url if target else None,
        target_outlet=outlet,
        kind=kind,
        evidence=(source.version, evidence) if evidence else None,
    )


def _evidence(attribution: Attribution) -> Span:
    return (*attribution.source, *attribution.cue, *attribution.content)[0]


def _shared(articles: tuple[Article, ...], said: list[Edge]) -> Iterator[Edge]:
    """Texts and quotations that two outlets have in common."""
    read = [article for article in articles if article.held not in (Held.KNOWN, Held.HEADLINE)]
    own = {article.url: Prepared(article.text) for article in read}
    quoted = {article.url: Prepared(article.text, quoted=True) for article in read}
    for one, other in combinations(read, 2):
        if one.outlet.key == other.outlet.key or one.url == other.url:
            continue
        source, target = _direction(one, other, said)
        text = overlap(own[source.url], own[target.url])
        if text.is_copy and not (one.carried_for and one.carried_for == other.carried_for):
            yield _edge(source, target, target.outlet.name, EdgeKind.SHARES_TEXT, _longest(text))
        elif not text.is_copy:
            words = overlap(quoted[source.url], quoted[target.url])
            if words.ours:
                yield _edge(source, target, target.outlet.name, EdgeKind.SHARES_QUOTE, _longest(words))


def _direction(one: Article, other: Article, said: list[Edge]) -> tuple[Article, Article]:
    """Which of two articles took over: what they say of each other first, then agencies, credits and time."""
    named = {(edge.source, edge.target) for edge in said if edge.kind in (EdgeKind.CREDIT_LINE, EdgeKind.CITES)}

    def rank(article: Article, counterpart: Article) -> tuple[bool, bool, bool, float, str]:
        return (
            (article.url, counterpart.url) in named and (counterpart.url, article.url) not in named,
            article.outlet.kind is not OutletKind.AGENCY,
            article.carried_for is None and counterpart.carried_for is not None,
            article.published_at.timestamp() if article.published_at else float("inf"),
            article.url,
        )

    return (one, other) if rank(one, other) > rank(other, one) else (other, one)


def _longest(shared: Overlap) -> Span:
    return max(shared.ours, key=lambda span: (span.end - span.start, -span.start))
