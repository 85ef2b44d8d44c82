from collections.abc import Mapping, Sequence
from itertools import permutations
from random import Random

import pytest

from claims.matching import Step, Stories

Pairs = Mapping[frozenset[str], float]


def pairs(**likenesses: float) -> Pairs:
    """``ab=0.5``: how alike the articles a and b are."""
    return {frozenset(names): score for names, score in likenesses.items()}


def arrive(order: Sequence[str], alike: Pairs) -> tuple[list[set[str]], list[Step]]:
    """The stories after the articles came in that order, and what each did when it came."""
    stories, steps, here = Stories(), [], list[str]()
    for name in order:
        near = {other: alike[pair] for other in here if (pair := frozenset((name, other))) in alike}
        steps.append(stories.add(name, near).step)
        here.append(name)
    return [set(story) for story in stories.all()], steps


def test_an_article_opens_a_story_joins_one_or_brings_two_together() -> None:
    alike = pairs(ac=0.5, bc=0.5, ab=0.2)
    assert arrive("ab", pairs()) == ([{"a"}, {"b"}], [Step.OPENS, Step.OPENS])
    assert arrive("ac", alike) == ([{"a", "c"}], [Step.OPENS, Step.JOINS])
    apart = pairs(ab=0.03, ac=0.5, bc=0.5)
    assert arrive("abc", apart) == ([{"a", "b", "c"}], [Step.OPENS, Step.OPENS, Step.MERGES])


def test_the_arrival_names_the_whole_story() -> None:
    stories = Stories()
    stories.add("a", {})
    assert stories.add("b", {"a": 0.5}).story == {"a", "b"}


def test_a_chain_of_likes_is_no_story_where_its_ends_have_nothing_in_common() -> None:
    alike = pairs(ab=0.6, bc=0.25, cd=0.6)
    assert arrive("abcd", alike)[0] == [{"a", "b"}, {"c", "d"}]


def test_near_to_one_of_a_story_is_not_near_to_the_story() -> None:
    assert arrive("bc", pairs(bc=0.2))[0] == [{"b", "c"}]
    assert arrive("abc", pairs(ab=0.6, bc=0.2, ac=0.12))[0] == [{"a", "b"}, {"c"}]


def test_a_theme_that_all_write_of_asks_for_more() -> None:
    lone = pairs(ab=0.2)
    crowd = pairs(ab=0.2, ac=0.2, ad=0.2, ae=0.2, bf=0.2, bg=0.2, bh=0.2)
    assert arrive("ab", lone)[0] == [{"a", "b"}]
    assert {"a", "b"} not in arrive("abcdefgh", crowd)[0]


def test_any_order_of_arrival_gives_the_same_stories() -> None:
    chance = Random(7)
    names = "abcdefghijklmnopqrst"
    events = {name: n // 3 for n, name in enumerate(names)}
    drawn = {
        frozenset((one, two)): chance.uniform(0.15, 0.6) if events[one] == events[two] else chance.uniform(0.0, 0.35)
        for one in names
        for two in names
        if one < two
    }
    alike = {pair: score for pair, score in drawn.items() if score >= 0.1}
    expected = arrive(names, alike)[0]
    assert 1 < len(expected) < len(names)
    for _ in range(60):
        assert arrive(chance.sample(names, len(names)), alike)[0] == expected


def test_a_later_article_can_draw_one_away_whatever_came_first() -> None:
    alike = pairs(ab=0.25, bc=0.6, bd=0.6, cd=0.6)
    results = [arrive(order, alike)[0] for order in permutations("abcd")]
    assert arrive("ab", alike)[0] == [{"a", "b"}]
    assert all(result == [{"a"}, {"b", "c", "d"}] for result in results)


def test_an_arrival_that_joins_others_can_still_part_two() -> None:
    alike = pairs(ab=0.105, bx=0.3, px=0.6, qx=0.6, rx=0.6, pq=0.6, pr=0.6, qr=0.6)
    assert arrive("ab", alike)[0] == [{"a", "b"}]
    for order in ("abpqrx", "xrqpba", "pqabxr"):
        assert arrive(order, alike)[0] == [{"a"}, {"b"}, {"p", "q", "r", "x"}]


def test_an_article_comes_once_and_knows_only_earlier_ones() -> None:
    stories = Stories()
    stories.add("a", {})
    with pytest.raises(ValueError, match="already"):
        stories.add("a", {})
    with pytest.raises(KeyError):
        stories.add("b", {"unknown": 0.4})
    assert stories.all() == [{"a"}]
