"""/digest and /subscribe: the walk through the settings of a digest, by buttons and by words.

How far a person has come stands in the database after each step. Who may do what in a channel is asked of Telegram at
each press: the person has to administer it, and the bot has to be allowed to post there.
"""

import re
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from telegram import CallbackQuery, ChatMemberUpdated, Message, MessageOriginChannel
from telegram.constants import ChatType

from bot import subscribing_screens as screens
from bot.answering import keyboard
from bot.delivering import Delivering
from bot.digesting import screen_of
from bot.language import _, language, listed
from bot.screens import Screen, sentences
from bot.sending import Sender
from bot.subscribing_screens import ALL, CHAT, HOURS, OUTLETS, SEEN, STEPS, TOPIC, TYPED, ZONE
from claims.digests import LENGTHS, TOPICS, DigestSettings
from newsroom.desk import Desk
from newsroom.digests import ALERT_LEVELS
from newsroom.editions import zone_named
from newsroom.unasked import Walk

COMMANDS = ("digest", "subscribe")
_TIME = re.compile(r"(?<!\d)([01]?\d|2[0-3])[:.]([0-5]\d)(?!\d)")
WORDS_MAX, WORD_MAX = 10, 60  # what a story has to have: so many phrases of so many characters
LISTENING = timedelta(minutes=15)  # what is written later than that after the last step is a question again


