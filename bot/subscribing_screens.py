"""The walk in which a digest is set up, as screens: what each step says and which buttons it has. Pure.

A button carries ``d1:<what>:<value>``; what comes back in one is checked like any other words of a stranger.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from babel import Locale

from bot.blocks import Kind, Run, Style, block, cut
from bot.language import Lazy, _, language, lazy, listed, offset, plural, speaking, time
from bot.render import telegram
from bot.screens import Button, Screen
from claims.digests import LENGTHS, TOPICS, DigestSettings
from newsroom.digests import ALERT_LEVELS

CODE = "d1"
CHAT, HOURS, ZONE, LANGUAGES, OUTLETS, TOPIC, LENGTH, MINIMUM, DAYS, ALERTS, ALL = (
    *("chat", "hours", "zone", "languages", "outlets", "topics", "length", "minimum", "days", "alerts", "all"),
)
#: in the order of the walk
STEPS = (HOURS, ZONE, LANGUAGES, OUTLETS, TOPIC, LENGTH, MINIMUM, DAYS, ALERTS, ALL)
SEEN = "seen"  # the overview, once a preview was shown
TYPED = (CHAT, HOURS, ZONE, OUTLETS, TOPIC)  # steps in which a person may write instead of pressing
HOURS_MAX = 4  # editions a day
MINIMA = (2, 3, 5)
ZONES = (
    *("UTC", "Europe/London", "Europe/Berlin", "Europe/Kyiv", "Europe/Moscow", "Asia/Dubai"),
    *("Asia/Kolkata", "Asia/Singapore", "Asia/Tokyo", "America/New_York", "America/Chicago", "America/Los_Angeles"),
)
SPOKEN = ("en", "ru", "uk", "de", "fr", "es", "ar", "it", "pt", "pl", "tr", "zh")
NAME_MAX = 40  # characters of a channel's title on a button

NAMES: Mapping[str, Lazy] = {
    HOURS: lazy("Hours"),
    ZONE: lazy("Time zone"),
    LANGUAGES: lazy("Languages"),
    OUTLETS: lazy("Outlets"),
    TOPIC: lazy("Topics"),
    LENGTH: lazy("Length"),
    MINIMUM: lazy("Outlets a story"),
    DAYS: lazy("Days"),
    ALERTS: lazy("Alerts"),
}
ASKED: Mapping[str, Lazy] = {
    HOURS: lazy("At which hours? Press some, or write times such as 7:30. Up to four a day."),
    ZONE: lazy("In which time zone? Press one, or write a city, such as Lisbon. Summer time is followed."),
    LANGUAGES: lazy("Articles in which languages? With none chosen, all."),
    OUTLETS: lazy("Only stories that certain outlets tell? Write their names, with commas between, or go on."),
    TOPIC: lazy("Which topics? Press some, or write words that a story has to have, with commas between. None: all."),
    LENGTH: lazy("How many stories, at most?"),
    MINIMUM: lazy("How many independent outlets does a story need?"),
    DAYS: lazy("At weekends too? And what on a quiet day, with nothing to tell?"),
    ALERTS: lazy("Should a story be told at once when many outlets have it within hours? At most three a day."),
}
TOPIC_NAMES: Mapping[str, Lazy] = {
    "world": lazy("World"),
    "politics": lazy("Politics"),
    "business": lazy("Business"),
    "technology": lazy("Technology"),
    "science": lazy("Science"),
    "health": lazy("Health"),
    "culture": lazy("Culture"),
    "sport": lazy("Sport"),
}
NEXT, EARLIER, READY = lazy("Next ›"), lazy("‹ Back"), lazy("Overview")
ON = "✓ "


def data(what: str, value: object = "") -> str:
    """As a button carries it."""
    return f"{CODE}:{what}:{value}"


def of_data(carried: str) -> tuple[str, str] | None:
    """Back from a button; None for what no button of the walk carries."""
    code, _colon, rest = carried.partition(":")
    what, colon, value = rest.partition(":")
    return (what, value) if code == CODE and colon else None


def choice(places: Sequence[tuple[int, str]], *, bot: str) -> Screen:
    """Which channel or group."""
    lines = [
        block(Run(_("A digest for a channel or group"), Style.BOLD), kind=Kind.TITLE),
        block(
            _("Make @{bot} an admin of the channel that may post, or a member of the group.").format(bot=bot),
            kind=Kind.PARAGRAPH,
        ),
    ]
    ask = _("Then press its name, or send its @name, or forward a post of it.")
    rows = [(Button(cut(title, NAME_MAX) or str(chat), data(CHAT, chat)),) for chat, title in places]
    cancel = (Button(_("Cancel"), data("cancel")),)
    return Screen(telegram([*lines, block(ask, kind=Kind.PARAGRAPH)])[0], (*rows, cancel))


def step(
    name: str, settings: DigestSettings, *, title: str, outlets: Mapping[str, str], now: datetime, said: str | None
) -> Screen:
    """One step. ``outlets``: names by key; ``said``: a line about what was written last."""
    number = STEPS.index(name) + 1
    head = _("{name}, step {number} of {steps}").format(name=NAMES[name], number=number, steps=len(STEPS))
    blocks = [block(Run(_titled(title), Style.BOLD), kind=Kind.TITLE), block(Run(head, Style.ITALIC))]
    if said:
        blocks.append(block(said, kind=Kind.PARAGRAPH))
    blocks.append(block(str(ASKED[name]), kind=Kind.PARAGRAPH))
    value = _value(name, settings, outlets, now)
    blocks.append(block(_("Chosen: {value}").format(value=value), kind=Kind.PARAGRAPH))
    before = Button(str(EARLIER), data("go", STEPS[number - 2])) if number > 1 else None
    paging = [before] if before else []
    paging += [Button(str(NEXT), data("go", STEPS[number])), Button(str(READY), data("go", ALL))]
    return Screen(telegram(blocks)[0], (*_buttons(name, settings, now), tuple(paging)))


def overview(
    settings: DigestSettings,
    *,
    title: str,
    outlets: Mapping[str, str],
    now: datetime,
    state: str | None,
    said: str | None = None,
) -> Screen:
    """All settings. ``state``: of the digest that is there already, None for a new one."""
    blocks = [block(Run(_titled(title), Style.BOLD), kind=Kind.TITLE)]
    states = {"active": _("It is running."), "paused": _("It is paused."), "ended": _("It has ended.")}
    if state in states:
        blocks.append(block(Run(states[state], Style.ITALIC)))
    if said:
        blocks.append(block(said, kind=Kind.PARAGRAPH))
    for n, name in enumerate(NAMES):
        kind = Kind.PARAGRAPH if not n else Kind.LINE
        value = _value(name, settings, outlets, now)
        blocks.append(block(Run(_("{name}:").format(name=NAMES[name]), Style.BOLD), f" {value}", kind=kind))
    changes = [Button(str(NAMES[name]), data("go", name)) for name in NAMES]
    acts = [Button(_("Preview"), data("preview"))]
    if state in (None, "ended"):
        acts.append(Button(_("Start"), data("start")))
        last = [Button(_("Cancel"), data("cancel"))]
    else:
        acts.append(Button(_("Save"), data("start")))
        pause = Button(_("Pause"), data("pause")) if state == "active" else Button(_("Go on"), data("resume"))
        last = [Button(_("Send a test"), data("test")), pause, Button(_("Delete"), data("delete"))]
    rows = [tuple(changes[n : n + 3]) for n in range(0, len(changes), 3)]
    return Screen(telegram(blocks)[0], (*rows, tuple(acts), tuple(last)))


def sure(title: str) -> Screen:
    """Whether the digest is to be deleted."""
    ask = _("Delete this digest with its settings?")
    blocks = [block(Run(_titled(title), Style.BOLD), kind=Kind.TITLE), block(ask, kind=Kind.PARAGRAPH)]
    buttons = (Button(_("Delete"), data("erase")), Button(str(EARLIER), data("go", ALL)))
    return Screen(telegram(blocks)[0], (buttons,))


def moment(at: datetime, settings: DigestSettings) -> str:
    """A time in the digest's own zone."""
    with speaking(language(), settings.zone):
        return time(at)


