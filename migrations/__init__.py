"""The database's shape, step by step: one file a step in ``versions/``, numbered, each with its way back.

A new step: change ``storage/tables.py``, then
``alembic -x url=sqlite:///data/second-source.db revision --autogenerate --rev-id 0002 -m "what changes"``.
"""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection
    from sqlalchemy.sql.schema import SchemaItem

_FOLDER = Path(__file__).parent
FULL_TEXT = "search_index"
NEAR = "ix_vectors_near"


def head() -> str:
    """The newest step's number, told from the file names: alembic takes 0.3 s to import, too long for every start."""
    return max(path.name for path in (_FOLDER / "versions").glob("[0-9]*.py")).split("_")[0]


def config(connection: "Connection | None" = None) -> "Config":
    """Alembic's configuration for an installed package, with no file beside it."""
    from alembic.config import Config

    made = Config(attributes={} if connection is None else {"connection": connection})
    made.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    made.set_main_option("path_separator", "os")
    return made


def upgrade(connection: "Connection") -> None:
    """Take the database to the newest step, inside the connection's open transaction."""
    from alembic import command

    command.upgrade(config(connection), "head")


def is_compared(
    item: "SchemaItem", name: str | None, type_: str, reflected: bool, compare_to: "SchemaItem | None"
) -> bool:
    """Alembic's ``include_object`` on SQLite: all but FTS5's table and its shadows, which it cannot describe."""
    return not (type_ == "table" and name is not None and name.startswith(FULL_TEXT))


def is_everywhere(
    item: "SchemaItem", name: str | None, type_: str, reflected: bool, compare_to: "SchemaItem | None"
) -> bool:
    """Alembic's ``include_object`` on PostgreSQL: all but the index that only a server with pgvector has."""
    return not (type_ == "index" and name == NEAR)
