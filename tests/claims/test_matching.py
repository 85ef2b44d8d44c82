from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from claims.matching import (
    STORY_WINDOW,
    gather,
    headline_for,
    reasons,
    same_story,
    search_terms,
    shortlist,
    terms_of_link,
)
from claims.types import Article, Candidate, Held, Miss, MissReason
from tests.factories import NOON, make_article, make_outlet

BRIDGE = (
    "The council of Norland will close the Harbour Bridge on Friday because 40 bolts are missing, Ada Brook said. "
    "Ada Brook, the chief engineer, found rust in the anchor chains during an inspection in February."
)
LEAD = make_article(BRIDGE, title="Harbour Bridge in Norland to close over missing bolts")
SAME = make_article(
    "Norland closes its Harbour Bridge on Friday. Engineer Ada Brook counted 40 missing bolts and rusty anchor chains.",
    outlet="Delta Radio",
    title="Rusty chains shut Norland bridge",
)
OTHER = make_article(
    "The council of Norland will raise the price of tram tickets on Friday, the mayor said after a vote.",
    outlet="Delta Radio",
    title="Norland raises tram fares",
    url="https://deltaradio.example/fares",
)


def candidate(title: str, outlet: str = "Delta Radio", *, url: str = "", days: int = 0, summary: str = "") -> Candidate:
    publisher = make_outlet(outlet)
    return Candidate(
        url=url or f"https://{publisher.domains[0]}/{title.lower().replace(' ', '-')}",
        title=title,
        outlet=publisher,
        published_at=NOON + timedelta(days=days),
        summary=summary,
    )


def test_search_terms_put_the_telling_words_first_around_the_articles_date() -> None:
    found = search_terms(LEAD)
    assert set(found.words[:7]) == {"ada", "brook", "harbour", "bridge", "norland", "bolts", "missing"}
    assert set(found.names) == {"Harbour Bridge", "Norland", "Ada Brook"}
    assert found.numbers == ("40",)
    assert found.since == NOON - STORY_WINDOW
    assert found.until == NOON + STORY_WINDOW


def test_an_article_without_date_is_searched_without_window() -> None:
    found = search_terms(replace(LEAD, published_at=None))
    assert (found.since, found.until) == (None, None)


