"""Stories as digests, alerts and followers see them: which articles, of whom, when they came and when they changed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Row, Select, and_, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from claims.digests import Member, News
from claims.types import Article, Held
from storage import _search
from storage._database import Database
from storage._rows import article_of, held_versions, key_of, public
from storage.subscriptions import members_of_story
from storage.tables import articles, outlets, stories, story_members, versions

STORIES_MAX = 300  # of a pool: the most told ones; beyond it a digest of any topic has enough to choose from
CHANGED_MAX = 100  # changed articles in no story of several outlets, newest change first
OPENING = 600  # characters of a text in which chosen words are looked for
MEMBERS_MAX = 40  # articles of one story: a greater one is a running subject


class StoryPool:
    """What is read of stories; nothing is changed here."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def recent(self, now: datetime, span: timedelta) -> list[News]:
        """Stories of the last days that several outlets tell, and articles that were changed within them.

        An article is placed by its date, one without by the time it was read, as search does it. The days are told by
        the newest article and not by the clock: the web may have stood still.
        """
        async with self._database.reads() as connection:
            newest = select(func.max(versions.c.place)).where(versions.c.place <= _search.place_of(now, "f" * 16))
            place: int | None = (await connection.execute(newest)).scalar()
            if place is None:
                return []
            window = versions.c.place >= _search.place_of(_search.moment_of(place) - span, "0")
            told = (await connection.execute(_told_by_several(window))).scalars().all()
            grouped: dict[int, list[Member]] = {story: [] for story in told}
            rows = await connection.execute(_of_stories(told))
            for row in rows:
                grouped[row.story_id].append(_member(row))
            known = {one.article for members in grouped.values() for one in members}
            changed = (await connection.execute(_changed(window, now - span))).scalars().all()
            alone = [_member(row) for row in await connection.execute(_of_articles(set(changed) - known))]
            moments = await _changes(connection, [*known, *(one.article for one in alone)])
        groups = [*grouped.values(), *([one] for one in alone)]
        return [_news(members[:MEMBERS_MAX], moments) for members in groups if members]

    async def story_of(self, article: str) -> News | None:
        """The story of an article as it is now; None where nothing of it is held any more."""
        async with self._database.reads() as connection:
            ids = await members_of_story(connection, article)
            members = [_member(row) for row in await connection.execute(_of_articles(ids))]
            moments = await _changes(connection, ids)
        return _news(members[:MEMBERS_MAX], moments) if members else None

    async def articles(self, wanted: Sequence[str]) -> list[Article]:
        """The articles of these versions, in this order, as far as their texts are held."""
        async with self._database.reads() as connection:
            query = held_versions().where(versions.c.version.in_(wanted), public)
            rows = {row.version: row for row in await connection.execute(query)}
        return [article_of(rows[version]) for version in wanted if version in rows]

    @staticmethod
    def key_of(url: str) -> str:
        """The id of the article at an address."""
        return key_of(url)


def _told_by_several(window: ColumnElement[bool]) -> Select[int]:
    tellers = func.count(articles.c.outlet.distinct())
    return (
        select(story_members.c.story_id)
        .join(versions, versions.c.article_id == story_members.c.article_id)
        .join(articles, articles.c.id == story_members.c.article_id)
        .join(stories, stories.c.id == story_members.c.story_id)
        .where(window, stories.c.hidden.is_(False))
        .group_by(story_members.c.story_id)
        .having(tellers > 1)
        .order_by(tellers.desc(), story_members.c.story_id.desc())
        .limit(STORIES_MAX)
    )


def _changed(window: ColumnElement[bool], moment: datetime) -> Select[str]:
    """Articles of the window that have a later version since then."""
    other = versions.alias()
    earlier = exists().where(
        other.c.article_id == versions.c.article_id, other.c.fetched_at < versions.c.fetched_at, _full(other)
    )
    hidden = select(story_members.c.article_id).join(stories, stories.c.id == story_members.c.story_id)
    return (
        select(versions.c.article_id)
        .where(window, versions.c.fetched_at >= moment, _full(versions), earlier)
        .where(versions.c.article_id.not_in(hidden.where(stories.c.hidden)))
        .order_by(versions.c.fetched_at.desc(), versions.c.article_id)
        .limit(CHANGED_MAX)
    )


def _full(table: FromClause) -> ColumnElement[bool]:
    return and_(table.c.held == Held.FULL, table.c.text.is_not(None))


_SHOWN = (
    versions.c.article_id,
    versions.c.version,
    articles.c.url,
    articles.c.outlet,
    versions.c.title,
    func.substr(versions.c.text, 1, OPENING, type_=versions.c.title.type).label("opening"),
    versions.c.section,
    versions.c.language,
    versions.c.credit,
    versions.c.held,
    versions.c.published_at,
    articles.c.first_seen,
    outlets.c.name,
)


def _members(*more: ColumnElement[Any]) -> Select[Any]:
    """Articles by the version that search finds; those of outlets that an admin has switched off are left out."""
    return (
        select(*_SHOWN, *more)
        .select_from(versions)
        .join(articles, articles.c.id == versions.c.article_id)
        .join(outlets, outlets.c.key == articles.c.outlet)
        .where(versions.c.place.is_not(None), versions.c.text.is_not(None), public, outlets.c.active)
        .order_by(articles.c.first_seen, articles.c.id)
    )


def _of_stories(wanted: Sequence[int]) -> Select[Any]:
    told = _members(story_members.c.story_id)
    told = told.join(story_members, story_members.c.article_id == versions.c.article_id)
    return told.where(story_members.c.story_id.in_(wanted))


def _of_articles(wanted: Collection[str]) -> Select[Any]:
    return _members().where(versions.c.article_id.in_(wanted))


async def _changes(connection: AsyncConnection, wanted: Sequence[str]) -> dict[str, datetime]:
    """When the articles were last seen changed; without those of which one text is known."""
    query = select(versions.c.article_id, func.max(versions.c.fetched_at).label("at"))
    query = query.where(versions.c.article_id.in_(wanted), _full(versions))
    query = query.group_by(versions.c.article_id).having(func.count() > 1)
    return {row.article_id: row.at for row in await connection.execute(query)}


def _member(row: Row[Any]) -> Member:
    return Member(
        article=row.article_id,
        version=row.version,
        url=row.url,
        outlet=row.outlet,
        name=row.name,
        title=row.title,
        opening=row.opening,
        section=row.section,
        language=row.language,
        credit=row.credit if row.credit != row.name else None,
        full=row.held == Held.FULL,
        published_at=row.published_at,
        first_seen=row.first_seen,
    )


def _news(members: Sequence[Member], changed: Mapping[str, datetime]) -> News:
    dated = (replace(one, changed_at=changed.get(one.article)) for one in members)
    return News(members=tuple(sorted(dated, key=lambda one: (one.at, one.article))))
