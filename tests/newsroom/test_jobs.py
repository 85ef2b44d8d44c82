"""Jobs: each is done by one process at a time, comes back when it is due, and outlives the process that was at it."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest

from newsroom import jobs as engine
from newsroom.jobs import HOLD, Jobs, Kind
from storage.store import Store, open_store

NOW = datetime(2025, 3, 3, 18, tzinfo=UTC)
LATER = NOW + timedelta(days=1)

Work = Callable[[str], Coroutine[None, None, datetime]]


@pytest.fixture
async def store(store_url: str) -> AsyncIterator[Store]:
    async with open_store(store_url) as opened:
        yield opened


@asynccontextmanager
async def running(store: Store, work: Work, *, now: Callable[[], datetime] = lambda: NOW) -> AsyncIterator[None]:
    """One process that does jobs."""
    stop = asyncio.Event()
    process = Jobs(store.jobs, replica="one", now=now)
    task = asyncio.create_task(process.run((Kind(name="read", work=work, at_once=8),), stop))
    try:
        yield
    finally:
        stop.set()
        await task


async def next_due(store: Store) -> datetime | None:
    """When the next job that nobody holds is due: the first of the times of interest at which one is given out."""
    for at in (NOW, NOW + timedelta(seconds=1), NOW + engine.RETRY, LATER):
        if await store.jobs.take("read", "looker", now=at, until=at, limit=1):
            return at
    return None


async def reached(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def test_two_processes_do_each_due_job_once(store: Store) -> None:
    keys = [f"job {n}" for n in range(30)]
    await store.jobs.plan("read", [(key, NOW) for key in keys] + [("not yet", NOW + timedelta(seconds=1))])
    done: Counter[str] = Counter()

    async def work(key: str) -> datetime:
        await asyncio.sleep(0.01)
        done[key] += 1
        return LATER

    async with running(store, work), running(store, work):
        await reached(lambda: len(done) == len(keys))
    assert done == Counter(keys)
    assert await next_due(store) == NOW + timedelta(seconds=1)


async def test_a_job_that_fails_comes_back_and_the_others_go_on(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    await store.jobs.plan("read", [("bad", NOW), ("good", NOW)])
    done: list[str] = []

    async def work(key: str) -> datetime:
        done.append(key)
        if key == "bad":
            raise ZeroDivisionError
        return LATER

    async with running(store, work):
        await reached(lambda: len(done) == 2)
    assert await next_due(store) == NOW + engine.RETRY
    assert "job failed: read bad" in caplog.text


async def test_a_job_under_way_at_the_end_is_given_back(store: Store) -> None:
    await store.jobs.plan("read", [("long", NOW)])
    started = asyncio.Event()

    async def work(key: str) -> datetime:
        started.set()
        await asyncio.sleep(60)
        return LATER

    async with running(store, work):
        await started.wait()
    assert await next_due(store) == NOW


async def test_a_dead_process_loses_its_jobs_to_another_one_and_a_live_one_does_not(store: Store) -> None:
    await store.jobs.plan("read", [("left", NOW)])
    assert await store.jobs.take("read", "dead", now=NOW, until=NOW + HOLD, limit=5) == ["left"]
    done: list[str] = []

    async def work(key: str) -> datetime:
        done.append(key)
        return LATER

    assert await store.jobs.take("read", "other", now=NOW + HOLD / 2, until=LATER, limit=5) == []
    async with running(store, work, now=lambda: NOW + HOLD):
        await reached(lambda: bool(done))
    await store.jobs.done("read", "left", "dead", due_at=NOW)  # it was only asleep, and comes too late
    assert await next_due(store) == LATER


async def test_a_process_that_stood_still_drops_what_another_one_has_taken(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "RENEW_S", 0.05)
    await store.jobs.plan("read", [("job", NOW)])
    started, dropped = asyncio.Event(), asyncio.Event()

    async def work(key: str) -> datetime:
        started.set()
        try:
            await asyncio.sleep(60)
        finally:
            dropped.set()
        return LATER

    async with running(store, work):
        await started.wait()
        assert await store.jobs.take("read", "other", now=NOW + HOLD, until=LATER + HOLD, limit=5) == ["job"]
        async with asyncio.timeout(10):
            await dropped.wait()
    assert await next_due(store) is None, "the other one still holds it"


async def test_a_process_that_stood_still_goes_on_with_its_own_work_and_does_not_begin_it_again(store: Store) -> None:
    await store.jobs.plan("read", [("long", NOW), ("next", NOW + HOLD)])
    clock, begun, end = [NOW], Counter[str](), asyncio.Event()

    async def work(key: str) -> datetime:
        begun[key] += 1
        await end.wait()
        return LATER

    async with running(store, work, now=lambda: clock[0]):
        await reached(lambda: begun["long"] == 1)
        clock[0] = NOW + HOLD  # nobody has renewed meanwhile
        await reached(lambda: begun["next"] == 1)
        end.set()
        assert begun == Counter(["long", "next"])


async def test_jobs_that_are_no_longer_wanted_are_dropped(store: Store) -> None:
    await store.jobs.plan("read", [("a", NOW), ("b", LATER)])
    await store.jobs.plan("read", [("a", LATER)])  # known: stays as it is
    await store.jobs.drop("read", but={"a"})
    assert await store.jobs.take("read", "me", now=LATER, until=LATER + HOLD, limit=5) == ["a"]
