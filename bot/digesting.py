"""What goes out unasked, as messages: a digest, an alert, what is new in a followed story, an admin's words. Pure.

One message each: what does not fit is shortened from the end, then left out.
"""

from collections.abc import Sequence
from datetime import datetime

from bot import answer, texts
from bot.blocks import Block, Kind, Run, Style, block, cut, joined, quoted
from bot.language import _, day, lazy, listed, plural, speaking
from bot.phrases import Phrases, on_word, strength
from bot.render import escape, telegram
from bot.screens import Button, Screen, View, sentences
from claims.comparison import Cell, Change, Comparison, Difference, DifferenceKind, Row
from newsroom.desk import Answer
from newsroom.posting import Alert, Amends, Development, Issue, Notice, Shown, Words

HEADLINE_MAX = 120  # of a story among others
STATEMENT_MAX = 110
DIFFERING_MAX = 60  # of each side of the largest difference
SIDES_MAX = 4  # lines of who says it
CHANGE_MAX = 70  # of each side of what an outlet changed
NEW_MAX = 4  # outlets, changes or claims that a message about a followed story tells
CODE = "w1"  # of the buttons of followed stories

QUIET = lazy("A quiet day: no story that {outlets} or more outlets tell since the last digest.")
SHOW = lazy("Show the comparison")
STOP = lazy("Stop following")


class ByName(Phrases):
    """Nobody has sent an article: the first one goes by its outlet's name too."""

    def __init__(self, comparison: Comparison) -> None:
        super().__init__(comparison)
        self._names = {article.url: article.outlet.name for article in comparison.articles}

    def name(self, url_or_outlet: str) -> str:
        """The outlet behind an address; a name stays as it is."""
        return self._names.get(url_or_outlet, url_or_outlet)


def screen_of(words: Words, *, bot: str, private: bool) -> Screen:
    """The message. ``bot``: its username, for links to it; ``private``: to a person, not to a channel or group."""
    match words:
        case Issue():
            with speaking(words.settings.speaks, words.settings.zone):
                return _issue(words, bot, private=private)
        case Alert():
            with speaking(words.settings.speaks, words.settings.zone):
                title = plural("{n} outlet tells this now", "{n} outlets tell this now", words.outlets)
                blocks = [block(Run(title, Style.BOLD), kind=Kind.TITLE), *_story(words.answer, bot, brief=False)]
                return Screen(telegram(blocks)[0])
        case Development():
            return _development(words)
        case Notice():
            return Screen(escape(words.text))
        case Amends():
            title = _("Correction to an answer you got: {headline}").format(headline=words.headline)
            said, should = _("It said: {words}"), _("It should say: {words}")
            return sentences([title, said.format(words=words.old), should.format(words=words.new)])


def link_to(answer_id: str, bot: str) -> str:
    """Opens the private chat with the bot and shows an answer there."""
    return f"https://t.me/{bot}?start=a{answer_id}"


def _issue(words: Issue, bot: str, *, private: bool) -> Screen:
    head = [block(Run(_title(words.at), Style.BOLD), kind=Kind.TITLE)]
    if words.trial:
        head.append(block(Run(_("A preview: the stories of the last day."), Style.ITALIC)))
    foot = [block(Run(_("/subscribe changes this digest or ends it."), Style.ITALIC), kind=Kind.PARAGRAPH)]
    foot = foot if private and not words.trial else []
    if not words.stories:
        quiet = block(QUIET.format(outlets=words.settings.min_outlets), kind=Kind.PARAGRAPH)
        return Screen(telegram([*head, quiet, *foot])[0])
    whole = len(words.stories)
    for told, full in _ways(whole):
        stories = [
            _numbered(number, shown, bot, brief=number > full)
            for number, shown in enumerate(words.stories[:told], start=1)
        ]
        pages = telegram([*head, *(one for story in stories for one in story), *foot])
        if len(pages) == 1:
            break
    return Screen(pages[0])


def _ways(whole: int) -> list[tuple[int, int]]:
    """How many stories to tell and how many of them in full, the best way first."""
    return [(whole, full) for full in range(whole, -1, -1)] + [(told, 0) for told in range(whole - 1, 0, -1)]


def _title(at: datetime) -> str:
    return _("News of {day}").format(day=day(at))


def _numbered(number: int, shown: Shown, bot: str, *, brief: bool) -> list[Block]:
    return _story(shown.answer, bot, brief=brief, number=number, again=shown.again, changed=shown.changed)


