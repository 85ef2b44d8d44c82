"""The printed comparison follows the published schema, and holds nothing that changes between two runs."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest

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
from claims.contract import as_dict, as_json
from claims.types import Article, Authority, Held, Miss, MissReason, OwnVoiceKind, QuotationType, Span
from tests.factories import make_article

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "comparison.schema.json").read_text(encoding="utf-8"))
LEAD = make_article("The bridge is closed, an official said.", outlet="The Harbour Courier")
OTHER = make_article("The bridge may close.", outlet="Delta Radio", credit="Northern Wire", published_at=None)


def place(article: Article, start: int, end: int) -> Place:
    return Place(outlet=article.outlet.name, url=article.url, version=article.version, span=Span(start, end))


def everything() -> Comparison:
    """A comparison with each part of the contract filled at least once."""
    cell = Cell(
        place=place(LEAD, 0, 20),
        text="The bridge is closed",
        authority=Authority.UNNAMED,
        quotation_type=QuotationType.INDIRECT,
        source="an official",
        cue="said",
        via=(ViaSource(authority=Authority.OUTLET, source="Northern Wire", cue="reported"),),
    )
    bare = Cell(place=place(OTHER, 0, 20), text="The bridge may close", authority=Authority.OWN_VOICE)
    difference = Difference(
        kind=DifferenceKind.CERTAINTY,
        between=(LEAD.url, OTHER.url),
        spans=((LEAD.version, Span(0, 20)), (OTHER.version, Span(0, 20))),
        strength=0.5,
        reason="One states what the other calls possible.",
    )
    origins = Origins(
        at_least=1,
        at_most=2,
        chains=((LEAD.url, "Northern Wire"),),
        joined=(Joined(a=LEAD.url, b=OTHER.url, why="shared text"),),
    )
    row = Row(
        id="0a1b2c3d",
        statement=cell.text,
        importance=0.75,
        cells=(cell, bare),
        differences=(difference,),
        origins=origins,
    )
    closed = make_article("A headline\n\nA summary", outlet="Closed Times", held=Held.HEADLINE)
    return Comparison(
        articles=(LEAD, OTHER, closed),
        rows=(row,),
        quotations=(
            Quotation(
                text="The bridge may close",
                quoting=place(LEAD, 0, 20),
                result=QuotationResult.ALTERED,
                cited_outlet="Delta Radio",
                found=replace(place(OTHER, 0, 20), carried_for="Northern Wire"),
                changes=(("replace", "may close", "is closed"),),
            ),
            Quotation(text="never held", quoting=place(LEAD, 0, 3), result=QuotationResult.NOT_CHECKABLE),
        ),
        own_voice=(
            OwnVoiceClaim(text="The", url=LEAD.url, version=LEAD.version, span=Span(0, 3), kind=OwnVoiceKind.OPINION),
        ),
        edges=(
            Edge(
                source=LEAD.url,
                target=None,
                target_outlet="Northern Wire",
                kind=EdgeKind.CITES,
                evidence=(LEAD.version, Span(0, 3)),
            ),
            Edge(
                source=OTHER.url, target=LEAD.url, target_outlet="Delta Radio", kind=EdgeKind.CREDIT_LINE, evidence=None
            ),
        ),
        origins=origins,
        changes=(
            Change(
                url=LEAD.url,
                from_version=LEAD.version,
                to_version=OTHER.version,
                marked=False,
                spans=((0, 3, "The", "A"),),
            ),
        ),
        fact_checks=(
            FactCheck(
                publisher="Check Desk",
                url="https://checkdesk.example/1",
                reviewed_at=datetime(2025, 3, 4, tzinfo=UTC),
                claim="It fell",
                rating="No record",
            ),
        ),
        misses=(Miss(outlet="Closed Times", url=closed.url, reason=MissReason.PAYWALL),),
        notes=(Note.LANGUAGE_LIMITED,),
    )


def validate(body: Any) -> None:
    jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker()).validate(body)


def test_follows_the_published_schema() -> None:
    validate(as_dict(everything()))


@pytest.mark.parametrize("key", ["rows", "quotations", "own_voice", "edges", "changes", "fact_checks", "misses"])
def test_schema_refuses_an_item_that_lacks_a_key(key: str) -> None:
    body: dict[str, Any] = as_dict(everything())
    del body[key][0][next(iter(body[key][0]))]
    with pytest.raises(jsonschema.ValidationError):
        validate(body)


def test_fetch_times_stand_apart_and_only_on_request() -> None:
    plain = json.loads(as_json(everything()))
    timed = json.loads(as_json(everything(), fetched={LEAD.url: datetime(2025, 3, 3, 13, tzinfo=UTC)}))
    validate(timed)
    assert timed.pop("fetched") == {LEAD.url: "2025-03-03T13:00:00Z"}
    assert timed == plain


def test_spans_lead_back_to_the_words() -> None:
    comparison = everything()
    texts = {article.version: article.text for article in comparison.articles}
    for cell in (cell for row in comparison.rows for cell in row.cells):
        assert cell.place.span.of(texts[cell.place.version]) == cell.text


def test_story_is_the_same_whichever_article_was_asked() -> None:
    comparison = everything()
    turned = replace(comparison, articles=comparison.articles[::-1])
    assert as_dict(turned)["story"]["id"] == as_dict(comparison)["story"]["id"]
    assert as_dict(turned)["article"] != as_dict(comparison)["article"]


def test_known_article_has_no_version() -> None:
    known = make_article("", held=Held.KNOWN)
    comparison = Comparison(
        articles=(LEAD, known),
        rows=(),
        quotations=(),
        own_voice=(),
        edges=(),
        origins=Origins(at_least=1, at_most=1),
    )
    body: dict[str, Any] = as_dict(comparison)
    validate(body)
    assert [article["version"] is None for article in body["story"]["articles"]] == [False, True]
