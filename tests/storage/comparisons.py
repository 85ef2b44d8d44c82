"""A comparison with something in every field, over invented articles."""

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
from tests.factories import NOON, make_article

BRIDGE = "The swing bridge will close on Friday, the harbour office said. Nobody asked the ferry crews."
FERRY = 'The bridge may close, two officials told the Harbour Courier. "It will creak no more," the engineer said.'


def bridge_articles() -> tuple[Article, Article]:
    """The asked article and another outlet's."""
    lead = make_article(
        BRIDGE,
        standfirst="A closure nobody wanted",
        authors=("Ada Quill", "Ben Reed"),
        section="Harbour",
        modified_at=NOON,
        dateline="PORT ELSEWHERE -",
        credit="Tide Wire",
        links=("https://tidewire.example/1",),
    )
    return lead, make_article(FERRY, outlet="Ferry Gazette", title="Bridge to close", held=Held.PART)


def make_comparison(*articles: Article) -> Comparison:
    """Every kind of statement at least once, on the two articles."""
    lead, other = articles[:2]
    at_lead = Place(
        outlet=lead.outlet.name, url=lead.url, version=lead.version, span=Span(0, 37), carried_for="Tide Wire"
    )
    at_other = Place(outlet=other.outlet.name, url=other.url, version=other.version, span=Span(0, 20))
    origins = Origins(
        at_least=1,
        at_most=2,
        chains=((other.url, lead.url),),
        joined=(Joined(a=other.url, b=lead.url, why="it says so"),),
    )
    cells = (
        Cell(
            place=at_lead,
            text=at_lead.span.of(lead.text),
            authority=Authority.NAMED_GROUP,
            quotation_type=QuotationType.INDIRECT,
            source="the harbour office",
            cue="said",
            certainty=Certainty.SAID,
        ),
        Cell(
            place=at_other,
            text=at_other.span.of(other.text),
            authority=Authority.UNNAMED_GROUP,
            source_description="two officials",
            certainty=Certainty.POSSIBLE,
            polarity=Polarity.NEGATED,
            via=(ViaSource(authority=Authority.OUTLET, source="The Harbour Courier", cue="told"),),
            attributed_to_outlet="The Harbour Courier",
        ),
    )
    difference = Difference(
        kind=DifferenceKind.CERTAINTY,
        between=(lead.url, other.url),
        spans=((lead.version, Span(0, 5)), (other.version, Span(3, 9))),
        strength=0.75,
        reason="one says that it will, one that it may",
    )
    return Comparison(
        articles=tuple(articles),
        rows=(
            Row(
                id="0123abcd",
                statement="it closes",
                importance=0.1,
                cells=cells,
                differences=(difference,),
                origins=origins,
            ),
        ),
        quotations=(
            Quotation(
                text="It will creak no more",
                quoting=at_other,
                result=QuotationResult.ALTERED,
                cited_outlet="The Harbour Courier",
                cited_person="the engineer",
                found=at_lead,
                changes=(("replace", "no more", "never again"),),
            ),
        ),
        own_voice=(
            OwnVoiceClaim(
                text="Nobody asked", url=lead.url, version=lead.version, span=Span(64, 76), kind=OwnVoiceKind.OPINION
            ),
        ),
        edges=(
            Edge(
                source=other.url,
                target=lead.url,
                target_outlet=lead.outlet.name,
                kind=EdgeKind.CITES,
                evidence=(other.version, Span(4, 9)),
            ),
            Edge(source=lead.url, target=None, target_outlet="Tide Wire", kind=EdgeKind.CREDIT_LINE, evidence=None),
        ),
        origins=origins,
        changes=(
            Change(
                url=lead.url,
                from_version="0" * 16,
                to_version=lead.version,
                marked=False,
                spans=((1, 4, "shut", "close"),),
            ),
        ),
        fact_checks=(
            FactCheck(
                publisher="Checkers", url="https://checkers.example", reviewed_at=NOON, claim="it shut", rating="so"
            ),
        ),
        misses=(Miss(outlet="Lantern Post", url=None, reason=MissReason.TIMEOUT),),
        notes=(Note.SINGLE_ARTICLE, Note.CUT),
    )
