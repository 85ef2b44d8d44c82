"""What the admins have set, as this process knows it: read once, and again within seconds of any act anywhere.

Held in memory, as it is asked for at every address, question and press.
"""

import asyncio
import logging
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from claims.errors import BadInput, StoreFault
from newsroom.rights import Role
from scrapers.web import page_key
from storage.admin import NOTHING_SET
from storage.store import Store

LOOK_S = 2.0  # so late at most does a process know of an act in another one

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """A number that an admin may set while everything runs."""

    default: int
    least: int
    most: int
    meaning: str


#: Defaults are policy and stand here together with their reasons.
THRESHOLDS: dict[str, Threshold] = {
    # nobody reads faster; what is beyond is a program, and outlets are to be spared
    "questions": Threshold(default=30, least=1, most=1000, meaning="questions of one person in 10 minutes"),
    "group_questions": Threshold(default=60, least=1, most=5000, meaning="questions of one group in 10 minutes"),
    # live stories change within the hour
    "fresh_minutes": Threshold(default=15, least=0, most=1440, meaning="minutes that an answer is given again"),
    "held_hours": Threshold(default=6, least=0, most=168, meaning="hours that a held article is not fetched again"),
    # an index kept filled ahead of time makes open search needless
    "enough_outlets": Threshold(default=2, least=1, most=20, meaning="other outlets held that make search needless"),
    # beyond it new outlets rarely add a claim
    "articles": Threshold(default=12, least=1, most=40, meaning="pages read for one answer"),
}
SPAN = timedelta(minutes=10)  # of the two limits


class Orders:
    """See the module. Made by ``newsroom.wiring``; ``owner`` is the person whom the settings name."""

    def __init__(self, store: Store, *, owner: int | None = None) -> None:
        self._store = store
        self._owner = owner
        self._standing = NOTHING_SET

    async def read(self) -> None:
        """Know all that holds now. Raises StoreFault."""
        self._standing = await self._store.admin.standing()

    async def keep_up(self) -> None:
        """Read again whenever somebody has acted, until cancelled. A store that is down changes nothing meanwhile."""
        while True:
            await asyncio.sleep(LOOK_S)
            try:
                if await self._store.audit.newest() != self._standing.revision:
                    await self.read()
            except StoreFault as fault:
                _log.warning("orders not read: %s", fault)

    def role_of(self, person: int) -> Role | None:
        """What somebody may administer as; None for everybody else. Nobody takes the owner's role away."""
        if person == self._owner:
            return Role.OWNER
        return Role.of(self._standing.staff.get(person))

    @property
    def staff(self) -> dict[int, Role]:
        """Everybody who administers, the owner first."""
        told = {person: role for person in sorted(self._standing.staff) if (role := self.role_of(person))}
        first = {self._owner: Role.OWNER} if self._owner else {}
        return first | {person: role for person, role in told.items() if person != self._owner}

    def threshold(self, name: str) -> int:
        """A threshold's number now."""
        return int(self._standing.policy.get(name, THRESHOLDS[name].default))

    def is_blocked(self, person: int) -> bool:
        """Whether somebody is answered no more. Who administers always is."""
        return person in self._standing.blocked and self.role_of(person) is None

    def questions(self, person: int) -> int:
        """How many questions somebody may ask in ``SPAN``."""
        return self._standing.questions.get(person, self.threshold("questions"))

    def is_closed(self, link: str) -> bool:
        """See ``scrapers.web.Orders``."""
        standing = self._standing
        if standing.closed_domains and _within(_host(link), standing.closed_domains):
            return True
        return bool(standing.closed_pages) and page_key(link) in standing.closed_pages

    def pause_s(self, host: str) -> float:
        """See ``scrapers.web.Orders``."""
        labels = host.lower().split(".")
        ends = (".".join(labels[start:]) for start in range(len(labels)))
        return next((self._standing.pauses[end] for end in ends if end in self._standing.pauses), 0.0)


def domain_of(told: str) -> str:
    """A domain as an admin writes it, without door and path. Raises BadInput where it is none."""
    host = _host(told if "://" in told else f"https://{told}").removeprefix("www.").rstrip(".")
    if "." not in host or not all(label and label.replace("-", "").isalnum() for label in host.split(".")):
        raise BadInput(f"“{told[:60]}” is no domain. Write it like example.com.")
    return host


def _host(link: str) -> str:
    try:
        return (urlsplit(link.strip()).hostname or "").lower()
    except ValueError:  # brackets that hold no address
        return ""


def _within(host: str, domains: frozenset[str]) -> bool:
    """Whether a host is one of the domains, or below one."""
    labels = host.split(".")
    return any(".".join(labels[start:]) in domains for start in range(len(labels)))
