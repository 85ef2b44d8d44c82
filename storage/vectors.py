"""What articles mean, as vectors of length 1, and which of a window of days are nearest to one.

Kept are 8 bits a number (384 bytes) and beside them the 384 signs alone (48 bytes). A search compares signs first,
which is one XOR and one count of bits for each article of the window, and then measures the few hundred best by their
8-bit numbers. The signs of the days that are asked about stay in memory, 56 bytes an article; on PostgreSQL with
pgvector an HNSW index over the signs stands in for them. Vectors are optional: an article without one is found by its
words alone.

Against the same search over 32-bit floats: ``docs/scale.md``.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from heapq import nsmallest

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from migrations import NEAR
from storage import _search
from storage._database import Database
from storage._keeping import upsert
from storage.index_tables import vectors
from storage.tables import versions

DIMENSIONS = 384
#: so many times the wished number are measured, as signs alone put some of the nearest further down
OVERSAMPLED, MEASURED_MIN = 8, 200
#: vectors whose signs stay in memory, 56 bytes each; those of the days longest unasked go first
KEPT_MAX = 4_000_000
#: a transaction that began earlier may end later: so many arrivals are looked at again. At 200 a second it is 2.5 s
OVERTAKEN = 500
EF_MAX = 1000  # pgvector's own bound
_NEAR_BY_INDEX = text(
    "SELECT place FROM vectors WHERE place BETWEEN :first AND :last "
    "ORDER BY (('x' || encode(signs, 'hex'))::bit(384)) <~> CAST(:asked AS bit(384)) LIMIT :most"
)


@dataclass(slots=True)
class _Day:
    """The signs of a day's articles."""

    places: NDArray[np.int64]
    signs: NDArray[np.uint64]  # six rows of 64 signs for each place: one long row at a time is five times as quick
    later: list[tuple[int, bytes]] = field(default_factory=list)  # arrived since, not put behind the others yet

    def settled(self) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
        """All of them."""
        if self.later:
            new = _Day.of(self.later)
            self.places = np.concatenate((self.places, new.places))
            self.signs = np.concatenate((self.signs, new.signs), axis=1)
            self.later = []
        return self.places, self.signs

    @classmethod
    def of(cls, rows: Sequence[tuple[int, bytes]]) -> "_Day":
        places = np.fromiter((place for place, _ in rows), np.int64, len(rows))
        signs = np.frombuffer(b"".join(signs for _, signs in rows), np.uint64).reshape(len(rows), DIMENSIONS // 64)
        return cls(places, np.ascontiguousarray(signs.T))


class Vectors:
    """The vectors of a store's articles; as ``Store.vectors``."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._loading = asyncio.Lock()
        self._days: dict[int, _Day] = {}  # the last asked about last
        self._newest = 0  # the last arrival that is known here
        self._seen: set[int] = set()  # the arrivals among the last ``OVERTAKEN`` that are known here
        self._indexed: bool | None = None  # whether the server has the index over signs; None: not asked yet

    async def keep(self, version: str, vector: Sequence[float]) -> bool:
        """Keep what a version means; False where the version is not one that search finds.

        The vector goes with the version's entry: when a newer version takes its place, or its text is forgotten.
        Raises ValueError for a vector of another length than ``DIMENSIONS``.
        """
        return await self.keep_several({version: vector}) == 1

    async def keep_several(self, meant: Mapping[str, Sequence[float]]) -> int:
        """As ``keep`` for each of several versions, in one transaction; returns how many were kept."""
        units = {version: _unit(vector) for version, vector in meant.items()}
        found = select(versions.c.version, versions.c.place).where(versions.c.version.in_(units))
        found = found.where(versions.c.place.is_not(None)).order_by(versions.c.version).with_for_update()
        async with self._database.writes() as connection:
            places = {row.place: units[row.version] for row in await connection.execute(found)}
            rows = [{"place": at, "signs": _signs(unit), "meaning": _eighths(unit)} for at, unit in places.items()]
            if rows:
                kept = upsert(connection, vectors)
                new = {name: kept.excluded[name] for name in ("signs", "meaning")}
                await connection.execute(kept.on_conflict_do_update(index_elements=["place"], set_=new), rows)
        return len(rows)

    async def held(self, wanted: Sequence[str]) -> dict[str, list[float]]:
        """What is kept of what these versions mean, by version, as vectors of length 1."""
        query = select(versions.c.version, vectors.c.meaning).join(vectors, vectors.c.place == versions.c.place)
        async with self._database.reads() as connection:
            rows = (await connection.execute(query.where(versions.c.version.in_(wanted)))).all()
        return {row.version: _unit(np.frombuffer(row.meaning, np.int8)).tolist() for row in rows}

    async def nearest(
        self, vector: Sequence[float], *, since: datetime | None, until: datetime | None, limit: int
    ) -> list[tuple[str, float]]:
        """The versions of the window that mean most nearly the same, each with its cosine, nearest first."""
        async with self._database.reads() as connection:
            found = await self.places(connection, vector, _search.window_of(since, until), limit=limit)
            named = select(versions.c.place, versions.c.version).where(versions.c.place.in_([at for at, _ in found]))
            names = {row.place: row.version for row in await connection.execute(named)}
        return [(names[place], cosine) for place, cosine in found if place in names]

    async def places(
        self, connection: AsyncConnection, vector: Sequence[float], window: tuple[int, int], *, limit: int
    ) -> list[tuple[int, float]]:
        """The places of the window's nearest, inside the caller's transaction; of equals the newest first."""
        meant = _unit(vector)
        near = await self._near(connection, meant, window, most=max(MEASURED_MIN, limit * OVERSAMPLED))
        held = select(vectors.c.place, vectors.c.meaning).where(vectors.c.place.in_(near))
        rows = (await connection.execute(held)).all()  # what was removed since is not among them
        if not rows:
            return []
        kept = np.frombuffer(b"".join(row.meaning for row in rows), np.int8).reshape(len(rows), -1).astype(np.float32)
        cosines = kept @ meant / np.linalg.norm(kept, axis=1)
        found = zip((row.place for row in rows), cosines.tolist(), strict=True)
        return nsmallest(limit, found, key=lambda at: (-at[1], -at[0]))

    async def _near(
        self, connection: AsyncConnection, meant: NDArray[np.float32], window: tuple[int, int], *, most: int
    ) -> list[int]:
        """The places of the window with the most signs in common."""
        if await self._has_index(connection):
            return await _near_by_index(connection, meant, window, most=most)
        async with self._loading:
            await self._read_on(connection)
            days = [await self._day(connection, day) for day in await _search.days_of(connection, window)]
            self._drop_unasked(len(days))
            blocks = [day.settled() for day in days]
        return await asyncio.to_thread(_most_alike, blocks, np.frombuffer(_signs(meant), np.uint64), window, most)

    async def _has_index(self, connection: AsyncConnection) -> bool:
        if self._indexed is None:
            there = select(func.to_regclass(NEAR).is_not(None))
            self._indexed = connection.dialect.name != "sqlite" and bool((await connection.execute(there)).scalar())
        return self._indexed

    async def _read_on(self, connection: AsyncConnection) -> None:
        """Learn of the arrivals since, for the days that are in memory."""
        back = 0 if connection.dialect.name == "sqlite" else OVERTAKEN  # SQLite has one writer at a time
        new = select(vectors.c.id, vectors.c.place, vectors.c.signs).where(vectors.c.id > self._newest - back)
        if not self._days:  # days are read whole
            new = new.order_by(vectors.c.id.desc()).limit(max(back, 1))
        for arrival, place, signs in (await connection.execute(new)).all():
            if arrival not in self._seen:
                self._seen.add(arrival)
                self._newest = max(self._newest, arrival)
                if day := self._days.get(_search.day_of(place)):
                    day.later.append((place, signs))
        self._seen = {arrival for arrival in self._seen if arrival > self._newest - OVERTAKEN}

    async def _day(self, connection: AsyncConnection, day: int) -> _Day:
        """A day's signs, read if they are not in memory."""
        known = self._days.pop(day, None)
        if known is None:
            within = vectors.c.place.between(*_search.places_of(day))
            rows = (await connection.execute(select(vectors.c.place, vectors.c.signs).where(within))).all()
            known = _Day.of([(place, signs) for place, signs in rows])
        self._days[day] = known
        return known

    def _drop_unasked(self, asked: int) -> None:
        """Keep memory within bounds; the days that were just asked about stay."""
        held = sum(len(day.places) for day in self._days.values())
        for day in list(self._days)[: len(self._days) - asked]:
            if held <= KEPT_MAX:
                break
            held -= len(self._days.pop(day).places)


async def _near_by_index(
    connection: AsyncConnection, meant: NDArray[np.float32], window: tuple[int, int], *, most: int
) -> list[int]:
    """The same by pgvector's index, or over the few of a short window: the server chooses."""
    settings = {"hnsw.ef_search": str(min(most, EF_MAX)), "hnsw.iterative_scan": "relaxed_order", "jit": "off"}
    await connection.execute(select(*(func.set_config(name, value, True) for name, value in settings.items())))
    asked = "".join("1" if above else "0" for above in meant > 0)
    given = {"first": window[0], "last": window[1], "asked": asked, "most": most}
    return list((await connection.execute(_NEAR_BY_INDEX, given)).scalars())


def _unit(vector: Sequence[float] | NDArray[np.int8]) -> NDArray[np.float32]:
    meant = np.asarray(vector, np.float32)
    if meant.shape != (DIMENSIONS,):
        raise ValueError(f"a vector has {DIMENSIONS} numbers, not {meant.shape}")
    return meant / max(float(np.linalg.norm(meant)), 1e-12)


def _eighths(meant: NDArray[np.float32]) -> bytes:
    """8 bits a number, the largest 127: lengths are put right when it is measured."""
    bits: NDArray[np.int8] = np.rint(meant * (127 / max(float(np.abs(meant).max()), 1e-12))).astype(np.int8)
    return bits.tobytes()


def _signs(meant: NDArray[np.float32]) -> bytes:
    return np.packbits(meant > 0).tobytes()


def _most_alike(
    blocks: Sequence[tuple[NDArray[np.int64], NDArray[np.uint64]]],
    asked: NDArray[np.uint64],
    window: tuple[int, int],
    most: int,
) -> list[int]:
    """The places whose signs differ least from those asked about."""
    differing = [_differing(signs, asked) for _, signs in blocks]
    for n in {0, len(blocks) - 1} if blocks else ():  # the days between are in the window as a whole
        places = blocks[n][0]
        differing[n][(places < window[0]) | (places > window[1])] = DIMENSIONS + 1
    # so many differ so much: a count of all is quicker than putting each day in order
    counts = sum(
        (np.bincount(apart, minlength=DIMENSIONS + 2) for apart in differing), np.zeros(DIMENSIONS + 2, np.int64)
    )
    least = min(int(np.searchsorted(np.cumsum(counts), most)), DIMENSIONS)
    few = [np.flatnonzero(apart <= least) for apart in differing]
    near = [(apart[at], places[at]) for apart, (places, _), at in zip(differing, blocks, few, strict=True)]
    if not near:
        return []
    apart = np.concatenate([one for one, _ in near])
    places = np.concatenate([one for _, one in near])
    return [int(place) for place in places[np.lexsort((-places, apart))[:most]]]


def _differing(signs: NDArray[np.uint64], asked: NDArray[np.uint64]) -> NDArray[np.int16]:
    """In how many signs each article differs."""
    apart = np.zeros(signs.shape[1], np.int16)
    for at in range(0, len(asked), 3):  # three times 64 fits in 8 bits, which are added twice as quickly
        counts = np.bitwise_count(signs[at] ^ asked[at])
        for row, asked_row in zip(signs[at + 1 : at + 3], asked[at + 1 : at + 3], strict=True):
            counts += np.bitwise_count(row ^ asked_row)
        apart += counts
    return apart