class Subscribing:
    """Handles what people do about digests, in the private chat."""

    def __init__(self, desk: Desk, sender: Sender) -> None:
        self._desk = desk
        self._unasked = desk.unasked
        self._sender = sender
        self._line = Delivering(desk, sender)

    async def command(self, person: int, command: str) -> None:
        """Begin a walk, or show the digest that is there."""
        settings = await self._unasked.chat_settings(person)
        fresh = DigestSettings(zone=settings.zone, speaks=language())
        now = self._unasked.now()
        if command == "digest":
            walk = Walk(person=person, step=CHAT, settings=fresh.as_json(), at=now)
            await self._show(walk, new=True)
        else:
            await self._chosen(
                Walk(person=person, step=STEPS[0], settings=fresh.as_json(), at=now), person, "", new=True
            )

    async def typed(self, message: Message) -> bool:
        """Whether a message was meant for the walk: words, at a step that takes some."""
        person = message.chat.id
        walk = await self._unasked.subscriptions.walk(person)
        if walk is None or walk.step not in TYPED or self._unasked.now() - walk.at > LISTENING:
            return False
        if walk.step == CHAT:
            return await self._named(walk, message)
        words = " ".join((message.text or "").split())
        if not words or message.forward_origin is not None or self._desk.links_in(words) or len(words) > WORD_MAX * 4:
            return False
        if walk.chat_id is None or not await self._may(walk):
            return await self._refuse(walk)
        settings, said = await self._taken(walk.step, words, DigestSettings.of_json(walk.settings))
        await self._show(replace(walk, settings=settings.as_json()), said=said, new=True)
        return True

    async def pressed(self, press: CallbackQuery) -> bool:
        """Whether a button of the walk was pressed."""
        told = screens.of_data(press.data or "")
        if told is None or press.message is None or press.message.chat.type != ChatType.PRIVATE:
            return False
        person = press.from_user.id
        walk = await self._unasked.subscriptions.walk(person)
        if walk is None or press.message.message_id < (walk.message_id or 0):
            await self._sender.answer_press(
                press.id, _("This form is no longer in use. /digest or /subscribe opens it.")
            )
            return True
        await self._sender.answer_press(press.id)
        await self._act(replace(walk, message_id=press.message.message_id), press.id, *told)
        return True

    async def membership(self, change: ChatMemberUpdated, *, there: bool) -> None:
        """The bot was let into a channel or group, or has left it."""
        if change.chat.type == ChatType.PRIVATE:
            return
        if there:
            await self._unasked.met(change.chat.id, title=change.chat.title or "", person=change.from_user.id)
        else:
            await self._unasked.subscriptions.left(change.chat.id)

    async def _act(self, walk: Walk, press: str, what: str, value: str) -> None:
        if what == "cancel":
            await self._end(walk, _("Nothing was changed. /digest or /subscribe begins again."))
        elif what == CHAT:
            if value.removeprefix("-").isdecimal():
                places = dict(await self._unasked.subscriptions.places_of(walk.person, limit=50))
                await self._chosen(walk, int(value), places.get(int(value), ""))
        elif walk.chat_id is None:
            await self._show(walk)
        elif not await self._may(walk):
            await self._refuse(walk)
        elif what == "go":
            await self._show(replace(walk, step=value if value in STEPS else ALL))
        elif what == "delete":
            await self._draw(walk, screens.sure(walk.title))
        elif what in _DOES:
            await _DOES[what](self, walk, press)
        else:
            settings = _changed(DigestSettings.of_json(walk.settings), what, value)
            await self._show(replace(walk, settings=settings.as_json()))

    async def _named(self, walk: Walk, message: Message) -> bool:
        """A channel by its @name, or by a post of it."""
        origin = message.forward_origin
        wanted = (message.text or "").strip()
        if isinstance(origin, MessageOriginChannel):
            await self._chosen(walk, origin.chat.id, origin.chat.title or "", new=True)
            return True
        if origin is not None or not wanted.startswith("@") or len(wanted.split()) > 1:
            return False
        found = await self._sender.members.chat_named(wanted)
        if found is None:
            return await self._refuse(
                walk, _("The bot does not see {name}. Let it in there first.").format(name=wanted)
            )
        await self._chosen(walk, *found, new=True)
        return True

    async def _chosen(self, walk: Walk, chat: int, title: str, *, new: bool = False) -> None:
        """Go on with a chat: to its digest where there is one, else to the first step."""
        walk = replace(walk, chat_id=chat, title=title)
        if not await self._may(walk):
            await self._refuse(replace(walk, chat_id=None, title=""))
            return
        known = await self._unasked.subscriptions.of_chat(chat)
        if known is not None:
            walk = replace(walk, step=ALL, settings=known.settings, title=title or known.title)
        else:
            walk = replace(walk, step=STEPS[0])
        await self._show(walk, new=new)

    async def _may(self, walk: Walk) -> bool:
        """Whether the person may decide for the chat, and the bot may post there."""
        if walk.chat_id == walk.person:
            return True
        chat = walk.chat_id or 0
        return (
            chat < 0
            and await self._sender.members.administers(chat, walk.person)
            and await self._sender.members.may_post(chat)
        )

    async def _refuse(self, walk: Walk, said: str | None = None) -> bool:
        said = said or _("For that you have to be an admin there, and the bot has to be allowed to post there.")
        await self._sender.send(walk.person, sentences([said]).html)
        await self._unasked.subscriptions.save_walk(replace(walk, at=self._unasked.now()))
        return True

    async def _taken(self, step: str, words: str, settings: DigestSettings) -> tuple[DigestSettings, str | None]:
        """The settings with what was written, and a line about it."""
        parts = [part.strip() for part in words.split(",") if part.strip()]
        if step == HOURS:
            times = sorted({f"{int(hour):02}:{minute}" for hour, minute in _TIME.findall(words)})
            if not 0 < len(times) <= screens.HOURS_MAX:
                return settings, _("Write one to four times, such as 7:30 or 19:05.")
            return replace(settings, times=tuple(times)), None
        if step == ZONE:
            zone = zone_named(words)
            if zone is None:
                return settings, _("No time zone is known as {name}. Write a greater city near you.").format(name=words)
            return replace(settings, zone=zone), None
        if step == OUTLETS:
            found, unknown = await self._unasked.outlets_named(parts)
            said = _("Not known here: {names}.").format(names=listed(unknown)) if unknown else None
            kept = dict.fromkeys((*settings.outlets, *found))
            return replace(settings, outlets=tuple(kept)[:WORDS_MAX]), said
        kept = dict.fromkeys((*settings.words, *(part[:WORD_MAX] for part in parts)))
        return replace(settings, words=tuple(kept)[-WORDS_MAX:]), None

    async def _show(self, walk: Walk, *, said: str | None = None, new: bool = False) -> None:
        """Show the step that the walk is at; ``new``: in a message of its own, below what was written."""
        settings = DigestSettings.of_json(walk.settings)
        now, names = self._unasked.now(), await self._unasked.names_of(settings.outlets)
        if walk.step == CHAT:
            places = await self._unasked.subscriptions.places_of(walk.person, limit=20)
            shown = screens.choice(places, bot=self._sender.me.username or "")
        elif walk.step in (ALL, SEEN):
            known = await self._unasked.subscriptions.of_chat(walk.chat_id or 0)
            state = known.state if known else None
            shown = screens.overview(settings, title=walk.title, outlets=names, now=now, state=state, said=said)
        else:
            shown = screens.step(walk.step, settings, title=walk.title, outlets=names, now=now, said=said)
        await self._draw(replace(walk, at=now), shown, new=new)

    async def _draw(self, walk: Walk, shown: Screen, *, new: bool = False) -> None:
        """The step is kept before it is shown: what is pressed on it is then known."""
        await self._unasked.subscriptions.save_walk(walk)
        buttons = keyboard(shown)
        if walk.message_id is None or new:
            message = await self._sender.send(walk.person, shown.html, keyboard=buttons)
        else:
            message = await self._sender.edit(walk.person, walk.message_id, shown.html, keyboard=buttons)
        if message is not None and walk.message_id is None:
            await self._unasked.subscriptions.shows_walk(walk.person, message)

    async def _end(self, walk: Walk, said: str) -> None:
        await self._unasked.subscriptions.end_walk(walk.person)
        if walk.message_id is not None:
            await self._sender.edit(walk.person, walk.message_id, sentences([said]).html)

    async def _preview(self, walk: Walk, _press: str, *, said: str | None = None) -> None:
        settings = DigestSettings.of_json(walk.settings)
        await self._sender.typing(walk.person)
        issue = await self._unasked.digests.preview(settings)
        shown = screen_of(issue, bot=self._sender.me.username or "", private=True)
        await self._sender.send(walk.person, shown.html)
        await self._show(replace(walk, step=SEEN), new=True, said=said)

    async def _start(self, walk: Walk, press: str) -> None:
        """Nothing goes into a chat before its keeper has seen what it looks like."""
        chat = walk.chat_id or walk.person
        if walk.step != SEEN and await self._unasked.subscriptions.of_chat(chat) is None:
            await self._preview(walk, press, said=_("Above is how it will look. Press Start again to begin."))
            return
        settings = DigestSettings.of_json(walk.settings)
        at = await self._unasked.start(chat, person=walk.person, title=walk.title, settings=settings)
        first = _("The next digest comes on {time}. /digest or /subscribe changes it, pauses it or ends it.")
        await self._end(walk, first.format(time=screens.moment(at, settings)))

    async def _pause(self, walk: Walk, _press: str) -> None:
        known = await self._unasked.subscriptions.of_chat(walk.chat_id or 0)
        if known is not None:
            await self._unasked.subscriptions.pause(known.id)
        await self._show(replace(walk, step=ALL))

    async def _resume(self, walk: Walk, press: str) -> None:
        known = await self._unasked.subscriptions.of_chat(walk.chat_id or 0)
        if known is not None:
            await self._unasked.resume(known)
        await self._show(replace(walk, step=ALL))

    async def _erase(self, walk: Walk, _press: str) -> None:
        known = await self._unasked.subscriptions.of_chat(walk.chat_id or 0)
        if known is not None:
            await self._unasked.subscriptions.erase(known.id)
        await self._end(walk, _("The digest is deleted. /digest or /subscribe begins a new one."))

    async def _test(self, walk: Walk, press: str) -> None:
        """One into the chat itself, once for each press."""
        known = await self._unasked.subscriptions.of_chat(walk.chat_id or 0)
        if known is None:
            await self._show(replace(walk, step=ALL))
            return
        sent = await self._unasked.test(known, self._line, press)
        said = _("A test was sent.") if sent else _("The test could not be sent.")
        await self._show(replace(walk, step=ALL), said=said)


