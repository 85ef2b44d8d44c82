"""Stories as matching makes them and admins set them right: which articles are one story, and under which number.

An article that search finds anew is due to be placed. Placing writes down what it is like and groups anew whatever
that may have changed (``claims.matching.stories``), all in one transaction, and one at a time in all processes: two
articles of one event never open two stories. A number stays good for ever: a story that becomes part of another leads
there, with its answers. What an admin has joined, parted or hidden stays so whatever arrives.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from claims.matching import Step
from claims.matching.likeness import CROWD_COST, STORY_MIN
from claims.matching.stories import crowdedness, grouped, named, step_of
from claims.types import Article
from storage._database import Database
from storage._keeping import lock_stories, upsert
from storage._rows import article_of, held_versions, key_of
from storage.audit import By, write
from storage.tables import apart, articles, comparisons, likes, placings, stories, story_members, versions

#: articles grouped anew for one arrival; where more hang together, the arrival chooses among the stories as they are
REGION_MAX = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """What placing an article did."""

    step: Step
    story: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StorySummary:
    """A story in a list."""

    id: int
    title: str  #: of the article that is likest to the others
    articles: int
    outlets: int
    newest: datetime | None  #: publication of its newest article
    hidden: bool
    curated: bool


class StoryBook:
    """The stories; as ``Store.stories``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # Matching

    async def waiting(self, *, limit: int) -> list[Article]:
        """Articles that wait to be placed, the latest come first."""
        due = select(placings.c.article_id).where(placings.c.due_at.is_not(None))
        due = due.order_by(placings.c.due_at.desc(), placings.c.article_id).limit(limit)
        async with self._database.reads() as connection:
            found = held_versions().where(versions.c.place.is_not(None), versions.c.article_id.in_(due))
            return [article_of(row) for row in await connection.execute(found.order_by(versions.c.version))]

    async def alike(self, url: str) -> dict[str, float]:
        """The addresses of the articles that one was found to be like, likest first."""
        query = select(articles.c.url, likes.c.alike).join(articles, articles.c.id == likes.c.two)
        query = query.where(likes.c.one == key_of(url)).order_by(likes.c.alike.desc(), articles.c.url)
        async with self._database.reads() as connection:
            return {row.url: row.alike for row in await connection.execute(query)}

    async def place(self, url: str, alike: Mapping[str, float], *, at: datetime) -> Placed | None:
        """Put an article into the story that it belongs to, by its likeness to others (by address).

        What it was like before is forgotten. Others that have no text any more, or are no article of an outlet, are
        left out. None for an article that is not to be placed itself.
        """
        name = key_of(url)
        scores = {key_of(other): score for other, score in alike.items() if key_of(other) != name}
        async with self._database.writes() as connection:
            await lock_stories(connection)
            known = select(placings.c.article_id).where(placings.c.article_id.in_([name, *scores]))
            here = set((await connection.execute(known)).scalars())
            if name not in here:
                return None
            kept = {other: scores[other] for other in sorted(scores) if other in here}
            region = await _region(connection, name, await _write_likes(connection, name, kept))
            before = await _story_of(connection, region)
            groups = await _regrouped(connection, name, region, before)
            await _renumber(connection, groups, before, made_at=at)
            story = (await _story_of(connection, [name]))[name]
            mine = next(group for group in groups if name in group)
        earlier: dict[int, list[str]] = {}
        for other, number in before.items():
            if other != name:
                earlier.setdefault(number, []).append(other)
        return Placed(step=step_of(name, mine, earlier.values()), story=story)

    async def forget_likes(self, *, before: datetime) -> int:
        """Drop what articles first seen before then were like: they stay where they are from now on."""
        old = select(articles.c.id).where(articles.c.first_seen < before)
        async with self._database.writes() as connection:
            return (await connection.execute(delete(likes).where(likes.c.one.in_(old)))).rowcount

    # Reading

    async def current(self, story: int) -> int | None:
        """The number under which a story goes on, None for one that there is not."""
        async with self._database.reads() as connection:
            return await _current(connection, story)

    async def story_of(self, url: str) -> int | None:
        """The story of the article at an address, None where it is in none."""
        async with self._database.reads() as connection:
            return (await _story_of(connection, [key_of(url)])).get(key_of(url))

    async def members(self, story: int) -> list[Article]:
        """The articles of a story as search finds them, newest first; also by a number that leads to it."""
        async with self._database.reads() as connection:
            number = await _current(connection, story)
            found = held_versions().join(story_members, story_members.c.article_id == versions.c.article_id)
            found = found.where(story_members.c.story_id == number, versions.c.place.is_not(None))
            return [article_of(row) for row in await connection.execute(found.order_by(versions.c.place.desc()))]

    async def recent(self, *, limit: int, hidden: bool = False) -> list[StorySummary]:
        """The stories that several outlets tell and that last had news, those first; ``hidden``: also the hidden."""
        outlets, newest = func.count(articles.c.outlet.distinct()), func.max(versions.c.place)
        told = select(story_members.c.story_id, func.count().label("articles"), outlets.label("outlets"))
        told = told.add_columns(func.max(versions.c.published_at).label("newest"), stories.c.hidden, stories.c.curated)
        told = told.join(stories, stories.c.id == story_members.c.story_id)
        told = told.join(versions, _found(story_members.c.article_id)).join(
            articles, articles.c.id == story_members.c.article_id
        )
        if not hidden:
            told = told.where(stories.c.hidden.is_(False))
        told = told.group_by(story_members.c.story_id, stories.c.hidden, stories.c.curated).having(outlets > 1)
        async with self._database.reads() as connection:
            rows = (await connection.execute(told.order_by(newest.desc()).limit(limit))).all()
            titles = await _titles(connection, [row.story_id for row in rows])
        return [
            StorySummary(
                id=row.story_id,
                title=titles.get(row.story_id, ""),
                articles=row.articles,
                outlets=row.outlets,
                newest=row.newest,
                hidden=row.hidden,
                curated=row.curated,
            )
            for row in rows
        ]

    # Admins

    async def merge(self, one: int, two: int, *, by: By) -> int | None:
        """Make two stories one for good; its number, that of the first. None where there is no such story."""
        async with self._database.writes() as connection:
            await lock_stories(connection)
            kept, gone = await _current(connection, one), await _current(connection, two)
            if kept is None or gone is None:
                return None
            if kept != gone:
                mine, theirs = await _members_of(connection, kept), await _members_of(connection, gone)
                one_way = and_(apart.c.article_id.in_(mine), apart.c.other_id.in_(theirs))
                other_way = and_(apart.c.article_id.in_(theirs), apart.c.other_id.in_(mine))
                await connection.execute(delete(apart).where(or_(one_way, other_way)))
                await _lead_into(connection, gone, kept)
            await connection.execute(update(stories).where(stories.c.id == kept).values(curated=True))
            await write(connection, by.did("stories.merge", kept, before=gone, after=kept))
        return kept

    async def split(self, story: int, urls: Collection[str], *, by: By) -> int | None:
        """Make some articles of a story another one for good; its number.

        None where there is no such story, where none of the articles is in it, or all are.
        """
        async with self._database.writes() as connection:
            await lock_stories(connection)
            number = await _current(connection, story)
            members = set() if number is None else set(await _members_of(connection, number))
            parted = members & {key_of(url) for url in urls}
            if number is None or not parted or parted == members:
                return None
            new = await _new_story(connection, made_at=by.at)
            moved = update(story_members).where(story_members.c.article_id.in_(parted))
            await connection.execute(moved.values(story_id=new))
            pairs = [(one, two) for one in sorted(parted) for two in sorted(members - parted)]
            rows = [{"article_id": a, "other_id": b} for one, two in pairs for a, b in ((one, two), (two, one))]
            await connection.execute(upsert(connection, apart).on_conflict_do_nothing(), rows)
            await connection.execute(update(stories).where(stories.c.id.in_([number, new])).values(curated=True))
            await write(connection, by.did("stories.split", number, after=new))
        return new

    async def hide(self, story: int, *, hidden: bool = True, by: By) -> bool:
        """Offer a story to nobody, or again; False where there is no such story."""
        async with self._database.writes() as connection:
            number = await _current(connection, story)
            if number is None:
                return False
            before = (await connection.execute(select(stories.c.hidden).where(stories.c.id == number))).scalar()
            await connection.execute(update(stories).where(stories.c.id == number).values(hidden=hidden))
            told = ["hidden" if one else "shown" for one in (before, hidden)]
            act = "stories.hide" if hidden else "stories.show"
            await write(connection, by.did(act, number, before=told[0], after=told[1]))
        return True


