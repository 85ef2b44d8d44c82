"""The product as a process on Telegram: a kill in the middle of its work loses nothing, and it stops cleanly."""

import asyncio
import json
import signal
import socket
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.bot.loopback import TOKEN
from tests.news_web import COMMAND, news_web, product_env, web_settings

NOW = "2025-03-04T00:00Z"
USERS = range(3001, 3006)
LINKS = (
    "https://www.aggregatordesk.example/2025/03/03/plans-to-drop-some-russia-sanctions",
    "https://www.harbourcourier.example/world/us-plan-russia-sanctions",
)
READY_S, POLL_S = 60.0, 0.1


@pytest.fixture
async def env(shared: Path, telegram: Any, tmp_path: Path) -> AsyncIterator[dict[str, str]]:
    async with news_web(shared / "data" / "seed" / "world", now=NOW) as world:
        yield product_env(
            tmp_path,
            TELEGRAM_BOT_TOKEN=TOKEN,
            SECOND_SOURCE_TELEGRAM_API_URL=telegram.base_url,
            SECOND_SOURCE_TELEGRAM_FILE_URL=telegram.file_url,
            SECOND_SOURCE_WEB_PORT="0",
            **web_settings(world),
        )


@asynccontextmanager
async def product(env: Mapping[str, str], log: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """The process when it is ready; ended by a kill where the block has not ended it."""
    with log.open("ab") as stderr:
        process = await asyncio.create_subprocess_exec(
            str(COMMAND), "run", env=dict(env), stdout=asyncio.subprocess.PIPE, stderr=stderr
        )
        try:
            assert process.stdout is not None
            ready = json.loads(await asyncio.wait_for(process.stdout.readline(), READY_S))
            assert ready["telegram"] is True
            yield process
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()


async def answered(telegram: Any, user: int) -> None:
    """Wait until the last message to the user is an answer: only answers have buttons."""
    for _ in range(int(READY_S / POLL_S)):
        if (await telegram.people.transcript(user))[-1]["buttons"]:
            return
        await asyncio.sleep(POLL_S)
    raise AssertionError(f"user {user} got no answer")


async def test_a_kill_in_the_middle_loses_nothing(telegram: Any, env: dict[str, str], tmp_path: Path) -> None:
    log = tmp_path / "log"
    async with product(env, log) as process:
        for number, user in enumerate(USERS):
            await telegram.people.send(user, LINKS[number % 2])
        # its first words, whatever they say by then: "Reading" may be edited away before a look at it
        await telegram.people.wait(USERS[0], timeout=READY_S)
        process.send_signal(signal.SIGKILL)
        await process.wait()
    async with product(env, log) as process:
        for user in USERS:
            await answered(telegram, user)
        sent = await telegram.people.counts()
        assert sum(sent[user] for user in USERS) <= len(USERS) + 1  # at most one doubled by the kill
        await telegram.people.send(USERS[0], "/about")
        assert await telegram.people.wait(USERS[0], timeout=READY_S)
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), READY_S) == 0
    assert TOKEN not in log.read_text(encoding="utf-8")


async def test_behind_a_webhook_updates_are_posted_and_answered(
    telegram: Any, env: dict[str, str], tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    webhook = {
        "SECOND_SOURCE_WEB_PORT": str(port),
        "SECOND_SOURCE_WEBHOOK_URL": f"http://127.0.0.1:{port}/from-telegram",
        "SECOND_SOURCE_WEBHOOK_SECRET": "OnlyTelegramKnows",
    }
    async with product(env | webhook, tmp_path / "log") as process:
        await telegram.people.send(USERS[0], LINKS[0])
        await answered(telegram, USERS[0])
        forged = await asyncio.to_thread(post, webhook["SECOND_SOURCE_WEBHOOK_URL"], {"update_id": 1}, "Guessed")
        broken = await asyncio.to_thread(post, webhook["SECOND_SOURCE_WEBHOOK_URL"], ["x"], "OnlyTelegramKnows")
        assert (forged, broken) == (403, 400)
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), READY_S) == 0
    assert "OnlyTelegramKnows" not in (tmp_path / "log").read_text(encoding="utf-8")


def post(url: str, body: object, secret: str) -> int:
    """The status that the product answers a posted update with."""
    headers = {"Content-Type": "application/json", "X-Telegram-Bot-Api-Secret-Token": secret}
    request = urllib.request.Request(url, json.dumps(body).encode(), headers)
    try:
        with urllib.request.urlopen(request, timeout=READY_S) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        return error.code
