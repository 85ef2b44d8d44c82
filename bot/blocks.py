"""What a reader sees, as blocks of runs: Telegram, the terminal and the page each draw the same blocks."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from bot.language import right_to_left
from claims.types import Span

QUOTE_MAX = 300  # characters of one span: as much as a point needs, never most of an article
#: what Telegram drops from a text by itself, and what would turn or break the line around it: controls, direction
#: overrides and isolates, line separators, halves of a surrogate pair
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
#: signs for a direction: what follows runs from right to left; a piece with a direction of its own, and its end
RUN_RIGHT, ALONE, NOT_ALONE = "\u200f", "\u2068", "\u2069"
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
#: words of Latin or Cyrillic letters in a row, with their commands, addresses and numbers
FOREIGN = re.compile(r"[/@]?[0-9_]*[A-Za-zÀ-ӿ][\w.'’&/+−@-]*(?:[,:;]? [0-9]*[A-Za-zÀ-ӿ][\w.'’&/+−@-]*)*", re.ASCII)
WEB = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)


class Style(StrEnum):
    """How a run looks."""

    PLAIN = "plain"
    BOLD = "bold"
    ITALIC = "italic"


class Kind(StrEnum):
    """What a block is; the drawers decide on blanks and marks around it."""

    TITLE = "title"  # the headline asked about
    HEADING = "heading"  # of a section
    STATEMENT = "statement"  # quoted words that the lines below speak of
    NOTE = "note"  # about the heading or statement above it; says nothing without the lines below
    LINE = "line"
    ITEM = "item"  # a line of a list
    PARAGRAPH = "paragraph"  # a line that stands apart
    FOLDED = "folded"  # a line of a part that the reader unfolds


MARKS = {Kind.ITEM: "• "}  # before a block's words


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look. Never holds a line break, a control sign or a link that is not http(s)."""

    text: str
    style: Style = Style.PLAIN
    link: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", clean(self.text))
        if self.link is not None and not WEB.fullmatch(self.link):
            object.__setattr__(self, "link", None)


@dataclass(frozen=True, slots=True)
class Block:
    """One line of an answer."""

    runs: tuple[Run, ...]
    kind: Kind = Kind.LINE

    @property
    def text(self) -> str:
        """The visible words."""
        return "".join(run.text for run in self.runs)


def block(*runs: Run | str, kind: Kind = Kind.LINE) -> Block:
    """A block of runs; a string is a plain run, an empty one is left out."""
    made = (Run(run) if isinstance(run, str) else run for run in runs)
    return Block(tuple(run for run in made if run.text), kind)


def directed(one: Block, mark: str = "") -> tuple[str, tuple[str, ...]]:
    """A line's mark and the text of each of its runs, with the signs that keep them in order from right to left.

    Else a line that begins with an outlet's Latin name would run from left to right, and the marks around quoted words
    would change sides. What is another language's alone, a headline or a quotation, runs as it does.
    """
    texts = tuple(run.text for run in one.runs)
    if not right_to_left():
        return mark, texts
    whole = "".join(texts)
    named = one.kind in (Kind.STATEMENT, Kind.FOLDED, Kind.ITEM) and not whole.startswith("“")
    if not (mark or named or RIGHT_TO_LEFT.search(whole)):
        return mark, texts
    return RUN_RIGHT + mark, tuple(FOREIGN.sub(rf"{ALONE}\g<0>{NOT_ALONE}", _quotes_alone(text)) for text in texts)


def _quotes_alone(text: str) -> str:
    """Quoted words, also those of several runs, as a piece with a direction of its own."""
    return text.replace("“", f"{ALONE}“").replace("”", f"”{NOT_ALONE}")


def apart(before: Kind, after: Kind) -> bool:
    """Whether an empty line stands between: a heading is close to what it heads, lines are close to their statement."""
    return before is not Kind.HEADING and after in (Kind.HEADING, Kind.STATEMENT, Kind.PARAGRAPH)


def length(blocks: Sequence[Block]) -> int:
    """Visible UTF-16 units of the blocks as one message, with marks and empty lines."""
    borders = sum(2 if apart(a.kind, b.kind) else 1 for a, b in pairwise(blocks))
    return borders + sum(width(one, MARKS.get(one.kind, "")) for one in blocks)


def width(one: Block, mark: str) -> int:
    """UTF-16 units of a line as it is sent."""
    mark, texts = directed(one, mark)
    return units(mark) + sum(map(units, texts))


def clean(text: str) -> str:
    """The text in one line, without signs that have no look of their own."""
    return re.sub(r"\s+", " ", UNPRINTABLE.sub("", re.sub(r"[\r\n\u2028\u2029]+", " ", text)))


def units(text: str) -> int:
    """Length as Telegram counts it: UTF-16 code units."""
    return len(text) + sum(char > "\uffff" for char in text)


def cut(text: str, limit: int) -> str:
    """At most ``limit`` UTF-16 units; what is missing is an ellipsis, at a blank where there is one."""
    if units(text) <= limit:
        return text
    room, end = limit - 2, 0
    for end, char in enumerate(text):  # noqa: B007  (the index is what counts)
        room -= 2 if char > "\uffff" else 1
        if room < 0:
            break
    blank = text.rfind(" ", end // 2, end + 1)
    return text[: blank if blank > 0 else end].rstrip(" ,;:–—-") + " …"


_OPENING, _CLOSING = frozenset('“"«„'), frozenset('”"»“')
_MARKS = _OPENING | _CLOSING


def quoted(text: str, limit: int = QUOTE_MAX) -> str:
    """Words of an article in quotation marks, cut to what may be quoted; marks that already stand around go."""
    return f"“{cut(_bare(clean(text)), limit - 2)}”"


def marked(text: str, spans: Sequence[Span], limit: int = QUOTE_MAX) -> tuple[Run, ...]:
    """Words in quotation marks with those at ``spans`` (offsets into ``text``) bold, cut to what may be quoted."""
    if not spans:
        return (Run(quoted(text, limit)),)
    first, last = _inside(text)
    edges = {edge for span in spans for edge in (span.start, span.end) if first < edge < last}
    borders = sorted({first, last, *edges})
    runs, room = [Run("“")], limit - 2
    for start, end in pairwise(borders):
        words = clean(text[start:end])
        bold = any(span.start <= start and end <= span.end for span in spans)
        runs.append(Run(cut(words, max(room, 2)), Style.BOLD if bold else Style.PLAIN))
        room -= units(words)
        if room < 0:
            break
    return (*runs, Run("”"))


def joined(parts: Iterable[tuple[Run | str, ...]], separator: str) -> tuple[Run | str, ...]:
    """Groups of runs with a separator between."""
    result: list[Run | str] = []
    for part in parts:
        result.extend((separator, *part) if result else part)
    return tuple(result)


def _bare(text: str) -> str:
    start, end = _inside(text)
    return text[start:end]


def _inside(text: str) -> tuple[int, int]:
    """Where the words stand without marks around, without a mark whose partner is cut off at the edge, and without the
    comma that the quoting sentence goes on with.
    """
    start = len(text) - len(text.lstrip())
    end = len(text.rstrip(" ,;\n"))
    alone = not set(text[start + 1 : end - 1]) & _MARKS
    opens = alone and text[start : start + 1] in _OPENING and end - start > 2
    closes = alone and text[end - 1 : end] in _CLOSING and end - start > 2
    start, end = start + opens, end - closes
    return start, start + len(text[start:end].rstrip(" ,;"))
