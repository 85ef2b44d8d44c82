"""The walk from a link to a comparison: link -> article -> story -> claims -> comparison -> answer.

I/O is awaited here and decided elsewhere: ``claims`` decides, ``Web`` and ``Store`` act. Only the reader's own link or
text may raise (claims.errors.NewsError, one plain sentence); every other failure is a value in the answer.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from claims.attribution.model import Model
from claims.changes import changes
from claims.comparing import compare
from claims.comparison import Change, Comparison, Note, Row
from claims.errors import BadInput, FetchError
from claims.fact_checks import on_story
from claims.matching import gather, same_story, search_terms, shortlist
from claims.matching.likeness import MEANING_LANGUAGES, gist
from claims.outlet_names import OutletNames
from claims.types import Article, Candidate, Held, Miss, Story
from newsroom.broadcasts import Broadcasts
from newsroom.inbox import Inbox
from newsroom.intake import (
    TEXT_KEY,
    Lead,
    Query,
    about,
    article_of_text,
    as_candidate,
    closed_lead,
    newest,
    reader_copies,
    with_copies,
)
from newsroom.meaning import Meanings
from newsroom.orders import Orders
from newsroom.posting import fingerprint
from newsroom.reading import Readings
from newsroom.unasked import Unasked
from scrapers.outlets import Outlets
from scrapers.web import Web, links_in
from storage.store import Store

HELD_FRESH = timedelta(days=1)  # the same versions compared so lately need not be compared again
SEARCH_S = 5.0  # the two deadlines and the lead's own limit together stay under the 20 s of a dead network
ARTICLES_S = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A stored comparison and how it came about."""

    id: str
    asked: str  #: the link as sent, or "text:<hash>"
    comparison: Comparison
    made_at: datetime
    from_store: bool

    @property
    def private(self) -> bool:
        """Whether it rests on a text or a copy that a reader brought: then it is for that reader alone."""
        return any(part.startswith(TEXT_KEY) for part in self.asked.split(" "))


First = Callable[[Comparison], Awaitable[None]]


