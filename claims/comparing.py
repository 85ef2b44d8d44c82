"""A story and the readings of its articles -> the comparison: rows, differences, quotations, provenance, notes.

Pure and deterministic: no clock, no database, and the order in which articles were found changes nothing but the order
in which they are listed.
"""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from math import log2

from claims.checks import differences
from claims.comparison import Cell, Comparison, Difference, Edge, Note, OwnVoiceClaim, Place, Row, ViaSource
from claims.grouping import Group, group
from claims.matching.likeness import Meaning
from claims.outlet_names import OutletNames
from claims.provenance import claim_origins, edges, origins
from claims.quotations import check_quotations
from claims.statements import Claim, statements
from claims.terms import GENERAL, terms
from claims.types import Article, Attribution, Reading, Span, Story

#: parts of a row's importance, together 1: a reader looks for the headline's claim, for what several outlets carry,
#: for what they differ in, and for what stands at the top
HEADLINE_PART, OUTLETS_PART, DIFFERENCE_PART, PLACE_PART = 0.3, 0.3, 0.2, 0.2


def compare(
    story: Story, readings: Mapping[str, Reading], names: OutletNames, meaning: Meaning | None = None
) -> Comparison:
    """The comparison of the story's articles; ``readings`` by ``Article.version``. Also for a story of one article.

    Without ``meaning`` statements are likened by their words alone: one row in eight less.
    """
    claims = [claim for article in story.articles for claim in statements(article, readings[article.version])]
    joined = edges(story, readings, names)
    headlines = _headlines(story.articles)
    rows = [_row(found, story, readings, joined, headlines) for found in group(claims, meaning)]
    return Comparison(
        articles=story.articles,
        rows=tuple(sorted(rows, key=lambda row: (-row.importance, row.id))),
        quotations=check_quotations(story, readings, names),
        own_voice=tuple(_own_voice(story.articles, readings)),
        edges=joined,
        origins=origins(story.articles, joined, readings),
        misses=story.misses,
        notes=tuple(_notes(story, readings)),
    )


def _row(
    found: Group,
    story: Story,
    readings: Mapping[str, Reading],
    joined: Sequence[Edge],
    headlines: Sequence[Mapping[str, float]],
) -> Row:
    lead = story.lead.version
    claims = sorted(found.claims, key=lambda claim: (claim.key[1] != lead, claim.key))
    apart = differences(found)
    cells = tuple(_cell(claim, readings[claim.key[1]]) for claim in claims)
    fullest = max(claims, key=lambda claim: (len(claim.terms), claim.key))
    return Row(
        id=_row_id(claims),
        statement=fullest.text,
        importance=_importance(claims, apart, story.articles, headlines),
        cells=cells,
        differences=apart,
        origins=claim_origins(cells, story.articles, joined, readings),
    )


def _row_id(claims: Iterable[Claim]) -> str:
    places = sorted(f"{claim.key[1]},{claim.span.start},{claim.span.end}" for claim in claims)
    return sha256("\n".join(places).encode()).hexdigest()[:8]


def _importance(
    claims: Sequence[Claim],
    apart: Sequence[Difference],
    articles: Sequence[Article],
    headlines: Sequence[Mapping[str, float]],
) -> float:
    """0..1, from headline, number of outlets, strongest difference and place in the text."""
    headline = max(_covers(context, wanted) for context in {claim.context for claim in claims} for wanted in headlines)
    others = len({article.outlet.key for article in articles}) - 1
    outlets = log2(len(claims)) / log2(others + 1) if others else 0.0
    strongest = max((difference.strength for difference in apart), default=0.0)
    place = max(1.0 / (1.0 + claim.number / 4) for claim in claims)
    parts = HEADLINE_PART * headline + OUTLETS_PART * outlets + DIFFERENCE_PART * strongest + PLACE_PART * place
    return round(min(1.0, parts), 4)


def _headlines(articles: Iterable[Article]) -> list[dict[str, float]]:
    """The words of each different headline with their rarity."""
    titles = dict.fromkeys(article.title for article in articles)
    return [{term: GENERAL.rarity(term) for term in terms(title)} for title in titles]


def _covers(context: Sequence[str], wanted: Mapping[str, float]) -> float:
    """Share of a headline's words, by rarity, that a sentence has."""
    have = sum(weight for term, weight in wanted.items() if term in context)
    return have / sum(wanted.values()) if wanted else 0.0


def _cell(claim: Claim, reading: Reading) -> Cell:
    article, attribution = claim.article, claim.attribution
    return Cell(
        place=_place(article, claim.span),
        text=claim.text,
        authority=claim.authority,
        quotation_type=attribution.quote if attribution else None,
        source=_source(article, attribution) if attribution else None,
        source_description=attribution.description if attribution else None,
        cue=_words(article, attribution.cue) if attribution else None,
        certainty=claim.certainty,
        polarity=claim.polarity,
        via=tuple(_chain(article, attribution, reading)) if attribution else (),
        attributed_to_outlet=attribution.outlet if attribution else None,
    )


def _chain(article: Article, attribution: Attribution, reading: Reading) -> Iterable[ViaSource]:
    """The attributions that this one is nested in, nearest first, never itself; a chain that comes back ends there."""
    seen = {n for n, one in enumerate(reading.attributions) if one == attribution}
    at = attribution.via
    while at is not None and at not in seen and at < len(reading.attributions):
        seen.add(at)
        outer = reading.attributions[at]
        if (outer.source, outer.cue) != (attribution.source, attribution.cue):
            yield ViaSource(authority=outer.authority, source=_source(article, outer), cue=_words(article, outer.cue))
        at = outer.via


def _source(article: Article, attribution: Attribution) -> str | None:
    return attribution.resolved or attribution.outlet or _words(article, attribution.source)


def _words(article: Article, spans: Sequence[Span]) -> str | None:
    return " ".join(" ".join(span.of(article.text).split()) for span in spans) or None


def _place(article: Article, span: Span) -> Place:
    return Place(
        outlet=article.outlet.name,
        url=article.url,
        version=article.version,
        span=span,
        carried_for=article.carried_for,
    )


def _own_voice(articles: Iterable[Article], readings: Mapping[str, Reading]) -> Iterable[OwnVoiceClaim]:
    for article in articles:
        for voice in readings[article.version].own_voice:
            yield OwnVoiceClaim(
                text=voice.span.of(article.text),
                url=article.url,
                version=article.version,
                span=voice.span,
                kind=voice.kind,
            )


def _notes(story: Story, readings: Mapping[str, Reading]) -> Iterable[Note]:
    if any(reading.limited for reading in readings.values()):
        yield Note.LANGUAGE_LIMITED
    if not story.others:
        yield Note.SINGLE_ARTICLE
    if story.lead.published_at is None:
        yield Note.NO_DATE
