import pytest

from claims.checks.numbers import numbers
from tests.claim_factories import group


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("The bridge repair will cost $84 million in all.", "Repair of the bridge will cost $120 million in all."),
        ("Some 40 anchor bolts are missing.", "Inspectors said 75 anchor bolts are missing."),
        ("44 percent of Norland voters backed the bridge.", "Of Norland voters 51% backed the bridge."),
        ("The council passed the bridge plan 34 to 12.", "The council passed the bridge plan 34-19."),
        ("Dozens of tram drivers were hurt in the crash.", "Nine tram drivers were hurt in the tram crash."),
        ("The lawsuit over the bridge covers 1.5 million drivers.", "The bridge lawsuit covers 1.8 million drivers."),
    ],
)
def test_numbers_for_one_thing_that_cannot_both_be_meant(one: str, two: str) -> None:
    (found,) = numbers(group(one, two))
    assert len({span.of(text) for (_, span), text in zip(found.spans, sorted((one, two)), strict=False)}) == 2


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("The bridge repair will cost $1.2 billion.", "The bridge repair will cost $1,187 million."),
        ("The bridge repair will cost more than $700 million.", "The bridge repair will cost $716 million."),
        ("Dozens of anchor bolts are missing.", "24 anchor bolts are missing."),
        ("About 700 drivers signed the bridge petition.", "The bridge petition was signed by 684 drivers."),
        ("Half a dozen people and 40 drivers were hurt.", "40 drivers were hurt."),
        ("Fifteen of the 19 bridge engineers left.", "Of the bridge engineers 15 left."),
        ("The bridge repair takes 3 years.", "The bridge repair will cost 84 drivers their jobs."),
        ("The bridge has a one in three chance to fail.", "The bridge has a two in three chance to hold."),
        ("The bridge closed in 2014.", "The bridge closed in 2015."),
        ("On the bridge 40 drivers were hurt.", "The tram company employs 900 drivers in the whole of Norland."),
        ("The bridge closed.", "The bridge closed with 40 bolts missing."),
        ("Norland has 300 trams and 40 ferries.", "Norland has 40 ferries and 12 bridges."),
        ("The council voted 34-12 for the bridge.", "For the bridge the council voted 12 to 34."),
    ],
)
def test_rounding_units_bounds_parts_and_other_things_are_no_difference(one: str, two: str) -> None:
    assert list(numbers(group(one, two))) == []
