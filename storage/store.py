"""What is kept: outlets, articles in all their versions, comparisons, and Telegram's side of the road.

Works the same on SQLite (one file, no server) and on PostgreSQL (many processes). Each method is one transaction:
what it returned from is on disk, what it raised from left nothing behind. Any method may raise StoreFault. Times are
aware UTC; the clock is the caller's.
"""

import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, exists, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from claims.comparison import Comparison
from claims.errors import UnknownVersion
from claims.types import Article, Outlet, SearchTerms
from storage import _codec, _search
from storage._database import Database, parsed
from storage._keeping import forget_pasted, held_of, keep_articles, keep_message, keep_outlets, keep_story, upsert
from storage._rows import article_of, claim_rows, fullness, held_versions, key_of, public
from storage.admin import Admin
from storage.audit import Audit
from storage.backup import back_up
from storage.channels import Channels
from storage.chats import Chats
from storage.collection import Collection
from storage.corrections import Corrections
from storage.curation import Curation
from storage.deliveries import Deliveries
from storage.figures import Figures
from storage.jobs import JobBook
from storage.reports import Reports
from storage.stories import StoryBook
from storage.story_pool import StoryPool
from storage.subscriptions import Subscriptions
from storage.tables import (
    asks,
    claims,
    comparison_versions,
    comparisons,
    leases,
    messages,
    replies,
    stories,
    story_members,
    updates,
    versions,
)
from storage.takedowns import Takedowns
from storage.vectors import Vectors

PASTED_DAYS = 7  # a pasted text, and the answers that rest on it
ASKS_DAYS = 30  # who asked what
UPDATES_DAYS = 2  # raw updates of Telegram
SEARCHED_MAX = 50  # articles looked at for the stories that they belong to
FORGET_BATCH = 200  # texts erased in one transaction: others wait for it some 0.1 s

_ID = re.compile("[0-9]{1,18}")  # what fits an id's column; ids come back from buttons and links


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredComparison:
    """An answer that was given before."""

    id: str
    asked: str  #: the address, or "text:<hash>", that was asked about
    made_at: datetime
    comparison: Comparison


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """How much was erased."""

    texts: int  #: texts of versions; their hash, spans and metadata stay
    pasted: int  #: pasted texts, with all that rests on them
    updates: int
    asks: int


@asynccontextmanager
async def open_store(url: str) -> AsyncIterator["Store"]:
    """A store on ``sqlite:///FILE`` or ``postgresql://USER@HOST/DATABASE``, its tables brought up to date.

    Makes the file and its folder where they are missing. Raises StoreFault; BadInput for another address.
    """
    database = Database(parsed(url))
    try:
        await database.migrate()
        yield Store(database)
    finally:
        await database.close()


