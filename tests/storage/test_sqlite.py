"""SQLite's connections: a whole statement at once, rows in chunks where there are very many."""

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from storage import _sqlite
from storage._database import _sqlite_engine, parsed
from storage._sqlite import CHUNK

MANY = CHUNK * 2 + 5
COUNTED = text(f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {MANY}) SELECT i FROM n")


@pytest.fixture
def engine(tmp_path: Path) -> AsyncEngine:
    return _sqlite_engine(parsed(f"sqlite:///{tmp_path}/rows.db"))


async def test_all_rows_come_at_once_and_as_a_stream(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        assert list((await connection.execute(COUNTED)).scalars()) == list(range(1, MANY + 1))
        streamed = await connection.stream(COUNTED)
        assert [row[0] async for row in streamed] == list(range(1, MANY + 1))
    await engine.dispose()


async def test_a_stream_that_is_left_early_blocks_nothing(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        async with connection.stream(COUNTED) as streamed:
            assert (first := await streamed.fetchone()) and first[0] == 1
        await connection.execute(text("CREATE TABLE later (i INTEGER)"))
    await engine.dispose()


async def test_a_statement_is_one_way_to_the_thread_and_back(
    engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    ways: list[object] = []
    handed = _sqlite._Cursor._do

    async def counted(cursor: object, work: object) -> object:
        ways.append(work)
        return await handed(cursor, work)  # type: ignore[arg-type]

    async with engine.begin() as connection:
        monkeypatch.setattr(_sqlite._Cursor, "_do", counted)
        assert (await connection.execute(text("SELECT 1"))).all() == [(1,)]
        assert len(ways) == 1
    await engine.dispose()
