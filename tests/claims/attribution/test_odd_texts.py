"""Texts that no newsroom wrote: no harm, and a cost that grows with their length only."""

import sys
from types import FrameType
from typing import TYPE_CHECKING

import pytest

from tests.claims.attribution.readings import reading

if TYPE_CHECKING:
    from _typeshed import TraceFunction


@pytest.mark.parametrize("text", ["", " \n", "“", "said", "said, said: “", ", said", "a" * 5000, "“" * 300, "(" * 300])
def test_odd_texts_do_no_harm(text: str) -> None:
    for one in reading(text).attributions:
        assert one.content


def steps(text: str) -> int:
    """How many lines of code run while a text is read: its cost, the same on every machine."""
    count = 0

    def trace(frame: FrameType, event: str, _: object) -> "TraceFunction":
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        reading(text)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize(
    "words",
    [
        "the council of the town said that the bridge was old and it was late ",
        "Ann Lee of Bay Town and the Port and the ",
        "THE COUNCIL OF TOWN AND PORT SAID IT ",
        "he said ",
        "“It is shut for good,” he said, ",
        "“It is shut now for all of us.\n\n",
        "go on.” ",
        "“so” ",
        "told Northwire ",
        "сообщает Northwire что мост закрыт и не на ",
        "„Es ist nicht gut so“ berichtet Northwire und die ",
    ],
)
def test_a_text_four_times_as_long_costs_about_four_times_as_much(words: str) -> None:
    short = words * (1_500 // len(words))
    assert steps(short * 4) < 6 * steps(short)
