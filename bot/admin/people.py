"""/users, /admins, /config, /audit: who is answered, who administers, what holds, and what was done."""

from dataclasses import replace

from bot.admin.pages import Asked, Door, Item, Page, as_csv, counted, fact, heading, note, when
from bot.blocks import Block, Run, Style, block, cut
from claims.errors import BadInput
from newsroom.administration import Act, Administration, Person, Setting, number_of

LISTED_MAX = 80  # people of the list; more have hardly asked
ACTS_SHOWN, ACTS_FILE = 100, 100_000
LIMITS = (5, 30, 100)
VALUE_MAX = 60  # characters of a value in the log as shown; the file has all

COMMANDS = {
    "users": "Who asks most; block, limit",
    "config": "Thresholds, changed while it runs",
    "audit": "Who did what, and when",
    "admins": "Who administers",
}
HOW_ADMINS = "The owner: /admins grant NUMBER admin, /admins grant NUMBER moderator, /admins revoke NUMBER."
HOW_USERS = "One person: /users NUMBER. A limit: /users limit NUMBER QUESTIONS."


async def users(office: Administration, asked: Asked) -> Page:
    """The list, or one person."""
    if asked.arg:
        return await _user(office, number_of(asked.arg, "a person's Telegram number"))
    found = await office.busiest(limit=LISTED_MAX)
    items = [Item((f"{one.person}: {_asked(one)}{_marks(one)}",), "users", str(one.person)) for one in found]
    lines = [note(HOW_USERS)] if items else [note("Nobody has asked anything yet."), note(HOW_USERS)]
    return Page(title="Users", lines=lines, items=items)


async def block_user(office: Administration, asked: Asked) -> Page:
    """Answer somebody no more."""
    person = number_of(asked.arg, "a person's Telegram number")
    await office.block(person, blocked=True, by=asked.by)
    return await _user(office, person, notice="Blocked")


async def unblock_user(office: Administration, asked: Asked) -> Page:
    """Answer somebody again."""
    person = number_of(asked.arg, "a person's Telegram number")
    await office.block(person, blocked=False, by=asked.by)
    return await _user(office, person, notice="Answered again")


async def limit_user(office: Administration, asked: Asked) -> Page:
    """``NUMBER QUESTIONS``, or ``NUMBER -`` for everybody's limit."""
    words = asked.words
    if len(words) != 2:
        raise BadInput("Write it like this: /users limit 123456 10, or - instead of the number for everybody's limit.")
    person = number_of(words[0], "a person's Telegram number")
    questions = None if words[1] == "-" else number_of(words[1], "the limit")
    await office.limit(person, questions, by=asked.by)
    return await _user(office, person, notice="Limit set")


async def _user(office: Administration, person: int, *, notice: str = "") -> Page:
    known = await office.person(person)
    everybody = office.orders.threshold("questions")
    own = f"{known.questions} (everybody {everybody})" if known.questions is not None else f"{everybody}, as everybody"
    role = office.orders.role_of(person)
    lines = [
        fact("Role", role.title if role else "none"),
        fact("Questions kept", known.asked),
        fact("Last", when(known.last_asked)),
        fact("In 10 minutes", own),
        fact("Answered", f"no, blocked {when(known.blocked_at)}" if known.blocked_at else "yes"),
        fact("Takes messages", f"no: {known.closed_why}" if known.closed_why else "yes"),
    ]
    switch = (
        Door("Unblock", "users.unblock", str(person)) if known.blocked_at else Door("Block", "users.block", str(person))
    )
    limits = [Door(str(one), "users.limit", f"{person} {one}") for one in LIMITS]
    return Page(
        title=f"User {person}",
        lines=lines,
        doors=([switch, Door("No limit of its own", "users.limit", f"{person} -")], limits, [Door("Users", "users")]),
        notice=notice,
    )


async def admins(office: Administration, _: Asked) -> Page:
    """Who administers."""
    staff = office.orders.staff
    lines = [fact(str(person), role.title) for person, role in staff.items()] or [note("Nobody.")]
    revoke = [[Door(f"Revoke {person}", "admins.revoke", str(person))] for person, role in staff.items() if role < 3]
    return Page(title="Admins", lines=[*lines, note(HOW_ADMINS)], doors=revoke)


