from datetime import UTC, datetime

import pytest

from claims.attribution import read
from claims.outlet_names import OutletNames
from claims.statements import Claim, statements
from claims.text import sentences
from claims.types import (
    Article,
    Attribution,
    Authority,
    Certainty,
    Held,
    OutletKind,
    OwnVoice,
    OwnVoiceKind,
    Polarity,
    QuotationType,
    Reading,
    Span,
)
from tests.factories import make_article, make_outlet

TEXT = (
    "The council will close the Harbour Bridge on Friday. “It is worn out, and 40 bolts are missing,” Ada Brook said. "
    "It was a mistake to build it. Delta Radio reported that two engineers denied any danger."
)


def at(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def attributed(text: str, content: str, **fields: object) -> Attribution:
    known: dict[str, object] = {"source": (), "cue": (), "authority": Authority.NAMED, "quote": QuotationType.INDIRECT}
    return Attribution(content=(at(text, content),), **(known | fields))  # type: ignore[arg-type]


ARTICLE = make_article(TEXT, published_at=datetime(2025, 3, 3, tzinfo=UTC))
READING = Reading(
    sentences=sentences(TEXT),
    own_voice=(
        OwnVoice(span=at(TEXT, "The council will close the Harbour Bridge on Friday."), kind=OwnVoiceKind.FACT),
        OwnVoice(span=at(TEXT, "It was a mistake to build it."), kind=OwnVoiceKind.OPINION),
    ),
    attributions=(
        attributed(TEXT, "“It is worn out, and 40 bolts are missing,”", quote=QuotationType.DIRECT),
        attributed(TEXT, "two engineers denied any danger", authority=Authority.OUTLET, outlet="Delta Radio"),
        attributed(
            TEXT,
            "any danger",
            authority=Authority.UNNAMED_GROUP,
            source=(at(TEXT, "two engineers"),),
            cue=(at(TEXT, "denied"),),
            via=1,
            certainty=Certainty.DENIED,
            polarity=Polarity.NEGATED,
        ),
    ),
)


def claims(article: Article = ARTICLE, reading: Reading = READING) -> tuple[Claim, ...]:
    return statements(article, reading)


def test_a_sentence_is_a_claim_and_of_an_attributed_one_the_content() -> None:
    assert [claim.text for claim in claims()] == [
        "The council will close the Harbour Bridge on Friday.",
        "“It is worn out, and 40 bolts are missing,”",
        "It was a mistake to build it.",
        "two engineers denied any danger",
    ]


def test_of_nested_attributions_the_inner_one_vouches() -> None:
    last = claims()[-1]
    assert last.authority is Authority.UNNAMED_GROUP
    assert last.attribution is not None
    assert last.attribution.via == 1


def test_opinion_is_kept_and_not_compared() -> None:
    opinion = claims()[2]
    assert opinion.kind is OwnVoiceKind.OPINION
    assert not opinion.comparable


def test_what_a_claim_says_is_made_comparable() -> None:
    first, second, _, last = claims()
    assert [name.text for name in first.names] == ["Harbour Bridge"]
    assert [when.first.isoformat() for when in first.times] == ["2025-03-07"]
    assert first.certainty is Certainty.PLANNED
    assert [number.value for number in second.quantities] == [40]
    assert last.certainty is Certainty.DENIED
    assert last.polarity is Polarity.NEGATED


def test_a_quotation_over_two_sentences_gives_a_claim_for_each() -> None:
    text = "“It is worn out. It will fall,” Ada Brook said."
    quotation = attributed(text, "“It is worn out. It will fall,”", quote=QuotationType.DIRECT)
    whole = Reading(sentences=sentences(text), attributions=(quotation,))
    assert [claim.text for claim in claims(make_article(text), whole)] == ["“It is worn out.", "It will fall,”"]


def test_a_small_attributed_detail_leaves_the_sentence_to_the_article() -> None:
    text = "After the inspection the council shut the page on which the engineer had announced a delay of the opening."
    detail = attributed(text, "a delay")
    (claim,) = claims(make_article(text), Reading(sentences=sentences(text), attributions=(detail,)))
    assert claim.text == text
    assert claim.attribution is None


def test_what_an_article_says_beside_an_attribution_is_a_claim_of_its_own() -> None:
    text = (
        "The council closed the Harbour Bridge of Norland on Friday to save repair money that the mayor refused "
        "to give the bridge office for new anchor chains and steel bolts."
    )
    refused = attributed(
        text,
        "to give the bridge office for new anchor chains and steel bolts",
        source=(at(text, "the mayor"),),
        cue=(at(text, "refused"),),
    )
    own, other = claims(make_article(text), Reading(sentences=sentences(text), attributions=(refused,)))
    assert own.text == "The council closed the Harbour Bridge of Norland on Friday to save repair money"
    assert own.attribution is None
    assert other.attribution == refused


def test_of_two_readings_that_overlap_the_outer_one_vouches() -> None:
    text = "The council plans to close the Harbour Bridge of Norland, Delta Radio reported."
    reported = attributed(text, text[: text.index(", Delta")], cue=(at(text, "reported"),))
    planned = attributed(text, text[text.index("to close") : -1], cue=(at(text, "plans"),))
    whole = Reading(sentences=sentences(text), attributions=(planned, reported))
    (claim,) = claims(make_article(text), whole)
    assert claim.attribution == reported


def test_a_hedge_in_another_sentence_of_a_long_quotation_lowers_only_that_sentence() -> None:
    text = "“The anchor chains rusted away. The bridge may fall,” Ada Brook said."
    content = "“The anchor chains rusted away. The bridge may fall,”"
    quotation = attributed(text, content, quote=QuotationType.DIRECT, certainty=Certainty.POSSIBLE)
    first, second = claims(make_article(text), Reading(sentences=sentences(text), attributions=(quotation,)))
    assert (first.certainty, second.certainty) == (Certainty.SAID, Certainty.POSSIBLE)


def test_a_forecast_is_compared_only_where_it_announces_a_day_or_a_number() -> None:
    text = "The bridge will close on Friday. The bridge will be missed in Norland."
    kinds = tuple(OwnVoice(span=span, kind=OwnVoiceKind.FORECAST) for span in sentences(text))
    announced, vague = claims(make_article(text), Reading(sentences=sentences(text), own_voice=kinds))
    assert announced.comparable
    assert not vague.comparable


def test_the_headline_repeated_as_first_line_is_no_claim_but_a_headline_alone_is() -> None:
    text = "A bridge is closed\n\nThe Harbour Bridge is closed for repairs."
    body = claims(make_article(text), Reading(sentences=sentences(text)))
    assert [claim.text for claim in body] == ["The Harbour Bridge is closed for repairs."]
    assert len(claims(make_article(text, held=Held.HEADLINE), Reading(sentences=sentences(text)))) == 2


def test_an_empty_text_has_no_claims() -> None:
    assert claims(make_article(""), Reading()) == ()


def read_as(text: str) -> list[tuple[str, str]]:
    """(authority, words) of each statement, by the attribution that the product uses."""
    article = make_article(text)
    names = OutletNames([make_outlet("Northern Wire", kind=OutletKind.AGENCY), article.outlet])
    return [(claim.authority.value, claim.text) for claim in statements(article, read(article, names))]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "A senior treasury official, who spoke on condition of anonymity because the figures are not public, said "
            "the city was considering a loan of nine million crowns over four years.",
            "official",
        ),
        (
            "The board told the yard to work out which of the closed berths could reopen in spring and at what price, "
            "according to the two people, who asked not to be named because the talks are private.",
            "named",
        ),
    ],
)
def test_who_says_it_is_no_statement_of_the_article(text: str, words: str) -> None:
    own = [said for authority, said in read_as(text) if authority == "own_voice"]
    assert not [said for said in own if words in said]


