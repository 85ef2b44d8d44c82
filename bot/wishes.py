"""How the chat that is answered wants it: its language and time zone, outlets shown first, length.

What handles an update does so within ``wished``; what draws an answer below it asks ``wishes``.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace

from telegram import Update

from bot.language import ENGLISH, closest, speaking
from claims.comparison import Comparison
from newsroom.inbox import ChatSettings, Inbox

_AT_FIRST = ChatSettings()
_wishes: ContextVar[ChatSettings] = ContextVar("wishes", default=_AT_FIRST)


@contextmanager
def wished(settings: ChatSettings) -> Iterator[None]:
    """Within it, a chat is answered as it has set. Tasks begun within it keep to it."""
    token = _wishes.set(settings)
    try:
        with speaking(settings.language or ENGLISH, settings.zone):
            yield
    finally:
        _wishes.reset(token)


def wishes() -> ChatSettings:
    """Of the chat that is being answered."""
    return _wishes.get()


async def wishes_of(inbox: Inbox, update: Update) -> ChatSettings:
    """What the chat of an update has set, or a person for what they type inline.

    Until somebody has set a language it is that of the person's app, in a group of who has let the bot in: it is kept,
    so that what goes out unasked speaks it too.
    """
    person, chat = update.effective_user, update.effective_chat
    place = chat.id if chat else person.id if person else None
    if place is None:
        return _AT_FIRST
    settings = await inbox.settings(place)
    if settings.language is not None or person is None:
        return settings
    language = closest(person.language_code)
    if place != person.id and update.my_chat_member is None:
        return settings
    if language is None or language == ENGLISH:
        return settings  # as without any settings: no row is kept for it
    settings = replace(settings, language=language)
    if chat is not None:
        await inbox.set_settings(place, settings)
    return settings


def preferring(comparison: Comparison, outlets: Sequence[str]) -> Comparison:
    """The comparison with the articles and statements of certain outlets (keys) first, in that order."""
    if not outlets:
        return comparison
    rank = {key: number for number, key in enumerate(outlets)}
    of_url = {article.url: rank.get(article.outlet.key, len(rank)) for article in comparison.articles}
    lead, *others = comparison.articles
    rows = (
        replace(row, cells=tuple(sorted(row.cells, key=lambda cell: of_url.get(cell.place.url, len(rank)))))
        for row in comparison.rows
    )
    articles = (lead, *sorted(others, key=lambda article: of_url[article.url]))
    return replace(comparison, articles=articles, rows=tuple(rows))
