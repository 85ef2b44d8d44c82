from datetime import timedelta

import pytest

from claims.checks.days import days
from tests.claim_factories import OUTLETS, WEDNESDAY, claim, group


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (
            "The Harbour Bridge was closed by the council on Monday.",
            "On Tuesday the council closed the Harbour Bridge.",
        ),
        ("Ada Brook has led the bridge office since 2009.", "Since 2011 Ada Brook has led the bridge office."),
        ("Ada Brook led the bridge office from 1967 to 1979.", "From 1966 to 1978 Ada Brook led the bridge office."),
        ("The council votes on the bridge on April 30.", "In mid-May the council votes on the bridge."),
        ("Ada Brook left the bridge office last year.", "Ada Brook left the bridge office earlier this month."),
        # another time that only one gives stands beside
        (
            "The council of Norland on Monday closed the Harbour Bridge, built in 1931.",
            "On Tuesday the council closed the Harbour Bridge.",
        ),
    ],
)
def test_times_for_one_thing_that_cannot_both_be_meant(one: str, two: str) -> None:
    assert len(list(days(group(one, two)))) == 1


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("The council closed the Harbour Bridge on Monday.", "The council closed the Harbour Bridge on March 3."),
        ("The council closed the Harbour Bridge on Monday.", "The council closed the Harbour Bridge this week."),
        ("The council closed the Harbour Bridge on Monday.", "The council closed the Harbour Bridge."),
        ("The council closed the Harbour Bridge on Monday.", "The trams of Norland stood still on Tuesday."),
        ("The council closed the bridge in 2014.", "The council closed the bridge on Tuesday."),
        # the same people on two days
        ("Ada Brook of Norland spoke on Monday.", "On Tuesday Ada Brook of Norland took a tram."),
        # when words go out
        (
            "In an interview to air on Tuesday Brook called the bridge unsafe.",
            "Brook called the bridge unsafe in an interview on Monday.",
        ),
    ],
)
def test_the_same_time_in_other_words_or_for_something_else_is_no_difference(one: str, two: str) -> None:
    assert list(days(group(one, two))) == []


def test_a_weekday_is_read_by_each_articles_own_date_but_never_set_against_itself() -> None:
    early = claim("The council closed the Harbour Bridge on Monday.", published_at=WEDNESDAY)
    late = "The council closed the Harbour Bridge on {}."
    next_week = WEDNESDAY + timedelta(days=7)
    assert len(list(days(group(early, claim(late.format("Tuesday"), OUTLETS[1], published_at=next_week))))) == 1
    assert list(days(group(early, claim(late.format("Monday"), OUTLETS[1], published_at=next_week)))) == []
