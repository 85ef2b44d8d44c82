"""The ``second-source`` command. Heavy parts are imported inside each command: ``--help`` answers at once.

Exit status: 0 an answer, 2 bad input (one line on stderr), 1 a fault.
"""

import asyncio
import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from claims.errors import BadInput, FetchError, NewsError

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Who claims what, and on whose word: one news story as several outlets tell it, side by side.",
)
FILE_NAME_MAX = 255  # a longer name is none to any file system
ROLES = ("bot", "collector", "worker", "web")


@app.command()
def run(
    roles: Annotated[str, typer.Option(help="Which roles this process takes, separated by commas.")] = ",".join(ROLES),
) -> None:
    """Start the Telegram bot, or without a token the same bot as a local chat in the browser."""
    from bot.service import serve
    from newsroom.settings import Settings

    chosen = tuple(dict.fromkeys(role.strip() for role in roles.split(",") if role.strip()))
    if unknown := [role for role in chosen if role not in ROLES]:
        raise BadInput(f"There is no role {unknown[0]!r}. The roles are: {', '.join(ROLES)}.")
    asyncio.run(serve(Settings.from_env(), chosen or ROLES))


@app.command()
def compare(
    link: Annotated[str | None, typer.Argument(help="Address of the article.")] = None,
    text: Annotated[
        str | None, typer.Option(help="A file with the article's text instead; - for standard input.")
    ] = None,
    copy: Annotated[list[str] | None, typer.Option(help="OUTLET=FILE: your copy of a closed article.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the object of docs/comparison.schema.json.")] = False,
    times: Annotated[bool, typer.Option(help="With --json: add when each article was fetched.")] = False,
) -> None:
    """Answer once: who claims what about the story of this article."""
    from newsroom.intake import Query
    from newsroom.settings import Settings

    if (link is None) == (text is None):
        raise BadInput("Give either a link or --text FILE.")
    query = Query(
        link=None if link is None else _address(link),
        text=None if text is None else _text(text).removeprefix("\ufeff"),
        copies=tuple(_copy(given) for given in copy or ()),
    )
    asyncio.run(_compare(Settings.from_env(), query, as_json=as_json, times=times))


@app.command()
def text(version: Annotated[str, typer.Argument(help="A version id from a comparison.")]) -> None:
    """Print the stored text of a version, exactly: offsets of a comparison point into it."""
    from newsroom.settings import Settings

    async def print_text() -> None:
        from newsroom.wiring import open_desk

        async with open_desk(Settings.from_env()) as desk:
            sys.stdout.write(await desk.text_of(version))

    asyncio.run(print_text())


@app.command()
def why(row: Annotated[str, typer.Argument(help="A row's id from a comparison.")]) -> None:
    """Print all the evidence of one row: whose words, where they stand, how they differ, which origins."""
    from newsroom.settings import Settings

    async def print_row() -> None:
        from bot.evidence import evidence
        from newsroom.wiring import open_desk

        async with open_desk(Settings.from_env()) as desk:
            sys.stdout.write(evidence(*await desk.row(row.strip().lower())))

    asyncio.run(print_row())


@app.command()
def extract(
    file: Annotated[Path | None, typer.Argument(help="A saved page, .gz too.")] = None,
    url: Annotated[str | None, typer.Option(help="The page's address.")] = None,
    manifest: Annotated[Path | None, typer.Option(help="JSONL with file, url, domain, lang: many pages.")] = None,
    out: Annotated[Path | None, typer.Option(help="Where the predictions of a manifest go, JSONL.")] = None,
) -> None:
    """Read saved pages: title, authors, time and body, as JSON."""
    from newsroom.batch import extract_manifest, extract_page

    if manifest is not None:
        if out is None:
            raise BadInput("With --manifest give --out FILE, where the predictions go.")
        extract_manifest(manifest, out, progress=_progress("pages"))
    elif file is not None and url is not None:
        print_json(extract_page(file, url))
    else:
        raise BadInput("Give FILE and --url URL, or --manifest FILE and --out FILE.")


@app.command()
def attribute(
    file: Annotated[str, typer.Argument(help="A text, or with --jsonl one JSON object a line; - for standard input.")],
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Batch: lines with id, text, title, date, publisher.")] = False,
    day: Annotated[str | None, typer.Option("--date", help="The article's date, YYYY-MM-DD.")] = None,
) -> None:
    """Who says what, on whose word: attributions with character offsets, as JSON."""
    from newsroom.batch import attribute_lines, attribute_text

    on, given = _date(day), _text(file)
    if jsonl:
        for row in attribute_lines(given):
            print_json(row, indent=None)
    else:
        print_json(attribute_text(given, day=on))


@app.command()
def outlets(as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False) -> None:
    """The outlets that are known by name: kind, country, domains."""
    from dataclasses import asdict

    from newsroom.batch import known_outlets

    known = known_outlets()
    if as_json:
        for outlet in known:
            print_json(asdict(outlet), indent=None)
        return
    from rich.console import Console
    from rich.table import Table

    table = Table("outlet", "kind", "country", "domains", box=None)
    for outlet in known:
        table.add_row(outlet.name, outlet.kind.value, outlet.country or "", " ".join(outlet.domains))
    Console().print(table)


