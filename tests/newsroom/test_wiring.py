"""The turns at hosts that processes share through the store."""

import sqlite3
from contextlib import closing

from newsroom.wiring import Turnbook
from storage.store import open_store


async def test_turns_at_hosts_are_shared_through_the_store(sqlite_url: str) -> None:
    async with open_store(sqlite_url) as store:
        mine, other = Turnbook(store.collection), Turnbook(store.collection)
        assert await mine.take("a.example", 60.0) == 0.0
        assert 0.0 < await other.take("a.example", 60.0) <= 60.0
        await other.leave("a.example", 0.0)  # it has taken nothing
        assert await other.take("a.example", 60.0) > 0.0
        await mine.leave("a.example", 0.0)
        assert await other.take("a.example", 60.0) == 0.0


async def test_a_store_out_of_order_ends_no_visit(sqlite_url: str) -> None:
    async with open_store(sqlite_url) as store:
        turns = Turnbook(store.collection)
        assert await turns.take("a.example", 60.0) == 0.0
        with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as connection:
            connection.execute("DROP TABLE host_turns")
        await turns.leave("a.example", 0.0)
        assert await turns.take("b.example", 60.0) == 0.0
        await turns.leave("b.example", 0.0)
