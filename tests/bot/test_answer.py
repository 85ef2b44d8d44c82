"""The first message: what it holds, in which order, and within its length whatever the articles hold."""

from dataclasses import replace

import pytest

from bot.answer import FIRST_MAX, overview
from bot.blocks import Block, Kind, length
from claims.comparison import Comparison, Note, Origins, QuotationResult
from claims.types import Miss, MissReason
from tests.bot.stories import ALTERED, BAY, CLOSING, COURIER, DURATION, FERRIES, MADE_AT, QUAY, READING, STORY, WIRE
from tests.factories import make_article

LONG = "Very long words of an article that goes on and on. " * 12


def first(comparison: Comparison, *, searching: bool = False) -> list[Block]:
    return overview(comparison, held_at=MADE_AT, searching=searching)


def text_of(blocks: list[Block]) -> str:
    return "\n".join(one.text for one in blocks)


def crowd(count: int) -> Comparison:
    """The story with many claims, many outlets and long words everywhere."""
    articles = [make_article(LONG + str(n), outlet=f"Outlet {n}", url=f"https://o{n}.example/a") for n in range(count)]
    cells = tuple(
        replace(CLOSING.cells[0], place=replace(CLOSING.cells[0].place, url=one.url, outlet=one.outlet.name), text=LONG)
        for one in articles
    )
    row = replace(CLOSING, statement=LONG, cells=cells, differences=())
    misses = tuple(Miss(outlet=f"Closed {n}", url=None, reason=reason) for n in range(count) for reason in MissReason)
    return replace(
        STORY,
        articles=(replace(QUAY, title=LONG), *articles),
        rows=(row,) * count,
        quotations=(replace(ALTERED, text=LONG),) * count,
        misses=misses,
        notes=tuple(Note),
    )


@pytest.mark.parametrize("comparison", [STORY, READING, crowd(3), crowd(40)], ids=["story", "reading", "3", "40"])
def test_fits_one_screen(comparison: Comparison) -> None:
    assert length(first(comparison)) <= FIRST_MAX


def test_begins_with_headline_outlet_and_day() -> None:
    title, line, *_ = first(STORY)
    assert title.kind is Kind.TITLE
    assert title.text == QUAY.title
    assert title.runs[0].link == QUAY.url
    assert line.text == "Quay Post, 3 March 2025"


def test_both_numbers_where_origins_are_sure() -> None:
    sure = replace(STORY, origins=Origins(at_least=2, at_most=2))
    assert "Reported by 5 outlets, 2 independent origins." in text_of(first(sure))


def test_both_bounds_where_origins_are_not_sure() -> None:
    assert "Reported by 5 outlets, at most 3, at least 2 independent origins." in text_of(first(STORY))


def test_says_who_rests_on_whom() -> None:
    assert "Resting on North Wire: the article you sent, Bay Radio." in text_of(first(STORY))


def test_a_circle_is_named() -> None:
    circle = Origins(at_least=1, at_most=1, chains=((QUAY.url, WIRE.url, QUAY.url),))
    assert "In a circle: the article you sent → North Wire → the article you sent." in text_of(
        first(replace(STORY, origins=circle))
    )


def test_strongest_disagreement_comes_first() -> None:
    shuffled = replace(STORY, rows=(FERRIES, DURATION, CLOSING))
    statements = [one.text for one in first(shuffled) if one.kind is Kind.STATEMENT]
    assert statements.index(f"“{CLOSING.statement}”") < statements.index(f"“{DURATION.statement}”")


def test_each_outlet_with_its_word_and_the_words_in_which_it_differs() -> None:
    lines = text_of(first(STORY))
    assert "The article you sent, citing North Wire: “will shut”" in lines
    assert "The Harbour Courier, denied by Tor Vik: “No decision”" in lines
    assert "Said and denied, different certainty" in lines


def test_every_side_has_a_link() -> None:
    sides = [one for one in first(STORY) if one.kind is Kind.ITEM]
    assert sides
    assert all(any(run.link for run in side.runs) for side in sides)


