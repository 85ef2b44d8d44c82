import pytest

from claims.checks.authority import authority
from claims.statements import Claim
from claims.types import Authority
from tests.claim_factories import OUTLETS, claim, group, said

WORDS = "the anchor chains of the bridge rusted through"


def spoken(source: str, by: str, kind: Authority, words: str = WORDS, **fields: str) -> Claim:
    text = f"{source} said {words}."
    return claim(text, by, said=said(text, words, source, "said", authority=kind, **fields))


ENGINEER = spoken("An engineer", OUTLETS[0], Authority.UNNAMED)
BROOK = spoken("Ada Brook", OUTLETS[1], Authority.NAMED, resolved="Ada Brook")
FENN = spoken("Jon Fenn", OUTLETS[2], Authority.NAMED, resolved="Jon Fenn")
OWN = claim("The anchor chains of the bridge rusted through.", OUTLETS[3])


def test_unnamed_beside_named_shows_both_sources() -> None:
    found = group(ENGINEER, BROOK)
    texts = {claim.article.version: claim.article.text for claim in found.claims}
    (difference,) = authority(found)
    assert {span.of(texts[version]) for version, span in difference.spans} == {"An engineer", "Ada Brook"}


def test_unnamed_beside_own_voice_and_two_persons_for_one_saying() -> None:
    assert len(list(authority(group(ENGINEER, OWN)))) == 1
    (difference,) = authority(group(BROOK, FENN))
    assert "Ada Brook" in difference.reason
    assert "Jon Fenn" in difference.reason


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (BROOK, OWN),
        (BROOK, spoken("Brook", OUTLETS[2], Authority.NAMED, resolved="Brook")),
        (BROOK, spoken("The council", OUTLETS[2], Authority.NAMED_GROUP)),
        (ENGINEER, spoken("Ada Brook", OUTLETS[1], Authority.NAMED, "trams of Norland stood still")),
        (spoken("Delta Radio", OUTLETS[0], Authority.OUTLET, outlet="Delta Radio"), claim(OWN.text, "Delta Radio")),
    ],
    ids=["named and own voice", "two forms of a name", "person and group", "another statement", "taken from the other"],
)
def test_no_difference(one: Claim, two: Claim) -> None:
    assert list(authority(group(one, two))) == []


@pytest.mark.parametrize("source", ["A harbour official", "The sources", "Two people briefed on the plan"])
def test_who_is_kept_back_is_unnamed(source: str) -> None:
    assert len(list(authority(group(spoken(source, OUTLETS[0], Authority.UNNAMED_GROUP), BROOK)))) == 1


def test_a_body_whose_name_is_read_as_a_person_is_none() -> None:
    forum = spoken("Norland Forum", OUTLETS[2], Authority.NAMED, resolved="Norland Forum")
    assert list(authority(group(BROOK, forum))) == []


def test_two_persons_who_say_alike_things_at_different_length_are_no_difference() -> None:
    one = "The savings end subsidies to ferry companies and cut waste"
    two = (
        "The council ends subsidies to ferry companies, cuts waste and fraud, lowers the price of tickets for pupils, "
        "pays nurses on the islands and mends the old lighthouse before winter"
    )
    first = claim(
        f"{one}, Ada Brook said.", said=said(f"{one}, Ada Brook said.", one, "Ada Brook", resolved="Ada Brook")
    )
    second = claim(
        f"{two}, Jon Fenn said.", OUTLETS[1], said=said(f"{two}, Jon Fenn said.", two, "Jon Fenn", resolved="Jon Fenn")
    )
    assert list(authority(group(first, second))) == []


@pytest.mark.parametrize("source", ["She", "The scholars", "Fenn's lawyer", "Two of the mayors"])
def test_who_may_be_named_elsewhere_is_no_unnamed_source(source: str) -> None:
    words = "the council opens the Harbour Bridge on Friday"
    she, named = f"{source} said {words}.", f"Ada Brook said {words}."
    first = claim(she, said=said(she, words, source, "said", authority=Authority.UNNAMED))
    second = claim(named, OUTLETS[1], said=said(named, words, "Ada Brook", "said", resolved="Ada Brook"))
    assert list(authority(group(first, second))) == []