def _found(article: ColumnElement[str]) -> ColumnElement[bool]:
    """The version of an article that search finds."""
    return and_(versions.c.article_id == article, versions.c.place.is_not(None))


async def _current(connection: AsyncConnection, story: int) -> int | None:
    row = (await connection.execute(select(stories.c.merged_into).where(stories.c.id == story))).first()
    return None if row is None else row.merged_into or story


async def _story_of(connection: AsyncConnection, names: Iterable[str]) -> dict[str, int]:
    query = select(story_members.c.article_id, story_members.c.story_id).where(story_members.c.article_id.in_(names))
    return {row.article_id: row.story_id for row in await connection.execute(query)}


async def _members_of(connection: AsyncConnection, story: int) -> list[str]:
    query = select(story_members.c.article_id).where(story_members.c.story_id == story)
    return list((await connection.execute(query.order_by(story_members.c.article_id))).scalars())


async def _new_story(connection: AsyncConnection, *, made_at: datetime) -> int:
    made = await connection.execute(insert(stories).values(made_at=made_at).returning(stories.c.id))
    return int(made.scalar_one())


async def _write_likes(connection: AsyncConnection, name: str, alike: Mapping[str, float]) -> dict[str, float]:
    """What an article is like from now on; the crowdedness of all for whom that is another now."""
    mine = or_(likes.c.one == name, likes.c.two == name)
    both = [{"one": a, "two": b, "alike": score} for b, score in alike.items() for a, b in ((name, b), (b, name))]
    lost = set((await connection.execute(delete(likes).where(mine).returning(likes.c.two))).scalars())
    if both:
        await connection.execute(insert(likes), both)
    await connection.execute(update(placings).where(placings.c.article_id == name).values(due_at=None))
    touched = sorted({name, *alike, *lost})
    scores: dict[str, list[float]] = {one: [] for one in touched}
    for row in await connection.execute(select(likes.c.one, likes.c.alike).where(likes.c.one.in_(touched))):
        scores[row.one].append(row.alike)
    crowds = {one: crowdedness(sorted(found)) for one, found in scores.items()}
    known = await _crowds(connection, touched)
    return {one: crowd for one, crowd in crowds.items() if crowd != known[one]}


