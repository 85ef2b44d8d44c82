"""A crowd: so many people send one known link within a second, to the real process, on Telegram's emulator.

One person asks first, so that the link is known. Then each of the others sends it once. Counted: who got an answer, who
got it twice, messages for each, seconds from the sending to the answer, resident memory before and after.
"""

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles
from typing import Any

from benchmarks.road import COMMAND, news_web
from benchmarks.shared import SHARED, print_figures, print_table
from claims.errors import BadInput

LINK = "https://www.aggregatordesk.example/2025/03/03/plans-to-drop-some-russia-sanctions"
NOW = "2025-03-04T00:00Z"
TOKEN = "123456:CROWD"  # noqa: S105 -- the emulator's
FIRST, WITHIN_S, PATIENCE_S = 5001, 1.0, 180.0
LOOK_S = 0.1


def main(argv: list[str]) -> int:
    """Run the benchmark; prints a table and the figures as JSON. Telegram's own pace with ``--rate 28``."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks crowd")
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--rate", type=float, default=0, help="messages a second, 0 for none of our own pacing")
    options = parser.parse_args(argv)
    figures = asyncio.run(_crowd(options.people, options.rate))
    print_table({f"{options.people} people": figures})
    print_figures(figures)
    return 0


async def _crowd(people: int, rate: float) -> dict[str, float | int | None]:
    sys.path.insert(0, str(SHARED / "tools"))
    from botapi import Control

    crowd = range(FIRST, FIRST + people)
    with (
        tempfile.TemporaryDirectory() as name,
        news_web(SHARED / "data" / "seed" / "world", NOW) as web,
        _started([sys.executable, "-m", "botapi", "--port", "0", "--token", TOKEN, "--limits", _limits(rate)]) as said,
    ):
        telegram = Control(said["control_url"])
        with _started([str(COMMAND), "run"], _settings(Path(name), rate, web, said)) as product:
            await telegram.send(FIRST - 1, LINK)
            await _first_answered(telegram, FIRST - 1)
            before, busy = _resident_mb(product["pid"]), _busy_s(product["pid"])
            sent = await _send(telegram, crowd)
            told = await _told(telegram, crowd)
            after, busy = _resident_mb(product["pid"]), _busy_s(product["pid"]) - busy
        last = [(await telegram.transcript(person))[-1] for person in crowd]
        counts = await telegram.counts()
        telegram.close()
    took = [told[person] - sent[person] for person in crowd if person in told]
    slowest = quantiles(took, n=20)
    return {
        "answered": sum(bool(shown["buttons"]) for shown in last) / people,
        "more_than_one_message": sum(counts.get(str(person), 0) > 1 for person in crowd),
        "median_s": round(slowest[9], 2),
        "p95_s": round(slowest[18], 2),
        "busy_ms_each": round(1000 * busy / people, 1),
        "resident_mb_before": round(before),
        "resident_mb_after": round(after),
    }


async def _send(telegram: Any, crowd: Sequence[int]) -> dict[int, float]:
    """Everybody sends the link, evenly over a second; when each did."""
    sent = {}
    begun = time.perf_counter()
    for number, person in enumerate(crowd):
        await asyncio.sleep(begun + number * WITHIN_S / len(crowd) - time.perf_counter())
        sent[person] = time.perf_counter()
        await telegram.send(person, LINK)
    return sent


async def _told(telegram: Any, crowd: Sequence[int]) -> dict[int, float]:
    """When each had a message: a known link costs one. Ends when all have, or when patience does."""
    told: dict[int, float] = {}
    until = time.perf_counter() + PATIENCE_S
    while len(told) < len(crowd) and time.perf_counter() < until:
        counts = await telegram.counts()
        now = time.perf_counter()
        told |= {person: now for person in crowd if person not in told and str(person) in counts}
        await asyncio.sleep(LOOK_S)
    return told


async def _first_answered(telegram: Any, person: int) -> None:
    """Wait until the person has an answer: only answers have buttons."""
    for _ in range(int(PATIENCE_S / LOOK_S)):
        if (await telegram.transcript(person))[-1]["buttons"]:
            return
        await asyncio.sleep(LOOK_S)
    raise BadInput("The first person got no answer. Try a link by hand with second-source compare.")


@contextmanager
def _started(command: Sequence[str], env: Mapping[str, str] | None = None) -> Iterator[dict[str, Any]]:
    """A process and the JSON line that it says when it is ready."""
    paths = {"PYTHONPATH": str(SHARED / "tools")}
    process = subprocess.Popen(
        command, env=dict(env or os.environ | paths), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        if process.stdout is None:
            raise RuntimeError("the process gave no output")
        yield json.loads(process.stdout.readline())
    finally:
        process.terminate()
        process.wait(20)


def _limits(rate: float) -> str:
    return "real" if rate else "off"


def _settings(folder: Path, rate: float, web: Mapping[str, str], telegram: Mapping[str, Any]) -> dict[str, str]:
    return os.environ | {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "SECOND_SOURCE_TELEGRAM_API_URL": telegram["base_url"],
        "SECOND_SOURCE_TELEGRAM_FILE_URL": telegram["file_url"],
        "SECOND_SOURCE_TELEGRAM_RATE": str(rate),
        "SECOND_SOURCE_DATABASE_URL": f"sqlite+aiosqlite:///{folder}/crowd.db",
        "SECOND_SOURCE_COLLECT_SECONDS": "0",
        "SECOND_SOURCE_WEB_PORT": "0",
        **web,
    }


def _resident_mb(pid: int) -> float:
    with Path(f"/proc/{pid}/statm").open(encoding="ascii") as statm:
        return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def _busy_s(pid: int) -> float:
    """CPU seconds of the process so far: unlike the times, they hardly depend on what else the machine does."""
    with Path(f"/proc/{pid}/stat").open(encoding="ascii") as stat:
        fields = stat.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
