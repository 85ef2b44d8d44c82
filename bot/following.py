"""Followed stories: the button below an answer, how often to be told, one tap to stop."""

from telegram import CallbackQuery

from bot.answer import headline
from bot.answering import Answering, keyboard
from bot.blocks import Kind, Run, Style, block, cut
from bot.digesting import CODE, STOP
from bot.language import _, lazy, plural
from bot.render import telegram
from bot.screens import Button, Screen, sentences
from bot.sending import Sender
from newsroom.desk import Desk
from newsroom.following import EVERY_H
from newsroom.unasked import Follow

TITLE_MAX = 60
TOLD = lazy("You are told of a new outlet, a difference or a changed article, {often}, until it is still for a week.")
ON = "✓ "


class Following:
    """Handles what people do about followed stories, in the private chat."""

    def __init__(self, desk: Desk, sender: Sender, answering: Answering) -> None:
        self._rows = desk.unasked.following
        self._sender = sender
        self._answering = answering

    async def pressed(self, press: CallbackQuery) -> bool:
        """Whether a button of a followed story was pressed."""
        message, told = press.message, (press.data or "").split(":")
        if told[0] != CODE or message is None:
            return False
        chat = message.chat.id
        match told:
            case [_code, "on"] if chat > 0:
                await self._begin(press, chat, message.message_id)
            case [_code, "on"]:
                await self._sender.answer_press(press.id, _("Stories can be followed in the private chat."))
            case [_code, "off", number] if _is_number(number):
                ended = await self._rows.stop(chat, int(number))
                await self._sender.answer_press(press.id, None if ended else _("This story is not followed any more."))
                if ended:
                    said = _("No longer followed: {title}").format(title=cut(ended.title, TITLE_MAX))
                    await self._sender.send(chat, sentences([said]).html)
            case [_code, "every", number, hours] if _is_number(number) and _is_number(hours):
                found = await self._rows.every(chat, int(number), int(hours))
                await self._sender.answer_press(press.id, None if found else _("This story is not followed any more."))
                if found:
                    shown = card(found)
                    await self._sender.edit(chat, message.message_id, shown.html, keyboard=keyboard(shown))
            case _:
                return False
        return True

    async def list_all(self, chat: int) -> None:
        """What is followed, each with its button to stop."""
        found = await self._rows.all_of(chat)
        if not found:
            await self._sender.send(
                chat, sentences([_("No story is followed. The button stands below an answer.")]).html
            )
            return
        shown = _listed(found)
        await self._sender.send(chat, shown.html, keyboard=keyboard(shown))

    async def _begin(self, press: CallbackQuery, chat: int, message_id: int) -> None:
        told = await self._answering.carried_by(chat, message_id)
        if told is None:
            await self._sender.answer_press(press.id, _("This answer is no longer kept. Please send the link again."))
            return
        found = await self._rows.begin(chat, told.comparison, title=headline(told.comparison))
        if found is None:
            await self._sender.answer_press(
                press.id, _("This cannot be followed: no public article of it is kept, or too many are followed.")
            )
            return
        await self._sender.answer_press(press.id)
        shown = card(found)
        await self._sender.send(chat, shown.html, keyboard=keyboard(shown))


def card(found: Follow) -> Screen:
    """What following means, with how often and the way out."""
    often = plural("at most every hour", "at most every {n} hours", found.every_h)
    blocks = [
        block(Run(_("You follow this story"), Style.BOLD), kind=Kind.TITLE),
        block(found.title),
        block(
            TOLD.format(often=often),
            kind=Kind.PARAGRAPH,
        ),
    ]
    hours = tuple(
        Button((ON if n == found.every_h else "") + plural("{n} hour", "{n} hours", n), f"{CODE}:every:{found.id}:{n}")
        for n in EVERY_H
    )
    return Screen(telegram(blocks)[0], (hours[:2], hours[2:], (Button(str(STOP), f"{CODE}:off:{found.id}"),)))


def _listed(found: list[Follow]) -> Screen:
    blocks = [block(Run(_("Stories you follow. Press one to stop."), Style.BOLD), kind=Kind.TITLE)]
    blocks += [block(one.title, kind=Kind.ITEM) for one in found]
    return Screen(
        telegram(blocks)[0], tuple((Button(cut(one.title, TITLE_MAX), f"{CODE}:off:{one.id}"),) for one in found)
    )


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) < 19
