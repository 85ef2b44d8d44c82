"""The steps of keeping an article or an answer, each inside the caller's transaction."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Table, bindparam, case, delete, exists, insert, or_, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from claims.types import Article, Held, Outlet
from storage import _search
from storage._rows import article_row, fullness, key_of, outlet_row, public, version_row
from storage.tables import (
    articles,
    comparison_versions,
    comparisons,
    items,
    messages,
    outlet_states,
    outlets,
    placings,
    sources,
    stories,
    story_members,
    versions,
)

_STORIES_LOCK = 0x5EC0_0D51  # as in storage._database: any number that no other program on the server uses


def upsert(connection: AsyncConnection, table: Table) -> postgresql.Insert | sqlite.Insert:
    """An insert that can say what to do with a row that is there already."""
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)


async def keep_outlets(connection: AsyncConnection, registry: Sequence[Outlet]) -> None:
    """Make the rows what the registry says, but for the switch."""
    rows = [outlet_row(outlet, listed=True) for outlet in sorted(registry, key=lambda outlet: outlet.key)]
    if not rows:
        return
    listed = upsert(connection, outlets)
    told = {name: listed.excluded[name] for name in rows[0] if name not in ("key", "active")}
    await connection.execute(listed.on_conflict_do_update(index_elements=[outlets.c.key], set_=told), rows)


async def keep_articles(connection: AsyncConnection, read: Sequence[Article], *, fetched_at: datetime) -> None:
    """Outlets, articles and versions where they are new; a known version is seen again, its text held again."""
    if not read:
        return
    # in one order for everybody: two that keep the same rows in another order each would wait for each other
    ordered = sorted(read, key=lambda article: key_of(article.url))
    tellers = {article.outlet.key: outlet_row(article.outlet, listed=False) for article in ordered}
    await connection.execute(
        upsert(connection, outlets).on_conflict_do_nothing(), [tellers[key] for key in sorted(tellers)]
    )
    pages = {key_of(article.url): article_row(article, first_seen=fetched_at) for article in ordered}
    await connection.execute(upsert(connection, articles).on_conflict_do_nothing(), [*pages.values()])
    # two versions of one page that come at once wait here for each other: only one may be found by search
    await connection.execute(
        select(articles.c.id).where(articles.c.id.in_(pages)).order_by(articles.c.id).with_for_update()
    )
    added = upsert(connection, versions)
    new = added.excluded
    seen_again = {
        "seen_at": case((new.seen_at > versions.c.seen_at, new.seen_at), else_=versions.c.seen_at),
        # what a reader pasted and the outlet's own page confirms is the page's text
        "held": case((versions.c.held == Held.READER_COPY, new.held), else_=versions.c.held),
        "text": new.text,
        "standfirst": new.standfirst,
    }
    rows = [version_row(article, fetched_at=fetched_at) for article in ordered]
    await connection.execute(added.on_conflict_do_update(index_elements=[versions.c.version], set_=seen_again), rows)
    await _index(connection, ordered, pages, fetched_at=fetched_at)


async def held_of(connection: AsyncConnection, wanted: Collection[str]) -> set[str]:
    """Those of the versions whose text is held."""
    query = select(versions.c.version).where(versions.c.version.in_(wanted), versions.c.text.is_not(None))
    return set((await connection.execute(query)).scalars())


async def lock_stories(connection: AsyncConnection) -> None:
    """One change of stories at a time, in all processes; on SQLite there is one writer anyway."""
    if connection.dialect.name != "sqlite":
        await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _STORIES_LOCK})


async def keep_story(connection: AsyncConnection, members: Sequence[Article], *, made_at: datetime) -> int:
    """The id of the story that the first member belongs to, a new one if to none; those in none are its members then.

    What matching thinks of them it says when they are placed.
    """
    await lock_stories(connection)
    keys = sorted({key_of(article.url) for article in members})
    known = select(story_members.c.story_id).where(story_members.c.article_id == key_of(members[0].url))
    story: int | None = (await connection.execute(known)).scalar()
    if story is None:
        made = await connection.execute(insert(stories).values(made_at=made_at).returning(stories.c.id))
        story = made.scalar_one()
    rows = [{"story_id": story, "article_id": key} for key in keys]
    await connection.execute(upsert(connection, story_members).on_conflict_do_nothing(), rows)
    return story


async def keep_message(connection: AsyncConnection, chat_id: int, message_id: int, comparison_id: str) -> None:
    """Which answer a sent message carries now."""
    sent = upsert(connection, messages).values(chat_id=chat_id, message_id=message_id, comparison_id=int(comparison_id))
    carries = {"comparison_id": sent.excluded.comparison_id}
    await connection.execute(
        sent.on_conflict_do_update(index_elements=[messages.c.chat_id, messages.c.message_id], set_=carries)
    )


async def forget_pasted(connection: AsyncConnection, pasted: Sequence[str], *, about: Sequence[int] = ()) -> int:
    """Erase texts that readers brought, the answers that rest on them, the answers ``about`` them, and what is left
    empty; returns how many texts.
    """
    resting = select(comparison_versions.c.comparison_id).where(comparison_versions.c.version.in_(pasted))
    told = exists().where(comparisons.c.story_id == stories.c.id)
    peopled = exists().where(story_members.c.story_id == stories.c.id)
    kept = exists().where(versions.c.article_id == articles.c.id)
    wanted = or_(comparisons.c.id.in_(resting), comparisons.c.id.in_(about))
    answers = delete(comparisons).where(wanted).returning(comparisons.c.story_id)
    touched = (await connection.execute(answers)).scalars().all()
    gone = delete(versions).where(versions.c.version.in_(pasted)).returning(versions.c.article_id)
    addresses = (await connection.execute(gone)).scalars().all()
    emptied = delete(articles).where(articles.c.id.in_(addresses), ~kept).returning(articles.c.outlet)
    whose = (await connection.execute(emptied)).scalars().all()
    # the name of a reader's private group or channel goes with its last text; what is followed has rows elsewhere
    followed = (exists().where(table.c.outlet == outlets.c.key) for table in (articles, sources, items, outlet_states))
    await connection.execute(
        delete(outlets).where(outlets.c.key.in_(whose), outlets.c.listed.is_(False), ~or_(*followed))
    )
    await connection.execute(delete(stories).where(stories.c.id.in_(touched), ~told, ~peopled))
    return len(addresses)


async def _index(
    connection: AsyncConnection, read: Sequence[Article], pages: Collection[str], *, fetched_at: datetime
) -> None:
    """Let search find these versions instead of their pages' others, if they are the fullest and newest."""
    held = select(versions.c.article_id, versions.c.version, versions.c.place)
    held = held.where(versions.c.article_id.in_(pages), public, versions.c.text.is_not(None))
    ranked = held.order_by(versions.c.article_id, fullness, versions.c.seen_at.desc(), versions.c.version)
    rows = (await connection.execute(ranked)).all()
    best = {row.article_id: row for row in reversed(rows)}
    mine = {article.version: article for article in read}
    wanted = {row.version: mine[row.version] for row in best.values() if row.place is None and row.version in mine}
    if not wanted:
        return
    if replaced := [row.place for row in rows if row.place is not None and best[row.article_id].version in wanted]:
        await _search.remove(connection, replaced)
        await connection.execute(update(versions).where(versions.c.place.in_(replaced)).values(place=None))
    places = await _free_places(
        connection,
        {version: _search.place_of(article.published_at or fetched_at, version) for version, article in wanted.items()},
    )
    placed = update(versions).where(versions.c.version == bindparam("of")).values(place=bindparam("at"))
    await connection.execute(placed, [{"of": version, "at": place} for version, place in places.items()])
    entries = [
        (place, _search.fold(f"{wanted[version].title}\n{wanted[version].text}")) for version, place in places.items()
    ]
    await _search.add(connection, entries)
    due = [{"article_id": key_of(one.url), "due_at": fetched_at, "crowded": 0.0} for one in wanted.values()]
    waits = upsert(connection, placings)
    await connection.execute(
        waits.on_conflict_do_update(index_elements=["article_id"], set_={"due_at": waits.excluded.due_at}), due
    )


async def _free_places(connection: AsyncConnection, wished: Mapping[str, int]) -> dict[str, int]:
    """For each version the place that it wished, or the next one that nobody has."""
    given: dict[int, str] = {}
    left = dict(wished)
    while left:
        taken = set(
            (await connection.execute(select(versions.c.place).where(versions.c.place.in_(left.values())))).scalars()
        )
        again = {}
        for version, place in sorted(left.items()):
            if place in taken or place in given:
                again[version] = place + 1
            else:
                given[place] = version
        left = again
    return {version: place for place, version in sorted(given.items())}
