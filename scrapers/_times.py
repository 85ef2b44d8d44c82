"""Times as pages write them -> aware UTC datetimes, with a note of how much the page said."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_tz
from zoneinfo import ZoneInfo

EARLIEST = 1995  # year; anything before is a filler such as 0001-01-01 or the epoch
LATEST = 2100  # year; anything after is a filler such as 9999-12-31
EPOCH_MILLIS = 100_000_000_000  # a larger number counts milliseconds: as seconds it would be the year 5138

_ISO = re.compile(
    r"(?P<day>\d{4}-\d\d?-\d\d?|\d{8})"
    r"(?:(?:[T\s]\s*|(?<=\d{8}))(?P<hour>\d\d):?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?:[.,]\d+)?)?"
    r"\s*(?P<zone>Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?(?=$|\s|\[)",
    re.IGNORECASE,
)
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_NAMES, start=1)}
_CLOCK = r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?(?::(?P<second>\d\d))?\s*(?P<half>[ap]\.?m\.?)?"
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY = (
    rf"(?:{_MONTH}\s+(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month2>[a-z]{{3,9}})),?"
    r"\s+(?P<year>\d{4})"
)
_ZONE = (
    r"(?P<zone>UTC|GMT(?:[+-]\d{1,2})?|BST|CET|CEST|E[SD]?T|C[SD]T|M[SD]T|P[SD]?T|IST|JST|SGT|HKT|AES?T|AEDT|SAST)\b"
)
#: written-out English times as readers see them: "Published 7:07 p.m. ET Nov. 19, 2019", "20 Nov 2019 08:02 GMT"
_WRITTEN = (
    re.compile(rf"\b{_CLOCK}\s*\(?{_ZONE}\)?,?\s+(?:on\s+)?(?:[a-z]{{3,9}}\.?,?\s+)?{_DAY}", re.IGNORECASE),
    re.compile(rf"\b{_DAY},?\s+(?:[|•·-]\s*)?(?:at\s+)?{_CLOCK}\s*\(?{_ZONE}\)?", re.IGNORECASE),
)
_ZONES: dict[str, tzinfo] = {
    "UTC": UTC, "GMT": UTC, "BST": timezone(timedelta(hours=1)), "CET": timezone(timedelta(hours=1)),
    "CEST": timezone(timedelta(hours=2)), "IST": timezone(timedelta(hours=5, minutes=30)),
    "JST": timezone(timedelta(hours=9)), "SGT": timezone(timedelta(hours=8)), "HKT": timezone(timedelta(hours=8)),
    "AEST": timezone(timedelta(hours=10)), "AEDT": timezone(timedelta(hours=11)), "SAST": timezone(timedelta(hours=2)),
    "EST": timezone(timedelta(hours=-5)), "EDT": timezone(timedelta(hours=-4)),
    "CST": timezone(timedelta(hours=-6)), "CDT": timezone(timedelta(hours=-5)), "MST": timezone(timedelta(hours=-7)),
    "MDT": timezone(timedelta(hours=-6)), "PST": timezone(timedelta(hours=-8)),
    "PDT": timezone(timedelta(hours=-7)),
}  # fmt: skip
_DAYLIGHT = {"ET": "America/New_York", "PT": "America/Los_Angeles"}  # summer or winter time by the date


@dataclass(frozen=True, slots=True)
class Moment:
    """A time as a page gives it."""

    at: datetime  #: naive where the page gives no zone; midnight where it gives no clock
    clock: bool  #: whether the page gives hour and minute

    @property
    def exact(self) -> bool:
        """Whether the page gives clock and zone."""
        return self.clock and self.at.tzinfo is not None

    @property
    def utc(self) -> datetime:
        """In UTC, which is assumed where the page gives no zone."""
        return self.at.astimezone(UTC) if self.at.tzinfo else self.at.replace(tzinfo=UTC)


def read_moment(text: str) -> Moment | None:
    """Read one machine-written time: ISO 8601 and its bad spellings, RFC 2822, epoch seconds or milliseconds."""
    text = text.strip()
    if re.fullmatch(r"\d{10}|\d{13}", text):
        number = int(text)
        at = datetime.fromtimestamp(number / 1000 if number > EPOCH_MILLIS else number, tz=UTC)
        return Moment(at, clock=True) if EARLIEST <= at.year < LATEST else None
    match = _ISO.match(text)
    try:
        moment = _iso(match) if match else _rfc(text) or next(written_moments(text), None)
    except (ValueError, OverflowError):
        return None
    return moment if moment and EARLIEST <= moment.at.year < LATEST else None


def written_moments(text: str) -> Iterator[Moment]:
    """English times with clock and zone in running text."""
    for pattern in _WRITTEN:
        for match in pattern.finditer(text):
            try:
                yield Moment(_written(match), clock=True)
            except (ValueError, KeyError):
                continue


def best(moments: Iterable[Moment], others: Iterable[Moment] = ()) -> datetime | None:
    """The first of ``moments`` in UTC, made as exact as a second word for the same day allows.

    A clock without zone takes the zone that another time of the page gives with the same clock, else any zone that
    the page writes; a mere day takes an exact time of the same day.
    """
    found = [*moments]
    if not found:
        return None
    first, known = found[0], [m for m in (*found, *others) if m.exact]
    if first.exact:
        return first.utc
    if not first.clock:
        same = (m for m in found[1:] if m.exact and first.at.date() in (m.at.date(), m.utc.date()))
        return next((m.utc for m in same), first.utc)
    minute = first.at.replace(second=0, microsecond=0)
    twins = (m for m in known if m.at.replace(tzinfo=None, second=0, microsecond=0) == minute)
    zoned = next(twins, None) or next((m for m in known if m.at.utcoffset()), None)
    return first.at.replace(tzinfo=zoned.at.tzinfo).astimezone(UTC) if zoned else first.utc


def _iso(match: re.Match[str]) -> Moment:
    day = match["day"]
    year, month, dom = (day[:4], day[4:6], day[6:]) if day.isdigit() else day.split("-")
    at = datetime(int(year), int(month), int(dom))  # noqa: DTZ001 - the zone follows where the page gives one
    if match["hour"] is None:
        return Moment(at, clock=False)
    at = at.replace(hour=int(match["hour"]), minute=int(match["minute"]), second=int(match["second"] or 0))
    return Moment(at.replace(tzinfo=_offset(match["zone"])), clock=True)


def _offset(zone: str | None) -> tzinfo | None:
    if not zone:
        return None
    if zone[0] not in "+-":
        return UTC
    digits = zone[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(offset if zone[0] == "+" else -offset)


def _rfc(text: str) -> Moment | None:
    fields = parsedate_tz(re.sub(r"\bGMT(?=[+-]\d{4})", "", text))
    if fields is None or not re.search(r"\d:\d\d", text):
        return None
    at = datetime(*fields[:6])  # noqa: DTZ001 - the zone follows where the page gives one
    named = re.search(r"[A-Za-z]{2,4}$|[+-]\d{4}\b", text)
    return Moment(at.replace(tzinfo=timezone(timedelta(seconds=fields[9] or 0))) if named else at, clock=True)


def _written(match: re.Match[str]) -> datetime:
    month = _MONTHS[(match["month"] or match["month2"])[:3].lower()]
    day = date(int(match["year"]), month, int(match["d1"] or match["d2"]))
    hour = int(match["hour"])
    if half := match["half"]:
        hour = hour % 12 + (12 if half[0].lower() == "p" else 0)
    name = match["zone"].upper()
    zone: tzinfo
    if name in _DAYLIGHT:
        zone = ZoneInfo(_DAYLIGHT[name])
    else:
        zone = _ZONES.get(name) or timezone(timedelta(hours=int(name.removeprefix("GMT"))))
    return datetime(
        day.year, day.month, day.day, hour, int(match["minute"] or 0), int(match["second"] or 0), tzinfo=zone
    )
