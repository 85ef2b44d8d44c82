"""When to come again, told by time, what was found, and chance."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from claims.errors import FetchFault, PageGone
from newsroom import schedule
from storage.collection import Item, OutletState, Source, State

NOW = datetime(2025, 3, 3, 18, tzinfo=UTC)
SHORTEST = timedelta(minutes=2)
FAULT = FetchFault("The host answers with an error.", link="https://a.example/")
SOURCE = Source(outlet="a", url="https://a.example/rss", due_at=NOW)
ITEM = Item(outlet="a", url="https://a.example/1", title="A bridge is closed", first_seen=NOW, due_at=NOW)


def read_for(span: timedelta, *, per_hour: float, chance: float = 0.0) -> list[timedelta]:
    """The intervals at which a source is read that lists so many new items an hour."""
    source, now, owed, intervals = SOURCE, NOW, 0.0, []
    while now < NOW + span:
        source = schedule.after_reading(source, new=int(owed), now=now, shortest=SHORTEST, chance=chance)
        owed -= int(owed)
        intervals.append(source.due_at - now)
        owed += per_hour * (source.due_at - now) / timedelta(hours=1)
        now = source.due_at
    return intervals


def test_a_busy_source_is_read_every_few_minutes_and_a_quiet_one_every_few_hours() -> None:
    busy = read_for(timedelta(days=1), per_hour=60)
    quiet = read_for(timedelta(days=3), per_hour=0.05)
    assert max(busy) <= timedelta(minutes=4)
    assert min(busy) >= SHORTEST
    assert quiet[-1] >= timedelta(hours=2)
    assert len(quiet) < 60


def test_a_source_that_wakes_up_is_soon_read_often() -> None:
    slow = replace(SOURCE, read_at=NOW - timedelta(hours=4), fast=0.0, slow=0.0)
    woken = schedule.after_reading(slow, new=20, now=NOW, shortest=SHORTEST, chance=0.0)
    assert woken.due_at - NOW <= timedelta(minutes=15)


def test_what_is_busy_every_day_is_asked_often_after_a_quiet_night() -> None:
    awake = replace(SOURCE, read_at=NOW, fast=1 / 300, slow=1 / 600)
    morning = schedule.after_reading(awake, new=0, now=NOW + timedelta(hours=8), shortest=SHORTEST, chance=0.0)
    assert morning.due_at - (NOW + timedelta(hours=8)) <= timedelta(minutes=20)


@pytest.mark.parametrize("chance", [0.0, 0.5, 1.0])
def test_chance_only_lengthens_an_interval(chance: float) -> None:
    intervals = read_for(timedelta(hours=6), per_hour=30, chance=chance)
    assert all(SHORTEST <= interval <= schedule.LONGEST * 1.2 for interval in intervals)


def test_a_source_that_fails_is_asked_ever_more_seldom_and_one_success_forgives_it() -> None:
    source, pauses = SOURCE, []
    for _ in range(12):
        source = schedule.after_failure(source, FAULT, now=NOW, shortest=SHORTEST, chance=0.0)
        pauses.append(source.due_at - NOW)
    assert pauses == sorted(pauses)
    assert pauses[0] < timedelta(minutes=5)
    assert pauses[-1] == schedule.LONGEST
    assert schedule.after_reading(source, new=0, now=NOW, shortest=SHORTEST, chance=0.0).failures == 0


def test_single_faults_do_not_make_a_busy_source_wait() -> None:
    busy = replace(SOURCE, read_at=NOW, fast=1.0, slow=1.0)
    for _ in range(schedule.FAULTS_FREE):
        busy = schedule.after_failure(busy, FAULT, now=NOW, shortest=SHORTEST, chance=0.0)
        assert busy.due_at - NOW == SHORTEST
    assert schedule.after_failure(busy, FAULT, now=NOW, shortest=SHORTEST, chance=0.0).due_at - NOW > SHORTEST
    gone = PageGone("gone", link=busy.url)
    known = schedule.after_failure(replace(busy, failures=0), gone, now=NOW, shortest=SHORTEST, chance=0.0)
    assert (known.failures, known.due_at - NOW) == (1, SHORTEST)
    never = schedule.after_failure(replace(SOURCE, read_at=None), gone, now=NOW, shortest=SHORTEST, chance=0.0)
    assert never.failures == schedule.BREAK_AFTER
    assert never.due_at - NOW > SHORTEST


def rereads(*, live: bool) -> list[timedelta]:
    """The ages at which a page is read again."""
    item, now, ages = ITEM, NOW, []
    while (item := schedule.settled(item, State.HELD, live=live, now=now, shortest=SHORTEST, chance=0.0)).due_at:
        now = item.due_at
        ages.append(now - NOW)
    return ages


def test_pages_are_read_again_after_minutes_then_hours_for_three_days_and_live_stories_more_often() -> None:
    live, alone = rereads(live=True), rereads(live=False)
    assert live[0] < timedelta(minutes=10)
    assert live == sorted(live)
    assert timedelta(hours=48) < live[-1] <= schedule.REREAD_UNTIL
    assert len(alone) < len(live) < 30


def test_a_page_that_cannot_be_read_is_given_up_in_the_end() -> None:
    def tries(error: FetchFault | PageGone) -> int:
        item = ITEM
        for count in range(1, 50):
            item = schedule.failed(schedule.tried(item, now=NOW, shortest=SHORTEST), error, now=NOW)
            if item.state is State.GONE:
                assert item.due_at is None
                return count
        raise AssertionError("never given up")

    assert 1 < tries(PageGone("There is no page.", link="")) < tries(FAULT) < 20


def test_only_what_is_near_the_newest_item_counts_as_news() -> None:
    def at(days: float | None) -> Item:
        return replace(
            ITEM, url=f"https://a.example/{days}", published_at=None if days is None else NOW + timedelta(days)
        )

    kept = schedule.fresh([at(-400), at(-402), at(-410), at(None)], most=None)
    assert [item.published_at for item in kept] == [None, at(-400).published_at, at(-402).published_at]
    assert len(schedule.fresh([at(-n / 10) for n in range(20)], most=5)) == 5


def test_the_breaker_opens_after_some_failures_for_longer_each_time_and_closes_with_a_success() -> None:
    def fail(state: OutletState, now: datetime) -> OutletState:
        return schedule.after_trouble(state, FAULT, now=now, shortest=SHORTEST, chance=0.0)

    state = OutletState(outlet="a")
    for _ in range(schedule.BREAKER_OPENS - 1):
        state = fail(state, NOW)
        assert state.open_until is None
    state = fail(state, NOW)
    assert state.open_until
    first, over = state.open_until - NOW, state.open_until
    again = fail(state, over)
    assert again.open_until == over, "one fault after the pause opens nothing"
    for _ in range(schedule.BREAKER_OPENS_AGAIN - 1):
        again = fail(again, over)
    assert again.open_until and again.open_until - over > first
    assert schedule.after_success(again, now=NOW).open_until is None
    gone = PageGone("There is no page.", link="")
    assert schedule.after_trouble(state, gone, now=NOW, shortest=SHORTEST, chance=0.0) == state
