"""Data that strangers give to a benchmark: packed or not, without gold, or none at all."""

import gzip
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from benchmarks.__main__ import ON_DATA, main

BRIDGE = "The swing bridge will close on Friday, the harbour office said."
FERRY = "The harbour office will close the swing bridge on Friday, a ferry captain said."
HELD = {"outlet": "The Quay Post", "article": "q", "version": "1", "state": "full", "text": BRIDGE}

#: what each benchmark reads where it has no gold: file -> rows, or one value
WITHOUT_GOLD: Mapping[str, Mapping[str, Any]] = {
    "extraction": {"pages.jsonl": [{"file": "a.html", "domain": "quay.example", "lang": "en"}]},
    "attribution": {"texts.jsonl": [{"id": "a", "text": BRIDGE}]},
    "stories": {
        "articles.jsonl": [
            {"id": key, "outlet": key, "title": "Bridge to close", "paragraphs": [text]}
            for key, text in (("a", BRIDGE), ("b", FERRY))
        ]
    },
    "alignment": {
        "events.jsonl": [
            {"event": "e", "mentions": [{"outlet": "quay", "article": "a"}, {"outlet": "ferry", "article": "b"}]}
        ],
        "sentences.json": {"a": [BRIDGE], "b": [FERRY]},
    },
    "quotations": {
        "cases.jsonl": [{"id": "a", "cited_outlet": "The Quay Post", "quote": "will close on Friday", "held": [HELD]}]
    },
}


def plain(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def packed(path: Path, text: str) -> None:
    path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(text.encode()))


@pytest.mark.parametrize("write", [plain, packed])
@pytest.mark.parametrize("name", WITHOUT_GOLD)
def test_without_gold_it_predicts(
    name: str, write: Callable[[Path, str], None], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for file, value in WITHOUT_GOLD[name].items():
        rows = [json.dumps(row) for row in value] if isinstance(value, list) else [json.dumps(value)]
        write(tmp_path / file, "\n".join(rows))
    write(tmp_path / "a.html", f"<html><body><article><p>{BRIDGE * 9}</p></article></body></html>")
    out = tmp_path / "new" / "predictions"
    assert main([name, "--data", str(tmp_path), "--out", str(out)]) == 0
    assert isinstance(json.loads(capsys.readouterr().out.splitlines()[-1]), dict)
    written = [out] if out.is_file() else sorted(out.iterdir())
    assert written
    assert all(file.stat().st_size for file in written)


@pytest.mark.parametrize("name", ON_DATA)
def test_data_that_is_none_is_one_line(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "binary").write_bytes(b"\x7fELF\0\0")
    (tmp_path / "broken.jsonl.gz").write_bytes(gzip.compress(b'{"id": 1}')[:12])
    (tmp_path / "other.jsonl").write_text('{"id": 1}')
    for file in ("empty", "binary", "broken.jsonl.gz", "other.jsonl", "missing.jsonl", "missing"):
        assert main([name, "--data", str(tmp_path / file)]) == 2
        said = capsys.readouterr()
        assert said.out == ""
        assert len(said.err.splitlines()) == 1, said.err


def test_sentences_that_are_not_there_are_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plain(tmp_path / "events.jsonl", json.dumps(WITHOUT_GOLD["alignment"]["events.jsonl"][0]))
    plain(tmp_path / "sentences.json", json.dumps({"a": [BRIDGE]}))
    assert main(["alignment", "--data", str(tmp_path / "events.jsonl")]) == 2
    assert capsys.readouterr().err == "There are no sentences of article b. Give the file with --sentences.\n"


def test_a_place_that_cannot_be_written_to_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plain(tmp_path / "texts.jsonl", json.dumps({"id": "a", "text": BRIDGE}))
    assert main(["attribution", "--data", str(tmp_path), "--out", str(tmp_path)]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
