"""New messages go out and are noted one after the other: a kill doubles what is sent and not noted, so one at most.

A message is noted when its number is written down, or when the update that it answers is closed.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Any, TypeVar

#: who has been inside for so long lets the next one in beside: a line that stands still holds up nobody for long
BESIDE_S = 1.0

T = TypeVar("T")
#: what says of each message sent for an update, and not noted yet, that it is
_unnoted: ContextVar[list[Callable[[], None]] | None] = ContextVar("unnoted", default=None)


class Door:
    """The one way out for new messages of a process."""

    def __init__(self) -> None:
        self._entering = asyncio.Lock()
        self._last = asyncio.Event()
        self._last.set()

    async def through(self, send: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Send when the one before is noted, or has been inside for BESIDE_S."""
        async with self._entering:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._last.wait(), BESIDE_S)
            mine = self._last = asyncio.Event()
        unnoted = _unnoted.get()
        try:
            sent = await send()
        except BaseException:
            mine.set()
            raise
        if unnoted is None:
            mine.set()
        else:
            unnoted.append(mine.set)
        return sent


@contextmanager
def until_noted() -> Iterator[None]:
    """What is sent within it is noted by its end, or when ``noted`` is called."""
    sent: list[Callable[[], None]] = []
    token = _unnoted.set(sent)
    try:
        yield
    finally:
        noted()
        _unnoted.reset(token)


def noted() -> None:
    """What was sent so far for the update that is being handled would not be sent again after a kill."""
    unnoted = _unnoted.get() or []
    while unnoted:
        unnoted.pop()()
