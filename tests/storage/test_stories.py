"""Stories in the store: what an arrival does, numbers that stay good, and what admins set right."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import timedelta
from random import Random

import pytest

from claims.comparison import Comparison, Origins
from claims.matching import Step
from claims.types import Article, Held
from storage import stories as module
from storage.audit import By
from storage.store import Store, open_store
from tests.factories import NOON, make_article

BY = By(7, NOON)
Pairs = Mapping[frozenset[str], float]


def article(name: str, **fields: object) -> Article:
    return make_article(
        f"What {name} tells of it.", outlet=f"Outlet {name}", url=url(name), title=f"Headline {name}", **fields
    )


def plain_comparison(*articles: Article) -> Comparison:
    return Comparison(
        articles=articles, rows=(), quotations=(), own_voice=(), edges=(), origins=Origins(at_least=1, at_most=1)
    )


def url(name: str) -> str:
    return f"https://www.outlet{name}.example/news/{name}"


def pairs(**likenesses: float) -> Pairs:
    return {frozenset(names): score for names, score in likenesses.items()}


async def arrive(store: Store, order: Sequence[str], alike: Pairs) -> list[Step]:
    """The articles come in that order and are placed; what each did."""
    steps = []
    for n, name in enumerate(order):
        await store.save_article(article(name), fetched_at=NOON + timedelta(minutes=n))
        near = {url(other): alike[pair] for other in order[:n] if (pair := frozenset((name, other))) in alike}
        placed = await store.stories.place(url(name), near, at=NOON)
        assert placed is not None
        steps.append(placed.step)
    return steps


async def told(store: Store, names: Sequence[str]) -> list[set[str]]:
    """Which of the articles are one story."""
    found: dict[int | None, set[str]] = {}
    for name in names:
        found.setdefault(await store.stories.story_of(url(name)), set()).add(name)
    return sorted(found.values(), key=min)


async def number(store: Store, name: str) -> int:
    story = await store.stories.story_of(url(name))
    assert story is not None
    return story


async def test_an_article_waits_until_it_is_placed(store: Store) -> None:
    await store.save_article(article("a"), fetched_at=NOON)
    assert [one.url for one in await store.stories.waiting(limit=9)] == [url("a")]
    placed = await store.stories.place(url("a"), {}, at=NOON)
    assert placed is not None and placed.step is Step.OPENS
    assert await store.stories.waiting(limit=9) == []
    await store.save_article(article("a"), fetched_at=NOON + timedelta(hours=1))  # as it was
    assert await store.stories.waiting(limit=9) == []
    changed = make_article("Told anew.", outlet="Outlet a", url=url("a"), title="Headline a")
    await store.save_article(changed, fetched_at=NOON + timedelta(hours=2))
    assert await store.stories.waiting(limit=9) == [changed]


async def test_what_a_reader_brought_is_not_placed(store: Store) -> None:
    await store.save_article(article("a", held=Held.READER_COPY), fetched_at=NOON)
    assert await store.stories.waiting(limit=9) == []
    assert await store.stories.place(url("a"), {}, at=NOON) is None


async def test_an_article_opens_joins_and_merges(store: Store) -> None:
    steps = await arrive(store, "abc", pairs(ab=0.03, ac=0.5, bc=0.5))
    assert steps == [Step.OPENS, Step.OPENS, Step.MERGES]
    assert await told(store, "abc") == [{"a", "b", "c"}]
    assert {one.url for one in await store.stories.members(await number(store, "a"))} == {*map(url, "abc")}


async def test_numbers_stay_good_with_the_answers_behind_them(store: Store) -> None:
    await arrive(store, "ab", pairs())
    first, second = await number(store, "a"), await number(store, "b")
    answer = await store.save_comparison(url("b"), plain_comparison(article("b")), made_at=NOON)
    await arrive(store, "cab", pairs(ac=0.5, bc=0.5))  # a and b are placed again, beside c
    assert await number(store, "a") == await number(store, "b") == first
    assert await store.stories.current(second) == first
    assert {one.url for one in await store.stories.members(second)} == {*map(url, "abc")}
    assert await store.comparison(answer) is not None
    assert await store.stories.current(999) is None


async def test_a_story_that_parts_keeps_its_number_for_the_greater_part(store: Store) -> None:
    alike = pairs(ab=0.25, bc=0.6, bd=0.6, cd=0.6)
    await arrive(store, "ab", alike)
    begun = await number(store, "a")
    await arrive(store, "abcd", alike)
    assert await told(store, "abcd") == [{"a"}, {"b", "c", "d"}]
    assert begun in {await number(store, "a"), await number(store, "b")}


async def test_any_order_gives_the_same_stories(store: Store) -> None:
    alike = pairs(ab=0.105, bx=0.3, px=0.6, qx=0.6, rx=0.6, pq=0.6, pr=0.6, qr=0.6, cd=0.4)
    for order in ("abcdpqrx", "xrqpdcba", "pqabxcrd"):
        await arrive(store, order, alike)
        assert await told(store, "abcdpqrx") == [{"a"}, {"b"}, {"c", "d"}, {"p", "q", "r", "x"}]


async def test_where_too_much_hangs_together_an_arrival_chooses_among_the_stories_as_they_are(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    alike = pairs(ab=0.25, bc=0.6, bd=0.6, cd=0.6)
    monkeypatch.setattr(module, "REGION_MAX", 1)
    await arrive(store, "abcd", alike)
    assert await told(store, "abcd") == [{"a", "b", "c", "d"}]
    monkeypatch.undo()
    await arrive(store, "abcd", alike)
    assert await told(store, "abcd") == [{"a"}, {"b", "c", "d"}]


async def test_what_an_admin_joins_stays_joined(store: Store) -> None:
    await arrive(store, "abc", pairs(ab=0.5))
    first, other = await number(store, "a"), await number(store, "c")
    assert await store.stories.merge(first, other, by=BY) == first
    assert await store.stories.current(other) == first
    assert await told(store, "abc") == [{"a", "b", "c"}]
    await arrive(store, "abcde", pairs(ab=0.5, de=0.6))
    assert await told(store, "abcde") == [{"a", "b", "c"}, {"d", "e"}]
    assert [(act.act, act.what, act.before) for act in await store.audit.acts(limit=9)] == [
        ("stories.merge", str(first), str(other))
    ]


async def test_what_an_admin_parts_stays_apart_until_joined_again(store: Store) -> None:
    alike = pairs(ab=0.5, ac=0.5, bc=0.5, cd=0.5, ad=0.5)
    await arrive(store, "abc", alike)
    story = await number(store, "a")
    parted = await store.stories.split(story, [url("c")], by=BY)
    assert parted is not None and parted != story
    await arrive(store, "bcad", alike)
    assert await told(store, "abc") == [{"a", "b"}, {"c"}]
    assert (await number(store, "a"), await number(store, "c")) == (story, parted)
    assert await store.stories.merge(parted, story, by=BY) == parted
    await arrive(store, "abcd", alike)
    assert await told(store, "abcd") == [{"a", "b", "c", "d"}]


async def test_what_cannot_be_parted_or_joined_is_told(store: Store) -> None:
    await arrive(store, "ab", pairs(ab=0.5))
    story = await number(store, "a")
    assert await store.stories.split(story, [url("a"), url("b")], by=BY) is None
    assert await store.stories.split(story, [url("far")], by=BY) is None
    assert await store.stories.split(999, [url("a")], by=BY) is None
    assert await store.stories.merge(story, 999, by=BY) is None
    assert await store.stories.hide(999, by=BY) is False
    assert await store.audit.acts(limit=9) == []


async def test_a_hidden_story_stays_hidden_with_what_joins_it(store: Store) -> None:
    alike = pairs(ab=0.5, ac=0.5, bc=0.5)
    await arrive(store, "ab", alike)
    assert len(await store.stories.recent(limit=9)) == 1
    assert await store.stories.hide(await number(store, "a"), by=BY)
    await arrive(store, "abc", alike)
    assert await store.stories.recent(limit=9) == []
    assert [(one.articles, one.outlets) for one in await store.stories.recent(limit=9, hidden=True)] == [(3, 3)]
    assert await store.stories.hide(await number(store, "c"), hidden=False, by=BY)
    assert len(await store.stories.recent(limit=9)) == 1


async def test_an_answer_gives_its_articles_a_story_until_they_are_placed(store: Store) -> None:
    await arrive(store, "ab", pairs())
    await store.save_comparison(url("a"), plain_comparison(article("a"), article("b"), article("c")), made_at=NOON)
    assert await told(store, "abc") == [{"a", "c"}, {"b"}]
    await arrive(store, "c", pairs())
    assert await told(store, "abc") == [{"a"}, {"b"}, {"c"}]


async def test_what_an_old_article_is_like_is_forgotten_but_not_its_story(store: Store) -> None:
    await arrive(store, "ab", pairs(ab=0.5))
    assert list(await store.stories.alike(url("a"))) == [url("b")]
    assert await store.stories.forget_likes(before=NOON + timedelta(seconds=1)) == 1
    assert list(await store.stories.alike(url("a"))) == []
    assert await told(store, "ab") == [{"a", "b"}]


async def test_two_processes_open_one_story(store_url: str) -> None:
    chance = Random(5)
    names = chance.sample("abcdefgh", 8)
    async with open_store(store_url) as one, open_store(store_url) as two:
        for n, name in enumerate(names):
            await one.save_article(article(name), fetched_at=NOON + timedelta(minutes=n))
        await asyncio.gather(
            *(
                (one, two)[n % 2].stories.place(url(name), {url(other): 0.5 for other in names}, at=NOON)
                for n, name in enumerate(names)
            )
        )
        assert await told(one, names) == [set(names)]
        assert len(await one.stories.recent(limit=9)) == 1
