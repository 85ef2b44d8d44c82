"""Telegram's side of the store, with the clock put in: updates written down before they are acknowledged."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from claims.changes import overtaken
from claims.comparison import Cell, Comparison
from claims.types import SearchTerms
from newsroom.intake import Query
from newsroom.orders import SPAN, Orders
from storage.chats import ChatSettings, Limit, Traces
from storage.figures import Outcome
from storage.store import Store, StoredComparison
from storage.subscriptions import Follow, Subscription

__all__ = ["ChatSettings", "Inbox"]

LONG_AGO = timedelta(days=365)


class Inbox:
    """What the bot keeps: raw updates, the poller's lease, which message carries which answer."""

    def __init__(self, store: Store, now: Callable[[], datetime], orders: Orders | None = None) -> None:
        self._store = store
        self.orders = orders or Orders(store)
        self._now = now

    async def write_updates(self, updates: Sequence[tuple[int, str]]) -> int:
        """Commit raw updates; returns how many were new."""
        return await self._store.write_updates(updates, now=self._now())

    async def open_updates(self) -> list[tuple[int, str]]:
        """Updates written down and not closed yet, oldest first."""
        return await self._store.open_updates()

    async def close_updates(self, update_ids: Sequence[int], *, error: str | None = None) -> None:
        """Done, or set aside with the reason."""
        await self._store.close_updates(update_ids, error=error)

    async def take_lease(self, name: str, owner: str, *, seconds: float) -> bool:
        """Take or renew a lease; False while another owner holds it."""
        return await self._store.take_lease(name, owner, now=self._now(), seconds=seconds)

    async def release_lease(self, name: str, owner: str) -> None:
        """Give a lease back."""
        await self._store.release_lease(name, owner)

    async def remember_message(self, chat_id: int, message_id: int, answer_id: str) -> None:
        """Which answer a sent message carries, for its buttons."""
        await self._store.remember_message(chat_id, message_id, answer_id)

    async def answer_of(self, chat_id: int, message_id: int) -> str | None:
        """The id of the answer that a message carries."""
        return await self._store.comparison_of(chat_id, message_id)

    async def remember_reply(
        self, chat_id: int, asked_id: int, position: int, message_id: int, *, carries: str | None = None
    ) -> None:
        """Which message of ours answers the question at ``position`` of a person's message, and which answer it has."""
        await self._store.chats.remember_reply(
            chat_id, asked_id, position, message_id, now=self._now(), carries=carries
        )

    async def replies_to(self, chat_id: int, asked_id: int) -> dict[int, int]:
        """Position -> message of ours, for a person's message."""
        return await self._store.chats.replies_to(chat_id, asked_id)

    async def admit(self, person: int, chat_id: int, query: Query) -> timedelta | None:
        """Note a question and return None; or, where person or chat has asked too often, how long to wait."""
        each = Limit(questions=self.orders.questions(person), within=SPAN)
        chatwise = Limit(questions=self.orders.threshold("group_questions"), within=SPAN)
        wait = await self._store.chats.admit(
            person, chat_id, query.asked, now=self._now(), each=each, chatwise=chatwise
        )
        if wait is not None:
            await self.note_outcome("limited", 0.0)
        return wait

    async def note_outcome(self, outcome: str, seconds: float, *, held: int = 0, missed: int = 0) -> None:
        """What became of a question, with nothing of who asked it."""
        told = Outcome(at=self._now(), outcome=outcome, seconds=seconds, held=held, missed=missed)
        await self._store.figures.note(told)

    async def close_chat(self, chat_id: int, why: str) -> None:
        """The chat takes no messages from us any more: what it was told unasked ends."""
        await self._store.chats.close_chat(chat_id, why=why, now=self._now())
        await self._store.subscriptions.end(chat_id, why)

    async def open_chat(self, chat_id: int) -> None:
        """It takes them again."""
        await self._store.chats.open_chat(chat_id)

    async def move_chat(self, old: int, new: int) -> None:
        """A group has become a supergroup of another number."""
        await self._store.chats.move_chat(old, new)
        await self._store.subscriptions.move(old, new)

    async def set_auto_answer(self, chat_id: int, *, on: bool) -> None:
        """Whether links in a group are answered unasked."""
        await self._store.chats.set_auto_answer(chat_id, on=on)

    async def auto_answer(self, chat_id: int) -> bool:
        """As an admin of the group has set it; off at first."""
        return await self._store.chats.auto_answer(chat_id)

    async def settings(self, chat_id: int) -> ChatSettings:
        """How a chat wants to be answered."""
        return await self._store.chats.settings(chat_id)

    async def set_settings(self, chat_id: int, settings: ChatSettings) -> None:
        """Keep how a chat wants to be answered."""
        await self._store.chats.set_settings(chat_id, settings)

    async def report(
        self, person: int, chat_id: int, answer_id: str, kind: str, *, row: str | None = None, prompt: int | None = None
    ) -> bool:
        """Note a mistake that a person reports; with ``prompt``, the reply to that message will say what is wrong.

        False where the person has too many reports open.
        """
        now, reports = self._now(), self._store.reports
        made = await reports.add(person, chat_id, answer_id, kind=kind, now=now, row=row, prompt=prompt)
        return made is not None

    async def tell_report(self, person: int, chat_id: int, prompt: int, text: str) -> bool:
        """What is wrong, in a person's own words; False where the message replied to did not ask for it."""
        return await self._store.reports.tell(person, chat_id, prompt, text)

    async def traces(self, person: int) -> Traces:
        """All that is kept of a person."""
        return await self._store.chats.traces(person)

    async def standing_of(self, person: int) -> tuple[list[Subscription], list[Follow]]:
        """The digests that a person has set up, and the stories that the person follows."""
        rows = self._store.subscriptions
        return await rows.of_person(person), await rows.follows_of(person)

    async def forget_person(self, person: int) -> int:
        """Erase all that is kept of a person; returns how many rows."""
        return await self._store.subscriptions.forget_person(person) + await self._store.chats.forget_person(person)

    async def answers_about(self, words: str, *, limit: int) -> list[StoredComparison]:
        """Kept answers to the stories with any of the words, best match first; none about a reader's own text."""
        told = tuple(words.split())
        terms = SearchTerms(words=told, names=(), numbers=(), title=words, since=None, until=None)
        return await self._store.answers_about(terms, limit=limit)

    async def overtaken(self, comparison: Comparison) -> tuple[Cell, ...]:
        """The statements of an earlier answer that their outlets have changed since, as far as we have seen."""
        latest = [(article.url, await self._store.latest(article.url)) for article in comparison.articles]
        now = {url: found[0] for url, found in latest if found}
        return overtaken((cell for row in comparison.rows for cell in row.cells), now)

    async def answer_to(self, query: Query) -> StoredComparison | None:
        """The newest answer kept to a question, of whatever age."""
        return await self._store.recent(query.asked, since=self._now() - LONG_AGO)
