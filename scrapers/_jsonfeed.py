"""JSON Feed (https://www.jsonfeed.org/version/1.1/) -> its entries as plain values. Pure."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Entry:
    """One item as the feed gives it; texts may hold markup."""

    url: str
    title: str
    summary: str
    guid: str | None
    published_at: datetime | None


def entries(body: bytes) -> Iterator[Entry]:
    """The items that have an address. Raises ValueError where it is no JSON Feed; nothing else."""
    try:
        feed = json.loads(body.removeprefix(b"\xef\xbb\xbf"))
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    if not isinstance(feed, dict) or "jsonfeed.org/version" not in str(feed.get("version")):
        raise ValueError("no JSON Feed")
    items = feed.get("items")
    for item in items if isinstance(items, list) else ():
        if isinstance(item, dict) and (url := _text(item, "url") or _text(item, "external_url")):
            yield Entry(
                url=url,
                title=_text(item, "title"),
                summary=_text(item, "summary") or _text(item, "content_text") or _text(item, "content_html"),
                guid=_text(item, "id") or None,
                published_at=_moment(_text(item, "date_published") or _text(item, "date_modified")),
            )


def _text(item: dict[str, Any], name: str) -> str:
    value = item.get(name)
    return str(value) if isinstance(value, str | int) else ""


def _moment(stamp: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(stamp)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