def test_an_address_alone_gives_words_and_a_date() -> None:
    found = terms_of_link("https://wire.example/world/norland/harbour-bridge-close-over-bolts-2025-03-03/")
    assert set(found.words) == {"harbour", "bridge", "close", "bolts"}
    assert found.title == "harbour bridge close over bolts"
    assert found.since == datetime(2025, 2, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize("link", ["https://wire.example/", "https://wire.example/2025/99/99/x", "text:abc", ""])
def test_an_address_that_tells_nothing(link: str) -> None:
    found = terms_of_link(link)
    assert found.since is None


def test_the_headline_of_a_closed_article_is_found_by_address_or_slug() -> None:
    wire = make_outlet("Northern Wire")
    link = "https://northernwire.example/world/harbour-bridge-close-over-missing-bolts-2025-03-03/"
    same_address = candidate("Something", "Northern Wire", url=f"{link}?utm_source=x")
    by_slug = candidate("Harbour Bridge to close over missing bolts", "Northern Wire")
    elsewhere = candidate("Harbour Bridge to close over missing bolts", "Delta Radio")
    unlike = candidate("Tram fares rise", "Northern Wire")
    assert headline_for(link, wire, [unlike, by_slug, same_address]) == same_address
    assert headline_for(link, wire, [unlike, elsewhere, by_slug]) == by_slug
    assert headline_for(link, wire, [unlike, elsewhere]) is None


def test_the_shortlist_reads_the_likeliest_first_and_at_most_two_of_an_outlet() -> None:
    near = candidate("Rusty chains shut Norland bridge")
    nearer = candidate("Harbour Bridge in Norland closed: bolts missing")
    third = candidate("Norland bridge closed")
    wire = candidate("Norland bridge closed", "Northern Wire")
    own = candidate("Harbour Bridge in Norland to close", "The Harbour Courier")
    late = candidate("Harbour Bridge in Norland to close", "Evening Globe", days=30)
    unlike = candidate("Cricket results", "Evening Globe")
    everything = [unlike, late, own, wire, third, near, nearer, near]
    found = shortlist(LEAD, everything)
    assert found[0] == nearer
    assert set(found) == {nearer, third, wire}
    assert all(shortlist(LEAD, order) == found for order in (everything[::-1], sorted(everything, key=lambda c: c.url)))
    assert shortlist(LEAD, everything, limit=1) == (nearer,)


def test_the_leads_own_outlet_is_read_only_where_no_other_is_left_and_never_the_lead() -> None:
    own = candidate("Harbour Bridge in Norland to close", "The Harbour Courier")
    itself = candidate(LEAD.title, "The Harbour Courier", url=f"{LEAD.url}/?ref=feed#top")
    assert shortlist(LEAD, [own, itself]) == (own,)


def test_same_event_and_not_the_same_town() -> None:
    match = same_story(LEAD, SAME)
    assert match.same
    assert "Ada Brook" in match.shared_names
    assert match.shared_numbers == ("40",)
    assert match.days_apart == 0
    assert same_story(SAME, LEAD).score == pytest.approx(match.score)
    assert not same_story(LEAD, OTHER).same


def test_the_same_words_weeks_later_are_another_story() -> None:
    assert not same_story(LEAD, replace(SAME, published_at=NOON + timedelta(days=9))).same
    assert same_story(LEAD, replace(SAME, published_at=None)).same


def test_a_headline_is_enough_for_an_outlet_that_is_closed_to_us() -> None:
    closed = make_article(
        "Norland bridge closed: bolts missing", title="Norland bridge closed: bolts missing", held=Held.HEADLINE,
        outlet="Evening Globe",
    )  # fmt: skip
    assert same_story(LEAD, closed).same


def test_gather_keeps_the_story_and_the_misses_whatever_the_order() -> None:
    copy = replace(
        LEAD, outlet=make_outlet("Evening Globe"), url="https://eveningglobe.example/b", credit="Northern Wire"
    )
    miss = Miss(outlet="Northern Wire", url="https://northernwire.example/x", reason=MissReason.REFUSED)
    results: list[Article | Miss] = [OTHER, SAME, miss, copy, SAME, LEAD]
    story = gather(LEAD, results)
    assert story.others == (copy, SAME)
    assert story.misses == (miss,)
    assert all(gather(LEAD, order) == story for order in list(permutations(results))[::97])


def test_a_readers_copy_stays_whatever_it_says() -> None:
    brought = replace(OTHER, held=Held.READER_COPY)
    assert gather(LEAD, [brought]).others == (brought,)
    assert gather(LEAD, [OTHER]).others == ()


def test_an_empty_lead_gathers_nothing_and_fails_at_nothing() -> None:
    empty = make_article("", title="", published_at=None)
    assert search_terms(empty).words == ()
    assert shortlist(empty, [candidate("Anything")]) == ()
    assert gather(empty, [SAME]).others == ()


def test_a_reader_is_told_of_each_article_what_it_has_in_common_with_the_lead() -> None:
    alike, brought = reasons(
        LEAD, [replace(SAME, published_at=NOON - timedelta(days=2)), replace(OTHER, title="Fares")]
    )
    assert alike.same
    assert {"Harbour Bridge", "Norland", "Ada Brook"} == set(alike.shared_names)
    assert (alike.shared_numbers, alike.days_apart) == (("40",), 2)
    assert not brought.same
    assert brought.other.title == "Fares"
    assert brought.why == "Both name Norland. They were published on the same day."


def test_why_two_articles_are_one_story_is_told_in_plain_words() -> None:
    lead = make_article("The mayor of Norland, Anna Vale, said that 340 workers of Harbour Lines must go.")
    other = make_article(
        "Harbour Lines will dismiss 340 people, said Anna Vale.",
        outlet="Delta Radio",
        published_at=NOON + timedelta(days=1),
    )
    match = same_story(lead, other)
    assert match.why.startswith("Both name ")
    assert all(name in match.why for name in ("Anna Vale", "Harbour Lines", "340"))
    assert match.why.endswith("They were published one day apart.")
    german = replace(other, text="Es regnet.", language="de", published_at=None)
    told = same_story(lead, german).why
    assert told.startswith("They are in different languages")
    assert told.endswith("They share no name and no number, only other words.")
    assert same_story(lead, replace(other, published_at=NOON)).why.endswith("on the same day.")
