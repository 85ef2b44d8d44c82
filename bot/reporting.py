"""Report a mistake: a reader says which kind of mistake an answer has, and where; admins find it in their queue.

A button carries ``m1:<kind>:<row>``. What no button can say is asked for: the reply to that message is the report.
"""

from collections.abc import Mapping

from telegram import CallbackQuery, ForceReply, MaybeInaccessibleMessage, Message

from bot import texts
from bot.answer import STATEMENT_MAX, headline, told_by_several
from bot.answering import Answering, keyboard
from bot.blocks import Block, Kind, Run, Style, block, cut, quoted
from bot.language import Lazy, _, lazy
from bot.messages import topic_of
from bot.render import telegram
from bot.screens import HEADLINE_MAX, REPORT, Button, Screen, View, followable, sentences
from bot.sending import Sender
from claims.comparison import Comparison, Row
from newsroom.desk import Answer, Desk

MENU, NOWHERE = "menu", "-"
KINDS: Mapping[str, Lazy] = {
    "speaker": lazy("Wrong speaker"),
    "joined": lazy("Different facts joined"),
    "quotation": lazy("Quotation check wrong"),
    "outlet": lazy("An outlet is missing"),
    "other": lazy("Something else"),
}
OF_A_CLAIM = ("speaker", "joined")
#: asked for in words
ASKED: Mapping[str, Lazy] = {
    "outlet": lazy("Which outlet, or which article? Please answer this message with its name or its link."),
    "other": lazy("What is wrong? Please answer this message in a sentence."),
}
ROWS_MAX = 8  # claims to choose from: what somebody complains of stands far up
NOTED = lazy("Noted, thank you. Who looks after the bot will read it.")
FULL = lazy("You have reported much that nobody has read yet. Please wait with more.")


def menu(comparison: Comparison) -> Screen:
    """What can be wrong."""
    blocks = [_title(comparison), block(_("What is wrong with this answer?"), kind=Kind.PARAGRAPH)]
    kinds = [kind for kind in KINDS if kind != "quotation" or comparison.quotations]
    rows = tuple((Button(_(KINDS[kind]), _data(kind)),) for kind in kinds)
    return Screen(telegram(blocks)[0], (*rows, (Button(_("Back"), View().data),)))


def which(comparison: Comparison, kind: str) -> Screen:
    """In which claim it is wrong."""
    blocks = [_title(comparison), block(_("{kind}: in which claim?").format(kind=KINDS[kind]), kind=Kind.PARAGRAPH)]
    rows = _rows(comparison)
    blocks += [block(f"{number}. ", quoted(row.statement, STATEMENT_MAX)) for number, row in enumerate(rows, 1)]
    numbers = [Button(str(number), _data(kind, row.id)) for number, row in enumerate(rows, 1)]
    others = (Button(_("Another one"), _data(kind, NOWHERE)), Button(_("Back"), _data(MENU)))
    return Screen(telegram(blocks)[0], (*(tuple(numbers[n : n + 4]) for n in range(0, len(numbers), 4)), others))


class Reporting:
    """Takes reports of mistakes; each method tells whether it was meant for it."""

    def __init__(self, desk: Desk, sender: Sender, answering: Answering) -> None:
        self._inbox = desk.inbox
        self._sender = sender
        self._answering = answering

    async def pressed(self, press: CallbackQuery) -> bool:
        """A button of a report."""
        message, carried = press.message, (press.data or "").split(":")
        if message is None or len(carried) != 3 or carried[0] != REPORT:
            return False
        chat, (_code, kind, row) = message.chat.id, carried
        answer = await self._answering.carried_by(chat, message.message_id)
        if answer is None or (kind not in KINDS and kind != MENU):
            return False
        said = None
        if kind == MENU:
            shown = menu(answer.comparison)
        elif kind in OF_A_CLAIM and not row and answer.comparison.rows:
            shown = which(answer.comparison, kind)
        else:
            if kind in ASKED:
                await self._ask(press.from_user.id, message, answer, kind)
            else:
                known = row if row in {one.id for one in answer.comparison.rows} else None
                noted = await self._inbox.report(press.from_user.id, chat, answer.id, kind, row=known)
                said = _(NOTED if noted else FULL)
            shown = self._answering.screen(answer, View())
            shown = followable(shown) if chat > 0 else shown
        await self._sender.answer_press(press.id, said)
        await self._sender.edit(
            chat, message.message_id, shown.html, keyboard=keyboard(shown), thread_id=topic_of(message)
        )
        return True

    async def typed(self, message: Message) -> bool:
        """A reply that says what is wrong."""
        asked, person = message.reply_to_message, message.from_user
        ours = asked is not None and asked.from_user is not None and asked.from_user.id == self._sender.me.id
        if asked is None or person is None or not ours or not message.text:
            return False
        if not await self._inbox.tell_report(person.id, message.chat.id, asked.message_id, message.text):
            return False
        await self._sender.send(
            message.chat.id, sentences([NOTED]).html, thread_id=topic_of(message), reply_to=message.message_id
        )
        return True

    async def _ask(self, person: int, message: MaybeInaccessibleMessage, answer: Answer, kind: str) -> None:
        """Ask for words; the message that does so is noted as the one whose reply has them."""
        chat = message.chat.id
        title = cut(headline(answer.comparison), HEADLINE_MAX)
        lines = [_("{kind}: {headline}").format(kind=KINDS[kind], headline=title), _(ASKED[kind])]
        prompt = await self._sender.send(
            chat, sentences(lines).html, keyboard=ForceReply(selective=True), thread_id=topic_of(message)
        )
        if prompt is not None:
            await self._inbox.report(person, chat, answer.id, kind, prompt=prompt)


def _rows(comparison: Comparison) -> list[Row]:
    return (told_by_several(comparison) or list(comparison.rows))[:ROWS_MAX]


def _title(comparison: Comparison) -> Block:
    name = Run(_(texts.REPORT), Style.BOLD)
    return block(name, f": {cut(headline(comparison), HEADLINE_MAX)}", kind=Kind.TITLE)


def _data(kind: str, row: str = "") -> str:
    return f"{REPORT}:{kind}:{row}"
