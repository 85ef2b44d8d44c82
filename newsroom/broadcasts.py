"""A message of an admin to all subscribers: begun here, sent by ``newsroom.unasked``, its progress read here.

It goes to people: private subscribers, and those who keep the digest of a channel or group, each once. Never into
their channels, whose posts are their keepers' own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from claims.errors import BadInput
from storage.deliveries import Broadcast, Deliveries, State, Unknown
from storage.jobs import JobBook

KIND = "broadcast"
TEXT_MAX = 4096  # UTF-16 units of one message on Telegram
IN_FLIGHT = timedelta(seconds=40)  # a call ends within 20 s; what was claimed longer ago has an end that nobody saw


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a broadcast is. The counts add up to ``total``."""

    id: int
    text: str
    by: int  #: the admin
    made_at: datetime
    ended_at: datetime | None  #: None while it is under way
    total: int
    sent: int
    closed: int  #: blocked, deleted or left: they get nothing more
    refused: int  #: Telegram did not take the message
    unknown: int  #: a send was cut off in its middle: it may have arrived, and is not sent again
    left: int  #: still to come, with those being sent at this moment


class Broadcasts:
    """Broadcasts. Raise StoreFault where the database is out of order."""

    def __init__(self, rows: Deliveries, jobs: JobBook, now: Callable[[], datetime]) -> None:
        self._rows = rows
        self._jobs = jobs
        self._now = now

    async def audience(self) -> int:
        """How many people a broadcast would reach now."""
        return await self._rows.audience()

    async def start_broadcast(self, text: str, by: int) -> int:
        """Begin to send a plain text to all subscribers there are now; returns the broadcast's number.

        Raises BadInput for an empty text and for one that is longer than a message.
        """
        told = text.strip()
        if not told:
            raise BadInput("There is nothing to send. Write the message after the command.")
        if len(told.encode("utf-16-le", "surrogatepass")) // 2 > TEXT_MAX:
            raise BadInput(f"The message is too long. At most {TEXT_MAX} characters fit one message on Telegram.")
        number = await self._rows.add_broadcast(told, by, now=self._now())
        await self._jobs.plan(KIND, [(str(number), self._now())])
        return number

    async def stop_broadcast(self, number: int) -> None:
        """Send nothing more of it; what has been sent stays sent."""
        await self._rows.end_broadcast(number, now=self._now())

    async def progress(self, number: int) -> Progress | None:
        """How far a broadcast is; None if there is none of that number."""
        told = await self._rows.broadcast(number)
        return None if told is None else await self._progress(told)

    async def recent(self, *, limit: int = 5) -> list[Progress]:
        """The newest broadcasts, newest first."""
        return [await self._progress(told) for told in await self._rows.broadcasts(limit=limit)]

    async def unknown(self) -> tuple[int, list[Unknown]]:
        """How many sends of any kind (digests, alerts, followed stories, broadcasts) have an end that nobody saw, and
        the newest of them."""
        return await self._rows.unknown(before=self._now() - IN_FLIGHT)

    async def _progress(self, told: Broadcast) -> Progress:
        counts, old = await self._rows.counts(KIND, str(told.id), before=self._now() - IN_FLIGHT)
        claimed = counts.get(State.CLAIMED, 0)
        lost = claimed if told.ended_at else old
        return Progress(
            id=told.id,
            text=told.text,
            by=told.person,
            made_at=told.made_at,
            ended_at=told.ended_at,
            total=sum(counts.values()),
            sent=counts.get(State.SENT, 0),
            closed=counts.get(State.CLOSED, 0),
            refused=counts.get(State.REFUSED, 0),
            unknown=lost,
            left=counts.get(State.DUE, 0) + claimed - lost,
        )
