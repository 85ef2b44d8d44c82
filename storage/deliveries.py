"""What goes out unasked, each thing once: a row is claimed and committed before the send, settled after it.

Telegram takes no word by which it would know a message again, so a send whose end nobody saw (the process was killed,
the line broke) may have arrived or not. Its row stays claimed: it is not sent again, it is counted, admins see it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, insert, select, update

from storage._database import Database
from storage._keeping import upsert
from storage.tables import chats
from storage.unasked_tables import broadcasts, deliveries, subscriptions

CHUNK = 500  # rows of one statement: SQLite takes some 30,000 values


class State(StrEnum):
    """What became of a thing to be sent."""

    DUE = "due"  # a broadcast's, not tried yet
    CLAIMED = "claimed"  # being sent; from an older moment: nobody knows whether it arrived
    SENT = "sent"
    CLOSED = "closed"  # the chat takes no messages any more
    REFUSED = "refused"  # Telegram does not take the message as it is


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One thing for one chat. ``target``: number of the subscription or the follow, of a broadcast the chat's."""

    kind: str  #: digest, alert, follow, broadcast
    target: int
    edition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What an edition told, or an alert."""

    kind: str
    stories: str  #: JSON
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """A send whose end nobody saw."""

    key: Key
    chat: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Broadcast:
    """A message of an admin to all subscribers."""

    id: int
    text: str
    person: int  #: the admin
    made_at: datetime
    ended_at: datetime | None


class Deliveries:
    """The rows of what goes out unasked."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def claim(self, key: Key, chat: int, *, now: datetime, stories: str | None = None) -> bool:
        """Whether the caller may send it; never true twice for one key, unless it was released."""
        row = _row(key) | {"chat_id": chat, "state": State.CLAIMED, "at": now, "stories": stories}
        async with self._database.writes() as connection:
            claimed = upsert(connection, deliveries).values(row)
            claimed = claimed.on_conflict_do_update(
                index_elements=["kind", "target", "edition"],
                set_={name: claimed.excluded[name] for name in ("state", "at", "chat_id", "stories")},
                where=deliveries.c.state == State.DUE,
            )
            return (await connection.execute(claimed.returning(deliveries.c.kind))).first() is not None

    async def release(self, key: Key) -> None:
        """It was claimed and has surely not been sent: it may be claimed again."""
        await self._set(key, {"state": State.DUE})

    async def settle(self, key: Key, state: State, *, message: int | None = None) -> None:
        """What became of it."""
        await self._set(key, {"state": state, "message_id": message})

    async def state(self, key: Key) -> State | None:
        """What became of it so far; None for what was never tried."""
        query = select(deliveries.c.state).where(*_is(key))
        async with self._database.reads() as connection:
            found = (await connection.execute(query)).scalar()
        return None if found is None else State(found)

    async def told(self, kinds: Sequence[str], target: int, *, since: datetime) -> list[Told]:
        """What of which stories was told to a subscription, newest first; what is not known to have arrived too."""
        query = select(deliveries.c.kind, deliveries.c.stories, deliveries.c.at).where(
            deliveries.c.kind.in_(kinds),
            deliveries.c.target == target,
            deliveries.c.at >= since,
            deliveries.c.stories.is_not(None),
            deliveries.c.state.in_((State.CLAIMED, State.SENT)),
        )
        async with self._database.reads() as connection:
            rows = await connection.execute(query.order_by(deliveries.c.at.desc()))
            return [Told(kind=row.kind, stories=row.stories, at=row.at) for row in rows]

    async def unknown(self, *, before: datetime, limit: int = 50) -> tuple[int, list[Unknown]]:
        """How many sends begun before then have an end that nobody saw, and the newest of them."""
        lost = (deliveries.c.state == State.CLAIMED) & (deliveries.c.at < before)
        async with self._database.reads() as connection:
            count = (await connection.execute(select(func.count()).select_from(deliveries).where(lost))).scalar_one()
            rows = await connection.execute(
                select(deliveries).where(lost).order_by(deliveries.c.at.desc()).limit(limit)
            )
            newest = [Unknown(key=_key(row), chat=row.chat_id, at=row.at) for row in rows]
        return count, newest

    async def counts(self, kind: str, edition: str, *, before: datetime) -> tuple[dict[State, int], int]:
        """How many rows of an edition are in each state, and how many of the claimed ones were so before then."""
        mine = (deliveries.c.kind == kind) & (deliveries.c.edition == edition)
        query = select(deliveries.c.state, func.count()).where(mine).group_by(deliveries.c.state)
        old = select(func.count()).select_from(deliveries)
        old = old.where(mine, deliveries.c.state == State.CLAIMED, deliveries.c.at < before)
        async with self._database.reads() as connection:
            counted = {State(row[0]): row[1] for row in await connection.execute(query)}
            return counted, (await connection.execute(old)).scalar_one()

    # Broadcasts

    async def add_broadcast(self, text: str, person: int, *, now: datetime) -> int:
        """A new broadcast with a row for each recipient; returns its number."""
        async with self._database.writes() as connection:
            made = insert(broadcasts).values(text=text, person=person, made_at=now).returning(broadcasts.c.id)
            number: int = (await connection.execute(made)).scalar_one()
            people = (await connection.execute(_recipients())).scalars().all()
            same = {"kind": "broadcast", "edition": str(number), "state": State.DUE, "at": now}
            rows = [same | {"target": chat, "chat_id": chat} for chat in people]
            for start in range(0, len(rows), CHUNK):
                await connection.execute(insert(deliveries), rows[start : start + CHUNK])
        return number

    async def audience(self) -> int:
        """How many people a broadcast would reach."""
        async with self._database.reads() as connection:
            return (await connection.execute(select(func.count()).select_from(_recipients().subquery()))).scalar_one()

    async def broadcast(self, number: int) -> Broadcast | None:
        """A broadcast, None if there is none of that number."""
        async with self._database.reads() as connection:
            row = (await connection.execute(select(broadcasts).where(broadcasts.c.id == number))).first()
        return None if row is None else Broadcast(**row._mapping)

    async def broadcasts(self, *, limit: int) -> list[Broadcast]:
        """The newest ones first."""
        query = select(broadcasts).order_by(broadcasts.c.id.desc()).limit(limit)
        async with self._database.reads() as connection:
            return [Broadcast(**row._mapping) for row in await connection.execute(query)]

    async def end_broadcast(self, number: int, *, now: datetime) -> None:
        """Nothing of it is to be sent any more; once it has ended, that moment stays."""
        ended = update(broadcasts).where(broadcasts.c.id == number, broadcasts.c.ended_at.is_(None))
        async with self._database.writes() as connection:
            await connection.execute(ended.values(ended_at=now))

    async def due_of(self, number: int, *, limit: int) -> list[int]:
        """Chats that a broadcast has still to go to; none once it has ended."""
        running = select(broadcasts.c.id).where(broadcasts.c.id == number, broadcasts.c.ended_at.is_(None)).exists()
        query = select(deliveries.c.chat_id).where(
            deliveries.c.kind == "broadcast",
            deliveries.c.edition == str(number),
            deliveries.c.state == State.DUE,
            running,
        )
        async with self._database.reads() as connection:
            return list((await connection.execute(query.order_by(deliveries.c.target).limit(limit))).scalars())

    async def _set(self, key: Key, values: dict[str, object]) -> None:
        # a loss of power that undoes this leaves the row claimed: one more that nobody knows the end of
        async with self._database.writes(synced=False) as connection:
            await connection.execute(update(deliveries).where(*_is(key)).values(values))


def _recipients() -> Select[int]:
    """Who gets a broadcast: private subscribers, and those who keep the digest of a channel or group; each once."""
    whose = select(subscriptions.c.person.label("chat_id")).where(subscriptions.c.state != "ended").distinct()
    told = whose.subquery()
    shut = select(chats.c.chat_id).where(chats.c.closed_at.is_not(None))
    return select(told.c.chat_id).where(told.c.chat_id.not_in(shut)).order_by(told.c.chat_id)


def _row(key: Key) -> dict[str, object]:
    return {"kind": key.kind, "target": key.target, "edition": key.edition}


def _is(key: Key) -> tuple[ColumnElement[bool], ...]:
    return (
        deliveries.c.kind == key.kind,
        deliveries.c.target == key.target,
        deliveries.c.edition == key.edition,
    )


def _key(row: Row[Any]) -> Key:
    return Key(kind=row.kind, target=row.target, edition=row.edition)
