"""/stories and /corrections: joining, parting, hiding, comparing anew; reported mistakes and what becomes of them."""

import json
from dataclasses import replace

from bot.admin.pages import Asked, Door, Item, Page, counted, fact, note, since, when
from bot.blocks import Run, Style, block, cut, quoted
from claims.errors import BadInput
from newsroom.administration import Administration, number_of
from newsroom.story_care import Mistake, StorySummary, Whole, ref_of

HEADLINE_MAX = 90
ARROW = "=>"  # between what an answer said and what it should say

COMMANDS = {
    "stories": "Join, part, hide stories; compare anew",
    "corrections": "Mistakes that readers have reported",
}
HOW_STORIES = "One: /stories NUMBER. Join two: /stories merge NUMBER NUMBER."
HOW_FIX = "Correct it: /corrections fix {id} what it said => what it should say"
KINDS = {
    "speaker": "wrong speaker",
    "joined": "wrongly joined",
    "quotation": "quotation",
    "outlet": "wrong outlet",
    "other": "something else",
}


async def stories(office: Administration, asked: Asked) -> Page:
    """The list, one story, or the question whether an article is to leave it."""
    words = asked.words
    if len(words) == 2:
        return await _article(office, number_of(words[0], "the story"), words[1])
    if words:
        return await _story(office, asked, number_of(words[0], "the story"))
    found = await office.stories.recent()
    items = [Item(_line(one, asked), "stories", str(one.id)) for one in found]
    lines = [note(HOW_STORIES)] if items else [note("No story has a second outlet yet."), note(HOW_STORIES)]
    return Page(title="Stories", lines=lines, items=items)


async def merge(office: Administration, asked: Asked) -> Page:
    """``NUMBER NUMBER``: first shown, then done by its button."""
    words = asked.words
    if len(words) != 2:
        raise BadInput("Write it like this: /stories merge 12 34")
    one, two = (number_of(word, "a story") for word in words)
    if asked.pressed:
        kept = await office.stories.merge(one, two, by=asked.by)
        return await _story(office, asked, kept, notice="Joined")
    shown = [await office.stories.whole(number) for number in (one, two)]
    lines = [fact(str(whole.id), f"{_title(whole)} ({counted(len(whole.articles), 'article')})") for whole in shown]
    return Page(
        title="Make these two one story?",
        lines=[*lines, note("The first one's number stays. Parting them again takes out one article at a time.")],
        doors=([Door("Join", "stories.merge", f"{one} {two}"), Door("No", "stories", str(one))],),
    )


async def split(office: Administration, asked: Asked) -> Page:
    """``NUMBER ARTICLE``: by button."""
    words = asked.words
    if len(words) != 2:
        raise BadInput("Open the story with /stories NUMBER, then the article by its number.")
    number = number_of(words[0], "the story")
    new = await office.stories.split(number, words[1], by=asked.by)
    return await _story(office, asked, new, notice="A story of its own now")


async def hide(office: Administration, asked: Asked) -> Page:
    """Offer a story to nobody unasked."""
    number = number_of(asked.arg, "the story")
    await office.stories.hide(number, hidden=True, by=asked.by)
    return await _story(office, asked, number, notice="Hidden")


async def show(office: Administration, asked: Asked) -> Page:
    """Offer it again."""
    number = number_of(asked.arg, "the story")
    await office.stories.hide(number, hidden=False, by=asked.by)
    return await _story(office, asked, number, notice="Shown again")


async def rerun(office: Administration, asked: Asked) -> Page:
    """Compare anew."""
    number = number_of(asked.arg, "the story")
    await office.note(asked.by, "stories.rerun", number)
    answer = await office.stories.rerun(number)
    page = await _story(office, asked, number, notice="Compared anew")
    comparison = answer.comparison
    told = f"answer {answer.id}: {len(comparison.articles)} articles, {len(comparison.rows)} claims"
    return replace(page, lines=[*page.lines, fact("Compared anew", told)])


async def corrections(office: Administration, asked: Asked) -> Page:
    """The queue, or one report."""
    if asked.arg:
        return _report(await office.stories.mistake(number_of(asked.arg, "the report")), asked)
    found = await office.stories.open_mistakes()
    items = [Item(_reported(one), "corrections", str(one.report.id)) for one in found]
    lines = [note(f"{len(found)} open, oldest first.") if items else note("No mistake is reported.")]
    sent = await office.stories.sent()
    lines += [
        block(f"Sent {when(at)}: {cut(one.headline, 60)}, {told} of {whole} chats") for one, at, (told, whole) in sent
    ]
    return Page(title="Corrections", lines=lines, items=items, act="corrections", arg="")


