"""Telegram's side: which message answers which, what a chat has set, in which chat something was asked."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "replies",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("asked_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("sent_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("chat_id", "asked_id", "position", name=op.f("pk_replies")),
    )
    op.create_index(op.f("ix_replies_sent_at"), "replies", ["sent_at"])
    op.create_table(
        "chats",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("auto_answer", sa.Boolean(), nullable=False),
        sa.Column("closed_at", MOMENT),
        sa.Column("closed_why", sa.Text()),
        sa.PrimaryKeyConstraint("chat_id", name=op.f("pk_chats")),
    )
    op.add_column("asks", sa.Column("chat_id", sa.BigInteger()))
    op.create_index(op.f("ix_asks_chat_id"), "asks", ["chat_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_asks_chat_id"), "asks")
    with op.batch_alter_table("asks") as table:
        table.drop_column("chat_id")
    for name in ("chats", "replies"):
        op.drop_table(name)
