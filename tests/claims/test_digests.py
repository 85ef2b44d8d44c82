"""What a digest tells and what it does not: tables of stories in, choices out."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from claims.digests import (
    CHANGED_MAX,
    TOPICS,
    DigestSettings,
    Member,
    News,
    Told,
    alerts,
    chosen,
    compared,
    leading,
    told_as_json,
    told_of_json,
    wanted,
)
from tests.factories import NOON

HOUR = timedelta(hours=1)
SINCE = NOON - 24 * HOUR


def member(outlet: str, *, story: str = "bridge", at: datetime = NOON - HOUR, **fields: Any) -> Member:
    address = f"https://{outlet}.example/{story}"
    known: dict[str, Any] = {
        "article": f"{outlet}-{story}".ljust(12, "x"),
        "version": f"{outlet}-{story}-1",
        "url": address,
        "outlet": outlet,
        "name": outlet,
        "title": f"The {story} is closed",
        "published_at": at,
        "first_seen": at,
    }
    return Member(**(known | fields))


def story(name: str, *outlets: str, at: datetime = NOON - HOUR, **fields: Any) -> News:
    return News(members=tuple(member(outlet, story=name, at=at, **fields) for outlet in outlets))


def told(news: News, *, at: datetime = NOON - 12 * HOUR, voices: int | None = None) -> Told:
    return Told(tuple(one.article[:12] for one in news.members), voices or news.voices, at)


def names(pool: list[News], settings: DigestSettings, *past: Told, since: datetime = SINCE) -> list[str]:
    return [one.news.members[0].url.rpartition("/")[2] for one in chosen(pool, settings, past, since=since, now=NOON)]


BRIDGE = story("bridge", "quaypost", "northwire", "bayradio")
FERRY = story("ferry", "quaypost", "northwire")
LONELY = story("parade", "quaypost")
PLAIN = DigestSettings()


def test_stories_of_several_outlets_most_told_first_whatever_the_order() -> None:
    assert names([FERRY, LONELY, BRIDGE], PLAIN) == names([BRIDGE, FERRY, LONELY], PLAIN) == ["bridge", "ferry"]


def test_an_agency_and_the_outlets_that_carry_it_are_one_voice() -> None:
    carried = story("ferry", "quaypost", "bayradio", credit="North Wire")
    agency = member("northwire", story="ferry", name="North Wire")
    whole = News(members=(*carried.members, agency))
    assert (carried.voices, whole.voices) == (1, 1)
    assert names([whole], PLAIN) == []


@pytest.mark.parametrize(("least", "found"), [(2, ["bridge", "ferry"]), (3, ["bridge"]), (5, [])])
def test_as_many_outlets_as_are_wanted(least: int, found: list[str]) -> None:
    assert names([BRIDGE, FERRY], replace(PLAIN, min_outlets=least)) == found


def test_no_more_stories_than_are_wanted() -> None:
    many = [story(f"s{n}", "quaypost", "northwire") for n in range(9)]
    assert len(names(many, replace(PLAIN, length=3))) == 3


def test_what_was_there_before_the_last_edition_is_no_news() -> None:
    old = story("ferry", "quaypost", "northwire", at=SINCE - HOUR)
    assert names([old], PLAIN) == []
    late = replace(old, members=(*old.members, member("bayradio", story="ferry")))
    assert names([late], PLAIN) == ["ferry"]


def test_no_story_twice() -> None:
    assert names([BRIDGE, FERRY], PLAIN, told(BRIDGE)) == ["ferry"]


def test_a_told_story_comes_again_once_an_outlet_has_changed_it() -> None:
    changed = story("bridge", "quaypost", "northwire", changed_at=NOON - 2 * HOUR)
    [again] = chosen([changed], PLAIN, [told(changed, at=NOON - 3 * HOUR)], since=SINCE, now=NOON)
    assert again.again
    assert names([changed], PLAIN, told(changed, at=NOON - HOUR)) == []


def test_a_told_story_comes_again_once_twice_as_many_outlets_tell_it() -> None:
    grown = story("bridge", "a", "b", "c", "d")
    assert names([grown], PLAIN, told(grown, voices=2)) == ["bridge"]
    assert names([grown], PLAIN, told(grown, voices=3)) == []


def test_a_story_is_known_again_by_any_of_its_articles() -> None:
    merged = News(members=(*FERRY.members, member("bayradio", story="ferry")))
    first = Told(told_of_json(told_as_json([FERRY]), NOON)[0].articles[1:], 2, NOON - HOUR)
    assert names([merged], PLAIN, first) == []


def test_a_changed_article_of_one_outlet_counts_and_few_of_them_are_told() -> None:
    changed = [story(f"s{n}", "quaypost", changed_at=NOON - HOUR) for n in range(5)]
    assert len(names(changed, PLAIN)) == CHANGED_MAX
    assert names([BRIDGE, changed[0]], replace(PLAIN, length=1)) == ["bridge"]
    assert names([story("s", "quaypost", changed_at=SINCE - HOUR)], PLAIN) == []


def test_only_articles_in_the_wanted_languages_count() -> None:
    mixed = News(members=(member("quaypost", language="en"), member("hafenblatt", language="de"), member("c")))
    assert names([mixed], replace(PLAIN, languages=("en",))) == ["bridge"]  # of one nobody knows the language
    assert names([mixed], replace(PLAIN, languages=("fr",))) == []
    kept = wanted(mixed, replace(PLAIN, languages=("de",)))
    assert kept and [one.outlet for one in kept.members] == ["hafenblatt", "c"]


def test_chosen_outlets_are_needed_and_lead() -> None:
    mine = replace(PLAIN, outlets=("northwire",))
    assert names([LONELY, BRIDGE], mine) == ["bridge"]
    assert leading(BRIDGE, mine).outlet == "northwire"


@pytest.mark.parametrize(
    ("settings", "fields"),
    [
        (DigestSettings(words=("swing bridge",)), {"title": "Swing  bridge shut"}),
        (DigestSettings(words=("swing bridge",)), {"opening": "… the swing-bridge was shut"}),
        (DigestSettings(topics=("sport",)), {"section": "Football"}),
        (DigestSettings(topics=("business",)), {"url": "https://quaypost.example/business/shut"}),
    ],
)
def test_words_and_topics(settings: DigestSettings, fields: dict[str, Any]) -> None:
    fits, other = story("a", "quaypost", "northwire", **fields), story("b", "quaypost", "northwire")
    assert chosen([fits, other], settings, [], since=SINCE, now=NOON)[0].news == fits
    assert len(chosen([fits, other], settings, [], since=SINCE, now=NOON)) == 1


def test_a_word_within_another_is_not_that_word() -> None:
    assert not chosen(
        [story("a", "x", "y", title="Abridged")], DigestSettings(words=("bridge",)), [], since=SINCE, now=NOON
    )


def test_the_earliest_full_article_leads_and_one_of_each_outlet_is_compared() -> None:
    late, part = member("a", at=NOON), member("b", at=NOON - 3 * HOUR, full=False)
    early, twice = member("c", at=NOON - 2 * HOUR), member("c", story="again", at=NOON - HOUR)
    news = News(members=(late, part, early, twice))
    lead = leading(news, PLAIN)
    assert lead == early
    assert compared(news, lead, limit=9) == [early, late, part]
    assert compared(news, lead, limit=2) == [early, late]
    assert compared(news, twice, limit=9) == [twice, late, part]
    moved = replace(part, changed_at=NOON)
    assert compared(News(members=(late, moved, early)), early, limit=2) == [early, moved]
    assert News(members=(late, moved, early)).changed_url == moved.url


def test_an_alert_is_a_story_that_has_passed_the_mark_in_short_time() -> None:
    mine = replace(PLAIN, alert_at=3)
    assert alerts([BRIDGE, FERRY], mine, [], now=NOON) == [BRIDGE]
    assert alerts([BRIDGE], PLAIN, [], now=NOON) == []
    assert alerts([BRIDGE], mine, [told(BRIDGE)], now=NOON) == []
    assert alerts([BRIDGE], mine, [], now=NOON + 24 * HOUR) == []


def test_settings_come_back_from_the_database_and_from_an_older_release() -> None:
    full = DigestSettings(
        times=("07:00", "19:00"), zone="Europe/Kyiv", words=("bridge",), topics=tuple(TOPICS), alert_at=4
    )
    assert DigestSettings.of_json(full.as_json()) == full
    assert DigestSettings.of_json('{"times": ["09:00"], "since_then_dropped": 1}') == DigestSettings(times=("09:00",))


def test_an_outlets_date_never_lies_after_we_saw_the_article() -> None:
    assert member("a", at=NOON, published_at=NOON + HOUR).at == NOON
    assert member("a", at=NOON, published_at=None).at == NOON
