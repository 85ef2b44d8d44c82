"""What the collector remembers: turns at hosts, sources and their state, items and what became of them.

Each method is one transaction, as in ``storage.store``: a source's new state and the items it listed are kept
together, an article and the fate of its item too. So a process may die between any two of them.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import Row, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from claims.types import Article, Held, Outlet, OutletKind
from storage._database import Database
from storage._keeping import keep_articles, upsert
from storage._rows import key_of, public, text_hash
from storage.tables import articles, host_turns, items, outlet_states, outlets, sources, story_members, versions

SAME_TEXT_MIN = 200  # characters; shorter texts are alike by chance: "This page is moving"


class State(StrEnum):
    """What became of an item."""

    NEW = "new"  # not read yet
    HELD = "held"  # kept as the page has it
    CLOSED = "closed"  # the page is closed to us: kept as headline and summary
    DOUBLE = "double"  # another item's article
    GONE = "gone"  # given up


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A feed or a sitemap of an outlet."""

    outlet: str  #: key
    url: str
    due_at: datetime
    found: bool = False  #: on the outlet's own pages; else a row of the registry
    read_at: datetime | None = None
    fast: float = 0.0  #: new items a second, over a short while
    slow: float = 0.0  #: the same, over a day
    failures: int = 0  #: in a row
    error: str | None = None
    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An article that a source has listed. ``due_at`` None: nothing more to do."""

    outlet: str  #: key
    url: str
    title: str
    first_seen: datetime
    due_at: datetime | None
    summary: str = ""
    guid: str | None = None  #: the outlet's own name for it
    published_at: datetime | None = None
    state: State = State.NEW
    tries: int = 0  #: in this state
    version: str | None = None  #: as last read
    error: str | None = None
    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletState:
    """How the collector gets on with an outlet."""

    outlet: str  #: key
    failures: int = 0  #: in a row
    broken: int = 0  #: how often in a row the breaker has opened
    open_until: datetime | None = None  #: no visit before; None: closed, all is well
    error: str | None = None  #: the last one
    error_at: datetime | None = None
    read_at: datetime | None = None  #: last success
    searched_at: datetime | None = None  #: when its pages were last looked through for feeds
    fruitless: int = 0  #: searches in a row that gave none, one that is not over among them


class Collection:
    """The collector's rows."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # Hosts

    async def take_host(self, host: str, *, now: datetime, until: datetime) -> datetime | None:
        """Hold a host until then, None; or else the time at which it will be free of its present visitor."""
        row = {"host": host, "free_at": until}
        told = select(host_turns.c.free_at).where(host_turns.c.host == host)
        async with self._database.reads() as connection:  # looking is cheaper than waiting to write
            free: datetime | None = (await connection.execute(told)).scalar()
        if free is not None and free > now:
            return free
        async with self._database.writes() as connection:
            taken = upsert(connection, host_turns).values(row)
            taken = taken.on_conflict_do_update(
                index_elements=[host_turns.c.host],
                set_={"free_at": taken.excluded.free_at},
                where=host_turns.c.free_at <= now,
            )
            if (await connection.execute(taken.returning(host_turns.c.host))).first() is not None:
                return None
            quicker: datetime | None = (await connection.execute(told)).scalar()
            return quicker

    async def leave_host(self, host: str, *, until: datetime, free_at: datetime) -> None:
        """The visit that held the host ``until`` then is over, the next one may begin at ``free_at``.

        Nothing where another visitor has it by now, as the time was over.
        """
        mine = update(host_turns).where(host_turns.c.host == host, host_turns.c.free_at == until)
        async with self._database.writes() as connection:
            await connection.execute(mine.values(free_at=free_at))

    # Outlets

    async def outlets(self) -> list[Outlet]:
        """All that are to be followed: rows of the registry and those whose pages were met, if not switched off."""
        read = select(versions.c.version).where(versions.c.article_id == articles.c.id, public)
        # what a reader brought, a channel's post for one, is no page that we met
        met = select(articles.c.id).where(articles.c.outlet == outlets.c.key, articles.c.url.startswith("http"))
        met = met.where(read.exists())
        wanted = select(outlets).where(outlets.c.active, or_(outlets.c.listed, met.exists())).order_by(outlets.c.key)
        async with self._database.reads() as connection:
            return [_outlet(row) for row in await connection.execute(wanted)]

    async def outlet(self, key: str) -> Outlet | None:
        """One outlet, None if it is switched off or unknown."""
        query = select(outlets).where(outlets.c.key == key, outlets.c.active)
        async with self._database.reads() as connection:
            row = (await connection.execute(query)).first()
        return None if row is None else _outlet(row)

    async def state(self, outlet: str) -> OutletState:
        """How an outlet is doing; a fresh state for one that was never visited."""
        async with self._database.reads() as connection:
            query = select(outlet_states).where(outlet_states.c.outlet == outlet)
            row = (await connection.execute(query)).first()
        return OutletState(outlet=outlet) if row is None else OutletState(**row._mapping)

    async def states(self) -> list[OutletState]:
        """All outlets that were visited, those in trouble first."""
        order = (outlet_states.c.open_until.is_(None), outlet_states.c.failures.desc(), outlet_states.c.outlet)
        async with self._database.reads() as connection:
            rows = await connection.execute(select(outlet_states).order_by(*order))
            return [OutletState(**row._mapping) for row in rows]

    async def save_state(self, state: OutletState) -> None:
        """Keep how an outlet is doing."""
        async with self._database.writes() as connection:
            kept = upsert(connection, outlet_states).values(asdict(state))
            await connection.execute(kept.on_conflict_do_update(index_elements=["outlet"], set_=asdict(state)))

    # Sources

    async def sources(self, outlet: str) -> list[Source]:
        """All sources of an outlet, by address."""
        query = select(sources).where(sources.c.outlet == outlet).order_by(sources.c.url)
        async with self._database.reads() as connection:
            return [_of(Source, row) for row in await connection.execute(query)]

    async def add_sources(self, new: Sequence[Source]) -> None:
        """Sources that may be new; known ones stay as they are."""
        async with self._database.writes() as connection:
            for source in new:
                row = asdict(source) | {"id": key_of(source.url)}
                await connection.execute(upsert(connection, sources).values(row).on_conflict_do_nothing())

    async def drop_sources(self, old: Sequence[Source]) -> None:
        """Ask these no more; what they listed stays."""
        async with self._database.writes() as connection:
            await connection.execute(delete(sources).where(sources.c.id.in_([key_of(source.url) for source in old])))

    async def due_source(self, outlet: str, *, now: datetime) -> Source | None:
        """The source that is longest due."""
        query = select(sources).where(sources.c.outlet == outlet, sources.c.due_at <= now)
        async with self._database.reads() as connection:
            row = (await connection.execute(query.order_by(sources.c.due_at, sources.c.url).limit(1))).first()
        return None if row is None else _of(Source, row)

    async def unknown(self, outlet: str, listed: Sequence[Item]) -> list[Item]:
        """Those items that are new by their address and by the outlet's own name for them; in their order."""
        addresses = {key_of(item.url): item for item in reversed(listed)}  # listed twice, the first counts
        guids = {guid for item in listed if (guid := _guid(item))}
        known = select(items.c.id).where(items.c.id.in_(addresses))
        told = select(items.c.guid).where(items.c.outlet == outlet, items.c.guid.in_(guids))
        async with self._database.reads() as connection:
            there = set((await connection.execute(known)).scalars())
            heard = set((await connection.execute(told)).scalars())
        new = [item for key, item in addresses.items() if key not in there and _guid(item) not in heard]
        return new[::-1]

    async def save_source(self, source: Source, new: Sequence[Item] = ()) -> None:
        """Keep a source's state together with the new items that it listed."""
        changed = update(sources).where(sources.c.id == key_of(source.url)).values(_changing(source))
        rows = [asdict(item) | {"id": key_of(item.url), "guid": _guid(item)} for item in new]
        async with self._database.writes() as connection:
            await connection.execute(changed)
            if rows:  # two outlets may list one address
                await connection.execute(upsert(connection, items).on_conflict_do_nothing(), rows)

    # Items

    async def due_item(self, outlet: str, *, now: datetime) -> Item | None:
        """The item to read next: a new one, of these the one first seen, newest first; else one to be read again.

        Of those first one that could not be read: it has waited already, and at a busy outlet the others are a queue of
        many minutes (an edit was seen after 14).
        """
        query = select(items).where(items.c.outlet == outlet, items.c.due_at <= now)
        new, again = query.where(items.c.state == State.NEW), query.where(items.c.state.in_((State.HELD, State.CLOSED)))
        async with self._database.reads() as connection:
            first = new.order_by(items.c.due_at, items.c.published_at.desc(), items.c.id)
            row = (await connection.execute(first.limit(1))).first()
            if row is None:
                again = again.order_by(items.c.tries == 0, items.c.due_at, items.c.id)
                row = (await connection.execute(again.limit(1))).first()
        return None if row is None else _of(Item, row)

    async def save_item(self, item: Item, *, seen_at: datetime | None = None) -> None:
        """Keep what became of an item. ``seen_at``: its article was seen then, as last read."""
        async with self._database.writes() as connection:
            await _save(connection, item)
            if seen_at is not None:
                seen = update(versions).where(versions.c.version == item.version, versions.c.seen_at < seen_at)
                await connection.execute(seen.values(seen_at=seen_at))

    async def keep(self, item: Item, article: Article, *, fetched_at: datetime) -> bool:
        """Keep an item's article together with its fate; it is due to be placed in a story then.

        An item whose article is another item's, by address or by its whole text within the outlet, is a double.
        Whether the article is new to us, or changed.
        """
        async with self._database.writes() as connection:
            first = await _first(connection, item, article)
            if first is not None:
                item = replace(item, state=State.DOUBLE, due_at=None)
                await _save(connection, item, article_id=first)
                return False
            known = select(versions.c.version).where(versions.c.version == article.version)
            news = (await connection.execute(known)).first() is None
            await keep_articles(connection, [article], fetched_at=fetched_at)
            item = replace(item, version=article.version)
            await _save(connection, item, article_id=key_of(article.url))
            return news

    async def next_due(self, outlet: str) -> datetime | None:
        """When there is next something to do for an outlet."""
        async with self._database.reads() as connection:
            times = [
                (await connection.execute(select(func.min(table.c.due_at)).where(table.c.outlet == outlet))).scalar()
                for table in (sources, items)
            ]
        return min((at for at in times if at is not None), default=None)

    async def counts(self) -> dict[str, int]:
        """How many items there are in each state."""
        async with self._database.reads() as connection:
            rows = await connection.execute(select(items.c.state, func.count()).group_by(items.c.state))
            return {row[0]: row[1] for row in rows}

    async def forget(self, *, before: datetime) -> int:
        """Drop items first seen before then with which nothing is left to do; their articles stay known."""
        old = delete(items).where(items.c.first_seen < before, items.c.due_at.is_(None))
        async with self._database.writes() as connection:
            return (await connection.execute(old)).rowcount

    async def is_live(self, item: Item) -> bool:
        """Whether the story of the item's article has a second outlet."""
        article = select(items.c.article_id).where(items.c.id == key_of(item.url)).scalar_subquery()
        mine = select(story_members.c.story_id).where(story_members.c.article_id == article)
        tellers = (
            select(func.count(articles.c.outlet.distinct()))
            .join(story_members, story_members.c.article_id == articles.c.id)
            .where(story_members.c.story_id.in_(mine))
        )
        async with self._database.reads() as connection:
            return ((await connection.execute(tellers)).scalar() or 0) > 1