class Store:
    """All that is kept. Made by ``open_store``."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.collection = Collection(database)
        self.jobs = JobBook(database)
        self.stories = StoryBook(database)
        self.chats = Chats(database)
        self.vectors = Vectors(database)
        self.reports = Reports(database)
        self.deliveries = Deliveries(database)
        self.subscriptions = Subscriptions(database)
        self.story_pool = StoryPool(database)
        self.admin = Admin(database)
        self.audit = Audit(database)
        self.figures = Figures(database)
        self.takedowns = Takedowns(database)
        self.curation = Curation(database)
        self.channels = Channels(database)
        self.corrections = Corrections(database)

    async def back_up(self, target: Path) -> int:
        """Copy everything into a new SQLite file, as of one moment; see ``storage.backup``. Its size in bytes."""
        return await back_up(self._database, target)

    # Outlets

    async def seed_outlets(self, registry: Sequence[Outlet]) -> None:
        """Take over the registry's rows; what an admin switched off stays off."""
        async with self._database.writes() as connection:
            await keep_outlets(connection, registry)

    # Articles

    async def save_article(self, article: Article, *, fetched_at: datetime) -> None:
        """Keep a version. One that is known already stays as it was first read and is noted as seen again.

        The fullest and newest version of an article is the one that ``search`` finds; a reader copy never is.
        """
        await self.save_articles([article], fetched_at=fetched_at)

    async def save_articles(self, read: Sequence[Article], *, fetched_at: datetime) -> None:
        """As ``save_article`` for each of several, in one transaction, which takes a fraction of the time."""
        # after a loss of power a page can be read again: nobody waits for the disk
        async with self._database.writes(synced=False) as connection:
            await keep_articles(connection, read, fetched_at=fetched_at)

    async def article(self, version: str) -> Article:
        """The article as it stood in that version. Raises UnknownVersion, also for a text erased since."""
        async with self._database.reads() as connection:
            row = (await connection.execute(held_versions().where(versions.c.version == version))).first()
        if row is None:
            raise UnknownVersion(f"No text is held under version {version}. Look the article up by its link.")
        return article_of(row)

    async def latest(self, url: str) -> tuple[Article, datetime] | None:
        """The fullest version of the page, of equally full ones the newest, and when it was last read so."""
        query = _versions_of(url).order_by(fullness, versions.c.seen_at.desc(), versions.c.version).limit(1)
        async with self._database.reads() as connection:
            row = (await connection.execute(query)).first()
        return None if row is None else (article_of(row), row.seen_at)

    async def versions(self, url: str) -> list[tuple[Article, datetime]]:
        """All held versions of the page with the time each was first read, oldest first."""
        query = _versions_of(url).order_by(versions.c.fetched_at, versions.c.version)
        async with self._database.reads() as connection:
            rows = (await connection.execute(query)).all()
        return [(article_of(row), row.fetched_at) for row in rows]

    async def search(
        self, terms: SearchTerms, *, limit: int = 25, meaning: Sequence[float] | None = None
    ) -> list[Article]:
        """Articles in the window with any of the words and names, rarest and most of them first.

        With ``meaning``, the vector of what is looked for (see ``vectors``), also those that mean nearly the same;
        what stands high in both lists comes first. An article is placed by its date, one without by the time it was
        read. Of equals the newest comes first.
        """
        async with self._database.reads() as connection:
            places = await _search.find(connection, terms, limit=limit)
            if meaning is not None:
                window = _search.window_of(terms.since, terms.until)
                near = await self.vectors.places(connection, meaning, window, limit=limit)
                places = _search.merged(places, [place for place, _ in near])[:limit]
            rows = (await connection.execute(held_versions().where(versions.c.place.in_(places)))).all()
        at = {place: n for n, place in enumerate(places)}
        return [article_of(row) for row in sorted(rows, key=lambda row: at[row.place])]

    # Comparisons

    async def save_comparison(self, asked: str, comparison: Comparison, *, made_at: datetime) -> str:
        """Keep an answer with its story, claims and texts; returns its id. Articles not kept yet are kept now."""
        places = {article.version: n for n, article in enumerate(comparison.articles)}
        mentioned = {*places, *_codec.evidence(comparison)}
        async with self._database.writes() as connection:
            kept = await held_of(connection, mentioned)
            new = [article for article in comparison.articles if article.version not in kept]
            await keep_articles(connection, new, fetched_at=made_at)
            story = await keep_story(connection, comparison.articles, made_at=made_at)
            row = {
                "asked": asked,
                "asked_key": key_of(asked),
                "made_at": made_at,
                "story_id": story,
                "body": _codec.dump(comparison),
            }
            made = await connection.execute(insert(comparisons).values(row).returning(comparisons.c.id))
            comparison_id: int = made.scalar_one()
            behind = [
                {"comparison_id": comparison_id, "version": version, "position": places.get(version)}
                for version in sorted(kept | places.keys())
            ]
            await connection.execute(insert(comparison_versions), behind)
            if rows := claim_rows(comparison, comparison_id):
                await connection.execute(insert(claims), rows)
        return str(comparison_id)

    async def comparison(self, comparison_id: str) -> StoredComparison | None:
        """An answer by its id; None if it is not kept whole any more."""
        if not _ID.fullmatch(comparison_id):
            return None
        async with self._database.reads() as connection:
            return await _stored(connection, comparisons.c.id == int(comparison_id))

    async def comparison_with(self, row: str) -> StoredComparison | None:
        """The newest answer that has a row of this id and is kept whole."""
        wanted = select(claims.c.comparison_id).where(claims.c.row == row)
        async with self._database.reads() as connection:
            return await _stored(connection, comparisons.c.id.in_(wanted))

    async def answers_about(self, terms: SearchTerms, *, limit: int) -> list[StoredComparison]:
        """The newest answer to each story with any of the words, best match first; none about a reader's own text."""
        async with self._database.reads() as connection:
            places = await _search.find(connection, terms, limit=SEARCHED_MAX)
            found = select(versions.c.place, comparisons.c.story_id, func.max(comparisons.c.id).label("newest"))
            found = found.join(story_members, story_members.c.article_id == versions.c.article_id)
            found = found.join(comparisons, comparisons.c.story_id == story_members.c.story_id)
            offered = ~stories.c.hidden
            found = found.join(stories, stories.c.id == comparisons.c.story_id)
            found = found.where(versions.c.place.in_(places), ~_resting_on_pasted(), offered)
            rows = (await connection.execute(found.group_by(versions.c.place, comparisons.c.story_id))).all()
            at = {place: n for n, place in enumerate(places)}
            ranked = dict.fromkeys(row.newest for row in sorted(rows, key=lambda row: (at[row.place], -row.newest)))
            stored = [await _stored(connection, comparisons.c.id == newest) for newest in list(ranked)[:limit]]
        return [one for one in stored if one is not None]

    async def recent(self, asked: str, *, since: datetime) -> StoredComparison | None:
        """The newest answer to the same question that is not older. One that rests on what another reader pasted
        is no answer to a link."""
        wanted = (comparisons.c.asked_key == key_of(asked)) & (comparisons.c.made_at >= since)
        if not asked.startswith("text:"):
            wanted &= ~_resting_on_pasted()
        async with self._database.reads() as connection:
            return await _stored(connection, wanted)

    # Telegram's side

    async def write_updates(self, raws: Sequence[tuple[int, str]], *, now: datetime) -> int:
        """Commit raw updates, each once by its id; returns how many were new."""
        rows = [{"update_id": n, "raw": raw, "received_at": now, "state": "new"} for n, raw in raws]
        if not rows:
            return 0
        async with self._database.writes() as connection:
            new = upsert(connection, updates).values(rows).on_conflict_do_nothing().returning(updates.c.update_id)
            return len((await connection.execute(new)).all())

    async def open_updates(self) -> list[tuple[int, str]]:
        """Updates written down and not closed yet, oldest first."""
        query = select(updates.c.update_id, updates.c.raw).where(updates.c.state == "new")
        async with self._database.reads() as connection:
            rows = (await connection.execute(query.order_by(updates.c.update_id))).all()
        return [(row.update_id, row.raw) for row in rows]

    async def close_updates(self, update_ids: Sequence[int], *, error: str | None = None) -> None:
        """Done; with ``error`` set aside as one that cannot be used."""
        closed = update(updates).where(updates.c.update_id.in_(update_ids))
        async with self._database.writes(synced=False) as connection:
            await connection.execute(closed.values(state="poison" if error else "done", error=error))

    async def take_lease(self, name: str, owner: str, *, now: datetime, seconds: float) -> bool:
        """Take or renew a lease until ``seconds`` from now; False while another owner holds it."""
        row = {"name": name, "owner": owner, "expires_at": now + timedelta(seconds=seconds)}
        async with self._database.writes() as connection:
            taken = upsert(connection, leases).values(row)
            taken = taken.on_conflict_do_update(
                index_elements=[leases.c.name],
                set_={"owner": taken.excluded.owner, "expires_at": taken.excluded.expires_at},
                where=(leases.c.owner == owner) | (leases.c.expires_at <= now),
            )
            return (await connection.execute(taken.returning(leases.c.name))).first() is not None

    async def release_lease(self, name: str, owner: str) -> None:
        """Give a lease back; another owner's stays."""
        async with self._database.writes() as connection:
            await connection.execute(delete(leases).where(leases.c.name == name, leases.c.owner == owner))

    async def remember_message(self, chat_id: int, message_id: int, comparison_id: str) -> None:
        """Which answer a sent message carries now."""
        async with self._database.writes(synced=False) as connection:
            await keep_message(connection, chat_id, message_id, comparison_id)

    async def comparison_of(self, chat_id: int, message_id: int) -> str | None:
        """The id of the answer that a message carries."""
        query = select(messages.c.comparison_id)
        query = query.where(messages.c.chat_id == chat_id, messages.c.message_id == message_id)
        async with self._database.reads() as connection:
            found = (await connection.execute(query)).scalar()
        return None if found is None else str(found)

    # Forgetting

    async def forget(self, *, now: datetime, keep_days: int) -> Forgotten:
        """Erase what has been kept long enough. In several transactions, so that nobody waits long.

        Texts last seen more than ``keep_days`` ago go unless an answer rests on them; pasted texts go after
        ``PASTED_DAYS`` with the answers that rest on them; asks and raw updates after days of their own.
        """
        await self.subscriptions.forget(before=now - timedelta(days=ASKS_DAYS))
        pasted = await self._forget_pasted(now - timedelta(days=PASTED_DAYS))
        texts = batch = await self._forget_texts(now - timedelta(days=keep_days))
        while batch == FORGET_BATCH:
            batch = await self._forget_texts(now - timedelta(days=keep_days))
            texts += batch
        async with self._database.writes() as connection:
            old_updates = delete(updates).where(updates.c.received_at < now - timedelta(days=UPDATES_DAYS))
            old_asks = delete(asks).where(asks.c.asked_at < now - timedelta(days=ASKS_DAYS))
            await connection.execute(delete(replies).where(replies.c.sent_at < now - timedelta(days=ASKS_DAYS)))
            return Forgotten(
                texts=texts,
                pasted=pasted,
                updates=(await connection.execute(old_updates)).rowcount,
                asks=(await connection.execute(old_asks)).rowcount,
            )

    async def _forget_texts(self, before: datetime) -> int:
        answered = exists().where(comparison_versions.c.version == versions.c.version)
        old = select(versions.c.version, versions.c.place)
        old = old.where(versions.c.text.is_not(None), versions.c.seen_at < before, ~answered).limit(FORGET_BATCH)
        async with self._database.writes() as connection:
            rows = (await connection.execute(old)).all()
            await _search.remove(connection, [row.place for row in rows if row.place is not None])
            gone = update(versions).where(versions.c.version.in_([row.version for row in rows]))
            await connection.execute(gone.values(text=None, standfirst=None, place=None))
        return len(rows)

    async def _forget_pasted(self, before: datetime) -> int:
        pasted = select(versions.c.version).where(~public, versions.c.seen_at < before)
        async with self._database.writes() as connection:
            return await forget_pasted(connection, list((await connection.execute(pasted)).scalars()))


