"""Full text over title and text: one small interface, the same hits in the same order on SQLite and PostgreSQL.

Both databases get the words already folded and cut by us (FTS5 without positions, a tsvector without weights), so
neither's tokenizer, language rules or collation matter, and no word of a reader can be an operator. Neither's ranking
is used: a hit weighs what its word is worth by rarity inside the window.

An entry's *place* holds the article's time in its upper bits, so a window of days is a range of places, which FTS5
walks without looking at any other row.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import chain, combinations, zip_longest
from math import log
from unicodedata import normalize

from sqlalchemy import (
    BigInteger,
    Integer,
    Select,
    Text,
    cast,
    column,
    delete,
    desc,
    func,
    insert,
    literal,
    select,
    table,
    text,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY
from sqlalchemy.ext.asyncio import AsyncConnection

from claims.types import SearchTerms
from storage.tables import search_index

TERMS_MAX = 20  # beyond it a longer list finds no new article of a story
#: a term with more hits in the window tells little by itself; 1 000 000 articles are searched in 20 ms of one core,
#: with 500 in 16 ms and with a tenth fewer articles of the story found
COMMON = 1500
RARE_ENOUGH = 3  # with so many rarer terms common ones are not missed: pairs of them found less at twice the cost
COMMON_PAIRED = 5  # else so many are tried in pairs: "minister" and "bridge" together are rare again
WORDS_MAX = 5000  # distinct words kept of one article; a tsvector holds 1 MB
WORD_CHARS = 40

#: search_index as SQLite has it; the column of its own name is what MATCH is asked of
_FTS5 = table("search_index", column("rowid", BigInteger), column("words", Text), column("search_index", Text))

_PLACE_BITS = 30
_SECONDS_MAX = 2**33 - 1

_MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]")  # accents, Hebrew points, Arabic vowels
_WORD = re.compile("(?:[^\\W_]|[\u0900-\u0963\u0966-\u0dff\u0e30-\u0e4e\u0eb0-\u0ece])+")  # with Indic and Thai vowels
#: scripts written without blanks: their runs are indexed by overlapping pairs of characters
_RUN = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+"
)

Term = tuple[str, ...]  # words that must all be there


async def add(connection: AsyncConnection, place: int, words: Sequence[str]) -> None:
    """Make the entry at ``place`` to be found by any of ``words`` (see ``fold``)."""
    if _is_fts5(connection):
        await connection.execute(insert(_FTS5).values(rowid=place, words=" ".join(words)))
    else:
        await connection.execute(
            insert(search_index).values(place=place, words=func.array_to_tsvector(cast(words, ARRAY(Text))))
        )


async def remove(connection: AsyncConnection, places: Iterable[int]) -> None:
    """Take entries out."""
    if _is_fts5(connection):
        await connection.execute(delete(_FTS5).where(_FTS5.c.rowid.in_(places)))
    else:
        await connection.execute(delete(search_index).where(search_index.c.place.in_(places)))


async def find(connection: AsyncConnection, terms: SearchTerms, *, limit: int) -> list[int]:
    """Places of the best entries for ``terms`` in their window, best first; of equals the newest first."""
    if not _is_fts5(connection):
        # the planner takes words to be cheap to look at and would read all of them for a common one: 1 s a term
        await connection.execute(text("SET LOCAL enable_seqscan = off"))
    window = (place_of(terms.since, "0") if terms.since else 0, place_of(terms.until, "f" * 16))
    counted = await _counts(connection, query_terms(terms), window)
    common = [term for term, count in counted.items() if count > COMMON]
    if len(counted) - len(common) < RARE_ENOUGH:
        pairs = [tuple(dict.fromkeys((*a, *b))) for a, b in combinations(common[:COMMON_PAIRED], 2)]
        counted |= await _counts(connection, pairs, window)
    # where nothing is rarer, the newest hits of the common terms are all there is to go by
    told = {term: n for term, n in counted.items() if n <= COMMON} or dict.fromkeys(common[:COMMON_PAIRED], COMMON)
    if not told:
        return []
    newest = ((_hits(connection, term, window), round(100 * log(1 + COMMON / count))) for term, count in told.items())
    each = ((hits.order_by(desc("place")).limit(COMMON).subquery(), weight) for hits, weight in newest)
    hits = union_all(
        *(select(one.c.place, literal(weight, Integer).label("weight")) for one, weight in each)
    ).subquery()
    ranked = select(hits.c.place).group_by(hits.c.place).order_by(func.sum(hits.c.weight).desc(), hits.c.place.desc())
    return list((await connection.execute(ranked.limit(limit))).scalars())


def fold(written: str) -> list[str]:
    """The distinct words of a text as the index knows them, in order of first use: no case, no accents."""
    plain = _MARKS.sub("", normalize("NFKD", written)).casefold()
    words: Iterable[str] = dict.fromkeys(_WORD.findall(plain))
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


async def _counts(connection: AsyncConnection, terms: Sequence[Term], window: tuple[int, int]) -> dict[Term, int]:
    """How many entries of the window each term hits, up to one more than ``COMMON``; without those that hit none."""
    if not terms:
        return {}
    some = (_hits(connection, term, window).limit(COMMON + 1).subquery() for term in terms)
    counts = select(*(select(func.count()).select_from(hits).scalar_subquery() for hits in some))
    row = (await connection.execute(counts)).one()
    return {term: count for term, count in zip(terms, row, strict=True) if count}


def _hits(connection: AsyncConnection, term: Term, window: tuple[int, int]) -> Select[int]:
    """The entries of the window that have all words of the term."""
    if _is_fts5(connection):
        query = " AND ".join(f'"{word}"' for word in term)
        return select(_FTS5.c.rowid.label("place")).where(
            _FTS5.c.search_index.match(query), _FTS5.c.rowid.between(*window)
        )
    query = " & ".join(f"'{word}'" for word in term)
    found = search_index.c.words.bool_op("@@")(cast(query, TSQUERY))
    # OFFSET 0 keeps the planner from walking the window and unpacking every entry's words: 17 s instead of 20 ms
    anywhere = select(search_index.c.place).where(found).offset(0).subquery()
    return select(anywhere.c.place).where(anywhere.c.place.between(*window))


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
