import pytest

from claims.checks.places import places
from claims.comparison import DifferenceKind
from claims.statements import Claim
from claims.types import Span
from tests.claim_factories import OUTLETS, claim, group


@pytest.mark.parametrize(
    ("one", "two", "shown"),
    [
        (
            "The council held its yearly meeting on the bridge in Norland.",
            "The yearly meeting of the council on the bridge was held in Norwick.",
            {"Norland", "Norwick"},
        ),
        (
            "The engineer had misread the chart of the bridge at the Norland meeting.",
            "The engineer had misread the chart of the bridge at a meeting in Norwick.",
            {"Norland", "Norwick"},
        ),
    ],
)
def test_one_thing_in_two_places(one: str, two: str, shown: set[str]) -> None:
    found = group(one, two)
    texts = {claim.article.version: claim.article.text for claim in found.claims}
    (difference,) = places(found)
    assert difference.kind is DifferenceKind.PLACE
    assert {span.of(texts[version]) for version, span in difference.spans} == shown


@pytest.mark.parametrize(
    ("one", "two"),
    [
        # a town and its country
        (
            "The yearly meeting of the council was held in Lyon.",
            "The yearly meeting of the council was held in France.",
        ),
        # a building and its town
        (
            "The yearly meeting of the council was held at Tidewater Hall.",
            "The yearly meeting of the council was held in Norwick.",
        ),
        # the other text names the place as well
        (
            "The yearly meeting of the council was held in Norland.",
            "The yearly meeting of the council was held in Eastside, the oldest part of Norland.",
        ),
        # something else
        ("The council held its yearly meeting in Norland.", "Trams stood still for a day in Norwick."),
        # a body, no place
        (
            "The yearly vote on the bridge was held in Congress.",
            "The yearly vote on the bridge was held in Norwick.",
        ),
        ("The yearly meeting of the council was held in Norland.", "The yearly meeting of the council was held."),
    ],
)
def test_parts_of_one_place_bodies_and_other_things_are_no_difference(one: str, two: str) -> None:
    assert list(places(group(one, two))) == []


def test_one_word_that_leads_to_two_places_differs_even_where_a_text_names_both() -> None:
    one = claim("Three divers of the harbour board were hurt in Norland on a morning of storm.")
    text = "Three divers of the harbour board were hurt in Norwick in the morning storm. The mayor of Norland wept."
    sentence = Span(0, text.index(" The mayor"))
    whole = claim(text, OUTLETS[1])
    two = Claim(article=whole.article, span=sentence, sentence=sentence, number=0)
    (difference,) = places(group(one, two))
    assert "Norland" in difference.reason
    assert "Norwick" in difference.reason
    other = claim(one.text.replace("were hurt in", "had a house in"))
    assert list(places(group(other, two))) == []
