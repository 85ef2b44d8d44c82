"""The collector's side: jobs, turns at hosts, sources, items, and how each outlet is doing."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "jobs",
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("owner", sa.String(length=255)),
        sa.Column("held_until", MOMENT),
        sa.PrimaryKeyConstraint("kind", "key", name=op.f("pk_jobs")),
    )
    op.create_index(op.f("ix_jobs_due_at"), "jobs", ["due_at"])
    op.create_table(
        "host_turns",
        sa.Column("host", sa.String(length=255), nullable=False),
        sa.Column("free_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("host", name=op.f("pk_host_turns")),
    )
    op.create_table(
        "sources",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("outlet", sa.String(length=255), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("found", sa.Boolean(), nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("read_at", MOMENT),
        sa.Column("fast", sa.Float(), nullable=False),
        sa.Column("slow", sa.Float(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text()),
        sa.Column("etag", sa.Text()),
        sa.Column("modified", sa.Text()),
        sa.ForeignKeyConstraint(["outlet"], ["outlets.key"], name=op.f("fk_sources_outlet")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sources")),
    )
    op.create_index(op.f("ix_sources_outlet"), "sources", ["outlet"])
    op.create_table(
        "items",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("outlet", sa.String(length=255), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("guid", sa.String(length=32)),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("published_at", MOMENT),
        sa.Column("first_seen", MOMENT, nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("due_at", MOMENT),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.String(length=32)),
        sa.Column("version", sa.String(length=16)),
        sa.Column("error", sa.Text()),
        sa.Column("etag", sa.Text()),
        sa.Column("modified", sa.Text()),
        sa.ForeignKeyConstraint(["outlet"], ["outlets.key"], name=op.f("fk_items_outlet")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_items")),
    )
    op.create_index(op.f("ix_items_outlet_state_due_at"), "items", ["outlet", "state", "due_at"])
    op.create_index(op.f("ix_items_article_id"), "items", ["article_id"])
    op.create_index(op.f("ix_items_outlet_guid"), "items", ["outlet", "guid"])
    op.create_index(op.f("ix_items_first_seen"), "items", ["first_seen"])
    op.create_table(
        "outlet_states",
        sa.Column("outlet", sa.String(length=255), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("broken", sa.Integer(), nullable=False),
        sa.Column("open_until", MOMENT),
        sa.Column("error", sa.Text()),
        sa.Column("error_at", MOMENT),
        sa.Column("read_at", MOMENT),
        sa.Column("searched_at", MOMENT),
        sa.ForeignKeyConstraint(["outlet"], ["outlets.key"], name=op.f("fk_outlet_states_outlet")),
        sa.PrimaryKeyConstraint("outlet", name=op.f("pk_outlet_states")),
    )
    op.create_index(op.f("ix_versions_text_hash"), "versions", ["text_hash"])


def downgrade() -> None:
    op.drop_index(op.f("ix_versions_text_hash"), "versions")
    for table in ("outlet_states", "items", "sources", "host_turns", "jobs"):
        op.drop_table(table)
