"""/broadcast and /channels: words to all subscribers, and the digests of channels and groups."""

from dataclasses import replace

from bot.admin.pages import Asked, Door, Item, Page, fact, note, since, when
from bot.blocks import Run, Style, block, cut, units
from claims.errors import BadInput
from newsroom.administration import Administration, number_of
from newsroom.channel_care import Channel

WORDS_MAX = 3500  # UTF-16 units of a broadcast: the preview, with its heading, has to fit one message

COMMANDS = {
    "channels": "Digests of channels and groups",
    "broadcast": "Words to all subscribers",
}
HOW = "Write the words after the command, with line breaks as you like. You see them before anybody else does."


async def broadcast(office: Administration, asked: Asked) -> Page:
    """The newest broadcasts; with words: how many would get them, and the words as they will look."""
    if not asked.arg:
        recent = await office.broadcasts.recent()
        items = [
            Item(
                (Run(cut(one.text, 60), Style.BOLD), f": {one.sent} of {one.total}"), "broadcast.progress", str(one.id)
            )
            for one in recent
        ]
        return Page(title="Broadcast", lines=[note(HOW)], items=items, arg="")
    if units(asked.arg) > WORDS_MAX:
        raise BadInput(f"The message is too long. At most {WORDS_MAX} characters go out as one message.")
    first, *others = asked.arg.splitlines()
    number = await office.propose("broadcast.send", asked.arg, by=asked.by)
    return Page(
        title=f"Send this to {await office.broadcasts.audience()} people?",
        lines=[note(first), *(block(line) for line in others)],  # as they will stand, empty lines too
        doors=([Door("Send", "broadcast.send", str(number)), Door("No", "broadcast")],),
        arg="",
    )


async def send(office: Administration, asked: Asked) -> Page:
    """Send what was shown."""
    text = await office.accept(asked.arg, "broadcast.send", by=asked.by)
    number = await office.broadcast(text, by=asked.by)
    return await _progress(office, number, notice="Being sent")


async def progress(office: Administration, asked: Asked) -> Page:
    """How far one is."""
    return await _progress(office, number_of(asked.arg, "the broadcast"))


async def stop(office: Administration, asked: Asked) -> Page:
    """Send nothing more of it."""
    number = number_of(asked.arg, "the broadcast")
    await office.stop_broadcast(number, by=asked.by)
    return await _progress(office, number, notice="Stopped")


async def _progress(office: Administration, number: int, *, notice: str = "") -> Page:
    one = await office.broadcasts.progress(number)
    if one is None:
        raise BadInput("There is no such broadcast. /broadcast lists them.")
    state = f"ended {when(one.ended_at)}" if one.ended_at else "under way"
    lines = [
        fact("State", state),
        fact("Sent", f"{one.sent} of {one.total}"),
        fact("Still to come", one.left),
        fact("Chat closed", one.closed),
        fact("Refused", one.refused),
        fact("End unknown", f"{one.unknown}, not sent again" if one.unknown else 0),
        note(cut(one.text, 600)),
    ]
    doors = [Door("Look again", "broadcast.progress", str(number)), Door("Broadcasts", "broadcast")]
    if one.ended_at is None:
        doors.append(Door("Stop", "broadcast.stop", str(number)))
    return Page(title=f"Broadcast {number}", lines=lines, doors=(doors,), arg=str(number), notice=notice)


async def channels(office: Administration, asked: Asked) -> Page:
    """The list, or one channel."""
    if asked.arg:
        return _channel(await office.channels.one(number_of(asked.arg, "the digest")), asked)
    found = await office.channels.all()
    items = [
        Item(
            (Run(cut(one.title, 40), Style.BOLD), f": {one.state}, last {since(one.last, asked.by.at)}"),
            "channels",
            str(one.id),
        )
        for one in found
    ]
    people = await office.channels.people()
    lines = [block(f"{len(found)} in channels and groups, {people} in private chats.")]
    return Page(title="Channels", lines=lines, items=items)


async def pause(office: Administration, asked: Asked) -> Page:
    """No editions until it is resumed."""
    return await _set(office, asked, "paused", "Paused")


async def resume(office: Administration, asked: Asked) -> Page:
    """Editions again."""
    return await _set(office, asked, "active", "Resumed")


async def end(office: Administration, asked: Asked) -> Page:
    """No editions until somebody sets it up anew."""
    return await _set(office, asked, "ended", "Ended")


async def _set(office: Administration, asked: Asked, state: str, notice: str) -> Page:
    number = number_of(asked.arg, "the digest")
    await office.channels.set_state(number, state, by=asked.by)
    return replace(_channel(await office.channels.one(number), asked), notice=notice)


def _channel(one: Channel, asked: Asked) -> Page:
    lines = [
        fact("State", one.state if one.why is None else f"{one.state}: {cut(one.why, 100)}"),
        fact("Set up by", one.person),
        fact("Chat", one.chat),
        fact("Editions sent", one.sent),
        fact("Last", since(one.last, asked.by.at)),
        fact("Next", when(one.next) if one.next and one.state == "active" else "none"),
    ]
    number = str(one.id)
    doors = {
        "active": [Door("Pause", "channels.pause", number), Door("End", "channels.stop", number)],
        "paused": [Door("Resume", "channels.resume", number), Door("End", "channels.stop", number)],
    }.get(one.state, [])
    return Page(title=one.title, lines=lines, doors=(doors, [Door("Channels", "channels")]), arg=number, act="channels")


ACTS = {
    "broadcast": broadcast,
    "broadcast.send": send,
    "broadcast.progress": progress,
    "broadcast.stop": stop,
    "channels": channels,
    "channels.pause": pause,
    "channels.resume": resume,
    "channels.stop": end,
}