def _titled(title: str) -> str:
    return _("Digest for {chat}").format(chat=cut(title, 2 * NAME_MAX)) if title else _("Your digest")


def _buttons(name: str, settings: DigestSettings, now: datetime) -> tuple[tuple[Button, ...], ...]:
    rows: tuple[tuple[Button, ...], ...] = ()
    match name:
        case "hours":
            full = [(hour, f"{hour:02}:00") for hour in range(24)]
            rows = _rows([_pressed(at in settings.times, at[:2], "h", hour) for hour, at in full], 6)
        case "zone":
            rows = _rows([_pressed(zone == settings.zone, _zone(zone, now), "z", zone) for zone in ZONES], 2)
        case "languages":
            rows = _rows([_pressed(one in settings.languages, _spoken(one), "l", one) for one in SPOKEN], 3)
        case "outlets" if settings.outlets:
            rows = ((Button(_("All outlets"), data("clear", OUTLETS)),),)
        case "topics":
            rows = _rows([_pressed(one in settings.topics, str(TOPIC_NAMES[one]), "t", one) for one in TOPICS], 3)
            if settings.topics or settings.words:
                rows = (*rows, (Button(_("All topics"), data("clear", TOPIC)),))
        case "length":
            rows = _rows([_pressed(n == settings.length, str(n), "n", n) for n in LENGTHS], 3)
        case "minimum":
            rows = _rows([_pressed(n == settings.min_outlets, str(n), "m", n) for n in MINIMA], 3)
        case "days":
            every, week = (settings.weekends, _("Every day")), (not settings.weekends, _("Weekdays"))
            line, silent = (settings.say_quiet, _("Say it in a line")), (not settings.say_quiet, _("Send nothing"))
            rows = (
                (_pressed(*every, "w", 1), _pressed(*week, "w", 0)),
                (_pressed(*line, "q", 1), _pressed(*silent, "q", 0)),
            )
        case "alerts":
            marks = [_pressed(n == settings.alert_at, _from(n), "a", n) for n in ALERT_LEVELS]
            rows = _rows([_pressed(settings.alert_at is None, _("No"), "a", 0), *marks], 2)
    return rows


