"""What admins do, with the clock put in: each act is logged in the transaction that does it, and holds at once.

Rights are not looked at here but in front of it, once (``newsroom.rights``, ``bot.admin.desk``).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from claims.errors import BadInput
from newsroom.broadcasts import Broadcasts
from newsroom.channel_care import ChannelCare
from newsroom.desk import Desk
from newsroom.machine_care import FOLDER as BACKUPS
from newsroom.machine_care import MachineCare, State
from newsroom.orders import THRESHOLDS, Orders
from newsroom.outlet_care import OutletCare
from newsroom.rights import Role
from newsroom.story_care import StoryCare
from scrapers.outlets import Outlets
from scrapers.web import Web
from storage.admin import Person
from storage.audit import Act, By
from storage.store import Store

__all__ = ["Act", "Administration", "By", "Person", "Setting", "number_of"]

BUSY_SINCE = timedelta(days=1)
QUESTIONS_MAX = 10_000  # of one person at a time; more is no limit


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A threshold as it stands."""

    name: str
    value: int
    default: int
    least: int
    most: int
    meaning: str


class Administration:
    """Who administers, people, thresholds, the log. Methods raise BadInput for what makes no sense, StoreFault."""

    def __init__(
        self,
        store: Store,
        orders: Orders,
        now: Callable[[], datetime],
        *,
        web: Web,
        registry: Outlets,
        desk: Desk,
        backups: Path = BACKUPS,
    ) -> None:
        self._desk = desk
        self._store = store
        self._now = now
        self.orders = orders
        self.outlets = OutletCare(store, web, registry, orders, now)
        self.stories = StoryCare(store, desk, now)
        self.channels = ChannelCare(store, desk)
        self.machine = MachineCare(store, now, folder=backups)

    def by(self, who: int) -> By:
        """Somebody, acting now."""
        return By(who, self._now())

    # Who administers

    async def grant(self, person: int, title: str, *, by: By) -> Role:
        """Make somebody an admin or a moderator."""
        role = Role.of(title)
        if role is None or role is Role.OWNER:
            raise BadInput("The roles are admin and moderator. The owner is set by SECOND_SOURCE_OWNER_ID alone.")
        self._not_the_owner(person)
        await self._store.admin.set_role(person, role.title, by=by)
        await self.orders.read()
        return role

    async def revoke(self, person: int, *, by: By) -> None:
        """Take somebody's role away."""
        self._not_the_owner(person)
        if self.orders.role_of(person) is None:
            raise BadInput(f"{person} has no role.")
        await self._store.admin.set_role(person, None, by=by)
        await self.orders.read()

    def _not_the_owner(self, person: int) -> None:
        if self.orders.role_of(person) is Role.OWNER:
            raise BadInput("The owner is set by SECOND_SOURCE_OWNER_ID and keeps the role.")

    # People

    async def person(self, person: int) -> Person:
        """What is known of somebody."""
        return await self._store.admin.person(person)

    async def busiest(self, *, limit: int) -> list[Person]:
        """Whoever is blocked or has a limit, then who asked most within a day."""
        return await self._store.admin.busiest(since=self._now() - BUSY_SINCE, limit=limit)

    async def block(self, person: int, *, blocked: bool, by: By) -> None:
        """Answer somebody no more, or again."""
        if blocked and self.orders.role_of(person) is not None:
            raise BadInput(f"{person} administers. Take the role away first, with /admins.")
        await self._store.admin.block(person, blocked=blocked, by=by)
        await self.orders.read()

    async def limit(self, person: int, questions: int | None, *, by: By) -> None:
        """A person's own number of questions in ten minutes; None: as everybody."""
        if questions is not None and not 0 <= questions <= QUESTIONS_MAX:
            raise BadInput(f"A limit is a number from 0 to {QUESTIONS_MAX}.")
        await self._store.admin.limit(person, questions, by=by)
        await self.orders.read()

    # Thresholds

    def settings(self) -> list[Setting]:
        """All thresholds as they stand."""
        return [
            Setting(
                name=name,
                value=self.orders.threshold(name),
                default=one.default,
                least=one.least,
                most=one.most,
                meaning=one.meaning,
            )
            for name, one in THRESHOLDS.items()
        ]

    def setting(self, name: str) -> Setting:
        """One of them."""
        found = next((one for one in self.settings() if one.name == name), None)
        if found is None:
            raise BadInput(f"There is no threshold of that name. They are: {', '.join(THRESHOLDS)}.")
        return found

    async def set_threshold(self, name: str, value: int | None, *, by: By) -> Setting:
        """Set a threshold, or with None take it back to its default."""
        one = self.setting(name)
        if value is not None and not one.least <= value <= one.most:
            raise BadInput(f"{name} takes a number from {one.least} to {one.most}.")
        stored = None if value == one.default else value
        await self._store.admin.set_policy(name, stored, default=one.default, by=by)
        await self.orders.read()
        return self.setting(name)

    # Broadcasts

    @property
    def broadcasts(self) -> Broadcasts:
        """The words that go to all subscribers, and how far they are."""
        return self._desk.broadcasts

    async def broadcast(self, text: str, *, by: By) -> int:
        """Begin to send a text to all subscribers; the broadcast's number."""
        await self.note(by, "broadcast.send", "all subscribers", after=text)
        return await self.broadcasts.start_broadcast(text, by.who)

    async def stop_broadcast(self, number: int, *, by: By) -> None:
        """Send nothing more of it."""
        await self.note(by, "broadcast.stop", number)
        await self.broadcasts.stop_broadcast(number)

    async def health(self) -> list[State]:
        """The state of things, one line each."""
        unknown, _ = await self.broadcasts.unknown()
        told = {None: "not loaded before the first question", True: "at hand", False: "missing: second-source doctor"}
        model = State(what="Model", ok=self._desk.has_model is not False, told=told[self._desk.has_model])
        return [*await self.machine.health(unknown=unknown), model]

    async def tidy(self) -> None:
        """Once a day: erase what has come in beside a takedown, and figures that no statistics shows."""
        await self.outlets.erase_again()
        await self.machine.forget()

    # The log, and what waits for a word

    async def acts(self, *, limit: int, about: str | None = None) -> list[Act]:
        """The newest acts first."""
        return await self._store.audit.acts(limit=limit, about=about)

    async def note(self, by: By, act: str, what: object, *, before: object = None, after: object = None) -> None:
        """Log an act that is done elsewhere, before it is done: no act goes unlogged."""
        await self._store.audit.note(by.did(act, what, before=before, after=after))

    async def propose(self, act: str, body: str, *, by: By) -> int:
        """Keep what an admin is shown before it is done; its number."""
        return await self._store.admin.keep_draft(act, body, by=by)

    async def accept(self, number: str, act: str, *, by: By) -> str:
        """What was proposed, once. Raises BadInput where it is old, another's or was never proposed."""
        kept = await self._store.admin.take_draft(int(number), act, by=by) if number.isdecimal() else None
        if kept is None:
            raise BadInput("This is done already, or too old. Start again.")
        return kept


def number_of(told: str, what: str) -> int:
    """A whole number as an admin writes it. Raises BadInput, which says what it should be."""
    if not told.removeprefix("-").isdecimal() or len(told) > 18:
        raise BadInput(f"Give {what} as a number.")
    return int(told)
