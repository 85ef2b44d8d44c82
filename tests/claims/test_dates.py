from datetime import date

import pytest

from claims.dates import times

WEDNESDAY = date(2013, 1, 30)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("he said on Monday", date(2013, 1, 28), date(2013, 1, 28)),
        ("a vote is expected on Friday", date(2013, 2, 1), date(2013, 2, 1)),
        ("a vote is expected, he said Friday", date(2013, 1, 25), date(2013, 1, 25)),
        ("last Wednesday", date(2013, 1, 23), date(2013, 1, 23)),
        ("on Wednesday", WEDNESDAY, WEDNESDAY),
        ("yesterday", date(2013, 1, 29), date(2013, 1, 29)),
        ("on March 3", date(2013, 3, 3), date(2013, 3, 3)),
        ("on December 20", date(2012, 12, 20), date(2012, 12, 20)),
        ("on 3 May 2020", date(2020, 5, 3), date(2020, 5, 3)),
        ("in mid-May", date(2013, 5, 9), date(2013, 5, 22)),
        ("in February 2012", date(2012, 2, 1), date(2012, 2, 29)),
        ("since 2009", date(2009, 1, 1), date(2009, 12, 31)),
        ("last week", date(2013, 1, 21), date(2013, 1, 27)),
        ("over the weekend", date(2013, 1, 25), date(2013, 1, 27)),
        ("earlier this month", date(2013, 1, 1), WEDNESDAY),
        ("last month", date(2012, 12, 1), date(2012, 12, 31)),
        ("last summer", date(2012, 6, 1), date(2012, 8, 31)),
        ("three days ago", date(2013, 1, 27), date(2013, 1, 27)),
        ("on 2012-11-06", date(2012, 11, 6), date(2012, 11, 6)),
    ],
)
def test_resolved_by_the_articles_date(text: str, first: date, last: date) -> None:
    (found,) = times(text, WEDNESDAY)
    assert (found.first, found.last) == (first, last)
    assert found.span.of(text) == found.text


@pytest.mark.parametrize("text", ["It may rain", "May he rest", "on February 30", "in 2000 votes", ""])
def test_what_is_no_time(text: str) -> None:
    assert times(text, WEDNESDAY) == ()


def test_without_a_date_only_what_stands_alone_is_resolved() -> None:
    assert [when.text for when in times("on Monday, last week, since 2009 and on 3 May 2020", None)] == [
        "2009",
        "3 May 2020",
    ]