@app.command()
def backup(file: Annotated[Path, typer.Argument(help="A new file for the copy.")]) -> None:
    """Copy everything into one file, as of this moment; the product may go on running."""
    from newsroom.backups import copy_to
    from newsroom.settings import Settings

    with _status("Copying …"):
        size = asyncio.run(copy_to(file, Settings.from_env()))
    sys.stdout.write(f"{file}: {size / 1e6:.1f} MB\n")


@app.command()
def restore(file: Annotated[Path, typer.Argument(help="A copy made by backup, or by /backup in the chat.")]) -> None:
    """Fill an empty database, of either kind, from a copy."""
    from newsroom.backups import fill_from
    from newsroom.settings import Settings

    with _status("Restoring …"):
        counts = asyncio.run(fill_from(file, Settings.from_env()))
    sys.stdout.write(f"{counts['articles']} articles, {counts['comparisons']} answers, {sum(counts.values())} rows\n")


@app.command()
def doctor() -> None:
    """What is installed, reachable and configured: one line each, with the remedy where something is missing."""
    from newsroom.doctor import findings
    from newsroom.settings import Settings

    worst = 0
    for finding in asyncio.run(findings(Settings.from_env())):
        sys.stdout.write(f"{'ok  ' if finding.ok else 'look'}  {finding.what}: {finding.state}\n")
        if finding.remedy and not finding.ok:
            sys.stdout.write(f"      {finding.remedy}\n")
        worst = max(worst, int(finding.fatal and not finding.ok))
    raise typer.Exit(worst)


def main() -> None:
    """Entry point: runs a command and turns what was raised on purpose into one line and a status."""
    try:
        status = app(standalone_mode=False)
    except typer.TyperException as error:
        usage = error.format_message()  # none where the bare command has printed its help
        _end(2, f"{usage}{'' if usage[-1] in '.?' else '.'} See second-source --help." if usage else "")
    except (BadInput, FetchError) as error:
        _end(2, str(error))
    except NewsError as error:
        _end(1, str(error))
    except KeyboardInterrupt:
        _end(130, "Stopped.")
    sys.exit(status)


async def _compare(settings: Any, query: Any, *, as_json: bool, times: bool) -> None:
    from bot import logs
    from bot.render import plain
    from claims.contract import as_json as contract_json
    from newsroom.wiring import open_desk

    logs.to_stderr(logging.CRITICAL)  # stderr has one line for a person; what went wrong stands in the answer
    async with open_desk(settings, sample=_is_sample(query.link)) as desk:
        with _status("Reading the article and looking for other outlets …"):
            answer = await desk.answer(query)
        if as_json:
            fetched = await desk.fetched(answer.comparison) if times else None
            sys.stdout.write(contract_json(answer.comparison, fetched=fetched))
        else:
            sys.stdout.write(plain(answer.comparison, held_at=answer.made_at))


def _is_sample(link: str | None) -> bool:
    from urllib.parse import urlsplit

    return link is not None and (urlsplit(link).hostname or "").endswith(".example")


def _address(given: str) -> str:
    """A link as a person types it, with the scheme that goes without saying. Raises BadInput for a file's name."""
    link = given.strip()
    if len(link) <= FILE_NAME_MAX and Path(link).is_file():
        raise BadInput(f"{link} is a file. Give its text with --text {link}.")
    return link if "://" in link or " " in link or "." not in link else f"https://{link}"


def _text(name: str) -> str:
    """A file's text, unpacked where it is gzip; ``-`` is standard input. Raises BadInput."""
    from newsroom.batch import read_file, text_of, unpacked

    if name == "-":
        return text_of(unpacked(sys.stdin.buffer.read(), "Standard input"), "standard input")
    return text_of(read_file(Path(name)), name)


def print_json(value: Any, indent: int | None = 2) -> None:
    """One JSON value on standard output."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=indent) + "\n")


def _copy(given: str) -> tuple[str, str]:
    outlet, separator, file = given.partition("=")
    if not separator or not outlet or not file:
        raise BadInput(f"--copy takes OUTLET=FILE, not {given!r}.")
    return outlet, _text(file).removeprefix("\ufeff")


def _date(day: str | None) -> date | None:
    try:
        return date.fromisoformat(day) if day else None
    except ValueError:
        raise BadInput(f"--date takes YYYY-MM-DD, not {day!r}.") from None


@contextmanager
def _status(words: str) -> Iterator[None]:
    """A moving sign on a terminal's stderr while work is under way; nothing where nobody looks."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(words):
        yield


def _progress(what: str) -> Any:
    """Wrap an iterable so that a terminal shows how far the work is."""
    from rich.console import Console
    from rich.progress import track

    return lambda items: track(items, description=what, console=Console(stderr=True), disable=not sys.stderr.isatty())


def _end(status: int, line: str) -> None:
    if line:
        sys.stderr.write(" ".join(line.split()) + "\n")
    sys.exit(status)


if __name__ == "__main__":
    main()
