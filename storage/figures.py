"""Numbers for those who look after the product: how outlets do, what waits, how questions ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, case, delete, func, insert, select

from storage._database import Database
from storage.collection import State
from storage.tables import (
    items,
    jobs,
    leases,
    outcomes,
    outlet_orders,
    outlet_states,
    outlets,
    sources,
    updates,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletFigures:
    """How the scraper of an outlet does."""

    key: str
    name: str
    active: bool
    pause_s: float | None  #: an admin's pause between two visits
    feeds: int
    feeds_failing: int
    read: int  #: pages read, of those listed within the time asked about
    closed: int  #: pages closed to us
    lost: int  #: pages given up
    last_at: datetime | None  #: when an article of it was last listed
    resting_until: datetime | None  #: left alone after failures
    error: str | None

    @property
    def share(self) -> float | None:
        """Pages read of those tried; None where none was."""
        tried = self.read + self.closed + self.lost
        return self.read / tried if tried else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What waits at this moment."""

    updates: int  #: written down and not handled
    oldest: datetime | None  #: the first of them
    poison: int  #: set aside
    jobs: dict[str, tuple[int, int, int]]  #: kind -> all, due, held


@dataclass(frozen=True, slots=True, kw_only=True)
class Stuck:
    """A job that nobody does although it is due."""

    kind: str
    key: str
    due_at: datetime
    owner: str | None  #: the process that held it last
    held_until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Poison:
    """An update that could not be handled."""

    update: int
    at: datetime
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a question."""

    at: datetime
    outcome: str  #: answered, stored, error, limited
    seconds: float
    held: int = 0
    missed: int = 0


class Figures:
    """Counts over the rows of others."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def outlets(self, *, since: datetime, key: str | None = None) -> list[OutletFigures]:
        """All outlets that are followed or were, those in trouble first, then by name; of one where it is named."""

        def counted(*states: State) -> ColumnElement[int]:
            return func.sum(case((items.c.state.in_(states), 1), else_=0))

        told = (
            select(
                items.c.outlet,
                counted(State.HELD, State.DOUBLE).label("read"),
                counted(State.CLOSED).label("closed"),
                counted(State.GONE).label("lost"),
            )
            .where(items.c.first_seen >= since)
            .group_by(items.c.outlet)
            .subquery()
        )
        last = select(items.c.outlet, func.max(items.c.first_seen).label("at")).group_by(items.c.outlet).subquery()
        failing = func.sum(case((sources.c.failures > 0, 1), else_=0))
        fed = select(sources.c.outlet, func.count().label("feeds"), failing.label("failing"))
        fed_by = fed.group_by(sources.c.outlet).subquery()
        query = (
            select(
                outlets.c.key,
                outlets.c.name,
                outlets.c.active,
                outlet_orders.c.pause_s,
                func.coalesce(fed_by.c.feeds, 0).label("feeds"),
                func.coalesce(fed_by.c.failing, 0).label("feeds_failing"),
                func.coalesce(told.c.read, 0).label("read"),
                func.coalesce(told.c.closed, 0).label("closed"),
                func.coalesce(told.c.lost, 0).label("lost"),
                last.c.at.label("last_at"),
                outlet_states.c.open_until.label("resting_until"),
                outlet_states.c.error,
            )
            .outerjoin(outlet_orders, outlet_orders.c.outlet == outlets.c.key)
            .outerjoin(outlet_states, outlet_states.c.outlet == outlets.c.key)
            .outerjoin(fed_by, fed_by.c.outlet == outlets.c.key)
            .outerjoin(told, told.c.outlet == outlets.c.key)
            .outerjoin(last, last.c.outlet == outlets.c.key)
            .order_by(outlet_states.c.open_until.is_(None), func.lower(outlets.c.name), outlets.c.key)
        )
        query = query.where(outlets.c.listed | fed_by.c.feeds.is_not(None) if key is None else outlets.c.key == key)
        async with self._database.reads() as connection:
            return [OutletFigures(**row._mapping) for row in await connection.execute(query)]

    async def waiting(self, *, now: datetime) -> Waiting:
        """What waits now."""
        new, poison = updates.c.state == "new", updates.c.state == "poison"
        held = case((jobs.c.held_until > now, 1), else_=0)
        due = case(((jobs.c.due_at <= now) & (func.coalesce(jobs.c.held_until, now) <= now), 1), else_=0)
        per_kind = select(jobs.c.kind, func.count(), func.sum(due), func.sum(held)).group_by(jobs.c.kind)
        async with self._database.reads() as connection:
            count = select(func.count(), func.min(updates.c.received_at)).where(new)
            waiting, oldest = (await connection.execute(count)).one()
            aside = (await connection.execute(select(func.count()).select_from(updates).where(poison))).scalar_one()
            rows = (await connection.execute(per_kind.order_by(jobs.c.kind))).all()
        kinds = {row[0]: (row[1], int(row[2]), int(row[3])) for row in rows}
        return Waiting(updates=waiting, oldest=oldest, poison=aside, jobs=kinds)

    async def stuck(self, *, before: datetime, limit: int) -> list[Stuck]:
        """Jobs due since before then, the longest first."""
        query = select(jobs.c.kind, jobs.c.key, jobs.c.due_at, jobs.c.owner, jobs.c.held_until)
        query = query.where(jobs.c.due_at < before).order_by(jobs.c.due_at, jobs.c.kind, jobs.c.key).limit(limit)
        async with self._database.reads() as connection:
            return [Stuck(**row._mapping) for row in await connection.execute(query)]

    async def poison(self, *, limit: int) -> list[Poison]:
        """Updates set aside, the newest first."""
        query = select(updates.c.update_id, updates.c.received_at, updates.c.error).where(updates.c.state == "poison")
        async with self._database.reads() as connection:
            rows = await connection.execute(query.order_by(updates.c.update_id.desc()).limit(limit))
            return [Poison(update=row.update_id, at=row.received_at, error=row.error or "") for row in rows]

    async def leases(self) -> list[tuple[str, str, datetime]]:
        """What only one process does at a time: its name, which process, until when unless renewed."""
        query = select(leases.c.name, leases.c.owner, leases.c.expires_at).order_by(leases.c.name)
        async with self._database.reads() as connection:
            return [(row.name, row.owner, row.expires_at) for row in await connection.execute(query)]

    async def note(self, outcome: Outcome) -> None:
        """Keep what became of a question."""
        row = {name: getattr(outcome, name) for name in ("at", "outcome", "seconds", "held", "missed")}
        async with self._database.writes(synced=False) as connection:  # a number, not an answer
            await connection.execute(insert(outcomes).values(row))

    async def outcomes(self, *, since: datetime) -> Sequence[Outcome]:
        """What became of the questions since then, in their order."""
        query = select(outcomes.c.at, outcomes.c.outcome, outcomes.c.seconds, outcomes.c.held, outcomes.c.missed)
        async with self._database.reads() as connection:
            rows = await connection.execute(query.where(outcomes.c.at >= since).order_by(outcomes.c.id))
            return [Outcome(**row._mapping) for row in rows]

    async def forget(self, *, before: datetime) -> int:
        """Drop what became of older questions."""
        async with self._database.writes() as connection:
            return (await connection.execute(delete(outcomes).where(outcomes.c.at < before))).rowcount
