"""What admins have set, as a process knows it: addresses, pauses, roles, limits; and that it keeps up with others."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from claims.errors import BadInput
from newsroom import orders as module
from newsroom.orders import THRESHOLDS, Orders, domain_of
from newsroom.rights import RIGHTS, Role, may
from storage.audit import By
from storage.store import Store, open_store
from tests.factories import NOON, make_outlet

OWNER, ADMIN, ANNA = 1, 2, 1001
BY = By(OWNER, NOON)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with open_store(f"sqlite:///{tmp_path}/orders.db") as opened:
        yield opened


@pytest.fixture
async def orders(store: Store) -> Orders:
    await store.seed_outlets([make_outlet("Tide Post")])
    await store.admin.slow_down(make_outlet("Tide Post").key, 40, by=BY)
    await store.admin.set_role(ADMIN, "moderator", by=BY)
    await store.admin.set_role(OWNER, "moderator", by=BY)
    await store.admin.set_role(77, "emperor", by=BY)
    await store.admin.block(ANNA, blocked=True, by=BY)
    await store.admin.block(ADMIN, blocked=True, by=BY)
    await store.admin.limit(ANNA, 2, by=BY)
    await store.admin.set_policy("questions", 9, default=30, by=BY)
    await store.takedowns.close("tide.example", domain=True, by=BY)
    await store.takedowns.close("kelp.example/a/page", domain=False, by=BY)
    made = Orders(store, owner=OWNER)
    await made.read()
    return made


@pytest.mark.parametrize(
    ("link", "closed"),
    [
        ("https://tide.example/", True),
        ("http://www.tide.example/a/b?c=d", True),
        ("https://m.news.tide.example:443/x", True),
        ("https://TIDE.example/", True),
        ("https://tide.example.org/", False),
        ("https://riptide.example/", False),
        ("https://kelp.example/?to=tide.example", False),
        ("https://kelp.example/a/page", True),
        ("http://www.kelp.example/a/page/?utm_source=x#part", True),
        ("https://kelp.example/a/page2", False),
        ("https://kelp.example/a", False),
        ("no address", False),
        ("https://[broken", False),
    ],
)
def test_which_addresses_are_closed(orders: Orders, link: str, closed: bool) -> None:
    assert orders.is_closed(link) is closed


def test_a_pause_holds_for_all_hosts_of_an_outlet(orders: Orders) -> None:
    [domain] = make_outlet("Tide Post").domains
    assert orders.pause_s(domain) == orders.pause_s(f"www.{domain}") == 40
    assert orders.pause_s(f"x{domain}") == orders.pause_s("example") == 0


def test_roles_and_limits(orders: Orders) -> None:
    assert orders.role_of(OWNER) is Role.OWNER  # whatever the table says
    assert orders.role_of(ADMIN) is Role.MODERATOR
    assert orders.role_of(77) is None
    assert orders.role_of(ANNA) is None
    assert list(orders.staff) == [OWNER, ADMIN]
    assert orders.is_blocked(ANNA)
    assert not orders.is_blocked(ADMIN)
    assert (orders.questions(ANNA), orders.questions(5)) == (2, 9)
    assert orders.threshold("articles") == THRESHOLDS["articles"].default


def test_thresholds_allow_their_own_defaults() -> None:
    assert THRESHOLDS
    assert all(one.least <= one.default <= one.most for one in THRESHOLDS.values())


def test_nobody_may_do_what_the_table_does_not_have() -> None:
    assert RIGHTS
    assert not any(may(role, act) for role in Role for act in ("", "nonsense", "users.", "admins.grant.x"))
    assert not any(may(None, act) for act in RIGHTS)
    assert all(may(Role.OWNER, act) for act in RIGHTS)


@pytest.mark.parametrize("told", ["example.org", "https://www.example.org/a", "EXAMPLE.org", "example.org."])
def test_a_domain_as_people_write_it(told: str) -> None:
    assert domain_of(told) == "example.org"


@pytest.mark.parametrize("told", ["example", "", "a b.org", "https://", "exa_mple..org", "https://[x"])
def test_what_is_no_domain(told: str) -> None:
    with pytest.raises(BadInput, match="is no domain"):
        domain_of(told)


async def test_an_act_in_another_process_is_noticed(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOOK_S", 0.01)
    here = Orders(store, owner=OWNER)
    await here.read()
    keeping = asyncio.create_task(here.keep_up())
    try:
        await store.admin.block(ANNA, blocked=True, by=BY)
        async with asyncio.timeout(10):
            while not here.is_blocked(ANNA):  # noqa: ASYNC110  (nobody tells of it)
                await asyncio.sleep(0.01)
    finally:
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)
