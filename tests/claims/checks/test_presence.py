from claims.checks.presence import presence
from claims.grouping import Group
from tests.claim_factories import OUTLETS, claim

CLOSED = claim("The council closed the Harbour Bridge on Monday.")
SHUT = claim("On Monday the Harbour Bridge was shut by the council of Norland.", OUTLETS[1])
COPY = claim(CLOSED.text, OUTLETS[1])
NEAREST = claim("Trams of Norland stood still.", OUTLETS[2])


def test_an_outlet_without_what_two_others_have_is_shown_with_its_nearest_words() -> None:
    (difference,) = presence(Group(claims=(CLOSED, SHUT), nearest=(NEAREST,)))
    assert NEAREST.text in difference.reason
    assert (NEAREST.article.version, NEAREST.span) in difference.spans
    assert (SHUT.article.version, SHUT.span) in difference.spans


def test_a_copy_is_no_second_wording_and_nobody_misses_what_one_has() -> None:
    assert list(presence(Group(claims=(CLOSED, COPY), nearest=(NEAREST,)))) == []
    assert list(presence(Group(claims=(CLOSED,), nearest=(NEAREST,)))) == []
    assert list(presence(Group(claims=(CLOSED, SHUT)))) == []