def test_what_opens_its_sentence_is_what_the_sentence_is_about() -> None:
    text = "Port Merrow will let the ferries back, Northern Wire reports, and for the first time there is a paper."
    assert ("outlet", "Port Merrow will let the ferries back") in read_as(text)


def test_a_smaller_part_stands_beside_one_that_says_enough() -> None:
    text = (
        "Ilse Varga said the debt had been discussed twice this month, but denied that sailings from the north quay "
        "were part of those talks with the company."
    )
    assert [authority for authority, _ in read_as(text)] == ["named", "named"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ada Brook said that the bridge is worn out.", "the bridge is worn out"),
        ("The mayor vowed on Monday to keep the harbour open.", "The mayor vowed on Monday to keep the harbour open"),
        ("Ada Brook refused to sign the new order.", "Ada Brook refused to sign the new order"),
        ("Ada Brook asked whether the bridge can be saved.", "Ada Brook asked whether the bridge can be saved"),
        ("The mayor called the bridge order “very unfair.”", "The mayor called the bridge order “very unfair.”"),
        ("The mayor denied that the bridge is worn out.", "The mayor denied that the bridge is worn out"),
    ],
)
def test_a_statement_reads_alone(text: str, said: str) -> None:
    assert [words.rstrip(".") for _, words in read_as(text)] == [said.rstrip(".")]


def test_what_is_left_of_a_sentence_is_a_statement_only_if_it_reads_alone() -> None:
    text = (
        "Port Merrow will let the ferries back, Northern Wire reported Monday, offering some fresh details on what the "
        "return of the company to the closed quay might look like."
    )
    assert ("own_voice", text) not in read_as(text)
    assert not [words for _, words in read_as(text) if words.startswith(("Monday", "offering"))]


@pytest.mark.parametrize(("held", "first"), [(Held.READER_COPY, "The bridge closes at noon"), (Held.FULL, "It creaks")])
def test_the_first_sentence_of_a_pasted_text_is_a_statement_though_it_stands_for_its_headline(
    held: Held, first: str
) -> None:
    text = "The bridge closes at noon on Friday. It creaks at night beside the ferry."
    article = make_article(text, title="The bridge closes at noon on Friday.", held=held)
    assert statements(article, Reading())[0].span.of(text).startswith(first)


@pytest.mark.parametrize(
    ("cue", "content"),
    [
        ("defended", "the harbour master over the closing of the old swing bridge"),
        ("declared", "a state of emergency for the harbour and the old swing bridge"),
    ],
)
def test_what_somebody_does_is_told_by_the_article_itself(cue: str, content: str) -> None:
    text = f"The mayor on Monday {cue} {content}."
    told = attributed(text, content, source=(at(text, "The mayor"),), cue=(at(text, cue),))
    [claim] = claims(make_article(text), Reading(sentences=sentences(text), attributions=(told,)))
    assert claim.attribution is None
    assert claim.text.startswith("The mayor")


def test_what_somebody_declares_in_a_clause_is_on_their_word() -> None:
    text = "The mayor on Monday declared that the old swing bridge is safe for all heavy lorries."
    told = attributed(
        text,
        "that the old swing bridge is safe for all heavy lorries",
        source=(at(text, "The mayor"),),
        cue=(at(text, "declared"),),
    )
    [claim] = claims(make_article(text), Reading(sentences=sentences(text), attributions=(told,)))
    assert claim.attribution == told