async def _crowds(connection: AsyncConnection, names: Iterable[str]) -> dict[str, float]:
    query = select(placings.c.article_id, placings.c.crowded).where(placings.c.article_id.in_(names))
    return {row.article_id: row.crowded for row in await connection.execute(query)}


async def _set_crowds(connection: AsyncConnection, crowds: Mapping[str, float]) -> None:
    for one, crowd in sorted(crowds.items()):
        await connection.execute(update(placings).where(placings.c.article_id == one).values(crowded=crowd))


async def _region(connection: AsyncConnection, name: str, changed: Mapping[str, float]) -> list[str]:
    """All whose grouping may be another now: what chains of near pairs and stories join to the article and those that
    are more or less crowded than before. Nearness is taken as the larger of before and now, so that what was near and
    is not any more is among them. Beyond ``REGION_MAX`` the chains are cut.
    """
    before = await _crowds(connection, changed)
    await _set_crowds(connection, {one: crowd for one, crowd in changed.items() if crowd < before[one]})
    one, two = placings.alias(), placings.alias()
    found = reached = sorted({name, *changed})
    while reached and len(found) <= REGION_MAX:
        near = (
            select(likes.c.two)
            .join(one, one.c.article_id == likes.c.one)
            .join(two, two.c.article_id == likes.c.two)
            .where(likes.c.one.in_(reached))
            .where(likes.c.alike - CROWD_COST * (one.c.crowded + two.c.crowded) >= STORY_MIN)
        )
        mine = select(story_members.c.story_id).where(story_members.c.article_id.in_(reached))
        mates = select(story_members.c.article_id).where(story_members.c.story_id.in_(mine))
        rows = [*(await connection.execute(near)).scalars(), *(await connection.execute(mates)).scalars()]
        reached = sorted(set(rows) - set(found))
        found = [*found, *reached]
    await _set_crowds(connection, {one: crowd for one, crowd in changed.items() if crowd > before[one]})
    # what waits to be placed itself, and a reader's text, stays where an answer has put it
    matched = select(placings.c.article_id).where(placings.c.article_id.in_(found), placings.c.due_at.is_(None))
    return sorted((await connection.execute(matched)).scalars())


