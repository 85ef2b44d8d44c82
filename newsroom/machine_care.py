"""Looking after the machine: what waits, what is stuck, how quickly people are answered, copies, the state of all."""

import asyncio
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles

from claims.errors import BadInput, StoreFault
from storage.audit import By
from storage.figures import Outcome, Poison, Stuck, Waiting
from storage.store import Store

__all__ = ["Backup", "Day", "MachineCare", "Outcome", "Poison", "State", "Stuck", "Waiting", "by_day"]

LATE = timedelta(minutes=10)  # a job that is due for longer is stuck: nobody who does such jobs is running
STUCK_MAX = 80
POISON_MAX = 20
WAITING_MAX = 100  # updates: some seconds' worth; more is a jam
RESTING_MAX = 0.2  # share of outlets: beyond it the fault is rather our own connection
DISK_FREE = 0.1  # of the disk: with less somebody should look
BACKUP_OLD = timedelta(days=7)  # more would be missed
BACKUPS_KEPT = 7  # a week of daily ones; each is as large as the database
FIGURES_KEPT = timedelta(days=400)  # a year can be set against the one before
FOLDER = Path("data/backups")
STEM = "second-source-"
MADE = f"{STEM}{'[0-9]' * 8}-{'[0-9]' * 6}"  # copies that somebody has put there under other names are theirs
ENDING = ".db"


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """How a day's questions ended."""

    day: date
    asked: int
    answered: int
    median_s: float | None  #: from the question to its answer
    slow_s: float | None  #: of twenty, nineteen were quicker
    not_held: float | None  #: share of the pages of all answers that were closed to us or not reached
    errors: int
    limited: int  #: had to wait, having asked too often


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """One line about the state of things."""

    what: str
    ok: bool
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A copy on this machine."""

    path: Path
    size: int
    at: datetime


class MachineCare:
    """Methods raise BadInput for what makes no sense, StoreFault. ``folder``: where copies go."""

    def __init__(self, store: Store, now: Callable[[], datetime], *, folder: Path = FOLDER) -> None:
        self._store = store
        self._now = now
        self._folder = folder
        self._copying = asyncio.Lock()

    # Jobs and updates

    async def waiting(self) -> Waiting:
        """What waits at this moment."""
        return await self._store.figures.waiting(now=self._now())

    async def stuck(self) -> list[Stuck]:
        """Jobs that are due for long, the longest first."""
        return await self._store.figures.stuck(before=self._now() - LATE, limit=STUCK_MAX)

    async def poison(self) -> list[Poison]:
        """Updates that could not be handled, the newest first."""
        return await self._store.figures.poison(limit=POISON_MAX)

    async def retry(self, kind: str, key: str, *, by: By) -> None:
        """Have a job done now."""
        if not await self._store.admin.hurry_job(kind, key, by=by):
            raise BadInput("Somebody is at this job right now, or it is gone.")

    async def reopen(self, *, by: By) -> int:
        """Have the updates that were set aside handled once more, at the next start or within ten minutes."""
        return await self._store.admin.reopen_poison(by=by)

    # How people are answered

    async def days(self, count: int) -> list[Day]:
        """The last days, today last."""
        today = self._now().date()
        since = datetime.combine(today, datetime.min.time(), self._now().tzinfo) - timedelta(days=count - 1)
        return by_day(await self._store.figures.outcomes(since=since), until=today, count=count)

    async def forget(self) -> None:
        """Drop figures that no statistics shows any more."""
        await self._store.figures.forget(before=self._now() - FIGURES_KEPT)

    # Copies

    async def back_up(self, *, by: By) -> Backup:
        """Copy everything into a new file on this machine; the newest BACKUPS_KEPT that were made so stay."""
        if self._copying.locked():
            raise BadInput("A backup is being made already.")
        async with self._copying:
            at = self._now()
            path = self._folder / f"{STEM}{at:%Y%m%d-%H%M%S}{ENDING}"
            size = await self._store.back_up(path)
            await self._store.audit.note(by.did("backup.make", path.name, after=f"{size} bytes"))
            await asyncio.to_thread(_prune, self._folder)
            return Backup(path=path, size=size, at=at)

    async def backups(self) -> list[Backup]:
        """Those that are there, the newest first."""
        return await asyncio.to_thread(_backups, self._folder, self._now())

    # The state of all

    async def health(self, *, unknown: int) -> list[State]:
        """One line each. ``unknown``: sends whose end nobody saw."""
        began = asyncio.get_running_loop().time()
        try:
            waiting, stuck = await self.waiting(), await self.stuck()
            leases = await self._store.figures.leases()
            visited = await self._store.collection.states()
        except StoreFault as fault:
            return [State(what="Database", ok=False, told=str(fault))]
        took = asyncio.get_running_loop().time() - began
        resting = sum(one.open_until is not None and one.open_until > self._now() for one in visited)
        old = waiting.oldest is not None and waiting.oldest < self._now() - LATE
        lines = [
            State(what="Database", ok=True, told=f"answers, {took * 1000:.0f} ms for five questions"),
            *(
                State(what=name, ok=until > self._now(), told=f"{owner}, until {until:%H:%M:%S} UTC")
                for name, owner, until in leases
            ),
            State(what="Updates", ok=waiting.updates <= WAITING_MAX and not old, told=f"{waiting.updates} waiting"),
            State(what="Set aside", ok=not waiting.poison, told=f"{waiting.poison} of the updates"),
            State(what="Jobs", ok=not stuck, told=f"{len(stuck)} due for more than 10 minutes" if stuck else "on time"),
            State(
                what="Outlets",
                ok=resting <= RESTING_MAX * len(visited),
                told=f"{resting} of {len(visited)} visited ones resting after failures",
            ),
            State(what="Sends", ok=not unknown, told=f"{unknown} with an end that nobody saw"),
        ]
        return [*lines, *await asyncio.to_thread(self._disk), await self._newest_backup()]

    def _disk(self) -> list[State]:
        here = next((one for one in (self._folder, *self._folder.parents) if one.exists()), Path())
        disk = shutil.disk_usage(here)
        free = disk.free / disk.total
        return [State(what="Disk", ok=free > DISK_FREE, told=f"{free:.0%} free, {disk.free / 1e9:.0f} GB")]

    async def _newest_backup(self) -> State:
        known = await self.backups()
        if not known:
            return State(what="Backup", ok=False, told="none on this machine: /backup makes one")
        age = self._now() - known[0].at
        return State(what="Backup", ok=age < BACKUP_OLD, told=f"{age.days} days old")


def by_day(outcomes: Sequence[Outcome], *, until: date, count: int) -> list[Day]:
    """The last ``count`` days up to ``until``, in UTC, those without a question too."""
    days: dict[date, list[Outcome]] = {until - timedelta(days=n): [] for n in reversed(range(count))}
    for one in outcomes:
        if one.at.date() in days:
            days[one.at.date()].append(one)
    return [_day(day, told) for day, told in days.items()]


def _day(day: date, told: Sequence[Outcome]) -> Day:
    answered = [one for one in told if one.outcome in ("answered", "stored")]
    seconds = [one.seconds for one in answered]
    pages = sum(one.held + one.missed for one in answered)
    return Day(
        day=day,
        asked=len(told),
        answered=len(answered),
        median_s=median(seconds) if seconds else None,
        # of a single answer there are no twentieths
        slow_s=quantiles(seconds * 2, n=20, method="inclusive")[-1] if seconds else None,
        not_held=sum(one.missed for one in answered) / pages if pages else None,
        errors=sum(one.outcome == "error" for one in told),
        limited=sum(one.outcome == "limited" for one in told),
    )


def _backups(folder: Path, now: datetime) -> list[Backup]:
    found = sorted(folder.glob(f"*{ENDING}"), reverse=True) if folder.is_dir() else []
    stats = [(path, path.stat()) for path in found]
    return [Backup(path=p, size=s.st_size, at=datetime.fromtimestamp(s.st_mtime, now.tzinfo)) for p, s in stats]


def _prune(folder: Path) -> None:
    for old in sorted(folder.glob(f"{MADE}{ENDING}"))[:-BACKUPS_KEPT]:
        old.unlink(missing_ok=True)
