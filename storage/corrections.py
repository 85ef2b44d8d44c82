"""Corrections of answers: what an answer said, what it should have said, and who is told so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, Column, ColumnElement, ForeignKey, String, Table, func, insert, select, update

from storage._columns import AnyText, Moment
from storage._database import Database
from storage.audit import By, write
from storage.deliveries import CHUNK, State
from storage.reports import OPEN, reports
from storage.tables import _Id, chats, jobs, messages, metadata
from storage.unasked_tables import deliveries

KIND = "correction"  # of jobs and of deliveries
FIXED, REJECTED = "fixed", "rejected"  # what becomes of a report

corrections = Table(
    "corrections",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("report_id", ForeignKey("reports.id", ondelete="SET NULL"), index=True),
    Column("headline", AnyText, nullable=False),
    Column("old", AnyText, nullable=False),
    Column("new", AnyText, nullable=False),
    Column("person", BigInteger, nullable=False),  # the admin
    Column("made_at", Moment, nullable=False),
    Column("state", String(8), nullable=False),  # sending, sent
    sqlite_autoincrement=True,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What everybody who got an answer is told of it."""

    id: int
    headline: str
    old: str
    new: str


class Corrections:
    """The rows of corrections."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def fix(self, report: int, *, headline: str, old: str, new: str, by: By) -> int | None:
        """Close a report with a correction, to be sent to every chat that has the answer; None where it is closed.

        Report, correction, recipients, the job that sends it and the line in the log are one transaction.
        """
        async with self._database.writes() as connection:
            closed = update(reports).where(reports.c.id == report, reports.c.state == OPEN)
            closed = closed.values(state=FIXED, closed_by=by.who, closed_at=by.at)
            answer = (await connection.execute(closed.returning(reports.c.comparison_id))).scalar()
            if answer is None:
                return None
            row = {"report_id": report, "headline": headline, "old": old, "new": new, "person": by.who}
            made = insert(corrections).values(row | {"made_at": by.at, "state": "sending"})
            number: int = (await connection.execute(made.returning(corrections.c.id))).scalar_one()
            shut = select(chats.c.chat_id).where(chats.c.closed_at.is_not(None))
            got = select(messages.c.chat_id).where(messages.c.comparison_id == answer, messages.c.chat_id.not_in(shut))
            told = (await connection.execute(got.distinct().order_by(messages.c.chat_id))).scalars().all()
            same = {"kind": KIND, "edition": str(number), "state": State.DUE, "at": by.at}
            rows = [same | {"target": chat, "chat_id": chat} for chat in told]
            for start in range(0, len(rows), CHUNK):
                await connection.execute(insert(deliveries), rows[start : start + CHUNK])
            await connection.execute(insert(jobs).values(kind=KIND, key=str(number), due_at=by.at))
            await write(connection, by.did("corrections.fix", f"report {report}", before=old, after=new))
        return number

    async def reject(self, report: int, *, by: By) -> bool:
        """Close a report without one; False where it is closed."""
        async with self._database.writes() as connection:
            closed = update(reports).where(reports.c.id == report, reports.c.state == OPEN)
            closed = closed.values(state=REJECTED, closed_by=by.who, closed_at=by.at)
            if (await connection.execute(closed.returning(reports.c.id))).first() is None:
                return False
            await write(connection, by.did("corrections.reject", f"report {report}", before=OPEN, after=REJECTED))
        return True

    async def correction(self, number: int) -> Correction | None:
        """A correction by its number."""
        query = select(corrections.c.id, corrections.c.headline, corrections.c.old, corrections.c.new)
        async with self._database.reads() as connection:
            row = (await connection.execute(query.where(corrections.c.id == number))).first()
        return None if row is None else Correction(**row._mapping)

    async def due(self, number: int, *, limit: int) -> Sequence[int]:
        """Chats that it has still to go to."""
        query = select(deliveries.c.chat_id).where(*_of(number), deliveries.c.state == State.DUE)
        async with self._database.reads() as connection:
            return (await connection.execute(query.order_by(deliveries.c.target).limit(limit))).scalars().all()

    async def end(self, number: int) -> None:
        """All of it has been sent."""
        async with self._database.writes() as connection:
            await connection.execute(update(corrections).where(corrections.c.id == number).values(state="sent"))

    async def progress(self, number: int) -> tuple[int, int]:
        """How many chats have been told, of how many."""
        query = select(deliveries.c.state, func.count()).where(*_of(number)).group_by(deliveries.c.state)
        async with self._database.reads() as connection:
            counts = {row[0]: row[1] for row in await connection.execute(query)}
        return counts.get(State.SENT, 0), sum(counts.values())

    async def newest(self, *, limit: int) -> list[tuple[Correction, datetime]]:
        """The newest first, and when they were made."""
        query = select(corrections).order_by(corrections.c.id.desc()).limit(limit)
        async with self._database.reads() as connection:
            rows = (await connection.execute(query)).all()
        return [(Correction(id=row.id, headline=row.headline, old=row.old, new=row.new), row.made_at) for row in rows]


def _of(number: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return deliveries.c.kind == KIND, deliveries.c.edition == str(number)
