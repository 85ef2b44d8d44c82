"""/jobs, /stats, /health, /backup: what waits, how people are answered, the state of things, copies."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from bot.admin.chart import chart
from bot.admin.pages import Asked, Door, Item, Page, as_csv, fact, heading, note, since, when
from bot.blocks import Block, Run, Style, block, cut
from claims.errors import BadInput
from newsroom.administration import Administration
from newsroom.machine_care import BACKUPS_KEPT, Backup, Day

DAYS, DAYS_FILE = 14, 90
KEY_MAX = 30  # bytes of a job's name on a button
ERROR_MAX = 120

COMMANDS = {
    "jobs": "What waits, what is stuck; again",
    "stats": "Questions, answers, times by day",
    "health": "The state of things in short",
    "backup": "A copy of everything",
}
HOW_RESTORE = "Back from a copy, into an empty database: second-source restore FILE"


async def jobs(office: Administration, asked: Asked) -> Page:
    """The queue, and what is stuck in it."""
    machine, now = office.machine, asked.by.at
    waiting, stuck, poison = await machine.waiting(), await machine.stuck(), await machine.poison()
    oldest = f", the oldest {since(waiting.oldest, now)}" if waiting.oldest else ""
    lines = [fact("Updates waiting", f"{waiting.updates}{oldest}"), fact("Updates set aside", waiting.poison)]
    lines += [fact(kind, f"{count}, {due} due, {held} held") for kind, (count, due, held) in waiting.jobs.items()]
    lines += [block(f"{one.update}: {cut(one.error, ERROR_MAX)}") for one in poison[:3]]
    lines += [heading("Due for more than 10 minutes")] if stuck else [note("Nothing is stuck.")]
    items = []
    for one in stuck:
        ref = f"{one.kind} {one.key}"
        line = (Run(ref, Style.BOLD), f": due {since(one.due_at, now)}")
        if len(ref.encode()) <= KEY_MAX:
            items.append(Item(line, "jobs.retry", ref))
        else:  # too long for a button: /jobs retry takes it
            lines.append(block(*line))
    again = [Door("Handle those set aside again", "jobs.updates")] if poison else []
    return Page(title="Jobs", lines=lines, items=items, doors=(again, [Door("Look again", "jobs")]), act="jobs")


async def retry(office: Administration, asked: Asked) -> Page:
    """``KIND KEY``: due now."""
    kind, _, key = asked.arg.partition(" ")
    if not key:
        raise BadInput("Write it like this: /jobs retry outlet reuters")
    await office.machine.retry(kind, key, by=asked.by)
    return replace(await jobs(office, replace(asked, arg="")), arg="", notice="Due now")


async def updates(office: Administration, asked: Asked) -> Page:
    """Handle what was set aside once more."""
    count = await office.machine.reopen(by=asked.by)
    return replace(await jobs(office, replace(asked, arg="")), arg="", notice=f"{count} will be handled again")


async def stats(office: Administration, asked: Asked) -> Page:
    """The last days, as a picture where one can be drawn and as a table in any case."""
    days = await office.machine.days(DAYS)
    picture = None if asked.pressed else await asyncio.to_thread(chart, days)
    return replace(_stats(days), picture=picture)


async def stats_file(office: Administration, asked: Asked) -> Page:
    """More days, as CSV."""
    names = ("day", "asked", "answered", "median_s", "slow_s", "not_held", "errors", "limited")
    rows = [
        ["" if (value := getattr(one, name)) is None else str(value) for name in names]
        for one in await office.machine.days(DAYS_FILE)
    ]
    return replace(_stats(await office.machine.days(DAYS)), file=("stats.csv", as_csv([names, *rows])))


def _stats(days: Sequence[Day]) -> Page:
    asked, answered = sum(one.asked for one in days), sum(one.answered for one in days)
    lines: list[Block] = [
        fact(f"In {len(days)} days", f"{asked} asked, {answered} answered"),
        note("By day, in UTC: asked, answered, median seconds, pages not held"),
    ]
    lines += [
        block(f"{one.day:%d %b}: {one.asked}, {one.answered}, {_number(one.median_s)}, {_share(one.not_held)}")
        for one in reversed(days)
    ]
    return Page(
        title="Statistics", lines=lines, doors=([Door(f"{DAYS_FILE} days as a file", "stats.file")],), act="stats"
    )


async def health(office: Administration, _: Asked) -> Page:
    """One line each; what somebody should look at first."""
    states = await office.health()
    lines = [
        block(("✓ " if one.ok else "✗ "), Run(one.what, Style.BOLD), f": {one.told}")
        for one in sorted(states, key=lambda one: one.ok)
    ]
    bad = sum(not one.ok for one in states)
    title = "Health: all is well" if not bad else f"Health: {bad} to look at"
    return Page(title=title, lines=lines, doors=([Door("Look again", "health"), Door("Jobs", "jobs")],))


async def backup(office: Administration, _: Asked) -> Page:
    """The copies that are there."""
    return _backups(await office.machine.backups())


async def make_backup(office: Administration, asked: Asked) -> Page:
    """Make one."""
    made = await office.machine.back_up(by=asked.by)
    page = _backups(await office.machine.backups())
    return replace(page, notice=f"Made: {_size(made.size)}")


def _backups(known: Sequence[Backup]) -> Page:
    lines = [
        note("Everything in one file, as of one moment. It stays on the machine: people's questions are in it."),
        note(f"The newest {BACKUPS_KEPT} are kept."),
    ]
    lines += [fact(when(one.at), f"{one.path}, {_size(one.size)}") for one in known]
    return Page(title="Backup", lines=[*lines, note(HOW_RESTORE)], doors=([Door("Make a copy now", "backup.make")],))


def _size(size: int) -> str:
    return f"{size / 1e6:.1f} MB"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f} s"


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.0%}"


ACTS = {
    "jobs": jobs,
    "jobs.retry": retry,
    "jobs.updates": updates,
    "stats": stats,
    "stats.file": stats_file,
    "health": health,
    "backup": backup,
    "backup.make": make_backup,
}
