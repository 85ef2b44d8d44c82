"""Alignment keeps its pinned figures on the public events and takes nothing from the gold but article ids."""

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.alignment import main, predict
from benchmarks.shared import scorer
from claims.matching.meaning import load

#: lowering one is a commit of its own with the reason
FLOORS = {"F1": 0.79, "null_ok": 0.94}
#: precision comes first: one false difference costs a reader more than three not shown
FLAGGED_RIGHT = 0.8
WORDS_FLOORS = {"F1": 0.72, "null_ok": 0.94}


@pytest.fixture(scope="module")
def rows(shared: Path) -> list[dict[str, Any]]:
    text = (shared / "data" / "claims" / "alignment-dev.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture(scope="module")
def sentences(shared: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = json.loads((shared / "data" / "claims" / "sentences.json").read_text())
    return found


@pytest.mark.parametrize(("floors", "meant"), [(FLOORS, True), (WORDS_FLOORS, False)])
def test_floors(
    rows: list[dict[str, Any]], sentences: dict[str, list[str]], floors: dict[str, float], meant: bool
) -> None:
    judge = scorer("alignment")
    assert judge is not None
    figures = judge.score(rows, predict(rows, sentences, load().model if meant else None))
    for name, floor in floors.items():
        assert figures[name] >= floor, name
    assert figures["flags"]["P"] >= FLAGGED_RIGHT
    assert figures["flags"]["R"] > 0.0


def test_facts_and_relations_are_not_looked_at(rows: list[dict[str, Any]], sentences: dict[str, list[str]]) -> None:
    event = rows[0]["event"]
    mine = [row for row in rows if row["event"] == event]
    stripped = [
        {"event": event, "mentions": [{"outlet": m["outlet"], "article": m["article"]} for m in row["mentions"]]}
        for row in mine
        if row["kind"] == "fact"
    ]
    assert predict(stripped, sentences) == predict(mine, sentences)


def test_predictions_are_written_in_the_scorers_form(shared: Path, tmp_path: Path) -> None:
    out = tmp_path / "pred.jsonl"
    folder = shared / "data" / "claims"
    arguments = ["--data", str(folder / "alignment-dev.jsonl"), "--sentences", str(folder / "sentences.json")]
    assert main([*arguments, "--out", str(out)]) == 0
    first = json.loads(out.read_text().splitlines()[0])
    assert {len(first["a"]), len(first["b"])} == {2}
