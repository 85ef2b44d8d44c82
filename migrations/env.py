"""What alembic runs: on the connection that the store hands over, or on the address after ``-x url=``."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection, TypeDecorator, create_engine

from migrations import is_compared, is_everywhere
from storage import corrections, index_tables, unasked_tables  # noqa: F401  (their tables are in the metadata too)
from storage.tables import metadata


def frozen(type_: str, item: Any, autogen_context: AutogenContext) -> str | Literal[False]:
    """A step names SQLAlchemy's own types only, so that it stays as it was when ours change."""
    return f"sa.{item.impl!r}" if type_ == "type" and isinstance(item, TypeDecorator) else False


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        include_object=is_compared if connection.dialect.name == "sqlite" else is_everywhere,
        render_item=frozen,
        render_as_batch=True,  # SQLite changes a column only by copying its table
    )
    with context.begin_transaction():
        context.run_migrations()


handed_over = context.config.attributes.get("connection")
if handed_over is not None:
    migrate(handed_over)
else:
    with create_engine(context.get_x_argument(as_dictionary=True)["url"]).begin() as own:
        migrate(own)
