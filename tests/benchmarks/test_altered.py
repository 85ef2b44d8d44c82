"""Made differences: what they are made of, and that the checks find most of them and none where nothing was altered."""

import json
from pathlib import Path

import pytest

from benchmarks.alignment import claims_of
from benchmarks.altered import alterations, judged, main
from claims.comparison import DifferenceKind
from claims.statements import Claim

ONE = "Ada Brook said on Monday in Norwick that the old bridge was closed after 4,000 complaints in the spring."
TWO = "The old bridge was closed in the spring, Ada Brook said on Monday in Norwick, after 4,000 complaints."
OTHER = "Tram drivers of Norland want a second depot and longer breaks on cold days."
#: share of the made differences that the checks show, a little below what they reach; false ones are never shown
FLOORS = {"certainty": 0.7, "date": 0.42, "denial": 0.45, "name": 0.33, "number": 0.78, "place": 0.8}


def pair() -> tuple[Claim, Claim]:
    return claims_of("a", "one", [ONE])[0], claims_of("b", "two", [TWO])[0]


def test_each_kind_is_made_once_and_its_words_are_pointed_at() -> None:
    made = {one.kind: one for one in alterations(*pair())}
    assert set(made) == set(DifferenceKind) - {DifferenceKind.AUTHORITY, DifferenceKind.PRESENCE}
    said = {kind: altered.said.of(altered.sentence) for kind, altered in made.items()}
    assert said[DifferenceKind.DATE] == "Thursday"
    assert said[DifferenceKind.NUMBER] == "8,000"
    assert said[DifferenceKind.DENIAL] == "was not"
    for altered in made.values():
        assert altered.sentence.replace(altered.said.of(altered.sentence), "", 1) != TWO


def test_what_only_one_has_is_not_altered() -> None:
    one = claims_of("a", "one", [OTHER])[0]
    assert list(alterations(one, pair()[1])) == []


def test_an_altered_number_is_found_in_the_story_that_it_stands_in() -> None:
    claims = list(pair())
    sentences = {"a": [ONE], "b": [TWO]}
    (number,) = [one for one in alterations(*claims) if one.kind is DifferenceKind.NUMBER]
    found, score = judged(number, claims, sentences, None)
    assert found
    assert 0.0 < score <= 1.0


def test_floors(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(shared / "data" / "claims" / "alignment-dev.jsonl"), "--unlinked"]) == 0
    figures = json.loads(capsys.readouterr().out.splitlines()[-1])
    for kind, floor in FLOORS.items():
        assert figures[kind]["found"] >= floor, kind
        assert figures[kind]["false"] == 0, kind
