"""Telegram's people and chats: which message answers which, what a chat has set, who asked what and how often.

Each method is one transaction, as in ``storage.store``. A private chat has its person's number.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage._database import Database
from storage._keeping import forget_pasted, keep_message, upsert
from storage._rows import key_of, public
from storage.reports import Report, reports, reports_of
from storage.tables import asks, chats, comparison_versions, comparisons, messages, replies, updates, versions


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """At most so many questions in any ``within``."""

    questions: int
    within: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatSettings:
    """How a chat wants to be answered."""

    language: str | None = None  #: of the interface; None where nobody has said
    zone: str = "UTC"
    outlets_first: tuple[str, ...] = ()  #: keys of outlets in the order wanted
    short: bool = False  #: answers of a few lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Traces:
    """All that is kept of a person."""

    asks: tuple[tuple[datetime, int | None, str], ...]  #: when, in which chat, what; oldest first
    answers: tuple[tuple[int, str], ...]  #: message in the private chat, id of the answer in it
    texts: tuple[str, ...]  #: what the person pasted or forwarded, as far as it is still held
    updates: tuple[str, ...]  #: raw, as Telegram sent them
    settings: ChatSettings | None = None  #: of the private chat; None where nothing is set
    reports: tuple[Report, ...] = ()  #: mistakes that the person has reported


class Chats:
    """The rows of people and chats."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # Messages of ours

    async def remember_reply(
        self, chat: int, asked: int, position: int, message: int, *, now: datetime, carries: str | None = None
    ) -> None:
        """The message that answers the question at ``position`` of a person's message ``asked``.

        ``carries``: the answer in it, for its buttons; None for a sentence.
        """
        row = {"chat_id": chat, "asked_id": asked, "position": position, "message_id": message, "sent_at": now}
        async with self._database.writes(synced=False) as connection:
            sent = upsert(connection, replies).values(row)
            key = [replies.c.chat_id, replies.c.asked_id, replies.c.position]
            sent = sent.on_conflict_do_update(index_elements=key, set_={"message_id": sent.excluded.message_id})
            await connection.execute(sent)
            if carries is not None:
                await keep_message(connection, chat, message, carries)

    async def replies_to(self, chat: int, asked: int) -> dict[int, int]:
        """Position -> message of ours, for a person's message."""
        query = select(replies.c.position, replies.c.message_id)
        async with self._database.reads() as connection:
            rows = await connection.execute(query.where(replies.c.chat_id == chat, replies.c.asked_id == asked))
            return {row.position: row.message_id for row in rows}

    # Chats

    async def close_chat(self, chat: int, *, why: str, now: datetime) -> None:
        """The chat takes no messages from us: blocked, deleted, left, no right to write."""
        await self._set(chat, {"closed_at": now, "closed_why": why})

    async def open_chat(self, chat: int) -> None:
        """It does again."""
        async with self._database.writes() as connection:
            opened = update(chats).where(chats.c.chat_id == chat, chats.c.closed_at.is_not(None))
            await connection.execute(opened.values(closed_at=None, closed_why=None))

    async def set_auto_answer(self, chat: int, *, on: bool) -> None:
        """Whether links in a group are answered unasked."""
        await self._set(chat, {"auto_answer": on})

    async def auto_answer(self, chat: int) -> bool:
        """As an admin of the group has set it; off at first."""
        async with self._database.reads() as connection:
            return bool((await connection.execute(select(chats.c.auto_answer).where(chats.c.chat_id == chat))).scalar())

    async def settings(self, chat: int) -> ChatSettings:
        """How a chat wants to be answered; as at first where it has set nothing."""
        async with self._database.reads() as connection:
            return await _settings(connection, chat) or ChatSettings()

    async def set_settings(self, chat: int, settings: ChatSettings) -> None:
        """Keep how a chat wants to be answered."""
        await self._set(chat, asdict(settings))

    async def move_chat(self, old: int, new: int) -> None:
        """A group has become a supergroup: what was its own is the new one's. Done twice, it changes nothing more."""
        async with self._database.writes() as connection:
            own = (await connection.execute(select(chats).where(chats.c.chat_id == old))).mappings().first()
            if own is not None:
                row = {**own, "chat_id": new, "closed_at": None, "closed_why": None}
                await connection.execute(upsert(connection, chats).values(row).on_conflict_do_nothing())
                await connection.execute(delete(chats).where(chats.c.chat_id == old))
            # its messages have other numbers in the new one, so that an answer's buttons cannot go along
            for table in (messages, replies):
                await connection.execute(delete(table).where(table.c.chat_id == old))
            for here in (asks, reports):
                await connection.execute(update(here).where(here.c.chat_id == old).values(chat_id=new))

    async def _set(self, chat: int, values: dict[str, object]) -> None:
        async with self._database.writes() as connection:
            row = upsert(connection, chats).values({"chat_id": chat, "auto_answer": False} | values)
            kept = row.on_conflict_do_update(index_elements=[chats.c.chat_id], set_=values)
            await connection.execute(kept)

    # People

    async def admit(
        self, person: int, chat: int, asked: str, *, now: datetime, each: Limit, chatwise: Limit
    ) -> timedelta | None:
        """Note a question and return None; or, where person or chat has asked too often, how long to wait."""
        async with self._database.writes(synced=False) as connection:
            mine, here = asks.c.person == person, asks.c.chat_id == chat
            longest = await _wait(connection, mine, each, now)
            if chat != person:
                longest = max(longest, await _wait(connection, here, chatwise, now))
            if longest > timedelta():
                return longest
            row = {"person": person, "chat_id": chat, "asked": asked, "asked_at": now}
            await connection.execute(insert(asks).values(row))
        return None

    async def traces(self, person: int) -> Traces:
        """All that is kept of a person."""
        asked = select(asks.c.asked_at, asks.c.chat_id, asks.c.asked).where(asks.c.person == person)
        answers = select(messages.c.message_id, messages.c.comparison_id).where(messages.c.chat_id == person)
        async with self._database.reads() as connection:
            told = (await connection.execute(asked.order_by(asks.c.id))).all()
            sent = (await connection.execute(answers.order_by(messages.c.message_id))).all()
            own = await _own_answers(connection, person)
            pasted = _pasted_behind(own)
            held = select(versions.c.text).where(versions.c.version.in_(pasted)).order_by(versions.c.version)
            pasted_texts = (await connection.execute(held)).scalars().all()
            raw = await _updates_of(connection, person)
            settings = await _settings(connection, person)
            reported = await reports_of(connection, person)
        return Traces(
            asks=tuple((row.asked_at, row.chat_id, row.asked) for row in told),
            answers=tuple((row.message_id, str(row.comparison_id)) for row in sent),
            texts=tuple(text for text in pasted_texts if text is not None),
            updates=tuple(text for _, text in raw),
            settings=settings,
            reports=tuple(reported),
        )

    async def forget_person(self, person: int) -> int:
        """Erase all that is kept of a person; returns how many rows.

        Questions, settings, reported mistakes, the raw updates, which answers stand where, and pasted texts with the
        answers that rest on them. A text that somebody else has sent too stays that person's, and so does its answer.
        """
        async with self._database.writes() as connection:
            own = await _own_answers(connection, person)
            pasted = list((await connection.execute(_pasted_behind(own, but_for=person))).scalars())
            gone = await forget_pasted(connection, pasted, about=own)
            updates_of = [number for number, _ in await _updates_of(connection, person)]
            for table, wanted in (
                (asks, asks.c.person == person),
                (messages, messages.c.chat_id == person),
                (replies, replies.c.chat_id == person),
                (chats, chats.c.chat_id == person),
                (reports, reports.c.person == person),
                (updates, updates.c.update_id.in_(updates_of)),
            ):
                gone += (await connection.execute(delete(table).where(wanted))).rowcount
        return gone


