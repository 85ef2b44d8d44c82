import pytest

from claims.checks.certainty import certainty
from tests.claim_factories import group


@pytest.mark.parametrize(
    ("one", "two", "shown"),
    [
        (
            "The council is drawing up plans to drop some tolls on the bridge.",
            "The council asked for a list of tolls that could be dropped.",
            {"drawing up plans to drop", "tolls that could be dropped"},
        ),
        (
            "The council is drawing up plans to drop some tolls on the bridge.",
            "The council is considering whether to ease some tolls on the bridge.",
            {"drawing up plans to drop some tolls", "is considering whether to ease some tolls"},
        ),
        (
            "The council of Norland may close the Harbour Bridge.",
            "The council of Norland closes the Harbour Bridge.",
            {"may close", "closes"},
        ),
        (
            "A delay would stop the ferries and could cost the harbour board two million.",
            "A delay would stop the ferries for some weeks and will cost the harbour board two million.",
            {"could cost", "cost"},
        ),
    ],
)
def test_the_hedge_and_what_it_speaks_of_are_shown(one: str, two: str, shown: set[str]) -> None:
    found = group(one, two)
    texts = {claim.article.version: claim.article.text for claim in found.claims}
    (difference,) = certainty(found)
    assert {span.of(texts[version]) for version, span in difference.spans} == shown


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("The council may close the Harbour Bridge.", "The Harbour Bridge could be closed by the council."),
        ("The council will close the Harbour Bridge.", "The council closes the Harbour Bridge."),
        ("The Harbour Bridge, which may be old, closed on Monday.", "The council closed the Harbour Bridge on Monday."),
        (
            "The chief engineer erred about the bridge, and might have erred about the ferries.",
            "The chief engineer erred about the bridge.",
        ),
        # a thing is neither possible nor stated
        (
            "The council of Norland might have a farmer at its head.",
            "A farmer of Norland leads the council at its head.",
        ),
        # planned, then done: an earlier and a later report
        ("The council is set to close the Harbour Bridge.", "The council closed the Harbour Bridge on Monday."),
        # what the other only names, or wishes
        (
            "The council of Norland may close the Harbour Bridge.",
            "The council of Norland wants to close the Harbour Bridge.",
        ),
        (
            "The council of Norland may close the Harbour Bridge.",
            "The council of Norland spoke of closing the Harbour Bridge.",
        ),
        ("Ada Brook of Norland may resign.", "Ada Brook of Norland likes the bridge of Norland."),
    ],
)
def test_hedges_of_one_rung_mere_future_and_hedges_on_other_words_are_no_difference(one: str, two: str) -> None:
    assert list(certainty(group(one, two))) == []