def _value(name: str, settings: DigestSettings, outlets: Mapping[str, str], now: datetime) -> str:
    """A setting in words."""
    words = [f"“{one}”" for one in settings.words]
    days = _("every day") if settings.weekends else _("Monday to Friday")
    quiet = _("a quiet day in a line") if settings.say_quiet else _("silent on a quiet day")
    said = {
        HOURS: listed(settings.times),
        ZONE: _zone(settings.zone, now),
        LANGUAGES: listed([_spoken(one) for one in settings.languages]),
        OUTLETS: listed([outlets.get(key, key) for key in settings.outlets]),
        TOPIC: listed([*(str(TOPIC_NAMES[one]) for one in settings.topics), *words]),
        LENGTH: plural("at most {n} story", "at most {n} stories", settings.length),
        MINIMUM: plural("{n} outlet or more", "{n} outlets or more", settings.min_outlets),
        DAYS: f"{days}; {quiet}",
        ALERTS: _("none") if settings.alert_at is None else _from(settings.alert_at),
    }
    return said[name] or _("all")


def _from(outlets: int) -> str:
    return plural("from {n} outlet", "from {n} outlets", outlets)


def _zone(name: str, now: datetime) -> str:
    with speaking(language(), name):
        city = name.rpartition("/")[2].replace("_", " ")
        return city if name == "UTC" else f"{city}, {offset(now)}"


def _spoken(code: str) -> str:
    return (Locale.parse(code).get_language_name(language()) or code).capitalize()


def _pressed(chosen: bool, label: str, what: str, value: object) -> Button:
    return Button(ON + label if chosen else label, data(what, value))


def _rows(buttons: Sequence[Button], width: int) -> tuple[tuple[Button, ...], ...]:
    return tuple(tuple(buttons[n : n + width]) for n in range(0, len(buttons), width))
