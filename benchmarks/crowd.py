"""A crowd: so many people send one known link within a second, to the real process, on Telegram's emulator.

One person asks first, so that the link is known. Then each of the others sends it once. Counted: who got an answer, who
got it twice, messages for each, seconds from the sending to the answer, resident memory before and after.
"""

import argparse
import asyncio
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import quantiles
from typing import Any

from benchmarks import live
from benchmarks.road import COMMAND, news_web
from benchmarks.shared import print_figures, print_table
from claims.errors import BadInput

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
    crowd = range(FIRST, FIRST + people)
    with (
        tempfile.TemporaryDirectory() as name,
        news_web(live.WORLD, live.NOW) as web,
        live.telegram("real" if rate else "off") as (telegram, settings),
    ):
        pace = {"SECOND_SOURCE_TELEGRAM_RATE": str(rate)}
        env = live.product_env(live.sqlite(Path(name)), settings, pace, web)
        with live.started([str(COMMAND), "run"], env) as product:
            pid = product["pid"]
            await telegram.send(FIRST - 1, live.LINKS[0])
            await _first_answered(telegram, FIRST - 1)
            before, busy = live.resident_mb(pid), live.busy_s(pid)
            sent = await _send(telegram, crowd)
            told = await _told(telegram, crowd)
            after, busy = live.resident_mb(pid), live.busy_s(pid) - busy
        last = [(await telegram.transcript(person))[-1] for person in crowd]
        counts = await telegram.counts()
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
        await telegram.send(person, live.LINKS[0])
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
