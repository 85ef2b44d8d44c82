"""Inline mode: "@bot words" gives the stories that are kept as cards to drop into any chat."""

from collections.abc import Sequence

from telegram import (
    InlineQuery,
    InlineQueryResult,
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
)
from telegram.constants import ParseMode

from bot import answer, texts
from bot.language import _
from bot.render import telegram
from bot.sending import Sender
from claims.comparison import Comparison
from newsroom.desk import Desk
from newsroom.intake import Query

CARDS_MAX = 8  # more nobody reads in the small list above the keyboard
LETTERS_MIN = 3  # shorter words are being typed still


class Inline:
    """Answers inline queries from the store alone: nothing is fetched, so that cards come while somebody types."""

    def __init__(self, desk: Desk, sender: Sender) -> None:
        self._desk = desk
        self._sender = sender

    async def handle(self, query: InlineQuery) -> None:
        """One state of what somebody types after the bot's name."""
        asked, inbox = query.query.strip(), self._desk.inbox
        links = self._desk.links_in(asked)
        if links:
            kept = await inbox.answer_to(Query(link=links[0]))
            found = [kept] if kept else []
        else:
            wanted = len(asked) >= LETTERS_MIN
            found = await inbox.answers_about(asked, limit=CARDS_MAX) if wanted else []
        made = [card(one.id, one.comparison) for one in found if answer.several(one.comparison)]
        await self._sender.answer_inline(query.id, made, button=None if made else _(texts.INLINE_NONE))


def card(answer_id: str, comparison: Comparison) -> InlineQueryResult:
    """A story as a card; picked, it carries the first message of the answer."""
    blocks = answer.overview(comparison, held_at=None)
    return InlineQueryResultArticle(
        id=answer_id,
        title=answer.headline(comparison),
        description=texts.commas(_facts(comparison)),
        input_message_content=InputTextMessageContent(
            telegram(blocks)[0],
            parse_mode=ParseMode.HTML,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        ),
    )


def _facts(comparison: Comparison) -> Sequence[str]:
    """``Quay Post, 3 March 2025, 5 outlets, 2 independent origins``."""
    return [*answer.origin_of(comparison), answer.numbers(comparison)]
