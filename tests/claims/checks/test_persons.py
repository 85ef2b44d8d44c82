import pytest

from claims.checks.persons import persons
from claims.statements import Claim
from claims.types import Span
from tests.claim_factories import OUTLETS, claim, group

FIRST = "Helen T. Sánchez won the vote for vice chair of the harbour caucus."
OTHER = "Ruth Sanchez won the vote for vice chair of the harbour caucus on Monday."


def test_two_given_names_for_one_post_differ() -> None:
    found = group(FIRST, OTHER)
    texts = {one.article.version: one.article.text for one in found.claims}
    (difference,) = persons(found)
    assert {span.of(texts[version]) for version, span in difference.spans} == {"Helen T. Sánchez", "Ruth Sanchez"}


@pytest.mark.parametrize(
    "other",
    [
        OTHER.replace("Ruth", "Helen"),
        OTHER.replace("Ruth Sanchez", "Ms. Sanchez"),
        OTHER.replace("Sanchez", "Brook"),
        OTHER.replace(" on Monday", ", as Helen Sanchez had hoped"),
        "Ruth Sanchez sang.",
    ],
)
def test_one_bearer_or_both_named_or_another_matter_is_no_difference(other: str) -> None:
    assert list(persons(group(FIRST, other))) == []


def test_forms_of_one_given_name_are_no_difference() -> None:
    one = "James Fenn signed the order on the bridge repair."
    two = claim("Jim Fenn signed the order on the bridge repair today.", OUTLETS[1])
    assert list(persons(group(one, two))) == []


def test_two_bearers_of_one_title_differ_even_where_a_text_knows_both() -> None:
    one = "Senator Helen Sánchez opened the bridge of Norland with a speech."
    two = "Sen. Ruth Sanchez opened the bridge of Norland. Helen Sánchez was not there."
    second = claim(two, OUTLETS[1])
    first_sentence = Span(0, two.index(" Helen"))
    told = Claim(article=second.article, span=first_sentence, sentence=first_sentence, number=0)
    (difference,) = persons(group(claim(one), told))
    assert "Ruth Sanchez" in difference.reason
    untitled = claim("Helen Sánchez spoke of the opening of a bridge near a farm.")
    assert list(persons(group(untitled, told))) == []


def test_a_father_and_a_son_in_one_sentence_are_no_difference() -> None:
    one = "Mark Brook, whose young son Luke Brook rang the bell on the harbour bridge, spoke first."
    two = "Luke Brook rang the bell on the harbour bridge, said his father, Mark."
    assert list(persons(group(one, two))) == []
