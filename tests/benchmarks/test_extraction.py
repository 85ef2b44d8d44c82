"""The floors of extraction on the stored pages, and the benchmark's own contract."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks import extraction


@pytest.fixture(scope="module")
def figures(shared: Path) -> dict[str, Any]:
    _, found = extraction.run(shared / "data" / "pages")
    return found


@pytest.mark.parametrize("name", extraction.FLOORS)
def test_no_figure_falls_below_its_floor(name: str, figures: dict[str, Any]) -> None:
    assert figures[name] >= extraction.FLOORS[name], f"{name} fell; lowering a floor is its own commit with a reason"


@pytest.mark.parametrize("outlet", extraction.OUTLETS)
def test_every_page_of_the_first_five_outlets_is_read_well(outlet: str, figures: dict[str, Any]) -> None:
    assert figures["outlets"][outlet] >= extraction.OUTLET_FLOOR


def test_pages_without_gold_are_predicted_from_address_and_bytes_alone(
    shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = "<html><body><h1>The boats are on time</h1><article>" + "<p>The boats left on time, as ever.</p>" * 9
    (tmp_path / "a.html.gz").write_bytes(gzip.compress(page.encode()))
    line = {"file": "a.html.gz", "domain": "harbourcourier.example", "lang": "en"}
    (tmp_path / "pages.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    out = tmp_path / "out" / "predictions.jsonl"
    assert extraction.main(["--data", str(tmp_path), "--out", str(out)]) == 0
    (row,) = [json.loads(written) for written in out.read_text(encoding="utf-8").splitlines()]
    assert (row["file"], row["title"]) == ("a.html.gz", "The boats are on time")
    assert row["text"].startswith("The boats left on time, as ever.")
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert told["body_f1"] == 0.0 or told["body_f1"] is None
    assert told["pages_s"] > 0
