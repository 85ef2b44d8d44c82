"""Digests of channels and groups, as admins see them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, String, cast, func, select

from storage._database import Database
from storage.deliveries import State
from storage.subscriptions import DIGEST, ENDED
from storage.tables import jobs
from storage.unasked_tables import deliveries, subscriptions


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """The digest of a channel or group."""

    id: int
    chat: int
    person: int  #: who has set it up
    title: str
    state: str  #: active, paused, ended
    why: str | None  #: it has ended
    sent: int  #: editions
    last: datetime | None  #: when the last one was sent
    next: datetime | None  #: when the next one is due


class Channels:
    """Reads them; what is done to them is ``storage.subscriptions``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def all(self) -> list[Channel]:
        """Running ones first, then by title."""
        order = (subscriptions.c.state == ENDED, func.lower(subscriptions.c.title), subscriptions.c.id)
        wanted = _channels().where(subscriptions.c.chat_id != subscriptions.c.person).order_by(*order)
        async with self._database.reads() as connection:
            return [Channel(**row._mapping) for row in await connection.execute(wanted)]

    async def one(self, number: int) -> Channel | None:
        """One by its number."""
        async with self._database.reads() as connection:
            row = (await connection.execute(_channels().where(subscriptions.c.id == number))).first()
        return None if row is None else Channel(**row._mapping)

    async def people(self) -> int:
        """How many people get a digest of their own."""
        own = select(func.count()).select_from(subscriptions)
        own = own.where(subscriptions.c.chat_id == subscriptions.c.person, subscriptions.c.state != ENDED)
        async with self._database.reads() as connection:
            return (await connection.execute(own)).scalar_one()


def _channels() -> Select[Any]:
    told = select(deliveries.c.target, func.count().label("sent"), func.max(deliveries.c.at).label("last"))
    told = told.where(deliveries.c.kind == DIGEST, deliveries.c.state == State.SENT)
    sent = told.group_by(deliveries.c.target).subquery()
    planned = (jobs.c.kind == DIGEST) & (jobs.c.key == cast(subscriptions.c.id, String))
    return (
        select(
            subscriptions.c.id,
            subscriptions.c.chat_id.label("chat"),
            subscriptions.c.person,
            subscriptions.c.title,
            subscriptions.c.state,
            subscriptions.c.ended_why.label("why"),
            func.coalesce(sent.c.sent, 0).label("sent"),
            sent.c.last,
            jobs.c.due_at.label("next"),
        )
        .outerjoin(sent, sent.c.target == subscriptions.c.id)
        .outerjoin(jobs, planned)
    )
