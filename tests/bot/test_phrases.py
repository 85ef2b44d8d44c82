"""Who says it, on whose word, and what a quotation check found: the words for each case."""

from dataclasses import replace
from typing import Any

import pytest

from bot.blocks import Style, marked, quoted
from bot.phrases import Phrases, on_word
from claims.comparison import Cell, DifferenceKind, Place, Quotation, QuotationResult, ViaSource
from claims.types import Authority, Certainty, Miss, MissReason, Span
from tests.bot.stories import ALTERED, CLOSING, COURIER, DURATION, MADE_AT, QUAY, STORY, WIRE, difference, place
from tests.factories import make_article

A = Authority
REUTERS = ViaSource(authority=A.OUTLET, source="North Wire", cue="reports")


def said(authority: Authority, **fields: Any) -> Cell:
    spot = Place(outlet="Quay Post", url=QUAY.url, version=QUAY.version, span=Span(0, 3))
    return Cell(place=spot, text="x", authority=authority, **fields)


@pytest.mark.parametrize(
    ("cell", "full", "brief"),
    [
        (said(A.NAMED, source="Ida Lund"), "citing Ida Lund", "citing Ida Lund"),
        (
            said(A.NAMED, source="Ida Lund", source_description="harbour master"),
            "citing Ida Lund (“harbour master”)",
            "citing Ida Lund",
        ),
        (said(A.NAMED_GROUP), "citing a named group", "citing a named group"),
        (said(A.DOCUMENT, source="a report"), "citing a report", "citing a report"),
        (said(A.DATA), "citing data", "citing data"),
        (said(A.OUTLET, attributed_to_outlet="North Wire"), "citing North Wire", "citing North Wire"),
        (
            said(A.UNNAMED_GROUP, source="the sources"),
            "attributed to unnamed sources (“the sources”), no description given",
            "unnamed sources",
        ),
        (
            said(A.UNNAMED_GROUP, source="the sources", via=(REUTERS,)),
            "attributed to unnamed sources (“the sources”), no description given, via North Wire",
            "unnamed sources via North Wire",
        ),
        (
            said(A.UNNAMED, source="a diplomat", source_description="close to the talks"),
            "attributed to an unnamed source (“a diplomat”, “close to the talks”)",
            "an unnamed source (“a diplomat”)",
        ),
        (
            said(A.UNNAMED_GROUP, source="two people", source_description="close to the talks"),
            "attributed to unnamed sources (“two people”, “close to the talks”)",
            "unnamed sources (“close to the talks”)",
        ),
        (said(A.WITNESS), "as seen by its own reporter", "as seen by its own reporter"),
        (said(A.OWN_VOICE, source="ignored"), "in its own voice", "in its own voice"),
        (said(A.UNCLEAR), "source unclear", "source unclear"),
        (said(A.NAMED, source="Tor Vik", certainty=Certainty.DENIED), "denied by Tor Vik", "denied by Tor Vik"),
        (
            said(A.UNNAMED, source="an official", certainty=Certainty.DENIED),
            "denied by an unnamed source (“an official”)",
            "denied by an unnamed source (“an official”)",
        ),
        (said(A.OWN_VOICE, certainty=Certainty.DENIED), "denied, in its own voice", "denied, in its own voice"),
        (
            said(A.NAMED, source="Ida Lund", via=(ViaSource(authority=A.UNCLEAR, source=None, cue=None),)),
            "citing Ida Lund",
            "citing Ida Lund",
        ),
        (said(A.NAMED, source="She"), "citing a named person", "citing a named person"),
        (
            said(A.NAMED, source="Ida Lund", via=(ViaSource(authority=A.NAMED_GROUP, source="They", cue="said"),)),
            "citing Ida Lund",
            "citing Ida Lund",
        ),
        (said(A.NAMED_GROUP, source="The port council"), "citing the port council", "citing the port council"),
        (
            said(A.OUTLET, source="The Harbour Courier", attributed_to_outlet="The Harbour Courier"),
            "citing The Harbour Courier",
            "citing The Harbour Courier",
        ),
        (
            said(A.NAMED, source="Tor Vik", via=(ViaSource(authority=A.NAMED_GROUP, source="The council", cue=None),)),
            "citing Tor Vik via the council",
            "citing Tor Vik via the council",
        ),
    ],
)
def test_on_whose_word(cell: Cell, full: str, brief: str) -> None:
    assert on_word(cell) == full
    assert on_word(cell, brief=True) == brief


