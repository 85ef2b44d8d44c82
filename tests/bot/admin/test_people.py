"""Users, thresholds, roles and the log, as those see them who administer."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot import texts
from newsroom.administration import Administration
from newsroom.intake import Query
from newsroom.orders import THRESHOLDS
from tests.bot.admin.staff import ADMIN, MODERATOR, OWNER, STRANGER, labels
from tests.bot.loopback import ANNA, BORIS, LINK, StoryDesk, edited

Types = Callable[[int, str], Awaitable[Any]]


async def asks(desk: StoryDesk, person: int, count: int) -> None:
    for number in range(count):
        await desk.inbox.admit(person, person, Query(link=f"{LINK}/{number}"))


async def test_a_blocked_person_gets_no_answer_but_may_see_and_erase_data(
    telegram: Any, desk: StoryDesk, office: Administration, types: Types
) -> None:
    await asks(desk, ANNA, 2)
    listed = await types(MODERATOR, "/users")
    assert f"1. {ANNA}: 2 questions" in listed["text"]
    await telegram.people.press(MODERATOR, text="1")
    shown = await edited(telegram, f"User {ANNA}", user=MODERATOR)
    assert "Answered: yes" in shown["text"]
    await telegram.people.press(MODERATOR, text="Block")
    shown = await edited(telegram, "Answered: no, blocked", user=MODERATOR)
    assert labels(shown)[0] == "Unblock"

    await telegram.people.send(ANNA, LINK)
    await telegram.people.send(ANNA, "/start")
    assert (await types(ANNA, "/privacy"))["text"] == "\n\n".join(map(str, texts.PRIVACY))
    assert desk.asked == []

    await telegram.people.press(MODERATOR, text="Unblock")
    await edited(telegram, "Answered: yes", user=MODERATOR)
    assert (await types(ANNA, "/start"))["text"] == "\n\n".join(map(str, texts.START))
    acts = [(one.who, one.act, one.what, one.before, one.after) for one in await office.acts(limit=2)]
    assert acts == [
        (MODERATOR, "users.block", str(ANNA), "blocked", "answered"),
        (MODERATOR, "users.block", str(ANNA), "answered", "blocked"),
    ]


async def test_who_administers_is_not_blocked(types: Types) -> None:
    assert "administers" in (await types(MODERATOR, f"/users block {ADMIN}"))["text"]


async def test_a_limit_of_ones_own_holds_at_once(telegram: Any, desk: StoryDesk, types: Types) -> None:
    shown = await types(ADMIN, f"/users limit {ANNA} 1")
    assert "In 10 minutes: 1 (everybody 30)" in shown["text"]
    await asks(desk, ANNA, 1)
    assert "many questions" in (await types(ANNA, LINK))["text"]
    await telegram.people.press(ADMIN, text="No limit of its own")
    await edited(telegram, "30, as everybody", user=ADMIN)
    await telegram.people.send(ANNA, LINK)
    await edited(telegram, "Reported by")


async def test_a_threshold_holds_at_once_for_everybody(
    telegram: Any, desk: StoryDesk, office: Administration, types: Types
) -> None:
    assert "questions: 30 questions of one person" in (await types(ADMIN, "/config"))["text"]
    assert "Now: 1" in (await types(ADMIN, "/config set questions 1"))["text"]
    await asks(desk, BORIS, 1)
    assert "many questions" in (await types(BORIS, LINK))["text"]
    assert "from 1 to 1000" in (await types(ADMIN, "/config set questions 0"))["text"]
    assert "no threshold" in (await types(ADMIN, "/config nonsense"))["text"]
    await types(ADMIN, "/config questions")
    await telegram.people.press(ADMIN, text="Default")
    await edited(telegram, f"Now: {THRESHOLDS['questions'].default}", user=ADMIN)
    acts = [(one.before, one.after) for one in await office.acts(limit=9, about="config")]
    assert acts == [("1", "30"), ("30", "1")]


async def test_the_owner_makes_and_unmakes_admins(telegram: Any, office: Administration, types: Types) -> None:
    assert (await types(STRANGER, "/users"))["text"] == str(texts.UNKNOWN_COMMAND)
    shown = await types(OWNER, f"/admins grant {STRANGER} moderator")
    assert f"{STRANGER}: moderator" in shown["text"]
    assert (await types(STRANGER, "/users"))["text"].startswith("Users")
    assert "outlets" in [one["command"] for one in await telegram.people.commands(STRANGER)]
    await types(OWNER, "/admins")
    await telegram.people.press(OWNER, text=f"Revoke {STRANGER}")
    await edited(telegram, "Admins", user=OWNER)
    assert (await types(STRANGER, "/users"))["text"] == str(texts.UNKNOWN_COMMAND)
    assert "outlets" not in [one["command"] for one in await telegram.people.commands(STRANGER)]
    acts = [(one.what, one.before, one.after) for one in await office.acts(limit=2, about="admins")]
    assert acts == [(str(STRANGER), "moderator", None), (str(STRANGER), None, "moderator")]


@pytest.mark.parametrize("command", [f"/admins grant {OWNER} moderator", f"/admins revoke {OWNER}"])
async def test_nobody_unmakes_the_owner(types: Types, command: str) -> None:
    assert "SECOND_SOURCE_OWNER_ID" in (await types(OWNER, command))["text"]


async def test_another_process_learns_of_a_revoked_role(desk: StoryDesk, office: Administration) -> None:
    from newsroom.orders import Orders

    elsewhere = Orders(desk.store, owner=OWNER)
    await elsewhere.read()
    assert elsewhere.role_of(ADMIN) is not None
    await office.revoke(ADMIN, by=office.by(OWNER))
    assert await desk.store.audit.newest() != elsewhere._standing.revision
    await elsewhere.read()
    assert elsewhere.role_of(ADMIN) is None


async def test_the_log_is_shown_and_sent_as_a_file(telegram: Any, office: Administration, types: Types) -> None:
    await types(ADMIN, "/config set questions 7")
    shown = await types(ADMIN, "/audit")
    assert "config.set questions: 30 → 7" in shown["text"]
    assert "config.set" not in (await types(ADMIN, "/audit admins"))["text"]
    await telegram.people.press(ADMIN, text="All as a file")
    [file] = await telegram.people.wait(ADMIN, kinds=["send"], timeout=15)
    assert file["media"]["file_name"] == "audit.csv"
