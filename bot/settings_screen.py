"""/settings: language, time zone, outlets shown first, length of answers, all in one message. In a group by its admins.

A button carries ``s1:<what>:<value>``; what comes back in one is checked like any other words of a stranger. What no
button can hold is sent with the command: "/settings zone Lisbon", "/settings outlets Reuters, BBC".
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from telegram import CallbackQuery, Message

from bot import language
from bot.answering import keyboard
from bot.blocks import Kind, Run, Style, block
from bot.language import LANGUAGES, Lazy, _, lazy, listed, speaking
from bot.messages import topic_of
from bot.render import telegram
from bot.screens import Button, Screen
from bot.sending import Sender
from bot.subscribing_screens import ZONES
from bot.wishes import wished, wishes
from newsroom.desk import Desk
from newsroom.editions import zone_named
from newsroom.inbox import ChatSettings

COMMAND = "settings"
CODE = "s1"
ALL, TONGUE, ZONE, OUTLETS, LENGTH, AUTO = "all", "language", "zone", "outlets", "length", "auto"
OUTLETS_MAX = 10  # more in front are no preference
ON, DROP = "✓ ", "✕ "
NAMES: Mapping[str, Lazy] = {
    TONGUE: lazy("Language"),
    ZONE: lazy("Time zone"),
    OUTLETS: lazy("Shown first"),
    LENGTH: lazy("Answers"),
    AUTO: lazy("Links"),
}
SHORT, FULL = lazy("in a few lines"), lazy("in full")
UNASKED, ASKED = lazy("answered unasked"), lazy("answered when asked")
ADMINS_ONLY = lazy("In a group its admins set this.")


def data(what: str, value: object = "") -> str:
    """As a button carries it."""
    return f"{CODE}:{what}:{value}"


def overview(
    settings: ChatSettings, outlets: Mapping[str, str], *, now: datetime, auto: bool | None, said: str | None = None
) -> Screen:
    """All settings. ``outlets``: names by key; ``auto``: of a group, whether links are answered unasked."""
    values = {
        TONGUE: LANGUAGES[language.language()],
        ZONE: place_of(settings.zone, now),
        OUTLETS: listed([outlets.get(key, key) for key in settings.outlets_first]) or _("none"),
        LENGTH: _(SHORT if settings.short else FULL),
    }
    if auto is not None:
        values[AUTO] = _(UNASKED if auto else ASKED)
    blocks = [block(Run(_("Settings of this chat"), Style.BOLD), kind=Kind.TITLE)]
    if said:
        blocks.append(block(said, kind=Kind.PARAGRAPH))
    for number, (name, value) in enumerate(values.items()):
        label = Run(_("{name}:").format(name=NAMES[name]), Style.BOLD)
        blocks.append(block(label, f" {value}", kind=Kind.LINE if number else Kind.PARAGRAPH))
    rows: list[tuple[Button, ...]] = [
        (Button(_(NAMES[TONGUE]), data(TONGUE)), Button(_(NAMES[ZONE]), data(ZONE))),
        (
            Button(_(NAMES[OUTLETS]), data(OUTLETS)),
            Button(_("Full answers") if settings.short else _("Short answers"), data(LENGTH, int(not settings.short))),
        ),
    ]
    if auto is not None:
        change = _("Answer links only when asked") if auto else _("Answer links unasked")
        rows.append((Button(change, data(AUTO, int(not auto))),))
    return Screen(telegram(blocks)[0], tuple(rows))


def choice(what: str, settings: ChatSettings, outlets: Mapping[str, str], *, now: datetime) -> Screen:
    """The buttons of one setting."""
    ask = {
        TONGUE: _("Which language should the bot speak? Words of articles stay as they are."),
        ZONE: _("In which time zone? Press one, or send a city like this: {example}").format(
            example=f"/{COMMAND} {ZONE} Lisbon"
        ),
        OUTLETS: _("Whose statements come first? Send names like this: {example}").format(
            example=f"/{COMMAND} {OUTLETS} Reuters, BBC"
        ),
    }
    buttons = {
        TONGUE: [_marked(key == language.language(), name, data(TONGUE, key)) for key, name in LANGUAGES.items()],
        ZONE: [_marked(zone == settings.zone, place_of(zone, now), data(ZONE, zone)) for zone in ZONES],
        OUTLETS: [Button(DROP + outlets.get(key, key), data(OUTLETS, key)) for key in settings.outlets_first],
    }[what]
    rows = tuple(tuple(buttons[n : n + 2]) for n in range(0, len(buttons), 2))
    title = block(Run(_(NAMES[what]), Style.BOLD), kind=Kind.TITLE)
    shown = telegram([title, block(ask[what], kind=Kind.PARAGRAPH)])[0]
    return Screen(shown, (*rows, (Button(_("Back"), data(ALL)),)))


def place_of(zone: str, now: datetime) -> str:
    """``Berlin, UTC+1``: the city that a zone is named for."""
    with speaking(language.language(), zone):
        place = zone.rpartition("/")[2].replace("_", " ")
        return place if zone == "UTC" else f"{place}, {language.offset(now)}"


def changed(settings: ChatSettings, what: str, value: str) -> ChatSettings:
    """The settings after a button; as they were for a value that no button of ours has."""
    if what == TONGUE and value in LANGUAGES:
        return replace(settings, language=value)
    if what == ZONE and value in ZONES:
        return replace(settings, zone=value)
    if what == OUTLETS:
        return replace(settings, outlets_first=tuple(key for key in settings.outlets_first if key != value))
    if what == LENGTH and value in ("0", "1"):
        return replace(settings, short=value == "1")
    return settings


class SettingsDesk:
    """Shows and keeps how a chat wants to be answered. Who may change it in a group is asked here."""

    def __init__(self, desk: Desk, sender: Sender) -> None:
        self._inbox = desk.inbox
        self._unasked = desk.unasked
        self._sender = sender

    async def command(self, message: Message) -> None:
        """``/settings``, alone or with a value, in a private chat or by an admin of a group."""
        chat, words = message.chat.id, (message.text or "").split(maxsplit=2)[1:]
        settings, said = wishes(), None
        if len(words) == 2:
            settings, said = await self._taken(settings, *words)
            if settings != wishes():
                await self._inbox.set_settings(chat, settings)
        with wished(settings):
            shown = await self._overview(settings, chat, said)
        await self._sender.send(chat, shown.html, keyboard=keyboard(shown), thread_id=topic_of(message))

    async def pressed(self, press: CallbackQuery) -> bool:
        """Whether a button of the settings was pressed."""
        message, carried = press.message, (press.data or "").split(":")
        if message is None or len(carried) != 3 or carried[0] != CODE:
            return False
        chat, (_code, what, value) = message.chat.id, carried
        if chat < 0 and press.from_user.id not in await self._sender.admins(chat):
            await self._sender.answer_press(press.id, _(ADMINS_ONLY))
            return True
        await self._sender.answer_press(press.id)
        settings = changed(wishes(), what, value) if value else wishes()
        if settings != wishes():
            await self._inbox.set_settings(chat, settings)
        if what == AUTO and chat < 0 and value in ("0", "1"):
            await self._inbox.set_auto_answer(chat, on=value == "1")
        again = what in (TONGUE, ZONE, OUTLETS) and (not value or what == OUTLETS)
        with wished(settings):  # the language that was just chosen
            shown = await (self._choice(settings, what) if again else self._overview(settings, chat))
        await self._sender.edit(
            chat, message.message_id, shown.html, keyboard=keyboard(shown), thread_id=topic_of(message)
        )
        return True

    async def _overview(self, settings: ChatSettings, chat: int, said: str | None = None) -> Screen:
        names = await self._unasked.names_of(settings.outlets_first)
        auto = await self._inbox.auto_answer(chat) if chat < 0 else None
        return overview(settings, names, now=self._unasked.now(), auto=auto, said=said)

    async def _choice(self, settings: ChatSettings, what: str) -> Screen:
        names = await self._unasked.names_of(settings.outlets_first)
        return choice(what, settings, names, now=self._unasked.now())

    async def _taken(self, settings: ChatSettings, what: str, words: str) -> tuple[ChatSettings, str | None]:
        """The settings with what was sent, and a line about what is not known."""
        if what == ZONE:
            zone = zone_named(words)
            if zone is None:
                return settings, _("No time zone is known as {name}. Write a greater city near you.").format(name=words)
            return replace(settings, zone=zone), None
        if what == OUTLETS:
            found, unknown = await self._unasked.outlets_named([one.strip() for one in words.split(",")])
            kept = tuple(dict.fromkeys((*found, *settings.outlets_first)))[:OUTLETS_MAX]
            said = _("Not known here: {names}.").format(names=listed(_short(unknown))) if unknown else None
            return replace(settings, outlets_first=kept), said
        return settings, None


def _short(names: Sequence[str]) -> list[str]:
    return [name for name in names if name][:OUTLETS_MAX]


def _marked(chosen: bool, label: str, carried: str) -> Button:
    return Button(ON + label if chosen else label, carried)
