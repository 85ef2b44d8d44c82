"""The way out for what nobody has asked for: drawn, sent once, its answer noted for its buttons."""

from collections.abc import Hashable
from dataclasses import replace

from bot.answering import keyboard
from bot.blocks import block
from bot.digesting import screen_of
from bot.language import ENGLISH, _, day, speaking
from bot.render import telegram
from bot.screens import Screen
from bot.sending import Sender
from newsroom.desk import Desk
from newsroom.posting import Alert, Development, End, Issue, Leave, Words

DRAWN_MAX = 100  # digests kept drawn, some 5 kB each: drawing one takes 10 ms


class Delivering:
    """``newsroom.posting.Line`` on Telegram."""

    def __init__(self, desk: Desk, sender: Sender) -> None:
        self._desk = desk
        self._sender = sender
        self._drawn: dict[Hashable, Screen] = {}

    async def post(self, chat: int, words: Words, leave: Leave) -> tuple[End, int | None]:
        """Send once; how it ended, and the message's number. Whom an admin has blocked is told nothing."""
        if self._desk.inbox.orders.is_blocked(chat):
            return End.CLOSED, None
        settings = await self._desk.unasked.chat_settings(chat)
        if isinstance(words, Issue | Alert) and chat > 0 and settings.language:  # as the person wants it by now
            words = replace(words, settings=replace(words.settings, speaks=settings.language))
        with speaking(settings.language or ENGLISH, settings.zone):
            shown = self._screen(words, private=chat > 0)
        end, message = await self._sender.send_once(chat, shown.html, leave, keyboard=keyboard(shown))
        if message is not None and isinstance(words, Development):
            await self._desk.inbox.remember_message(self._sender.current(chat), message, words.answer.id)
        return end, message

    def _screen(self, words: Words, *, private: bool) -> Screen:
        """The message; a digest is drawn once for all who are told the same."""
        bot = self._sender.me.username or ""
        if not isinstance(words, Issue):
            return screen_of(words, bot=bot, private=private)
        told = tuple((one.answer.id, one.again, one.changed) for one in words.stories)
        kind = (words.settings.speaks, words.settings.zone, words.settings.min_outlets, words.trial, private)
        with speaking(words.settings.speaks, words.settings.zone):
            key = (told, kind, day(words.at))
        if key not in self._drawn:
            if len(self._drawn) >= DRAWN_MAX:
                self._drawn.clear()
            self._drawn[key] = screen_of(words, bot=bot, private=private)
        return self._drawn[key]

    async def tell_keeper(self, person: int, title: str) -> None:
        """Tell a person that their channel's digest has ended."""
        settings = await self._desk.unasked.chat_settings(person)
        with speaking(settings.language or ENGLISH, settings.zone):
            line = _("The digest in {chat} has ended: the bot may not write there any more. /digest sets it up again.")
            told = telegram([block(line.format(chat=title))])[0]
        await self._sender.send(person, told)
