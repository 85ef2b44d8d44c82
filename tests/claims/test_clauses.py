import pytest

from claims.clauses import begins_with_verb, is_clause
from claims.types import Span


def whole(text: str) -> Span:
    return Span(0, len(text))


@pytest.mark.parametrize(
    "text",
    [
        "the bridge is worn out",
        "he feels badly for the crew",
        "Ada Brook resigned on Friday",
        "the company might be asked to put up two ships",
        "it’s over",
        "Norland plans the repair",
    ],
)
def test_a_subject_and_its_verb_are_a_clause(text: str) -> None:
    assert is_clause(text, whole(text), begins=False)


@pytest.mark.parametrize(
    "text",
    [
        "to keep the harbour open",
        "his staff, his family and the voters",
        "thanking the voters who elected him",
        "the engineer who found it",
        "of the closed quay that was opened",
        "whether the bridge is safe",
        "a delay, saying the bridge is safe",
        "her support for the ferry when she spoke of it",
        "appeals that they need a new bridge",
        "",
    ],
)
def test_what_hangs_on_other_words_is_none(text: str) -> None:
    assert not is_clause(text, Span(0, max(1, len(text))), begins=False)


def test_at_the_head_of_a_sentence_a_preposition_may_stand() -> None:
    text = "In 2013 the council removed the chains"
    assert is_clause(text, whole(text), begins=True)
    assert not is_clause(text, whole(text), begins=False)


def test_a_verb_without_subject_is_seen() -> None:
    assert begins_with_verb("qualified her", Span(0, 9))
    assert not begins_with_verb("the mayor", Span(0, 9))
