"""The bot in a group: silent unless it is called, or an admin of the group has set that links are answered."""

from telegram import Message, MessageEntity

from bot import texts
from bot.answering import Answering, Place
from bot.asking import Asked
from bot.messages import asked_beside, asked_by, command_entity, command_of, mention_of, topic_of
from bot.screens import sentences
from bot.sending import Sender
from bot.settings_screen import COMMAND, SettingsDesk
from newsroom.desk import Desk

CHECK, AUTO = "check", "auto"
SWITCH = {"on": True, "off": False}


class Groups:
    """Handles the messages of groups and supergroups."""

    def __init__(self, desk: Desk, sender: Sender, answering: Answering, settings: SettingsDesk) -> None:
        self._desk = desk
        self._sender = sender
        self._answering = answering
        self._settings = settings

    async def handle(self, message: Message) -> None:
        """One message of a group."""
        if message.migrate_to_chat_id:
            await self._sender.moved(message.chat.id, message.migrate_to_chat_id)
        elif message.migrate_from_chat_id:
            await self._sender.moved(message.migrate_from_chat_id, message.chat.id)
        elif message.via_bot is None and not (
            message.from_user and message.from_user.is_bot and not _anonymous(message)
        ):
            await self._said(message)

    async def _said(self, message: Message) -> None:
        command = command_of(message, username=self._sender.me.username)
        called = command_entity(message) if command == CHECK else mention_of(message, self._sender.me)
        if command == AUTO:
            await self._set_auto(message)
        elif command == COMMAND:
            if await self._by_admin(message):
                await self._settings.command(message)
        elif called is not None and command in (None, CHECK):
            await self._called(message, called)
        elif command is None:
            asked = asked_by([message], links_in=self._desk.links_in)
            if asked.queries and asked.queries[0].link and await self._desk.inbox.auto_answer(message.chat.id):
                await self._answer(message, message, asked, called=False)

    async def _called(self, message: Message, called: MessageEntity) -> None:
        """Called by command or name: about the post replied to, else about what stands beside the call."""
        post = message.reply_to_message
        if post is not None and not (post.from_user and post.from_user.id == self._sender.me.id):
            asked = asked_by([post], links_in=self._desk.links_in)
            if asked.queries:
                await self._answer(message, post, asked, called=True)
                return
        await self._answer(message, message, asked_beside(message, called, links_in=self._desk.links_in), called=True)

    async def _answer(self, message: Message, post: Message, asked: Asked, *, called: bool) -> None:
        """About the first question only: one short message under the post."""
        if not asked.queries:
            return
        person = message.sender_chat.id if message.sender_chat else message.from_user.id if message.from_user else 0
        thread = topic_of(message)
        place = Place(chat_id=message.chat.id, asked_id=message.message_id, thread_id=thread, reply_to=post.message_id)
        # who only posts a link has asked us nothing: it counts for the group, and is noted of nobody
        whose = person if called else message.chat.id
        wait = await self._desk.inbox.admit(whose, message.chat.id, asked.queries[0])
        if wait is not None:
            if called:
                await self._answering.say(place, texts.wait(wait))
            return
        if called:
            await self._sender.typing(message.chat.id, thread_id=thread)
        await self._answering.answer_in_group(place, asked.queries[0], asked=called)

    async def _set_auto(self, message: Message) -> None:
        """``/auto on|off`` by an admin of the group; anybody else's is no command."""
        if not await self._by_admin(message):
            return
        words = (message.text or "").split()
        if len(words) > 1 and words[1].casefold() in SWITCH:
            await self._desk.inbox.set_auto_answer(message.chat.id, on=SWITCH[words[1].casefold()])
        on = await self._desk.inbox.auto_answer(message.chat.id)
        thread = topic_of(message)
        lines = texts.AUTO_ON if on else texts.AUTO_OFF
        await self._sender.send(message.chat.id, sentences(lines).html, thread_id=thread, reply_to=message.message_id)

    async def _by_admin(self, message: Message) -> bool:
        if _anonymous(message):
            return True
        person = message.from_user
        return person is not None and person.id in await self._sender.admins(message.chat.id)


def _anonymous(message: Message) -> bool:
    """Written by an admin of the group who stays anonymous: in the group's own name."""
    return message.sender_chat is not None and message.sender_chat.id == message.chat.id
