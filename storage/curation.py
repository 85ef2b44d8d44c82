"""What admins have said about stories, as answers need it; the acts themselves are ``storage.stories``."""

from dataclasses import dataclass

from sqlalchemy import func, select

from claims.types import Article
from storage._database import Database
from storage._rows import article_of, fullness, held_versions, key_of, public
from storage.tables import apart, articles, comparisons, stories, story_members, versions


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is known of a story beside its articles."""

    hidden: bool
    curated: bool  #: an admin has said what belongs to it
    answers: int
    asked: str | None  #: the newest question about it whose answer is for everybody


class Curation:
    """Reads what admins have set right."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def about(self, story: int) -> About | None:
        """What is known of a story; None where there is none of that number."""
        asked = select(comparisons.c.asked).where(comparisons.c.story_id == story)
        newest = asked.where(~comparisons.c.asked.contains("text:")).order_by(comparisons.c.id.desc()).limit(1)
        async with self._database.reads() as connection:
            row = (await connection.execute(select(stories).where(stories.c.id == story))).first()
            if row is None:
                return None
            count = select(func.count()).select_from(asked.subquery())
            return About(
                hidden=row.hidden,
                curated=row.curated,
                answers=(await connection.execute(count)).scalar_one(),
                asked=(await connection.execute(newest)).scalar(),
            )

    async def story_of_answer(self, comparison_id: str) -> int | None:
        """The story that an answer is about."""
        query = select(comparisons.c.story_id).where(comparisons.c.id == int(comparison_id))
        async with self._database.reads() as connection:
            return (await connection.execute(query)).scalar()

    async def bounds(self, url: str) -> tuple[frozenset[str], list[Article]]:
        """For the article at an address: the addresses of those that an admin has parted from its story, and the
        articles of a story that an admin has put together with it, as they are held.
        """
        mine = key_of(url)
        parted = select(articles.c.url).join(apart, apart.c.other_id == articles.c.id).where(apart.c.article_id == mine)
        story = select(story_members.c.story_id).join(stories, stories.c.id == story_members.c.story_id)
        story = story.where(story_members.c.article_id == mine, stories.c.curated)
        joined = select(story_members.c.article_id).where(story_members.c.story_id.in_(story))
        joined = joined.where(story_members.c.article_id != mine)
        held = held_versions().where(versions.c.article_id.in_(joined), public)
        async with self._database.reads() as connection:
            away = frozenset((await connection.execute(parted)).scalars())
            best: dict[str, Article] = {}
            for row in await connection.execute(held.order_by(fullness, versions.c.seen_at.desc(), versions.c.version)):
                best.setdefault(row.article_id, article_of(row))
        return away, list(best.values())
