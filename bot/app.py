"""The Telegram bot put together: the one list of commands, requests, pace, lanes and the poller."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager

import structlog
from telegram import Bot, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats
from telegram.error import InvalidToken, TelegramError

from bot import texts
from bot.admin.desk import AdminDesk
from bot.delivering import Delivering
from bot.handlers import Handlers
from bot.language import ENGLISH, LANGUAGES, _, speaking
from bot.messages import behind, goes_on, lane_of, may_go_on
from bot.metrics import CountedRequest
from bot.polling import ALLOWED, AT_ONCE, TELEGRAM_REFUSES, Lanes, Poller
from bot.sending import Sender
from bot.webhook import Webhook
from claims.errors import BadInput
from newsroom.administration import Administration
from newsroom.desk import Desk

#: people see theirs in the private chat, groups theirs
COMMANDS = (
    (texts.PRIVATE_COMMANDS, BotCommandScopeAllPrivateChats()),
    (texts.GROUP_COMMANDS, BotCommandScopeAllGroupChats()),
)
CALL_S = 20.0  # Telegram answers within some 0.1 s; a longer silence is a fault of the line
RETRY_FIRST_S, RETRY_MAX_S = 1.0, 30.0

_log = structlog.get_logger(__name__)


class TelegramBot:
    """The bot of one token."""

    def __init__(
        self,
        bot: Bot,
        poller: Poller,
        webhook: Webhook | None,
        admin: AdminDesk | None,
        unasked: Callable[[asyncio.Event], Coroutine[None, None, None]],
    ) -> None:
        self._bot = bot
        self._admin = admin
        self._poller = poller
        self._unasked = unasked
        self._webhook = webhook

    async def run(self, stop: asyncio.Event) -> None:
        """Answer people until ``stop`` is set. Raises BadInput where Telegram does not know the token."""
        if not await self._introduced(stop):
            return
        unasked = asyncio.create_task(self._unasked(stop))
        try:
            await self._poller.run(stop)
            await unasked
        finally:
            unasked.cancel()
            await asyncio.gather(unasked, return_exceptions=True)

    async def _introduced(self, stop: asyncio.Event) -> bool:
        """Log in and say what the bot is; tried until Telegram is reached. False when stopped before."""
        pause = RETRY_FIRST_S
        while not stop.is_set():
            try:
                await self._bot.initialize()
                if self._webhook:
                    await self._bot.set_webhook(
                        self._webhook.url, secret_token=self._webhook.secret, allowed_updates=ALLOWED
                    )
                else:
                    await self._bot.delete_webhook()
                await asyncio.gather(*map(self._told, LANGUAGES))
                if self._admin:
                    await self._admin.introduce()
                return True
            except InvalidToken:
                raise BadInput(TELEGRAM_REFUSES) from None  # the cause's words hold the token
            except TelegramError as fault:
                _log.warning("telegram not reached", fault=str(fault), again_in=pause)
                await asyncio.wait((stopped := asyncio.create_task(stop.wait()),), timeout=pause)
                stopped.cancel()
                pause = min(pause * 2, RETRY_MAX_S)
        return False

    async def _told(self, language: str) -> None:
        """What the bot is and does, in one language; English is for all that have none of their own."""
        code = None if language == ENGLISH else language
        with speaking(language):
            for commands, scope in COMMANDS:
                told = [(name, str(does)) for name, does in commands]
                await self._bot.set_my_commands(told, scope=scope, language_code=code)
            await self._bot.set_my_short_description(_(texts.SHORT_DESCRIPTION), language_code=code)


@asynccontextmanager
async def open_bot(
    desk: Desk,
    *,
    token: str,
    api_url: str,
    file_url: str,
    rate: float,
    owner: str,
    public_url: str | None = None,
    webhook: Webhook | None = None,
    office: Administration | None = None,
) -> AsyncIterator[TelegramBot]:
    """A bot that polls, or behind a webhook takes up what its route wrote down.

    ``owner``: stable name of this process; ``rate``: messages a second, 0 = no pace at all; ``office``: what admins
    work with, None where nobody administers.
    """
    bot = Bot(
        token,
        base_url=api_url,
        base_file_url=file_url,
        request=CountedRequest(
            connection_pool_size=2 * AT_ONCE, pool_timeout=CALL_S, read_timeout=CALL_S, connect_timeout=CALL_S
        ),
        get_updates_request=CountedRequest(connection_pool_size=1, pool_timeout=CALL_S, connect_timeout=CALL_S),
    )
    sender = Sender(bot, rate=rate, inbox=desk.inbox, clock=asyncio.get_running_loop().time)
    admin = AdminDesk(office, sender) if office else None
    handlers = Handlers(desk, sender, public_url=public_url, admin=admin)
    lanes = Lanes(desk.inbox, handlers.handle, lane_of=lane_of, behind=behind, may_go_on=may_go_on, goes_on=goes_on)
    poller = Poller(bot, desk.inbox, lanes, owner=owner, asks=webhook is None)
    line = Delivering(desk, sender)

    async def unasked(stop: asyncio.Event) -> None:
        await desk.unasked.run(line, stop, replica=owner, leads=lambda: poller.leads)

    try:
        yield TelegramBot(bot, poller, webhook, admin, unasked)
    finally:
        await handlers.close()
        await bot.shutdown()
