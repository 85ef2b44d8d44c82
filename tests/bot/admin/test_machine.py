"""Jobs, statistics, health and copies, as those see them who administer."""

from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from bot.admin.chart import chart
from newsroom.administration import Administration
from newsroom.machine_care import Day, Outcome, by_day
from storage.store import open_store
from tests.bot.admin.staff import ADMIN, MODERATOR, labels
from tests.bot.loopback import StoryDesk, edited, until
from tests.bot.stories import MADE_AT

Types = Callable[[int, str], Awaitable[Any]]
HOUR = timedelta(hours=1)


def ended(
    outcome: str = "answered", *, seconds: float = 1.0, days_ago: int = 0, held: int = 4, missed: int = 0
) -> Outcome:
    at = MADE_AT - timedelta(days=days_ago)
    return Outcome(at=at, outcome=outcome, seconds=seconds, held=held, missed=missed)


def test_a_days_questions_are_summed_up() -> None:
    told = [ended(seconds=n, held=3, missed=1) for n in range(1, 20)]
    told += [ended("stored", seconds=90.0), ended("error", seconds=9.0), ended("limited", seconds=0.0)]
    told += [ended(days_ago=2), ended(days_ago=30)]
    *before, today = by_day(told, until=MADE_AT.date(), count=3)
    assert [one.asked for one in before] == [1, 0]
    assert (before[1].median_s, before[1].not_held) == (None, None)
    assert (today.asked, today.answered, today.errors, today.limited) == (22, 20, 1, 1)
    assert today.median_s == 10.5
    assert today.slow_s is not None
    assert 19 <= today.slow_s <= 90
    assert today.not_held == pytest.approx(19 / (19 * 4 + 4))


def test_the_days_are_drawn() -> None:
    pytest.importorskip("typst", reason="the extra pictures is not installed")
    days = [
        Day(
            day=date(2025, 3, n),
            asked=10 * n,
            answered=9 * n,
            median_s=None if n == 2 else n / 2,
            slow_s=None,
            not_held=None if n == 2 else 0.1,
            errors=n,
            limited=0,
        )
        for n in range(1, 15)
    ]
    picture = chart(days)
    assert picture is not None
    assert picture.startswith(b"\x89PNG")
    assert picture != chart(days[::-1])
    assert chart(by_day([], until=MADE_AT.date(), count=14)) is not None  # nothing was asked yet


async def test_statistics_come_as_a_picture_a_table_and_a_file(telegram: Any, desk: StoryDesk, types: Types) -> None:
    for one in (ended(seconds=2.0, held=3, missed=1), ended("error"), ended(days_ago=1)):
        await desk.store.figures.note(one)
    shown = await types(MODERATOR, "/stats")
    assert "In 14 days: 3 asked, 2 answered" in shown["text"]
    assert f"{MADE_AT:%d %b}: 2, 1, 2.0 s, 25%" in shown["text"]

    async def kinds() -> list[str]:
        """What was sent beside the text."""
        sent = await telegram.people.transcript(MODERATOR)
        return ["file" if "file_name" in one["media"] else "picture" for one in sent if one["media"]]

    drawn = ["picture"] if find_spec("typst") else []
    await until(lambda: arrived(kinds, drawn))
    await telegram.people.press(MODERATOR, text="90 days as a file")
    await until(lambda: arrived(kinds, [*drawn, "file"]))


async def arrived(kinds: Callable[[], Awaitable[list[str]]], wanted: list[str]) -> bool:
    return await kinds() == wanted


async def test_stuck_jobs_are_shown_and_done_again(
    telegram: Any, desk: StoryDesk, office: Administration, types: Types
) -> None:
    late = MADE_AT - HOUR
    await desk.store.jobs.plan("outlet", [("reuters", late), ("ap", MADE_AT + HOUR), ("bbc", late)])
    await desk.store.jobs.take("outlet", "elsewhere", now=late, until=MADE_AT + HOUR, limit=1)
    shown = await types(ADMIN, "/jobs")
    assert "outlet: 3, 1 due, 1 held" in shown["text"]
    assert "1. outlet bbc: due 60 min ago" in shown["text"]
    held = await telegram.people.press(ADMIN, text="1")
    assert "at this job right now" in held["answer"]["text"]
    done = await telegram.people.press(ADMIN, text="2")
    assert done["answer"]["text"] == "Due now"
    await edited(telegram, "1. outlet bbc", user=ADMIN)
    [act] = await office.acts(limit=1)
    assert (act.act, act.what) == ("jobs.retry", "outlet reuters")


async def test_updates_set_aside_are_handled_again(
    telegram: Any, desk: StoryDesk, office: Administration, types: Types
) -> None:
    await telegram.people.raw_update("message", {"message_id": 5, "chat": "no chat"})

    async def set_aside() -> int:
        return (await desk.store.figures.waiting(now=MADE_AT)).poison

    await until(set_aside)
    [poison] = await desk.store.figures.poison(limit=9)
    shown = await types(ADMIN, "/jobs")
    assert "Updates set aside: 1" in shown["text"]
    assert f"{poison.update}: " in shown["text"]
    await telegram.people.press(ADMIN, text="Handle those set aside again")
    await edited(telegram, "Updates set aside: 0", user=ADMIN)
    assert poison.update in [number for number, _ in await desk.store.open_updates()]
    [act] = await office.acts(limit=1)
    assert (act.act, act.before) == ("jobs.updates", "1 set aside")


async def test_health_names_what_to_look_at_first(desk: StoryDesk, types: Types) -> None:
    shown = await types(MODERATOR, "/health")
    lines = shown["text"].splitlines()
    assert lines[0].startswith("Health: ")
    assert "✓ Database: answers" in shown["text"]
    assert lines[1].startswith("✗ Backup: none on this machine")
    assert "Jobs" not in labels(shown)  # not for moderators
    await desk.store.jobs.plan("outlet", [("a", MADE_AT - HOUR)])
    assert "✗ Jobs: 1 due for more than 10 minutes" in (await types(MODERATOR, "/health"))["text"]


async def test_a_copy_is_made_and_holds_everything(
    telegram: Any, desk: StoryDesk, office: Administration, types: Types, tmp_path: Path
) -> None:
    await desk.store.jobs.plan("outlet", [("a", MADE_AT)])
    assert "Everything in one file" in (await types(ADMIN, "/backup"))["text"]
    await telegram.people.press(ADMIN, text="Make a copy now")
    shown = await edited(telegram, "second-source-", user=ADMIN)
    [copy] = (tmp_path / "backups").glob("*.db")
    assert copy.name in shown["text"]
    async with open_store(f"sqlite:///{copy}") as restored:
        assert (await restored.figures.waiting(now=MADE_AT)).jobs == {"outlet": (1, 1, 0)}
    [act] = await office.acts(limit=1)
    assert (act.act, act.what) == ("backup.make", copy.name)
