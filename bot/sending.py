"""Everything that goes out to Telegram: one queue per chat, Telegram's pace, its refusals, and faults of the line.

A chat that takes no messages any more (blocked, deleted, left, no right to write) is noticed once and left in peace; a
group that has become a supergroup is followed there.
"""

import asyncio
import os
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import TypeVar

import httpx
import structlog
from telegram import (
    Bot,
    BotCommandScopeChat,
    ForceReply,
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

from bot.door import Door
from bot.membership import Membership
from bot.pacing import Pace
from newsroom.inbox import Inbox
from newsroom.posting import End, Leave

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
#: sends that nobody has asked for: Telegram's pace at 0.3 s a call; so many at most are cut off by a kill
BULK_AT_ONCE = 8
INLINE_CACHE_S = 30  # the same words give the same stories for a while
CLOSED_MAX = 10_000  # closed chats that are remembered; a longer list is emptied of old ones

#: the call has not reached Telegram; any other fault of the line leaves it open whether it has
_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_log = structlog.get_logger(__name__)
T = TypeVar("T")


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
        self._inbox = inbox
        self._clock = clock
        self._sleep = sleep
        self._pace = Pace(rate, clock=clock, sleep=sleep)
        self._closed: dict[int, float] = {}
        self._moved: dict[int, int] = {}
        self.members = Membership(bot, self.current)
        self._bulk = asyncio.Semaphore(BULK_AT_ONCE)
        self._door = Door()

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
        keyboard: InlineKeyboardMarkup | ForceReply | None = None,
        thread_id: int | None = None,
        reply_to: int | None = None,
    ) -> int | None:
        """A new message of HTML; its id, or None where the chat does not take messages from this bot any more.

        After a fault of the line the message may be there already: it is sent again, twice being better than never.
        """
        message = await self._paced(
            chat_id,
            lambda chat: self._door.through(
                lambda: self._bot.send_message(
                    chat,
                    text,
                    parse_mode=ParseMode.HTML,
                    link_preview_options=_NO_PREVIEW,
                    reply_markup=keyboard,
                    message_thread_id=thread_id,
                    reply_parameters=_reply(reply_to),
                )
            ),
        )
        return message.message_id if message else None

    async def send_once(
        self, chat_id: int, text: str, leave: Leave, *, keyboard: InlineKeyboardMarkup | None = None
    ) -> tuple[End, int | None]:
        """A message that nobody has asked for: after all answers, at most once, and told how it ended.

        Leave to send is taken just before the call, and given back where the call has surely not been acted on: such a
        one is tried again. Raises NetworkError where Telegram is not reached for GIVE_UP_S.
        """
        give_up_at, pause = self._clock() + GIVE_UP_S, RETRY_FIRST_S
        while True:
            chat_id = self.current(chat_id)
            if self._left_in_peace(chat_id):
                return End.CLOSED, None
            async with self._bulk:
                await self._pace.spare_slot()
                chat = self._pace.chat(chat_id)
                async with chat.lock:
                    await self._pace.own_turn(chat)
                    if not await leave.take():
                        return End.NOT_OURS, None
                    try:
                        message = await self._bot.send_message(
                            chat_id,
                            text,
                            parse_mode=ParseMode.HTML,
                            link_preview_options=_NO_PREVIEW,
                            reply_markup=keyboard,
                        )
                        return End.SENT, message.message_id
                    except TelegramError as fault:
                        if (end := await self._end(fault, chat_id)) is not None:
                            return end, None
                        await leave.give_back()
                        pause = await self._again_in(fault, chat_id, pause, give_up_at)
                        self._pace.hold(chat, pause)  # an answer there waits too
            await self._sleep(pause)

    async def send_file(self, chat_id: int, name: str, content: bytes, *, thread_id: int | None = None) -> bool:
        """A file; False where the chat does not take messages any more."""
        message = await self._paced(
            chat_id,
            lambda chat: self._door.through(
                lambda: self._bot.send_document(chat, InputFile(content, filename=name), message_thread_id=thread_id)
            ),
        )
        return message is not None

    async def send_picture(self, chat_id: int, picture: bytes) -> bool:
        """A picture (PNG); False where the chat does not take messages any more."""
        message = await self._paced(
            chat_id, lambda chat: self._door.through(lambda: self._bot.send_photo(chat, InputFile(picture)))
        )
        return message is not None

    async def set_commands(self, person: int, commands: Sequence[tuple[str, str]]) -> bool:
        """The menu of one person's private chat; without commands the one that all people have.

        False where there is no chat yet: the person has never written to the bot.
        """
        scope = BotCommandScopeChat(person)
        try:
            if commands:
                await self._bot.set_my_commands(commands, scope=scope)
            else:
                await self._bot.delete_my_commands(scope=scope)
        except TelegramError as fault:
            _log.info("commands not listed", person=person, fault=str(fault))
            return False
        return True

    async def edit(
        self,
        chat_id: int,
        message_id: int,
        text: str,
        *,
        keyboard: InlineKeyboardMarkup | None = None,
        thread_id: int | None = None,
        reply_to: int | None = None,
    ) -> int | None:
        """Another text for a message. The id of the message that shows it: a new one where the old one is deleted, in
        the same topic and below the same post.
        """
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
                return await self.send(chat_id, text, keyboard=keyboard, thread_id=thread_id, reply_to=reply_to)
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
            await self._bot.answer_inline_query(
                query_id,
                results,
                cache_time=INLINE_CACHE_S,
                is_personal=True,  # cards are in their language
                button=door,
            )
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
        if len(self._closed) >= CLOSED_MAX:
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
        if self._left_in_peace(chat_id):
            return None
        try:
            try:
                return await self._tried(chat_id, call)
            except ChatMigrated as migrated:
                await self.moved(chat_id, migrated.new_chat_id)
                chat_id = migrated.new_chat_id
                return await self._tried(chat_id, call)
        except Forbidden as refusal:
            await self.closed(chat_id, refusal.message)
        except BadRequest as refusal:
            reason = refusal.message.casefold()
            if any(words in reason for words in CLOSED_WORDS):
                await self.closed(chat_id, refusal.message)
            elif not any(words in reason for words in TOPIC_WORDS):
                raise
        return None

    async def _end(self, fault: TelegramError, chat_id: int) -> End | None:
        """How a send ended that raised this; None where the message has surely not been taken, and may be later."""
        if isinstance(fault, RetryAfter | ChatMigrated | InvalidToken) or isinstance(fault.__cause__, _NEVER_LEFT):
            return None
        closed = isinstance(fault, Forbidden) or any(words in fault.message.casefold() for words in CLOSED_WORDS)
        if closed:
            await self.closed(chat_id, fault.message)
            return End.CLOSED
        if isinstance(fault, BadRequest):
            _log.error("message refused", chat=chat_id, why=fault.message)
            return End.REFUSED
        _log.warning("unknown whether a message has arrived", chat=chat_id, fault=str(fault))
        return End.UNKNOWN

    async def _again_in(self, fault: TelegramError, chat_id: int, pause: float, give_up_at: float) -> float:
        """Seconds after which to try again what was not taken. Raises the fault where that has gone on for too long."""
        if isinstance(fault, RetryAfter):
            _log.warning("flood control", chat=chat_id, wait=_seconds(fault))
            return _seconds(fault) + FLOOD_MARGIN_S
        if isinstance(fault, ChatMigrated):
            await self.moved(chat_id, fault.new_chat_id)
            return 0.0
        if isinstance(fault, InvalidToken):
            raise TelegramError("Telegram does not know this bot token") from None  # its words hold the token
        if self._clock() > give_up_at:
            raise fault
        _log.warning("telegram not reached", chat=chat_id, fault=str(fault))
        return min(pause * 2, RETRY_MAX_S)

    def _left_in_peace(self, chat_id: int) -> bool:
        return self._clock() - self._closed.get(chat_id, -CLOSED_S) < CLOSED_S

    async def _tried(self, chat_id: int, call: Callable[[int], Awaitable[T]]) -> T:
        chat = self._pace.chat(chat_id)
        async with chat.lock:
            pause, faults_since = RETRY_FIRST_S, None
            while True:
                await self._pace.turn(chat)
                try:
                    return await call(chat_id)
                except RetryAfter as flood:
                    _log.warning("flood control", chat=chat_id, wait=_seconds(flood))
                    await self._sleep(_seconds(flood) + FLOOD_MARGIN_S)
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


def _reply(message_id: int | None) -> ReplyParameters | None:
    """A message stands under another, or alone where that one is gone."""
    return ReplyParameters(message_id, allow_sending_without_reply=True) if message_id is not None else None


def _seconds(flood: RetryAfter) -> float:
    wait = flood.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else wait
