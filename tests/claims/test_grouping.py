from itertools import permutations

import pytest

from claims.grouping import Group, group
from claims.statements import Claim, statements
from claims.text import sentences
from claims.types import Article, Certainty, Reading
from tests.claim_factories import OUTLETS, claim, said
from tests.factories import make_article

COURIER = (
    "The council of Norland closed the Harbour Bridge on Monday because 40 anchor bolts are missing. "
    "Ada Brook, the chief engineer, found rust in the anchor chains. "
    "Ferries carry commuters across the harbour free of charge."
)
RADIO = (
    "Forty of the anchor bolts being gone, Norland’s council on Monday shut the Harbour Bridge, where 40 anchor bolts "
    "are missing. Rust in the anchor chains was found by chief engineer Ada Brook. The mayor sang at a school fair."
)
GLOBE = "Commuters cross the harbour on ferries free of charge. Nobody knows what the repair will cost."


def claims_of(text: str, outlet: str) -> tuple[Claim, ...]:
    article = make_article(text, outlet=outlet)
    return statements(article, Reading(sentences=sentences(text)))


STORY = (*claims_of(COURIER, OUTLETS[0]), *claims_of(RADIO, OUTLETS[1]), *claims_of(GLOBE, OUTLETS[2]))


def outlets(found: Group) -> list[str]:
    return [claim.article.outlet.name for claim in found.claims]


def test_statements_of_one_fact_are_together_and_all_others_alone() -> None:
    found = group(STORY)
    together = {tuple(sorted(outlets(one))) for one in found if len(one.claims) > 1}
    assert together == {tuple(sorted(OUTLETS[:2])), tuple(sorted((OUTLETS[0], OUTLETS[2])))}
    assert sum(len(one.claims) for one in found) == len(STORY)
    assert len(found) == len(STORY) - 3


@pytest.mark.parametrize("order", list(permutations(range(len(STORY))))[::4999])
def test_any_order_gives_the_same_groups(order: tuple[int, ...]) -> None:
    assert group(STORY[n] for n in order) == group(STORY)


def test_at_most_one_statement_of_an_outlet_and_its_repetition_is_left_out() -> None:
    twice = claims_of(f"{COURIER} The council of Norland closed the Harbour Bridge on Monday.", OUTLETS[0])
    found = group((*twice, *STORY[3:]))
    assert all(len(set(outlets(one))) == len(one.claims) for one in found)
    assert sum("closed the Harbour Bridge" in claim.text for one in found for claim in one.claims) == 1


def test_the_nearest_statement_is_given_only_for_an_outlet_that_surely_has_no_such() -> None:
    rust = next(one for one in group(STORY) if any("rust" in claim.text for claim in one.claims))
    assert [claim.article.outlet.name for claim in rust.nearest] == [OUTLETS[2]]
    near = claim("Engineers of Norland found the anchor of a ship in the harbour.", OUTLETS[3])
    rust = next(one for one in group((*STORY, near)) if any("rust" in claim.text for claim in one.claims))
    assert [claim.article.outlet.name for claim in rust.nearest] == [OUTLETS[2]]
    alone = next(one for one in group(STORY) if any("sang" in claim.text for claim in one.claims))
    assert alone.nearest == ()


def test_a_denial_joins_the_statement_that_it_denies() -> None:
    text = "Jon Fenn denied that the anchor chains were rusty."
    words = "that the anchor chains were rusty"
    denied = claim(text, OUTLETS[3], said=said(text, words, "Jon Fenn", "denied", certainty=Certainty.DENIED))
    found = group((*STORY, denied))
    joined = next(one for one in found if denied in one.claims)
    assert any("rust in the anchor chains" in claim.text for claim in joined.claims)


def test_a_bare_denial_joins_nothing() -> None:
    text = "Jon Fenn denied the rust and the allegations."
    words = "the rust and the allegations"
    bare = claim(text, OUTLETS[3], said=said(text, words, "Jon Fenn", "denied", certainty=Certainty.DENIED))
    assert [len(one.claims) for one in group((*STORY, bare)) if bare in one.claims] == [1]


def test_two_stories_of_one_sentence_each_need_more_than_a_shared_name() -> None:
    pair = (
        claim("Ada Brook opened the school fair in Norland.", OUTLETS[0]),
        claim("Ada Brook found rust in the bridge of Norland.", OUTLETS[1]),
    )
    assert all(len(one.claims) == 1 for one in group(pair))


def test_nothing_gives_nothing() -> None:
    assert group(()) == ()
    empty: Article = make_article("")
    assert group(statements(empty, Reading())) == ()


def test_a_row_needs_more_than_names_and_one_word() -> None:
    pair = (
        claim("Ada Brook of the Norland Harbour Board opened the Anchor Yard fair.", OUTLETS[0]),
        claim("Ada Brook of the Norland Harbour Board closed the Anchor Yard gates before the fair.", OUTLETS[1]),
    )
    assert all(len(one.claims) == 1 for one in group(pair))
