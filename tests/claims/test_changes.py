"""What changed between two versions, marked or not, with places that lead back."""

from dataclasses import replace

import pytest

from claims.changes import changes, overtaken
from claims.comparison import Cell, Place
from claims.types import Article, Authority, Held, Span
from tests.factories import make_article

FIRST = make_article("The board met on Tuesday. It owes 38 million crowns.\n\nNobody was hurt.")


def test_a_silent_edit_is_unmarked_and_its_places_lead_back() -> None:
    second = replace(FIRST, text="The board met on Tuesday. It owes 42 million crowns.\n\nNobody was badly hurt.")
    [change] = changes([FIRST, second])
    assert not change.marked
    assert [(old, new) for _, _, old, new in change.spans] == [("38", "42"), ("", "badly")]
    assert all(second.text[start:end] == new for start, end, _, new in change.spans)
    assert (change.from_version, change.to_version) == (FIRST.version, second.version)


@pytest.mark.parametrize(
    "note",
    [
        "Correction: an earlier figure was wrong.",
        "This article was amended on Tuesday.",
        "UPDATE: adds the mayor's answer.",
        "An earlier version of this report named another ship.",
    ],
)
def test_a_note_marks_the_change(note: str) -> None:
    second = replace(FIRST, text=f"{FIRST.text.replace('38', '42')}\n\n{note}")
    [change] = changes([FIRST, second])
    assert change.marked


def test_a_note_that_stood_there_before_marks_nothing_new() -> None:
    noted = replace(FIRST, text=f"{FIRST.text}\n\nCorrection: the day was wrong.")
    [change] = changes([noted, replace(noted, text=noted.text.replace("38", "42"))])
    assert not change.marked


def test_words_taken_out_leave_an_empty_place() -> None:
    second = replace(FIRST, text=FIRST.text.removesuffix(" was hurt.") + ".")
    [change] = changes([FIRST, second])
    assert any(new == "" or start < end for start, end, _, new in change.spans)
    assert all(second.text[start:end] == new for start, end, _, new in change.spans)


def test_a_part_is_no_change() -> None:
    assert changes([FIRST, replace(FIRST, text="The board met", held=Held.PART)]) == ()


def test_three_versions_make_two_changes() -> None:
    second = replace(FIRST, text=FIRST.text.replace("38", "42"))
    third = replace(FIRST, text=FIRST.text.replace("38", "45"))
    assert [change.to_version for change in changes([FIRST, second, third])] == [second.version, third.version]


def cell(article: Article, words: str) -> Cell:
    start = article.text.index(words)
    place = Place(
        outlet=article.outlet.name, url=article.url, version=article.version, span=Span(start, start + len(words))
    )
    return Cell(place=place, text=words, authority=Authority.OWN_VOICE)


def test_an_answer_is_overtaken_where_the_words_of_a_claim_are_gone() -> None:
    debt, harm = cell(FIRST, "It owes 38 million crowns."), cell(FIRST, "Nobody was hurt.")
    now = replace(FIRST, text=FIRST.text.replace("38", "42"))
    assert overtaken([debt, harm], {FIRST.url: now}) == (debt,)


def test_an_answer_is_not_overtaken_by_typography_or_by_a_closed_page() -> None:
    board = cell(FIRST, "The board met on Tuesday.")
    spaced = replace(FIRST, text=FIRST.text.replace("met on", "met\u00a0on"))
    closed = replace(FIRST, text="Board meets", held=Held.HEADLINE)
    assert not overtaken([board], {FIRST.url: spaced})
    assert not overtaken([board], {FIRST.url: closed})
    assert not overtaken([board], {})
