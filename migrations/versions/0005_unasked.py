"""What goes out unasked: digests and their deliveries, broadcasts, followed stories."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NEW = ("follows", "broadcasts", "deliveries", "subscriptions", "walks", "places")


def upgrade() -> None:
    op.create_table(
        "places",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.Column("met_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("chat_id", name=op.f("pk_places")),
    )
    op.create_index(op.f("ix_places_person"), "places", ["person"])
    op.create_table(
        "walks",
        sa.Column("person", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("message_id", sa.BigInteger()),
        sa.Column("chat_id", sa.BigInteger()),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("step", sa.String(16), nullable=False),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_walks")),
    )
    op.create_index(op.f("ix_walks_at"), "walks", ["at"])
    op.create_table(
        "subscriptions",
        sa.Column("id", ID, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("ended_why", sa.Text()),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscriptions")),
        sa.UniqueConstraint("chat_id", name=op.f("uq_subscriptions_chat_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_subscriptions_person"), "subscriptions", ["person"])
    op.create_index(op.f("ix_subscriptions_state"), "subscriptions", ["state"])
    op.create_table(
        "deliveries",
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("target", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("edition", sa.String(64), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("message_id", sa.BigInteger()),
        sa.Column("stories", sa.Text()),
        sa.PrimaryKeyConstraint("kind", "target", "edition", name=op.f("pk_deliveries")),
    )
    op.create_index(op.f("ix_deliveries_chat_id"), "deliveries", ["chat_id"])
    op.create_index(op.f("ix_deliveries_at"), "deliveries", ["at"])
    op.create_index(op.f("ix_deliveries_kind_edition_state"), "deliveries", ["kind", "edition", "state"])
    op.create_index(op.f("ix_deliveries_state_at"), "deliveries", ["state", "at"])
    op.create_table(
        "broadcasts",
        sa.Column("id", ID, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_broadcasts")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "follows",
        sa.Column("id", ID, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("article_id", sa.String(32), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("every_h", sa.Integer(), nullable=False),
        sa.Column("seen", sa.Text(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("told_at", MOMENT),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_follows_article_id_articles"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follows")),
        sa.UniqueConstraint("chat_id", "article_id", name=op.f("uq_follows_chat_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_follows_article_id"), "follows", ["article_id"])


def downgrade() -> None:
    for name in NEW:
        op.drop_table(name)
