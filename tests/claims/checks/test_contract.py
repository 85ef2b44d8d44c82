"""What holds for every check: silent on one outlet, any order, symmetric, evidence in the texts, neutral wording."""

import re
from itertools import permutations

import pytest

from claims.checks import CHECKS, Check, differences
from claims.grouping import Group
from claims.types import Authority, Certainty, Polarity
from tests.claim_factories import OUTLETS, claim, group, said

PLANS = "The council plans to close the Harbour Bridge for 40 days because 12 anchor bolts are missing."
MAY = "The council is considering whether to close the Harbour Bridge for 60 days because 30 anchor bolts are missing."
DENIED = "The mayor denied that the council closes the Harbour Bridge because anchor bolts are missing."
UNNAMED = "An engineer said the Harbour Bridge closes on Monday because anchor bolts are missing."
NAMED = "Ada Brook said the Harbour Bridge closes on Friday because anchor bolts are missing."

GROUPS = {
    "numbers and certainty": group(PLANS, MAY),
    "a denial": group(
        claim(
            DENIED,
            said=said(
                DENIED, DENIED[17:], "The mayor", "denied", certainty=Certainty.DENIED, polarity=Polarity.NEGATED
            ),
        ),
        claim(PLANS, OUTLETS[1]),
        claim(MAY, OUTLETS[2]),
    ),
    "days and authority": group(
        claim(UNNAMED, said=said(UNNAMED, UNNAMED[17:], "An engineer", "said", authority=Authority.UNNAMED)),
        claim(NAMED, OUTLETS[1], said=said(NAMED, NAMED[15:], "Ada Brook", "said", resolved="Ada Brook")),
    ),
    "persons": group(
        "Ruth Brook won the vote for vice chair of the council.",
        "Helen Brook won the vote for vice chair of the council on Monday.",
    ),
    "places": group(
        "The council held its yearly meeting on the bridge in Norland.",
        "The yearly meeting of the council on the bridge was held in Norwick.",
    ),
    "an absence": Group(
        claims=(claim(PLANS), claim(MAY, OUTLETS[1])),
        nearest=(claim("Tram fares rise in Norland.", OUTLETS[2]),),
    ),
}
BANNED = re.compile(
    r"\b(?:false|fake|lie|lied|mislead\w*|debunk\w*|fabricat\w*|misquot\w*|confirm\w*|verif\w*|plagiar\w*|bias\w*|"
    r"propaganda|wrong|error)\b",
    re.IGNORECASE,
)


def test_there_are_checks_and_each_finds_something() -> None:
    assert len(CHECKS) >= 6
    assert all(any(list(check(found)) for found in GROUPS.values()) for check in CHECKS)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_silent_on_one_outlet(check: Check) -> None:
    assert list(check(group(PLANS))) == []
    one = Group(claims=(claim(PLANS, url="https://a.example/1"), claim(MAY, url="https://a.example/2")))
    assert list(check(one)) == []


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
@pytest.mark.parametrize("name", GROUPS)
def test_the_order_of_the_claims_does_not_matter(check: Check, name: str) -> None:
    found = GROUPS[name]
    expected = set(check(found))
    for order in permutations(found.claims):
        assert set(check(Group(claims=order, nearest=found.nearest[::-1]))) == expected


@pytest.mark.parametrize("name", GROUPS)
def test_evidence_lies_in_the_texts_and_reasons_are_neutral_sentences(name: str) -> None:
    found = GROUPS[name]
    articles = {claim.article.version: claim.article for claim in (*found.claims, *found.nearest)}
    every = differences(found)
    assert every
    assert list(every) == sorted(every, key=lambda one: -one.strength)
    for one in every:
        assert 0.0 <= one.strength <= 1.0
        assert one.between[0] < one.between[1]
        for url, (version, span) in zip(one.between, one.spans, strict=True):
            assert articles[version].url == url
            assert span.end <= len(articles[version].text)
            assert articles[version].outlet.name in one.reason
        assert one.reason[0].isupper()
        assert one.reason.endswith(".")
        assert not BANNED.search(one.reason)


def test_equal_words_do_not_differ() -> None:
    assert differences(group(PLANS, PLANS, PLANS)) == ()
