"""The steps of keeping an article or an answer, each inside the caller's transaction."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Table, case, delete, exists, func, insert, or_, select, update
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
    sources,
    stories,
    story_members,
    versions,
)


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


async def keep_article(connection: AsyncConnection, article: Article, *, fetched_at: datetime) -> None:
    """Outlet, article and version where they are new; a known version is seen again, its text held again."""
    unlisted = upsert(connection, outlets).values(outlet_row(article.outlet, listed=False))
    await connection.execute(unlisted.on_conflict_do_nothing())
    page = upsert(connection, articles).values(article_row(article, first_seen=fetched_at))
    await connection.execute(page.on_conflict_do_nothing())
    # two versions of one page that come at once wait here for each other: only one may be found by search
    await connection.execute(select(articles.c.id).where(articles.c.id == key_of(article.url)).with_for_update())
    read = upsert(connection, versions).values(version_row(article, fetched_at=fetched_at))
    new = read.excluded
    seen_again = {
        "seen_at": case((new.seen_at > versions.c.seen_at, new.seen_at), else_=versions.c.seen_at),
        # what a reader pasted and the outlet's own page confirms is the page's text
        "held": case((versions.c.held == Held.READER_COPY, new.held), else_=versions.c.held),
        "text": new.text,
        "standfirst": new.standfirst,
    }
    await connection.execute(read.on_conflict_do_update(index_elements=[versions.c.version], set_=seen_again))
    await _index(connection, article, fetched_at=fetched_at)


async def held_of(connection: AsyncConnection, wanted: Collection[str]) -> set[str]:
    """Those of the versions whose text is held."""
    query = select(versions.c.version).where(versions.c.version.in_(wanted), versions.c.text.is_not(None))
    return set((await connection.execute(query)).scalars())


async def keep_story(connection: AsyncConnection, members: Sequence[Article], *, made_at: datetime) -> int:
    """The id of the story that the first member belongs to, a new one if to none; all are its members then."""
    keys = sorted({key_of(article.url) for article in members})
    known = select(story_members.c.story_id).where(story_members.c.article_id == key_of(members[0].url))
    story: int | None = (await connection.execute(known.order_by(story_members.c.story_id).limit(1))).scalar()
    if story is None:
        made = await connection.execute(insert(stories).values(made_at=made_at).returning(stories.c.id))
        story = made.scalar_one()
    rows = [{"story_id": story, "article_id": key} for key in keys]
    await connection.execute(upsert(connection, story_members).on_conflict_do_nothing(), rows)
    return story


async def keep_membership(
    connection: AsyncConnection, article: Article, others: Sequence[Article], *, made_at: datetime
) -> int:
    """The id of the story that the article is a member of from now on: that of most of the others, else a new one."""
    keys = [key_of(other.url) for other in others]
    told = select(story_members.c.story_id).where(story_members.c.article_id.in_([key_of(article.url), *keys]))
    most = told.group_by(story_members.c.story_id).order_by(func.count().desc(), story_members.c.story_id).limit(1)
    story: int | None = (await connection.execute(most)).scalar()
    if story is None:
        made = await connection.execute(insert(stories).values(made_at=made_at).returning(stories.c.id))
        story = made.scalar_one()
    placed = set(
        (
            await connection.execute(select(story_members.c.article_id).where(story_members.c.article_id.in_(keys)))
        ).scalars()
    )
    rows = [{"story_id": story, "article_id": key} for key in (key_of(article.url), *sorted(set(keys) - placed))]
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


async def _index(connection: AsyncConnection, article: Article, *, fetched_at: datetime) -> None:
    """Let search find this version instead of the page's others, if it is the fullest and newest."""
    mine = versions.c.article_id == key_of(article.url)
    query = select(versions.c.version, versions.c.place).where(mine, public, versions.c.text.is_not(None))
    ranked = (await connection.execute(query.order_by(fullness, versions.c.seen_at.desc(), versions.c.version))).all()
    if not ranked or ranked[0].version != article.version or ranked[0].place is not None:
        return
    if replaced := [row.place for row in ranked if row.place is not None]:
        await _search.remove(connection, replaced)
        await connection.execute(update(versions).where(versions.c.place.in_(replaced)).values(place=None))
    place = _search.place_of(article.published_at or fetched_at, article.version)
    while (await connection.execute(select(versions.c.place).where(versions.c.place == place))).first():
        place += 1
    await connection.execute(update(versions).where(versions.c.version == article.version).values(place=place))
    await _search.add(connection, [(place, _search.fold(f"{article.title}\n{article.text}"))])
