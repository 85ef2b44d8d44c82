"""What admins set is kept with its line in the log, on both databases."""

from datetime import timedelta

import pytest

from claims.errors import StoreFault
from storage.admin import DRAFT_KEPT, NOTHING_SET
from storage.audit import By
from storage.collection import Item, Source, State
from storage.figures import Outcome
from storage.store import Store
from tests.factories import NOON, make_outlet

OWNER, ADMIN, ANNA = 1, 2, 1001
BY = By(OWNER, NOON)
HOUR = timedelta(hours=1)


async def log(store: Store) -> list[tuple[str, str, str | None, str | None]]:
    return [(one.act, one.what, one.before, one.after) for one in await store.audit.acts(limit=50)][::-1]


async def test_nothing_is_set_at_first(store: Store) -> None:
    assert await store.admin.standing() == NOTHING_SET


async def test_all_that_is_set_stands(store: Store) -> None:
    await store.seed_outlets([make_outlet("Tide Post")])
    key = make_outlet("Tide Post").key
    admin = store.admin
    await admin.set_role(ADMIN, "admin", by=BY)
    await admin.set_role(ADMIN, "moderator", by=BY)
    await admin.set_policy("questions", 5, default=30, by=BY)
    await admin.block(ANNA, blocked=True, by=BY)
    await admin.limit(ANNA, 3, by=BY)
    assert await admin.slow_down(key, 20, by=BY)
    assert await admin.switch_outlet(key, active=False, by=BY)
    await store.takedowns.close("example.org", domain=True, by=BY)
    await store.takedowns.close("example.net/page", domain=False, by=BY)
    standing = await admin.standing()
    assert standing.staff == {ADMIN: "moderator"}
    assert standing.policy == {"questions": 5}
    assert standing.blocked == {ANNA}
    assert standing.questions == {ANNA: 3}
    assert standing.pauses == dict.fromkeys(make_outlet("Tide Post").domains, 20.0)
    assert [*standing.closed_domains, *standing.closed_pages] == ["example.org", "example.net/page"]
    assert standing.revision == await store.audit.newest()
    assert await store.collection.outlets() == []
    assert await log(store) == [
        ("admins.set", "2", None, "admin"),
        ("admins.set", "2", "admin", "moderator"),
        ("config.set", "questions", "30", "5"),
        ("users.block", "1001", "answered", "blocked"),
        ("users.limit", "1001", None, "3"),
        ("outlets.limit", key, None, "20"),
        ("outlets.pause", key, "on", "paused"),
        ("takedown.confirm", "example.org", "open", "taken down"),
        ("takedown.confirm", "example.net/page", "open", "taken down"),
    ]


async def test_what_is_taken_back_stands_no_more(store: Store) -> None:
    admin = store.admin
    await admin.set_role(ADMIN, "admin", by=BY)
    await admin.set_role(ADMIN, None, by=BY)
    await admin.set_policy("questions", 5, default=30, by=BY)
    await admin.set_policy("questions", None, default=30, by=BY)
    await admin.block(ANNA, blocked=True, by=BY)
    await admin.block(ANNA, blocked=False, by=BY)
    await admin.limit(ANNA, 3, by=BY)
    await admin.limit(ANNA, None, by=BY)
    standing = await admin.standing()
    assert (standing.staff, standing.policy, standing.blocked, standing.questions) == ({}, {}, frozenset(), {})
    assert not await admin.switch_outlet("nobody", active=False, by=BY)
    assert not await admin.slow_down("nobody", 3, by=BY)


async def test_an_act_that_fails_leaves_no_line(store: Store) -> None:
    with pytest.raises((StoreFault, OverflowError)):  # as the driver puts it
        await store.admin.set_role(2**70, "admin", by=BY)
    assert await log(store) == []
    assert (await store.admin.standing()).staff == {}


async def test_a_draft_is_taken_once_by_who_made_it_while_it_is_young(store: Store) -> None:
    number = await store.admin.keep_draft("broadcast.send", "Good morning", by=BY)
    assert await store.admin.take_draft(number, "broadcast.send", by=By(ADMIN, NOON)) is None
    assert await store.admin.take_draft(number, "takedown.confirm", by=BY) is None
    late = By(OWNER, NOON + DRAFT_KEPT + timedelta(seconds=1))
    assert await store.admin.take_draft(number, "broadcast.send", by=late) is None
    assert await store.admin.take_draft(number, "broadcast.send", by=BY) == "Good morning"
    assert await store.admin.take_draft(number, "broadcast.send", by=BY) is None