def _resting_on_pasted() -> ColumnElement[bool]:
    """Of a comparison: a text that a reader brought is behind it."""
    behind = select(comparison_versions).join(versions, versions.c.version == comparison_versions.c.version)
    behind = behind.where(comparison_versions.c.comparison_id == comparisons.c.id, ~public)
    return behind.correlate(comparisons).exists()


def _versions_of(url: str) -> Select[Any]:
    return held_versions().where(versions.c.article_id == key_of(url), public)


async def _stored(connection: AsyncConnection, wanted: ColumnElement[bool]) -> StoredComparison | None:
    """The newest answer of those wanted; None where there is none, or not all of its texts are held any more."""
    newest = select(comparisons).where(wanted).order_by(comparisons.c.made_at.desc(), comparisons.c.id.desc()).limit(1)
    answer = (await connection.execute(newest)).first()
    if answer is None:
        return None
    behind = select(comparison_versions.c.version, comparison_versions.c.position).where(
        comparison_versions.c.comparison_id == answer.id, comparison_versions.c.position.is_not(None)
    )
    order = {row.version: row.position for row in await connection.execute(behind)}
    held = (await connection.execute(held_versions().where(versions.c.version.in_(order)))).all()
    if len(held) < len(order):
        return None
    told = _codec.load(answer.body, [article_of(row) for row in sorted(held, key=lambda row: order[row.version])])
    if told is None:
        return None
    return StoredComparison(id=str(answer.id), asked=answer.asked, made_at=answer.made_at, comparison=told)
