"""Days, months and years that a text names, as ranges of days: "on Monday", "March 3", "last week", "since 2014".

Words that need a date to stand on ("Monday", "last week") are resolved by the article's own date, and left out where it
has none. English only; other languages give digits-only dates.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from claims.types import Span

_MONTHS = "january february march april may june july august september october november december"
_DAYS = "monday tuesday wednesday thursday friday saturday sunday"
_MONTH_NUMBER = {name[:3]: n for n, name in enumerate(_MONTHS.split(), 1)}
_DAY_NUMBER = {name: n for n, name in enumerate(_DAYS.split())}
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "fall": (9, 11), "autumn": (9, 11)}

_MONTH = r"(?P<month>(?-i:January|February|March|April|May|June|July|August|September|October|November|December|" + (
    r"Jan\.|Feb\.|Mar\.|Apr\.|Jun\.|Jul\.|Aug\.|Sept?\.|Oct\.|Nov\.|Dec\.))"
)
_WHEN = re.compile(
    rf"""(?<![\w/-])(?:
    (?P<iso>(?:19|20)\d\d-[01]\d-[0-3]\d)
    |(?:(?P<part>early|mid|late)[\s-])?{_MONTH}(?:\s(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?![\d:]|,\d{{3}}\b)(?:,?\s(?P<dayyear>(?:19|20)\d\d)\b)?
        |,?\s(?:of\s)?(?P<monthyear>(?:19|20)\d\d)\b)?
    |(?P<day2>[0-3]?\d)(?:st|nd|rd|th)?\s(?P<month2>(?-i:January|February|March|April|May|June|July|August|September|October|November|December))
        (?:\s(?P<year2>(?:19|20)\d\d)\b)?
    |(?:(?P<which>last|next|this|past|coming)\s)?(?P<weekday>(?-i:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)(?!\w)
    |(?P<near>today|tonight|yesterday|tomorrow|this\s(?:morning|afternoon|evening|weekend|week|month|year)
        |(?:over|on)\sthe\sweekend|last\s(?:weekend|week|month|year|night|spring|summer|fall|autumn|winter)
        |next\s(?:week|month|year)|earlier\sthis\s(?:week|month|year)|later\sthis\s(?:week|month|year))
    |(?P<ago>(?:\d{{1,3}}|a|two|three|four|five|six|seven|eight|nine|ten)\s(?P<unit>day|week|month|year)s?\s(?:ago|earlier))
    |(?:in|since|of|from|until|by|through|during|to|between|and)\s(?P<year>(?:19|20)\d\d)(?![\w-]|,\d{{3}}|\s(?:percent|people|women|men|troops|votes|pages)\b)
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\b(?:will|would|to(?!\s+(?:the|an?|his|her|its|their|our|(?-i:[A-Z\d])))|expected|scheduled|set|planned|plans|planning|due|upcoming|likely|could|may)\b"
    r"(?!.*\b(?:said|told|announced|reported|wrote|was|were|had)\b)",
    re.IGNORECASE | re.DOTALL,
)
_SMALL = {
    word: n for n, word in enumerate(("a", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), 1)
}


@dataclass(frozen=True, slots=True)
class When:
    """A time that a text names: the first and last day that its words allow."""

    span: Span
    text: str
    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days its words allow: 1 for "Monday", 365 for "2014"."""
        return (self.last - self.first).days + 1


def times(text: str, on: date | None, within: Span | None = None) -> tuple[When, ...]:
    """The times in order. ``on`` is the article's date, in UTC."""
    area = within or (Span(0, len(text)) if text else None)
    if area is None:
        return ()
    found = []
    for match in _WHEN.finditer(text, area.start, area.end):
        try:
            days = _days(text, match, on)
        except (ValueError, OverflowError):  # "February 30", a year far off
            continue
        if days is not None:
            first, last = days
            start, end = match.span()
            if match["year"]:
                start = match.start("year")
            found.append(When(Span(start, end), text[start:end], first, last))
    return tuple(found)


def _days(text: str, match: re.Match[str], on: date | None) -> tuple[date, date] | None:
    if match["iso"] or match["year"]:
        year = match["year"]
        return date.fromisoformat(match["iso"] or f"{year}-01-01"), date.fromisoformat(match["iso"] or f"{year}-12-31")
    if match["month"] or match["month2"]:
        return _in_month(match, on)
    if on is None:
        return None
    if match["weekday"]:
        return _weekday(text, match, on)
    if match["ago"]:
        count = match["ago"].split()[0].lower()
        return _ago(int(count) if count.isdigit() else _SMALL[count], match["unit"].lower(), on)
    return _near(" ".join(match["near"].lower().split()), on)


def _in_month(match: re.Match[str], on: date | None) -> tuple[date, date] | None:
    month = _MONTH_NUMBER[(match["month"] or match["month2"])[:3].lower()]
    day = match["day"] or match["day2"]
    given = match["dayyear"] or match["monthyear"] or match["year2"]
    if not given and on is None:
        return None
    year = int(given) if given else _nearest_year(month, on)
    if day:
        exact = date(year, month, int(day))
        return exact, exact
    if match["month"] == "May" and not given and not match["part"] and not _in_before(match):
        return None  # mostly the verb at the start of a sentence
    first, last = date(year, month, 1), _month_end(year, month)
    part = (match["part"] or "").lower()
    if part == "early":
        last = first + timedelta(days=11)
    elif part == "mid":
        first, last = first + timedelta(days=8), first + timedelta(days=21)
    elif part == "late":
        first = first + timedelta(days=18)
    return first, last


def _in_before(match: re.Match[str]) -> bool:
    return match.string[: match.start()].lower().endswith(("in ", "of ", "since ", "last ", "by ", "until ", "early "))


def _nearest_year(month: int, on: date | None) -> int:
    """The year in which ``month`` is nearest to the article's date."""
    if on is None:
        raise ValueError("a month without year needs the article's date")
    return min((on.year - 1, on.year, on.year + 1), key=lambda year: abs((year - on.year) * 12 + month - on.month))


def _month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _weekday(text: str, match: re.Match[str], on: date) -> tuple[date, date]:
    back = (on.weekday() - _DAY_NUMBER[match["weekday"].lower()]) % 7
    which = (match["which"] or "").lower()
    ahead = which in ("next", "coming") or (
        which not in ("last", "past") and bool(_AHEAD.search(text[max(0, match.start() - 40) : match.start()]))
    )
    if back == 0:
        shift = 7 if which in ("next", "coming") else -7 if which == "last" else 0
        day = on + timedelta(days=shift)
    else:
        day = on - timedelta(days=back) + timedelta(days=7 if ahead else 0)
    return day, day


def _ago(count: int, unit: str, on: date) -> tuple[date, date]:
    days = count * {"day": 1, "week": 7, "month": 30, "year": 365}[unit]
    slack = {"day": 0, "week": 4, "month": 20, "year": 200}[unit]
    middle = on - timedelta(days=days)
    return middle - timedelta(days=slack), middle + timedelta(days=slack)


def _near(words: str, on: date) -> tuple[date, date]:
    monday = on - timedelta(days=on.weekday())
    day = timedelta(days=1)
    ranges = {
        "today": (on, on),
        "tonight": (on, on),
        "this morning": (on, on),
        "this afternoon": (on, on),
        "this evening": (on, on),
        "yesterday": (on - day, on - day),
        "last night": (on - day, on),
        "tomorrow": (on + day, on + day),
        "this week": (monday, monday + 6 * day),
        "earlier this week": (monday, on),
        "later this week": (on, monday + 6 * day),
        "last week": (monday - 7 * day, monday - day),
        "next week": (monday + 7 * day, monday + 13 * day),
        "this year": (date(on.year, 1, 1), date(on.year, 12, 31)),
        "earlier this year": (date(on.year, 1, 1), on),
        "later this year": (on, date(on.year, 12, 31)),
        "last year": (date(on.year - 1, 1, 1), date(on.year - 1, 12, 31)),
        "next year": (date(on.year + 1, 1, 1), date(on.year + 1, 12, 31)),
        "this month": (date(on.year, on.month, 1), _month_end(on.year, on.month)),
        "earlier this month": (date(on.year, on.month, 1), on),
        "later this month": (on, _month_end(on.year, on.month)),
    }
    if words in ranges:
        return ranges[words]
    if "weekend" in words:
        saturday = monday - 2 * day if on.weekday() < 4 or words.startswith("last") else monday + 5 * day
        return saturday - day, saturday + day
    if words in ("last month", "next month"):
        other = date(on.year, on.month, 1) - day if words.startswith("last") else _month_end(on.year, on.month) + day
        return date(other.year, other.month, 1), _month_end(other.year, other.month)
    return _last_season(words.split()[1], on)


def _last_season(season: str, on: date) -> tuple[date, date]:
    if season == "winter":
        year = on.year if on.month >= 3 else on.year - 1
        return date(year - 1, 12, 1), _month_end(year, 2)
    first, last = _SEASONS[season]
    year = on.year if on.month > last else on.year - 1
    return date(year, first, 1), _month_end(year, last)
