"""/outlets and /takedown: how each scraper does, adding, pausing, slowing down; erasing what a publisher wants out."""

import json
from dataclasses import replace
from hashlib import sha256
from urllib.parse import urlsplit

from bot.admin.pages import Asked, Door, Item, Page, as_csv, fact, heading, note, since, when
from bot.blocks import Block, Run, Style, block, cut
from claims.errors import BadInput
from newsroom.administration import Administration, number_of
from newsroom.outlet_care import Extent, OutletFigures, Tried

KEY_MAX = 38  # bytes of an outlet's key on a button; a longer one goes by a part of its hash
ERROR_MAX = 200  # characters of an error as shown; the log of the process has all
PAUSES = (5, 30, 120)

COMMANDS = {
    "outlets": "How the scrapers do; add, pause, slow down",
    "takedown": "Erase a domain or a link for good",
}
HOW = "One: /outlets NAME. Add one: /outlets add DOMAIN. A pause: /outlets limit KEY SECONDS."
HOW_TAKEDOWN = (
    "Erases all texts of a domain or a link, the answers that rest on them, and never fetches it again.",
    "/takedown example.com",
    "/takedown https://example.com/page",
)


async def outlets(office: Administration, asked: Asked) -> Page:
    """The list, or one outlet."""
    if asked.arg:
        return await _outlet(office, await _key(office, asked.arg))
    figures = await office.outlets.figures()
    resting = sum(one.resting_until is not None and one.active for one in figures)
    paused = sum(not one.active for one in figures)
    lines = [
        block(f"{len(figures)} outlets, {resting} resting after failures, {paused} paused. Within 7 days:"),
    ]
    items = [
        Item((Run(cut(one.name, 40), Style.BOLD), f": {_short(one, asked)}"), "outlets", _ref(one.key))
        for one in figures
    ]
    doors = ([Door("All as a file", "outlets.file")],)
    return Page(title="Outlets", lines=[*lines, note(HOW)], items=items, doors=doors, act="outlets")


async def as_file(office: Administration, asked: Asked) -> Page:
    """How all scrapers do, as CSV."""
    page = await outlets(office, replace(asked, arg=""))
    names = ("key", "name", "active", "read", "closed", "lost", "feeds", "feeds_failing", "pause_s", "last_at", "error")
    rows = [[str(getattr(one, name)) for name in names] for one in await office.outlets.figures()]
    return replace(page, file=("outlets.csv", as_csv([names, *rows])))


async def pause(office: Administration, asked: Asked) -> Page:
    """Leave an outlet alone."""
    key = await _key(office, asked.arg)
    await office.outlets.switch(key, active=False, by=asked.by)
    return await _outlet(office, key, notice="Paused")


async def resume(office: Administration, asked: Asked) -> Page:
    """Visit it again."""
    key = await _key(office, asked.arg)
    await office.outlets.switch(key, active=True, by=asked.by)
    return await _outlet(office, key, notice="Visited again")


async def limit(office: Administration, asked: Asked) -> Page:
    """``KEY SECONDS``, or ``KEY -`` for the pause that all have."""
    told, _, seconds = asked.arg.rpartition(" ")
    if not told:
        raise BadInput("Write it like this: /outlets limit reuters 10, or - for the pause that all have.")
    key = await _key(office, told)
    pause_s = None if seconds == "-" else float(number_of(seconds, "the pause in seconds"))
    await office.outlets.slow_down(key, pause_s, by=asked.by)
    return await _outlet(office, key, notice="Pause set")


async def add(office: Administration, asked: Asked) -> Page:
    """Try a domain, and show what adding it would bring."""
    if not asked.arg:
        raise BadInput("Write it like this: /outlets add example.com")
    tried = await office.outlets.attempt(asked.arg)
    lines = [fact("Name", tried.name), *(_feed(*feed) for feed in tried.feeds)]
    if tried.article:
        lines += [fact("Article read", f"{cut(tried.article, 120)} ({tried.letters:,} characters)")]
    if tried.problem:
        lines += [note(tried.problem)]
    doors: list[list[Door]] = []
    if tried.works:
        number = await office.propose("outlets.confirm", _draft(tried), by=asked.by)
        doors = [[Door("Add", "outlets.confirm", str(number)), Door("Not now", "outlets")]]
    return Page(title=f"Test of {tried.domain}", lines=lines, doors=doors)


async def confirm(office: Administration, asked: Asked) -> Page:
    """Follow the outlet that was tried."""
    draft = await office.accept(asked.arg, "outlets.confirm", by=asked.by)
    key = await office.outlets.add(draft, by=asked.by)
    return await _outlet(office, key, notice="Added")


