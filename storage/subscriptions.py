"""Who wants to be told what unasked: digests, the walks in which they are set up, followed stories.

A digest's job is kept in the transaction that keeps the digest: neither is there without the other.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage._database import Database
from storage._keeping import upsert
from storage._rows import public
from storage.tables import jobs, stories, story_members, versions
from storage.unasked_tables import deliveries, follows, places, subscriptions, walks

DIGEST, FOLLOW = "digest", "follow"  # kinds of jobs
ACTIVE, PAUSED, ENDED = "active", "paused", "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A chat's digest."""

    id: int
    chat_id: int
    person: int  #: who has set it up
    title: str  #: of the channel or group; empty for a person's own
    settings: str  #: JSON
    state: str
    ended_why: str | None
    since: datetime  #: what is older is no news to it
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """How far a person has come in setting up a digest."""

    person: int
    step: str
    settings: str  #: JSON
    at: datetime
    title: str = ""
    chat_id: int | None = None  #: whose digest; None until it is chosen
    message_id: int | None = None  #: of ours: this or a later one shows the step


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow:
    """A story that a chat wants to be told of: that of the article."""

    id: int
    chat_id: int
    article_id: str
    title: str
    every_h: int
    seen: str  #: JSON
    made_at: datetime
    told_at: datetime | None


