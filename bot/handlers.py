"""What people do on Telegram, handed to who handles it. Telegram ends here: beyond go links, texts and ids."""

from collections.abc import Sequence

from telegram import CallbackQuery, ChatMemberRestricted, ChatMemberUpdated, Message, Update
from telegram.constants import ChatMemberStatus, ChatType

from bot import personal, texts
from bot.admin.desk import AdminDesk
from bot.answering import Answering, Place, keyboard
from bot.asking import left_over
from bot.exports import FORMATS, exported
from bot.groups import Groups
from bot.inline import Inline
from bot.language import _, listed
from bot.messages import asked_by, command_of, topic_of
from bot.reporting import Reporting
from bot.screens import FILE, OVERVIEW, View, followable, noted, sentences
from bot.sending import Sender
from bot.settings_screen import COMMAND, SettingsDesk
from bot.standing import Standing
from bot.wishes import wished, wishes_of
from newsroom.desk import Desk

_SAID = {"start": texts.START, "help": texts.HELP, "about": texts.ABOUT, "privacy": texts.PRIVACY}
_DONE = {"export_me": personal.export_me, "forget": personal.forget}
_GROUPS = (ChatType.GROUP, ChatType.SUPERGROUP)


class Handlers:
    """Handles updates."""

    def __init__(self, desk: Desk, sender: Sender, *, public_url: str | None, admin: AdminDesk | None = None) -> None:
        self._desk = desk
        self._admin = admin
        self._sender = sender
        self._answering = Answering(desk, sender, public_url=public_url)
        self._settings = SettingsDesk(desk, sender)
        self._reporting = Reporting(desk, sender, self._answering)
        self._groups = Groups(desk, sender, self._answering, self._settings)
        self._inline = Inline(desk, sender)
        self._standing = Standing(desk, sender, self._answering)

    async def handle(self, batch: Sequence[Update]) -> None:
        """One update, or the parts of one long text. Nothing is said in channels."""
        update = batch[0]
        person = update.effective_user
        if person and self._desk.inbox.orders.is_blocked(person.id) and not _heard_anyway(update):
            return
        with wished(await wishes_of(self._desk.inbox, update)):
            await self._handled(batch)

    async def _handled(self, batch: Sequence[Update]) -> None:
        update = batch[0]
        if update.callback_query is not None:
            await self._pressed(update.callback_query)
        elif update.inline_query is not None:
            await self._inline.handle(update.inline_query)
        elif update.my_chat_member is not None:
            await self._membership(update.my_chat_member)
        elif update.edited_message is not None:
            if update.edited_message.chat.type == ChatType.PRIVATE:
                await self._asked([update.edited_message], edited=True)
        elif update.message is not None:
            if update.message.chat.type == ChatType.PRIVATE:
                await self._sent([one.message for one in batch if one.message])
            elif update.message.chat.type in _GROUPS and not await self._reporting.typed(update.message):
                await self._groups.handle(update.message)

    async def close(self) -> None:
        """End what is under way."""
        await self._answering.close()

    async def _sent(self, messages: Sequence[Message]) -> None:
        chat_id, command = messages[0].chat.id, command_of(messages[0])
        if command in _DONE:
            await _DONE[command](self._desk.inbox, self._sender, chat_id)
        elif command is not None:
            if not await self._acted(messages[0], command):
                await self._sender.send(chat_id, sentences(_SAID.get(command, (texts.UNKNOWN_COMMAND,))).html)
        elif messages[0].via_bot is None and not await self._told(messages[0]):
            # a card of ours that was picked here asks nothing
            await self._asked(messages, edited=False)

    async def _told(self, message: Message) -> bool:
        """Whether words were the answer to something that we have asked."""
        return await self._reporting.typed(message) or await self._standing.typed(message)

    async def _acted(self, message: Message, command: str) -> bool:
        """Whether a command has been carried out, an admin's or one that stands for later."""
        if self._admin and await self._admin.command(message, command):
            return True
        if command == COMMAND:
            await self._settings.command(message)
            return True
        return await self._standing.command(message, command)

    async def _asked(self, messages: Sequence[Message], *, edited: bool) -> None:
        """Answer in the order of the message; an edited one in the messages that answered it before."""
        asked = asked_by(messages, links_in=self._desk.links_in)
        place = Place(chat_id=messages[0].chat.id, asked_id=messages[0].message_id)
        for position, query in enumerate(asked.queries):
            wait = await self._desk.inbox.admit(place.chat_id, place.chat_id, query)
            if wait is not None:
                await self._answering.say(place.at(position), texts.wait(wait))
                return
            if not await self._answering.answer(place.at(position), query, again=edited):
                return
        said = left_over(asked) if asked.rest else asked.reply
        if said:
            await self._answering.say(place.at(len(asked.queries)), said)

    async def _pressed(self, press: CallbackQuery) -> None:
        if self._admin and await self._admin.pressed(press):
            return
        if await self._standing.pressed(press) or await self._settings.pressed(press):
            return
        if await self._reporting.pressed(press):
            return
        view, message = View.of(press.data or ""), press.message
        answer = await self._answering.carried_by(message.chat.id, message.message_id) if view and message else None
        if view is None or message is None or answer is None:
            await self._sender.answer_press(press.id, _(texts.GONE))
            return
        await self._sender.answer_press(press.id)
        if view.part == FILE:
            form = FORMATS[min(view.page, len(FORMATS)) - 1]
            await self._sender.send_file(
                message.chat.id, *exported(answer.comparison, form), thread_id=topic_of(message)
            )
            return
        shown = self._answering.screen(answer, view)
        if view.part == OVERVIEW and message.chat.type == ChatType.PRIVATE:
            shown = followable(shown)
        if gone := await self._desk.inbox.overtaken(answer.comparison):
            outlets = listed(list(dict.fromkeys(cell.place.outlet for cell in gone)))
            shown = noted(shown, texts.overtaken(outlets, len(gone)))
        await self._sender.edit(
            message.chat.id, message.message_id, shown.html, keyboard=keyboard(shown), thread_id=topic_of(message)
        )

    async def _membership(self, change: ChatMemberUpdated) -> None:
        """The bot was let in, muted, thrown out or blocked."""
        member = change.new_chat_member
        muted = isinstance(member, ChatMemberRestricted) and not member.can_send_messages
        gone = muted or member.status in (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED)
        await self._standing.membership(change, there=not gone)
        if gone:
            await self._sender.closed(change.chat.id, member.status)
        else:
            await self._sender.opened(change.chat.id)


def _heard_anyway(update: Update) -> bool:
    """What also somebody who is blocked may do: see or erase what is kept, and what happens to a chat as a whole."""
    message = update.message
    if message is None:
        return update.my_chat_member is not None
    if message.chat.type == ChatType.PRIVATE:
        return command_of(message) in (*_DONE, "privacy")
    return bool(message.migrate_to_chat_id or message.migrate_from_chat_id)
