"""What an admin sees: lines and numbered items with their buttons, paged within one message. Pure."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.blocks import Block, Kind, Run, Style, block
from bot.render import PART_MAX, telegram
from bot.screens import Button, Screen
from newsroom.administration import By
from newsroom.rights import Role, may

CODE = "a1"  # of what an admin's button carries: "a1:outlets.pause:1:some-outlet"
DATA_MAX = 64  # bytes that Telegram lets a button carry
ITEMS_MAX = 8  # of one page: two rows of numbers, all lines on one screen of a phone
NUMBERS_ROW = 4
PAGE_MAX = 9999
FORMULA = ("=", "+", "-", "@", "\t")
EARLIER, LATER = "‹ Previous", "Next ›"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody who may do so has asked for."""

    by: By
    role: Role
    act: str
    arg: str = ""
    page: int = 1
    pressed: bool = False  #: by a button, else by a command

    @property
    def words(self) -> list[str]:
        """The argument's words."""
        return self.arg.split()


@dataclass(frozen=True, slots=True)
class Door:
    """A button that leads to an act."""

    text: str
    act: str
    arg: str = ""
    page: int = 1

    @property
    def data(self) -> str:
        """As the button carries it."""
        return f"{CODE}:{self.act}:{self.page}:{self.arg}"


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a list, opened by the button with its number."""

    line: tuple[Run | str, ...]
    act: str
    arg: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What is shown: a title, lines, items, rows of buttons; beside it a file or a picture of its own."""

    title: str
    lines: Sequence[Block] = ()
    items: Sequence[Item] = ()
    doors: Sequence[Sequence[Door]] = ()
    act: str | None = None  #: what turning the page asks for; None: as asked
    arg: str | None = None
    file: tuple[str, bytes] | None = None
    picture: bytes | None = None
    notice: str = ""  #: a short word on the pressed button
    commands_of: Sequence[int] = field(default=())  #: people whose list of commands has changed


def pressed(data: str) -> tuple[str, int, str] | None:
    """Act, page and argument of a button; None for what no admin's button carries."""
    match data.split(":", 3):
        case [code, act, page, arg] if code == CODE and page.isdecimal() and 0 < int(page) <= PAGE_MAX:
            return act, int(page), arg
    return None


def fact(name: str, value: object) -> Block:
    """``Questions: 12``."""
    return block(Run(name, Style.BOLD), f": {value}")


def note(text: str) -> Block:
    """A sentence that stands apart."""
    return block(text, kind=Kind.PARAGRAPH)


def heading(text: str) -> Block:
    """Above some lines."""
    return block(Run(text, Style.BOLD), kind=Kind.HEADING)


def counted(number: int, one: str) -> str:
    """``1 article``, ``2 articles``."""
    return f"{number:,} {one}" if number == 1 else f"{number:,} {one}s"


def when(at: datetime | None) -> str:
    """``24 Nov 13:05``, in UTC."""
    return f"{at:%d %b %H:%M}" if at is not None else "never"


def since(at: datetime | None, now: datetime) -> str:
    """``5 min ago``, in the one unit that matters."""
    if at is None:
        return "never"
    minutes = max(0, int((now - at).total_seconds() // 60))
    if minutes < 120:
        return f"{minutes} min ago"
    return f"{minutes // 60} h ago" if minutes < 72 * 60 else f"{minutes // (24 * 60)} days ago"


def as_csv(rows: Sequence[Sequence[str]]) -> bytes:
    """Rows for a spreadsheet; what it would take for a formula is kept from being one."""
    out = io.StringIO()
    csv.writer(out).writerows([["'" + cell if cell[:1] in FORMULA else cell for cell in row] for row in rows])
    return out.getvalue().encode("utf-8", "replace")


def drawn(page: Page, asked: Asked) -> Screen:
    """The message; no button that the role may not press."""
    act, arg = page.act or asked.act, asked.arg if page.arg is None else page.arg
    title = block(Run(page.title, Style.BOLD), kind=Kind.TITLE)
    if page.items:
        pages = -(-len(page.items) // ITEMS_MAX)
        number = min(asked.page, pages)
        first = (number - 1) * ITEMS_MAX
        shown = page.items[first : first + ITEMS_MAX]
        lines = [block(f"{n}. ", *item.line) for n, item in enumerate(shown, first + 1)]
        body = telegram([title, *page.lines, *_apart(lines)])[0]
        numbers = [Button(str(n), Door("", item.act, item.arg).data) for n, item in enumerate(shown, first + 1)]
        numbers = numbers if may(asked.role, shown[0].act) else []
    else:
        bodies = telegram([title, *page.lines], limit=PART_MAX)
        pages, number = len(bodies), min(asked.page, len(bodies))
        body, numbers = bodies[number - 1], []
    rows = [tuple(numbers[start : start + NUMBERS_ROW]) for start in range(0, len(numbers), NUMBERS_ROW)]
    rows.append(_paging(act, arg, number, pages))
    rows += [tuple(Button(door.text, door.data) for door in row if may(asked.role, door.act)) for row in page.doors]
    return Screen(body, tuple(row for row in rows if row))


def _apart(lines: Sequence[Block]) -> list[Block]:
    first, *others = lines
    return [Block(first.runs, Kind.PARAGRAPH), *others]


def _paging(act: str, arg: str, number: int, pages: int) -> tuple[Button, ...]:
    earlier = [Button(EARLIER, Door("", act, arg, number - 1).data)] if number > 1 else []
    later = [Button(LATER, Door("", act, arg, number + 1).data)] if number < pages else []
    return (*earlier, *later)