class Subscriptions:
    """The rows of subscribers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # Where the bot may write

    async def met(self, chat: int, *, title: str, person: int, now: datetime) -> None:
        """Somebody has let the bot into a channel or group."""
        row = {"chat_id": chat, "title": title, "person": person, "met_at": now}
        async with self._database.writes() as connection:
            kept = upsert(connection, places).values(row)
            await connection.execute(kept.on_conflict_do_update(index_elements=["chat_id"], set_=row))

    async def left(self, chat: int) -> None:
        """It is there no more."""
        async with self._database.writes() as connection:
            await connection.execute(delete(places).where(places.c.chat_id == chat))

    async def places_of(self, person: int, *, limit: int) -> list[tuple[int, str]]:
        """Channels and groups into which this person has let the bot, or for which it keeps a digest; newest first."""
        met = select(places.c.chat_id, places.c.title).where(places.c.person == person)
        kept = select(subscriptions.c.chat_id, subscriptions.c.title)
        kept = kept.where(subscriptions.c.person == person, subscriptions.c.chat_id != person)
        async with self._database.reads() as connection:
            own = (await connection.execute(kept.order_by(subscriptions.c.id.desc()).limit(limit))).all()
            there = (await connection.execute(met.order_by(places.c.met_at.desc()).limit(limit))).all()
        return list({row.chat_id: row.title for row in (*own, *there)}.items())[:limit]

    # Walks

    async def walk(self, person: int) -> Walk | None:
        """How far a person has come; None for one who is not on the way."""
        async with self._database.reads() as connection:
            row = (await connection.execute(select(walks).where(walks.c.person == person))).first()
        return None if row is None else Walk(**row._mapping)

    async def save_walk(self, walk: Walk) -> None:
        """Keep how far a person has come."""
        async with self._database.writes() as connection:
            kept = upsert(connection, walks).values(asdict(walk))
            await connection.execute(kept.on_conflict_do_update(index_elements=["person"], set_=asdict(walk)))

    async def shows_walk(self, person: int, message: int) -> None:
        """The first message that shows a walk; how far it has come meanwhile stays as it is."""
        async with self._database.writes() as connection:
            await connection.execute(update(walks).where(walks.c.person == person).values(message_id=message))

    async def end_walk(self, person: int) -> None:
        """The person has arrived, or given up."""
        async with self._database.writes() as connection:
            await connection.execute(delete(walks).where(walks.c.person == person))

    # Digests

    async def save(
        self, chat: int, *, person: int, title: str, settings: str, now: datetime, since: datetime, due: datetime
    ) -> int:
        """Keep a chat's digest, active, with its next edition due then; its number. One known keeps its past."""
        row = {
            "chat_id": chat,
            "person": person,
            "title": title,
            "settings": settings,
            "state": ACTIVE,
            "ended_why": None,
            "since": since,
            "made_at": now,
        }
        changed = {name: row[name] for name in ("person", "title", "settings", "state", "ended_why")}
        async with self._database.writes() as connection:
            kept = upsert(connection, subscriptions).values(row)
            kept = kept.on_conflict_do_update(index_elements=["chat_id"], set_=changed)
            number: int = (await connection.execute(kept.returning(subscriptions.c.id))).scalar_one()
            await _plan(connection, DIGEST, number, due)
        return number

    async def of_chat(self, chat: int) -> Subscription | None:
        """A chat's digest, also a paused or ended one."""
        return await self._one(subscriptions.c.chat_id == chat)

    async def of_id(self, number: int) -> Subscription | None:
        """A digest by its number."""
        return await self._one(subscriptions.c.id == number)

    async def of_person(self, person: int) -> list[Subscription]:
        """The digests that a person has set up."""
        query = select(subscriptions).where(subscriptions.c.person == person).order_by(subscriptions.c.id)
        async with self._database.reads() as connection:
            return [Subscription(**row._mapping) for row in await connection.execute(query)]

    async def active(self, *, after: int, limit: int) -> list[Subscription]:
        """Active digests with a greater number than ``after``, in order."""
        query = select(subscriptions).where(subscriptions.c.state == ACTIVE, subscriptions.c.id > after)
        async with self._database.reads() as connection:
            rows = await connection.execute(query.order_by(subscriptions.c.id).limit(limit))
            return [Subscription(**row._mapping) for row in rows]

    async def pause(self, number: int) -> None:
        """No more editions for now."""
        await self._stop(number, PAUSED, None)

    async def end(self, chat: int, why: str) -> Subscription | None:
        """The chat takes no messages any more: its digest and what it follows end. The digest, if it was running."""
        found = await self.of_chat(chat)
        if found is not None and found.state != ENDED:
            await self._stop(found.id, ENDED, why)
        async with self._database.writes() as connection:
            await _drop_follows(connection, follows.c.chat_id == chat)
        return found if found is not None and found.state != ENDED else None

    async def resume(self, number: int, *, due: datetime) -> None:
        """Editions again, the next one due then."""
        async with self._database.writes() as connection:
            active = update(subscriptions).where(subscriptions.c.id == number)
            await connection.execute(active.values(state=ACTIVE, ended_why=None))
            await _plan(connection, DIGEST, number, due)

    async def erase(self, number: int) -> None:
        """The digest and what was noted of its editions."""
        async with self._database.writes() as connection:
            await _erase(connection, [number])

    async def counts(self) -> dict[str, int]:
        """How many digests are in each state."""
        query = select(subscriptions.c.state, func.count()).group_by(subscriptions.c.state)
        async with self._database.reads() as connection:
            return {row[0]: row[1] for row in await connection.execute(query)}

    # Followed stories

    async def follow(
        self, chat: int, article: str, *, title: str, every_h: int, seen: str, now: datetime, due: datetime
    ) -> int | None:
        """Tell a chat of the story of an article, the first time not before ``due``; None for one not kept here.

        One that is followed already stays as it is.
        """
        kept = exists().where(versions.c.article_id == article, public)
        row = {
            "chat_id": chat,
            "article_id": article,
            "title": title,
            "every_h": every_h,
            "seen": seen,
            "made_at": now,
            "told_at": None,
        }
        mine = (follows.c.chat_id == chat) & (follows.c.article_id == article)
        async with self._database.writes() as connection:
            if not (await connection.execute(select(kept))).scalar():
                return None
            await connection.execute(upsert(connection, follows).values(row).on_conflict_do_nothing())
            number: int = (await connection.execute(select(follows.c.id).where(mine))).scalar_one()
            planned = upsert(connection, jobs).values(kind=FOLLOW, key=str(number), due_at=due)
            await connection.execute(planned.on_conflict_do_nothing())
        return number

    async def unfollow(self, chat: int, number: int) -> Follow | None:
        """Tell a chat no more; the follow that this ended."""
        found = await self.followed(number)
        if found is None or found.chat_id != chat:
            return None
        async with self._database.writes() as connection:
            await _drop_follows(connection, follows.c.id == number)
        return found

    async def followed(self, number: int) -> Follow | None:
        """A follow by its number."""
        async with self._database.reads() as connection:
            row = (await connection.execute(select(follows).where(follows.c.id == number))).first()
        return None if row is None else Follow(**row._mapping)

    async def follow_of(self, chat: int, candidates: Sequence[str]) -> Follow | None:
        """A chat's follow of the story that has one of these articles."""
        here = select(follows).where(follows.c.chat_id == chat, follows.c.article_id.in_(candidates))
        async with self._database.reads() as connection:
            row = (await connection.execute(here.order_by(follows.c.id).limit(1))).first()
        return None if row is None else Follow(**row._mapping)

    async def follows_of(self, chat: int) -> list[Follow]:
        """What a chat follows, newest first."""
        query = select(follows).where(follows.c.chat_id == chat).order_by(follows.c.id.desc())
        async with self._database.reads() as connection:
            return [Follow(**row._mapping) for row in await connection.execute(query)]

    async def note_told(self, number: int, *, seen: str, now: datetime | None) -> None:
        """What of a story has been told by now; ``now`` None: nothing new was said."""
        told = {"seen": seen} | ({} if now is None else {"told_at": now})
        async with self._database.writes() as connection:
            await connection.execute(update(follows).where(follows.c.id == number).values(told))

    async def set_every(self, number: int, hours: int) -> None:
        """Tell at most every so many hours."""
        async with self._database.writes() as connection:
            await connection.execute(update(follows).where(follows.c.id == number).values(every_h=hours))

    async def end_follow(self, number: int) -> None:
        """A story has become still."""
        async with self._database.writes() as connection:
            await _drop_follows(connection, follows.c.id == number)

    # Chats and people

    async def move(self, old: int, new: int) -> None:
        """A group has become a supergroup: its digest goes along, unless the new one has one. Twice changes nothing."""
        async with self._database.writes() as connection:
            there = (await connection.execute(select(subscriptions.c.id).where(subscriptions.c.chat_id == new))).first()
            if there is None:
                moved = update(subscriptions).where(subscriptions.c.chat_id == old).values(chat_id=new)
                await connection.execute(moved)
            await connection.execute(update(walks).where(walks.c.chat_id == old).values(chat_id=new))
            known = (await connection.execute(select(places.c.chat_id).where(places.c.chat_id == new))).first()
            if known is None:
                await connection.execute(update(places).where(places.c.chat_id == old).values(chat_id=new))
            await connection.execute(delete(places).where(places.c.chat_id == old))

    async def forget_person(self, person: int) -> int:
        """Erase a person's digests, those of channels that they have set up too, and what they follow; how many."""
        mine = or_(subscriptions.c.person == person, subscriptions.c.chat_id == person)
        async with self._database.writes() as connection:
            numbers = (await connection.execute(select(subscriptions.c.id).where(mine))).scalars().all()
            gone = await _erase(connection, numbers)
            gone += await _drop_follows(connection, follows.c.chat_id == person)
            for table, wanted in (
                (walks, walks.c.person == person),
                (places, places.c.person == person),
                (deliveries, deliveries.c.chat_id == person),
            ):
                gone += (await connection.execute(delete(table).where(wanted))).rowcount
        return gone

    async def forget(self, *, before: datetime) -> None:
        """Walks that nobody has gone on with, and deliveries that no edition looks back to."""
        async with self._database.writes() as connection:
            await connection.execute(delete(walks).where(walks.c.at < before))
            await connection.execute(delete(deliveries).where(deliveries.c.at < before))

    async def _one(self, wanted: Any) -> Subscription | None:
        async with self._database.reads() as connection:
            row: Row[Any] | None = (await connection.execute(select(subscriptions).where(wanted))).first()
        return None if row is None else Subscription(**row._mapping)

    async def _stop(self, number: int, state: str, why: str | None) -> None:
        async with self._database.writes() as connection:
            stopped = update(subscriptions).where(subscriptions.c.id == number)
            await connection.execute(stopped.values(state=state, ended_why=why))
            await connection.execute(delete(jobs).where(jobs.c.kind == DIGEST, jobs.c.key == str(number)))