def _story(
    told: Answer, bot: str, *, brief: bool, number: int | None = None, again: bool = False, changed: str | None = None
) -> list[Block]:
    """The headline, how many tell it, the claim, who stands behind it, the largest difference, the last change."""
    comparison = told.comparison
    say = ByName(comparison)
    name = cut(answer.headline(comparison), HEADLINE_MAX)
    head = f"{number}. {name}" if number else name
    blocks = [
        block(Run(head, Style.BOLD, comparison.lead.url), kind=Kind.STATEMENT),
        block(f"{comparison.lead.outlet.name}; {answer.numbers(comparison)}"),
    ]
    if again:
        blocks.append(block(Run(_("Told before; it has changed since."), Style.ITALIC)))
    row = _weightiest(comparison)
    if row is not None:
        blocks.append(block(quoted(row.statement, STATEMENT_MAX)))
        if not brief:
            blocks += _sides(row, say)
    difference = _largest(comparison)
    if difference is not None and not brief:
        blocks.append(_both(difference, say))
    changes = [one for one in comparison.changes if one.url == changed] or comparison.changes
    if changes and not brief:
        blocks.append(_change(changes[-1], say))
    blocks.append(block(Run(_("Compare"), link=link_to(told.id, bot))))
    return blocks


def _sides(row: Row, say: Phrases) -> list[Block]:
    """Who says it, those on the same word in one line; their words stand in the line of the largest difference."""
    groups: dict[str, list[Cell]] = {}
    for cell in row.cells:
        groups.setdefault(on_word(cell, brief=True), []).append(cell)
    lines = []
    for word, group in groups.items():
        names = ((say.outlet(cell.place.url, within=bool(n)),) for n, cell in enumerate(group))
        lines.append(block(*joined(names, ", "), f", {word}", kind=Kind.ITEM))
    left = len(lines) - SIDES_MAX
    more = [block(texts.MORE.format(count=left), kind=Kind.ITEM)] if left > 0 else []
    return lines[:SIDES_MAX] + more


def _weightiest(comparison: Comparison) -> Row | None:
    rows = [row for row in comparison.rows if len(row.cells) > 1] or list(comparison.rows)
    return max(rows, key=lambda row: (max(row.importance, strength(row)), row.id), default=None)


def _largest(comparison: Comparison) -> Difference | None:
    found = (
        one
        for row in comparison.rows
        for one in row.differences
        if one.kind not in (DifferenceKind.PRESENCE, DifferenceKind.AUTHORITY)
    )
    return max(found, key=lambda one: (one.strength, one.between), default=None)


def _both(difference: Difference, say: Phrases) -> Block:
    """Both sides of a difference, in their words."""
    runs: list[Run | str] = [Run(texts.capital(str(texts.DIFFERENT[difference.kind])), Style.ITALIC), ": "]
    for n, (url, (version, span)) in enumerate(zip(difference.between, difference.spans, strict=True)):
        words = say.words(version, span) or ""
        runs += ["; " if n else "", say.outlet(url, within=True), " ", quoted(words, DIFFERING_MAX)]
    return block(*runs)


def _change(change: Change, say: Phrases) -> Block:
    heading = texts.capital(str(texts.CHANGED_MARKED if change.marked else texts.CHANGED))
    words = next(answer.change_words(change, CHANGE_MAX), "")
    return block(Run(heading, Style.ITALIC), ": ", say.outlet(change.url, within=True), f", {words}")


def _development(words: Development) -> Screen:
    comparison = words.answer.comparison
    say = ByName(comparison)
    blocks = [
        block(Run(_("New in a story you follow"), Style.BOLD), kind=Kind.TITLE),
        block(Run(answer.headline(comparison), link=comparison.lead.url)),
        block(answer.numbers(comparison)),
    ]
    blocks += _newcomers(words, comparison)
    blocks += [_apart(_change(change, say)) for change in words.changes[:NEW_MAX]]
    for row in words.rows[:NEW_MAX]:
        blocks += [block(quoted(row.statement, STATEMENT_MAX), kind=Kind.STATEMENT), *say.differs(row)]
        blocks += say.sides_in_short(row, brief=True)
    show = Button(str(SHOW), View().data)
    stop = Button(str(STOP), f"{CODE}:off:{words.follow}")
    return Screen(telegram(blocks)[0], ((show,), (stop,)))


def _newcomers(words: Development, comparison: Comparison) -> Sequence[Block]:
    new = [article for article in comparison.articles if article.url in words.outlets]
    if not new:
        return []
    names = listed([article.outlet.name for article in new[:NEW_MAX]])
    line = plural("New outlet: {names}", "New outlets: {names}", len(new), names=names)
    titles = [
        block(Run(one.outlet.name, link=one.url), ": ", quoted(one.title, STATEMENT_MAX), kind=Kind.ITEM)
        for one in new[:NEW_MAX]
    ]
    return [block(line, kind=Kind.PARAGRAPH), *titles]


def _apart(one: Block) -> Block:
    return Block(one.runs, Kind.PARAGRAPH)
