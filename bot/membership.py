"""Who is what in a channel or group, as Telegram says it at the moment; where it does not say, nobody is anything."""

from collections.abc import Callable

import structlog
from telegram import Bot, ChatMember, ChatMemberAdministrator, ChatMemberRestricted
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import TelegramError

_GONE = (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED)
_log = structlog.get_logger(__name__)


class Membership:
    """Looks members up. ``current``: a chat's number now, which changes when a group becomes a supergroup."""

    def __init__(self, bot: Bot, current: Callable[[int], int]) -> None:
        self._bot = bot
        self._current = current

    async def may_post(self, chat_id: int) -> bool:
        """Whether the bot may write there: in a channel as an admin with that right, in a group as a member."""
        member = await self._member(chat_id, self._bot.id)
        if isinstance(member, ChatMemberAdministrator):
            return member.can_post_messages is not False
        channel_like = isinstance(member, ChatMemberRestricted) and not member.can_send_messages
        return member is not None and not channel_like and member.status not in _GONE

    async def administers(self, chat_id: int, person: int) -> bool:
        """Whether a person administers a channel or group; no where Telegram does not say."""
        member = await self._member(chat_id, person)
        return member is not None and member.status in (ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR)

    async def chat_named(self, name: str | int) -> tuple[int, str] | None:
        """Number and title of the channel or group of an @name or a number; None where the bot does not see it."""
        try:
            chat = await self._bot.get_chat(name)
        except TelegramError as fault:
            _log.info("chat not known", chat=name, fault=str(fault))
            return None
        return (chat.id, chat.title or "") if chat.type != ChatType.PRIVATE else None

    async def _member(self, chat_id: int, person: int) -> ChatMember | None:
        try:
            return await self._bot.get_chat_member(self._current(chat_id), person)
        except TelegramError as fault:
            _log.info("member not known", chat=chat_id, fault=str(fault))
            return None
