"""What admins have set: who administers, thresholds, people blocked or limited, pauses and switches of outlets.

Each act is one transaction with its line in the log (``storage.audit``). ``by`` says who does it, and when.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta

from sqlalchemy import delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from claims.types import Outlet, OutletKind
from storage._database import Database
from storage._keeping import upsert
from storage._rows import outlet_row
from storage.audit import By, write
from storage.tables import (
    asks,
    audit,
    chats,
    drafts,
    jobs,
    outlet_orders,
    outlets,
    people,
    policy,
    staff,
    takedowns,
    updates,
)

DRAFT_KEPT = timedelta(hours=1)  # what nobody has confirmed by then is not meant any more


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """All that holds from now on, as of one moment."""

    revision: int = 0  #: the newest act in it
    staff: Mapping[int, str]  #: person -> role
    policy: Mapping[str, float]  #: only what differs from the defaults
    blocked: frozenset[int]
    questions: Mapping[int, int]  #: person -> so many at a time
    pauses: Mapping[str, float]  #: domain -> seconds between two visits
    closed_domains: frozenset[str]
    closed_pages: frozenset[str]


NOTHING_SET = Standing(
    staff={},
    policy={},
    blocked=frozenset(),
    questions={},
    pauses={},
    closed_domains=frozenset(),
    closed_pages=frozenset(),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who has asked, or whom an admin has given something of their own."""

    person: int
    asked: int = 0  #: questions still kept
    last_asked: datetime | None = None
    blocked_at: datetime | None = None
    questions: int | None = None
    closed_why: str | None = None  #: why the private chat takes no messages from us; None where it does


