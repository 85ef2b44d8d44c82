"""What articles mean: worked out once, kept, and done without where there is no model."""

from collections.abc import AsyncIterator
from dataclasses import replace
from math import sqrt
from pathlib import Path

import pytest

from claims.matching.likeness import gist
from claims.matching.meaning import Loaded, Model, load
from newsroom.matching import Matcher
from newsroom.meaning import Meanings
from storage.store import Store, open_store
from tests.factories import NOON, make_article

FIRE = make_article(
    "Firefighters fought through the night to contain the blaze that swept a warehouse in the harbour of Norland. "
    "Two crew members were hurt, the brigade said.",
    title="Warehouse burns in Norland harbour",
)
SAME = make_article(
    "Flames destroyed a warehouse near the docks of Norland before dawn. A pair of rescuers suffered injuries.",
    outlet="Delta Radio",
    title="Inferno guts dockside depot",
)
OTHER = make_article(
    "The council of Norland wants to build new tram lines near the harbour, the mayor said. Two routes are planned.",
    outlet="Evening Globe",
    title="New trams planned for Norland",
)


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    found = load()
    if found.model is None:
        pytest.skip(found.state)
    return found


@pytest.fixture
async def store(store_url: str) -> AsyncIterator[Store]:
    async with open_store(store_url) as opened:
        yield opened


async def test_a_meaning_is_worked_out_once_and_the_same_for_whoever_asks(store: Store, loaded: Loaded) -> None:
    assert isinstance(loaded.model, Model)
    await store.save_article(FIRE, fetched_at=NOON)
    meanings = Meanings(store, lambda: loaded)
    first = await meanings.of([FIRE])
    exact = loaded.model.vector(gist(FIRE))
    assert sum(a * b for a, b in zip(exact, first[FIRE.version], strict=True)) > 0.99
    loaded.model.vector.cache_clear()
    assert await Meanings(store, lambda: loaded).of([FIRE]) == first
    known = await meanings.known([FIRE])
    assert known is not None
    assert known.vector(gist(FIRE)) == first[FIRE.version]
    assert loaded.model.vector.cache_info().misses == 0
    assert known.vector(gist(SAME)) == loaded.model.vector(gist(SAME))


async def test_what_is_in_another_language_has_no_meaning_and_what_is_not_kept_has_one(
    store: Store, loaded: Loaded
) -> None:
    german = replace(OTHER, language="de")
    found = await Meanings(store, lambda: loaded).of([german, SAME])
    assert list(found) == [SAME.version]
    assert sqrt(sum(x * x for x in found[SAME.version])) == pytest.approx(1.0, abs=1e-4)
    assert await store.vectors.held([SAME.version]) == {}


async def test_stories_are_matched_by_meaning_and_without_a_model_by_words(
    store: Store, loaded: Loaded, tmp_path: Path
) -> None:
    for article in (FIRE, SAME, OTHER):
        await store.save_article(article, fetched_at=NOON)
    by_words = Matcher(store=store, now=lambda: NOON, meanings=Meanings(store, lambda: load(tmp_path)))
    for article in (FIRE, SAME, OTHER):
        await by_words.place(article)
    first = dict(await store.stories.alike(FIRE.url))
    assert await store.vectors.held([FIRE.version]) == {}
    matcher = Matcher(store=store, now=lambda: NOON, meanings=Meanings(store, lambda: loaded))
    for article in (SAME, OTHER, FIRE):
        await matcher.place(article)
    second = await store.stories.alike(FIRE.url)
    assert second[SAME.url] > first[SAME.url]
    assert second[OTHER.url] < first[OTHER.url]
    assert await store.stories.story_of(FIRE.url) == await store.stories.story_of(SAME.url)
    assert await store.stories.story_of(FIRE.url) != await store.stories.story_of(OTHER.url)
