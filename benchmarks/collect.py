"""``collect``: a made day of 990 articles, published within half an hour by a faulty news web, against the collector.

The news web and the collector are processes of their own; the collector is killed and started again on the way. Then
some articles are edited. Wanted: each article that an outlet published and did not close to us is stored once; robots
and pauses are kept, also over a kill; no trap is reached; each edit is a new version, spans right. Memory is told,
early and at the end; it is not judged.
"""

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self, TypeVar
from urllib.request import ProxyHandler, build_opener

from benchmarks.shared import ROOT, SHARED, beside, print_figures, print_table, read_rows
from claims.changes import changes
from claims.types import Article, Held
from storage.store import Store, open_store

START = "2025-03-03T12:00Z"
SETTLE_S = 300.0  # what is published in the last minute has to be listed and read, failures read again
EDITS_S = 900.0  # the pages of the busiest outlet take six minutes to be read again at a pause of 2 s
EDIT = "It was otherwise, officials now say."
NOTE = "An earlier version of this article was wrong on this point."
PAUSE_S = 2.0
LOOK_S = 10.0  # between two looks at the memory
EARLY = 6  # looks after which a started collector has read its first pages: a minute
#: every kind of mistake that the collector may meet; those by chance are met again and again
FAULTS: tuple[dict[str, object], ...] = (
    {"kind": "rate-limit", "host": "usatoday.com", "every": 2.5, "probability": 0.2},
    {"kind": "xml-bomb", "url": "*rss*", "probability": 0.05},
    {"kind": "xml-external", "url": "*.xml", "probability": 0.05},
    {"kind": "empty-feed", "url": "*sitemap*", "probability": 0.1},
    {"kind": "duplicate-guids", "url": "*feed*", "probability": 0.3},
    {"kind": "future-dates", "url": "*rss*", "probability": 0.1},
    {"kind": "status", "status": 500, "url": "*", "probability": 0.05},
    {"kind": "reset", "url": "*", "probability": 0.02},
    {"kind": "cut", "url": "*", "probability": 0.02},
    {"kind": "truncated-gzip", "url": "*", "probability": 0.02},
    {"kind": "gzip-bomb", "url": "*", "probability": 0.005},
    {"kind": "mislabel", "url": "*", "probability": 0.01},
    {"kind": "slowloris", "url": "*", "probability": 0.005},
    {"kind": "redirect-loop", "url": "*", "probability": 0.01},
    {"kind": "ssrf", "target": "trap", "url": "*", "probability": 0.01},
    {"kind": "latency", "url": "*", "min": 0.0, "max": 0.5},
)

_T = TypeVar("_T")


