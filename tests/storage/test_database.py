"""The promises under the store: what is committed stays, many may write at once, faults are one plain sentence."""

import asyncio
import signal
import sqlite3
import sys
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from claims.errors import BadInput, StoreFault
from storage.store import Store, open_store
from tests.factories import NOON, make_article

WRITE = """
import asyncio, sys
from storage.store import open_store
from tests.factories import NOON, make_article

async def main(url, who, times):
    async with open_store(url) as store:
        for n in range(times):
            article = make_article(f"bridge {who} {n}", url=f"https://{who}.example/{n}")
            await store.save_article(article, fetched_at=NOON)
            await store.write_updates([(int(who) * 10**6 + n, "{}")], now=NOON)
            print(n, flush=True)

asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
"""


async def writer(url: str, who: int, times: int) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-c", WRITE, url, str(who), str(times), stdout=asyncio.subprocess.PIPE
    )


async def test_a_killed_writer_loses_nothing_it_has_committed(store_url: str) -> None:
    process = await writer(store_url, 1, 10**6)
    assert process.stdout
    told = -1
    while told < 20:
        told = int(await process.stdout.readline())
    process.send_signal(signal.SIGKILL)
    assert await process.wait() == -signal.SIGKILL
    told = max([told, *(int(line) for line in (await process.stdout.read()).splitlines() if line)])
    async with open_store(store_url) as store:
        kept = [number - 10**6 for number, _ in await store.open_updates()]
        assert kept == list(range(len(kept)))
        assert len(kept) >= told + 1
        for n in range(told + 1):
            assert await store.latest(f"https://1.example/{n}")
        # the next writer is not held up by what the killed one left
        await store.save_article(make_article("after"), fetched_at=NOON)


async def test_processes_write_at_once(store_url: str) -> None:
    writers = [await writer(store_url, who, 15) for who in range(2)]
    for process in writers:
        await process.communicate()
        assert process.returncode == 0
    async with open_store(store_url) as store:
        assert len(await store.open_updates()) == 2 * 15


async def test_a_write_cut_off_at_any_moment_holds_up_no_other(store: Store) -> None:
    cut_off: list[bool | BaseException] = []
    for moments in range(60):
        writing = asyncio.create_task(store.take_lease("poller", f"owner {moments}", now=NOON, seconds=0))
        for _ in range(moments):
            await asyncio.sleep(0)
        writing.cancel()
        # kept, as an error that is let go lets go of its statement too
        cut_off += await asyncio.gather(writing, return_exceptions=True)
        assert await store.take_lease("poller", "next", now=NOON, seconds=0)
    assert any(isinstance(end, asyncio.CancelledError) for end in cut_off)


async def test_many_tasks_write_and_read_at_once(store: Store) -> None:
    articles = [make_article(f"bridge {n}", url=f"https://a.example/{n % 20}") for n in range(60)]
    await asyncio.gather(
        *(store.save_article(article, fetched_at=NOON) for article in articles),
        *(store.latest(article.url) for article in articles),
    )
    for article in articles:
        assert await store.article(article.version) == article


async def test_one_lease_has_one_owner_however_many_ask_at_once(store: Store) -> None:
    taken = await asyncio.gather(*(store.take_lease("poller", str(n), now=NOON, seconds=9) for n in range(20)))
    assert sum(taken) == 1


async def test_a_cancelled_write_harms_no_later_one(store: Store) -> None:
    for n in range(30):
        task = asyncio.create_task(store.save_article(make_article(f"bridge {n}"), fetched_at=NOON))
        for _ in range(n):
            await asyncio.sleep(0)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    after = make_article("after")
    await store.save_article(after, fetched_at=NOON)
    assert await store.article(after.version) == after


async def test_a_server_that_cut_its_connections_costs_no_answer(postgres_url: str) -> None:
    async with open_store(postgres_url) as store:
        await store.write_updates([(1, "{}")], now=NOON)
        with psycopg.connect(postgres_url, autocommit=True) as other:
            other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        assert await store.open_updates() == [(1, "{}")]


async def test_a_server_out_of_reach_is_one_plain_sentence_without_the_password(unused_tcp_port: int) -> None:
    with pytest.raises(StoreFault) as raised:
        async with open_store(f"postgresql://reader:hunter2@127.0.0.1:{unused_tcp_port}/news"):
            pass
    assert str(raised.value) == (
        f"The database at 127.0.0.1:{unused_tcp_port} cannot be reached. Start it, or mend SECOND_SOURCE_DATABASE_URL."
    )
    assert raised.value.__cause__ is not None
    assert "hunter2" not in f"{raised.value.__cause__}"


async def test_a_database_that_is_not_there_is_named(postgres_url: str) -> None:
    with pytest.raises(StoreFault, match=r'refuses: database "news_not" does not exist\. Mend '):
        async with open_store(urlsplit(postgres_url)._replace(path="/news_not").geturl()):
            pass


@pytest.mark.parametrize(
    "url", ["", "nonsense", "mysql://root:hunter2@127.0.0.1/news", "sqlite://", "postgresql://127.0.0.1", "http://[::1"]
)
async def test_an_address_of_no_known_database_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(BadInput, match="SECOND_SOURCE_DATABASE_URL must be sqlite:///FILE or postgresql:") as raised:
        async with open_store(url):
            pass
    assert "hunter2" not in str(raised.value)


@pytest.mark.parametrize("driver", ["", "+aiosqlite"])
async def test_the_file_and_its_folder_are_made(tmp_path: Path, driver: str) -> None:
    path = tmp_path / "new" / "folder" / "a b%.db"
    async with open_store(f"sqlite{driver}:///{path}"):
        assert path.exists()


async def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    path.write_text("these are notes, and no database at all" * 50)
    with pytest.raises(StoreFault, match=r"notes.db cannot be used: file is not a database\. Look at "):
        async with open_store(f"sqlite:///{path}"):
            pass


async def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreFault, match=r"a\.db cannot be used: Not a directory\. Look at "):
        async with open_store(f"sqlite:///{tmp_path}/file/data/a.db"):
            pass


async def test_a_file_that_another_program_keeps_locked_is_said_to_be_in_use(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage._database.BUSY_S", 0.05)
    async with open_store(sqlite_url) as store:
        other = sqlite3.connect(urlsplit(sqlite_url).path.removeprefix("/"), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreFault, match=r"is in use by another program\. Close that and try again\."):
            await store.write_updates([(1, "{}")], now=NOON)
        assert await store.open_updates() == []
        other.close()
        assert await store.write_updates([(1, "{}")], now=NOON) == 1