async def fix(office: Administration, asked: Asked) -> Page:
    """``NUMBER old => new``: shown as everybody will get it."""
    told, _, rest = asked.arg.partition(" ")
    old, arrow, new = (part.strip() for part in rest.partition(ARROW))
    if not arrow or not old or not new:
        raise BadInput(HOW_FIX.format(id=told or "NUMBER"))
    mistake = await office.stories.mistake(number_of(told, "the report"))
    body = json.dumps({"report": mistake.report.id, "old": old, "new": new})
    number = await office.propose("corrections.send", body, by=asked.by)
    shown = f"Correction to an answer you got: {mistake.headline}"
    return Page(
        title=f"Send this to {counted(mistake.chats, 'chat')}?",
        lines=[note(shown), note(f"It said: {old}"), note(f"It should say: {new}")],
        doors=([Door("Send", "corrections.send", str(number)), Door("No", "corrections", str(mistake.report.id))],),
    )


async def send(office: Administration, asked: Asked) -> Page:
    """Send what was shown."""
    told = json.loads(await office.accept(asked.arg, "corrections.send", by=asked.by))
    await office.stories.fix(told["report"], old=told["old"], new=told["new"], by=asked.by)
    return replace(await corrections(office, replace(asked, arg="")), notice="Being sent")


async def reject(office: Administration, asked: Asked) -> Page:
    """Close a report: the answer stands."""
    await office.stories.reject(number_of(asked.arg, "the report"), by=asked.by)
    return replace(await corrections(office, replace(asked, arg="")), notice="Rejected")


async def _story(office: Administration, asked: Asked, number: int, *, notice: str = "") -> Page:
    whole = await office.stories.whole(number)
    items = [
        Item(
            (Run(one.outlet.name, Style.BOLD), f": {cut(one.title, HEADLINE_MAX)}"),
            "stories",
            f"{whole.id} {ref_of(one)}",
        )
        for one in whole.articles
    ]
    marks = [
        word for word, is_so in (("hidden", whole.about.hidden), ("set by an admin", whole.about.curated)) if is_so
    ]
    told = f"{counted(len(whole.articles), 'article')} held, {counted(whole.about.answers, 'answer')}"
    lines = [block(", ".join([told, *marks]))]
    if items:
        lines.append(note("Open an article to take it out."))
    number_ = str(whole.id)
    switch = Door("Show", "stories.show", number_) if whole.about.hidden else Door("Hide", "stories.hide", number_)
    doors = ([switch, Door("Compare anew", "stories.rerun", number_), Door("Stories", "stories")],)
    return Page(
        title=f"Story {whole.id}", lines=lines, items=items, doors=doors, act="stories", arg=number_, notice=notice
    )


async def _article(office: Administration, number: int, ref: str) -> Page:
    whole = await office.stories.whole(number)
    one = whole.article(ref)
    back = Door("Back", "stories", str(whole.id))
    why = await office.stories.why(whole, one)
    return Page(
        title=f"{one.outlet.name}: {cut(one.title, HEADLINE_MAX)}",
        lines=[
            block(Run(cut(one.url, 200), link=one.url)),
            *([fact("Why it is here", cut(why, 300))] if why else []),
            note(f"Take this article out of story {whole.id}? It becomes a story of its own, for good."),
        ],
        doors=([Door("Take out", "stories.split", f"{whole.id} {ref}"), back],),
    )


def _report(one: Mistake, asked: Asked) -> Page:
    report = one.report
    lines = [
        fact("About", cut(one.headline, 200)),
        fact("Wrong", KINDS.get(report.kind, report.kind)),
        *([fact("Claim", quoted(one.statement))] if one.statement else []),
        *([fact("In the reader's words", quoted(report.text))] if report.text else []),
        fact("Reported", f"{since(report.at, asked.by.at)} by {report.person}"),
        fact("In how many chats", one.chats),
        fact("State", report.state),
    ]
    doors: list[list[Door]] = [[Door("Corrections", "corrections")]]
    if report.state == "open":
        lines.append(note(HOW_FIX.format(id=report.id)))
        doors[0].insert(0, Door("Reject", "corrections.reject", str(report.id)))
    if one.story is not None:
        doors.append([Door(f"Story {one.story}", "stories", str(one.story))])
    return Page(title=f"Report {report.id}", lines=lines, doors=doors)


def _reported(one: Mistake) -> tuple[Run | str, ...]:
    kind = KINDS.get(one.report.kind, one.report.kind)
    return (Run(kind, Style.BOLD), f": {cut(one.headline, HEADLINE_MAX)}")


def _line(one: StorySummary, asked: Asked) -> tuple[Run | str, ...]:
    hidden = "hidden, " if one.hidden else ""
    told = f": {hidden}{one.outlets} outlets, {since(one.newest, asked.by.at)}"
    return (Run(f"{cut(one.title, HEADLINE_MAX)}", Style.BOLD), told)


def _title(whole: Whole) -> str:
    return cut(whole.articles[0].title, HEADLINE_MAX) if whole.articles else "nothing held"


ACTS = {
    "stories": stories,
    "stories.merge": merge,
    "stories.split": split,
    "stories.hide": hide,
    "stories.show": show,
    "stories.rerun": rerun,
    "corrections": corrections,
    "corrections.fix": fix,
    "corrections.send": send,
    "corrections.reject": reject,
}
