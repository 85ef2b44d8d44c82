"""Blocks as Telegram HTML within Telegram's limits, and as plain text. Pure; the one place where text is escaped.

Text is cut before tags are added, and a message is split at block borders only, so that no tag is ever left open.
"""

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from telegram.constants import MessageLimit

from bot.blocks import MARKS, Block, Kind, Run, Style, apart, cut, directed, units
from bot.parts import whole
from claims.comparison import Comparison

MESSAGE_MAX = int(MessageLimit.MAX_TEXT_LENGTH)  # visible UTF-16 units
PART_MAX = 2400  # of one part of Claims, Quotations or Sources: two screens of a phone
ENTITIES_MAX = 90  # Telegram keeps 100; the rest is left to links and mentions it finds by itself
BYTES_MAX = 30_000  # of a message with its tags; Telegram takes 32 KiB
LINK_MAX = 1000  # bytes as written; a longer address is left out, or some dozens would fill the message

_TAGS = {Style.BOLD: "b", Style.ITALIC: "i"}


@dataclass(frozen=True, slots=True)
class _Drawn:
    """One block as HTML, with what it takes of each limit."""

    kind: Kind
    html: str
    units: int
    entities: int


def telegram(blocks: Sequence[Block], *, limit: int = MESSAGE_MAX) -> list[str]:
    """The blocks as messages of Telegram HTML, each within every limit; no message is empty."""
    pages: list[list[_Drawn]] = [[]]
    for one in map(_drawn, _short(blocks, limit)):
        if pages[-1] and not _fits([*pages[-1], one], limit):
            carried = _carried(pages[-1])
            pages.append(carried if _fits([*carried, one], limit) else [])
        pages[-1].append(one)
    return [_message(page) for page in pages if page]


def plain(comparison: Comparison, *, held_at: datetime | None = None) -> str:
    """The whole comparison for a terminal: plain text, addresses as numbered notes at the end."""
    links: dict[str, int] = {}
    blocks = whole(comparison, held_at=held_at)
    lines: list[str] = []
    for before, one in zip([None, *blocks], blocks, strict=False):
        if before is not None and apart(before.kind, one.kind):
            lines.append("")
        mark = "  " + MARKS[one.kind] if one.kind in MARKS else "  " if one.kind is Kind.FOLDED else ""
        lines.append(mark + "".join(_plain_run(run, links) for run in one.runs))
        if one.kind is Kind.HEADING:
            lines.append("-" * len(one.text))
    if links:
        lines += ["", *(f"[{number}] {link}" for link, number in links.items())]
    return "\n".join(lines) + "\n"


def escape(text: str) -> str:
    """Text for Telegram HTML, quotation marks too so that it may stand in an attribute."""
    return html.escape(text, quote=True)


def _short(blocks: Iterable[Block], limit: int) -> Iterable[Block]:
    """Blocks that fit a message of their own; a longer one is cut run by run."""
    for one in blocks:
        if units(one.text) + 4 <= limit:
            yield one
            continue
        room, runs = limit - 4, []
        for run in one.runs:
            if room > 2:
                runs.append(replace(run, text=cut(run.text, room)))
                room -= units(runs[-1].text)
        yield replace(one, runs=tuple(runs))


def _drawn(one: Block) -> _Drawn:
    mark, texts = directed(one, MARKS.get(one.kind, ""))
    body = mark + "".join(map(_run, one.runs, texts))
    entities = sum((run.style is not Style.PLAIN) + (_linked(run) is not None) for run in one.runs)
    return _Drawn(one.kind, body, units(mark) + sum(map(units, texts)), entities)


def _run(run: Run, text: str) -> str:
    body = escape(text)
    if run.style in _TAGS:
        body = f"<{_TAGS[run.style]}>{body}</{_TAGS[run.style]}>"
    link = _linked(run)
    return f'<a href="{escape(link)}">{body}</a>' if link else body


def _linked(run: Run) -> str | None:
    return run.link if run.link and len(escape(run.link).encode()) <= LINK_MAX else None


def _fits(page: Sequence[_Drawn], limit: int) -> bool:
    borders = [_between(a.kind, b.kind) for a, b in pairwise(page)]
    return (
        sum(one.units for one in page) + sum(map(len, borders)) <= limit
        and sum(one.entities for one in page) + sum(one.kind is Kind.FOLDED for one in page) <= ENTITIES_MAX
        and sum(len(one.html.encode()) for one in page) + 64 * len(page) <= BYTES_MAX
    )


def _carried(page: list[_Drawn]) -> list[_Drawn]:
    """What the next page begins with: what would stand at the foot without the lines it heads."""
    start = len(page)
    while start > 1 and page[start - 1].kind in (Kind.HEADING, Kind.STATEMENT, Kind.NOTE):
        start -= 1
    carried = page[start:]
    del page[start:]
    return carried


def _message(page: Sequence[_Drawn]) -> str:
    body, folded = "", False
    for before, one in zip([None, *page], page, strict=False):
        border = _between(before.kind, one.kind) if before else ""
        if folded and one.kind is not Kind.FOLDED:
            body, folded = body + "</blockquote>", False
        body += border
        if not folded and one.kind is Kind.FOLDED:
            body, folded = body + "<blockquote expandable>", True
        body += one.html
    return body + ("</blockquote>" if folded else "")


def _between(before: Kind, after: Kind) -> str:
    return "\n\n" if apart(before, after) else "\n"


def _plain_run(run: Run, links: dict[str, int]) -> str:
    return f"{run.text} [{links.setdefault(run.link, len(links) + 1)}]" if run.link else run.text
