"""The language and the time zone in which a chat is answered: texts, plurals, numbers, dates, lists.

Who handles an update or sends something says once in which language: ``with speaking("de", "Europe/Berlin"): ...``.
Below that, ``_("Sources")`` and ``plural("{n} outlet", "{n} outlets", 3)`` look up the text in that chat's language.
What is written at module level, before any chat is known, is marked with ``lazy("Sources")`` and looked up when it is
used: ``_(SOURCES)``, ``str(SOURCES)``, ``SOURCES.format(...)``.

English texts are the keys of the catalogues (locale/<language>/LC_MESSAGES/bot.po); ``make locale`` brings them up to
date, docs/translating.md says how to add a text or a language. Words of articles are never translated.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from gettext import GNUTranslations, NullTranslations, translation
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_timedelta
from babel.lists import format_list
from babel.numbers import format_decimal

ENGLISH = "en"
#: every language of the interface, each by its own name
LANGUAGES = {
    ENGLISH: "English",
    "ru": "Русский",
    "uk": "Українська",
    "de": "Deutsch",
    "fr": "Français",
    "es": "Español",
    "ar": "العربية",
}
RIGHT_TO_LEFT = frozenset(("ar",))
FOLDER = Path(__file__).parent / "locale"
DOMAIN = "bot"
_LOCALES = {ENGLISH: "en_GB"}  # the day before the month
SECONDS_UP_TO = 90  # a longer wait is told in minutes
NO_LARGER = 10_000  # of one unit before Babel takes the next one: never, as 90 minutes are not "2 hours"


@dataclass(frozen=True, slots=True)
class _Tongue:
    language: str = ENGLISH
    zone: str = "UTC"


_AT_FIRST = _Tongue()
_tongue: ContextVar[_Tongue] = ContextVar("tongue", default=_AT_FIRST)


@dataclass(frozen=True, slots=True)
class Lazy:
    """A text of a module, looked up in the language of the moment when it is used."""

    text: str
    values: tuple[tuple[str, object], ...] = ()

    def __str__(self) -> str:
        return _(self)

    def format(self, **values: object) -> str:
        """The text in the language of the moment, its placeholders filled."""
        return _catalogue(language()).gettext(self.text).format(**dict(self.values), **values)


def lazy(text: str, /, **values: object) -> Lazy:
    """Mark a text at module level for the catalogues. ``values`` fill its placeholders each time."""
    return Lazy(text, tuple(values.items()))


@contextmanager
def speaking(language: str, zone: str = "UTC") -> Iterator[None]:
    """Within it, texts and times are those of this language and time zone (a name as "Europe/Berlin").

    Tasks begun within it keep to it. A language that is not ours is English.
    """
    token = _tongue.set(_Tongue(language if language in LANGUAGES else ENGLISH, zone))
    try:
        yield
    finally:
        _tongue.reset(token)


def language() -> str:
    """The language of the moment: a key of LANGUAGES."""
    return _tongue.get().language


def right_to_left() -> bool:
    """Whether the language of the moment is written from right to left."""
    return language() in RIGHT_TO_LEFT


def closest(code: str | None) -> str | None:
    """The language of ours for a tag as apps send it ("de", "ru-RU"); None where there is none."""
    plain = (code or "").replace("_", "-").partition("-")[0].casefold()
    return plain if plain in LANGUAGES else None


def _(text: "str | Lazy") -> str:
    """The text in the language of the moment; placeholders of a plain text stay for ``format``."""
    if isinstance(text, Lazy):
        return text.format() if text.values else _catalogue(language()).gettext(text.text)
    return _catalogue(language()).gettext(text) if text else text


def plural(one: str, many: str, n: int, /, **values: object) -> str:
    """``plural("{n} outlet", "{n} outlets", 3)``: the form that the language has for this number, filled."""
    return _catalogue(language()).ngettext(one, many, n).format(n=number(n), **values)


def number(value: int) -> str:
    """``12,345`` as the language groups its digits."""
    return format_decimal(value, locale=_locale())


def day(moment: datetime) -> str:
    """``3 March 2025`` in the chat's language and time zone."""
    return format_date(_local(moment), "long", locale=_locale())


def clock(moment: datetime) -> str:
    """``10:42`` in the chat's time zone."""
    return f"{_local(moment):%H:%M}"


def time(moment: datetime) -> str:
    """``3 March 2025, 10:42 UTC``; elsewhere ``3 March 2025, 11:42 UTC+1``."""
    return _("{day}, {clock} {zone}").format(day=day(moment), clock=clock(moment), zone=offset(moment))


def zone() -> str:
    """The name of the chat's time zone: "UTC", "Europe/Berlin"."""
    return _tongue.get().zone


def offset(moment: datetime) -> str:
    """``UTC+5:30``: how far the chat's zone is from UTC at a moment; abbreviations of zones are not unique."""
    span = _local(moment).utcoffset() or timedelta()
    hours, minutes = divmod(abs(span) // timedelta(minutes=1), 60)
    sign = "−" if span < timedelta() else "+"
    return "UTC" + (f"{sign}{hours}" if span else "") + (f":{minutes:02}" if minutes else "")


def soon(span: timedelta) -> str:
    """``in 4 minutes``, with the preposition and the case that the language wants."""
    seconds = max(1, round(span.total_seconds()))
    minutes = round(seconds / 60) if seconds >= SECONDS_UP_TO else 0
    told = timedelta(minutes=minutes) if minutes else timedelta(seconds=seconds)
    return format_timedelta(
        told,
        granularity="minute" if minutes else "second",
        threshold=NO_LARGER,
        add_direction=True,
        locale=_locale(),
    )


def listed(names: Sequence[str]) -> str:
    """``A, B and C``."""
    return format_list(list(names), locale=_locale())


def _locale() -> str:
    return _LOCALES.get(language(), language())


def _local(moment: datetime) -> datetime:
    return moment.astimezone(UTC if zone() == "UTC" else ZoneInfo(zone()))


@cache
def _catalogue(language: str) -> GNUTranslations | NullTranslations:
    if language == ENGLISH:
        return NullTranslations()
    return translation(DOMAIN, FOLDER, [language])
