import pytest

from claims.checks.denials import denials
from claims.types import Certainty, Polarity
from tests.claim_factories import OUTLETS, claim, group, said

DENIAL = "The mayor denied that the Harbour Bridge was ever unsafe."
STATED = "The Harbour Bridge was unsafe for years, an engineer said."


def test_a_denial_is_shown_from_its_cue_on() -> None:
    denied = said(
        DENIAL,
        "that the Harbour Bridge was ever unsafe",
        "The mayor",
        "denied",
        certainty=Certainty.DENIED,
        polarity=Polarity.NEGATED,
    )
    found = group(claim(DENIAL, said=denied), claim(STATED, OUTLETS[1]))
    texts = {claim.article.version: claim.article.text for claim in found.claims}
    (difference,) = denials(found)
    assert {span.of(texts[version]) for version, span in difference.spans} == {
        "denied that the Harbour Bridge was ever unsafe",
        STATED,
    }


def test_two_denials_do_not_differ() -> None:
    assert list(denials(group(DENIAL, DENIAL.replace("mayor", "council")))) == []


def test_a_denial_beside_a_statement_that_it_is_not_so_is_no_difference() -> None:
    words = "that the Harbour Bridge was ever unsafe"
    denied = said(DENIAL, words, "The mayor", "denied", certainty=Certainty.DENIED, polarity=Polarity.NEGATED)
    agreeing = claim("The Harbour Bridge was never unsafe.", OUTLETS[1])
    assert list(denials(group(claim(DENIAL, said=denied), agreeing))) == []


@pytest.mark.parametrize(
    ("other", "differs"),
    [
        ("The anchor chain, which broke in May, is not yet replaced.", True),
        ("The anchor chain, which never broke in May, is old.", False),
    ],
)
def test_a_negation_of_something_else_hides_no_denial(other: str, differs: bool) -> None:
    text = "The mayor denied that the anchor chain broke in May."
    words = "that the anchor chain broke in May"
    denied = said(text, words, "The mayor", "denied", certainty=Certainty.DENIED, polarity=Polarity.NEGATED)
    assert bool(list(denials(group(claim(text, said=denied), claim(other, OUTLETS[1]))))) is differs


@pytest.mark.parametrize(
    ("one", "two", "shown"),
    [
        (
            "The inspected anchor chains were not rusty at all.",
            "The inspected anchor chains were rusty all over.",
            {"not rusty", "rusty"},
        ),
        ("The chains were not rusty, and not old.", "The chains were rusty and old.", {"not rusty", "rusty"}),
        # another negation, on another word, in both
        (
            "The harbour board has not closed the toll office, which never opened on Sundays.",
            "The harbour board has closed the toll office that never opened on Sundays.",
            {"not closed", "closed"},
        ),
        (
            "Brook will not repay the 4,000 crowns to the city treasury.",
            "Brook promised to repay the 4,000 crowns of the city.",
            {"not repay", "repay"},
        ),
    ],
)
def test_the_same_words_with_and_without_a_negation(one: str, two: str, shown: set[str]) -> None:
    found = group(one, two)
    texts = {claim.article.version: claim.article.text for claim in found.claims}
    (difference,) = denials(found)
    assert {span.of(texts[version]) for version, span in difference.spans} == shown


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("No anchor chain held the bridge.", "The bridge had anchor chains and a toll office near the harbour."),
        # not that it was offered is negated, but what
        (
            "The harbour board did not offer Brook a full-time paid position.",
            "The harbour board offered Brook a position on an advisory panel.",
        ),
        # taken back, left open or narrowed in other words
        ("The council did not close the toll office.", "The council failed to close the toll office."),
        ("The council did not close the toll office.", "It is open whether the council will close the toll office."),
        ("The council is not interested in the toll office.", "The council is interested only in the toll office."),
        (
            "The council never offered Brook the harbour post.",
            "That the council offered Brook the harbour post was never the case.",
        ),
        # the verb says too little by itself
        ("The council will not take up the bridge bill this year.", "The bridge bill goes to the council this year."),
        ("The lone “no” vote on the bridge was Ada Brook.", "Ada Brook was the lone opposing vote on the bridge."),
    ],
)
def test_a_negation_in_other_words_is_no_denial(one: str, two: str) -> None:
    assert list(denials(group(one, two))) == []


def test_a_denial_of_something_else_about_the_same_people_is_no_difference() -> None:
    text = "The mayor of Norland denied that Brannoc Ferries may come back."
    words = "that Brannoc Ferries may come back"
    denied = said(text, words, "The mayor of Norland", "denied", certainty=Certainty.DENIED, polarity=Polarity.NEGATED)
    other = claim("Brannoc Ferries owes Norland 38 million crowns.", OUTLETS[1])
    assert list(denials(group(claim(text, said=denied), other))) == []


def test_what_is_refused_to_somebody_is_no_denial() -> None:
    refused = claim("The bakery denied the couple a wedding cake in Norland.")
    assert refused.certainty is Certainty.STATED
    other = claim("The bakery baked the couple a wedding cake in Norland, and the mayor ate of it.", OUTLETS[1])
    assert list(denials(group(refused, other))) == []
