"""Everything that goes out to Telegram: one queue per chat, Telegram's pace, its refusals, and faults of the line.

Telegram's own limits (``telegram.constants.FloodLimit``): about 30 messages a second overall, one a second in a private
chat after a short burst, 20 a minute in a group or channel. Edits count like messages.
"""

import asyncio
import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeVar

import structlog
from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError

PRIVATE_PER_S, PRIVATE_BURST = 1.0, 3.0  # three: state message, first answer, comparison, without waiting
#: a full burst and a minute's refill together stay within 20 in any 60 s
GROUP_PER_S, GROUP_BURST = 16 / 60, 4.0
FLOOD_MARGIN_S = 0.1  # a call inside the time that Telegram named is refused again
RETRY_FIRST_S, RETRY_MAX_S = 0.5, 30.0
GIVE_UP_S = 600.0  # of faults in a row; then the update stays open and is handled at the next start
IDLE_CHATS_MAX = 10_000  # chats whose pace is remembered; a longer list is emptied of idle ones

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_log = structlog.get_logger(__name__)
T = TypeVar("T")


@dataclass(slots=True)
class _Chat:
    """A chat's queue (the lock is fair) and how many messages it may get at once."""

    per_s: float
    burst: float
    left: float
    at: float
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class Sender:
    """Sends, edits and answers presses, each when its turn has come.

    ``rate``: messages a second overall; 0 for no pace at all, for a Telegram without limits. ``clock`` and ``sleep``
    count the same seconds.
    """

    def __init__(
        self,
        bot: Bot,
        *,
        rate: float,
        clock: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        os.environ.setdefault("PTB_TIMEDELTA", "true")  # else every RetryAfter comes with a deprecation warning
        self._bot = bot
        self._rate = rate
        self._clock = clock
        self._sleep = sleep
        self._next = 0.0
        self._chats: dict[int, _Chat] = {}

    async def send(self, chat_id: int, text: str, *, keyboard: InlineKeyboardMarkup | None = None) -> int | None:
        """A new message of HTML; its id, or None where the chat does not take messages from this bot any more.

        After a fault of the line the message may be there already: it is sent again, twice being better than never.
        """
        message = await self._paced(
            chat_id,
            lambda: self._bot.send_message(
                chat_id,
                text,
                parse_mode=ParseMode.HTML,
                link_preview_options=_NO_PREVIEW,
                reply_markup=keyboard,
            ),
        )
        return message.message_id if message else None

    async def edit(
        self, chat_id: int, message_id: int, text: str, *, keyboard: InlineKeyboardMarkup | None = None
    ) -> int | None:
        """Another text for a message. The id of the message that shows it: a new one where the old one is deleted."""
        try:
            await self._paced(
                chat_id,
                lambda: self._bot.edit_message_text(
                    text,
                    chat_id=chat_id,
                    message_id=message_id,
                    parse_mode=ParseMode.HTML,
                    link_preview_options=_NO_PREVIEW,
                    reply_markup=keyboard,
                ),
            )
        except BadRequest as refusal:
            reason = refusal.message.casefold()
            if "not modified" in reason:
                return message_id
            if "message to edit not found" in reason or "message can't be edited" in reason:
                return await self.send(chat_id, text, keyboard=keyboard)
            raise
        return message_id

    async def answer_press(self, query_id: str, text: str | None = None) -> None:
        """End the waiting sign of a button. One that is too old is let go."""
        try:
            await self._bot.answer_callback_query(query_id, text=text)
        except (BadRequest, NetworkError) as fault:
            _log.info("press not answered", fault=str(fault))

    async def _paced(self, chat_id: int, call: Callable[[], Awaitable[T]]) -> T | None:
        """The call's result when its turn has come; None where the chat is closed to us.

        A 429 holds this chat only. Faults of the line are tried again, ever more slowly, until GIVE_UP_S have passed.
        """
        chat = self._chat(chat_id)
        async with chat.lock:
            pause, faults_since = RETRY_FIRST_S, None
            while True:
                await self._turn(chat)
                try:
                    return await call()
                except RetryAfter as flood:
                    wait = flood.retry_after
                    seconds = wait.total_seconds() if isinstance(wait, timedelta) else wait
                    _log.warning("flood control", chat=chat_id, wait=seconds)
                    await self._sleep(seconds + FLOOD_MARGIN_S)
                except Forbidden as closed:
                    _log.info("chat is closed to the bot", chat=chat_id, fault=str(closed))
                    return None
                except InvalidToken:
                    raise TelegramError("Telegram does not know this bot token") from None  # its words hold the token
                except BadRequest:  # a NetworkError by descent, and no fault of the line
                    raise
                except NetworkError as fault:
                    faults_since = self._clock() if faults_since is None else faults_since
                    if self._clock() - faults_since > GIVE_UP_S:
                        raise
                    _log.warning("telegram not reached", chat=chat_id, fault=str(fault))
                    await self._sleep(pause)
                    pause = min(pause * 2, RETRY_MAX_S)

    async def _turn(self, chat: _Chat) -> None:
        """Wait until the chat and then the whole may get one more."""
        if not self._rate:
            return
        now = self._clock()
        chat.left = min(chat.burst, chat.left + (now - chat.at) * chat.per_s)
        chat.at = now
        if chat.left < 1:
            await self._sleep((1 - chat.left) / chat.per_s)
            chat.left, chat.at = 1.0, self._clock()
        chat.left -= 1
        slot = max(self._clock(), self._next)
        self._next = slot + 1 / self._rate
        if slot > self._clock():
            await self._sleep(slot - self._clock())

    def _chat(self, chat_id: int) -> _Chat:
        if len(self._chats) >= IDLE_CHATS_MAX:
            full = [key for key, one in self._chats.items() if not one.lock.locked() and self._refilled(one)]
            for key in full:
                del self._chats[key]
        if chat_id not in self._chats:
            per_s, burst = (PRIVATE_PER_S, PRIVATE_BURST) if chat_id > 0 else (GROUP_PER_S, GROUP_BURST)
            self._chats[chat_id] = _Chat(per_s=per_s, burst=burst, left=burst, at=self._clock())
        return self._chats[chat_id]

    def _refilled(self, chat: _Chat) -> bool:
        return chat.left + (self._clock() - chat.at) * chat.per_s >= chat.burst
