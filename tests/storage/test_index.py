"""The index beside the articles: nothing is left out or left behind, time prunes it, and old rows come along."""

import asyncio
import signal
import sys
from datetime import timedelta

import pytest
from alembic import command
from sqlalchemy import Connection, func, select, text

import migrations
from claims.types import SearchTerms
from storage import _search
from storage.index_tables import vectors
from storage.store import Store, open_store
from storage.tables import versions
from tests.factories import NOON, make_article

DAY = timedelta(days=1)
BRIDGE = SearchTerms(words=("bridge",), names=(), numbers=(), title="", since=None, until=None)
VECTOR = [1.0] + [0.0] * 383

KEEP = """
import asyncio, sys
from storage.store import open_store
from tests.factories import NOON, make_article

async def main():
    async with open_store(sys.argv[1]) as store:
        for n in range(10**6):
            some = [make_article(f"bridge {n} {k}", url=f"https://a.example/{n}/{k}") for k in range(20)]
            await store.save_articles(some, fetched_at=NOON)
            print(n, flush=True)

asyncio.run(main())
"""


async def entries(store: Store) -> set[int]:
    async with store._database.reads() as connection:
        places = "rowid" if connection.dialect.name == "sqlite" else "place"
        return set((await connection.execute(text(f"SELECT {places} FROM search_index"))).scalars())


async def places(store: Store) -> list[int]:
    async with store._database.reads() as connection:
        return list((await connection.execute(select(versions.c.place).where(versions.c.place.is_not(None)))).scalars())


async def test_killed_at_any_moment_each_article_has_its_entry(store_url: str) -> None:
    for wait in (0.0, 0.01, 0.03):
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", KEEP, store_url, stdout=asyncio.subprocess.PIPE
        )
        assert process.stdout
        for _ in range(3):
            await process.stdout.readline()
        await asyncio.sleep(wait)
        process.send_signal(signal.SIGKILL)
        await process.wait()
    async with open_store(store_url) as store:
        held = await places(store)
        assert len(held) >= 60
        assert len(held) % 20 == 0
        assert await entries(store) == set(held)


async def test_without_dates_the_newest_days_that_hold_anything_are_searched(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_search, "DAYS_MAX", 3)
    days = [0, 1, 40, 41, 400]
    articles = [make_article(f"bridge {n}", url=f"https://a.example/{n}", published_at=NOON + n * DAY) for n in days]
    await store.save_articles(articles, fetched_at=NOON)
    for article in articles:
        await store.vectors.keep(article.version, VECTOR)
    assert await store.search(BRIDGE) == articles[:1:-1]
    nearest = await store.vectors.nearest(VECTOR, since=None, until=NOON + 100 * DAY, limit=10)
    assert [version for version, _ in nearest] == [article.version for article in articles[3:0:-1]]


async def test_what_is_taken_down_leaves_no_entry_and_no_vector(store: Store) -> None:
    gone, stays = (make_article("bridge", url=f"https://{name}.example/1") for name in ("gone", "stays"))
    await store.save_articles([gone, stays], fetched_at=NOON)
    assert await store.vectors.keep_several({gone.version: VECTOR, stays.version: VECTOR}) == 2
    await store.takedowns.erase("gone.example", domain=True, within=lambda url: "gone.example" in url)
    assert await store.search(BRIDGE, meaning=VECTOR) == [stays]
    assert await entries(store) == set(await places(store))
    async with store._database.reads() as connection:
        assert (await connection.execute(select(func.count()).select_from(vectors))).scalar() == 1


async def test_old_entries_come_along_and_go_back(database_url: str) -> None:
    articles = [
        make_article(f"bridge {n}", url=f"https://a.example/{n}", published_at=NOON + n * DAY) for n in range(3)
    ]
    async with open_store(database_url) as store:
        await store.save_articles(
            [*articles, make_article("", title="", url="https://a.example/empty")], fetched_at=NOON
        )
        async with store._database.writes() as connection:
            await connection.run_sync(_to_step, "0006")
            if connection.dialect.name == "postgresql":
                words = "SELECT DISTINCT unnest(tsvector_to_array(words)) FROM search_index"
                plain = set((await connection.execute(text(words))).scalars())
                assert plain == {"a", "bridge", "is", "closed", "0", "1", "2"}
            await connection.run_sync(migrations.upgrade)
        assert await store.search(BRIDGE) == articles[::-1]


def _to_step(connection: Connection, step: str) -> None:
    command.downgrade(migrations.config(connection), step)