async def takedown(office: Administration, asked: Asked) -> Page:
    """What is taken down, or what taking a domain or a link down would erase."""
    if not asked.arg:
        closed = await office.outlets.taken_down()
        lines = [note(line) for line in HOW_TAKEDOWN]
        lines += [heading("Taken down")] if closed else []
        return Page(title="Takedown", lines=[*lines, *(fact(cut(one, 300), when(at)) for one, at in closed)])
    extent = await office.outlets.extent(asked.arg)
    number = await office.propose("takedown.confirm", asked.arg, by=asked.by)
    return Page(
        title=f"Take down {cut(extent.address, 200)}?",
        lines=[*_extent(extent), note("Texts and answers are gone for good. The address is never fetched again.")],
        doors=([Door("Take down", "takedown.confirm", str(number)), Door("No", "takedown")],),
    )


async def take_down(office: Administration, asked: Asked) -> Page:
    """Do it."""
    told = await office.accept(asked.arg, "takedown.confirm", by=asked.by)
    extent = await office.outlets.take_down(told, by=asked.by)
    return Page(
        title=f"Taken down: {cut(extent.address, 200)}",
        lines=_extent(extent),
        doors=([Door("All takedowns", "takedown")],),
        notice="Taken down",
    )


async def _outlet(office: Administration, key: str, *, notice: str = "") -> Page:
    one = await office.outlets.figures_of(key)
    robots = await office.outlets.robots(key) if one.active else "not asked while paused"
    tried = one.read + one.closed + one.lost
    lines = [
        fact("State", "visited" if one.active else "paused"),
        fact("Read", f"{one.read} of {tried} pages ({one.share:.0%})" if one.share is not None else "nothing yet"),
        fact("Closed to us", one.closed),
        fact("Given up", one.lost),
        fact("Last article", when(one.last_at)),
        fact("Feeds", f"{one.feeds}, {one.feeds_failing} failing"),
        fact("robots.txt", robots),
        fact("Pause", f"{one.pause_s:g} s" if one.pause_s is not None else "as everywhere"),
    ]
    if one.resting_until is not None:
        lines.append(fact("Left alone until", when(one.resting_until)))
    if one.error:
        lines.append(fact("Last failure", cut(one.error, ERROR_MAX)))
    ref = _ref(key)
    switch = Door("Pause", "outlets.pause", ref) if one.active else Door("Resume", "outlets.resume", ref)
    pauses = [Door(f"{seconds} s", "outlets.limit", f"{ref} {seconds}") for seconds in PAUSES]
    return Page(
        title=f"{one.name} ({one.key})",
        lines=lines,
        doors=([switch, Door("Outlets", "outlets")], [*pauses, Door("No own pause", "outlets.limit", f"{ref} -")]),
        arg=ref,
        notice=notice,
    )


def _short(one: OutletFigures, asked: Asked) -> str:
    if not one.active:
        return "paused"
    share = f"{one.share:.0%} read" if one.share is not None else "nothing read yet"
    resting = ", resting" if one.resting_until is not None and one.resting_until > asked.by.at else ""
    return f"{share}, last {since(one.last_at, asked.by.at)}{resting}"


def _ref(key: str) -> str:
    return key if len(key.encode()) <= KEY_MAX and " " not in key else "#" + sha256(key.encode()).hexdigest()[:16]


async def _key(office: Administration, told: str) -> str:
    """The outlet's key, from what a button or an admin calls it."""
    if not told.startswith("#"):
        return await office.outlets.find(told)
    found = [one.key for one in await office.outlets.figures() if _ref(one.key) == told]
    if not found:
        raise BadInput("There is no such outlet any more. /outlets lists them.")
    return found[0]


def _feed(address: str, count: int, problem: str) -> Block:
    where = urlsplit(address)
    return fact(cut(f"{where.hostname}{where.path}", 80), f"{count} articles" if count else problem)


def _draft(tried: Tried) -> str:
    return json.dumps({"domain": tried.domain, "name": tried.name, "feeds": list(tried.works)})


def _extent(one: Extent) -> list[Block]:
    return [
        fact("What", "the domain and all below it" if one.domain else "this page"),
        fact("Articles", one.articles),
        fact("Texts erased", one.texts),
        fact("Answers erased", one.answers),
        fact("Feeds", one.feeds),
    ]


ACTS = {
    "outlets": outlets,
    "outlets.file": as_file,
    "outlets.pause": pause,
    "outlets.resume": resume,
    "outlets.limit": limit,
    "outlets.add": add,
    "outlets.confirm": confirm,
    "takedown": takedown,
    "takedown.confirm": take_down,
}
