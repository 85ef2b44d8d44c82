"""Looking after stories and answers: joined, parted, hidden, compared anew; mistakes that readers report, corrected."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from claims.errors import BadInput
from claims.matching import same_story
from claims.types import Article
from newsroom.desk import Answer, Desk
from newsroom.intake import Query
from storage.audit import By
from storage.corrections import Correction
from storage.curation import About
from storage.reports import Report
from storage.store import Store
from storage.stories import StorySummary

__all__ = ["Correction", "Mistake", "StoryCare", "StorySummary", "Whole"]

LISTED_MAX = 80  # stories or reports of a list
TEXT_MAX = 600  # characters of what an answer said, and of what it should say: more is no correction but an answer
NO_STORY = "There is no such story any more. /stories lists them."
NO_REPORT = "There is no such open report. /corrections lists them."


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A story with its articles, newest first."""

    id: int
    about: About
    articles: tuple[Article, ...]

    def article(self, ref: str) -> Article:
        """The article that a button means."""
        found = next((one for one in self.articles if ref_of(one) == ref), None)
        if found is None:
            raise BadInput("This article is not in the story any more.")
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """A report with the answer that it is about."""

    report: Report
    headline: str
    statement: str | None  #: the claim that it is about, None for the answer as a whole
    chats: int  #: that have the answer
    story: int | None


class StoryCare:
    """Methods raise BadInput for what makes no sense, StoreFault."""

    def __init__(self, store: Store, desk: Desk, now: Callable[[], datetime]) -> None:
        self._store = store
        self._desk = desk
        self._now = now

    # Stories

    async def recent(self) -> list[StorySummary]:
        """The stories that several outlets tell, those with the newest news first, hidden ones too."""
        return await self._store.stories.recent(limit=LISTED_MAX, hidden=True)

    async def whole(self, number: int) -> Whole:
        """A story; also by a number that leads to it."""
        current = await self._store.stories.current(number)
        about = await self._store.curation.about(current) if current is not None else None
        if current is None or about is None:
            raise BadInput(NO_STORY)
        return Whole(id=current, about=about, articles=tuple(await self._store.stories.members(current)))

    async def why(self, story: Whole, article: Article) -> str | None:
        """Why an article is in a story: what it shares with the one that it is likest to; None where it is alone."""
        likest = await self._store.stories.alike(article.url)
        others = {one.url: one for one in story.articles if one.url != article.url}
        other = next((others[url] for url in likest if url in others), next(iter(others.values()), None))
        if other is None:
            return None
        match = await asyncio.to_thread(same_story, article, other)
        return f"Likest to {other.outlet.name}. {match.why}"

    async def merge(self, one: int, two: int, *, by: By) -> int:
        """Make two stories one; its number."""
        if (await self.whole(one)).id == (await self.whole(two)).id:
            raise BadInput("These are one story already.")
        kept = await self._store.stories.merge(one, two, by=by)
        if kept is None:
            raise BadInput(NO_STORY)
        return kept

    async def split(self, number: int, ref: str, *, by: By) -> int:
        """Make an article of a story one of its own; the number of that story."""
        whole = await self.whole(number)
        new = await self._store.stories.split(whole.id, [whole.article(ref).url], by=by)
        if new is None:
            raise BadInput("A story of one article cannot be parted.")
        return new

    async def hide(self, number: int, *, hidden: bool, by: By) -> None:
        """Offer a story to nobody unasked, or again."""
        if not await self._store.stories.hide(number, hidden=hidden, by=by):
            raise BadInput(NO_STORY)

    async def rerun(self, number: int) -> Answer:
        """Compare a story anew: as it was last asked about, or its articles as they are held. Raises NewsError."""
        whole = await self.whole(number)
        asked = whole.about.asked
        if asked is not None and asked.startswith("http"):
            return await self._desk.answer(Query(link=asked), anew=True)
        if not whole.articles:
            raise BadInput("Nothing of this story is held any more.")
        return await self._desk.compare_held(whole.articles)

    # Reported mistakes

    async def open_mistakes(self) -> list[Mistake]:
        """What readers have reported and nobody has dealt with, oldest first."""
        return [await self._mistake(report) for report in await self._store.reports.open_reports(limit=LISTED_MAX)]

    async def mistake(self, number: int) -> Mistake:
        """One of them."""
        report = await self._store.reports.report(number)
        if report is None:
            raise BadInput(NO_REPORT)
        return await self._mistake(report)

    async def fix(self, number: int, *, old: str, new: str, by: By) -> int:
        """Correct an answer: everybody who got it is told what it said and what it should say."""
        for told in (old, new):
            if not told or len(told) > TEXT_MAX:
                raise BadInput(f"Give both what it said and what it should say, each in at most {TEXT_MAX} characters.")
        mistake = await self.mistake(number)
        made = await self._store.corrections.fix(number, headline=mistake.headline, old=old, new=new, by=by)
        if made is None:
            raise BadInput(NO_REPORT)
        return made

    async def reject(self, number: int, *, by: By) -> None:
        """Close a report: the answer stands."""
        if not await self._store.corrections.reject(number, by=by):
            raise BadInput(NO_REPORT)

    async def sent(self) -> list[tuple[Correction, datetime, tuple[int, int]]]:
        """The newest corrections: when they were made, how many chats have been told, of how many."""
        newest = await self._store.corrections.newest(limit=5)
        return [(one, at, await self._store.corrections.progress(one.id)) for one, at in newest]

    async def _mistake(self, report: Report) -> Mistake:
        answer = await self._desk.recall(report.comparison_id)
        headline, statement = "an answer whose texts are no longer held", None
        if answer is not None:
            headline = answer.comparison.articles[0].title or answer.asked
            rows = answer.comparison.rows
            statement = next((row.statement for row in rows if row.id == report.row), None)
        return Mistake(
            report=report,
            headline=headline,
            statement=statement,
            chats=len(await self._store.reports.who_got(report.comparison_id)),
            story=await self._store.curation.story_of_answer(report.comparison_id),
        )


def ref_of(article: Article) -> str:
    """A short name for an article, for buttons."""
    return sha256(article.url.encode("utf-8", "surrogatepass")).hexdigest()[:12]
