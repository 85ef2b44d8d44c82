"""From a question to the message that answers it: work shared by all who ask the same, one message that goes on.

What the desk knows already comes as one message. Else the message says that it is being read, then shows the asked
article's own claims, then the comparison. Its number is written down, so that after a crash the same message goes on.
"""

import asyncio
from collections.abc import Callable, Hashable
from contextvars import copy_context
from dataclasses import dataclass, field, replace

import structlog
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest

from bot import metrics, texts
from bot.answer import GROUP_MAX, several, told_by_several
from bot.asking import explained, reading
from bot.door import noted
from bot.language import Lazy, language, zone
from bot.screens import Screen, View, first_screen, followable, screen, sentences
from bot.sending import Sender
from bot.wishes import preferring, wishes
from claims.comparison import Comparison
from claims.errors import NewsError, StoreFault
from newsroom.desk import Answer, Desk
from newsroom.intake import Query

ANSWER_S = 90.0  # the desk has deadlines of its own, some 20 s in all; this ends what hangs
KNOWN_S = 0.4  # what the desk knows comes within it, and then one message is enough
SHARED_S = 1.0  # who asks the same so soon gets the same: of a crowd one looks into the store, which takes 2 ms each
DRAWN_MAX = 500  # screens kept drawn, some 5 kB each: a story of the day is asked for by many, and drawing takes 10 ms

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a question was asked, and so where its answer goes."""

    chat_id: int
    asked_id: int  #: the person's message
    position: int = 0  #: of the question in it
    thread_id: int | None = None  #: topic of a group
    reply_to: int | None = None  #: the post that the answer stands under

    def at(self, position: int) -> "Place":
        """Another question of the same message."""
        return replace(self, position=position)


@dataclass(slots=True)
class _Work:
    """A question under way, whoever asked it."""

    task: asyncio.Task[Answer]
    reading: Comparison | None = None
    listeners: list[Callable[[Comparison], None]] = field(default_factory=list)


class Answering:
    """Answers questions. ``public_url``: where readers reach the page, None where they cannot."""

    def __init__(self, desk: Desk, sender: Sender, *, public_url: str | None) -> None:
        self._desk = desk
        self._sender = sender
        self._public_url = public_url
        self._under_way: dict[str, _Work] = {}
        self._drawn: dict[Hashable, Screen] = {}
        self._showing: dict[int, set[asyncio.Task[bool]]] = {}

    async def answer(self, place: Place, query: Query, *, again: bool = False) -> bool:
        """Answer in a private chat. ``again``: the question has changed since its message was last shown.

        False where the chat takes no messages any more.
        """
        began = asyncio.get_running_loop().time()
        metrics.ASKED.inc()
        message = await self._message(place)
        work = self._work(query)
        await asyncio.wait((work.task,), timeout=KNOWN_S)
        showing: list[asyncio.Task[bool]] = []

        mine = copy_context()  # the work speaks the language of whoever asked first

        def show(comparison: Comparison) -> None:
            # the desk goes on meanwhile; later edits queue behind it
            shown = message.show(mine.run(self._first, comparison))
            showing.append(asyncio.create_task(shown, context=mine))

        try:
            if not work.task.done():
                shown_reading = None
                if message.id is None or again:
                    shown_reading = work.reading
                    waiting = self._first(work.reading) if work.reading else sentences([reading(query)])
                    if not await message.show(waiting):
                        return False
                if work.reading is None:
                    work.listeners.append(show)
                elif work.reading is not shown_reading:  # it came while the message was on its way
                    show(work.reading)
            shown, answer = await self._outcome(work, place)
            await asyncio.gather(*showing, return_exceptions=True)
            there = await self._shown(message, shown, answer)
            await self._note(began, answer)
            return there
        except BadRequest:
            _log.exception("answer refused", chat=place.chat_id)
            return await message.show(sentences([texts.TROUBLE]))
        finally:
            if show in work.listeners:
                work.listeners.remove(show)
            for task in showing:  # it is done by now, unless the bot is being stopped
                task.cancel()
            await asyncio.gather(*showing, return_exceptions=True)

    async def answer_in_group(self, place: Place, query: Query, *, asked: bool) -> None:
        """One short message under a post, or silence. ``asked``: else the link was taken up unasked."""
        began = asyncio.get_running_loop().time()
        metrics.ASKED.inc()
        try:
            answer = await asyncio.shield(self._work(query).task)
        except Exception as fault:  # a group that sees no answer is better served than by an error under its post
            _log.info("nothing to say in a group", chat=place.chat_id, fault=repr(fault))
            await self._note(began, None)
            return
        comparison = answer.comparison
        if several(comparison) if asked else told_by_several(comparison):
            message = await self._message(place)
            await self._shown(message, self.screen(answer, View(), limit=GROUP_MAX), answer)
        await self._note(began, answer)

    async def say(self, place: Place, sentence: str | Lazy) -> bool:
        """A sentence instead of an answer; False where the chat takes no messages any more."""
        return await (await self._message(place)).show(sentences([sentence]))

    async def show(self, place: Place, answer: Answer) -> bool:
        """An answer that is kept; False where the chat takes no messages any more."""
        return await self._shown(await self._message(place), self.screen(answer, View()), answer)

    def screen(self, answer: Answer, view: View, *, limit: int | None = None) -> Screen:
        """What a message shows of an answer, as its chat wants it."""
        wanted = wishes()
        limit = limit or (GROUP_MAX if wanted.short else None)
        key = (answer.id, view, limit, language(), zone(), wanted.outlets_first)
        drawn = self._drawn.get(key)
        if drawn is None:
            comparison = preferring(answer.comparison, wanted.outlets_first)
            drawn = screen(comparison, view, held_at=answer.made_at, page_url=self.page_url(answer), first_max=limit)
            if len(self._drawn) >= DRAWN_MAX:
                self._drawn.clear()
            if not answer.private:  # what a person has erased must not live on here
                self._drawn[key] = drawn
        return drawn

    def _first(self, comparison: Comparison) -> Screen:
        wanted = wishes()
        limit = GROUP_MAX if wanted.short else None
        return first_screen(preferring(comparison, wanted.outlets_first), first_max=limit)

    def page_url(self, answer: Answer) -> str | None:
        """The page of an answer; none for one that is a reader's alone."""
        if self._public_url is None or answer.private:
            return None
        return f"{self._public_url.rstrip('/')}/answer/{answer.id}"

    async def carried_by(self, chat_id: int, message_id: int) -> Answer | None:
        """The answer that a message carries; what a button itself says is never believed."""
        here = [tasks for chat, tasks in self._showing.items() if self._sender.current(chat) == chat_id]
        about_to_be_noted = set().union(*here)
        answer_id = await self._desk.inbox.answer_of(chat_id, message_id)
        if answer_id is None and about_to_be_noted:  # a reader was quicker
            await asyncio.wait(about_to_be_noted)
            answer_id = await self._desk.inbox.answer_of(chat_id, message_id)
        return await self._desk.recall(answer_id) if answer_id else None

    async def close(self) -> None:
        """End what is under way."""
        tasks = [work.task for work in self._under_way.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _note(self, began: float, answer: Answer | None) -> None:
        """Count how a question ended, for /metrics and /stats; ``answer`` None: in a sentence."""
        seconds = asyncio.get_running_loop().time() - began
        outcome = "error" if answer is None else "stored" if answer.from_store else "answered"
        metrics.ANSWERED.labels(outcome=outcome).inc()
        if answer is not None:
            metrics.ANSWER_SECONDS.observe(seconds)
        held = len(answer.comparison.articles) if answer else 0
        missed = sum(miss.url is not None for miss in answer.comparison.misses) if answer else 0
        try:
            await self._desk.inbox.note_outcome(outcome, seconds, held=held, missed=missed)
        except StoreFault as fault:  # a person has the answer; a number is missing
            _log.warning("outcome not noted", fault=str(fault))

    async def _outcome(self, work: _Work, place: Place) -> tuple[Screen, Answer | None]:
        try:
            answer = await asyncio.shield(work.task)
        except NewsError as error:
            return sentences([explained(error)]), None
        except Exception:  # whatever broke, the reader is told so, and other questions go on
            _log.exception("question not answered", chat=place.chat_id)
            return sentences([texts.TROUBLE]), None
        return self.screen(answer, View()), answer

    async def _shown(self, message: "_Message", shown: Screen, answer: Answer | None) -> bool:
        """Show an answer, and have it known meanwhile that its message is about to be noted."""
        chat_id = message.place.chat_id
        task = asyncio.create_task(message.show(shown, answer=answer))
        showing = self._showing.setdefault(chat_id, set())
        showing.add(task)
        try:
            return await task
        finally:
            showing.discard(task)
            if not showing:
                self._showing.pop(chat_id, None)

    async def _message(self, place: Place) -> "_Message":
        known = await self._desk.inbox.replies_to(place.chat_id, place.asked_id)
        return _Message(self._desk, self._sender, place, known.get(place.position))

    def _work(self, query: Query) -> _Work:
        """The work on a question, begun now or by whoever asked it first."""
        work = self._under_way.get(query.asked)
        if work is None:
            begun = _Work(asyncio.create_task(self._answer(query)))
            begun.task.add_done_callback(lambda task: self._ended(query.asked, task))
            work = self._under_way[query.asked] = begun
        return work

    async def _answer(self, query: Query) -> Answer:
        async def first(comparison: Comparison) -> None:
            work = self._under_way[query.asked]
            work.reading = comparison
            for listener in work.listeners:
                listener(comparison)

        async with asyncio.timeout(ANSWER_S):
            return await self._desk.answer(query, first=first)

    def _ended(self, asked: str, task: asyncio.Task[Answer]) -> None:
        # an exception is asked for here too: who waited has got it; where nobody waits any more it is nobody's
        if task.cancelled() or task.exception() is not None or task.result().private:
            del self._under_way[asked]
        else:
            asyncio.get_running_loop().call_later(SHARED_S, self._under_way.pop, asked)


class _Message:
    """The message that answers one question: sent once, then edited."""

    def __init__(self, desk: Desk, sender: Sender, place: Place, message_id: int | None) -> None:
        self._desk = desk
        self._sender = sender
        self.place = place
        self.id = message_id

    async def show(self, shown: Screen, *, answer: Answer | None = None) -> bool:
        """Show a screen; of an answer, so that its buttons work. False where the chat takes no messages any more."""
        place = self.place
        buttons = keyboard(followable(shown) if answer and place.chat_id > 0 else shown)
        if self.id is None:
            now = await self._sender.send(
                place.chat_id, shown.html, keyboard=buttons, thread_id=place.thread_id, reply_to=place.reply_to
            )
        else:
            if answer:
                # first, as a reader may be quick
                await self._desk.inbox.remember_message(self._sender.current(place.chat_id), self.id, answer.id)
            now = await self._sender.edit(
                place.chat_id,
                self.id,
                shown.html,
                keyboard=buttons,
                thread_id=place.thread_id,
                reply_to=place.reply_to,
            )
        if now is None:
            return False
        if now != self.id:
            self.id = now
            await self._desk.inbox.remember_reply(
                self._sender.current(place.chat_id),
                place.asked_id,
                place.position,
                now,
                carries=answer.id if answer else None,
            )
            noted()
        return True


def keyboard(shown: Screen) -> InlineKeyboardMarkup | None:
    """The buttons as Telegram takes them."""
    if not shown.buttons:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(one.text, callback_data=one.data, url=one.url) for one in row] for row in shown.buttons]
    )
