"""Mistakes that readers report: what is wrong with which answer, and what became of it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, Column, ForeignKey, RowMapping, String, Table, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage._columns import AnyText, Moment
from storage._database import Database
from storage.tables import _Id, messages, metadata

#: not told yet in what the mistake lies: it is in no queue
AWAITED, OPEN = "awaited", "open"
OPEN_MAX = 20  # of one person: who has more to say floods the queue
TEXT_MAX = 1000  # characters of a reader's own words: as many as somebody reads who has a queue of them

reports = Table(
    "reports",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("person", BigInteger, nullable=False, index=True),
    Column("chat_id", BigInteger, nullable=False, index=True),
    Column("comparison_id", ForeignKey("comparisons.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("row", String(8)),  # of the claim that it is about; null: of the answer as a whole
    Column("kind", String(16), nullable=False),
    Column("text", AnyText),  # the reader's own words
    Column("prompt_id", BigInteger),  # message of ours whose reply holds those words
    Column("reported_at", Moment, nullable=False),
    Column("state", String(16), nullable=False, index=True),  # awaited, open, or what an admin has made of it
    Column("closed_by", BigInteger),
    Column("closed_at", Moment),
    sqlite_autoincrement=True,  # an id that comes back would close somebody else's report
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A reported mistake."""

    id: int
    person: int
    chat: int  #: where it was reported
    comparison_id: str
    row: str | None  #: id of the comparison's row, None where the answer as a whole is meant
    kind: str  #: as the bot names it: "speaker", "joined", "quotation", "outlet", "other"
    text: str | None  #: the reader's own words
    at: datetime
    state: str


_REPORT = select(
    reports.c.id,
    reports.c.person,
    reports.c.chat_id.label("chat"),
    reports.c.comparison_id,
    reports.c.row,
    reports.c.kind,
    reports.c.text,
    reports.c.reported_at.label("at"),
    reports.c.state,
)


class Reports:
    """The rows of reported mistakes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(
        self,
        person: int,
        chat: int,
        comparison_id: str,
        *,
        kind: str,
        now: datetime,
        row: str | None = None,
        prompt: int | None = None,
    ) -> int | None:
        """Note a mistake and return its id. ``prompt``: the message whose reply will say what is wrong.

        The same one, reported twice by a person, is one while it is open. None where the person has OPEN_MAX open.
        """
        answer = int(comparison_id)
        values = {
            "person": person,
            "chat_id": chat,
            "comparison_id": answer,
            "row": row,
            "kind": kind,
            "prompt_id": prompt,
            "reported_at": now,
            "state": OPEN if prompt is None else AWAITED,
        }
        same = select(reports.c.id).where(
            reports.c.person == person,
            reports.c.comparison_id == answer,
            reports.c.kind == kind,
            reports.c.row == row if row is not None else reports.c.row.is_(None),
            reports.c.state == OPEN,
        )
        async with self._database.writes() as connection:
            known: int | None = (await connection.execute(same)).scalar() if prompt is None else None
            if known is not None:
                return known
            unread = select(func.count()).where(reports.c.person == person, reports.c.state.in_((AWAITED, OPEN)))
            if (await connection.execute(unread)).scalar_one() >= OPEN_MAX:
                return None
            made: int = (await connection.execute(insert(reports).values(values).returning(reports.c.id))).scalar_one()
            return made

    async def tell(self, person: int, chat: int, prompt: int, text: str) -> bool:
        """A person's own words, in reply to the message ``prompt``; False where that asked this person nothing."""
        mine = reports.c.person == person, reports.c.chat_id == chat, reports.c.prompt_id == prompt
        told = update(reports).where(*mine, reports.c.state.in_((AWAITED, OPEN)))
        async with self._database.writes() as connection:
            done = await connection.execute(told.values(text=text[:TEXT_MAX], state=OPEN).returning(reports.c.id))
            return done.first() is not None

    async def open_reports(self, *, limit: int = 50) -> list[Report]:
        """Those that nobody has closed, oldest first."""
        query = _REPORT.where(reports.c.state == OPEN).order_by(reports.c.id).limit(limit)
        async with self._database.reads() as connection:
            return [_report(row) for row in (await connection.execute(query)).mappings()]

    async def report(self, report_id: int) -> Report | None:
        """One report, whatever its state."""
        async with self._database.reads() as connection:
            row = (await connection.execute(_REPORT.where(reports.c.id == report_id))).mappings().first()
            return _report(row) if row else None

    async def close(self, report_id: int, state: str, *, by: int, now: datetime) -> bool:
        """An admin has dealt with it: ``state`` says how. False where it was closed already, or never was."""
        closed = update(reports).where(reports.c.id == report_id, reports.c.state == OPEN)
        async with self._database.writes() as connection:
            done = await connection.execute(
                closed.values(state=state, closed_by=by, closed_at=now).returning(reports.c.id)
            )
            return done.first() is not None

    async def who_got(self, comparison_id: str) -> list[int]:
        """The chats with a message that carries this answer, each once."""
        got = select(messages.c.chat_id).where(messages.c.comparison_id == int(comparison_id)).distinct()
        async with self._database.reads() as connection:
            return list((await connection.execute(got.order_by(messages.c.chat_id))).scalars())


async def reports_of(connection: AsyncConnection, person: int) -> list[Report]:
    """All that a person has reported, oldest first."""
    rows = await connection.execute(_REPORT.where(reports.c.person == person).order_by(reports.c.id))
    return [_report(row) for row in rows.mappings()]


def _report(row: RowMapping) -> Report:
    return Report(**{**row, "comparison_id": str(row["comparison_id"])})
