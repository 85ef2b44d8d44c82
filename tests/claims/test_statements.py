from datetime import UTC, datetime

from claims.statements import Claim, statements
from claims.text import sentences
from claims.types import (
    Article,
    Attribution,
    Authority,
    Certainty,
    OwnVoice,
    OwnVoiceKind,
    Polarity,
    QuotationType,
    Reading,
    Span,
)
from tests.factories import make_article

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
        "any danger",
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
    whole = Reading(sentences=sentences(text), attributions=(attributed(text, "“It is worn out. It will fall,”"),))
    assert [claim.text for claim in claims(make_article(text), whole)] == ["“It is worn out.", "It will fall,”"]


def test_an_empty_text_has_no_claims() -> None:
    assert claims(make_article(""), Reading()) == ()
