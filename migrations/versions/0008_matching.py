"""Matching: what articles are like, one story for each article, stories that lead into others."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("stories") as table:
        table.add_column(sa.Column("merged_into", sa.BigInteger().with_variant(sa.Integer(), "sqlite")))
        table.create_foreign_key(op.f("fk_stories_merged_into"), "stories", ["merged_into"], ["id"], ondelete="CASCADE")
        table.create_index(op.f("ix_stories_merged_into"), ["merged_into"])
    op.execute(
        "DELETE FROM story_members WHERE EXISTS (SELECT 1 FROM story_members AS first"
        " WHERE first.article_id = story_members.article_id AND first.story_id < story_members.story_id)"
    )
    with op.batch_alter_table("story_members") as table:
        table.drop_index(op.f("ix_story_members_article_id"))
        table.create_unique_constraint(op.f("uq_story_members_article_id"), ["article_id"])
    op.create_table(
        "placings",
        sa.Column("article_id", sa.String(length=32), nullable=False),
        sa.Column("due_at", MOMENT),
        sa.Column("crowded", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_placings_article_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_placings")),
    )
    op.create_index(op.f("ix_placings_due_at"), "placings", ["due_at"])
    op.create_table(
        "likes",
        sa.Column("one", sa.String(length=32), nullable=False),
        sa.Column("two", sa.String(length=32), nullable=False),
        sa.Column("alike", sa.Float(), nullable=False),
        *(
            sa.ForeignKeyConstraint([name], ["placings.article_id"], name=op.f(f"fk_likes_{name}"), ondelete="CASCADE")
            for name in ("one", "two")
        ),
        sa.PrimaryKeyConstraint("one", "two", name=op.f("pk_likes")),
    )
    op.create_index(op.f("ix_likes_two"), "likes", ["two"])
    # what search finds already waits to be matched, the newest first
    op.execute(
        "INSERT INTO placings (article_id, due_at, crowded)"
        " SELECT article_id, max(fetched_at), 0 FROM versions WHERE place IS NOT NULL GROUP BY article_id"
    )


def downgrade() -> None:
    op.drop_table("likes")
    op.drop_table("placings")
    with op.batch_alter_table("story_members") as table:
        table.drop_constraint(op.f("uq_story_members_article_id"), type_="unique")
        table.create_index(op.f("ix_story_members_article_id"), ["article_id"])
    with op.batch_alter_table("stories") as table:
        table.drop_index(op.f("ix_stories_merged_into"))
        table.drop_constraint(op.f("fk_stories_merged_into"), type_="foreignkey")
        table.drop_column("merged_into")