def test_an_altered_quotation_is_shown_from_both_sides() -> None:
    lines = text_of(first(STORY))
    assert "already ordered" in lines
    assert "asked for a plan for" in lines
    assert "Similar words in the North Wire text we hold; differences marked" in lines


def test_quotations_that_stand_are_only_counted() -> None:
    exact = replace(ALTERED, result=QuotationResult.EXACT, changes=())
    lines = text_of(first(replace(STORY, quotations=(exact, exact))))
    assert "Looked up: 2 word for word." in lines
    assert "quoting North Wire" not in lines


def test_closed_outlets_are_named_with_the_reason() -> None:
    assert "Not read: Coast Times (robots.txt); Evening Tide (no answer in time)." in text_of(first(STORY))


def test_an_outlet_read_elsewhere_is_not_called_unread() -> None:
    both = replace(STORY, misses=(Miss(outlet=COURIER.outlet.name, url=None, reason=MissReason.GONE),))
    assert "Not read" not in text_of(first(both))


def test_failed_searches_have_readable_names() -> None:
    failed = replace(STORY, misses=(Miss(outlet="google_news", url=None, reason=MissReason.TIMEOUT),))
    assert "Google News (no answer in time)" in text_of(first(failed))


def test_what_only_one_outlet_has() -> None:
    roomy = text_of(overview(replace(STORY, quotations=()), held_at=MADE_AT))
    assert "Bay Radio: “ferries would carry 3,000 people a day”" in roomy


def test_the_first_reading_says_on_whose_word_and_that_others_are_looked_for() -> None:
    lines = text_of(first(READING, searching=True))
    assert "On whose word: its own voice 1, other outlets 1, unnamed sources 1." in lines
    assert "Citing North Wire" in lines
    assert lines.endswith("Looking for other outlets …")
    assert "No other outlet found" not in lines


def test_nothing_found_is_said() -> None:
    assert "No other outlet found yet." in text_of(first(READING))


def test_nothing_reachable_is_another_sentence() -> None:
    lines = text_of(first(replace(READING, notes=(Note.SINGLE_ARTICLE, Note.NOTHING_REACHABLE))))
    assert "could be reached" in lines
    assert "No other outlet found" not in lines


def test_while_a_search_runs_nothing_is_said_of_its_end() -> None:
    notes = (Note.SINGLE_ARTICLE, Note.NOTHING_REACHABLE, Note.NO_DATE)
    lines = text_of(first(replace(READING, notes=notes), searching=True))
    assert "could be reached" not in lines
    assert "gives no date" in lines


def test_a_closed_article_invites_its_text() -> None:
    assert "paste its text here" in text_of(first(replace(STORY, notes=(Note.LEAD_CLOSED,))))


def test_a_sent_text_is_no_outlet() -> None:
    sent = replace(QUAY, url="text:abc")
    lines = text_of(first(replace(STORY, articles=(sent, *STORY.articles[1:]))))
    assert "In the article you sent and 4 outlets: at most 3, at least 2 independent origins." in lines


def test_a_headline_is_answered_by_who_reports_it_and_is_no_origin() -> None:
    asked = replace(QUAY, url="text:abc", text="Council to shut old swing bridge", published_at=None)
    late = replace(BAY, published_at=MADE_AT)
    origins = Origins(at_least=2, at_most=3, chains=((asked.url,), (WIRE.url,), (COURIER.url,)))
    found = replace(STORY, articles=(asked, late, WIRE, COURIER), origins=origins, notes=(Note.NO_DATE,))
    lines = text_of(first(found))
    assert "Reported by 3 outlets, at most 2, at least 1 independent origins." in lines
    who = lines.partition("Who reports it")[2]
    assert who.index("North Wire") < who.index("Bay Radio, 3 March 2025: “Bridge may close")
    assert "gives no date" not in lines


def test_no_claims_is_said() -> None:
    assert "No claims were found in the text we hold." in text_of(first(replace(READING, rows=())))


def test_a_silent_change_is_told() -> None:
    lines = text_of(first(replace(STORY, quotations=(), misses=())))
    assert "Changed later without a note: the article you sent, “is to shut” became “will shut”" in lines
