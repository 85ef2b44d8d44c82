"""The whole road, as a person goes it: ``second-source compare LINK --json`` against the news web on loopback.

Each labelled article of the stories set is given as a link to a fresh process with an empty store. Counted: are the
event's other articles in the answer, are articles of other stories in it, seconds and peak memory of the process.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

from benchmarks.shared import ROOT, SHARED, beside, print_figures, print_table, read_json, read_rows, write_jsonl
from claims.errors import BadInput

COMMAND = Path(sys.executable).with_name("second-source")
FLOORS = {"recall": 0.95, "precision": 0.95}
PROCESS_S = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One link, what the answer should hold and what it holds."""

    url: str
    wanted: frozenset[str]
    shown: tuple[str, ...]
    ignored: frozenset[str]
    seconds: float
    peak_mb: float
    fault: str = ""


def main(argv: list[str]) -> int:
    """Run the benchmark; prints a table and the figures as JSON. ``--links N`` takes a seeded sample."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks road")
    parser.add_argument("--data", type=Path, default=SHARED / "data")
    parser.add_argument("--links", type=int, default=0, help="so many links instead of all")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args(argv)
    asked = questions(options.data, options.links)
    with news_web(options.data) as environment, ThreadPoolExecutor(options.jobs) as pool:
        results = list(pool.map(lambda item: ask(item[0], item[1], item[2], environment), asked))
    figures = summary(results)
    if options.out:
        write_jsonl(options.out, [_row(asked) for asked in results])
    print_table({"second-source compare": figures})
    print_figures(figures)
    return 0


def summary(results: list[Asked]) -> dict[str, float | int | None]:
    """``recall``: share of links with all wanted articles shown; ``precision``: share of shown ones of the story."""
    shown = sum(len([url for url in asked.shown if url not in asked.ignored]) for asked in results)
    right = sum(len(asked.wanted.intersection(asked.shown)) for asked in results)
    return {
        "links": len(results),
        "recall": sum(asked.wanted <= set(asked.shown) for asked in results) / len(results),
        "precision": right / shown if shown else 0.0,
        "faults": sum(bool(asked.fault) for asked in results),
        "median_s": round(median(asked.seconds for asked in results), 2),
        "slowest_s": round(max(asked.seconds for asked in results), 2),
        "peak_mb": round(max(asked.peak_mb for asked in results)),
    }


def questions(data: Path, count: int) -> list[tuple[str, frozenset[str], frozenset[str]]]:
    """(link, links of the event's other articles, links that count neither way), in an order that tells nothing."""
    stories = read_json(beside(data / "stories", "stories.json"))
    rows = read_rows(beside(data / "stories", "articles.jsonl"), need=("id",))
    urls = {row["id"]: row.get("url") for row in rows}
    served = _served(data)
    url_of = {key: served.get(key) or url or "" for key, url in urls.items()}
    asked = [
        (
            url_of[key],
            frozenset(page(url_of[other]) for other in keys if other != key),
            frozenset(page(url_of[other]) for other in stories["ignore"].get(event, ())),
        )
        for event, keys in sorted(stories["events"].items())
        for key in keys
    ]
    random.Random(1).shuffle(asked)  # noqa: S311 -- a fixed order, nothing secret
    return asked[:count] if count else asked


def page(url: str) -> str:
    """What two spellings of one address have in common: host without www, and path."""
    parts = urlsplit(url)
    return (parts.hostname or "").removeprefix("www.") + parts.path.rstrip("/")


def _served(data: Path) -> dict[str, str]:
    """The addresses that the news web gives to records without one: record id -> address."""
    sys.path.insert(0, str(SHARED / "tools"))
    try:
        from newsworld import NewsWorld
    except ImportError as error:
        raise BadInput("The news web of the shared tools is not at hand. Put ../shared beside the project.") from error

    return {article.id: article.url for article in NewsWorld(data, only="stories").articles}


@contextmanager
def news_web(data: Path, now: str = "2025-03-03T18:00Z") -> Iterator[dict[str, str]]:
    """The news web as a process; yields the environment that leads the product to it."""
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(
            [sys.executable, "-m", "newsworld", "--data", str(data), "--port", "0", "--now", now, "--ca-dir", folder],
            env=os.environ | {"PYTHONPATH": str(SHARED / "tools")},
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            if process.stdout is None:
                raise RuntimeError("the news web gave no output")
            ready = json.loads(process.stdout.readline())
            yield {"SECOND_SOURCE_EGRESS_PROXY": ready["proxy"], "SECOND_SOURCE_CA_FILE": ready["ca"]}
        finally:
            process.terminate()
            process.communicate(timeout=10)


def ask(url: str, wanted: frozenset[str], ignored: frozenset[str], environment: dict[str, str]) -> Asked:
    """One process, one link, an empty store."""
    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite+aiosqlite:///{folder}/answer.db"
        started = time.perf_counter()
        measured = [sys.executable, "-c", _MEASURE, str(COMMAND), "compare", url, "--json"]
        done = subprocess.run(
            measured,
            env=os.environ | environment | {"SECOND_SOURCE_DATABASE_URL": database},
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=PROCESS_S,
            check=False,
        )
        seconds = time.perf_counter() - started
    peak_mb = float(done.stderr.rsplit("peak_kb=", 1)[-1] or 0) / 1024
    shown: tuple[str, ...] = ()
    if done.returncode == 0:
        shown = tuple(page(article["url"]) for article in json.loads(done.stdout)["story"]["articles"][1:])
    fault = "" if done.returncode == 0 else done.stderr.strip().splitlines()[0]
    return Asked(url=url, wanted=wanted, ignored=ignored, shown=shown, seconds=seconds, peak_mb=peak_mb, fault=fault)


#: runs a command and adds the peak memory of its process to stderr
_MEASURE = (
    "import resource, subprocess, sys;"
    "code = subprocess.call(sys.argv[1:]);"
    "sys.stderr.write(f'\\npeak_kb={resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss}');"
    "sys.exit(code)"
)


def _row(asked: Asked) -> dict[str, object]:
    return {
        "url": asked.url,
        "missing": sorted(asked.wanted.difference(asked.shown)),
        "foreign": [url for url in asked.shown if url not in asked.wanted | asked.ignored],
        "seconds": round(asked.seconds, 2),
        "fault": asked.fault,
    }