async def members_of_story(connection: AsyncConnection, article: str) -> list[str]:
    """Ids of the articles of the stories that an article is in; of itself alone where it is in none that is shown."""
    mine = select(story_members.c.story_id).join(stories, stories.c.id == story_members.c.story_id)
    mine = mine.where(story_members.c.article_id == article, stories.c.hidden.is_(False))
    query = select(story_members.c.article_id).where(story_members.c.story_id.in_(mine)).distinct()
    found = list((await connection.execute(query.order_by(story_members.c.article_id))).scalars())
    return found or [article]


async def _plan(connection: AsyncConnection, kind: str, number: int, due: datetime) -> None:
    """A job that is under way at this moment tells its next time by itself, from what is kept now."""
    planned = upsert(connection, jobs).values(kind=kind, key=str(number), due_at=due)
    await connection.execute(planned.on_conflict_do_update(index_elements=["kind", "key"], set_={"due_at": due}))


async def _erase(connection: AsyncConnection, numbers: Sequence[int]) -> int:
    keys = [str(number) for number in numbers]
    await connection.execute(delete(jobs).where(jobs.c.kind == DIGEST, jobs.c.key.in_(keys)))
    sent = delete(deliveries).where(deliveries.c.kind.in_(("digest", "alert")), deliveries.c.target.in_(numbers))
    await connection.execute(sent)
    return (await connection.execute(delete(subscriptions).where(subscriptions.c.id.in_(numbers)))).rowcount


async def _drop_follows(connection: AsyncConnection, wanted: Any) -> int:
    numbers = (await connection.execute(delete(follows).where(wanted).returning(follows.c.id))).scalars().all()
    keys = [str(number) for number in numbers]
    await connection.execute(delete(jobs).where(jobs.c.kind == FOLLOW, jobs.c.key.in_(keys)))
    return len(numbers)
