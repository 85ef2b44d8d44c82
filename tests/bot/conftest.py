"""Telegram's emulator, and a desk with a real inbox on SQLite."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from newsroom.inbox import Inbox
from storage.store import open_store
from tests.bot.loopback import TOKEN, StoryDesk
from tests.bot.stories import MADE_AT


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[StoryDesk]:
    async with open_store(f"sqlite:///{tmp_path}/bot.db") as store:
        yield StoryDesk(store=store, inbox=Inbox(store, lambda: MADE_AT))


@pytest.fixture
async def telegram(shared: Path) -> AsyncIterator[Any]:
    """The emulator, without flood limits at first; at the end nothing unknown was called and no limit was broken."""
    from botapi import BotApi

    async with BotApi(token=TOKEN, limits="off") as api:
        yield api
        report = await api.people.report()
        assert not report["unknown"]
        assert not report["violations"]
