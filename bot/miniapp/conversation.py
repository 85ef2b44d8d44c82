"""The local chat's memory: questions under way in this process, and each browser's list in its own signed cookie."""

import asyncio
import base64
import binascii
import hmac
import json
import secrets
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256

import structlog

from bot import answer, texts
from bot.asking import explained, reading
from bot.blocks import Block
from bot.language import Lazy, _
from claims.comparison import Comparison
from claims.errors import NewsError
from newsroom.desk import Answer, Desk
from newsroom.intake import TEXT_KEY, Query

COOKIE = "second_source_chat"
LISTED_MAX = 12  # questions of one browser's list; a cookie holds some 4,000 bytes
TURNS_MAX = 500  # questions kept in memory, answered ones with them
OPEN_MAX = 16  # questions under way at once in the local chat
ANSWER_S = 90.0  # the desk has deadlines of its own, some 20 s in all; this ends what hangs
ASKED_MAX = 300  # characters of a question shown again

_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Turn:
    """A question and what there is of its answer."""

    key: str
    asked: str
    waiting: str  #: the sentence while there is nothing else
    blocks: Sequence[Block] = ()
    answer: Answer | None = None
    error: str | None = None
    task: asyncio.Task[None] | None = field(default=None, repr=False)

    @property
    def done(self) -> bool:
        """True when nothing more will come."""
        return self.answer is not None or self.error is not None


class Conversation:
    """Asks the desk and remembers the turns; the oldest go first."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._turns: OrderedDict[str, Turn] = OrderedDict()

    @property
    def busy(self) -> bool:
        """Whether so many questions are under way that no more are taken."""
        return sum(not turn.done for turn in self._turns.values()) >= OPEN_MAX

    def ask(self, query: Query) -> Turn:
        """Begin a question."""
        turn = self._new(query.link or query.text or "", waiting=reading(query))
        turn.task = asyncio.create_task(self._answer(turn, query))
        return turn

    def say(self, asked: str, sentence: str | Lazy) -> Turn:
        """A question that is answered by a sentence at once."""
        turn = self._new(asked, waiting="")
        turn.error = _(sentence)
        return turn

    async def turn(self, key: str) -> Turn | None:
        """A turn of this process, or an earlier answer by its id ("a" and the id); None for what is kept no more."""
        if turn := self._turns.get(key):
            return turn
        stored = await self._desk.recall(key[1:]) if key.startswith("a") else None
        if stored is None:
            return None
        asked = "" if stored.asked.startswith(TEXT_KEY) else stored.asked
        return Turn(key=key, asked=asked or _(texts.READING_TEXT), waiting="", answer=stored, blocks=_overview(stored))

    async def close(self) -> None:
        """End what is under way."""
        tasks = [turn.task for turn in self._turns.values() if turn.task and not turn.done]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _new(self, asked: str, *, waiting: str) -> Turn:
        shown = " ".join(asked.split())
        shown = shown if len(shown) <= ASKED_MAX else shown[:ASKED_MAX] + " …"
        turn = Turn(key="t" + secrets.token_hex(6), asked=shown, waiting=waiting)
        self._turns[turn.key] = turn
        while len(self._turns) > TURNS_MAX:
            self._turns.popitem(last=False)
        return turn

    async def _answer(self, turn: Turn, query: Query) -> None:
        async def first(comparison: Comparison) -> None:
            turn.blocks = answer.overview(comparison, held_at=None, searching=True)

        try:
            async with asyncio.timeout(ANSWER_S):
                found = await self._desk.answer(query, first=first)
            turn.blocks, turn.answer = _overview(found), found
        except NewsError as error:
            turn.error = explained(error)
        except Exception:  # whatever broke, the page says so instead of waiting for ever
            _log.exception("question not answered")
            turn.error = _(texts.TROUBLE)


def _overview(found: Answer) -> list[Block]:
    return answer.overview(found.comparison, held_at=found.made_at)


def sealed(keys: Sequence[str], secret: str) -> str:
    """A browser's list as its cookie holds it: readable, and of no use when changed."""
    body = base64.urlsafe_b64encode(json.dumps(list(keys[-LISTED_MAX:])).encode()).decode()
    return f"{body}.{_seal(body, secret)}"


def opened(cookie: str | None, secret: str) -> list[str]:
    """Back from the cookie; empty for one that we did not write."""
    body, _, seal = (cookie or "").partition(".")
    if not hmac.compare_digest(seal.encode(), _seal(body, secret).encode()):
        return []
    try:
        keys = json.loads(base64.urlsafe_b64decode(body.encode()))
    except (ValueError, binascii.Error):
        return []
    return [key for key in keys if isinstance(key, str)]


def _seal(body: str, secret: str) -> str:
    return hmac.new(secret.encode(), body.encode(), sha256).hexdigest()
