"""No way in for whoever may not: each command and each button of admins, by everybody who lacks the right."""

from collections.abc import Sequence
from typing import Any, cast

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from bot import texts
from bot.admin.desk import ACTS, COMMANDS, AdminDesk, commands_for
from bot.admin.pages import Door
from newsroom.administration import Administration
from newsroom.rights import RIGHTS, Role, may
from tests.bot.admin.staff import ADMIN, MODERATOR, OWNER, STRANGER
from tests.bot.loopback import StoryDesk, running, sent, until

GROUP = -100777


def test_every_act_has_a_right_and_every_right_an_act() -> None:
    assert ACTS
    assert set(ACTS) == set(RIGHTS)
    assert set(COMMANDS) == {act for act in RIGHTS if "." not in act}


def test_every_button_fits_with_a_long_argument() -> None:
    for act in ACTS:
        assert len(Door("x", act, "x" * 32, 9999).data.encode()) <= 64


def test_rights_are_looked_at_in_one_place(office: Administration) -> None:
    door = AdminDesk(office, cast(Any, None))
    for act in RIGHTS:
        for person in (STRANGER, MODERATOR, ADMIN, OWNER):
            admitted = door._admitted(person, act, "", private=True)
            assert (admitted is not None) == may(office.orders.role_of(person), act), act
            assert door._admitted(person, act, "", private=False) is None


def without_right(role: Role | None) -> list[str]:
    return [act for act in sorted(RIGHTS) if not may(role, act)]


@pytest.mark.parametrize(("person", "role"), [(STRANGER, None), (MODERATOR, Role.MODERATOR), (ADMIN, Role.ADMIN)])
async def test_commands_without_the_right_are_unknown_commands(
    telegram: Any, desk: StoryDesk, office: Administration, person: int, role: Role | None
) -> None:
    commands = [f"/{act.replace('.', ' ')} 1" for act in without_right(role)]
    before = await office.acts(limit=100)
    async with running(telegram, desk, office=office):
        for command in commands:
            await telegram.people.send(person, command)
        replies = await sent(telegram, len(commands), user=person)
    assert {reply["text"] for reply in replies} == {str(texts.UNKNOWN_COMMAND)}
    assert all(reply["buttons"] == [] for reply in replies)
    assert await office.acts(limit=100) == before


@pytest.mark.parametrize(("person", "role"), [(STRANGER, None), (MODERATOR, Role.MODERATOR), (ADMIN, Role.ADMIN)])
async def test_forged_buttons_find_nothing(
    telegram: Any, desk: StoryDesk, office: Administration, person: int, role: Role | None
) -> None:
    forged = [Door("x", act, "1").data for act in without_right(role)]
    forged += [
        "a1:nothing:1:1",
        "a1:users:0:1",
        "a1:users:x:1",
        "a1:users:99999:1",
        "a1:users",
        "a2:users:1:1",
        "a1:::",
    ]
    before = await office.acts(limit=100)
    async with running(telegram, desk, office=office):
        await telegram.people.send(person, "/start")
        await sent(telegram, user=person)
        planted = await plant(telegram, person, forged)
        answers = [await telegram.people.press(person, data=data) for data in forged]
        [shown] = [one for one in await telegram.people.transcript(person) if one["message_id"] == planted]
    assert {one["answer"]["text"] for one in answers} == {str(texts.GONE)}
    assert shown["text"] == "planted"
    assert await office.acts(limit=100) == before


async def test_in_a_group_nobody_administers(telegram: Any, desk: StoryDesk, office: Administration) -> None:
    """Not the group's own admins, and not the bot's: what a screen shows is not for a group."""
    await telegram.people.chat("supergroup", "Harbour", chat_id=GROUP, bot="administrator", admins=[STRANGER, OWNER])
    before = await office.acts(limit=100)
    async with running(telegram, desk, office=office):
        for person in (STRANGER, OWNER):
            await telegram.people.send(person, "/users", chat_id=GROUP)
            await telegram.people.send(person, "/admins grant 2004 admin", chat_id=GROUP)
        forged = ["a1:users.block:1:1001", "a1:admins:1:"]
        await plant(telegram, GROUP, forged)
        answers = [await telegram.people.press(GROUP, data=data, user_id=OWNER) for data in forged]
        assert (await telegram.people.counts())[GROUP] == 1
    assert {one["answer"]["text"] for one in answers} == {str(texts.GONE)}
    assert await office.acts(limit=100) == before


async def test_each_sees_the_commands_of_the_own_role(telegram: Any, desk: StoryDesk, office: Administration) -> None:
    for person in (OWNER, ADMIN, MODERATOR, STRANGER):
        await telegram.people.user(person, started=True)
    async with running(telegram, desk, office=office):
        await telegram.people.send(STRANGER, "/start")
        await sent(telegram, user=STRANGER)
        menus = {person: await telegram.people.commands(person) for person in (OWNER, ADMIN, MODERATOR, STRANGER)}
    listed = {person: [one["command"] for one in menu] for person, menu in menus.items()}
    people = [name for name, _ in texts.PRIVATE_COMMANDS]
    assert listed[STRANGER] == people
    assert listed[MODERATOR] == [name for name, _ in commands_for(Role.MODERATOR)]
    assert listed[OWNER] == [*people, *COMMANDS]
    assert set(listed[STRANGER]) < set(listed[MODERATOR]) < set(listed[ADMIN]) <= set(listed[OWNER])


async def test_who_was_named_before_a_first_word_gets_the_menu_with_it(
    telegram: Any, desk: StoryDesk, office: Administration
) -> None:
    async with running(telegram, desk, office=office):
        await telegram.people.send(STRANGER, "/start")
        await sent(telegram, user=STRANGER)  # by now the bot has introduced itself to whom it knows
        await telegram.people.send(MODERATOR, "/users")
        await sent(telegram, user=MODERATOR)

        async def listed() -> bool:
            return "users" in [one["command"] for one in await telegram.people.commands(MODERATOR)]

        await until(listed)


async def plant(telegram: Any, chat: int, forged: Sequence[str]) -> int:
    """A message of the bot with buttons that it has never made: what a tampered app would press."""
    bot = Bot(telegram.token, base_url=telegram.base_url)
    buttons = [[InlineKeyboardButton(str(n), callback_data=data)] for n, data in enumerate(forged)]
    async with bot:
        return (await bot.send_message(chat, "planted", reply_markup=InlineKeyboardMarkup(buttons))).message_id
