"""Whose turn it is: one request at a time for each host, a pause between two visits, and a bound over all hosts."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Protocol

from claims.errors import FetchFault

PAUSE_S = 2.0  # between two visits to one host; readers hardly notice, small sites do
OPEN_MAX = 16  # requests at the same time, all hosts together
RETRY_WAIT_MAX_S = 4.0  # a Retry-After up to this is waited for once; a longer one is told to the reader
HOSTS_MAX = 4000  # hosts whose last visit is remembered
HELD_S = 10.0  # a visit lasts no longer; so long a host stays taken after a process has died on a visit
LOOK_S = 0.5  # so often is a host looked at that another process holds


class Ledger(Protocol):
    """The turns of all processes. What it holds outlives them. Where it is out of order it lets everybody in."""

    async def take(self, host: str, seconds: float) -> float:
        """Take the host for so many seconds, 0; or the seconds until it is free of another visitor, not taken then."""
        ...

    async def leave(self, host: str, seconds: float) -> None:
        """The visit is over, the next one may begin in so many seconds; nothing where another has the turn by now."""
        ...


@dataclass(slots=True)
class Place:
    """One host: who is there, and from when on the next one may come."""

    pause_s: float
    free_at: float = 0.0  #: by the loop's clock
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class Turns:
    """The places of all hosts met so far. With a ``ledger`` they are shared with other processes."""

    def __init__(
        self,
        *,
        pause_s: float = PAUSE_S,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        ledger: Ledger | None = None,
    ) -> None:
        self._pause_s = pause_s
        self._sleep = sleep
        self._ledger = ledger
        self._places: dict[str, Place] = {}
        self._open = asyncio.Semaphore(OPEN_MAX)

    def place(self, host: str) -> Place:
        """The host's place. Where there are too many, those are forgotten that nobody would have to wait for."""
        if host not in self._places and len(self._places) >= HOSTS_MAX:
            now = asyncio.get_running_loop().time()
            self._places = {name: p for name, p in self._places.items() if p.lock.locked() or p.free_at > now}
        return self._places.setdefault(host, Place(self._pause_s))

    @asynccontextmanager
    async def turn(self, host: str, link: str, *, visit: bool) -> AsyncIterator[Place]:
        """Alone at the host. ``visit`` False is for robots.txt, which waits for no pause.

        Raises:
            FetchFault: the host has asked for a longer pause than a reader should wait.
        """
        place = self.place(host)
        async with place.lock:
            wait = place.free_at - asyncio.get_running_loop().time()
            if visit and wait > max(place.pause_s, RETRY_WAIT_MAX_S):
                raise _not_yet(host, wait, link)
            if visit and wait > 0:
                await self._sleep(wait)
            shared = self._ledger if visit and place.pause_s > 0 else None
            while True:
                async with self._open:  # first: what is taken must not run out in a queue
                    wait = await shared.take(host, HELD_S) if shared else 0.0
                    if wait <= 0:
                        try:
                            yield place
                        finally:
                            if shared:
                                await shared.leave(host, max(0.0, place.free_at - asyncio.get_running_loop().time()))
                        return
                if wait > max(place.pause_s, HELD_S):
                    raise _not_yet(host, wait, link)
                await self._sleep(min(wait, LOOK_S))  # most visits are over long before their time


def _not_yet(host: str, wait: float, link: str) -> FetchFault:
    return FetchFault(f"{host} asks programs to wait {wait:.0f} seconds more; try again then.", link=link)
