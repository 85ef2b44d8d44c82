"""Rows of the index, in the metadata of ``storage.tables``: what search goes through before any article is read."""

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, Table
from sqlalchemy.dialects.postgresql import TSVECTOR

from storage.tables import metadata

_Id = BigInteger().with_variant(Integer, "sqlite")  # as in storage.tables

#: Full text, by versions.place. On SQLite the same name is an FTS5 table whose rowid is the place.
search_index = Table(
    "search_index",
    metadata,
    Column("place", BigInteger, primary_key=True, autoincrement=False),
    Column("words", TSVECTOR, nullable=False),
    # each word behind its entry's day. What waits in a list to be put in would be read by every search of a day
    Index("ix_search_index_words", "words", postgresql_using="gin", postgresql_with={"fastupdate": "off"}),
)

#: What the entries of search_index mean, where the optional model has said so; PostgreSQL with pgvector has one more
#: index, ``ix_vectors_near``.
vectors = Table(
    "vectors",
    metadata,
    Column("id", _Id, primary_key=True),  # in order of arrival: what a process that keeps signs in memory reads on from
    Column("place", BigInteger, nullable=False, unique=True),
    Column("signs", LargeBinary, nullable=False),
    Column("meaning", LargeBinary, nullable=False),
    # an id that comes back would be taken for one that is known
    sqlite_autoincrement=True,
)
