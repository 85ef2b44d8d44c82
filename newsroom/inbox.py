"""Telegram's side of the store, with the clock put in: updates written down before they are acknowledged."""

from collections.abc import Callable, Sequence
from datetime import datetime

from storage.store import Store


class Inbox:
    """What the bot keeps: raw updates, the poller's lease, which message carries which answer."""

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        self._store = store
        self._now = now

    async def write_updates(self, updates: Sequence[tuple[int, str]]) -> int:
        """Commit raw updates; returns how many were new."""
        return await self._store.write_updates(updates, now=self._now())

    async def open_updates(self) -> list[tuple[int, str]]:
        """Updates written down and not closed yet, oldest first."""
        return await self._store.open_updates()

    async def close_update(self, update_id: int, *, error: str | None = None) -> None:
        """Done, or set aside with the reason."""
        await self._store.close_update(update_id, error=error)

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
