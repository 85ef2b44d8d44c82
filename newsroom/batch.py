"""Files in, JSON out: pages and texts read without a network, for people, scripts and benchmarks."""

import gzip
import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path

from claims.attribution import read, record
from claims.errors import BadInput
from claims.outlet_names import OutletNames
from claims.types import Article, Outlet
from scrapers.outlets import Outlets
from scrapers.pages import read_page
from scrapers.pages import record as page_record

Row = dict[str, object]
Progress = Callable[[Iterable[Row]], Iterable[Row]]


def known_outlets() -> tuple[Outlet, ...]:
    """The registry, sorted by name."""
    return tuple(sorted(Outlets.load().all, key=lambda outlet: outlet.name.casefold()))


def extract_page(file: Path, url: str) -> Row:
    """One saved page as a record: title, authors, published, paragraphs, text, dateline, credit, section, language."""
    page = read_file(file)
    return page_record(read_page(page, url=url, outlet=Outlets.load().of(url), strict=False))


def extract_manifest(manifest: Path, out: Path, *, progress: Progress) -> None:
    """Each page that the manifest's lines name (``file`` beside it, ``url``), as JSONL in the manifest's order."""
    out.parent.mkdir(parents=True, exist_ok=True)
    rows = list(read_lines(read_file(manifest), need=("file", "url")))
    with out.open("w", encoding="utf-8") as target:
        for row in progress(rows):
            page = extract_page(manifest.parent / str(row["file"]), str(row["url"]))
            target.write(json.dumps({"file": row["file"], **page}, ensure_ascii=False) + "\n")


def attribute_text(text: str, *, day: date | None) -> Row:
    """Attributions and own voice of one text, offsets into it unchanged."""
    article = _plain_article(text, title="", day=day)
    return record(article, read(article, _names()))


def attribute_lines(data: bytes) -> Iterator[Row]:
    """For each line (id, text, title, date, publisher; nothing else is read) its id and attributions."""
    for row in read_lines(data, need=("id", "text")):
        day = date.fromisoformat(str(row["date"])[:10]) if row.get("date") else None
        article = _plain_article(str(row["text"]), title=str(row.get("title") or ""), day=day)
        yield {"id": row["id"], **record(article, read(article, _names()))}


def read_file(path: Path) -> bytes:
    """The file's bytes, unpacked where they are gzip. Raises BadInput."""
    try:
        data = path.read_bytes()
        return gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data
    except (OSError, EOFError, zlib.error) as error:
        reason = (isinstance(error, OSError) and error.strerror) or "it is a broken gzip file"
        raise BadInput(f"The file {path} cannot be read: {reason}.") from error


def read_lines(data: bytes, *, need: tuple[str, ...]) -> Iterator[Row]:
    """JSON objects, one a line, empty lines skipped. Raises BadInput that names the line."""
    if data.startswith(b"\x1f\x8b"):
        data = gzip.decompress(data)
    for number, line in enumerate(data.decode("utf-8", "replace").split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise BadInput(f"Line {number} is no JSON: {error.msg}.") from error
        if not isinstance(row, dict) or any(key not in row for key in need):
            raise BadInput(f"Line {number} lacks one of: {', '.join(need)}.")
        yield row


@cache
def _names() -> OutletNames:
    return OutletNames(Outlets.load().all)


def _plain_article(text: str, *, title: str, day: date | None) -> Article:
    return Article(
        url="text:input",
        outlet=Outlet(key="input", name="input", domains=("text.invalid",)),
        title=title,
        text=text,
        published_at=datetime.combine(day, time(), UTC) if day else None,
        language=None,
    )