class Admin:
    """The rows of what admins have set."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def standing(self) -> Standing:
        """All that holds now."""
        async with self._database.reads() as connection:
            persons = (await connection.execute(select(people))).all()
            closed = (await connection.execute(select(takedowns.c.address, takedowns.c.domain))).all()
            slow = select(outlets.c.domains, outlet_orders.c.pause_s).join(
                outlet_orders, outlet_orders.c.outlet == outlets.c.key
            )
            pauses = (await connection.execute(slow)).all()
            return Standing(
                revision=(await connection.execute(select(func.max(audit.c.id)))).scalar() or 0,
                staff={row.person: row.role for row in await connection.execute(select(staff))},
                policy={row.name: row.value for row in await connection.execute(select(policy))},
                blocked=frozenset(row.person for row in persons if row.blocked_at is not None),
                questions={row.person: row.questions for row in persons if row.questions is not None},
                pauses={domain: row.pause_s for row in pauses for domain in row.domains},
                closed_domains=frozenset(row.address for row in closed if row.domain),
                closed_pages=frozenset(row.address for row in closed if not row.domain),
            )

    # Who administers

    async def set_role(self, person: int, role: str | None, *, by: By) -> None:
        """Give a role or, with None, take it away."""
        async with self._database.writes() as connection:
            before = (await connection.execute(select(staff.c.role).where(staff.c.person == person))).scalar()
            if role is None:
                await connection.execute(delete(staff).where(staff.c.person == person))
            else:
                row = upsert(connection, staff).values(person=person, role=role, since=by.at)
                changed = {"role": row.excluded.role, "since": row.excluded.since}
                await connection.execute(row.on_conflict_do_update(index_elements=[staff.c.person], set_=changed))
            await write(connection, by.did("admins.set", person, before=before, after=role))

    # Thresholds

    async def set_policy(self, name: str, value: float | None, *, default: float, by: By) -> None:
        """Set a threshold or, with None, take it back to its default."""
        async with self._database.writes() as connection:
            before = (await connection.execute(select(policy.c.value).where(policy.c.name == name))).scalar()
            if value is None:
                await connection.execute(delete(policy).where(policy.c.name == name))
            else:
                row = upsert(connection, policy).values(name=name, value=value)
                set_ = {"value": row.excluded.value}
                await connection.execute(row.on_conflict_do_update(index_elements=[policy.c.name], set_=set_))
            told = [default if one is None else one for one in (before, value)]
            await write(connection, by.did("config.set", name, before=f"{told[0]:g}", after=f"{told[1]:g}"))

    # People

    async def person(self, person: int) -> Person:
        """What is known of somebody; nothing, for a stranger."""
        async with self._database.reads() as connection:
            return await _person(connection, person)

    async def busiest(self, *, since: datetime, limit: int) -> list[Person]:
        """Who has asked most since then, and before them whoever is blocked or has a limit of their own."""
        number = func.count().label("asked")
        most = select(asks.c.person, number).where(asks.c.asked_at >= since).group_by(asks.c.person)
        async with self._database.reads() as connection:
            marked = (await connection.execute(select(people.c.person).order_by(people.c.person))).scalars().all()
            rows = await connection.execute(most.order_by(number.desc(), asks.c.person).limit(limit))
            wanted = list(dict.fromkeys([*marked, *(row.person for row in rows)]))[:limit]
            return [await _person(connection, person) for person in wanted]

    async def block(self, person: int, *, blocked: bool, by: By) -> None:
        """Answer somebody no more, or again."""
        async with self._database.writes() as connection:
            before = await _person(connection, person)
            await _set_person(connection, person, {"blocked_at": by.at if blocked else None})
            told = ["blocked" if one else "answered" for one in (before.blocked_at, blocked)]
            await write(connection, by.did("users.block", person, before=told[0], after=told[1]))

    async def limit(self, person: int, questions: int | None, *, by: By) -> None:
        """A person's own number of questions at a time; None: as everybody."""
        async with self._database.writes() as connection:
            before = (await _person(connection, person)).questions
            await _set_person(connection, person, {"questions": questions})
            await write(connection, by.did("users.limit", person, before=before, after=questions))

    # Outlets

    async def add_outlet(self, outlet: Outlet, *, by: By) -> None:
        """Follow an outlet that the registry does not have; one that was met before is followed from now on."""
        async with self._database.writes() as connection:
            row = outlet_row(outlet, listed=True)
            kept = upsert(connection, outlets).values(row)
            told = {name: kept.excluded[name] for name in row if name != "key"}
            await connection.execute(kept.on_conflict_do_update(index_elements=[outlets.c.key], set_=told))
            await write(connection, by.did("outlets.add", outlet.key, after=" ".join(outlet.feeds)))

    async def added_outlets(self) -> list[Outlet]:
        """Those that admins have added to the registry's."""
        added = select(audit.c.what).where(audit.c.act == "outlets.add")
        query = select(outlets).where(outlets.c.key.in_(added)).order_by(outlets.c.key)
        async with self._database.reads() as connection:
            rows = (await connection.execute(query)).all()
        told = [{field.name: row._mapping[field.name] for field in fields(Outlet)} for row in rows]
        return [Outlet(**values | {"kind": OutletKind(values["kind"])}) for values in told]

    async def switch_outlet(self, key: str, *, active: bool, by: By) -> bool:
        """Visit an outlet or leave it alone; False where no outlet has that key."""
        async with self._database.writes() as connection:
            before = (await connection.execute(select(outlets.c.active).where(outlets.c.key == key))).scalar()
            if before is None:
                return False
            await connection.execute(update(outlets).where(outlets.c.key == key).values(active=active))
            told = ["on" if one else "paused" for one in (before, active)]
            await write(connection, by.did("outlets.pause", key, before=told[0], after=told[1]))
        return True

    async def slow_down(self, key: str, pause_s: float | None, *, by: By) -> bool:
        """Seconds between two visits to an outlet's hosts, None: as everywhere. False where no outlet has that key."""
        here = outlet_orders.c.outlet == key
        async with self._database.writes() as connection:
            if (await connection.execute(select(outlets.c.key).where(outlets.c.key == key))).first() is None:
                return False
            before = (await connection.execute(select(outlet_orders.c.pause_s).where(here))).scalar()
            await connection.execute(delete(outlet_orders).where(here))
            if pause_s is not None:
                await connection.execute(insert(outlet_orders).values(outlet=key, pause_s=pause_s))
            await write(connection, by.did("outlets.limit", key, before=before, after=pause_s))
        return True

    # Jobs and updates

    async def hurry_job(self, kind: str, key: str, *, by: By) -> bool:
        """Make a job due now; False where a process holds it, or it is gone."""
        free = or_(jobs.c.held_until.is_(None), jobs.c.held_until <= by.at)
        mine = jobs.c.kind == kind, jobs.c.key == key
        async with self._database.writes() as connection:
            before = (await connection.execute(select(jobs.c.due_at).where(*mine, free).with_for_update())).scalar()
            if before is None:
                return False
            await connection.execute(update(jobs).where(*mine).values(due_at=by.at, owner=None, held_until=None))
            await write(connection, by.did("jobs.retry", f"{kind} {key}", before=before, after=by.at))
        return True

    async def reopen_poison(self, *, by: By) -> int:
        """Have the updates that were set aside handled once more; returns how many."""
        again = update(updates).where(updates.c.state == "poison").values(state="new", error=None)
        async with self._database.writes() as connection:
            count = (await connection.execute(again)).rowcount
            await write(connection, by.did("jobs.updates", "updates", before=f"{count} set aside", after="waiting"))
        return count

    # What waits for a confirmation

    async def keep_draft(self, act: str, body: str, *, by: By) -> int:
        """What an admin is shown before it is done; its number."""
        async with self._database.writes() as connection:
            await connection.execute(delete(drafts).where(drafts.c.made_at < by.at - DRAFT_KEPT))
            row = {"who": by.who, "act": act, "body": body, "made_at": by.at}
            made = await connection.execute(insert(drafts).values(row).returning(drafts.c.id))
            number: int = made.scalar_one()
        return number

    async def take_draft(self, number: int, act: str, *, by: By) -> str | None:
        """The draft, once, for who made it, while it is young; None else."""
        mine = delete(drafts).where(drafts.c.id == number, drafts.c.who == by.who, drafts.c.act == act)
        mine = mine.where(drafts.c.made_at >= by.at - DRAFT_KEPT)
        async with self._database.writes() as connection:
            body: str | None = (await connection.execute(mine.returning(drafts.c.body))).scalar()
        return body


async def _person(connection: AsyncConnection, person: int) -> Person:
    asked = select(func.count().label("asked"), func.max(asks.c.asked_at).label("last")).where(asks.c.person == person)
    told = (await connection.execute(asked)).one()
    row = (await connection.execute(select(people).where(people.c.person == person))).first()
    closed = select(chats.c.closed_why).where(chats.c.chat_id == person, chats.c.closed_at.is_not(None))
    return Person(
        closed_why=(await connection.execute(closed)).scalar(),
        person=person,
        asked=told.asked,
        last_asked=told.last,
        blocked_at=row.blocked_at if row else None,
        questions=row.questions if row else None,
    )


async def _set_person(connection: AsyncConnection, person: int, values: dict[str, object]) -> None:
    row = upsert(connection, people).values({"person": person} | values)
    await connection.execute(row.on_conflict_do_update(index_elements=[people.c.person], set_=values))
    plain = people.c.blocked_at.is_(None), people.c.questions.is_(None)
    await connection.execute(delete(people).where(people.c.person == person, *plain))
