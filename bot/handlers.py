"""What a reader sends, handed to the desk, and its answer shown. Telegram ends here: beyond go links, texts and ids."""

import asyncio
from collections.abc import Callable, Hashable, Sequence

import structlog
from telegram import (
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    MessageEntity,
    MessageOriginChannel,
    MessageOriginChat,
    Update,
)
from telegram.constants import ChatType
from telegram.error import BadRequest, TelegramError

from bot import texts
from bot.asking import Asked, asked_in, explained, joined_text, left_over, reading
from bot.blocks import units
from bot.screens import Screen, View, first_screen, screen, sentences
from bot.sending import Sender
from claims.comparison import Comparison
from claims.errors import NewsError
from newsroom.desk import Answer, Desk
from newsroom.intake import Query

ANSWER_S = 90.0  # the desk has deadlines of its own, some 20 s in all; this ends what hangs
PART_OF_TEXT = 2048  # Telegram's apps cut a long text at a good place in the second half of 4096
PARTS_WITHIN_S = 2  # seconds between two parts of one text; times of messages are whole seconds

_log = structlog.get_logger(__name__)
_COMMANDS = {"start": texts.START, "help": texts.HELP, "about": texts.ABOUT}


class Handlers:
    """Handles updates. ``public_url``: where readers reach the page, None where they cannot."""

    def __init__(self, desk: Desk, sender: Sender, *, public_url: str | None) -> None:
        self._desk = desk
        self._sender = sender
        self._public_url = public_url

    async def handle(self, batch: Sequence[Update]) -> None:
        """One update, or the parts of one long text. Silent in groups and channels."""
        query, message = batch[0].callback_query, batch[0].message
        if query is not None:
            await self._pressed(query)
        elif message is not None and message.chat.type == ChatType.PRIVATE:
            await self._sent([update.message for update in batch if update.message])

    async def _sent(self, messages: Sequence[Message]) -> None:
        chat_id = messages[0].chat.id
        command = command_of(messages[0])
        if command is not None:
            lines = _COMMANDS.get(command, (texts.UNKNOWN_COMMAND,))
            await self._sender.send(chat_id, sentences(lines).html)
            return
        asked = asked_by(messages, links_in=self._desk.links_in)
        for query in asked.queries:
            if not await self._answered(chat_id, query):
                return
        if asked.rest:
            await self._sender.send(chat_id, sentences([left_over(asked)]).html)
        if asked.reply:
            await self._sender.send(chat_id, sentences([asked.reply]).html)

    async def _answered(self, chat_id: int, query: Query) -> bool:
        """Show that it is being read, then the article's own claims, then the comparison, all in one message.

        False where the chat takes no messages any more.
        """
        message_id = await self._sender.send(chat_id, sentences([reading(query)]).html)
        if message_id is None:
            return False
        showing: list[asyncio.Task[int | None]] = []

        async def first(comparison: Comparison) -> None:
            shown = self._sender.edit(chat_id, message_id, first_screen(comparison).html)
            showing.append(asyncio.create_task(shown))  # the desk goes on meanwhile; later edits queue behind it

        try:
            async with asyncio.timeout(ANSWER_S):
                answer = await self._desk.answer(query, first=first)
            # deleted by its reader meanwhile, the message has been sent anew: that is the one to go on with
            sent = [shown for shown in await asyncio.gather(*showing, return_exceptions=True) if isinstance(shown, int)]
            await self._show(chat_id, sent[-1] if sent else message_id, answer)
        except NewsError as error:
            await self._sender.edit(chat_id, message_id, sentences([explained(error)]).html)
        except Exception as fault:
            if isinstance(fault, TelegramError) and not isinstance(fault, BadRequest):
                raise
            _log.exception("question not answered", chat=chat_id)
            await self._sender.edit(chat_id, message_id, sentences([texts.TROUBLE]).html)
        finally:
            for task in showing:  # it is done by now, unless the bot is being stopped
                task.cancel()
            await asyncio.gather(*showing, return_exceptions=True)
        return True

    async def _show(self, chat_id: int, message_id: int, answer: Answer) -> None:
        shown = screen(answer.comparison, View(), held_at=answer.made_at, page_url=self._page_url(answer))
        await self._desk.inbox.remember_message(chat_id, message_id, answer.id)
        final_id = await self._sender.edit(chat_id, message_id, shown.html, keyboard=keyboard(shown))
        if final_id not in (None, message_id):
            await self._desk.inbox.remember_message(chat_id, final_id, answer.id)

    async def _pressed(self, query: CallbackQuery) -> None:
        view, message = View.of(query.data or ""), query.message
        if view is None or message is None:
            await self._sender.answer_press(query.id, texts.GONE)
            return
        chat_id, message_id = message.chat.id, message.message_id
        answer_id = await self._desk.inbox.answer_of(chat_id, message_id)
        answer = await self._desk.recall(answer_id) if answer_id else None
        if answer is None:
            await self._sender.answer_press(query.id, texts.GONE)
            return
        shown = screen(answer.comparison, view, held_at=answer.made_at, page_url=self._page_url(answer))
        await self._sender.answer_press(query.id)
        await self._sender.edit(chat_id, message_id, shown.html, keyboard=keyboard(shown))

    def _page_url(self, answer: Answer) -> str | None:
        """The page of an answer; none for what a reader sent as text, which is that reader's alone."""
        if self._public_url is None or answer.asked.startswith("text:"):
            return None
        return f"{self._public_url.rstrip('/')}/answer/{answer.id}"


