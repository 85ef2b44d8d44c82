"""The real process is killed again and again while people ask and a digest goes out: what is lost, what comes twice?

People write to the bot in bursts, subscribers are due their edition, Telegram answers as slowly as in life, and at
random moments (seeded) the process gets SIGKILL and is started again. With ``--database postgresql://...`` two
replicas share the work, the killed one is chosen by chance, and in the middle one is killed for good. With
``--faults`` Telegram's line breaks as well: answers that are lost after the message has arrived, errors, updates that
come again, storms of 429.

Counted from what people see on Telegram: questions without an answer, answers that came more than once, digests that
came more than once; and, from the database, digests whose end nobody knows.
"""

import argparse
import asyncio
import json
import random
import signal
import tempfile
import time
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks import live
from benchmarks.road import COMMAND, news_web
from benchmarks.shared import print_figures, print_table
from bot.sending import BULK_AT_ONCE
from claims.digests import DigestSettings
from storage.store import Store, open_store

OWNER = 4000
ASKING, SUBSCRIBED = 10_001, 50_001  # numbers of the first of them
#: what people send, in turn; each is one message of the bot in the end
SAID = (*live.LINKS, "/about", live.LINKS[0], "/settings", live.LINKS[1], "/nonsense", live.LINKS[0])
LIFE_S = 8.0  # a process is killed at a random moment of its first so many seconds
TELEGRAM_S = 0.05  # what a call takes where Telegram is near
READY_S, DONE_S, SHOWN_S, LOOK_S = 60.0, 240.0, 90.0, 0.2
IN_FLIGHT = timedelta(seconds=15)  # what was claimed longer ago has an end that nobody saw
#: share of calls: kind, method, what more; a share of the calls meets it
FAULTS: Sequence[tuple[str, str, float, Mapping[str, object]]] = (
    ("drop_after", "send*", 0.02, {}),
    ("error_after", "send*", 0.01, {"status": 500}),
    ("error", "send*", 0.02, {"status": 500}),
    ("drop", "send*", 0.02, {}),
    ("flood", "send*", 0.05, {"seconds": 1}),
    ("error", "edit*", 0.05, {"status": 502}),
    ("drop_after", "getUpdates", 0.1, {}),
)
MAY_DOUBLE = ("drop_after", "error_after")  # the message has arrived, and we were not told so


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How much of it. ``url``: the database; two replicas where it is shared."""

    url: str
    kills: int = 20
    updates: int = 200
    subscribers: int = 500
    seed: int = 1
    rate: float = 28.0
    faults: bool = False

    @property
    def replicas(self) -> tuple[str, ...]:
        """Names of the processes."""
        return ("one", "two") if self.url.startswith("postgres") else ("one",)

    @property
    def asking(self) -> dict[int, str]:
        """Person -> what they send."""
        return {ASKING + number: SAID[number % len(SAID)] for number in range(self.updates)}

    @property
    def subscribed(self) -> range:
        """Subscribers, in private chats."""
        return range(SUBSCRIBED, SUBSCRIBED + self.subscribers)


@dataclass(kw_only=True)
class Replicas:
    """The running processes by their names."""

    env: Mapping[str, str]
    folder: Path
    running: dict[str, Process] = field(default_factory=dict)

    async def start(self, name: str) -> None:
        """Start one, and wait until it is ready."""
        place = self.folder / name
        place.mkdir(exist_ok=True)
        with (place / "log").open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                str(COMMAND),
                "run",
                cwd=place,
                env=dict(self.env) | {"SECOND_SOURCE_REPLICA": name},
                stdout=PIPE,
                stderr=log,
                stdin=DEVNULL,
            )
        self.running[name] = process
        if process.stdout is None:
            raise RuntimeError("the process gave no output")
        json.loads(await asyncio.wait_for(process.stdout.readline(), READY_S))

    async def end(self, name: str, how: signal.Signals) -> int:
        """End one by a signal; its exit status."""
        process = self.running.pop(name)
        process.send_signal(how)
        return await asyncio.wait_for(process.wait(), READY_S)

    async def close(self) -> None:
        """Kill what still runs."""
        for name in list(self.running):
            await self.end(name, signal.SIGKILL)


def main(argv: list[str]) -> int:
    """Run the benchmark; prints a table and the figures as JSON, 1 where something was lost or came too often."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks kills")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--updates", type=int, default=200)
    parser.add_argument("--subscribers", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rate", type=float, default=28.0, help="messages a second, 0 for none of our own pacing")
    parser.add_argument("--faults", action="store_true", help="break Telegram's line too")
    parser.add_argument("--database", help="an empty PostgreSQL database, for two replicas")
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as name:
        plan = Plan(
            url=options.database or live.sqlite(Path(name)),
            kills=options.kills,
            updates=options.updates,
            subscribers=options.subscribers,
            seed=options.seed,
            rate=options.rate,
            faults=options.faults,
        )
        figures = asyncio.run(measured(plan, Path(name)))
    print_table({f"{plan.kills} kills, {'two replicas' if len(plan.replicas) > 1 else 'one process'}": figures})
    print_figures(figures | {"too_many": too_many(figures)})
    return 1 if too_many(figures) else 0


def too_many(figures: Mapping[str, float]) -> list[str]:
    """The figures that must not be so great."""
    most = {
        "updates_lost": 0,
        "answers_doubled": figures["kills"] + figures["unanswered_sends"],
        "digests_doubled": 0,
        "digests_missing": 0,
        "digests_unknown": figures["kills"] * BULK_AT_ONCE + figures["broken_sends"],
        "unknown_not_shown": 0,
    }
    return [name for name, bar in most.items() if figures[name] > bar]


async def measured(plan: Plan, folder: Path) -> dict[str, float]:
    """Go through with the plan, and count."""
    with ExitStack() as places:
        web = places.enter_context(news_web(live.WORLD, live.NOW))
        telegram, settings = places.enter_context(live.telegram("off"))
        own = {"SECOND_SOURCE_TELEGRAM_RATE": str(plan.rate), "SECOND_SOURCE_OWNER_ID": str(OWNER)}
        async with AsyncExitStack() as stack:
            store = await stack.enter_async_context(open_store(plan.url))
            await _subscribe(telegram, store, plan.subscribed)
            replicas = Replicas(env=live.product_env(plan.url, settings, own, web), folder=folder)
            stack.push_async_callback(replicas.close)
            begun = time.perf_counter()
            await _killed(telegram, replicas, plan)
            killed_s = time.perf_counter() - begun
            await _done(telegram, store, plan)
            figures = await _counted(telegram, store, plan)
            await telegram.clear_faults()
            figures["unknown_not_shown"] = int(not await _shown(telegram, int(figures["digests_unknown"])))
            for name in list(replicas.running):
                await replicas.end(name, signal.SIGTERM)
    return figures | {"seconds_of_kills": round(killed_s, 1), "seconds": round(time.perf_counter() - begun, 1)}


async def _subscribe(telegram: Any, store: Store, people: Sequence[int]) -> None:
    """People whose edition of this hour is due."""
    now = datetime.now(UTC)
    settings = DigestSettings(times=(f"{now.hour:02}:00",)).as_json()
    made = now - timedelta(days=1)
    for person in people:
        await telegram.user(person, started=True)
        await store.subscriptions.save(
            person, person=person, title="", settings=settings, now=made, since=made, due=now
        )


async def _killed(telegram: Any, replicas: Replicas, plan: Plan) -> None:
    """Kill and start again, while people write. At the end what is to run runs."""
    chance = random.Random(plan.seed)  # noqa: S311 -- moments that can be had again, nothing secret
    for kind, method, share, more in FAULTS if plan.faults else ():
        await telegram.fault(kind, method=method, share=share, times=None, **more)
    await telegram.fault("latency", method="*", times=None, seconds=TELEGRAM_S)  # last: the first that fits wins
    alive = list(plan.replicas)
    for name in alive:
        await replicas.start(name)
    asking = list(plan.asking.items())
    for number in range(plan.kills):
        burst = asking[len(asking) * number // plan.kills : len(asking) * (number + 1) // plan.kills]
        moments = sorted(chance.uniform(0, LIFE_S) for _ in burst)
        end, victim = chance.uniform(0, LIFE_S), chance.choice(alive)
        writing = asyncio.create_task(_write(telegram, burst, moments))
        await asyncio.sleep(end)
        await replicas.end(victim, signal.SIGKILL)
        if len(alive) > 1 and number >= plan.kills // 2:
            alive.remove(victim)  # for good
        else:
            await replicas.start(victim)
        await writing
        if plan.faults:
            await telegram.redeliver(last=20)


async def _write(telegram: Any, said: Sequence[tuple[int, str]], moments: Sequence[float]) -> None:
    begun = time.perf_counter()
    for (person, text), moment in zip(said, moments, strict=True):
        await asyncio.sleep(begun + moment - time.perf_counter())
        await telegram.send(person, text)


async def _done(telegram: Any, store: Store, plan: Plan) -> None:
    """Wait until everybody has what they are to have, or until patience ends."""
    until = time.perf_counter() + DONE_S
    while time.perf_counter() < until:
        counts = await telegram.counts()
        told = sum(str(person) in counts for person in plan.subscribed)
        unknown, _ = await store.deliveries.unknown(before=datetime.now(UTC) - IN_FLIGHT)
        waiting = await store.open_updates()
        if told + unknown >= plan.subscribers and not waiting and not await _unanswered(telegram, plan):
            break
        await asyncio.sleep(LOOK_S)
    await asyncio.sleep(1.0)  # what comes too often would come now


async def _counted(telegram: Any, store: Store, plan: Plan) -> dict[str, float]:
    counts = {int(chat): count for chat, count in (await telegram.counts()).items()}
    unknown, _ = await store.deliveries.unknown(before=datetime.now(UTC))
    told = [counts.get(person, 0) for person in plan.subscribed]
    faults = (await telegram.report())["faults"]
    sends = [fault for fault in faults if fault["method"] == "send*"]
    return {
        "kills": plan.kills,
        "updates": plan.updates,
        "updates_lost": len(await _unanswered(telegram, plan)) + len(await store.open_updates()),
        "answers_doubled": sum(max(0, counts.get(person, 0) - 1) for person in plan.asking),
        "digests_sent": sum(count > 0 for count in told),
        "digests_doubled": sum(max(0, count - 1) for count in told),
        "digests_unknown": unknown,
        "digests_missing": max(0, told.count(0) - unknown),
        "unanswered_sends": sum(fault["hits"] for fault in sends if fault["kind"] in MAY_DOUBLE),
        "broken_sends": sum(fault["hits"] for fault in sends if fault["kind"] not in ("flood", "latency")),
    }


async def _unanswered(telegram: Any, plan: Plan) -> list[int]:
    """Who has no answer: of a link one with buttons, else any."""
    counts = await telegram.counts()
    missing = []
    for person, said in plan.asking.items():
        if str(person) not in counts or (said in live.LINKS and not (await telegram.transcript(person))[-1]["buttons"]):
            missing.append(person)
    return missing


async def _shown(telegram: Any, unknown: int) -> bool:
    """Whether the admin is told of the sends whose end nobody knows, once none can be under way any more."""
    until = time.perf_counter() + SHOWN_S
    while time.perf_counter() < until:
        await telegram.send(OWNER, "/health")
        if f"{unknown} with an end" in (await telegram.wait(OWNER, timeout=READY_S))[-1]["text"]:
            return True
        await asyncio.sleep(5.0)
    return False
