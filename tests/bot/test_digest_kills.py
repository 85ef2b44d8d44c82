"""A digest to many subscribers by the real process, which is killed again and again: nothing twice, little unknown."""

import asyncio
import signal
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.sending import BULK_AT_ONCE
from claims.digests import DigestSettings
from storage.store import Store, open_store
from tests.bot.loopback import TOKEN
from tests.bot.stories import STORY
from tests.bot.test_process import product
from tests.news_web import product_env

SUBSCRIBERS = range(5001, 5151)
KILLS = 3
DONE_S = 120.0


@pytest.fixture
def env(telegram: Any, tmp_path: Path) -> dict[str, str]:
    return product_env(
        tmp_path,
        TELEGRAM_BOT_TOKEN=TOKEN,
        SECOND_SOURCE_TELEGRAM_API_URL=telegram.base_url,
        SECOND_SOURCE_TELEGRAM_FILE_URL=telegram.file_url,
        SECOND_SOURCE_TELEGRAM_RATE="0",
        SECOND_SOURCE_WEB_PORT="0",
    )


@pytest.fixture
async def store(telegram: Any, env: dict[str, str]) -> AsyncIterator[Store]:
    """Subscribers whose edition of this hour is due, and a story of the day."""
    now = datetime.now(UTC)
    for user in SUBSCRIBERS:
        await telegram.people.user(user, started=True)
    async with open_store(env["SECOND_SOURCE_DATABASE_URL"]) as opened:
        for article in STORY.articles:
            await opened.save_article(article, fetched_at=now - timedelta(hours=1))
        await opened.save_comparison("bridge", STORY, made_at=now - timedelta(hours=1))
        settings = DigestSettings(times=(f"{now.hour:02}:00",)).as_json()
        made = now - timedelta(days=1)
        for user in SUBSCRIBERS:
            await opened.subscriptions.save(
                user, person=user, title="", settings=settings, now=made, since=made, due=now
            )
        yield opened


async def test_a_stop_in_the_middle_leaves_nothing_unknown(
    telegram: Any, env: dict[str, str], store: Store, tmp_path: Path
) -> None:
    async with product(env, tmp_path / "log") as process:
        while len(await sends(telegram)) < len(SUBSCRIBERS) // 5:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0
    assert await store.deliveries.unknown(before=datetime.now(UTC)) == (0, [])
    assert set((await sends(telegram)).values()) == {1}


async def sends(telegram: Any) -> dict[int, int]:
    counted: dict[int, int] = await telegram.people.counts()
    return {chat: n for chat, n in counted.items() if chat in SUBSCRIBERS and n}


async def test_a_digest_reaches_everybody_once_through_kills(
    telegram: Any, env: dict[str, str], store: Store, tmp_path: Path
) -> None:
    for number in range(1, KILLS + 1):
        async with product(env, tmp_path / "log") as process:
            wanted = number * len(SUBSCRIBERS) // (KILLS + 2)
            while len(await sends(telegram)) < wanted:  # noqa: ASYNC110  (the emulator is asked, it tells nobody)
                await asyncio.sleep(0.02)
            process.send_signal(signal.SIGKILL)
            await process.wait()
    async with product(env, tmp_path / "log") as process, asyncio.timeout(DONE_S):
        claimed = 0
        while len(await sends(telegram)) + claimed < len(SUBSCRIBERS):
            await asyncio.sleep(0.2)
            claimed, _ = await store.deliveries.unknown(before=datetime.now(UTC) - timedelta(seconds=10))
        await asyncio.sleep(1.0)
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0
    sent = await sends(telegram)
    assert set(sent.values()) == {1}
    unknown, _ = await store.deliveries.unknown(before=datetime.now(UTC))
    missing = len(SUBSCRIBERS) - len(sent)
    assert missing <= unknown <= KILLS * BULK_AT_ONCE
