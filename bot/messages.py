"""What a Telegram message asks and to whom it speaks. Pure: messages in, questions out."""

from collections.abc import Callable, Hashable, Sequence

from telegram import (
    MaybeInaccessibleMessage,
    Message,
    MessageEntity,
    MessageOriginChannel,
    MessageOriginChat,
    Update,
    User,
)
from telegram.constants import ChatType

from bot import texts
from bot.asking import Asked, asked_in, joined_text
from bot.blocks import units

PART_OF_TEXT = 2048  # Telegram's apps cut a long text at a good place in the second half of 4096
PARTS_WITHIN_S = 2  # seconds between two parts of one text; times of messages are whole seconds
SUPERGROUP = "-100"  # begins the number of every channel and supergroup; t.me knows them without it

#: entities that speak to somebody
_SPEAKING = (MessageEntity.BOT_COMMAND, MessageEntity.MENTION, MessageEntity.TEXT_MENTION)

LinksIn = Callable[[str], Sequence[str]]


def asked_by(messages: Sequence[Message], *, links_in: LinksIn) -> Asked:
    """What one message, or the parts of one long text, ask."""
    first = messages[0]
    text = joined_text([message.text or message.caption or "" for message in messages])
    if not text.strip():
        return Asked(reply=texts.NOT_READABLE if first.effective_attachment else None)
    origin = first.forward_origin
    return asked_in(
        text,
        links_in=links_in,
        hidden=_hidden_links(messages),
        forwarded=origin is not None,
        title=_origin_title(first),
        post=_post(first),
        written_at=origin.date if origin else None,
    )


def asked_beside(message: Message, spoken_to: MessageEntity, *, links_in: LinksIn) -> Asked:
    """What a message asks beside the words that call the bot: its command, or its name."""
    words = message.parse_entities([spoken_to.type]) or message.parse_caption_entities([spoken_to.type])
    text = (message.text or message.caption or "").replace(words.get(spoken_to, ""), " ", 1).strip()
    return asked_in(text, links_in=links_in, hidden=_hidden_links([message])) if text else Asked()


def command_of(message: Message, *, username: str | None = None) -> str | None:
    """The command that a message begins with, without slash and name; None for any other message, and for a command
    to another bot than ``username``.
    """
    entity = command_entity(message)
    if entity is None:
        return None
    name, _, addressee = message.parse_entity(entity)[1:].partition("@")
    if addressee and username and addressee.casefold() != username.casefold():
        return None
    return name.casefold()


def command_entity(message: Message) -> MessageEntity | None:
    """Where the command stands that a message begins with."""
    if message.forward_origin is not None:
        return None
    commands = (one for one in message.entities if one.type == MessageEntity.BOT_COMMAND and one.offset == 0)
    return next(commands, None)


def mention_of(message: Message, me: User) -> MessageEntity | None:
    """Where a message names the bot."""
    spoken = {**message.parse_entities(), **message.parse_caption_entities()}
    for entity, words in spoken.items():
        if entity.type == MessageEntity.MENTION and words[1:].casefold() == (me.username or "").casefold():
            return entity
        if entity.type == MessageEntity.TEXT_MENTION and entity.user and entity.user.id == me.id:
            return entity
    return None


def topic_of(message: MaybeInaccessibleMessage) -> int | None:
    """The topic of a group that a message stands in."""
    return message.message_thread_id if isinstance(message, Message) and message.is_topic_message else None


def lane_of(update: Update) -> Hashable:
    """What is handled in order: the messages of a chat; beside them its presses and a person's inline queries, which
    need no reading, and what a group says to itself, whose links may take long and must hold up nobody who asks.
    """
    if update.inline_query is not None:
        return ("inline", update.inline_query.from_user.id)
    chat = update.effective_chat
    return (chat.id if chat else None, update.callback_query is not None, _overheard(update.message))


def behind(update: Update) -> Hashable:
    """The lane that an update goes behind though it stands in another: what is overheard in a group is taken up when
    what was said to us there before is done with, such as a setting; None for all else.
    """
    message = update.message
    return (message.chat.id, False, False) if message and _overheard(message) else None


def _overheard(message: Message | None) -> bool:
    """Said in a group, and to nobody by name or command."""
    if message is None or message.chat.type == ChatType.PRIVATE or not (message.text or message.caption):
        return False
    return not any(one.type in _SPEAKING for one in (*message.entities, *message.caption_entities))


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


def _post(message: Message) -> str | None:
    """The address of the channel's post that was forwarded: the channel and the post's number are in it."""
    origin = message.forward_origin
    if not isinstance(origin, MessageOriginChannel):
        return None
    channel = origin.chat.username or f"c/{str(origin.chat.id).removeprefix(SUPERGROUP).removeprefix('-')}"
    return f"https://t.me/{channel}/{origin.message_id}"
