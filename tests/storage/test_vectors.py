"""Vectors: the nearest of a window, on both databases and with pgvector, and that a vector goes with its entry."""

from collections.abc import Iterator
from datetime import timedelta

import numpy as np
import psycopg
import pytest
from numpy.typing import NDArray
from sqlalchemy import func, select

from claims.types import Article, Held, SearchTerms
from storage.index_tables import vectors
from storage.store import Store, open_store
from storage.vectors import DIMENSIONS
from tests.conftest import missing
from tests.databases import _embedded_server
from tests.factories import NOON, make_article

DAY = timedelta(days=1)
Vector = NDArray[np.float32]


def directions(count: int, *, seed: int = 3) -> Vector:
    drawn = np.random.default_rng(seed).standard_normal((count, DIMENSIONS))
    unit: Vector = (drawn / np.linalg.norm(drawn, axis=1, keepdims=True)).astype(np.float32)
    return unit


def between(one: Vector, other: Vector, part: float) -> Vector:
    """A vector on the way from one to the other."""
    mixed: Vector = (1 - part) * one + part * other
    return mixed


def about(n: int) -> Article:
    return make_article(f"piece {n}", title="", url=f"https://a.example/{n}", published_at=NOON + n * DAY)


async def keep_all(store: Store, meant: Vector) -> list[Article]:
    articles = [about(n) for n in range(len(meant))]
    await store.save_articles(articles, fetched_at=NOON)
    told = {article.version: vector.tolist() for article, vector in zip(articles, meant, strict=True)}
    assert await store.vectors.keep_several(told) == len(articles)
    return articles


async def nearest(store: Store, vector: Vector, **window: object) -> list[str]:
    given = {"since": None, "until": None, "limit": 10} | window
    return [version for version, _ in await store.vectors.nearest(vector.tolist(), **given)]  # type: ignore[arg-type]


async def test_the_nearest_come_first_with_their_cosine(store: Store) -> None:
    one, other = directions(2)
    articles = await keep_all(store, np.stack([between(one, other, part) for part in (0.4, 0.0, 0.2)]))
    found = await store.vectors.nearest(one.tolist(), since=None, until=None, limit=2)
    assert [version for version, _ in found] == [articles[1].version, articles[2].version]
    wanted = [one @ one, one @ between(one, other, 0.2) / np.linalg.norm(between(one, other, 0.2))]
    assert [cosine for _, cosine in found] == pytest.approx(wanted, abs=0.01)


async def test_the_window_is_kept(store: Store) -> None:
    articles = await keep_all(store, directions(6))
    asked = directions(6)[0]
    assert set(await nearest(store, asked, since=NOON + DAY, until=NOON + 3 * DAY)) == {
        article.version for article in articles[1:4]
    }
    assert set(await nearest(store, asked, since=NOON + 4 * DAY)) == {article.version for article in articles[4:]}
    assert set(await nearest(store, asked, until=NOON)) == {articles[0].version}


async def test_what_is_kept_after_a_search_is_found_by_the_next_also_by_another_process(
    store: Store, store_url: str
) -> None:
    meant = directions(3)
    async with open_store(store_url) as another:
        for n, vector in enumerate(meant):
            article = about(n)
            await another.save_article(article, fetched_at=NOON)
            await another.vectors.keep(article.version, vector.tolist())
            assert (await nearest(store, vector))[0] == article.version
            assert len(await nearest(store, vector)) == n + 1


async def test_a_vector_that_is_kept_again_counts_as_it_is_now(store: Store) -> None:
    old, new = directions(2)
    (article,) = await keep_all(store, old[None])
    assert await store.vectors.keep(article.version, new.tolist())
    ((version, cosine),) = await store.vectors.nearest(new.tolist(), since=None, until=None, limit=5)
    assert (version, round(cosine, 1)) == (article.version, 1.0)


async def test_only_what_search_finds_can_have_a_vector(store: Store) -> None:
    pasted = make_article("the bridge sang", held=Held.READER_COPY)
    await store.save_article(pasted, fetched_at=NOON)
    assert not await store.vectors.keep(pasted.version, directions(1)[0].tolist())
    assert not await store.vectors.keep("0" * 16, directions(1)[0].tolist())


async def test_a_vector_goes_with_its_entry(store: Store) -> None:
    first, second, stays = (
        make_article("it creaks", url="https://a.example/1"),
        make_article("it is silent", url="https://a.example/1"),
        make_article("another", url="https://a.example/2"),
    )
    vector = directions(1)[0]
    for article, days in ((first, 0), (stays, 100)):
        await store.save_article(article, fetched_at=NOON + days * DAY)
        await store.vectors.keep(article.version, vector.tolist())
    assert len(await nearest(store, vector)) == 2
    await store.save_article(second, fetched_at=NOON + DAY)
    assert await nearest(store, vector) == [stays.version]
    await store.vectors.keep(second.version, vector.tolist())
    await store.forget(now=NOON + 100 * DAY, keep_days=90)
    assert await nearest(store, vector) == [stays.version]
    async with store._database.reads() as connection:
        assert (await connection.execute(select(func.count()).select_from(vectors))).scalar() == 1


async def test_words_and_meaning_together_find_more_than_either(store: Store) -> None:
    one, other = directions(2)
    worded, meaning_so, both = (make_article(text, title="", url=f"https://a.example/{text}") for text in "abc")
    worded, both = (make_article(f"bridge {n}", title="", url=f"https://a.example/{n}") for n in (1, 2))
    for article in (worded, both, meaning_so):
        await store.save_article(article, fetched_at=NOON)
    for article in (both, meaning_so):
        await store.vectors.keep(article.version, one.tolist())
    await store.vectors.keep(worded.version, other.tolist())
    terms = SearchTerms(words=("bridge",), names=(), numbers=(), title="", since=None, until=None)
    assert set(await store.search(terms)) == {worded, both}
    found = await store.search(terms, meaning=one.tolist())
    assert found[0] == both
    assert set(found) == {worded, both, meaning_so}
    assert await store.search(terms, meaning=one.tolist(), limit=1) == [both]


async def test_a_vector_of_another_length_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="384 numbers"):
        await store.vectors.keep("0" * 16, [1.0] * 3)


@pytest.fixture(scope="session")
def pgvector_server() -> Iterator[str]:
    """The address of a server that has pgvector."""
    with _embedded_server() as address, psycopg.connect(address) as connection:
        offered = "SELECT 1 FROM pg_available_extensions WHERE name = 'vector'"
        if connection.execute(offered).fetchone() is None:
            missing("pgvector")
        yield address


async def test_pgvector_finds_what_is_found_without_it(pgvector_server: str, sqlite_url: str) -> None:
    meant = np.concatenate([between(centre, directions(30, seed=n + 9), 0.4) for n, centre in enumerate(directions(8))])
    async with open_store(pgvector_server) as indexed, open_store(sqlite_url) as plain:
        async with indexed._database.reads() as connection:
            assert (await connection.execute(select(func.to_regclass("ix_vectors_near")))).scalar() is not None
        for store in (indexed, plain):
            await keep_all(store, meant)
        shares = []
        for n in range(0, len(meant), 6):
            window = {"since": NOON + (n - 60) * DAY, "until": NOON + (n + 20) * DAY}
            with_index, without = [set(await nearest(store, meant[n], **window)) for store in (indexed, plain)]
            shares.append(len(with_index & without) / len(without))
        assert np.mean(shares) > 0.95
        assert await indexed.vectors.keep(about(0).version, (-meant[0]).tolist())
        assert (await nearest(indexed, -meant[0], until=NOON))[0] == about(0).version
