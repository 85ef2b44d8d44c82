"""Updates in, without loss: our own getUpdates loop on raw JSON, and the lanes in which updates are handled.

The order is what matters: a batch is written down, then acknowledged by the next offset, then parsed one by one. What
cannot be parsed is set aside and counted. Updates of one chat are handled in order, chats beside each other; what was
written down and not handled before a crash is handled first at the next start.
"""

import asyncio
import json
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Hashable, Sequence
from contextlib import suppress
from typing import Any

import structlog
from telegram import Bot, Update
from telegram.error import BadRequest, EndPointNotFound, InvalidToken, TelegramError

from bot.door import until_noted
from claims.errors import BadInput, StoreFault
from newsroom.inbox import Inbox

LEASE = "telegram-poller"
LEASE_S = 25.0  # longer than one long poll with its fault, short enough that another replica takes over soon
POLL_S = 10
#: python-telegram-bot makes it "getUpdates"; under that name it warns that there is a method that parses the updates
RAW_GET_UPDATES = "get_Updates"
ALLOWED = ("message", "edited_message", "callback_query", "inline_query", "my_chat_member")
IN_HAND_MAX = 2000  # updates; beyond it no more are fetched: Telegram keeps them a day
TAKE_UP_S = 600.0  # how often updates that were left open are taken up again
LOOK_S = 0.3  # how often the inbox is looked into behind a webhook
AT_ONCE = 32  # chats handled beside each other
STOP_S = 8.0  # an answer under way may end; what does not is handled at the next start
RETRY_FIRST_S, RETRY_MAX_S = 1.0, 30.0
JOIN_S = 1.0  # the parts of one long text come within this time
TELEGRAM_REFUSES = "Telegram does not know this bot token. Set TELEGRAM_BOT_TOKEN to the one from @BotFather."

_log = structlog.get_logger(__name__)


class Lanes:
    """Hands updates to ``handle``: in order within a lane, at most AT_ONCE lanes at a time.

    ``behind(update)`` names another lane that must be empty before, None for none; never each other's.
    ``goes_on(first, second)`` says whether the second update is the next part of the first one's text: both are then
    handled as one. ``may_go_on(update)`` says whether such a part is to be waited for.
    """

    def __init__(
        self,
        inbox: Inbox,
        handle: Callable[[Sequence[Update]], Awaitable[None]],
        *,
        lane_of: Callable[[Update], Hashable],
        behind: Callable[[Update], Hashable],
        may_go_on: Callable[[Update], bool],
        goes_on: Callable[[Update, Update], bool],
    ) -> None:
        self._inbox = inbox
        self._handle = handle
        self._lane_of = lane_of
        self._behind = behind
        self._may_go_on = may_go_on
        self._goes_on = goes_on
        self._waiting: dict[Hashable, deque[Update]] = {}
        self._arrived: dict[Hashable, asyncio.Event] = {}
        self._running: dict[Hashable, asyncio.Task[None]] = {}
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._in_hand: set[int] = set()
        self._handled: list[int] = []  # and not closed yet
        self._closing: asyncio.Task[None] | None = None

    @property
    def in_hand(self) -> int:
        """How many updates wait or are being handled."""
        return len(self._in_hand)

    def put(self, update: Update) -> None:
        """Queue an update in its lane; one that is in hand already is let go."""
        if update.update_id in self._in_hand:
            return
        lane = self._lane_of(update)
        self._in_hand.add(update.update_id)
        self._waiting.setdefault(lane, deque()).append(update)
        self._arrived.setdefault(lane, asyncio.Event()).set()
        if lane not in self._running:
            self._running[lane] = asyncio.create_task(self._run(lane))

    async def stop(self, seconds: float) -> None:
        """Let what is under way end for so long, then end it; updates not handled stay open in the inbox."""
        for waiting in self._waiting.values():
            waiting.clear()
        tasks = list(self._running.values())
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        if self._closing is not None:
            await asyncio.gather(self._closing, return_exceptions=True)

    async def _run(self, lane: Hashable) -> None:
        try:
            while self._waiting[lane]:
                batch = await self._next(lane)
                if before := self._running.get(self._behind(batch[0])):
                    await asyncio.wait((before,))
                async with self._slots:
                    await self._one(batch)
                self._in_hand.difference_update(update.update_id for update in batch)
        finally:
            del self._waiting[lane], self._running[lane], self._arrived[lane]

    async def _next(self, lane: Hashable) -> list[Update]:
        """The next update of a lane with the parts that go on from it."""
        waiting, arrived = self._waiting[lane], self._arrived[lane]
        batch = [waiting.popleft()]
        while self._may_go_on(batch[-1]):
            arrived.clear()
            if not waiting:
                with suppress(TimeoutError):
                    await asyncio.wait_for(arrived.wait(), JOIN_S)
            if not waiting or not self._goes_on(batch[-1], waiting[0]):
                break
            batch.append(waiting.popleft())
        return batch

    async def _one(self, batch: Sequence[Update]) -> None:
        """Handle and close; what the line or the database did not let through stays open and is taken up again."""
        error, number = None, batch[0].update_id
        try:
            with until_noted():
                try:
                    await self._handle(batch)
                except Exception as fault:
                    if isinstance(fault, StoreFault | TelegramError) and not isinstance(fault, BadRequest):
                        raise
                    _log.exception("update set aside", update=number)
                    error = repr(fault)
                await self._close([update.update_id for update in batch], error)
        except (StoreFault, TelegramError) as fault:
            _log.error("update left open", update=number, fault=str(fault))

    async def _close(self, numbers: Sequence[int], error: str | None) -> None:
        """Close updates; those that are handled in the same moment are closed together, each commit takes some 2 ms."""
        if error is not None:
            await self._inbox.close_updates(numbers, error=error)
            return
        self._handled += numbers
        if self._closing is None or self._closing.done():
            self._closing = asyncio.create_task(self._close_handled())
        await asyncio.shield(self._closing)  # others wait for it too

    async def _close_handled(self) -> None:
        while self._handled:
            numbers, self._handled = self._handled, []
            await self._inbox.close_updates(numbers)


