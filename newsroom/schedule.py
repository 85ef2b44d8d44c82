"""When to come again: pure functions of what was found, of time, and of chance (a number from 0 to 1).

Busy sources are read every few minutes, quiet ones every few hours; a page is read again soon after it appeared and
ever more seldom; an outlet in trouble is left alone for a while. All of it scales with the shortest interval, which is
a setting, so that a day can be played in half an hour.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from math import exp

from claims.errors import FetchError, FetchFault, FetchTimeout, NotAnArticle, PageGone, UnsafeAddress
from storage.collection import Item, OutletState, Source, State

LONGEST = timedelta(hours=4)  # a weekly magazine is not missed by more
#: shortest intervals after which a source that has gone quiet is asked a third as often; ten feeds with the same
#: articles thus become one quick one and nine slow ones within the first quarter of an hour
SHORT_MEMORY = 15
LONG_MEMORY = timedelta(days=1)  # what is busy every day is asked often in the morning after a quiet night too
SPREAD = 0.2  # so much of an interval is chance: a thousand sources do not come due at once

REREAD_UNTIL = timedelta(hours=72)
REREAD_FIRST = 3  # shortest intervals
#: of the article's age; a story with a second outlet is still being written. An edit is seen within a third of the
#: article's age; a page is asked for some twenty times in all, mostly to hear that it has not changed
REREAD_LIVE, REREAD_ELSE = 0.25, 0.35
ASK_AGAIN_FIRST, ASK_AGAIN = 6, 1.0  # the same for a page that was closed to us: a 403 may be a fault of minutes

TRIES_MAX = 8  # doubling from the shortest interval: an hour at 20 s, most of a day at 2 minutes
#: of a page that is not there; feeds can be ahead of the pages, and of 1,000 pages one answers 404 three times in a
#: row where each twentieth answer is a fault
TRIES_GONE_MAX = 5
TRIES_NONE_MAX = 3  # of a page that is no article

#: failures in a row of a source before it is asked less often: faults mostly come singly, and a feed of thirty items
#: that is left alone for ten minutes has lost some (45 of 990 on a made day)
FAULTS_FREE = 3

#: between two searches for feeds on an outlet's pages, where these gave some; where they gave none, or were not there,
#: shortest intervals, doubling after ``FAULTS_FREE``: two faults in a row kept an outlet of 120 articles in half an
#: hour away for five minutes, and that a source was due much later kept one away for the day
SEARCH_LONGEST = timedelta(days=1)

BACKLOG_RECENT = timedelta(hours=6)  # of a source read for the first time no item is left out that is so new

BREAK_AFTER = 5  # failures in a row of a source
#: failures in a row of all that an outlet is asked for; then each third one. Where each sixth answer is a fault, five
#: in a row and then one after each pause kept an outlet of 120 articles away for 13 of 30 minutes
BREAKER_OPENS, BREAKER_OPENS_AGAIN = 8, 3
BROKEN_FIRST, BROKEN_LONGEST = 5, timedelta(hours=1)  # shortest intervals, doubling


def first_due(now: datetime, *, shortest: timedelta, chance: float) -> datetime:
    """When an outlet that has just become known is first visited."""
    return now + shortest * chance


def interval(source: Source, *, shortest: timedelta) -> timedelta:
    """The time in which a source may be expected to list one new item."""
    if source.read_at is None:
        return shortest
    rate = max(source.fast, source.slow)
    return LONGEST if rate * LONGEST.total_seconds() <= 1 else max(shortest, timedelta(seconds=1 / rate))


def claimed(source: Source, *, now: datetime, shortest: timedelta) -> Source:
    """Before a source is asked: if nobody comes back from it, it is not asked again within its interval."""
    return replace(source, due_at=now + interval(source, shortest=shortest))


def after_reading(source: Source, *, new: int, now: datetime, shortest: timedelta, chance: float) -> Source:
    """A source that has listed so many items that were new."""
    if source.read_at is None:  # what it lists at first says nothing about its pace
        fast, slow = 1 / shortest.total_seconds(), source.slow
    else:
        gap = max((now - source.read_at).total_seconds(), 1.0)
        fast = _mean(source.fast, new / gap, gap / (SHORT_MEMORY * shortest.total_seconds()))
        slow = _mean(source.slow, new / gap, gap / LONG_MEMORY.total_seconds())
    read = replace(source, fast=fast, slow=slow, read_at=now, failures=0, error=None)
    return replace(read, due_at=now + interval(read, shortest=shortest) * (1 + SPREAD * chance))


def after_failure(source: Source, error: FetchError, *, now: datetime, shortest: timedelta, chance: float) -> Source:
    """A source that could not be read. One that never was there has failed often enough for others to be looked for."""
    never = isinstance(error, PageGone) and source.read_at is None  # one that was read before is there: a fault
    failures = max(source.failures + 1, BREAK_AFTER if never else 0)
    doubled = min(max(0, failures - FAULTS_FREE), 20)
    pause = min(LONGEST, max(interval(source, shortest=shortest), shortest * 2**doubled))
    return replace(source, failures=failures, error=str(error), due_at=now + pause * (1 + SPREAD * chance))


def fresh(items: Iterable[Item], *, most: int | None) -> list[Item]:
    """The items that are news, newest first; undated ones count as new.

    ``most`` of them where that is given, and all of the last hours: a source that was found late, or that could not be
    read for long, has more of them than one reads of a backlog. What is news, and the last hours, are told by the
    newest item and not by the clock: a feed may have stood still.
    """
    dated = sorted(items, key=lambda item: item.published_at.timestamp() if item.published_at else 1e12, reverse=True)
    newest = max((item.published_at for item in dated if item.published_at), default=None)
    kept = [item for item in dated if not (newest and item.published_at) or item.published_at >= newest - REREAD_UNTIL]
    recent = [item for item in kept if newest and item.published_at and item.published_at >= newest - BACKLOG_RECENT]
    return kept if most is None else kept[: max(most, len(recent))]


def tried(item: Item, *, now: datetime, shortest: timedelta) -> Item:
    """Before a page is asked for: if nobody comes back from it, it is asked for again, but not at once."""
    return replace(item, tries=item.tries + 1, due_at=now + shortest * 2 ** min(item.tries, TRIES_MAX))


def failed(item: Item, error: FetchError, *, now: datetime) -> Item:
    """An item, tried, whose page could not be read: given up, or left due as it is."""
    gone = TRIES_GONE_MAX if isinstance(error, PageGone | UnsafeAddress) else TRIES_MAX
    most = TRIES_NONE_MAX if isinstance(error, NotAnArticle) else gone
    if item.state is State.NEW and item.tries >= most:
        return replace(item, state=State.GONE, due_at=None, error=str(error))
    over = now - item.first_seen > REREAD_UNTIL
    return replace(item, due_at=None if over else item.due_at, error=str(error))


def settled(item: Item, state: State, *, live: bool, now: datetime, shortest: timedelta, chance: float) -> Item:
    """An item whose page was read, or found closed: due again after a share of its age, for three days."""
    first, share = (
        (ASK_AGAIN_FIRST, ASK_AGAIN) if state is State.CLOSED else (REREAD_FIRST, REREAD_LIVE if live else REREAD_ELSE)
    )
    age = now - item.first_seen
    again = now + max(shortest * first, age * share) * (1 + SPREAD * chance)
    due = again if again - item.first_seen <= REREAD_UNTIL else None
    return replace(item, state=state, tries=0, error=None, due_at=due)


def search_due(state: OutletState, *, now: datetime, shortest: timedelta) -> datetime:
    """When an outlet's pages are to be looked through for feeds, where it has no source that works."""
    if state.searched_at is None:
        return now
    if not state.fruitless:
        return state.searched_at + SEARCH_LONGEST
    pause: timedelta = shortest * 2 ** min(max(0, state.fruitless - FAULTS_FREE), 20)
    return state.searched_at + min(SEARCH_LONGEST, pause)


def after_success(state: OutletState, *, now: datetime) -> OutletState:
    """An outlet that has answered: the breaker closes."""
    return replace(state, failures=0, broken=0, open_until=None, read_at=now)


def after_trouble(
    state: OutletState, error: FetchError, *, now: datetime, shortest: timedelta, chance: float
) -> OutletState:
    """An outlet that has failed; after some failures in a row the breaker opens, each time for longer.

    Once the time is over a few more failures open it again. A page that is not there is no failure of the outlet.
    """
    if not isinstance(error, FetchFault | FetchTimeout):
        return state
    state = replace(state, failures=state.failures + 1, error=str(error), error_at=now)
    over = state.failures - BREAKER_OPENS
    if over < 0 or over % BREAKER_OPENS_AGAIN:
        return state
    pause = min(BROKEN_LONGEST, shortest * BROKEN_FIRST * 2 ** min(state.broken, 20))
    return replace(state, broken=state.broken + 1, open_until=now + pause * (1 + SPREAD * chance))


def _mean(before: float, seen: float, age: float) -> float:
    """The moving mean after a gap of ``age`` memories."""
    return before * exp(-age) + seen * (1 - exp(-age))
