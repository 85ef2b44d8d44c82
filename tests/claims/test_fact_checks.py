from dataclasses import replace
from datetime import timedelta
from itertools import permutations

from claims.comparison import FactCheck
from claims.fact_checks import SHOWN_MAX, on_story
from claims.types import Story
from tests.factories import NOON, make_article

STORY = Story(
    lead=make_article("The council of Northfield voted to pause the tram extension. Costs rose.", title="Tram paused"),
    others=(make_article("Northfield has not scrapped its tram, the mayor said.", outlet="Delta Radio"),),
)
CHECK = FactCheck(
    publisher="Ellery Check",
    url="https://check.example/tram",
    reviewed_at=NOON,
    claim="Northfield scrapped its tram for good",
    rating="Misleading",
)


def test_a_fact_check_is_on_a_story_that_has_most_of_its_claims_words() -> None:
    bridge = replace(CHECK, claim="Northfield bridge repair cost 40 million pounds", url="https://check.example/b")
    short = replace(CHECK, claim="Northfield tram", url="https://check.example/c")
    assert on_story(STORY, [bridge, CHECK, short]) == (CHECK,)


def test_the_newest_come_first_each_page_once_and_in_any_order_the_same() -> None:
    dated = [replace(CHECK, url=f"{CHECK.url}/{n}", reviewed_at=NOON - timedelta(days=n)) for n in range(SHOWN_MAX)]
    undated = replace(CHECK, reviewed_at=None)
    for order in permutations([*dated, undated]):
        assert on_story(STORY, [*order, *order]) == tuple(dated)