class Poller:
    """The one loop of a token that takes updates up; several replicas may run it, the lease lets one through.

    ``asks``: whether it asks Telegram for updates, or takes up what a webhook has written down.
    """

    def __init__(self, bot: Bot, inbox: Inbox, lanes: Lanes, *, owner: str, asks: bool = True) -> None:
        self._bot = bot
        self._inbox = inbox
        self._lanes = lanes
        self._owner = owner
        self._asks = asks
        self.leads = False  #: whether this process is the one that takes updates up, and so knows the pace of all
        self._offset: int | None = None
        self._take_up_at = 0.0

    async def run(self, stop: asyncio.Event) -> None:
        """Poll until ``stop`` is set. Raises BadInput where Telegram does not know the token."""
        stopped = asyncio.create_task(stop.wait())
        pause = RETRY_FIRST_S
        try:
            while not stop.is_set():
                try:
                    wait = await self._step(stopped)
                    pause = RETRY_FIRST_S
                except (InvalidToken, EndPointNotFound):
                    raise BadInput(TELEGRAM_REFUSES) from None  # the cause's words hold the token
                except (TelegramError, StoreFault) as fault:
                    _log.warning("no updates fetched", fault=str(fault), again_in=pause)
                    wait, pause = pause, min(pause * 2, RETRY_MAX_S)
                if wait:
                    await asyncio.wait((stopped,), timeout=wait)
        finally:
            stopped.cancel()
            await self._lanes.stop(STOP_S)
            with suppress(StoreFault):
                await self._inbox.release_lease(LEASE, self._owner)

    async def _step(self, stopped: asyncio.Task[bool]) -> float:
        """One round; returns how long to wait before the next. Its writes are never cut off: what is fetched and not
        written down would be fetched again.
        """
        self.leads = await self._inbox.take_lease(LEASE, self._owner, seconds=LEASE_S)
        if not self.leads:
            self._take_up_at = 0.0
            return LEASE_S / 4
        if not self._asks:
            await self._take_up(await self._inbox.open_updates())
            return LOOK_S
        if asyncio.get_running_loop().time() >= self._take_up_at:
            await self._take_up(await self._inbox.open_updates())
            self._take_up_at = asyncio.get_running_loop().time() + TAKE_UP_S
        if self._lanes.in_hand >= IN_HAND_MAX:
            return RETRY_FIRST_S
        await self._fetch(stopped)
        return 0.0

    async def _fetch(self, stopped: asyncio.Task[bool]) -> None:
        """One long poll: write the batch down, move the offset, parse one by one."""
        poll = self._bot.do_api_request(
            RAW_GET_UPDATES,
            api_kwargs={"offset": self._offset, "timeout": POLL_S, "allowed_updates": list(ALLOWED)},
            read_timeout=POLL_S + 10,
        )
        fetched: list[dict[str, Any]] | None = await _unless(stopped, poll)
        if not fetched:
            return
        batch = [(one["update_id"], json.dumps(one)) for one in fetched]
        new = await self._inbox.write_updates(batch)
        self._offset = batch[-1][0] + 1
        # delivered again: what has been handled meanwhile is not handled twice
        await self._take_up(batch if new == len(batch) else await self._inbox.open_updates())

    async def _take_up(self, updates: Sequence[tuple[int, str]]) -> None:
        """Parse one by one and put them in their lanes, oldest first."""
        for update_id, raw in updates:
            try:
                update = Update.de_json(json.loads(raw), self._bot)
            except Exception as fault:  # whatever Telegram may send some day, one update must not stop the others
                _log.error("update cannot be parsed", update=update_id, fault=repr(fault))
                await self._inbox.close_updates([update_id], error=repr(fault))
            else:
                self._lanes.put(update)


async def _unless(stopped: asyncio.Task[bool], request: Coroutine[Any, Any, Any]) -> Any:
    """What Telegram answers; None where the bot is to stop meanwhile, and the request is given up."""
    work = asyncio.create_task(request)
    await asyncio.wait((work, stopped), return_when=asyncio.FIRST_COMPLETED)
    if work.done():
        return work.result()
    work.cancel()
    await asyncio.wait((work,))
    return None
