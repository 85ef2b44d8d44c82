"""The bot on loopback: a desk that tells one invented story, and the whole bot polling Telegram's emulator."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from bot.app import open_bot
from claims.comparison import Comparison
from claims.types import Article
from newsroom.administration import Administration
from newsroom.broadcasts import Broadcasts
from newsroom.desk import Answer, Desk
from newsroom.inbox import Inbox
from newsroom.intake import Query
from newsroom.unasked import Unasked
from storage.store import Store
from tests.bot.stories import MADE_AT, READING, STORY

TOKEN = "123456:TEST"
ANNA, BORIS = 1001, 1002
LINK = "https://quaypost.example/2025/bridge"


@dataclass(kw_only=True)
class StoryDesk:
    """Answers every question with the story, kept in the real store; what it is told to raise it raises."""

    store: Store
    inbox: Inbox
    story: Comparison = STORY
    raises: list[Exception] = field(default_factory=list)
    asked: list[Query] = field(default_factory=list)
    slow: asyncio.Event | None = None  #: the reading of the article waits for it
    gate: asyncio.Event | None = None  #: the comparison waits for it
    now: Callable[[], datetime] = lambda: MADE_AT
    has_model: bool | None = None

    def __post_init__(self) -> None:
        self.unasked = Unasked(self.store, self.now, self.compare_held)
        self.broadcasts = Broadcasts(self.store.deliveries, self.store.jobs, self.now)

    async def answer(
        self, query: Query, *, first: Callable[[Comparison], Awaitable[None]] | None = None, anew: bool = False
    ) -> Answer:
        self.asked.append(query)
        if self.slow:
            await self.slow.wait()
        if self.raises:
            raise self.raises.pop(0)
        if first:
            await first(READING)
        if self.gate:
            await self.gate.wait()
        answer_id = await self.store.save_comparison(query.asked, self.story, made_at=MADE_AT)
        return Answer(id=answer_id, asked=query.asked, comparison=self.story, made_at=MADE_AT, from_store=False)

    async def compare_held(self, articles: Sequence[Article]) -> Answer:
        return await self.answer(Query(link=articles[0].url))

    async def recall(self, answer_id: str) -> Answer | None:
        kept = await self.store.comparison(answer_id)
        if kept is None:
            return None
        return Answer(id=kept.id, asked=kept.asked, comparison=kept.comparison, made_at=kept.made_at, from_store=True)

    def links_in(self, text: str) -> tuple[str, ...]:
        return tuple(re.findall(r"https?://[^\s,]+", text))


@asynccontextmanager
async def running(
    telegram: Any,
    desk: StoryDesk,
    *,
    rate: float = 0,
    owner: str = "test",
    public_url: str | None = None,
    office: Administration | None = None,
) -> AsyncIterator[None]:
    """The whole bot, polling, until the block ends."""
    stop = asyncio.Event()
    async with open_bot(
        cast(Desk, desk),
        token=telegram.token,
        api_url=telegram.base_url,
        file_url=telegram.file_url,
        rate=rate,
        owner=owner,
        public_url=public_url,
        office=office,
    ) as bot:
        task = asyncio.create_task(bot.run(stop))
        try:
            yield
        finally:
            stop.set()
            await task


class Unexpected(Exception):
    """Nobody foresaw it."""


async def sent(telegram: Any, count: int = 1, *, user: int = ANNA) -> list[Any]:
    found: list[Any] = await telegram.people.wait(user, count=count, timeout=15)
    return found


async def edited(telegram: Any, contains: str, *, user: int = ANNA, count: int = 1) -> Any:
    found = await telegram.people.wait(user, count=count, contains=contains, kinds=["edit", "send"], timeout=15)
    return found[-1]


async def until(found: Callable[[], Awaitable[Any]]) -> None:
    """Wait for what the bot writes down."""
    async with asyncio.timeout(15):
        while not await found():  # noqa: ASYNC110  (the database tells nobody)
            await asyncio.sleep(0.02)
