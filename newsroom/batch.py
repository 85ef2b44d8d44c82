"""Files in, JSON out: pages and texts read without a network, for people, scripts and benchmarks."""

import gzip
import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path

from claims.attribution import read, record
from claims.attribution.model import Model, load
from claims.errors import BadInput
from claims.outlet_names import OutletNames
from claims.types import Article, Outlet
from scrapers.outlets import Outlets
from scrapers.pages import file_kind, read_page
from scrapers.pages import record as page_record

Row = dict[str, object]
Progress = Callable[[Iterable[Row]], Iterable[Row]]

_GZIP = b"\x1f\x8b"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")  # its byte order marks; most of its bytes are zero


def known_outlets() -> tuple[Outlet, ...]:
    """The registry, sorted by name."""
    return tuple(sorted(Outlets.load().all, key=lambda outlet: outlet.name.casefold()))


def extract_page(file: Path, url: str) -> Row:
    """One saved page as a record: title, authors, published, paragraphs, text, dateline, credit, section, language.

    Raises BadInput for what is no page at all.
    """
    page = read_file(file)
    if not page.strip() or file_kind(page) or (b"\0" in page and not page.startswith(_UTF_16)):
        raise BadInput(f"The file {file} holds no web page. Give a page saved as HTML.")
    return _page(page, url)


def extract_manifest(manifest: Path, out: Path, *, progress: Progress) -> None:
    """Each page that the manifest's lines name (``file`` beside it, ``url``), as JSONL in the manifest's order."""
    rows = list(read_lines(text_of(read_file(manifest), str(manifest)), need=("file",)))
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with out.open("w", encoding="utf-8") as target:
            for row in progress(rows):
                page = read_file(manifest.parent / str(row["file"]))
                told = _page(page, str(row.get("url") or f"https://{row.get('domain')}/"))
                target.write(json.dumps({"file": row["file"], **told}, ensure_ascii=False) + "\n")
    except OSError as error:
        raise BadInput(f"The file {out} cannot be written: {error.strerror}. Give another one.") from error


def attribute_text(text: str, *, day: date | None) -> Row:
    """Attributions and own voice of one text, offsets into it unchanged."""
    article = _plain_article(text, title="", day=day)
    return record(article, read(article, _names(), _model()))


def attribute_lines(text: str) -> Iterator[Row]:
    """For each line (id, text, title, date, publisher; nothing else is read) its id and attributions.

    Raises BadInput for a line that cannot be read, before anything is told of another one.
    """
    rows = [(row["id"], _line_article(number, row)) for number, row in _numbered(text, need=("id", "text"))]
    for name, article in rows:
        yield {"id": name, **record(article, read(article, _names(), _model()))}


def read_file(path: Path) -> bytes:
    """The file's bytes, unpacked where they are gzip. Raises BadInput."""
    try:
        return unpacked(path.read_bytes(), f"The file {path}")
    except OSError as error:
        raise BadInput(f"The file {path} cannot be read: {error.strerror}. Give another one.") from error


def unpacked(data: bytes, what: str) -> bytes:
    """The bytes, unpacked where they are gzip. ``what`` they are begins the sentence of the BadInput."""
    try:
        return gzip.decompress(data) if data.startswith(_GZIP) else data
    except (OSError, EOFError, zlib.error) as error:
        raise BadInput(f"{what} is a broken gzip file. Pack it again.") from error


def text_of(data: bytes, name: str) -> str:
    """The text that the bytes are, character for character. Raises BadInput where they are none."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise BadInput(f"{name} is no text in UTF-8. Save it as UTF-8 text and try again.")
    if not text.strip("\ufeff \t\r\n"):
        raise BadInput(f"There is no text in {name}. Give a file with an article's text.")
    return text


def read_lines(text: str, *, need: tuple[str, ...]) -> Iterator[Row]:
    """JSON objects, one a line, empty lines skipped. Raises BadInput that names the line."""
    return (row for _, row in _numbered(text, need=need))


def _numbered(text: str, *, need: tuple[str, ...]) -> Iterator[tuple[int, Row]]:
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise BadInput(f"Line {number} is no JSON: {error.msg}. Give one JSON object a line.") from error
        if not isinstance(row, dict) or any(key not in row for key in need):
            raise BadInput(f"Line {number} lacks one of: {', '.join(need)}. Give one JSON object a line.")
        yield number, row


def _page(page: bytes, url: str) -> Row:
    return page_record(read_page(page, url=url, outlet=Outlets.load().of(url), strict=False))


def _line_article(number: int, row: Row) -> Article:
    text, day = row["text"], str(row.get("date") or "")
    if not isinstance(text, str):
        raise BadInput(f"The text of line {number} is no string. Give the article's text as a string.")
    try:
        on = date.fromisoformat(day[:10]) if day else None
    except ValueError:
        raise BadInput(f"The date of line {number} is {day!r}. Give it as YYYY-MM-DD, or leave it out.") from None
    return _plain_article(text, title=str(row.get("title") or ""), day=on)


@cache
def _names() -> OutletNames:
    return OutletNames(Outlets.load().all)


@cache
def _model() -> Model | None:
    return load().model


def _plain_article(text: str, *, title: str, day: date | None) -> Article:
    return Article(
        url="text:input",
        outlet=Outlet(key="input", name="input", domains=("text.invalid",)),
        title=title,
        text=text,
        published_at=datetime.combine(day, time(), UTC) if day else None,
        language=None,
    )
