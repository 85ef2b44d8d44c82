"""Editions by zone and hour alone: through both changes of the clocks, weekends, and hours that fall together."""

from datetime import UTC, datetime, timedelta

import pytest

from claims.digests import DigestSettings
from newsroom.editions import LATE, due_edition, next_edition, zone_named

BERLIN = "Europe/Berlin"


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def editions(settings: DigestSettings, after: str, number: int) -> list[tuple[str, str]]:
    found, at = [], utc(after)
    for _ in range(number):
        edition = next_edition(settings, after=at)
        found.append((edition.key, f"{edition.at:%d %H:%M}"))
        at = edition.at
    return found


def test_the_hour_is_the_readers_through_both_changes_of_the_clocks() -> None:
    morning = DigestSettings(times=("08:00",), zone=BERLIN)
    assert editions(morning, "2025-03-29T00:00", 3) == [
        ("2025-03-29T08:00", "29 07:00"),
        ("2025-03-30T08:00", "30 06:00"),  # summer time has begun
        ("2025-03-31T08:00", "31 06:00"),
    ]
    assert editions(morning, "2025-10-25T00:00", 2) == [
        ("2025-10-25T08:00", "25 06:00"),
        ("2025-10-26T08:00", "26 07:00"),
    ]


def test_an_hour_that_is_left_out_comes_when_it_would_have_been() -> None:
    assert editions(DigestSettings(times=("02:00",), zone=BERLIN), "2025-03-29T12:00", 2) == [
        ("2025-03-30T02:00", "30 01:00"),  # 03:00 by the clock
        ("2025-03-31T02:00", "31 00:00"),
    ]


def test_an_hour_that_comes_twice_has_one_edition() -> None:
    assert editions(DigestSettings(times=("02:00",), zone=BERLIN), "2025-10-25T12:00", 2) == [
        ("2025-10-26T02:00", "26 00:00"),
        ("2025-10-27T02:00", "27 01:00"),
    ]


def test_two_hours_that_fall_together_have_one_edition() -> None:
    assert editions(DigestSettings(times=("03:00", "02:00"), zone=BERLIN), "2025-03-30T00:00", 2) == [
        ("2025-03-30T02:00", "30 01:00"),
        ("2025-03-31T02:00", "31 00:00"),
    ]


def test_a_time_that_is_left_out_may_come_after_a_later_one() -> None:
    assert editions(DigestSettings(times=("02:30", "03:00"), zone=BERLIN), "2025-03-30T00:00", 3) == [
        ("2025-03-30T03:00", "30 01:00"),
        ("2025-03-30T02:30", "30 01:30"),
        ("2025-03-31T02:30", "31 00:30"),
    ]


def test_no_weekends() -> None:
    friday = DigestSettings(times=("08:00",), zone="America/New_York", weekends=False)
    assert [key for key, _ in editions(friday, "2025-03-07T00:00", 2)] == ["2025-03-07T08:00", "2025-03-10T08:00"]


def test_the_weekend_is_the_readers() -> None:
    auckland = DigestSettings(times=("08:00",), zone="Pacific/Auckland", weekends=False)
    # Sunday evening in UTC, Monday morning there
    assert editions(auckland, "2025-03-09T12:00", 1) == [("2025-03-10T08:00", "09 19:00")]


def test_what_is_due_is_the_last_edition_unless_it_is_long_past() -> None:
    twice = DigestSettings(times=("08:00", "09:00"))
    due = due_edition(twice, now=utc("2025-03-03T09:10"))
    assert due and due.key == "2025-03-03T09:00"
    eight = due_edition(twice, now=utc("2025-03-03T08:00"))
    assert eight and eight.key == "2025-03-03T08:00"
    assert due_edition(twice, now=utc("2025-03-03T09:00") + LATE) is None


@pytest.mark.parametrize("zone", ["UTC", BERLIN, "Asia/Kolkata", "America/St_Johns", "Australia/Lord_Howe"])
def test_every_day_of_a_year_has_its_edition_once(zone: str) -> None:
    settings = DigestSettings(times=("02:00",), zone=zone)
    at = utc("2025-01-01T00:00")
    keys: list[str] = []
    while len(keys) < 365:
        edition = next_edition(settings, after=at)
        assert at < edition.at <= at + timedelta(hours=26)
        due = due_edition(settings, now=edition.at)
        assert due == edition
        keys.append(edition.key)
        at = edition.at
    assert len(set(keys)) == 365


@pytest.mark.parametrize(
    ("written", "zone"),
    [
        ("Lisbon", "Europe/Lisbon"),
        (" new york ", "America/New_York"),
        ("europe/kyiv", "Europe/Kyiv"),
        ("UTC", "UTC"),
        ("Buenos Aires", "America/Buenos_Aires"),
        ("Atlantis", None),
        ("../etc/passwd", None),
        ("", None),
    ],
)
def test_zones_by_name(written: str, zone: str | None) -> None:
    assert zone_named(written) == zone