_DOES: Mapping[str, Callable[[Subscribing, Walk, str], Coroutine[None, None, None]]] = {
    "preview": Subscribing._preview,
    "start": Subscribing._start,
    "pause": Subscribing._pause,
    "resume": Subscribing._resume,
    "erase": Subscribing._erase,
    "test": Subscribing._test,
}


def _changed(settings: DigestSettings, what: str, value: str) -> DigestSettings:
    """The settings after a press; as they were for what no button carries."""
    number = int(value) if value.isdecimal() and len(value) < 4 else -1
    change: dict[str, Any] = {}
    match what:
        case "h" if 0 <= number < 24:
            times = sorted(set(settings.times) ^ {f"{number:02}:00"})
            change = {"times": tuple(times)} if 0 < len(times) <= screens.HOURS_MAX else {}
        case "z" if value in screens.ZONES:
            change = {"zone": value}
        case "l" if value in screens.SPOKEN:
            change = {"languages": _toggled(settings.languages, value, screens.SPOKEN)}
        case "t" if value in TOPICS:
            change = {"topics": _toggled(settings.topics, value, tuple(TOPICS))}
        case "n" if number in LENGTHS:
            change = {"length": number}
        case "m" if number in screens.MINIMA:
            change = {"min_outlets": number}
        case "w":
            change = {"weekends": number == 1}
        case "q":
            change = {"say_quiet": number == 1}
        case "a" if number == 0 or number in ALERT_LEVELS:
            change = {"alert_at": number or None}
        case "clear" if value == OUTLETS:
            change = {"outlets": ()}
        case "clear" if value == TOPIC:
            change = {"topics": (), "words": ()}
    return replace(settings, **change)


def _toggled(chosen: Sequence[str], one: str, order: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for name in order if (name in chosen) != (name == one))