class Desk:
    """Answers questions. One desk a process; made by ``newsroom.wiring``."""

    def __init__(
        self,
        *,
        web: Web,
        store: Store,
        outlets: Outlets,
        now: Callable[[], datetime],
        orders: Orders | None = None,
        model: Callable[[], Model | None] = lambda: None,
        meanings: Meanings | None = None,
    ) -> None:
        """``model`` is called once, in a thread, when the first question comes: while its page is fetched."""
        self._web = web
        self._store = store
        self._outlets = outlets
        self._names = OutletNames(outlets.all)
        self._now = now
        self._orders = orders or Orders(store)
        self._load = model
        self._model: asyncio.Task[Model | None] | None = None
        self._meanings = meanings
        self.inbox = Inbox(store, now, self._orders)
        self.broadcasts = Broadcasts(store.deliveries, store.jobs, now)
        self.unasked = Unasked(store, now, self.compare_held)

    async def answer(self, query: Query, *, first: First | None = None, anew: bool = False) -> Answer:
        """The comparison for a link or a text. ``first`` gets the asked article's own reading as soon as it is read.

        ``anew``: also where a young answer is kept. Raises NewsError for the reader's own link or text only.
        """
        fresh = timedelta(minutes=self._orders.threshold("fresh_minutes"))
        if not anew and (known := await self._store.recent(query.asked, since=self._now() - fresh)):
            return Answer(
                id=known.id, asked=known.asked, comparison=known.comparison, made_at=known.made_at, from_store=True
            )
        self._model = self._model or asyncio.create_task(asyncio.to_thread(self._load))
        if self._meanings:
            self._meanings.begin()
        readings = Readings(self._names, self._model)
        try:
            return await self._answer(query, first, readings)
        finally:
            readings.close()

    async def _answer(self, query: Query, first: First | None, readings: Readings) -> Answer:
        copies = reader_copies(query, self._outlets)
        for copy in copies:
            await self._store.save_article(copy, fetched_at=self._now())
        lead = await self._lead(query, copies)
        readings.begin(lead.article)
        if first:
            await first(await self._compare(Story(lead=lead.article, misses=lead.misses), lead.notes, readings))
        terms = search_terms(lead.article)
        checks = asyncio.create_task(self._web.fact_checks(terms, seconds=SEARCH_S, lead=lead.article.url))
        story = await self._gather(lead.article, await self._near(lead.article))
        misses, notes, most = lead.misses, lead.notes, self._orders.threshold("articles")
        held = [article for article in story.others if article.held is Held.FULL]
        if len({article.outlet.key for article in held}) < self._orders.threshold("enough_outlets"):
            found = lead.found or await self._web.search(terms, seconds=SEARCH_S, lead=lead.article.url)
            wanted = shortlist(lead.article, found.candidates, limit=most)
            results = await self._articles(lead.article, wanted, readings)
            story = await self._gather(lead.article, newest(results, story.others))
            misses = (*misses, *found.misses)
            if not story.others and not found.reached:
                notes = (*notes, Note.NOTHING_REACHABLE)
        elif stale := [as_candidate(article) for article in held if await self._young(article.url) is None]:
            results = await self._pages(lead.article, stale[:most], readings)
            story = await self._gather(lead.article, newest(results, story.others))
        story = await self._set_right(replace(with_copies(story, copies), misses=(*misses, *story.misses)))
        comparison = await self._compare(story, notes, readings)
        if published := await checks:
            comparison = replace(comparison, fact_checks=await asyncio.to_thread(on_story, story, published))
        return await self._keep(query.asked, comparison)

    async def compare_held(self, articles: Sequence[Article]) -> Answer:
        """The comparison of articles of one story as they are held, the first as the asked one; nothing is fetched.

        Made once for the same versions.
        """
        asked = f"story:{fingerprint([article.version for article in articles])}"
        if known := await self._store.recent(asked, since=self._now() - HELD_FRESH):
            return Answer(
                id=known.id, asked=known.asked, comparison=known.comparison, made_at=known.made_at, from_store=True
            )
        readings = Readings(self._names, self._model)
        try:
            story = Story(lead=articles[0], others=tuple(articles[1:]))
            return await self._keep(asked, await self._compare(story, (), readings))
        finally:
            readings.close()

    async def _set_right(self, story: Story) -> Story:
        """The story without what admins have parted from its article, and with what they have put together with it."""
        away, together = await self._store.curation.bounds(story.lead.url)
        others = [other for other in story.others if other.url not in away]
        known = {article.url for article in (story.lead, *others)}
        added = [article for article in together if article.url not in known]
        return replace(story, others=(*others, *added))

    @property
    def has_model(self) -> bool | None:
        """Whether articles are read by the attribution model too; None until the first question has it loaded."""
        if self._model is None or not self._model.done():
            return None
        return not self._model.cancelled() and self._model.exception() is None and self._model.result() is not None

    async def recall(self, answer_id: str) -> Answer | None:
        """An earlier answer, None if it is not kept any more."""
        known = await self._store.comparison(answer_id)
        if known is None:
            return None
        return Answer(
            id=known.id, asked=known.asked, comparison=known.comparison, made_at=known.made_at, from_store=True
        )

    async def row(self, row_id: str) -> tuple[Comparison, Row]:
        """A row of the newest answer that has it. Raises BadInput where none is kept."""
        known = await self._store.comparison_with(row_id)
        if known is None:
            raise BadInput(
                f"No answer kept here has a row {row_id!r}. Rows are named in `second-source compare LINK --json`."
            )
        return known.comparison, next(row for row in known.comparison.rows if row.id == row_id)

    async def text_of(self, version: str) -> str:
        """The stored text of a version. Raises UnknownVersion."""
        return (await self._store.article(version)).text

    async def fetched(self, comparison: Comparison) -> Mapping[str, datetime]:
        """When each held article of the comparison was fetched, by address."""
        latest = [(article.url, await self._store.latest(article.url)) for article in comparison.articles]
        return {url: found[1] for url, found in latest if found}

    async def forget(self, *, keep_days: int) -> None:
        """Erase what has been kept long enough."""
        await self._store.forget(now=self._now(), keep_days=keep_days)

    def links_in(self, text: str) -> tuple[str, ...]:
        """The links in a reader's message, in order."""
        return tuple(links_in(text))

    async def _lead(self, query: Query, copies: Sequence[Article]) -> Lead:
        """The asked article, stored; one closed to us goes on from its headline. Raises FetchError, BadInput."""
        if query.link is None:
            lead = article_of_text(query)
        else:
            try:
                lead = Lead(article=await self._web.article(query.link))
            except FetchError as error:
                lead = await closed_lead(query, error, copies, web=self._web, seconds=SEARCH_S)
        await self._store.save_article(lead.article, fetched_at=self._now())
        return lead

    async def _near(self, lead: Article) -> list[Article]:
        """What the index holds that may be of the article's story."""
        model = await self._meanings.model() if self._meanings and lead.language in MEANING_LANGUAGES else None
        meaning = await asyncio.to_thread(model.vector, gist(lead)) if model else None
        return await self._store.search(search_terms(lead), meaning=meaning)

    async def _gather(self, lead: Article, results: Sequence[Article | Miss]) -> Story:
        """The story around the lead, by words and, where the model is at hand, by what is meant."""
        articles = [lead, *(one for one in results if isinstance(one, Article))]
        meaning = await self._meanings.known(articles) if self._meanings else None
        return await asyncio.to_thread(gather, lead, results, meaning=meaning)

    async def _articles(
        self, lead: Article, candidates: Sequence[Candidate], readings: Readings
    ) -> list[Article | Miss]:
        """Each candidate's article: from the store if young enough, else from its page."""
        young = {candidate.url: await self._young(candidate.url) for candidate in candidates}
        wanted = [candidate for candidate in candidates if young[candidate.url] is None]
        return [*(article for article in young.values() if article), *await self._pages(lead, wanted, readings)]

    async def _pages(self, lead: Article, wanted: Sequence[Candidate], readings: Readings) -> list[Article | Miss]:
        """Each candidate's article from its page, kept; those of the story begin to be read for claims."""

        def arrived(article: Article) -> None:
            if same_story(lead, article).same:
                readings.begin(article)

        pages = await self._web.articles(wanted, seconds=ARTICLES_S, arrived=arrived)
        results = about(lead, wanted, pages)
        read = [article for article in results if isinstance(article, Article)]
        await self._store.save_articles(read, fetched_at=self._now())
        return results

    async def _young(self, url: str) -> Article | None:
        """What is held of a page in full and has been read a short while ago."""
        latest = await self._store.latest(url)
        since = self._now() - timedelta(hours=self._orders.threshold("held_hours"))
        fresh = latest is not None and latest[0].held is Held.FULL and latest[1] > since
        return latest[0] if latest and fresh else None

    async def _compare(self, story: Story, notes: tuple[Note, ...], readings: Readings) -> Comparison:
        """Read every article and compare: pure, in a thread, as it takes more than 50 ms."""
        found = await readings.of(story.articles)
        meaning = await self._meanings.model() if self._meanings and story.others else None
        comparison = await asyncio.to_thread(compare, story, found, self._names, meaning)
        return replace(comparison, notes=tuple(dict.fromkeys((*notes, *comparison.notes))))

    async def _keep(self, asked: str, comparison: Comparison) -> Answer:
        """Store the answer; what an outlet changed since an earlier reading comes into it.

        What was fetched for it is stored already, at its time: an article out of the store was not read again now.
        """
        made_at = self._now()
        changed: list[Change] = []
        for article in comparison.articles:
            changed += changes([version for version, _ in await self._store.versions(article.url)])
        comparison = replace(comparison, changes=tuple(changed))
        answer_id = await self._store.save_comparison(asked, comparison, made_at=made_at)
        return Answer(id=answer_id, asked=asked, comparison=comparison, made_at=made_at, from_store=False)
