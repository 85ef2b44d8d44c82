"""The one door to administration: who may do what is looked at here, before anything else, for commands and buttons.

Whoever may not do an act gets what everybody gets for a command or a button that does not exist.
"""

from collections.abc import Awaitable, Callable, Mapping

from telegram import CallbackQuery, Message
from telegram.constants import ChatType

from bot import texts
from bot.admin import machine, outlets, people, stories, telling
from bot.admin.pages import Asked, Page, drawn, pressed
from bot.answering import keyboard
from bot.screens import sentences
from bot.sending import Sender
from claims.errors import NewsError
from newsroom.administration import Administration
from newsroom.rights import RIGHTS, Role, may

TOAST_MAX = 200  # characters of a word on a button
#: what takes longer than Telegram waits for the answer to a press, some 15 s; and what an admin looks at meanwhile
SLOW = frozenset({"stories.rerun", "backup.make", "outlets.add"})
UNDER_WAY = "Under way …"

Handler = Callable[[Administration, Asked], Awaitable[Page]]
SECTIONS = (stories, telling, outlets, machine, people)
#: every act that there is a right for -> what does it
ACTS: Mapping[str, Handler] = {act: done for section in SECTIONS for act, done in section.ACTS.items()}
#: as the menu of somebody who administers lists them
COMMANDS: Mapping[str, str] = {name: told for section in SECTIONS for name, told in section.COMMANDS.items()}


class AdminDesk:
    """Handles what admins type and press."""

    def __init__(self, office: Administration, sender: Sender) -> None:
        self._office = office
        self._sender = sender
        self._menus: set[int] = set()  #: whose menu this process has set

    async def command(self, message: Message, command: str) -> bool:
        """Do a command of an admin; False, with nothing done, where it is none or the person may not."""
        words = (message.text or "").split(None, 1)
        arg = words[1].strip() if len(words) > 1 else ""
        name, _, rest = arg.partition(" ")
        act = f"{command}.{name.casefold()}"
        if act in RIGHTS:
            arg = rest.strip()
        else:
            act = command
        person = message.from_user.id if message.from_user else 0
        asked = self._admitted(person, act, arg, private=message.chat.type == ChatType.PRIVATE)
        if asked is None:
            return False
        if act in SLOW:
            await self._sender.typing(message.chat.id)
        try:
            page = await ACTS[act](self._office, asked)
        except NewsError as error:
            await self._sender.send(message.chat.id, sentences([str(error)]).html)
            return True
        screen = drawn(page, asked)
        await self._sender.send(message.chat.id, screen.html, keyboard=keyboard(screen))
        await self._beside(message.chat.id, page)
        if person not in self._menus:  # named before the first word to the bot
            await self._menu(person)
        return True

    async def pressed(self, press: CallbackQuery) -> bool:
        """Do what an admin's button says; False, with nothing done, where it is none or the person may not."""
        told, message = pressed(press.data or ""), press.message
        if told is None or message is None:
            return False
        act, number, arg = told
        private = message.chat.id == press.from_user.id
        asked = self._admitted(press.from_user.id, act, arg, page=number, private=private, pressed=True)
        if asked is None:
            return False
        slow = act in SLOW
        if slow:
            await self._sender.answer_press(press.id, UNDER_WAY)
        try:
            page = await ACTS[act](self._office, asked)
        except NewsError as error:
            if slow:
                await self._sender.send(message.chat.id, sentences([str(error)]).html)
            else:
                await self._sender.answer_press(press.id, str(error)[:TOAST_MAX])
            return True
        if not slow:
            await self._sender.answer_press(press.id, page.notice or None)
        screen = drawn(page, asked)
        await self._sender.edit(message.chat.id, message.message_id, screen.html, keyboard=keyboard(screen))
        await self._beside(message.chat.id, page)
        return True

    async def introduce(self) -> None:
        """Put each admin's commands into the menu of that admin's private chat."""
        for person in self._office.orders.staff:
            await self._menu(person)

    def _admitted(
        self, person: int, act: str, arg: str, *, private: bool, page: int = 1, pressed: bool = False
    ) -> Asked | None:
        """The only place where rights are looked at."""
        role = self._office.orders.role_of(person)
        if role is None or not private or act not in ACTS or not may(role, act):
            return None
        return Asked(by=self._office.by(person), role=role, act=act, arg=arg, page=page, pressed=pressed)

    async def _beside(self, chat: int, page: Page) -> None:
        """What a page brings along: a file, a picture, changed menus."""
        if page.file:
            await self._sender.send_file(chat, *page.file)
        if page.picture:
            await self._sender.send_picture(chat, page.picture)
        for person in page.commands_of:
            await self._menu(person)

    async def _menu(self, person: int) -> None:
        if await self._sender.set_commands(person, commands_for(self._office.orders.role_of(person))):
            self._menus.add(person)


def commands_for(role: Role | None) -> list[tuple[str, str]]:
    """What the menu lists: people's commands, and those of the role; of nobody's role none, for people's own list."""
    if role is None:
        return []
    return [
        *((name, str(told)) for name, told in texts.PRIVATE_COMMANDS),
        *((name, told) for name, told in COMMANDS.items() if may(role, name)),
    ]
