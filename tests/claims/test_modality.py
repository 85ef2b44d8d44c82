import pytest

from claims.modality import certainty_of, denies, negations, polarity_of
from claims.types import Certainty, Polarity, Span


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The bridge closed.", Certainty.STATED),
        ("The council plans to close the bridge.", Certainty.PLANNED),
        ("The bridge is set to close.", Certainty.PLANNED),
        ("The bridge could be closed.", Certainty.POSSIBLE),
        ("The council is considering whether to close it.", Certainty.POSSIBLE),
        ("It plans a vote that might close the bridge.", Certainty.POSSIBLE),
        ("The council denied that the bridge is closed.", Certainty.DENIED),
        ("On May 3 the bridge closed.", Certainty.STATED),
    ],
)
def test_the_lowest_rung_of_the_words(text: str, expected: Certainty) -> None:
    assert certainty_of(text, Span(0, len(text))) is expected


def test_words_never_raise_what_the_cue_lowered() -> None:
    assert certainty_of("it closed", Span(0, 9), Certainty.REPORTED) is Certainty.REPORTED


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("The bridge is not closed.", True),
        ("The bridge isn’t closed.", True),
        ("Nobody denied that it is closed.", False),
        ("The bridge closes no later than noon.", False),
        ("Not only the bridge is closed.", False),
        ("The council did not respond to a request.", False),
    ],
)
def test_polarity(text: str, negated: bool) -> None:
    span = Span(0, len(text))
    assert polarity_of(text, span) is (Polarity.NEGATED if negated else Polarity.AFFIRMED)
    assert all(found.of(text) for found in negations(text, span))


@pytest.mark.parametrize(
    ("cue", "thing"),
    [
        ("denied", "that it knew"),
        ("denied", "the allegation"),
        ("have denied", "the reports of a secret deal"),
        ("denies", "having signed the order"),
        ("denied", "any danger"),
        ("denied", "the city had agreed to open the quay"),
        ("rejected", "the accusations"),
        ("ruled out", "any talks"),
    ],
)
def test_what_is_denied_is_that_something_is_so(cue: str, thing: str) -> None:
    assert denies(cue, thing)


@pytest.mark.parametrize(
    ("cue", "thing"),
    [
        ("denied", "service to a couple"),
        ("denied", "a licence to a couple who had asked for it"),
        ("was denied", "parole"),
        ("denied", "funding for the bridge"),
        ("denied", "his request"),
        ("rejected", "the bill that would have opened the quay"),
        ("dismissed", "the case"),
        ("said", "that it knew"),
    ],
)
def test_what_is_refused_is_not_denied(cue: str, thing: str) -> None:
    assert not denies(cue, thing)
