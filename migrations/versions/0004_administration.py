"""The admins' side: who administers, what was done, thresholds, blocked people, takedowns, stories set right."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NEW = ("outcomes", "apart", "takedowns", "outlet_orders", "people", "policy", "drafts", "audit", "staff")


def upgrade() -> None:
    for name in ("hidden", "curated"):
        op.add_column("stories", sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "staff",
        sa.Column("person", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_staff")),
    )
    op.create_table(
        "audit",
        sa.Column("id", ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("who", sa.BigInteger(), nullable=False),
        sa.Column("act", sa.String(32), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("before", sa.Text()),
        sa.Column("after", sa.Text()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_audit_act"), "audit", ["act"])
    op.create_table(
        "drafts",
        sa.Column("id", ID, nullable=False),
        sa.Column("who", sa.BigInteger(), nullable=False),
        sa.Column("act", sa.String(32), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_drafts_made_at"), "drafts", ["made_at"])
    op.create_table(
        "policy",
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_policy")),
    )
    op.create_table(
        "people",
        sa.Column("person", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("blocked_at", MOMENT),
        sa.Column("questions", sa.Integer()),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_people")),
    )
    op.create_table(
        "outlet_orders",
        sa.Column("outlet", sa.String(255), nullable=False),
        sa.Column("pause_s", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["outlet"], ["outlets.key"], name=op.f("fk_outlet_orders_outlet")),
        sa.PrimaryKeyConstraint("outlet", name=op.f("pk_outlet_orders")),
    )
    op.create_table(
        "takedowns",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("domain", sa.Boolean(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_takedowns")),
    )
    op.create_table(
        "apart",
        sa.Column("article_id", sa.String(32), nullable=False),
        sa.Column("other_id", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_apart_article_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["other_id"], ["articles.id"], name=op.f("fk_apart_other_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article_id", "other_id", name=op.f("pk_apart")),
    )
    op.create_index(op.f("ix_apart_other_id"), "apart", ["other_id"])
    op.create_table(
        "outcomes",
        sa.Column("id", ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("outcome", sa.String(8), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.Column("missed", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcomes")),
    )
    op.create_index(op.f("ix_outcomes_at"), "outcomes", ["at"])


def downgrade() -> None:
    for name in NEW:
        op.drop_table(name)
    with op.batch_alter_table("stories") as table:
        for name in ("hidden", "curated"):
            table.drop_column(name)