def asked_by(messages: Sequence[Message], *, links_in: Callable[[str], Sequence[str]]) -> Asked:
    """What one message, or the parts of one long text, ask."""
    first = messages[0]
    text = joined_text([message.text or message.caption or "" for message in messages])
    if not text.strip():
        return Asked(reply=texts.NOT_READABLE if first.effective_attachment else None)
    return asked_in(
        text,
        links_in=links_in,
        hidden=_hidden_links(messages),
        forwarded=first.forward_origin is not None,
        title=_origin_title(first),
    )


def command_of(message: Message) -> str | None:
    """The command a message begins with, without the slash and the bot's name; None for any other message."""
    for entity in message.entities:
        if entity.type == MessageEntity.BOT_COMMAND and entity.offset == 0 and message.forward_origin is None:
            return message.parse_entity(entity)[1:].partition("@")[0].casefold()
    return None


def lane_of(update: Update) -> Hashable:
    """What is handled in order: the messages of a chat, and beside them its presses, which need no reading."""
    chat = update.effective_chat
    return (chat.id if chat else None, update.callback_query is not None)


def may_go_on(update: Update) -> bool:
    """Whether the message is so long that it may be the first part of a text that an app has cut."""
    message = update.message
    return (
        message is not None
        and message.chat.type == ChatType.PRIVATE
        and message.forward_origin is None
        and units(message.text or "") >= PART_OF_TEXT
    )


def goes_on(update: Update, following: Update) -> bool:
    """Whether the second message is the next part of the first one's text."""
    one, other = update.message, following.message
    if one is None or other is None or other.forward_origin is not None or not other.text or command_of(other):
        return False
    return (other.date - one.date).total_seconds() <= PARTS_WITHIN_S


def keyboard(shown: Screen) -> InlineKeyboardMarkup | None:
    """The buttons as Telegram takes them."""
    if not shown.buttons:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(one.text, callback_data=one.data, url=one.url) for one in row] for row in shown.buttons]
    )


def _hidden_links(messages: Sequence[Message]) -> list[str]:
    return [
        entity.url
        for message in messages
        for entity in (*message.entities, *message.caption_entities)
        if entity.type == MessageEntity.TEXT_LINK and entity.url
    ]


def _origin_title(message: Message) -> str | None:
    """The channel or group that a forwarded post comes from; a person's name is nobody's headline."""
    origin = message.forward_origin
    if isinstance(origin, MessageOriginChannel):
        return origin.chat.title
    return origin.sender_chat.title if isinstance(origin, MessageOriginChat) else None
