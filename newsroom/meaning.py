"""What articles mean, worked out once for each: the optional model of ``claims.matching``, shared by desk and matcher.

It is loaded when it is first needed, in a thread, and never where its weights or its libraries are missing: then
stories are matched by words, names and numbers alone.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace

from claims.matching.likeness import MEANING_LANGUAGES, Meaning, Sketch, Vector, gist
from claims.matching.meaning import Loaded
from claims.types import Article
from storage.store import Store


class Known:
    """The meanings of some articles, and the model for others: a ``claims.matching.Meaning``."""

    def __init__(self, vectors: dict[str, Vector], model: Meaning) -> None:
        self._vectors = vectors
        self._model = model

    def vector(self, text: str) -> Vector:
        """The meaning of a text."""
        return self._vectors.get(text) or self._model.vector(text)


class Meanings:
    """One for a process. ``load`` is called once, in a thread."""

    def __init__(self, store: Store, load: Callable[[], Loaded]) -> None:
        self._store = store
        self._load = load
        self._loading: asyncio.Task[Loaded] | None = None

    def begin(self) -> None:
        """Load the model while something else is waited for."""
        self._loading = self._loading or asyncio.create_task(asyncio.to_thread(self._load))

    async def model(self) -> Meaning | None:
        """The model, None where there is none."""
        self._loading = self._loading or asyncio.create_task(asyncio.to_thread(self._load))
        return (await asyncio.shield(self._loading)).model

    async def of(self, articles: Sequence[Article]) -> dict[str, Vector]:
        """What the English ones among the articles mean, by version: as kept, else worked out and kept."""
        model = await self.model()
        if model is None:
            return {}
        english = {one.version: one for one in articles if one.language in MEANING_LANGUAGES}
        vectors: dict[str, Vector] = dict(await self._store.vectors.held(list(english)))
        for version in english.keys() - vectors.keys():
            vectors[version] = await asyncio.to_thread(model.vector, gist(english[version]))
            if await self._store.vectors.keep(version, vectors[version]):
                vectors |= await self._store.vectors.held([version])  # the same for whoever asks later
        return vectors

    async def known(self, articles: Sequence[Article]) -> Meaning | None:
        """The model, which need not work out again what is kept of these articles; None where there is none."""
        model = await self.model()
        if model is None:
            return None
        kept = await self._store.vectors.held([one.version for one in articles])
        return Known({gist(one): kept[one.version] for one in articles if one.version in kept}, model)


def meant(sketch: Sketch, vector: Vector | None) -> Sketch:
    """A sketch with what its article means, where that is known."""
    return sketch if vector is None else replace(sketch, meaning=lambda: vector)
