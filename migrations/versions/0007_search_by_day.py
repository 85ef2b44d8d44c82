"""On PostgreSQL each word behind its entry's day. Vectors, with an HNSW index where there is pgvector."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
#: of each word of an entry, what it becomes; a place holds its time above 30 bits
DAY = "lpad(to_hex((place >> 30) / 86400), 5, '0') || word"
PLAIN = "substr(word, 6)"


def upgrade() -> None:
    op.create_table(
        "vectors",
        sa.Column("id", ID, nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("signs", sa.LargeBinary(), nullable=False),
        sa.Column("meaning", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vectors")),
        sa.UniqueConstraint("place", name=op.f("uq_vectors_place")),
        sqlite_autoincrement=True,
    )
    if op.get_bind().dialect.name == "postgresql":
        _write_again(DAY, fastupdate="off")
        _index_vectors()


def downgrade() -> None:
    op.drop_table("vectors")
    if op.get_bind().dialect.name == "postgresql":
        _write_again(PLAIN, fastupdate="on")


def _write_again(word: str, *, fastupdate: str) -> None:
    op.drop_index("ix_search_index_words", "search_index")
    op.execute(
        "UPDATE search_index SET words = array_to_tsvector(ARRAY("  # noqa: S608 -- one of the two above
        f"SELECT {word} FROM unnest(tsvector_to_array(words)) AS word))"
    )
    op.create_index(
        "ix_search_index_words",
        "search_index",
        ["words"],
        postgresql_using="gin",
        postgresql_with={"fastupdate": fastupdate},
    )


def _index_vectors() -> None:
    """Only where the server has pgvector and lets us use it; without it the search is the same, in memory."""
    connection = op.get_bind()
    there = sa.text("SELECT default_version FROM pg_available_extensions WHERE name = 'vector'")
    version = connection.execute(there).scalar()
    # from 0.8 on a search goes on where too little of what it found lies within the window
    if version is None or tuple(map(int, version.split(".")[:2])) < (0, 8):
        return
    try:
        with connection.begin_nested():
            op.execute("CREATE EXTENSION IF NOT EXISTS vector")
            op.execute(
                "CREATE INDEX ix_vectors_near ON vectors "
                "USING hnsw ((('x' || encode(signs, 'hex'))::bit(384)) bit_hamming_ops)"
            )
    except sa.exc.DBAPIError:  # a database's owner may not be allowed to
        return
