"""When the editions of a digest are due: pure, from the zone and the times of day alone.

An edition is named by its local day and time ("2026-10-25T02:00"), so that it is one and the same whatever the clocks
do: where a time comes twice the first one counts, where it is left out the edition comes an hour later by the clock,
and a digest that moves to another zone does not have the same morning twice.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from claims.digests import DigestSettings

LATE = timedelta(hours=3)  # an edition that could not go out for longer is left to the next one
DAYS_AHEAD = 4  # the next edition is never further away than from Friday to Monday
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Edition:
    """One issue of a digest."""

    key: str  #: local day and time
    at: datetime  #: when it is due, UTC


def next_edition(settings: DigestSettings, *, after: datetime) -> Edition:
    """The first edition due later than ``after``."""
    return next(one for one in _editions(settings, after - timedelta(days=1)) if one.at > after)


def due_edition(settings: DigestSettings, *, now: datetime) -> Edition | None:
    """The edition that should go out now, None where the last one is long past."""
    due = [one for one in _editions(settings, now - timedelta(days=2)) if now - LATE < one.at <= now]
    return max(due, key=lambda one: one.at, default=None)


def zone_named(name: str) -> str | None:
    """The zone that somebody means by a name: "Europe/Kyiv", "kyiv", "new york"; None where it is not clear."""
    wanted = name.strip().casefold().replace(" ", "_")
    if wanted in ("utc", "gmt"):
        return "UTC"
    return _zones().get(wanted)


@cache
def _zones() -> dict[str, str]:
    """Zones by their name and by their place; where several have it (old names of one zone), the shortest."""
    names = sorted(name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "posix/")))
    places: dict[str, list[str]] = {}
    for name in names:
        places.setdefault(name.rpartition("/")[2].casefold(), []).append(name)
    found = {place: min(many, key=len) for place, many in places.items()}
    return found | {name.casefold(): name for name in names}


def _editions(settings: DigestSettings, start: datetime) -> Iterator[Edition]:
    """Editions of the days from ``start`` on, in order; two times that fall on one moment are one."""
    zone = ZoneInfo(settings.zone)
    first = start.astimezone(zone).date()
    for number in range(2 * DAYS_AHEAD + 1):
        day = first + timedelta(days=number)
        if day.weekday() >= SATURDAY and not settings.weekends:
            continue
        # in the order of the moments: on the day of a change 02:30 may come after 03:00
        latest_first = sorted(settings.times, reverse=True)  # of two at one moment the earlier time gives its name
        moments = {datetime.combine(day, time.fromisoformat(one), zone).astimezone(UTC): one for one in latest_first}
        for at, written in sorted(moments.items()):
            yield Edition(f"{day.isoformat()}T{written}", at)