async def test_an_added_outlet_is_followed(store: Store) -> None:
    new = make_outlet("Kelp Courier")
    await store.admin.add_outlet(new, by=BY)
    assert await store.admin.added_outlets() == [new]
    assert [one.key for one in await store.collection.outlets()] == [new.key]


async def test_a_job_that_nobody_holds_is_hurried(store: Store) -> None:
    await store.jobs.plan("outlet", [("a", NOON + HOUR), ("b", NOON - HOUR)])
    await store.jobs.take("outlet", "elsewhere", now=NOON, until=NOON + HOUR, limit=1)
    assert await store.admin.hurry_job("outlet", "a", by=BY)
    assert not await store.admin.hurry_job("outlet", "b", by=BY)
    assert not await store.admin.hurry_job("outlet", "c", by=BY)
    assert await store.jobs.take("outlet", "me", now=NOON, until=NOON + HOUR, limit=5) == ["a"]


async def test_waiting_and_stuck_are_counted(store: Store) -> None:
    await store.write_updates([(n, "{}") for n in range(4)], now=NOON)
    await store.close_updates([0])
    await store.close_updates([1], error="broken")
    await store.jobs.plan("outlet", [("a", NOON - HOUR), ("b", NOON - HOUR), ("c", NOON + HOUR)])
    await store.jobs.take("outlet", "me", now=NOON - HOUR, until=NOON + HOUR, limit=1)
    waiting = await store.figures.waiting(now=NOON)
    assert (waiting.updates, waiting.poison, waiting.oldest, waiting.jobs) == (2, 1, NOON, {"outlet": (3, 1, 1)})
    assert [one.key for one in await store.figures.stuck(before=NOON - HOUR / 2, limit=9)] == ["a", "b"]
    assert [(one.update, one.error) for one in await store.figures.poison(limit=9)] == [(1, "broken")]
    assert await store.admin.reopen_poison(by=BY) == 1
    assert [number for number, _ in await store.open_updates()] == [1, 2, 3]


async def test_how_outlets_do_is_counted(store: Store) -> None:
    tide, kelp = make_outlet("Tide Post"), make_outlet("Kelp Courier")
    await store.seed_outlets([tide, kelp])
    rows = store.collection
    await rows.add_sources([Source(outlet=tide.key, url="https://tide.example/feed", due_at=NOON, failures=2)])
    [source] = await rows.sources(tide.key)
    states = (State.HELD, State.DOUBLE, State.CLOSED, State.GONE, State.NEW)
    listed = [
        Item(outlet=tide.key, url=f"https://tide.example/{n}", title="A", first_seen=NOON, due_at=None, state=state)
        for n, state in enumerate(states)
    ]
    old = Item(outlet=tide.key, url="https://tide.example/old", title="A", first_seen=NOON - 9 * HOUR, due_at=None)
    await rows.save_source(source, [*listed, old])
    figures = {one.key: one for one in await store.figures.outlets(since=NOON - HOUR)}
    one = figures[tide.key]
    assert (one.read, one.closed, one.lost, one.share, one.last_at) == (2, 1, 1, 0.5, NOON)
    assert (one.feeds, one.feeds_failing) == (1, 1)
    assert (figures[kelp.key].share, figures[kelp.key].last_at) == (None, None)
    assert [each.key for each in await store.figures.outlets(since=NOON, key=kelp.key)] == [kelp.key]


async def test_outcomes_are_kept_and_dropped(store: Store) -> None:
    told = [
        Outcome(at=NOON, outcome="answered", seconds=1.5, held=3, missed=1),
        Outcome(at=NOON + HOUR, outcome="error", seconds=2.0),
    ]
    for one in told:
        await store.figures.note(one)
    assert list(await store.figures.outcomes(since=NOON)) == told
    assert await store.figures.forget(before=NOON + HOUR) == 1
    assert list(await store.figures.outcomes(since=NOON)) == told[1:]