async def grant(office: Administration, asked: Asked) -> Page:
    """``NUMBER ROLE``."""
    words = asked.words
    if len(words) != 2:
        raise BadInput("Write it like this: /admins grant 123456 moderator.")
    person = number_of(words[0], "the person's Telegram number")
    role = await office.grant(person, words[1].casefold(), by=asked.by)
    page = await admins(office, asked)
    return replace(page, notice=role.title, commands_of=[person])


async def revoke(office: Administration, asked: Asked) -> Page:
    """``NUMBER``."""
    person = number_of(asked.arg, "the person's Telegram number")
    await office.revoke(person, by=asked.by)
    page = await admins(office, asked)
    return replace(page, notice="Revoked", commands_of=[person])


async def config(office: Administration, asked: Asked) -> Page:
    """All thresholds, or one."""
    if asked.arg:
        return _setting(office.setting(asked.arg))
    items = [
        Item((Run(one.name, Style.BOLD), f": {one.value} {one.meaning}"), "config", one.name)
        for one in office.settings()
    ]
    return Page(
        title="Thresholds", lines=[note("A change holds at once, in all processes within seconds.")], items=items
    )


async def set_config(office: Administration, asked: Asked) -> Page:
    """``NAME VALUE``, or ``NAME -`` for the default."""
    words = asked.words
    if len(words) != 2:
        raise BadInput("Write it like this: /config set questions 20, or - for the default.")
    value = None if words[1] == "-" else number_of(words[1], "the value")
    return _setting(await office.set_threshold(words[0], value, by=asked.by), notice="Set")


def _setting(one: Setting, *, notice: str = "") -> Page:
    near = sorted(
        {
            max(one.least, min(one.most, value))
            for value in (one.value // 2, one.value - 1, one.value + 1, one.value * 2)
        }
    )
    steps = [Door(str(value), "config.set", f"{one.name} {value}") for value in near if value != one.value]
    return Page(
        title=one.name,
        lines=[
            fact("Now", one.value),
            fact("Default", one.default),
            fact("From", f"{one.least} to {one.most}"),
            note(f"{one.meaning[:1].upper()}{one.meaning[1:]}."),
            note(f"Any other: /config set {one.name} NUMBER"),
        ],
        doors=(steps, [Door("Default", "config.set", f"{one.name} -"), Door("All", "config")]),
        notice=notice,
    )


async def audit(office: Administration, asked: Asked) -> Page:
    """The newest acts; of one command where it is named."""
    acts = await office.acts(limit=ACTS_SHOWN, about=asked.arg or None)
    lines = [line for one in acts for line in _act(one)] or [note("Nothing was done yet.")]
    about = f" of /{asked.arg}" if asked.arg else ""
    doors = ([Door("All as a file", "audit.file", asked.arg)],)
    return Page(title=f"Audit{about}", lines=lines, doors=doors, act="audit")


async def audit_file(office: Administration, asked: Asked) -> Page:
    """All acts as CSV."""
    acts = await office.acts(limit=ACTS_FILE, about=asked.arg or None)
    page = await audit(office, asked)
    rows = [["at", "who", "act", "what", "before", "after"]]
    rows += [[one.at.isoformat(), str(one.who), one.act, one.what, one.before or "", one.after or ""] for one in acts]
    return replace(page, file=("audit.csv", as_csv(rows)))


def _act(one: Act) -> list[Block]:
    change = ""
    if one.before is not None or one.after is not None:
        change = f": {cut(one.before or 'nothing', VALUE_MAX)} → {cut(one.after or 'nothing', VALUE_MAX)}"
    return [heading(f"{when(one.at)}, {one.who}"), block(f"{one.act} {cut(one.what, VALUE_MAX)}{change}")]


def _asked(one: Person) -> str:
    return counted(one.asked, "question")


def _marks(one: Person) -> str:
    return (", blocked" if one.blocked_at else "") + (f", limit {one.questions}" if one.questions is not None else "")


ACTS = {
    "users": users,
    "users.block": block_user,
    "users.unblock": unblock_user,
    "users.limit": limit_user,
    "admins": admins,
    "admins.grant": grant,
    "admins.revoke": revoke,
    "config": config,
    "config.set": set_config,
    "audit": audit,
    "audit.file": audit_file,
}