async def _regrouped(
    connection: AsyncConnection, name: str, region: Sequence[str], before: Mapping[str, int]
) -> list[frozenset[str]]:
    """The stories of a region, from what is known of its articles."""
    like: dict[str, dict[str, float]] = {one: {} for one in region}
    within = select(likes).where(likes.c.one.in_(region), likes.c.two.in_(region))
    for row in await connection.execute(within):
        like[row.one][row.two] = row.alike
    barred: dict[str, set[str]] = {one: set() for one in region}
    for row in await connection.execute(select(apart).where(apart.c.article_id.in_(region))):
        barred[row.article_id].add(row.other_id)
    curated = select(stories.c.id).where(stories.c.id.in_(set(before.values())), stories.c.curated)
    fixed = set((await connection.execute(curated)).scalars())
    cut = len(region) > REGION_MAX
    blocks = {one: story for one, story in before.items() if story in fixed or (cut and one != name)}
    return grouped(region, like, await _crowds(connection, region), blocks=blocks, apart=barred)


async def _renumber(
    connection: AsyncConnection, groups: Sequence[frozenset[str]], before: Mapping[str, int], *, made_at: datetime
) -> None:
    """Write down which articles are one story now."""
    naming = named(groups, before)
    numbers = [kept or await _new_story(connection, made_at=made_at) for kept in naming.kept]
    for group, number in zip(groups, numbers, strict=True):
        rows = [{"story_id": number, "article_id": one} for one in sorted(group) if before.get(one) != number]
        await _put(connection, rows)
    for gone, n in sorted(naming.into.items()):
        await _lead_into(connection, gone, numbers[n])


async def _put(connection: AsyncConnection, rows: Sequence[dict[str, object]]) -> None:
    if rows:
        put = upsert(connection, story_members)
        moved = put.on_conflict_do_update(index_elements=["article_id"], set_={"story_id": put.excluded.story_id})
        await connection.execute(moved, rows)


async def _lead_into(connection: AsyncConnection, gone: int, kept: int) -> None:
    """Make one story a part of another: what it still has, its answers, what led into it, and an admin's word on it."""
    moved = (story_members.c.story_id, comparisons.c.story_id)
    for column in moved:
        await connection.execute(update(column.table).where(column == gone).values({column: kept}))
    lead = update(stories).where(or_(stories.c.id == gone, stories.c.merged_into == gone))
    await connection.execute(lead.values(merged_into=kept))
    for flag in (stories.c.hidden, stories.c.curated):
        told = select(stories.c.id).where(stories.c.id == gone, flag)
        await connection.execute(update(stories).where(stories.c.id == kept, told.exists()).values({flag: True}))


async def _titles(connection: AsyncConnection, wanted: Sequence[int]) -> dict[int, str]:
    """For each story the title of its likest article, of equals the newest."""
    query = select(story_members.c.story_id, versions.c.title)
    query = query.join(versions, _found(story_members.c.article_id))
    query = query.outerjoin(placings, placings.c.article_id == story_members.c.article_id)
    query = query.where(story_members.c.story_id.in_(wanted)).order_by(placings.c.crowded, versions.c.place)
    return {row.story_id: row.title for row in await connection.execute(query)}
