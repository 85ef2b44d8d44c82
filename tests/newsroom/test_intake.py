"""What a reader brings in, and what the candidates came to."""

from datetime import UTC, datetime

import pytest

from claims.types import Candidate, Held, Miss, MissReason
from newsroom.intake import Query, about, article_of_text
from tests.factories import NOON, make_article, make_outlet

LEAD = make_article(
    "The Merrow harbour bridge stays closed until April, the ports office said. Engineers found cracked bolts in "
    "the Merrow bridge on Sunday.",
    title="Merrow harbour bridge closed over cracked bolts",
    outlet="The Lighthouse",
)


def candidate(outlet: str, title: str = "Cracked bolts close Merrow harbour bridge") -> Candidate:
    made = make_outlet(outlet)
    return Candidate(url=f"https://www.{made.domains[0]}/a", title=title, outlet=made, published_at=NOON)


def miss(of: Candidate, reason: MissReason) -> Miss:
    return Miss(outlet=of.outlet.name, url=of.url, reason=reason)


def test_a_page_not_read_in_time_counts_as_its_headline_beside_the_miss() -> None:
    late = candidate("The Tide")
    missed, headline = about(LEAD, [late], [miss(late, MissReason.TIMEOUT)])
    assert isinstance(missed, Miss)
    assert (headline.held, headline.title, headline.url) == (Held.HEADLINE, late.title, late.url)  # type: ignore[union-attr]


def test_a_headline_stands_at_the_address_that_was_found_for_it() -> None:
    hidden = candidate("The Tide")
    own = "https://www.tide.example/bolts"
    found = about(LEAD, [hidden], [Miss(outlet="The Tide", url=own, reason=MissReason.REFUSED)])
    assert {result.url for result in found} == {own}


def test_what_was_taken_down_has_no_headline() -> None:
    gone = candidate("The Tide")
    assert about(LEAD, [gone], [miss(gone, MissReason.GONE)]) == [miss(gone, MissReason.GONE)]


def test_no_headline_stands_beside_an_article_of_its_outlet_and_none_twice() -> None:
    tide, skerry = candidate("The Tide"), candidate("Skerry")
    late, closed = miss(tide, MissReason.TIMEOUT), miss(skerry, MissReason.PAYWALL)
    article = make_article(LEAD.text, title=tide.title, outlet=tide.outlet)
    found = about(LEAD, [tide, tide, skerry, skerry], [late, article, closed, closed])
    assert [result.held for result in found if not isinstance(result, Miss)] == [Held.FULL, Held.HEADLINE]


def test_a_page_that_is_open_in_part_is_there_in_part_and_a_miss() -> None:
    shut = candidate("The Tide")
    part = make_article(LEAD.text, title=shut.title, outlet=shut.outlet, held=Held.PART, url=shut.url)
    assert about(LEAD, [shut], [part]) == [miss(shut, MissReason.PAYWALL), part]
    other = make_article("Onion prices rise in spring.", title="Onion prices", outlet=shut.outlet, held=Held.PART)
    assert about(LEAD, [shut, shut], [part, other]) == [miss(shut, MissReason.PAYWALL), part, other]  # another story


def test_another_story_that_was_not_read_and_what_nobody_had_to_know_leave_nothing() -> None:
    other, needless = candidate("The Tide", title="Onion prices rise in spring"), candidate("Skerry")
    assert about(LEAD, [other, needless], [miss(other, MissReason.TIMEOUT), None]) == []


def test_a_channels_post_is_an_article_of_that_channel_at_its_own_address() -> None:
    post = Query(
        text="The bridge is shut. It creaks.", title="Harbour Talk", post="https://t.me/c/77/5", published_at=NOON
    )
    article = article_of_text(post).article
    assert (article.url, article.outlet.key, article.outlet.name) == (post.post, "t.me/c/77", "Harbour Talk")
    assert (article.published_at, article.held) == (NOON, Held.READER_COPY)
    assert post.asked.startswith("text:")


@pytest.mark.parametrize(
    "text",
    [
        "The bridge will close on Friday. It creaks.",
        "Merrow. The bridge will close on Friday. It creaks.",
        "Port Merrow. The bridge will close on Friday.",
        "Wow! The bridge will close on Friday. It creaks.",
        "MERROW, March 3 (Reuters) - The bridge will close on Friday. It creaks.",
        "MERROW — The bridge will close on Friday.",
        "2025-03-03 Merrow. The bridge will close on Friday. It creaks.",
        "\n\n The bridge  will close on Friday. It creaks.",
    ],
)
def test_the_first_full_sentence_stands_for_the_headline_without_the_dateline(text: str) -> None:
    assert article_of_text(Query(text=text)).article.title == "The bridge will close on Friday."


@pytest.mark.parametrize(
    "text", ["Bridge shut\n\nMerrow. It closes on Friday at noon.", "Bridge shut", " Bridge shut\r\n"]
)
def test_a_short_first_line_is_the_headline(text: str) -> None:
    assert article_of_text(Query(text=text)).article.title == "Bridge shut"


def test_the_dateline_of_a_pasted_text_is_kept_apart_from_what_it_says() -> None:
    article = article_of_text(Query(text="2025-03-03 MERROW (AP) — The bridge will close, the mayor said.")).article
    assert (article.dateline, article.text) == ("MERROW (AP) —", "The bridge will close, the mayor said.")
    plain = article_of_text(Query(text="2025-03-03 The bridge will close, the mayor said.")).article
    assert (plain.dateline, plain.text) == (None, "2025-03-03 The bridge will close, the mayor said.")


def test_a_date_at_the_head_of_a_forwarded_text_is_its_date() -> None:
    article = article_of_text(Query(text="2025-01-02 The bridge is shut.", published_at=NOON)).article
    assert article.published_at == datetime(2025, 1, 2, tzinfo=UTC)


def test_a_forwarded_text_lends_its_name_to_nobody_else() -> None:
    text = "The bridge stays shut until April, the ports office said on Monday."
    queries = [
        Query(text=text),
        Query(text=text, title="A private group"),
        Query(text=text, title="A private group", published_at=NOON),
        Query(text=text, title="A channel", post="https://t.me/c/77/5"),
        Query(text=text, title="A channel", post="https://t.me/c/78/5"),
    ]
    assert len({query.asked for query in queries}) == len(queries)
    plain, group, *_ = articles = [article_of_text(query).article for query in queries]
    assert (plain.outlet.name, group.outlet.name) == ("the article you sent", "A private group")
    assert plain.outlet.key != group.outlet.key
    assert plain.url != group.url
    assert len({article.url for article in articles}) == 4  # the same post sent twice is one article
