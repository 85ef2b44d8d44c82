"""Column types that mean the same on SQLite and on PostgreSQL."""

import json
import re
from datetime import UTC, datetime

from sqlalchemy import DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator

_ESCAPE = "\U0010fffd"  # last private-use character but one: stands in no text we have met
_ODD = re.compile("[\x00\ud800-\udfff\U0010fffd]")
_ESCAPED = re.compile("\U0010fffd([0-9a-f]{6})")


class Moment(TypeDecorator[datetime]):
    """An aware time, kept and given back in UTC (SQLite itself keeps no zone)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC; a time without zone is a fault of the caller."""
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError("time without zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Back as aware UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class AnyText(TypeDecorator[str]):
    """Any Python string, character for character.

    PostgreSQL refuses NUL and both refuse lone surrogates, which JSON and broken pages can hold; a version's id covers
    them (``Article.version``), so they are escaped and not dropped.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Escape what a database cannot hold."""
        return None if value is None else _ODD.sub(lambda odd: f"{_ESCAPE}{ord(odd[0]):06x}", value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """Undo the escapes."""
        return None if value is None else _ESCAPED.sub(lambda code: chr(int(code[1], 16)), value)


class Strings(TypeDecorator[tuple[str, ...]]):
    """Several strings in order, as a JSON list (escapes keep odd characters)."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str | None:
        """To JSON."""
        return None if value is None else json.dumps(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...] | None:
        """From JSON."""
        return None if value is None else tuple(json.loads(value))
