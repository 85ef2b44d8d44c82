"""A comparison as a file to keep: JSON (the contract), CSV (one line a statement), Markdown (the answer as text). Pure.

Files hold spans, quoted words and links, and no whole article.
"""

import csv
import io
import re
import unicodedata

from bot.answer import headline
from bot.blocks import Block, Kind, Run, Style
from bot.parts import whole
from claims.comparison import Cell, Comparison, Row
from claims.contract import as_json

FORMATS = ("JSON", "CSV", "Markdown")
NAME_MAX = 40
#: begins a formula in spreadsheets, which run what they are given
FORMULA = ("=", "+", "-", "@", "\t", "\r")
COLUMNS = (
    *("row", "statement", "importance", "outlet", "url", "published_at", "version", "start", "end", "text"),
    *("quotation_type", "authority", "source", "source_description", "cue", "certainty", "polarity", "via"),
    "attributed_to_outlet",
)
_SIGNS = re.compile(r"([\\`*_\[\]<>#|~])")


def exported(comparison: Comparison, form: str) -> tuple[str, bytes]:
    """The file's name and its bytes, in one of ``FORMATS``."""
    if form == "CSV":
        body, ending = _csv(comparison), "csv"
    elif form == "Markdown":
        body, ending = _markdown(comparison), "md"
    else:
        body, ending = as_json(comparison), "json"
    # spreadsheets take a CSV for UTF-8 only where it says so
    coding = "utf-8-sig" if ending == "csv" else "utf-8"
    return f"{_name(comparison)}.{ending}", body.encode(coding, "replace")


def _name(comparison: Comparison) -> str:
    plain = unicodedata.normalize("NFKD", headline(comparison)).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain.casefold())[:NAME_MAX].strip("-")
    return f"second-source-{slug or 'comparison'}"


def _csv(comparison: Comparison) -> str:
    file = io.StringIO(newline="")
    table = csv.writer(file)
    table.writerow(COLUMNS)
    for row in comparison.rows:
        for cell in row.cells:
            table.writerow([_harmless(value) for value in _values(row, cell, comparison)])
    return file.getvalue()


def _values(row: Row, cell: Cell, comparison: Comparison) -> list[object]:
    article = next((one for one in comparison.articles if one.url == cell.place.url), None)
    published = article.published_at if article else None
    return [
        *(row.id, row.statement, row.importance, cell.place.outlet, cell.place.url),
        *(published.isoformat() if published else "", cell.place.version, cell.place.span.start, cell.place.span.end),
        *(cell.text, cell.quotation_type or "", cell.authority, cell.source, cell.source_description, cell.cue),
        *(cell.certainty, cell.polarity, "; ".join(one.source or one.authority for one in cell.via)),
        cell.attributed_to_outlet,
    ]


def _harmless(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def _markdown(comparison: Comparison) -> str:
    marks = {Kind.TITLE: "# ", Kind.HEADING: "## ", Kind.ITEM: "- ", Kind.FOLDED: "- "}
    lines: list[str] = []
    before: Block | None = None
    for one in whole(comparison):
        listed = marks.get(one.kind) == "- "
        if before is not None and not (listed and marks.get(before.kind) == "- "):
            lines.append("")
        headed = one.kind in (Kind.TITLE, Kind.HEADING)
        words = "".join(_run(run, bold=one.kind is Kind.STATEMENT, plain=headed) for run in one.runs)
        lines.append(marks.get(one.kind, "") + words)
        before = one
    return "\n".join(lines) + "\n"


def _run(run: Run, *, bold: bool, plain: bool) -> str:
    body = _SIGNS.sub(r"\\\1", run.text)
    if run.link:
        body = f"[{body}](<{run.link.replace('<', '%3C').replace('>', '%3E')}>)"
    words = body.strip()
    mark = "**" if bold or run.style is Style.BOLD else "*" if run.style is Style.ITALIC else ""
    return body.replace(words, f"{mark}{words}{mark}", 1) if mark and words and not plain else body
