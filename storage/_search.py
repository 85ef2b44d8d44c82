"""Full text over title and text: one small interface, the same hits in the same order on SQLite and PostgreSQL.

Both databases get the words already folded and cut by us (FTS5 without positions, a tsvector without weights), so
neither's tokenizer, language rules or collation matter, and no word of a reader can be an operator. Neither's ranking
is used: a hit weighs what its word is worth by rarity inside the window.

An entry's *place* holds the article's time in its upper bits, so a window of days is a range of places, which FTS5
walks backwards without looking at any other row. PostgreSQL's index cannot: there each word is kept behind the number
of its entry's day, and a term is asked for day by day, the newest first, until there is enough. So a search costs what
its window holds, however much there is besides; measured in ``docs/scale.md``.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from heapq import nsmallest
from itertools import chain, combinations, zip_longest
from math import log
from typing import Any
from unicodedata import normalize

from sqlalchemy import (
    BigInteger,
    Text,
    bindparam,
    column,
    delete,
    func,
    insert,
    select,
    table,
    text,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from claims.types import SearchTerms
from storage.index_tables import search_index, vectors
from storage.tables import versions

TERMS_MAX = 20  # beyond it a longer list finds no new article of a story
#: a term with more hits in the window tells little by itself; 1 000 000 articles are searched in 20 ms of one core,
#: with 500 in 16 ms and with a tenth fewer articles of the story found
COMMON = 1500
RARE_ENOUGH = 3  # with so many rarer terms common ones are not missed: pairs of them found less at twice the cost
COMMON_PAIRED = 5  # else so many are tried in pairs: "minister" and "bridge" together are rare again
WORDS_MAX = 5000  # distinct words kept of one article; a tsvector holds 1 MB
WORD_CHARS = 40
FUSION = 60  # Cormack, Clarke and Buettcher 2009: with it a first place in one list is no more than two good ones
DAYS_MAX = 92  # as far back as an article without a date is searched for; texts are kept for 90 days

#: search_index as SQLite has it; the column of its own name is what MATCH is asked of
_FTS5 = table("search_index", column("rowid", BigInteger), column("words", Text), column("search_index", Text))

_PLACE_BITS = 30
_DAY = 86_400 << _PLACE_BITS
_SECONDS_MAX = 2**33 - 1

_BLANKS = {n: " " for n in range(128) if not chr(n).isalnum()}  # of ASCII, all that is in no word
_MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]")  # accents, Hebrew points, Arabic vowels
_WORD = re.compile("(?:[^\\W_]|[\u0900-\u0963\u0966-\u0dff\u0e30-\u0e4e\u0eb0-\u0ece])+")  # with Indic and Thai vowels
#: scripts written without blanks: their runs are indexed by overlapping pairs of characters
_RUN = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+"
)

#: For each query the places of its newest hits as one text: a row for each would take longer than the search. Written
#: out, as twenty such parts put together anew for each search take longer than it does too.
_NEWEST_FTS5 = text("""
    SELECT (SELECT group_concat(place) FROM (
        SELECT rowid AS place FROM search_index
        WHERE search_index MATCH asked.value AND rowid BETWEEN :first AND :last
        ORDER BY rowid DESC LIMIT :most))
    FROM json_each(:asked) AS asked ORDER BY asked.key""")
#: Day by day, and "+ 0" has no index: else the planner walks the days and unpacks every entry's words, 17 s not 20 ms.
_NEWEST_TSVECTOR = text("""
    SELECT (SELECT string_agg(CAST(place AS text), ',') FROM (
        SELECT hits.place FROM unnest(CAST(:days AS text[])) AS day, LATERAL (
            SELECT place + 0 AS place FROM search_index
            WHERE words @@ CAST(replace(asked.query, '~', day) AS tsquery) AND place + 0 BETWEEN :first AND :last
            ORDER BY place + 0 DESC LIMIT :most) AS hits
        LIMIT :most) AS newest)
    FROM unnest(CAST(:asked AS text[])) WITH ORDINALITY AS asked(query, n) ORDER BY asked.n""")

Term = tuple[str, ...]  # words that must all be there
Window = tuple[int, int]  # first and last place


async def add(connection: AsyncConnection, entries: Sequence[tuple[int, Sequence[str]]]) -> None:
    """Make the entry at each place to be found by any of its words (see ``fold``)."""
    if _is_fts5(connection):
        # in order of place: FTS5 writes to disk each time that a place is lower than the last
        rows = [{"rowid": place, "words": " ".join(words)} for place, words in sorted(entries)]
        await connection.execute(insert(_FTS5), rows)
        return
    # words as one text: to write an array, the driver looks at each of them
    split = func.string_to_array(bindparam("of_day", type_=Text), " ")
    rows = []
    for place, words in entries:
        day = _prefix(day_of(place))
        rows.append({"place": place, "of_day": " ".join([day + word for word in words])})
    await connection.execute(
        insert(search_index).values(place=bindparam("place"), words=func.array_to_tsvector(split)), rows
    )


async def remove(connection: AsyncConnection, places: Sequence[int]) -> None:
    """Take entries out, and the vectors that stand beside them."""
    if not places:
        return
    if _is_fts5(connection):
        await connection.execute(delete(_FTS5).where(_FTS5.c.rowid.in_(places)))
    else:
        await connection.execute(delete(search_index).where(search_index.c.place.in_(places)))
    await connection.execute(delete(vectors).where(vectors.c.place.in_(places)))


async def find(connection: AsyncConnection, terms: SearchTerms, *, limit: int) -> list[int]:
    """Places of the best entries for ``terms`` in their window, best first; of equals the newest first."""
    window = window_of(terms.since, terms.until)
    days = await days_of(connection, window)
    found = await _hits(connection, query_terms(terms), window, days)
    common = [term for term, places in found.items() if len(places) > COMMON]
    if len(found) - len(common) < RARE_ENOUGH:
        pairs = [tuple(dict.fromkeys((*a, *b))) for a, b in combinations(common[:COMMON_PAIRED], 2)]
        found |= await _hits(connection, pairs, window, days)
    # where nothing is rarer, the newest hits of the common terms are all there is to go by
    told = {term: places for term, places in found.items() if len(places) <= COMMON} or {
        term: found[term][:COMMON] for term in common[:COMMON_PAIRED]
    }
    worth: Counter[int] = Counter()
    for places in told.values():
        weight = round(100 * log(1 + COMMON / len(places)))
        for place in places:
            worth[place] += weight
    return nsmallest(limit, worth, key=lambda place: (-worth[place], -place))


def merged(*rankings: Sequence[int]) -> list[int]:
    """Places of several lists, best first, as one: reciprocal rank fusion; of equals the newest first."""
    worth: Counter[int] = Counter()
    for ranking in rankings:
        for rank, place in enumerate(ranking):
            worth[place] += round(10**9 / (FUSION + rank))
    return sorted(worth, key=lambda place: (-worth[place], -place))


def window_of(since: datetime | None, until: datetime | None) -> Window:
    """The places between two times."""
    return place_of(since, "0") if since else 0, place_of(until, "f" * 16)


def day_of(place: int) -> int:
    """The day that a place is of, in days since 1970."""
    return place // _DAY


async def days_of(connection: AsyncConnection, window: Window) -> list[int]:
    """The days of a window, the newest first: of one that is open or very wide the newest ``DAYS_MAX`` with entries."""
    first, last = day_of(window[0]), day_of(window[1])
    if last - first < DAYS_MAX:
        return list(range(last, first - 1, -1))
    places = select(func.max(versions.c.place).label("place"))
    steps = places.where(versions.c.place.between(*window)).cte("steps", recursive=True)
    before = places.where(versions.c.place.between(window[0], steps.c.place // _DAY * _DAY - 1)).scalar_subquery()
    steps = steps.union_all(select(before.label("place")).where(steps.c.place.is_not(None)))
    held = select(steps.c.place).where(steps.c.place.is_not(None)).limit(DAYS_MAX)
    return [day_of(place) for place in (await connection.execute(held)).scalars()]


def places_of(day: int) -> Window:
    """The places of a day."""
    return day * _DAY, (day + 1) * _DAY - 1


def fold(written: str) -> list[str]:
    """The distinct words of a text as the index knows them, in order of first use: no case, no accents."""
    if written.isascii():  # four times as quick as what follows, and the same
        words: Iterable[str] = written.lower().translate(_BLANKS).split()
        return list(dict.fromkeys(word[:WORD_CHARS] for word in dict.fromkeys(words)))[:WORDS_MAX]
    plain = _MARKS.sub("", normalize("NFKD", written)).casefold()
    words = dict.fromkeys(_WORD.findall(plain))
    if _RUN.search(plain):
        words = chain.from_iterable(_pieces(word) for word in words)
    return list(dict.fromkeys(word[:WORD_CHARS] for word in words))[:WORDS_MAX]


def query_terms(terms: SearchTerms) -> list[Term]:
    """At most ``TERMS_MAX`` terms, words and names in turn, best first; without either, the headline's words."""
    given = chain.from_iterable(zip_longest(terms.words, terms.names))
    folded = [tuple(fold(written)) for written in given if written]
    if not any(folded):
        folded = [(word,) for word in fold(terms.title)]
    return [term for term in dict.fromkeys(folded) if term][:TERMS_MAX]


