"""Everything that goes out to Telegram: one queue per chat, Telegram's pace, its refusals, and faults of the line.

A chat that takes no messages any more (blocked, deleted, left, no right to write) is noticed once and left in peace; a
group that has become a supergroup is followed there.

Telegram's own limits (``telegram.constants.FloodLimit``): about 30 messages a second overall, one a second in a private
chat after a short burst, 20 a minute in a group or channel. Edits count like messages.
"""

import asyncio
import os
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeVar

import structlog
from telegram import (
    Bot,
    InlineKeyboardMarkup,
    InlineQueryResult,
    InlineQueryResultsButton,
    InputFile,
    LinkPreviewOptions,
    ReplyParameters,
    User,
)
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError

from newsroom.inbox import Inbox

PRIVATE_PER_S, PRIVATE_BURST = 1.0, 3.0  # three: state message, first answer, comparison, without waiting
#: a full burst and a minute's refill together stay within 20 in any 60 s
GROUP_PER_S, GROUP_BURST = 16 / 60, 4.0
FLOOD_MARGIN_S = 0.1  # a call inside the time that Telegram named is refused again
RETRY_FIRST_S, RETRY_MAX_S = 0.5, 30.0
GIVE_UP_S = 600.0  # of faults in a row; then the update stays open and is handled at the next start
CLOSED_S = 600.0  # a chat that was closed is left in peace so long, unless it is known to be open again
#: Telegram's words for it where it does not answer 403
CLOSED_WORDS = (
    "not enough rights",
    "have no rights",
    "need administrator rights",
    "chat not found",
    "chat_write_forbidden",
    "chat_restricted",
    "user is deactivated",
)
TOPIC_WORDS = ("topic_closed", "topic_deleted", "message thread not found")  # the rest of the group is open
INLINE_CACHE_S = 30  # the same words give the same stories for a while
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
        inbox: Inbox,
        clock: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        os.environ.setdefault("PTB_TIMEDELTA", "true")  # else every RetryAfter comes with a deprecation warning
        self._bot = bot
        self._rate = rate
        self._inbox = inbox
        self._clock = clock
        self._sleep = sleep
        self._next = 0.0
        self._chats: dict[int, _Chat] = {}
        self._closed: dict[int, float] = {}
        self._moved: dict[int, int] = {}

    @property
    def me(self) -> User:
        """The bot's own account."""
        return self._bot.bot

    def current(self, chat_id: int) -> int:
        """The chat's number now, which changes when a group becomes a supergroup."""
        return self._moved.get(chat_id, chat_id)

    async def send(
        self,
        chat_id: int,
        text: str,
        *,
        keyboard: InlineKeyboardMarkup | None = None,
        thread_id: int | None = None,
        reply_to: int | None = None,
    ) -> int | None:
        """A new message of HTML; its id, or None where the chat does not take messages from this bot any more.

        After a fault of the line the message may be there already: it is sent again, twice being better than never.
        """
        message = await self._paced(
            chat_id,
            lambda chat: self._bot.send_message(
                chat,
                text,
                parse_mode=ParseMode.HTML,
                link_preview_options=_NO_PREVIEW,
                reply_markup=keyboard,
                message_thread_id=thread_id,
                reply_parameters=_reply(reply_to),
            ),
        )
        return message.message_id if message else None

    async def send_file(self, chat_id: int, name: str, content: bytes, *, thread_id: int | None = None) -> bool:
        """A file; False where the chat does not take messages any more."""
        message = await self._paced(
            chat_id,
            lambda chat: self._bot.send_document(chat, InputFile(content, filename=name), message_thread_id=thread_id),
        )
        return message is not None

    async def edit(
        self, chat_id: int, message_id: int, text: str, *, keyboard: InlineKeyboardMarkup | None = None
    ) -> int | None:
        """Another text for a message. The id of the message that shows it: a new one where the old one is deleted."""
        try:
            await self._paced(
                chat_id,
                lambda chat: self._bot.edit_message_text(
                    text,
                    chat_id=chat,
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
        except TelegramError as fault:
            _log.info("press not answered", fault=str(fault))

    async def answer_inline(
        self, query_id: str, results: Sequence[InlineQueryResult], *, button: str | None = None
    ) -> None:
        """Cards for an inline query; ``button``: words of one that leads to the private chat. Too late is too late."""
        door = InlineQueryResultsButton(button, start_parameter="inline") if button else None
        try:
            await self._bot.answer_inline_query(query_id, results, cache_time=INLINE_CACHE_S, button=door)
        except TelegramError as fault:
            _log.info("inline query not answered", fault=str(fault))

    async def typing(self, chat_id: int, *, thread_id: int | None = None) -> None:
        """Show for some seconds that something is on its way."""
        try:
            await self._bot.send_chat_action(self.current(chat_id), ChatAction.TYPING, message_thread_id=thread_id)
        except TelegramError as fault:
            _log.info("no sign of typing", fault=str(fault))

    async def admins(self, chat_id: int) -> frozenset[int]:
        """Who administers a group; nobody where Telegram does not say."""
        try:
            members = await self._bot.get_chat_administrators(self.current(chat_id))
        except TelegramError as fault:
            _log.info("admins not known", chat=chat_id, fault=str(fault))
            return frozenset()
        return frozenset(member.user.id for member in members)

    async def closed(self, chat_id: int, why: str) -> None:
        """Note that a chat takes no messages any more."""
        _log.info("chat is closed to the bot", chat=chat_id, why=why)
        now = self._clock()
        if len(self._closed) >= IDLE_CHATS_MAX:
            self._closed = {key: at for key, at in self._closed.items() if now - at < CLOSED_S}
        self._closed[chat_id] = now
        await self._inbox.close_chat(chat_id, why)

    async def opened(self, chat_id: int) -> None:
        """Note that it takes them again."""
        self._closed.pop(chat_id, None)
        await self._inbox.open_chat(chat_id)

    async def moved(self, chat_id: int, new: int) -> None:
        """Note that a group has become a supergroup."""
        self._moved[chat_id] = new
        await self._inbox.move_chat(chat_id, new)

    async def _paced(self, chat_id: int, call: Callable[[int], Awaitable[T]]) -> T | None:
        """The call's result when its turn has come; None where the chat is closed to us.

        A 429 holds this chat only. Faults of the line are tried again, ever more slowly, until GIVE_UP_S have passed.
        """
        chat_id = self.current(chat_id)
        if self._clock() - self._closed.get(chat_id, -CLOSED_S) < CLOSED_S:
            return None
        try:
            return await self._tried(chat_id, call)
        except ChatMigrated as migrated:
            await self.moved(chat_id, migrated.new_chat_id)
            return await self._tried(migrated.new_chat_id, call)
        except Forbidden as refusal:
            await self.closed(chat_id, refusal.message)
        except BadRequest as refusal:
            reason = refusal.message.casefold()
            if any(words in reason for words in CLOSED_WORDS):
                await self.closed(chat_id, refusal.message)
            elif not any(words in reason for words in TOPIC_WORDS):
                raise
        return None

    async def _tried(self, chat_id: int, call: Callable[[int], Awaitable[T]]) -> T:
        chat = self._chat(chat_id)
        async with chat.lock:
            pause, faults_since = RETRY_FIRST_S, None
            while True:
                await self._turn(chat)
                try:
                    return await call(chat_id)
                except RetryAfter as flood:
                    wait = flood.retry_after
                    seconds = wait.total_seconds() if isinstance(wait, timedelta) else wait
                    _log.warning("flood control", chat=chat_id, wait=seconds)
                    await self._sleep(seconds + FLOOD_MARGIN_S)
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


def _reply(message_id: int | None) -> ReplyParameters | None:
    """A message stands under another, or alone where that one is gone."""
    return ReplyParameters(message_id, allow_sending_without_reply=True) if message_id is not None else None
