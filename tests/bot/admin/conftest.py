"""The whole bot with an owner, an admin and a moderator beside the people."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any, cast

import pytest

from newsroom.administration import Administration
from newsroom.desk import Desk
from newsroom.orders import Orders
from scrapers.outlets import Outlets
from scrapers.web import WebOptions, open_web
from storage.audit import By
from tests.bot.admin.staff import ADMIN, MODERATOR, OWNER
from tests.bot.loopback import StoryDesk, running, sent
from tests.bot.stories import MADE_AT


@pytest.fixture
async def office(desk: StoryDesk, tmp_path: Path) -> AsyncIterator[Administration]:
    orders = desk.inbox.orders = Orders(desk.store, owner=OWNER)
    for person, role in ((ADMIN, "admin"), (MODERATOR, "moderator")):
        await desk.store.admin.set_role(person, role, by=By(OWNER, MADE_AT))
    await orders.read()
    async with open_web(WebOptions(), Outlets.load(), now=lambda: MADE_AT, orders=orders) as web:
        yield Administration(
            desk.store,
            orders,
            lambda: MADE_AT,
            web=web,
            registry=Outlets.load(),
            desk=cast(Desk, desk),
            backups=tmp_path / "backups",
        )


@pytest.fixture
async def types(
    telegram: Any, desk: StoryDesk, office: Administration
) -> AsyncIterator[Callable[[int, str], Awaitable[Any]]]:
    """``types(person, text)``: the bot's next message to that person."""

    async def typed(person: int, text: str) -> Any:
        await telegram.people.send(person, text)
        return (await sent(telegram, user=person))[-1]

    async with running(telegram, desk, office=office):
        yield typed