def place_of(at: datetime | None, version: str) -> int:
    """Where an entry of that time stands among the others: seconds, then 30 bits of its version."""
    seconds = _SECONDS_MAX if at is None else max(0, min(int(at.timestamp()), _SECONDS_MAX))
    return seconds << _PLACE_BITS | int(version, 16) & (1 << _PLACE_BITS) - 1


def moment_of(place: int) -> datetime:
    """The time of the entry at a place, to the second."""
    return datetime.fromtimestamp(place >> _PLACE_BITS, UTC)


async def _hits(
    connection: AsyncConnection, terms: Sequence[Term], window: Window, days: Sequence[int]
) -> dict[Term, list[int]]:
    """Of each term that has any, the newest entries of the window with all its words: at most ``COMMON`` and one."""
    if not terms or not days:
        return {}
    given: dict[str, Any] = {"first": max(window[0], places_of(days[-1])[0]), "last": window[1], "most": COMMON + 1}
    if _is_fts5(connection):
        asked = [" AND ".join(f'"{word}"' for word in term) for term in terms]
        found = await connection.execute(_NEWEST_FTS5, given | {"asked": json.dumps(asked)})
    else:
        # compiling it would take longer than running it; and the planner, for which looking at words costs nothing,
        # would read all of them for a common one
        settings = (func.set_config(name, "off", True) for name in ("jit", "enable_seqscan"))
        await connection.execute(select(*settings))
        asked = [" & ".join(f"'~{word}'" for word in term) for term in terms]
        of_days = {"asked": asked, "days": [_prefix(day) for day in days]}
        found = await connection.execute(_NEWEST_TSVECTOR, given | of_days)
    return {term: [*map(int, places.split(","))] for term, places in zip(terms, found.scalars(), strict=True) if places}


def _prefix(day: int) -> str:
    return f"{day:05x}"


def _pieces(word: str) -> Iterable[str]:
    at = 0
    for run in _RUN.finditer(word):
        yield from filter(None, (word[at : run.start()],))
        together = run[0]
        yield from (together[n : n + 2] for n in range(max(1, len(together) - 1)))
        at = run.end()
    yield from filter(None, (word[at:],))


def _is_fts5(connection: AsyncConnection) -> bool:
    return connection.dialect.name == "sqlite"