async def _settings(connection: AsyncConnection, chat: int) -> ChatSettings | None:
    columns = chats.c.language, chats.c.zone, chats.c.outlets_first, chats.c.short
    row = (await connection.execute(select(*columns).where(chats.c.chat_id == chat))).first()
    if row is None or all(value is None for value in row):
        return None
    return ChatSettings(
        language=row.language, zone=row.zone or "UTC", outlets_first=row.outlets_first or (), short=bool(row.short)
    )


async def _wait(connection: AsyncConnection, whose: ColumnElement[bool], limit: Limit, now: datetime) -> timedelta:
    """How long until one more question fits the limit."""
    oldest = select(asks.c.asked_at).where(whose, asks.c.asked_at > now - limit.within)
    oldest = oldest.order_by(asks.c.asked_at.desc()).offset(limit.questions - 1).limit(1)
    at: datetime | None = (await connection.execute(oldest)).scalar()
    return at + limit.within - now if at else timedelta()


async def _own_answers(connection: AsyncConnection, person: int) -> list[int]:
    """Answers about texts that this person sent and nobody else did."""
    asked = select(asks.c.asked).where(asks.c.person == person, asks.c.asked.startswith("text:")).distinct()
    keys = [key_of(one) for one in (await connection.execute(asked)).scalars()]
    here = select(messages.c.comparison_id).where(messages.c.chat_id == person)
    mine = select(comparisons.c.id, comparisons.c.asked).where(
        comparisons.c.asked.startswith("text:"), or_(comparisons.c.asked_key.in_(keys), comparisons.c.id.in_(here))
    )
    found = (await connection.execute(mine)).all()
    others = select(asks.c.asked).where(asks.c.person != person, asks.c.asked.in_({row.asked for row in found}))
    shared = set((await connection.execute(others)).scalars())
    return [row.id for row in found if row.asked not in shared]


def _pasted_behind(answers: Sequence[int], *, but_for: int | None = None) -> Select[Any]:
    """Versions that readers brought and that these answers rest on; ``but_for``: and no other person's answer."""
    behind = select(comparison_versions.c.version).where(comparison_versions.c.comparison_id.in_(answers))
    wanted = select(versions.c.version).where(versions.c.version.in_(behind), ~public)
    if but_for is None:
        return wanted
    asked = select(asks.c.asked).where(asks.c.person != but_for)
    theirs = select(comparison_versions.c.version).join(
        comparisons, comparisons.c.id == comparison_versions.c.comparison_id
    )
    return wanted.where(versions.c.version.not_in(theirs.where(comparisons.c.asked.in_(asked))))


async def _updates_of(connection: AsyncConnection, person: int) -> list[tuple[int, str]]:
    """Raw updates that a person caused, oldest first: not those that only name the person, as a reply does."""
    naming = select(updates.c.update_id, updates.c.raw).where(updates.c.raw.contains(str(person)))
    rows = await connection.execute(naming.order_by(updates.c.update_id))
    return [(row.update_id, row.raw) for row in rows if _sender(row.raw) == person]


def _sender(raw: str) -> int | None:
    """Who caused an update: the "from" of the message, press or whatever else is its one part."""
    try:
        told = json.loads(raw)
    except ValueError:
        return None
    parts = told.values() if isinstance(told, dict) else ()
    senders = (part.get("from") for part in parts if isinstance(part, dict))
    return next((sender.get("id") for sender in senders if isinstance(sender, dict)), None)
