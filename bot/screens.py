"""What a Telegram message shows and which buttons it has: the overview, the parts behind it, their pages. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot import answer, texts
from bot.blocks import Kind, Run, Style, block, cut
from bot.exports import FORMATS
from bot.language import Lazy, _
from bot.parts import Part, one_story, parts
from bot.render import PART_MAX, telegram
from claims.comparison import Comparison

OVERVIEW, EXPORT, FILE, WHY = "o", "x", "f", "w"
FOLLOW = "w1:on"  # see bot.following
REPORT = "m1"  # begins what the buttons of bot.reporting carry
CODE = "v1"  # of what a button carries: "v1:c:2" is the second page of the claims
ROW_MAX = 3  # buttons beside each other; more are cut on a phone
HEADLINE_MAX = 80  # of the headline above a part
ALONE_MAX = 12  # claims that only one outlet has: beyond two or three pages nobody turns; the export has all


@dataclass(frozen=True, slots=True)
class Button:
    """A button that shows another screen, or opens an address."""

    text: str
    data: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Screen:
    """A message: Telegram HTML and the rows of its keyboard."""

    html: str
    buttons: tuple[tuple[Button, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """Which part of an answer is shown, and which of its pages (the first is 1)."""

    part: str = OVERVIEW
    page: int = 1

    @property
    def data(self) -> str:
        """As a button carries it."""
        return f"{CODE}:{self.part}:{self.page}"

    @classmethod
    def of(cls, data: str) -> "View | None":
        """Back from a button; None for what no button of ours carries."""
        match data.split(":"):
            case [code, part, page] if code == CODE and page.isdecimal() and len(page) < 5:
                return cls(part, int(page))
        return None


def first_screen(comparison: Comparison, *, first_max: int | None = None) -> Screen:
    """The asked article's own claims, while other outlets are looked for."""
    blocks = answer.overview(comparison, held_at=None, searching=True, limit=first_max or answer.FIRST_MAX)
    return Screen(telegram(blocks)[0])


def screen(
    comparison: Comparison,
    view: View,
    *,
    held_at: datetime,
    page_url: str | None = None,
    first_max: int | None = None,
) -> Screen:
    """What the message shows. ``page_url``: where the side-by-side page of this answer is, if readers can reach it;
    ``first_max``: visible length of the first message.
    """
    behind = parts(comparison, held_at=held_at, alone_max=ALONE_MAX)
    if view.part == EXPORT:
        return _export(comparison)
    shown = next((part for part in behind if part.key == view.part), None)
    if shown is None:
        blocks = answer.overview(comparison, held_at=held_at, limit=first_max or answer.FIRST_MAX)
        doors = [Button(_label(part), View(part.key).data) for part in behind]
        page = [Button(_(texts.PAGE), url=page_url)] if page_url else []
        export = Button(_(texts.EXPORT), View(EXPORT).data)
        report = Button(_(texts.REPORT), f"{REPORT}:menu:")
        return Screen(telegram(blocks)[0], (*_rows(doors), (export, *page), (report,)))
    why = one_story(comparison) if shown.key == WHY else ()
    pages = telegram((*why, *shown.blocks), limit=PART_MAX)
    number = min(max(view.page, 1), len(pages))
    html = _title(shown.title, comparison, number, len(pages)) + "\n\n" + pages[number - 1]
    others = [Button(part.title, View(part.key).data) for part in behind if part is not shown]
    others.append(Button(_(texts.EXPORT), View(EXPORT).data))
    paging = _paging(shown.key, number, len(pages))
    return Screen(html, (*filter(None, (paging,)), *_rows([Button(_(texts.BACK), View().data), *others])))


def followable(shown: Screen) -> Screen:
    """The first message of an answer in a private chat: its story can be followed."""
    return Screen(shown.html, (*shown.buttons[:-1], (Button(_(texts.FOLLOW), FOLLOW), *shown.buttons[-1])))


def noted(shown: Screen, sentence: str) -> Screen:
    """A screen under a sentence on it as a whole."""
    return Screen(f"{sentences([sentence]).html}\n\n{shown.html}", shown.buttons)


def sentences(lines: Sequence[str | Lazy]) -> Screen:
    """Plain sentences, an empty line between."""
    return Screen("\n\n".join(telegram([block(_(line))])[0] for line in lines))


def _export(comparison: Comparison) -> Screen:
    title = _title(_(texts.EXPORT), comparison, 1, 1)
    forms = tuple(Button(form, View(FILE, number).data) for number, form in enumerate(FORMATS, 1))
    return Screen(
        "\n\n".join((title, sentences(texts.EXPORT_FORMS).html)), (forms, (Button(_(texts.BACK), View().data),))
    )


def _label(part: Part) -> str:
    return part.title if part.items is None else f"{part.title} {part.items}"


def _rows(buttons: Sequence[Button]) -> tuple[tuple[Button, ...], ...]:
    return tuple(tuple(buttons[start : start + ROW_MAX]) for start in range(0, len(buttons), ROW_MAX))


def _title(title: str, comparison: Comparison, number: int, pages: int) -> str:
    name = texts.VIEW_PART.format(view=title, page=number, pages=pages) if pages > 1 else title
    headline = cut(answer.headline(comparison), HEADLINE_MAX)
    return telegram([block(Run(name, Style.BOLD), f": {headline}", kind=Kind.TITLE)])[0]


def _paging(part: str, number: int, pages: int) -> tuple[Button, ...]:
    earlier = [Button(_(texts.EARLIER), View(part, number - 1).data)] if number > 1 else []
    later = [Button(_(texts.LATER), View(part, number + 1).data)] if number < pages else []
    return (*earlier, *later)
