"""Addresses that a publisher wants out: what stands of them is erased, what comes later is refused."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import _search
from storage._database import Database
from storage._keeping import upsert
from storage._rows import key_of, public
from storage.audit import By, write
from storage.tables import (
    articles,
    comparison_versions,
    comparisons,
    items,
    outlets,
    sources,
    takedowns,
    versions,
)

BATCH = 200  # articles erased in one transaction: others wait for it some 0.1 s

Within = Callable[[str], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Takedown:
    """An address that is closed: a domain with all below it, or one page."""

    address: str
    domain: bool
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """How much there is, or was, of an address."""

    address: str
    domain: bool
    articles: int
    texts: int
    answers: int
    feeds: int


class Takedowns:
    """The rows of takedowns. ``within`` tells which addresses are meant."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def all(self) -> list[Takedown]:
        """The newest first."""
        query = select(takedowns.c.address, takedowns.c.domain, takedowns.c.at)
        async with self._database.reads() as connection:
            rows = await connection.execute(query.order_by(takedowns.c.at.desc(), takedowns.c.address))
            return [Takedown(**row._mapping) for row in rows]

    async def close(self, address: str, *, domain: bool, by: By) -> None:
        """From now on the address is closed; logged, also where it was closed already."""
        row = {"id": key_of(address), "address": address, "domain": domain, "at": by.at}
        async with self._database.writes() as connection:
            await connection.execute(upsert(connection, takedowns).values(row).on_conflict_do_nothing())
            await write(connection, by.did("takedown.confirm", address, before="open", after="taken down"))

    async def extent(self, address: str, *, domain: bool, within: Within) -> Extent:
        """How much there is of it."""
        async with self._database.reads() as connection:
            found = await _articles(connection, address, within)
            told = [0, 0]
            for start in range(0, len(found), BATCH):
                batch = found[start : start + BATCH]
                mine = select(versions.c.version).where(versions.c.article_id.in_(batch), public)
                texts = select(func.count()).select_from(versions)
                texts = texts.where(versions.c.version.in_(mine), versions.c.text.is_not(None))
                told[0] += (await connection.execute(texts)).scalar_one()
                told[1] += len(await _answers(connection, batch))
            feeds = await _feeds(connection, address, within)
        return Extent(
            address=address, domain=domain, articles=len(found), texts=told[0], answers=told[1], feeds=len(feeds)
        )

    async def erase(self, address: str, *, domain: bool, within: Within) -> Extent:
        """Erase its texts, the answers that rest on them, what feeds said of it, and follow none of its feeds.

        In several transactions; done twice it changes nothing more. Hashes, spans and times of reading stay.
        """
        async with self._database.reads() as connection:
            found = await _articles(connection, address, within)
        texts = answers = 0
        for start in range(0, len(found), BATCH):
            async with self._database.writes() as connection:
                erased = await _erase(connection, found[start : start + BATCH])
            texts, answers = texts + erased[0], answers + erased[1]
        async with self._database.writes() as connection:
            feeds = await _feeds(connection, address, within)
            await connection.execute(delete(sources).where(sources.c.id.in_(feeds)))
            await _erase_items(connection, address, within)
            if domain:
                await _switch_off(connection, within)
        return Extent(
            address=address, domain=domain, articles=len(found), texts=texts, answers=answers, feeds=len(feeds)
        )


async def _articles(connection: AsyncConnection, address: str, within: Within) -> list[str]:
    near = select(articles.c.id, articles.c.url).where(articles.c.url.contains(_part(address), autoescape=True))
    rows = await connection.execute(near.order_by(articles.c.id))
    return [row.id for row in rows if within(row.url)]


async def _feeds(connection: AsyncConnection, address: str, within: Within) -> list[str]:
    near = select(sources.c.id, sources.c.url).where(sources.c.url.contains(_part(address), autoescape=True))
    return [row.id for row in await connection.execute(near) if within(row.url)]


async def _answers(connection: AsyncConnection, found: Sequence[str]) -> list[int]:
    """Answers that rest on the articles, a reader's own copies left out."""
    mine = select(versions.c.version).where(versions.c.article_id.in_(found), public)
    resting = select(comparison_versions.c.comparison_id).where(comparison_versions.c.version.in_(mine)).distinct()
    return list((await connection.execute(resting)).scalars())


async def _erase(connection: AsyncConnection, found: Sequence[str]) -> tuple[int, int]:
    """How many texts and answers were erased."""
    answers = await _answers(connection, found)
    await connection.execute(delete(comparisons).where(comparisons.c.id.in_(answers)))
    held = select(versions.c.version, versions.c.place).where(versions.c.article_id.in_(found), public)
    held = held.where(or_(versions.c.text.is_not(None), versions.c.standfirst.is_not(None)))
    rows = (await connection.execute(held)).all()
    await _search.remove(connection, [row.place for row in rows if row.place is not None])
    gone = update(versions).where(versions.c.version.in_([row.version for row in rows]))
    await connection.execute(gone.values(text=None, standfirst=None, title="", place=None))
    return len(rows), len(answers)


async def _erase_items(connection: AsyncConnection, address: str, within: Within) -> None:
    near = select(items.c.id, items.c.url).where(items.c.url.contains(_part(address), autoescape=True))
    mine = [row.id for row in await connection.execute(near) if within(row.url)]
    for start in range(0, len(mine), BATCH):
        await connection.execute(delete(items).where(items.c.id.in_(mine[start : start + BATCH])))


async def _switch_off(connection: AsyncConnection, within: Within) -> None:
    """Outlets of which nothing is left to visit."""
    for row in (await connection.execute(select(outlets.c.key, outlets.c.domains))).all():
        if row.domains and all(within(f"https://{domain}/") for domain in row.domains):
            await connection.execute(update(outlets).where(outlets.c.key == row.key).values(active=False))


def _part(address: str) -> str:
    """What every spelling of the address has in it."""
    return address.partition("?")[0]
