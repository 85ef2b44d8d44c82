"""Shared runs of words: copies are found down to a third of the text, and quotations alone make none."""

import random

import pytest

from claims.wire import Prepared, overlap

WORDS = ["harbour", "ferry", "keel", "council", "island", "repair", "crew", "letter", "winter", "storm", "mast", "rope"]


def sentences(seed: int, count: int) -> list[str]:
    """Invented sentences of twelve words that no two seeds have in common."""
    chance = random.Random(seed)
    return [f"{' '.join(chance.choices(WORDS, k=11)).capitalize()} w{seed}x{number}." for number in range(count)]


def mixed(share: float, *, seed: int = 3) -> tuple[str, str]:
    """Two texts of forty sentences of which the second has this share from the first, in one piece."""
    ours, theirs = sentences(1, 40), sentences(seed, 40)
    taken = round(40 * share)
    return "\n\n".join(ours), "\n\n".join(ours[:taken] + theirs[taken:])


@pytest.mark.parametrize(("share", "is_copy"), [(1.0, True), (0.6, True), (0.3, True), (0.1, False), (0.0, False)])
def test_how_much_makes_a_copy(share: float, is_copy: bool) -> None:
    ours, theirs = mixed(share)
    shared = overlap(Prepared(ours), Prepared(theirs))
    assert shared.is_copy is is_copy
    assert shared.share == pytest.approx(share, abs=0.03)


def test_a_short_text_made_of_a_long_one_is_a_copy_whichever_comes_first() -> None:
    long = sentences(1, 60)
    whole, brief = Prepared(" ".join(long)), Prepared(" ".join(long[:6]))
    assert overlap(whole, brief).share == overlap(brief, whole).share == 1.0
    assert overlap(whole, brief).is_copy


def test_the_spans_hold_the_shared_words_of_each_side() -> None:
    ours, theirs = mixed(0.3)
    shared = overlap(Prepared(ours), Prepared(theirs.replace("harbour", "HARBOUR")))
    assert "\n\n".join(span.of(ours) for span in shared.ours) in ours
    assert [span.of(ours).lower() for span in shared.ours] == [span.of(theirs).lower() for span in shared.theirs]


def test_sentences_quoted_in_marks_make_no_copy_but_a_shared_quotation() -> None:
    speech = sentences(7, 6)
    said = " ".join(speech)
    ours = " ".join(sentences(1, 10)) + f" “{said}” he said."
    theirs = f"“{said}” the captain told us. " + " ".join(sentences(2, 10))
    assert overlap(Prepared(ours), Prepared(theirs)).words == 0
    quoted = overlap(Prepared(ours, quoted=True), Prepared(theirs, quoted=True))
    assert [span.of(theirs) for span in quoted.theirs] == [said.removesuffix(".")]


def test_only_words_in_marks_are_looked_at_where_asked() -> None:
    text = " ".join(sentences(1, 4)) + " “So it is,” he said."
    assert overlap(Prepared(text, quoted=True), Prepared(text, quoted=True)).words == 0


def test_a_line_that_every_page_has_is_no_copy() -> None:
    footer = "Follow us for more news from the islands and subscribe to our letter every morning of the week."
    ours, theirs = " ".join([*sentences(1, 6), footer]), " ".join([*sentences(2, 6), footer])
    assert not overlap(Prepared(ours), Prepared(theirs)).is_copy


@pytest.mark.parametrize("text", ["", " ", "one two three", "“all of it in marks from the first word to the last one”"])
def test_texts_without_a_run_share_nothing(text: str) -> None:
    shared = overlap(Prepared(text), Prepared(text))
    assert (shared.share, shared.ours, shared.is_copy) == (0.0, (), False)


def test_the_same_words_over_and_over_are_counted_once() -> None:
    text = "the same old song again " * 2000
    shared = overlap(Prepared(text), Prepared(text))
    assert (shared.words, shared.share, len(shared.ours)) == (10_000, 1.0, 1)
