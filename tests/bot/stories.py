"""An invented story as five outlets tell it, and its comparison, made by hand: what the answers are drawn from."""

from dataclasses import replace
from datetime import UTC, datetime

from claims.comparison import (
    Cell,
    Change,
    Comparison,
    Difference,
    DifferenceKind,
    Edge,
    EdgeKind,
    FactCheck,
    Joined,
    Note,
    Origins,
    OwnVoiceClaim,
    Place,
    Quotation,
    QuotationResult,
    Row,
    ViaSource,
)
from claims.types import (
    Article,
    Authority,
    Certainty,
    Held,
    Miss,
    MissReason,
    OwnVoiceKind,
    Polarity,
    QuotationType,
    Span,
)
from tests.factories import make_article

MADE_AT = datetime(2025, 3, 3, 18, 42, tzinfo=UTC)

QUAY = make_article(
    "The port council will shut the old swing bridge on Monday, North Wire reports.\n\n"
    '"The council has already ordered the closing of the bridge for at least 60 days," the sources said.\n\n'
    "Nobody in the harbour will miss the rusty thing.\n\n"
    "Ferry owners expect the busiest spring in years.",
    outlet="Quay Post",
    title="Council to shut old swing bridge, sources say",
    url="https://quaypost.example/2025/bridge",
)
WIRE = make_article(
    "The port council is considering closing the old swing bridge, two people familiar with the plan said.\n\n"
    '"The council has asked for a plan for the closing of the bridge for about 40 days," the sources said.\n\n'
    "A council spokesman, Tor Vik, said no decision had been taken.",
    outlet="North Wire",
    title="Port council considers closing swing bridge",
    url="https://northwire.example/a/77",
)
BAY = make_article(
    "The port council is considering closing the old swing bridge, North Wire reported, citing two people.\n\n"
    "Harbour master Ida Lund told Bay Radio that ferries would carry 3,000 people a day.",
    outlet="Bay Radio",
    title="Bridge may close, ferries to help",
    url="https://bayradio.example/bridge",
)
COURIER = make_article(
    "No decision to close the swing bridge has been taken, Tor Vik, a council spokesman, said.\n\n"
    "A report of the port engineers puts the repairs at about 40 days.",
    title="Council: no decision on swing bridge",
    url="https://www.harbourcourier.example/news/bridge",
)
CITY = make_article(
    "Bridge: council weighs closing\n\nThe council weighs closing the swing bridge.",
    outlet="City Sheet",
    title="Bridge: council weighs closing",
    url="https://citysheet.example/b",
    held=Held.HEADLINE,
)


def span(article: Article, words: str) -> Span:
    """Where the words stand in the article."""
    start = article.text.index(words)
    return Span(start, start + len(words))


def place(article: Article, words: str) -> Place:
    """The words as evidence."""
    return Place(outlet=article.outlet.name, url=article.url, version=article.version, span=span(article, words))


def cell(article: Article, words: str, authority: Authority, **fields: object) -> Cell:
    """A statement of an article."""
    return Cell(place=place(article, words), text=words, authority=authority, **fields)  # type: ignore[arg-type]


def difference(
    kind: DifferenceKind, one: tuple[Article, str], other: tuple[Article, str], strength: float
) -> Difference:
    """Two sides of a row."""
    return Difference(
        kind=kind,
        between=(one[0].url, other[0].url),
        spans=((one[0].version, span(*one)), (other[0].version, span(*other))),
        strength=strength,
        reason=f"{one[0].outlet.name} and {other[0].outlet.name} differ in {kind.value}.",
    )


