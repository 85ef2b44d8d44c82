"""Everything the first answers need: outlets, articles and their versions, full text, comparisons, Telegram's side."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "asks",
        sa.Column("id", ID, nullable=False),
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asks")),
    )
    op.create_index(op.f("ix_asks_asked_at"), "asks", ["asked_at"])
    op.create_index(op.f("ix_asks_person"), "asks", ["person"])
    op.create_table(
        "leases",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("owner", sa.String(length=255), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_leases")),
    )
    op.create_table(
        "outlets",
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("country", sa.String(length=2)),
        sa.Column("languages", sa.Text(), nullable=False),
        sa.Column("aliases", sa.Text(), nullable=False),
        sa.Column("domains", sa.Text(), nullable=False),
        sa.Column("feeds", sa.Text(), nullable=False),
        sa.Column("sitemaps", sa.Text(), nullable=False),
        sa.Column("news_sitemaps", sa.Text(), nullable=False),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_outlets")),
    )
    op.create_table(
        "stories",
        sa.Column("id", ID, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stories")),
    )
    op.create_table(
        "updates",
        sa.Column("update_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("error", sa.Text()),
        sa.PrimaryKeyConstraint("update_id", name=op.f("pk_updates")),
    )
    op.create_index(op.f("ix_updates_received_at"), "updates", ["received_at"])
    op.create_index(op.f("ix_updates_state"), "updates", ["state"])
    op.create_table(
        "articles",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("outlet", sa.String(length=255), nullable=False),
        sa.Column("first_seen", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["outlet"], ["outlets.key"], name=op.f("fk_articles_outlet")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_articles")),
    )
    op.create_table(
        "comparisons",
        sa.Column("id", ID, nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("asked_key", sa.String(length=32), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("story_id", ID, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name=op.f("fk_comparisons_story_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comparisons")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_comparisons_asked_key_made_at"), "comparisons", ["asked_key", "made_at"])
    op.create_index(op.f("ix_comparisons_story_id"), "comparisons", ["story_id"])
    op.create_table(
        "messages",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("message_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("comparison_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["comparison_id"], ["comparisons.id"], name=op.f("fk_messages_comparison_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("chat_id", "message_id", name=op.f("pk_messages")),
    )
    op.create_index(op.f("ix_messages_comparison_id"), "messages", ["comparison_id"])
    op.create_table(
        "story_members",
        sa.Column("story_id", ID, nullable=False),
        sa.Column("article_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_story_members_article_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["story_id"], ["stories.id"], name=op.f("fk_story_members_story_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("story_id", "article_id", name=op.f("pk_story_members")),
    )
    op.create_index(op.f("ix_story_members_article_id"), "story_members", ["article_id"])
    op.create_table(
        "versions",
        sa.Column("version", sa.String(length=16), nullable=False),
        sa.Column("article_id", sa.String(length=32), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text_hash", sa.String(length=64), nullable=False),
        sa.Column("held", sa.String(length=32), nullable=False),
        sa.Column("published_at", MOMENT),
        sa.Column("modified_at", MOMENT),
        sa.Column("authors", sa.Text(), nullable=False),
        sa.Column("section", sa.Text()),
        sa.Column("language", sa.Text()),
        sa.Column("standfirst", sa.Text()),
        sa.Column("dateline", sa.Text()),
        sa.Column("credit", sa.Text()),
        sa.Column("links", sa.Text(), nullable=False),
        sa.Column("fetched_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("place", sa.BigInteger()),
        sa.Column("text", sa.Text()),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_versions_article_id")),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_versions")),
        sa.UniqueConstraint("place", name=op.f("uq_versions_place")),
    )
    op.create_index(op.f("ix_versions_article_id"), "versions", ["article_id"])
    op.create_index(
        "ix_versions_text_seen_at",
        "versions",
        ["seen_at"],
        sqlite_where=sa.text("text IS NOT NULL"),
        postgresql_where=sa.text("text IS NOT NULL"),
    )
    op.create_table(
        "claims",
        sa.Column("id", ID, nullable=False),
        sa.Column("comparison_id", ID, nullable=False),
        sa.Column("row", sa.String(length=8), nullable=False),
        sa.Column("version", sa.String(length=16), nullable=False),
        sa.Column("span_start", sa.Integer(), nullable=False),
        sa.Column("span_end", sa.Integer(), nullable=False),
        sa.Column("authority", sa.String(length=32), nullable=False),
        sa.Column("quotation_type", sa.String(length=32)),
        sa.Column("source", sa.Text()),
        sa.Column("source_description", sa.Text()),
        sa.Column("cue", sa.Text()),
        sa.Column("certainty", sa.String(length=32), nullable=False),
        sa.Column("polarity", sa.String(length=32), nullable=False),
        sa.Column("attributed_to_outlet", sa.Text()),
        sa.ForeignKeyConstraint(
            ["comparison_id"], ["comparisons.id"], name=op.f("fk_claims_comparison_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["version"], ["versions.version"], name=op.f("fk_claims_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claims")),
    )
    op.create_index(op.f("ix_claims_comparison_id"), "claims", ["comparison_id"])
    op.create_index(op.f("ix_claims_version"), "claims", ["version"])
    op.create_table(
        "comparison_versions",
        sa.Column("comparison_id", ID, nullable=False),
        sa.Column("version", sa.String(length=16), nullable=False),
        sa.Column("position", sa.Integer()),
        sa.ForeignKeyConstraint(
            ["comparison_id"], ["comparisons.id"], name=op.f("fk_comparison_versions_comparison_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["version"], ["versions.version"], name=op.f("fk_comparison_versions_version")),
        sa.PrimaryKeyConstraint("comparison_id", "version", name=op.f("pk_comparison_versions")),
    )
    op.create_index(op.f("ix_comparison_versions_version"), "comparison_versions", ["version"])
    if op.get_bind().dialect.name == "sqlite":
        # words come folded and separated by blanks, so any byte beyond ASCII belongs to a word; no positions and no
        # lengths are kept, as the store ranks by itself
        op.execute(
            "CREATE VIRTUAL TABLE search_index USING fts5(words, tokenize = 'ascii', detail = none, columnsize = 0)"
        )
    else:
        op.create_table(
            "search_index",
            sa.Column("place", sa.BigInteger(), autoincrement=False, nullable=False),
            sa.Column("words", postgresql.TSVECTOR(), nullable=False),
            sa.PrimaryKeyConstraint("place", name=op.f("pk_search_index")),
        )
        op.create_index("ix_search_index_words", "search_index", ["words"], postgresql_using="gin")


def downgrade() -> None:
    for table in (
        "search_index",
        "comparison_versions",
        "claims",
        "versions",
        "story_members",
        "messages",
        "comparisons",
        "articles",
        "updates",
        "stories",
        "outlets",
        "leases",
        "asks",
    ):
        op.drop_table(table)
