"""The way out for what nobody has asked for: drawn, sent once, its answer noted for its buttons."""

from dataclasses import replace

from bot.answering import keyboard
from bot.blocks import block
from bot.digesting import screen_of
from bot.language import ENGLISH, _, speaking
from bot.render import telegram
from bot.sending import Sender
from newsroom.desk import Desk
from newsroom.posting import Alert, Development, End, Issue, Leave, Words


class Delivering:
    """``newsroom.posting.Line`` on Telegram."""

    def __init__(self, desk: Desk, sender: Sender) -> None:
        self._desk = desk
        self._sender = sender

    async def post(self, chat: int, words: Words, leave: Leave) -> tuple[End, int | None]:
        """Send once; how it ended, and the message's number."""
        settings = await self._desk.unasked.chat_settings(chat)
        if isinstance(words, Issue | Alert) and chat > 0 and settings.language:  # as the person wants it by now
            words = replace(words, settings=replace(words.settings, speaks=settings.language))
        with speaking(settings.language or ENGLISH, settings.zone):
            shown = screen_of(words, bot=self._sender.me.username or "", private=chat > 0)
        end, message = await self._sender.send_once(chat, shown.html, leave, keyboard=keyboard(shown))
        if message is not None and isinstance(words, Development):
            await self._desk.inbox.remember_message(self._sender.current(chat), message, words.answer.id)
        return end, message

    async def tell_keeper(self, person: int, title: str) -> None:
        """Tell a person that their channel's digest has ended."""
        settings = await self._desk.unasked.chat_settings(person)
        with speaking(settings.language or ENGLISH, settings.zone):
            line = _("The digest in {chat} has ended: the bot may not write there any more. /digest sets it up again.")
            told = telegram([block(line.format(chat=title))])[0]
        await self._sender.send(person, told)