ONE_ORIGIN = Origins(at_least=1, at_most=1)
CLOSING = Row(
    id="11111111",
    statement="The port council will shut the old swing bridge on Monday",
    importance=0.95,
    cells=(
        cell(
            QUAY,
            "The port council will shut the old swing bridge on Monday",
            Authority.OUTLET,
            source="North Wire",
            attributed_to_outlet="North Wire",
            cue="reports",
            quotation_type=QuotationType.INDIRECT,
        ),
        cell(
            WIRE,
            "The port council is considering closing the old swing bridge",
            Authority.UNNAMED_GROUP,
            source="two people",
            source_description="familiar with the plan",
            cue="said",
            certainty=Certainty.POSSIBLE,
        ),
        cell(
            BAY,
            "The port council is considering closing the old swing bridge",
            Authority.UNNAMED_GROUP,
            source="two people",
            via=(ViaSource(authority=Authority.OUTLET, source="North Wire", cue="reported"),),
            certainty=Certainty.POSSIBLE,
        ),
        cell(
            COURIER,
            "No decision to close the swing bridge has been taken",
            Authority.NAMED,
            source="Tor Vik",
            source_description="a council spokesman",
            certainty=Certainty.DENIED,
            polarity=Polarity.NEGATED,
        ),
    ),
    differences=(
        difference(DifferenceKind.CERTAINTY, (QUAY, "will shut"), (WIRE, "is considering closing"), 0.7),
        difference(DifferenceKind.DENIAL, (QUAY, "will shut"), (COURIER, "No decision"), 0.9),
        difference(DifferenceKind.CERTAINTY, (QUAY, "will shut"), (BAY, "is considering closing"), 0.7),
    ),
    origins=Origins(at_least=2, at_most=2),
)
DURATION = Row(
    id="22222222",
    statement="The council has already ordered the closing of the bridge for at least 60 days",
    importance=0.8,
    cells=(
        cell(
            QUAY,
            "The council has already ordered the closing of the bridge for at least 60 days",
            Authority.UNNAMED_GROUP,
            source="the sources",
            quotation_type=QuotationType.DIRECT,
            via=(ViaSource(authority=Authority.OUTLET, source="North Wire", cue="reports"),),
        ),
        cell(
            WIRE,
            "The council has asked for a plan for the closing of the bridge for about 40 days",
            Authority.UNNAMED_GROUP,
            source="the sources",
            quotation_type=QuotationType.DIRECT,
        ),
        cell(COURIER, "the repairs at about 40 days", Authority.DOCUMENT, source="a report of the port engineers"),
    ),
    differences=(difference(DifferenceKind.NUMBER, (QUAY, "at least 60 days"), (WIRE, "about 40 days"), 0.8),),
    origins=Origins(at_least=2, at_most=3),
)
FERRIES = Row(
    id="33333333",
    statement="ferries would carry 3,000 people a day",
    importance=0.4,
    cells=(
        cell(
            BAY,
            "ferries would carry 3,000 people a day",
            Authority.NAMED,
            source="Ida Lund",
            source_description="Harbour master",
        ),
    ),
    differences=(),
    origins=ONE_ORIGIN,
)
SPRING = Row(
    id="44444444",
    statement="Ferry owners expect the busiest spring in years.",
    importance=0.3,
    cells=(cell(QUAY, "Ferry owners expect the busiest spring in years.", Authority.OWN_VOICE),),
    differences=(),
    origins=ONE_ORIGIN,
)
QUOTED = "The council has already ordered the closing of the bridge for at least 60 days"
ORIGINAL = "The council has asked for a plan for the closing of the bridge for about 40 days"
ALTERED = Quotation(
    text=QUOTED,
    quoting=place(QUAY, QUOTED),
    result=QuotationResult.ALTERED,
    cited_outlet="North Wire",
    found=place(WIRE, ORIGINAL),
    changes=(
        ("keep", "The council has", "The council has"),
        ("replace", "asked for a plan for", "already ordered"),
        ("keep", "the closing of the bridge for", "the closing of the bridge for"),
        ("replace", "about 40", "at least 60"),
        ("keep", "days", "days"),
    ),
)

STORY = Comparison(
    articles=(QUAY, WIRE, BAY, COURIER, CITY),
    rows=(CLOSING, DURATION, FERRIES, SPRING),
    quotations=(ALTERED,),
    own_voice=(
        OwnVoiceClaim(
            text="Nobody in the harbour will miss the rusty thing.",
            url=QUAY.url,
            version=QUAY.version,
            span=span(QUAY, "Nobody in the harbour will miss the rusty thing."),
            kind=OwnVoiceKind.OPINION,
        ),
    ),
    edges=(
        Edge(
            source=QUAY.url,
            target=WIRE.url,
            target_outlet="North Wire",
            kind=EdgeKind.CITES,
            evidence=(QUAY.version, span(QUAY, "North Wire reports")),
        ),
        Edge(
            source=BAY.url,
            target=WIRE.url,
            target_outlet="North Wire",
            kind=EdgeKind.CITES,
            evidence=(BAY.version, span(BAY, "North Wire reported, citing two people")),
        ),
    ),
    origins=Origins(
        at_least=2,
        at_most=3,
        chains=((QUAY.url, WIRE.url), (BAY.url, WIRE.url), (COURIER.url,), (CITY.url,)),
        joined=(Joined(a=QUAY.url, b=WIRE.url, why=EdgeKind.CITES),),
    ),
    changes=(
        Change(
            url=QUAY.url,
            from_version="0" * 16,
            to_version=QUAY.version,
            marked=False,
            spans=((17, 26, "is to shut", "will shut"),),
        ),
    ),
    fact_checks=(
        FactCheck(
            publisher="Sea Check",
            url="https://seacheck.example/1",
            reviewed_at=MADE_AT,
            claim="The bridge is closed",
            rating="Not yet",
        ),
    ),
    misses=(
        Miss(outlet="Coast Times", url="https://coasttimes.example/1", reason=MissReason.ROBOTS),
        Miss(outlet="Evening Tide", url="https://eveningtide.example/1", reason=MissReason.TIMEOUT),
    ),
)
READING = replace(
    STORY,
    articles=(QUAY,),
    rows=tuple(replace(row, cells=row.cells[:1], differences=()) for row in (CLOSING, DURATION, SPRING)),
    quotations=(replace(ALTERED, result=QuotationResult.NOT_CHECKABLE, found=None, changes=()),),
    edges=(),
    origins=ONE_ORIGIN,
    changes=(),
    fact_checks=(),
    misses=(),
    notes=(Note.SINGLE_ARTICLE,),
)