def told(item: Quotation, **fields: Any) -> str:
    lines = Phrases(replace(STORY, **fields)).quotation(item, held_at=MADE_AT)
    return "\n".join(one.text for one in lines)


def found(result: QuotationResult, **fields: Any) -> Quotation:
    return replace(ALTERED, result=result, changes=(), **fields)


@pytest.mark.parametrize(
    ("item", "sentence"),
    [
        (found(QuotationResult.EXACT), "Stands word for word in the North Wire text we hold"),
        (
            found(QuotationResult.EXACT, found=None, stands_in="headline"),
            "Stands word for word in the North Wire text we hold, in its headline",
        ),
        (
            replace(ALTERED, result=QuotationResult.SHORTENED, changes=(("keep", "a", "a"), ("drop", "very old", ""))),
            "Stands in the North Wire text we hold with words left out: “very old”",
        ),
        (
            replace(
                ALTERED, result=QuotationResult.SHORTENED, changes=(("keep", "a", "a"), ("replace", "very old", "…"))
            ),
            "Stands in the North Wire text we hold with words left out: “very old”",
        ),
        (found(QuotationResult.SHORTENED), "Stands in the North Wire text we hold with words left out\n"),
        (found(QuotationResult.PARAPHRASE), "The North Wire text says: “The council has asked for a plan"),
        (
            found(QuotationResult.ELSEWHERE, cited_outlet="Bay Radio"),
            "Not in the Bay Radio text we hold; found in North Wire, 3 March 2025",
        ),
        (
            found(QuotationResult.NOT_FOUND, found=None),
            "Not found in the North Wire original we hold (as of 3 March 2025, 18:42 UTC)",
        ),
        (
            found(QuotationResult.NOT_CHECKABLE, found=None, why="part"),
            "We do not hold the original (only a part is held, and it does not have the words)",
        ),
        (
            found(QuotationResult.EXACT, found=replace(place(WIRE, "about 40"), carried_for="Sea Press")),
            "Stands word for word in the text of Sea Press, as carried by North Wire",
        ),
    ],
)
def test_what_the_check_found(item: Quotation, sentence: str) -> None:
    assert f"• {sentence}" in (told(item) + "\n").replace("\n", "\n• ")


def test_not_held_and_not_found_are_different_sentences() -> None:
    closed = (Miss(outlet="North Wire", url=None, reason=MissReason.PAYWALL),)
    line = told(found(QuotationResult.NOT_CHECKABLE, found=None), misses=closed)
    assert "We do not hold the original (only its beginning is open)" in line
    assert "ot found" not in line


def test_what_stands_beside_a_finding() -> None:
    item = found(
        QuotationResult.NOT_FOUND,
        found=None,
        nearest=place(WIRE, "about 40 days"),
        also=place(QUAY, "at least 60 days"),
        cut=place(WIRE, "no decision had been taken"),
    )
    lines = told(item)
    assert "Nearest passage in North Wire: “about 40 days”" in lines
    assert "Word for word in Quay Post: “at least 60 days”" in lines
    assert "Cut at a negation; the whole sentence in North Wire: “no decision had been taken”" in lines


def test_an_altered_quotation_shows_both_sides_with_the_difference_bold() -> None:
    _, ours, theirs = Phrases(STORY).quotation(ALTERED, held_at=MADE_AT)
    assert [run.text for run in ours.runs if run.style is Style.BOLD] == ["already ordered", "at least 60"]
    assert [run.text for run in theirs.runs if run.style is Style.BOLD] == ["asked for a plan for", "about 40"]


def altered(ours: str, theirs: str, *changes: tuple[str, str, str]) -> list[str]:
    """The quotation's and the original's words as they are shown."""
    quay, wire = make_article(f'"{ours}"', outlet="Quay Post"), replace(WIRE, text=theirs)
    item = replace(ALTERED, text=ours, quoting=place(quay, ours), found=place(wire, theirs), changes=changes)
    lines = Phrases(replace(STORY, articles=(quay, wire))).quotation(item, held_at=MADE_AT)
    return [one.text.partition("marked: ")[2] or one.text for one in lines[1:]]


