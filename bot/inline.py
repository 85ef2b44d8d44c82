"""Inline mode: "@bot words" gives the stories that are kept as cards to drop into any chat."""

from collections import deque
from collections.abc import Callable, Sequence
from datetime import timedelta
from time import monotonic

from telegram import (
    InlineQuery,
    InlineQueryResult,
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
)
from telegram.constants import ParseMode

from bot import answer, texts
from bot.language import _, lazy, soon
from bot.render import telegram
from bot.sending import Sender
from claims.comparison import Comparison
from newsroom.desk import Desk
from newsroom.intake import Query

CARDS_MAX = 8  # more nobody reads in the small list above the keyboard
#: of one person: apps send one with each pause in typing, some ten for a search
QUERIES_MAX, WITHIN_S = 40, 60.0
PEOPLE_MAX = 10_000  # whose queries are counted; a longer list is emptied of those who have stopped
PAUSE = lazy("Many searches. Go on {in_time}")
LETTERS_MIN = 3  # shorter words are being typed still


class Inline:
    """Answers inline queries from the store alone: nothing is fetched, so that cards come while somebody types."""

    def __init__(self, desk: Desk, sender: Sender, *, clock: Callable[[], float] = monotonic) -> None:
        self._desk = desk
        self._sender = sender
        self._clock = clock
        self._typed: dict[int, deque[float]] = {}

    async def handle(self, query: InlineQuery) -> None:
        """One state of what somebody types after the bot's name."""
        wait = self._wait(query.from_user.id)
        if wait:
            await self._sender.answer_inline(
                query.id, [], button=_(PAUSE).format(in_time=soon(timedelta(seconds=wait)))
            )
            return
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

    def _wait(self, person: int) -> float:
        """Note one more query; or, where there were too many, the seconds until the next."""
        now = self._clock()
        if len(self._typed) >= PEOPLE_MAX:
            self._typed = {key: at for key, at in self._typed.items() if now - at[-1] < WITHIN_S}
        times = self._typed.setdefault(person, deque(maxlen=QUERIES_MAX))
        if len(times) == QUERIES_MAX and now - times[0] < WITHIN_S:
            return WITHIN_S - (now - times[0])
        times.append(now)
        return 0.0


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
