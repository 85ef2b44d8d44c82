"""Telegram's pace: how many messages a second overall, and how many in each chat.

Telegram's own limits (``telegram.constants.FloodLimit``): about 30 messages a second overall, one a second in a private
chat after a short burst, 20 a minute in a group or channel. Edits count like messages.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

PRIVATE_PER_S, PRIVATE_BURST = 1.0, 3.0  # three: state message, first answer, comparison, without waiting
#: a full burst and a minute's refill together stay within 20 in any 60 s
GROUP_PER_S, GROUP_BURST = 16 / 60, 4.0
IDLE_CHATS_MAX = 10_000  # chats whose pace is remembered; a longer list is emptied of idle ones


@dataclass(slots=True)
class PacedChat:
    """A chat's queue (the lock is fair) and how many messages it may get at once."""

    per_s: float
    burst: float
    left: float
    at: float
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class Pace:
    """Turns. ``rate``: messages a second overall, 0 for no pace; ``clock`` and ``sleep`` count the same seconds."""

    def __init__(self, rate: float, *, clock: Callable[[], float], sleep: Callable[[float], Awaitable[None]]) -> None:
        self._rate = rate
        self._clock = clock
        self._sleep = sleep
        self._next = 0.0
        self._spare = asyncio.Lock()
        self._chats: dict[int, PacedChat] = {}

    async def turn(self, chat: PacedChat) -> None:
        """Wait until the chat and then the whole may get one more."""
        await self.own_turn(chat)
        if not self._rate:
            return
        slot = max(self._clock(), self._next)
        self._next = slot + 1 / self._rate
        if slot > self._clock():
            await self._sleep(slot - self._clock())

    async def spare_slot(self) -> None:
        """Wait until the whole may get one more and nobody is waiting for a ``turn``."""
        if not self._rate:
            return
        async with self._spare:
            while (wait := self._next - self._clock()) > 0:
                await self._sleep(wait)
            self._next = max(self._next, self._clock() - 1 / self._rate) + 1 / self._rate

    async def own_turn(self, chat: PacedChat) -> None:
        """Wait until the chat may get one more."""
        if not self._rate:
            return
        now = self._clock()
        chat.left = min(chat.burst, chat.left + (now - chat.at) * chat.per_s)
        chat.at = now
        if chat.left < 1:
            await self._sleep((1 - chat.left) / chat.per_s)
            chat.left, chat.at = 1.0, self._clock()
        chat.left -= 1

    def hold(self, chat: PacedChat, seconds: float) -> None:
        """Nothing more for the chat for so long."""
        chat.left, chat.at = 1 - seconds * chat.per_s, self._clock()

    def chat(self, chat_id: int) -> PacedChat:
        """The queue of a chat."""
        if len(self._chats) >= IDLE_CHATS_MAX:
            full = [key for key, one in self._chats.items() if not one.lock.locked() and self._refilled(one)]
            for key in full:
                del self._chats[key]
        if chat_id not in self._chats:
            per_s, burst = (PRIVATE_PER_S, PRIVATE_BURST) if chat_id > 0 else (GROUP_PER_S, GROUP_BURST)
            self._chats[chat_id] = PacedChat(per_s=per_s, burst=burst, left=burst, at=self._clock())
        return self._chats[chat_id]

    def _refilled(self, chat: PacedChat) -> bool:
        return chat.left + (self._clock() - chat.at) * chat.per_s >= chat.burst
