"""How a chat wants to be answered, and mistakes that readers report."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SETTINGS = (("language", sa.String(8)), ("zone", sa.String(64)), ("outlets_first", sa.Text()), ("short", sa.Boolean()))


def upgrade() -> None:
    for name, kind in SETTINGS:
        op.add_column("chats", sa.Column(name, kind))
    op.create_table(
        "reports",
        sa.Column("id", ID, nullable=False),
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("comparison_id", ID, nullable=False),
        sa.Column("row", sa.String(8)),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("text", sa.Text()),
        sa.Column("prompt_id", sa.BigInteger()),
        sa.Column("reported_at", MOMENT, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("closed_by", sa.BigInteger()),
        sa.Column("closed_at", MOMENT),
        sa.ForeignKeyConstraint(
            ["comparison_id"], ["comparisons.id"], name=op.f("fk_reports_comparison_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        sqlite_autoincrement=True,
    )
    for column in ("person", "chat_id", "comparison_id", "state"):
        op.create_index(op.f(f"ix_reports_{column}"), "reports", [column])


def downgrade() -> None:
    op.drop_table("reports")
    with op.batch_alter_table("chats") as table:
        for name, _ in SETTINGS:
            table.drop_column(name)
