"""How often in a row an outlet's pages were looked through for feeds in vain."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("outlet_states") as states:
        states.add_column(sa.Column("fruitless", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("outlet_states") as states:
        states.alter_column("fruitless", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("outlet_states") as states:
        states.drop_column("fruitless")
