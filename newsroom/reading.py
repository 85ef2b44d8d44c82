"""Articles read for claims, each once for an answer; it begins while other pages are still on their way."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from claims.attribution import read, sure
from claims.attribution.model import Model
from claims.outlet_names import OutletNames
from claims.types import Article, Reading

READERS = 2  # articles read at a time: the model takes three quarters of it and runs beside other threads


class Readings:
    """The readings of one answer. ``model``: the attribution model as it is being loaded, None for rules alone."""

    def __init__(self, names: OutletNames, model: asyncio.Task[Model | None] | None) -> None:
        self._names = names
        self._model = model
        self._pool = ThreadPoolExecutor(READERS, thread_name_prefix="reading")
        self._begun: dict[str, asyncio.Task[Reading]] = {}

    def begin(self, article: Article) -> None:
        """Read an article that is likely to be needed."""
        if article.version not in self._begun:
            self._begun[article.version] = asyncio.create_task(self._read(article))

    async def of(self, articles: Sequence[Article]) -> dict[str, Reading]:
        """The readings by version."""
        for article in articles:
            self.begin(article)
        return {article.version: await self._begun[article.version] for article in articles}

    def close(self) -> None:
        """Let go of what was begun and not needed."""
        for task in self._begun.values():
            if not task.cancel() and not task.cancelled():
                task.exception()  # that of a page which was not needed is nobody's
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def _read(self, article: Article) -> Reading:
        model = await asyncio.shield(self._model) if self._model else None  # given up here, the next question has it
        work = asyncio.get_running_loop().run_in_executor(self._pool, read, article, self._names, model)
        return sure(await work)
