"""Standing orders of people: digests, followed stories, and the links that lead from a digest into the private chat."""

from telegram import CallbackQuery, ChatMemberUpdated, Message

from bot import texts
from bot.answering import Answering, Place
from bot.following import Following
from bot.screens import sentences
from bot.sending import Sender
from bot.subscribing import COMMANDS, Subscribing
from newsroom.desk import Desk

FOLLOWING = "following"
SHOWN = "a"  # "/start a123" shows that answer: see bot.digesting.link_to


class Standing:
    """Hands what people do to who handles it; each method tells whether it was meant for it."""

    def __init__(self, desk: Desk, sender: Sender, answering: Answering) -> None:
        self._desk = desk
        self._sender = sender
        self._answering = answering
        self._subscribing = Subscribing(desk, sender)
        self._following = Following(desk, sender, answering)

    async def command(self, message: Message, command: str) -> bool:
        """A command in the private chat."""
        words = (message.text or "").split()
        if command in COMMANDS:
            await self._subscribing.command(message.chat.id, command)
        elif command == FOLLOWING:
            await self._following.list_all(message.chat.id)
        elif command == "start" and len(words) == 2 and words[1].startswith(SHOWN):
            await self._show(message, words[1].removeprefix(SHOWN))
        else:
            return False
        return True

    async def typed(self, message: Message) -> bool:
        """Words in the private chat."""
        return await self._subscribing.typed(message)

    async def pressed(self, press: CallbackQuery) -> bool:
        """A button."""
        return await self._following.pressed(press) or await self._subscribing.pressed(press)

    async def membership(self, change: ChatMemberUpdated, *, there: bool) -> None:
        """The bot was let into a chat, or is there no more."""
        await self._subscribing.membership(change, there=there)

    async def _show(self, message: Message, answer_id: str) -> None:
        """An answer that a digest leads to; one that rests on what a reader brought is for that reader alone."""
        told = await self._desk.recall(answer_id)
        if told is None or told.private:
            await self._sender.send(message.chat.id, sentences([texts.GONE]).html)
            return
        await self._answering.show(Place(chat_id=message.chat.id, asked_id=message.message_id), told)
