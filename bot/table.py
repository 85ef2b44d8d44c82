"""A comparison side by side: one row a claim that several outlets have, one column an article. Pure."""

from dataclasses import dataclass

from bot import texts
from bot.answer import label, told_by_several
from bot.blocks import Block, Kind, Run, block, quoted
from bot.language import _
from bot.phrases import Phrases, in_full, on_word, when
from claims.comparison import Comparison, Row


@dataclass(frozen=True, slots=True)
class Column:
    """An article at the head of a column."""

    name: str
    link: str | None
    note: str  #: its date, and how much of it is held where that is not all


@dataclass(frozen=True, slots=True)
class Entry:
    """What one article has in a row: on whose word and its words, or why there is nothing."""

    column: Column
    lines: tuple[Block, ...]
    absent: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A row: the statement, in what the outlets differ, how many origins, and an entry a column."""

    statement: Block
    differs: Block | None
    origins: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The whole table; no lines where no claim is told by several."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]


def table(comparison: Comparison) -> Table:
    """The claims that several outlets have, strongest disagreement first; the asked article is the first column."""
    say = Phrases(comparison)
    columns = []
    for article in comparison.articles:
        held = "" if in_full(article) else _(texts.HELD[article.held])
        name = Run(label(article, comparison), link=article.url)
        columns.append(Column(name.text, name.link, texts.commas([when(article), held])))
    lines = (_line(row, comparison, say, tuple(columns)) for row in told_by_several(comparison))
    return Table(tuple(columns), tuple(lines))


def _line(row: Row, comparison: Comparison, say: Phrases, columns: tuple[Column, ...]) -> Line:
    cells = {cell.place.url: cell for cell in row.cells}
    entries = []
    for article, column in zip(comparison.articles, columns, strict=True):
        cell = cells.get(article.url)
        if cell is None:
            absent = _(texts.NOT_SAID if in_full(article) else texts.HELD[article.held])
            entries.append(Entry(column, (), absent))
        else:
            word = Run(texts.capital(on_word(cell)), link=article.url)
            entries.append(Entry(column, (block(*say.own_words(cell, row)), block(word, kind=Kind.ITEM))))
    return Line(
        statement=block(quoted(row.statement), kind=Kind.STATEMENT),
        differs=next(iter(say.differs(row)), None),
        origins=texts.origins(row.origins.at_least, row.origins.at_most),
        entries=tuple(entries),
    )
