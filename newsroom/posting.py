"""Sending unasked, at most once: a row is claimed and committed, then it is sent, then its end is noted.

What is being sent when the process is asked to stop goes out and is noted; what still waits for its turn is left for
the next start. A send cut off by a kill stays claimed: see ``storage.deliveries``.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING, Protocol

from claims.comparison import Change, Row
from claims.digests import DigestSettings
from storage.deliveries import Deliveries, Key, State

if TYPE_CHECKING:  # the desk has what goes out unasked, and so imports this
    from newsroom.desk import Answer

FINISH_S = 5.0  # what is on its way at the end gets so long


class End(StrEnum):
    """How a send ended."""

    SENT = "sent"
    CLOSED = "closed"  # the chat takes no messages any more
    REFUSED = "refused"  # Telegram does not take the message as it is
    UNKNOWN = "unknown"  # the line broke after the message had left: it may have arrived
    NOT_OURS = "not ours"  # it was sent before, or is to be left alone now


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A story in a digest. ``again``: it was told before and has changed; ``changed``: address of the article that was
    changed last."""

    answer: "Answer"
    again: bool = False
    changed: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """An edition of a digest as it is to be told; no stories: a quiet day. ``trial``: a preview or a test."""

    settings: DigestSettings
    stories: tuple[Shown, ...]
    at: datetime
    trial: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """A story that enough outlets tell within a short time."""

    settings: DigestSettings
    answer: "Answer"
    outlets: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Development:
    """What is new in a followed story."""

    follow: int  #: its number
    answer: "Answer"
    outlets: tuple[str, ...]  #: addresses of articles of outlets that are new to it
    changes: tuple[Change, ...]  #: by outlets, to their articles
    rows: tuple[Row, ...]  #: that have a difference which is new


@dataclass(frozen=True, slots=True)
class Notice:
    """An admin's own words."""

    text: str


@dataclass(frozen=True, slots=True)
class Amends:
    """A correction of an answer: an admin's own words for what it said and what it should say."""

    headline: str
    old: str
    new: str


Words = Issue | Alert | Development | Notice | Amends


@dataclass(frozen=True, slots=True)
class Leave:
    """Leave to send: ``take`` just before, false where it is not given; ``give_back`` what was surely not sent."""

    take: Callable[[], Awaitable[bool]]
    give_back: Callable[[], Awaitable[None]]


class Line(Protocol):
    """The way out, with a pace that lets answers to people go first."""

    async def post(self, chat: int, words: Words, leave: Leave) -> tuple[End, int | None]:
        """Send once; how it ended, and the message's number."""

    async def tell_keeper(self, person: int, title: str) -> None:
        """Tell a person that the digest of their channel has ended, as the bot may not write there any more."""


class Posting:
    """Sends by a line, each thing once by its key."""

    def __init__(self, rows: Deliveries, line: Line, now: Callable[[], datetime]) -> None:
        self._rows = rows
        self._line = line
        self._now = now
        self._stopping = False
        self._sending: set[asyncio.Task[End]] = set()

    async def post(self, key: Key, chat: int, words: Words, *, stories: str | None = None) -> End:
        """Send; goes on to its end where the caller is cancelled meanwhile."""
        task = asyncio.create_task(self._post(key, chat, words, stories))
        self._sending.add(task)
        task.add_done_callback(self._ended)
        return await asyncio.shield(task)

    async def tell_keeper(self, person: int, title: str) -> None:
        """See ``Line``."""
        await self._line.tell_keeper(person, title)

    async def close(self) -> None:
        """Claim nothing more; what is on its way may end."""
        self._stopping = True
        if self._sending:
            _, late = await asyncio.wait(self._sending, timeout=FINISH_S)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def _ended(self, task: asyncio.Task[End]) -> None:
        self._sending.discard(task)
        if not task.cancelled():
            task.exception()  # whoever waits gets it; where the caller was cancelled it is nobody's

    async def _post(self, key: Key, chat: int, words: Words, stories: str | None) -> End:
        async def take() -> bool:
            return not self._stopping and await self._rows.claim(key, chat, now=self._now(), stories=stories)

        async def give_back() -> None:
            await self._rows.release(key)

        end, message = await self._line.post(chat, words, Leave(take, give_back))
        if end not in (End.UNKNOWN, End.NOT_OURS):
            await self._rows.settle(key, State(end.value), message=message)
        return end


def fingerprint(parts: Sequence[str]) -> str:
    """A short name for a state of things: the same parts give the same one."""
    return sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
