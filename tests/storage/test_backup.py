"""A backup holds everything as of one moment, and comes back into a database of either kind."""

import asyncio
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import select

from claims.errors import BadInput
from claims.types import SearchTerms
from storage.audit import By
from storage.backup import back_up, restore
from storage.store import Store, open_store
from storage.tables import metadata
from tests.factories import NOON
from tests.storage.comparisons import bridge_articles, make_comparison

COMPARISON = make_comparison(*bridge_articles())
BY = By(7, NOON)
WORDS = SearchTerms(words=("bridge",), names=(), numbers=(), title="", since=None, until=None)


async def filled(store: Store) -> str:
    await store.seed_outlets([article.outlet for article in COMPARISON.articles])
    answer = await store.save_comparison("https://example.org/asked", COMPARISON, made_at=NOON)
    await store.remember_message(5, 6, answer)
    await store.write_updates([(3, '{"update_id": 3}')], now=NOON)
    await store.jobs.plan("roster", [("all", NOON)])
    await store.admin.set_role(9, "admin", by=BY)
    report = await store.reports.add(5, 5, answer, kind="speaker", now=NOON)
    assert report is not None
    await store.corrections.fix(report, headline="A", old="one", new="two", by=BY)
    return answer


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


async def rows_of(store: Store) -> dict[str, int]:
    async with store._database.reads() as connection:
        return {
            table.name: len((await connection.execute(select(table))).all())
            for table in metadata.sorted_tables
            if table.name != "search_index"
        }


async def test_everything_comes_back_into_either_kind(store: Store, database_url: str, tmp_path: Path) -> None:
    answer = await filled(store)
    before = await rows_of(store)
    assert before["messages"] == before["corrections"] == before["staff"] == 1
    file = tmp_path / "backups" / "copy.db"
    size = await back_up(store._database, file)
    assert size == file.stat().st_size > 0
    assert file.stat().st_mode & 0o077 == 0
    assert names(file.parent) == ["copy.db"]

    counts = await restore(file, database_url)
    assert counts["articles"] == before["articles"]
    async with open_store(database_url) as again:
        assert await rows_of(again) == before
        kept = await again.comparison(answer)
        assert kept is not None
        assert kept.comparison == COMPARISON
        assert [one.version for one in await again.search(WORDS)] == [one.version for one in await store.search(WORDS)]
        assert await again.search(WORDS)
        # numbers go on: nothing new takes the place of what is there
        assert await again.save_comparison("https://example.org/b", COMPARISON, made_at=NOON) > answer
    assert names(file.parent) == ["copy.db"]


async def test_what_is_written_meanwhile_is_in_it_whole_or_not_at_all(store: Store, tmp_path: Path) -> None:
    """Each act is a row in two tables, written in one transaction."""
    acts = 0

    async def administer() -> None:
        nonlocal acts
        while True:
            acts += 1
            await store.admin.set_role(acts, "admin", by=BY)

    await filled(store)
    administering = asyncio.create_task(administer())
    try:
        for n in range(5):
            await back_up(store._database, tmp_path / f"{n}.db")
    finally:
        administering.cancel()
        await asyncio.gather(administering, return_exceptions=True)
    assert acts > 5
    for n in range(5):
        async with open_store(f"sqlite:///{tmp_path}/{n}.db") as copy:
            logged = {int(one.what) for one in await copy.audit.acts(limit=10_000, about="admins.")}
            assert logged == set((await copy.admin.standing()).staff)


async def test_a_backup_is_a_database_that_runs(store: Store, tmp_path: Path) -> None:
    answer = await filled(store)
    await back_up(store._database, tmp_path / "copy.db")
    async with open_store(f"sqlite:///{tmp_path}/copy.db") as again:
        assert (await again.comparison(answer)) is not None
        assert await again.search(WORDS)


async def test_nothing_is_restored_over_something(store: Store, tmp_path: Path) -> None:
    await filled(store)
    file = tmp_path / "copy.db"
    await back_up(store._database, file)
    url = f"sqlite:///{tmp_path}/full.db"
    async with open_store(url) as full:
        await filled(full)
        before = await rows_of(full)
    with pytest.raises(BadInput, match="holds something already"):
        await restore(file, url)
    async with open_store(url) as full:
        assert await rows_of(full) == before
    with pytest.raises(BadInput, match="is there already"):
        await back_up(store._database, file)


async def test_what_is_no_backup_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="There is no file"):
        await restore(tmp_path / "nothing.db", f"sqlite:///{tmp_path}/new.db")
    (tmp_path / "text.db").write_text("no database " * 100)
    with pytest.raises(BadInput, match="no backup"):
        await restore(tmp_path / "text.db", f"sqlite:///{tmp_path}/new.db")
    sqlite3.connect(tmp_path / "other.db").execute("CREATE TABLE something (x)").connection.close()
    with pytest.raises(BadInput, match="none of its tables"):
        await restore(tmp_path / "other.db", f"sqlite:///{tmp_path}/new.db")
    assert names(tmp_path) == ["other.db", "text.db"]