def test_what_stands_in_marks_is_as_the_texts_have_it() -> None:
    shown = altered(
        "The state-funded ferry, she said",
        'The city-funded ferry," she said. "Her plan',
        ("keep", "The", "The"),
        ("replace", "city", "state"),
        ("keep", "-funded ferry,", "-funded ferry,"),
        ("drop", '"', ""),
        ("keep", "she said", "she said"),
        ("drop", '. "Her plan', ""),
    )
    assert shown == ["“The state-funded ferry, she said”", '“The city-funded ferry," she said. "Her plan”']


def test_a_difference_to_a_headline_is_shown_as_the_headline_has_it() -> None:
    changes = (
        ("keep", "Port council", "Port council"),
        ("replace", "considers", "orders"),
        ("keep", "closing", "closing"),
    )
    item = replace(ALTERED, text="Port council orders closing", found=None, stands_in="headline", changes=changes)
    assert "marked: “Port council considers closing”" in told(item)


def test_outlets_on_the_same_word_share_a_line() -> None:
    first, second = CLOSING.cells[:2]
    row = replace(
        CLOSING, cells=(first, replace(second, authority=first.authority, source=first.source)), differences=()
    )
    [line] = Phrases(STORY).sides_in_short(row, brief=False)
    assert line.text == "The article you sent, North Wire, citing North Wire"


def test_the_article_you_sent_has_no_capital_within_a_line() -> None:
    first, second = CLOSING.cells[:2]
    alike = replace(first, authority=second.authority, source=second.source, source_description="familiar with it")
    row = replace(CLOSING, cells=(replace(second, source_description="familiar with it"), alike), differences=())
    [line] = Phrases(STORY).sides_in_short(row, brief=False)
    assert line.text.startswith("North Wire, the article you sent, unnamed sources")


def test_words_that_differ_as_a_whole_are_not_marked() -> None:
    whole, part = CLOSING.cells[0].text, "will shut"
    for words, marks in ((whole, []), (part, [part])):
        row = replace(
            CLOSING, differences=(difference(DifferenceKind.CERTAINTY, (QUAY, words), (COURIER, "No decision"), 0.9),)
        )
        runs = Phrases(STORY).own_words(CLOSING.cells[0], row)
        assert [run.text for run in runs if run.style is Style.BOLD] == marks


def test_a_difference_that_reaches_beyond_the_words_is_marked_within_them() -> None:
    short = replace(CLOSING.cells[0], place=place(QUAY, "will shut the old swing bridge"))
    short = replace(short, text="will shut the old swing bridge")
    beyond = difference(DifferenceKind.CERTAINTY, (QUAY, "The port council will shut"), (COURIER, "No decision"), 0.9)
    runs = Phrases(STORY).own_words(short, replace(CLOSING, differences=(beyond,)))
    assert [run.text for run in runs if run.style is Style.BOLD] == ["will shut"]


def test_the_same_words_are_not_said_again() -> None:
    cells = (DURATION.cells[0], replace(DURATION.cells[1], text=DURATION.statement + "."))
    first, second = Phrases(STORY).sides(replace(DURATION, cells=cells, differences=()))
    assert "“The council" not in first.text
    assert second.text.endswith(": the same words")


def test_a_text_that_was_sent_is_the_article_you_sent() -> None:
    assert Phrases(STORY).name(QUAY.url) == "the article you sent"
    assert Phrases(STORY).name(WIRE.url) == "North Wire"


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("“The bridge is worn out,”", "“The bridge is worn out”"),
        ("“The bridge is worn out.", "“The bridge is worn out.”"),
        ("That is all.”", "“That is all.”"),
        ('"It is worn out"', "“It is worn out”"),
        ("He called it “worn” today", "“He called it “worn” today”"),
        ("“Worn” is the word, “not broken”", "““Worn” is the word, “not broken””"),
    ],
)
def test_marks_that_stand_around_already_are_not_doubled(words: str, shown: str) -> None:
    assert quoted(words) == shown
    assert "".join(run.text for run in marked(words, [Span(5, 9)])) == shown
