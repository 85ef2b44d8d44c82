import pytest

from claims.statement_likeness import RUN_MAX, WORD_FEATURES, StoryWords
from tests.claim_factories import OUTLETS, claim

SAID = "Forty trucks crossed the old harbour bridge of Norland before the council closed it at noon."


@pytest.mark.parametrize(
    "other, run, numbers",
    [
        ("Divers saw 40 trucks on the old harbour bridge.", 4, 1),
        ("A bridge is closed in Norland.", 1, 0),
        (SAID, RUN_MAX, 1),
    ],
)
def test_a_pair_is_known_by_its_longest_common_run_and_its_equal_numbers(other: str, run: int, numbers: int) -> None:
    apart = claim("Ada Brook sang of a bridge with 12 trucks.", OUTLETS[2])
    pairs = StoryWords([claim(SAID, OUTLETS[0]), claim(other, OUTLETS[1]), apart]).pairs()
    row = pairs.words[pairs.ends.tolist().index([0, 1])]
    assert row[WORD_FEATURES.index("run")] == run
    assert row[WORD_FEATURES.index("numbers")] == numbers


def test_what_is_known_of_two_statements_is_the_same_by_pair_and_in_the_table() -> None:
    pairs = StoryWords([claim(SAID, OUTLETS[0]), claim("Norland has a bridge.", OUTLETS[1])]).pairs()
    table = pairs.between(2)
    assert table[0, 1] == table[1, 0] == pairs.scores()[0, 1] > 0
    assert table[0, 0] == 0
