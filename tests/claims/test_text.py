import pytest

from claims.text import paragraphs, sentences, words
from claims.types import Span


def of(text: str, spans: tuple[Span, ...]) -> list[str]:
    return [span.of(text) for span in spans]


def test_paragraphs_are_parted_by_blank_lines_and_lose_no_offset() -> None:
    text = "  One line.\n \nTwo.\r\n\r\n\n Three \u00a0\n"
    assert of(text, paragraphs(text)) == ["One line.", "Two.", "Three"]


def test_single_line_ends_part_paragraphs_unless_the_line_was_wrapped() -> None:
    headline = "Bridge shut after storm\nThe bridge was shut.\nIt opens in May."
    assert len(paragraphs(headline)) == 3
    wrapped = (
        "The harbour authority closed the old bridge on Monday because the\nstorm had damaged two of its seven piers, "
        "and said that ferries\nwould run."
    )
    assert len(paragraphs(wrapped)) == 1


@pytest.mark.parametrize("text", ["", " \n\n ", "\n"])
def test_nothing_is_found_in_blank_text(text: str) -> None:
    assert paragraphs(text) == sentences(text) == words(text) == ()


@pytest.mark.parametrize(
    "expected",
    [
        ["Mr. Brown met Sen. Lee on Jan. 3.", "They spoke."],
        ["He lives in the U.S.", "He likes it."],
        ["U.S. President J. R. Stone left at 5 p.m. Monday.", "Nobody saw it."],
        ['"We won."', "She left."],
        ['"Is it over?" Ann Lee asked.', "No."],
        ['"Is it over?"', "Nobody knew."],
        ["“Is it over?” Ann Lee pressed.", "“No.”"],
        ["“We won!”", "The crowd cheered."],
        ["The talks dragged on.", "They ended late."],
        ["“We lost.”", "“We will be back,” he said."],
        ["It cost $3.5 million.", "No. 10 agreed."],
        ["It rose to 4.", "Then it fell."],
        ["Judge Ann P. Curiel of the Bay Court sat.", "See p. 12 below."],
        ["Wait... what?", "Yes!", "(It was late.)", "He slept."],
        ["Am 3. März kam er.", "„Gut.“", "Dann ging er."],
        ["He owns Acme Inc.", "The firm rose."],
        ["Acme Inc. shares rose.", "So did I.", "The rest fell."],
        ["Он сказал это В. Петрову.", "«Да».", "Потом ушёл."],
    ],
)
def test_sentences(expected: list[str]) -> None:
    text = " ".join(expected)
    assert of(text, sentences(text)) == expected


def test_sentences_keep_their_offsets_across_paragraphs_and_within_a_part() -> None:
    text = "A headline\n\nOne. Two.\n\n“Three. Four.”"
    assert of(text, sentences(text)) == ["A headline", "One.", "Two.", "“Three.", "Four.”"]
    part = Span(text.index("Two"), text.index("Four") - 1)
    assert of(text, sentences(text, part)) == ["Two.", "“Three."]


def test_words_keep_what_stands_inside_them() -> None:
    text = "Ann's U.S. state-run firm, “won” 3.5 — yes"
    assert of(text, words(text)) == ["Ann's", "U.S", "state-run", "firm", "won", "3.5", "yes"]
