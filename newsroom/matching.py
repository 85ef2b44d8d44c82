"""The stories of what was collected: each article that is new to the index is set against its like and placed.

Placing is a job of its own behind the collector's visits: an article that was kept waits in the store until it is
placed, so a kill loses nothing, and as one job for all processes only one of them places at a time.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache

from claims.matching import STORY_WINDOW, search_terms, sketch
from claims.matching.likeness import Vector, alike
from claims.types import Article
from newsroom.jobs import Kind
from newsroom.meaning import Meanings, meant
from storage.store import Store
from storage.stories import Placed

BATCH = 20  # articles between two looks at the job's hold
NEAR_MAX = 25  # articles that a new one is set against; more find no story that these do not
SKETCHES_KEPT = 300  # 40 kB each; those of a story are asked for again with each of its articles
IDLE = timedelta(seconds=2)  # with nothing waiting
LIKES_KEPT = 3 * STORY_WINDOW  # of articles that have been here longer no story can be another any more


class Matcher:
    """Places articles in stories. ``meanings`` None: by words, names and numbers alone."""

    def __init__(self, *, store: Store, now: Callable[[], datetime], meanings: Meanings | None = None) -> None:
        self._store = store
        self._now = now
        self._meanings = meanings
        self._sketch = lru_cache(SKETCHES_KEPT)(sketch)

    @property
    def kind(self) -> Kind:
        """What there is to do, for ``Jobs.run``."""
        return Kind(name="matching", work=self.work, at_once=1)

    async def start(self) -> None:
        """Plan the job."""
        await self._store.jobs.plan("matching", [("all", self._now())])

    async def work(self, _: str) -> datetime:
        """Place some of what waits; when to come again."""
        waiting = await self._store.stories.waiting(limit=BATCH)
        for article in waiting:
            await self.place(article)
        if not waiting:
            await self._store.stories.forget_likes(before=self._now() - LIKES_KEPT)
        return self._now() + (timedelta() if waiting else IDLE)

    async def place(self, article: Article) -> Placed | None:
        """Put an article into the story that it belongs to, new or known; None where it is not kept any more."""
        mine = await self._meant([article])
        near = await self._store.search(search_terms(article), limit=NEAR_MAX, meaning=mine.get(article.version))
        found = {one.url: one for one in near}
        for url in await self._store.stories.alike(article.url):
            if url not in found and (latest := await self._store.latest(url)):
                found[url] = latest[0]
        others = list(found.values())
        scores = await asyncio.to_thread(self._scores, article, others, mine | await self._meant(others))
        return await self._store.stories.place(article.url, scores, at=self._now())

    async def _meant(self, articles: Sequence[Article]) -> dict[str, Vector]:
        return await self._meanings.of(articles) if self._meanings else {}

    def _scores(
        self, article: Article, others: Sequence[Article], vectors: Mapping[str, Vector]
    ) -> Mapping[str, float]:
        """How like an article others are, by address."""
        made = {one.url: meant(self._sketch(one), vectors.get(one.version)) for one in (*others, article)}
        scores = {other.url: alike(article, made[article.url], other, made[other.url]) for other in others}
        return {url: score for url, score in scores.items() if score is not None and url != article.url}