_Row = TypeVar("_Row", Source, Item)
#: what does not change once a row is there
_FIXED = ("outlet", "url", "guid", "title", "summary", "published_at", "first_seen", "found")


def _of(kind: type[_Row], row: Row[Any]) -> _Row:
    return kind(**{field.name: row._mapping[field.name] for field in fields(kind)})


def _outlet(row: Row[Any]) -> Outlet:
    values = {field.name: row._mapping[field.name] for field in fields(Outlet)}
    return Outlet(**values | {"kind": OutletKind(values["kind"])})


def _changing(row: Source | Item) -> dict[str, Any]:
    return {name: value for name, value in asdict(row).items() if name not in _FIXED}


def _guid(item: Item) -> str | None:
    return None if item.guid is None else key_of(item.guid)


async def _save(connection: AsyncConnection, item: Item, **more: str) -> None:
    await connection.execute(update(items).where(items.c.id == key_of(item.url)).values(_changing(item) | more))


async def _first(connection: AsyncConnection, item: Item, article: Article) -> str | None:
    """The article that an item read for the first time is a double of, None if of none."""
    mine, canonical = key_of(item.url), key_of(article.url)
    known = await connection.execute(select(items.c.article_id).where(items.c.id == mine))
    if known.scalar() == canonical:
        return None
    held = items.c.state == State.HELD
    other = select(items.c.article_id).where(items.c.article_id == canonical, items.c.id != mine, held)
    found: str | None = (await connection.execute(other.limit(1))).scalar()
    if found is None and article.held is not Held.HEADLINE and len(article.text) >= SAME_TEXT_MIN:
        same = (
            select(articles.c.id)
            .join(versions, versions.c.article_id == articles.c.id)
            .where(
                public,  # a reader's paste says nothing about what the outlet has
                versions.c.text_hash == text_hash(article),
                articles.c.outlet == article.outlet.key,
                articles.c.id != canonical,
            )
        )
        found = (await connection.execute(same.limit(1))).scalar()
    return found