def main(argv: Sequence[str]) -> int:
    """Run the day; 1 where something that is wanted was not reached."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks collect", description=__doc__)
    parser.add_argument("--data", type=Path, default=SHARED / "data" / "stories", help="folder with articles.jsonl.gz")
    parser.add_argument("--outlets", type=Path, default=SHARED / "data" / "outlets.csv", help="where their feeds are")
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--shortest", type=float, default=20.0, help="seconds between two readings of one feed")
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--edits", type=int, default=30)
    parser.add_argument("--out", type=Path, help="folder to keep database and statistics in")
    options = parser.parse_args(argv)
    # a plain line where there is no day to make
    read_rows(beside(options.data, "articles.jsonl"), need=("id", "paragraphs"))
    figures = _day(options)
    print_table({"collector": {name: value for name, value in figures.items() if isinstance(value, int | float)}})
    print_figures(figures)
    wanted = {"missing": 0, "doubled": 0, "disallowed": 0, "traps": 0, "robots_late": 0, "edits_wrong": 0}
    return int(any(figures[name] != value for name, value in wanted.items()) or not figures["gaps_kept"])


def _day(options: argparse.Namespace) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        place = (options.out or Path(folder)).absolute()
        place.mkdir(parents=True, exist_ok=True)
        made = [sys.executable, str(SHARED / "tools" / "make_day.py"), str(options.data), str(place / "day")]
        made += ["--start", START, "--minutes", str(options.minutes), "--limit", str(options.articles)]
        subprocess.run(made, check=True, stdout=subprocess.DEVNULL)
        if options.outlets.exists():
            (place / "day" / "outlets.csv").write_bytes(options.outlets.read_bytes())
        with _news_web(place) as world, _Runs(place, world, shortest=options.shortest) as runs:
            runs.play(options.minutes * 60, kills=options.kills)
            pages = world.call("/articles")
            urls = [page["url"] for page in (pages["articles"] if isinstance(pages, dict) else pages)]
            settled = runs.until(lambda: not runs.ask(_not_full, urls), SETTLE_S)
            figures: dict[str, Any] = {
                "articles": len(urls),
                "settled_s": settled,
                "missing": len(runs.ask(_not_full, urls)),
            }
            figures |= {"doubled": sum(len(versions) > 1 for versions in runs.ask(_versions, urls))}
            figures |= _edited(world, runs, urls[:: max(1, len(urls) // max(1, options.edits))][: options.edits])
            figures |= {"kills": options.kills, **runs.memory()}
            figures |= {"items": runs.ask(_counts, urls), "exit": runs.end()}
            stats = world.call("/stats")
            (place / "stats.json").write_text(json.dumps(stats), encoding="utf-8")
            return figures | _manners(stats)


class _World:
    """The news web's control, by its proxy address."""

    def __init__(self, ready: dict[str, Any]) -> None:
        self.ready = ready
        self._open = build_opener(ProxyHandler({"http": ready["proxy"]})).open

    def call(self, path: str, body: object = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        with self._open(f"http://newsworld.test{path}", data, timeout=30) as answer:
            return json.load(answer)


@contextmanager
def _news_web(place: Path) -> Iterator[_World]:
    faults = place / "faults.json"
    faults.write_text(json.dumps(FAULTS), encoding="utf-8")
    command = [sys.executable, "-m", "newsworld", "--data", str(place / "day"), "--port", "0", "--now", START]
    command += ["--clock-rate", "1", "--faults", str(faults), "--ca-dir", str(place / "ca")]
    env = os.environ | {"PYTHONPATH": str(SHARED / "tools")}
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield _World(json.loads(process.stdout.readline() if process.stdout else "{}"))
        finally:  # leaving the block waits for its end
            process.terminate()


class _Runs:
    """The collector, started and killed."""

    def __init__(self, place: Path, world: _World, *, shortest: float) -> None:
        self._memory: list[int] = []  # MB, of the last process
        self._looks: list[tuple[int, float, int]] = []  # of all: which, seconds since the day began, MB
        self._began = time.monotonic()
        self._place = place
        self._database = f"sqlite:///{place}/store.db"
        self._processes: list[subprocess.Popen[bytes]] = []
        self._env = os.environ | {
            "PYTHONPATH": str(ROOT),
            "SECOND_SOURCE_DATABASE_URL": self._database,
            "SECOND_SOURCE_EGRESS_PROXY": world.ready["proxy"],
            "SECOND_SOURCE_CA_FILE": world.ready["ca"],
            "SECOND_SOURCE_COLLECT_SECONDS": str(shortest),
            "SECOND_SOURCE_WEB_PORT": "0",
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._processes:
            process.kill()

    def play(self, seconds: float, *, kills: int) -> None:
        """Collect for so long, killed at even distances and started again at once."""
        command = [sys.executable, "-c", "from bot.cli import main; main()", "run", "--roles", "collector"]
        for _ in range(kills + 1):
            if self._processes:
                self._processes[-1].kill()
                self._processes[-1].wait()
            with (self._place / "log").open("ab") as log:
                started = subprocess.Popen(command, cwd=self._place, env=self._env, stdout=log, stderr=log)
            self._processes.append(started)
            self._memory = []
            self.until(lambda: False, seconds / (kills + 1))

    def until(self, reached: Callable[[], bool], seconds: float) -> float:
        """Wait until something is reached, at most so long, with an eye on the memory; the seconds it took."""
        started, process = time.monotonic(), self._processes[-1]
        while (passed := time.monotonic() - started) < seconds and not reached():
            if process.poll() is not None:
                raise RuntimeError(f"The collector has ended by itself; look at {self._place / 'log'}.")
            statm = Path(f"/proc/{process.pid}/statm").read_text(encoding="ascii").split()
            self._memory.append(int(statm[1]) * os.sysconf("SC_PAGE_SIZE") // 2**20)
            self._looks.append((len(self._processes), round(time.monotonic() - self._began), self._memory[-1]))
            time.sleep(max(0.1, min(LOOK_S, seconds - passed)))
        return round(time.monotonic() - started, 1)

    def ask(self, question: Callable[[Store, Sequence[str]], Awaitable[_T]], urls: Sequence[str]) -> _T:
        """What the store knows of these articles."""

        async def asked() -> _T:
            async with open_store(self._database) as store:
                return await question(store, urls)

        return asyncio.run(asked())

    def memory(self) -> dict[str, int]:
        """What the last process takes: early, or as early as it was looked at, half-way, and at the end; MB.

        All looks, of all processes, are written down beside the store.
        """
        rows = (f"{process},{seconds},{mb}\n" for process, seconds, mb in self._looks)
        (self._place / "memory.csv").write_text("process,seconds,mb\n" + "".join(rows), encoding="ascii")
        told = self._memory
        early, half = told[: EARLY + 1][-1], told[len(told) // 2]
        return {"memory_early_mb": early, "memory_half_mb": half, "memory_last_mb": told[-1]}

    def end(self) -> int:
        """Stop it as a supervisor would; its exit status."""
        self._processes[-1].terminate()
        return self._processes[-1].wait(30)


async def _not_full(store: Store, urls: Sequence[str]) -> list[str]:
    latest = [(url, await store.latest(url)) for url in urls]
    return [url for url, found in latest if found is None or found[0].held is not Held.FULL]


async def _versions(store: Store, urls: Sequence[str]) -> list[list[Article]]:
    return [[article for article, _ in await store.versions(url)] for url in urls]


async def _counts(store: Store, _: Sequence[str]) -> dict[str, int]:
    return await store.collection.counts()


def _edited(world: _World, runs: _Runs, urls: Sequence[str]) -> dict[str, Any]:
    """Edit articles, every second one with a note, and wait for their new versions."""
    before = runs.ask(_versions, urls)
    for number, (url, versions) in enumerate(zip(urls, before, strict=True)):
        old = versions[-1].text.split("\n\n")[0] if versions else ""
        note = {"note": NOTE} if number % 2 else {}
        world.call("/edit", {"url": url, "paragraph": 0, "text": f"{EDIT} {old}", **note})

    def seen() -> bool:
        return all(len(now) > len(was) for now, was in zip(runs.ask(_versions, urls), before, strict=True))

    seconds = runs.until(seen, EDITS_S)
    right = 0
    for number, (now, was) in enumerate(zip(runs.ask(_versions, urls), before, strict=True)):
        found = changes(now)
        added = " ".join(new for *_, new in found[-1].spans) if found else ""
        right += len(now) == len(was) + 1 and EDIT in added and found[-1].marked is bool(number % 2)
    return {"edits": len(urls), "edits_s": seconds, "edits_wrong": len(urls) - right}


def _manners(stats: dict[str, Any]) -> dict[str, Any]:
    hosts = {name: host for name, host in stats["hosts"].items() if host["requests"]}
    gaps = [host["gaps"]["min_s"] for host in hosts.values() if host["gaps"]["count"]]
    return {
        "requests": sum(host["requests"] for host in hosts.values()),
        "disallowed": sum(host["disallowed_requests"] for host in hosts.values()),
        "robots_late": sum(host["robots_before_first_page"] is False for host in hosts.values()),
        "concurrent_max": max(host["max_concurrent"] for host in hosts.values()),
        "gap_min_s": min(gaps),
        "gaps_kept": min(gaps) >= PAUSE_S - 0.05,  # seen from the other end of the line
        "traps": len(stats["traps"]),
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
