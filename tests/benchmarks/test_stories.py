"""Story matching keeps its pinned figures, on the labelled articles and a share of the others."""

import gzip
import json
from pathlib import Path

import pytest

from benchmarks.shared import scorer
from benchmarks.stories import Matching, bm25, main, read_articles
from claims.matching import STORY_WINDOW

#: date-blind and by words alone, on the 150 labelled articles among 300; lowering one is a commit of its own with the
#: reason
FLOORS = {"rank": 0.97, "headline-rank": 0.90, "clusters": 0.98}


@pytest.fixture(scope="module")
def gold(shared: Path) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = json.loads((shared / "data" / "stories" / "stories.json").read_text())
    return found


@pytest.fixture(scope="module")
def some(shared: Path, gold: dict[str, dict[str, list[str]]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The labelled articles and 150 others."""
    labelled = {name for names in gold["events"].values() for name in names}
    with gzip.open(shared / "data" / "stories" / "articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    others = [row for row in rows if row["id"] not in labelled][:150]
    folder = tmp_path_factory.mktemp("stories")
    kept = [row for row in rows if row["id"] in labelled] + others
    with gzip.open(folder / "articles.jsonl.gz", "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(row) + "\n" for row in kept)
    return folder


def test_rankings_and_clusters_keep_their_floors_and_beat_bm25(
    some: Path, gold: dict[str, dict[str, list[str]]]
) -> None:
    judge = scorer("stories")
    assert judge is not None
    articles = read_articles(some / "articles.jsonl.gz", dates=False)
    matching = Matching(articles, STORY_WINDOW, None)
    ours, baseline = {"rank": matching.rank(), "headline-rank": matching.headline_rank()}, bm25(matching)
    for name in ("rank", "headline-rank"):
        figure = judge.score_rank(gold, ours[name])["RPrec"]
        assert figure >= FLOORS[name], name
        assert figure > judge.score_rank(gold, baseline[name])["RPrec"], name
    arrivals = [matching.clusters(order) for order in matching.orders()]
    assert len(arrivals) > 2
    assert all(found == arrivals[0] for found in arrivals)
    assert judge.score_cluster(gold, arrivals[0])["bcubed"]["F1"] >= FLOORS["clusters"]


def test_a_stranger_s_set_without_gold_is_predicted_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        {"id": "a", "outlet": "x", "date": "2025-03-03", "title": "Bridge of Norland closed", "paragraphs": ["Bolts."]},
        {"id": "b", "outlet": "y", "date": "2025-03-03", "title": "Norland closes bridge", "paragraphs": ["Bolts!"]},
        {"id": "c", "outlet": "z", "date": "2025-03-29", "title": "Norland closes bridge", "paragraphs": ["Bolts!"]},
    ]
    with gzip.open(tmp_path / "articles.jsonl.gz", "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(row) + "\n" for row in rows)
    assert main(["--data", str(tmp_path), "--stored", "--out", str(tmp_path / "out")]) == 0
    assert json.loads((tmp_path / "out" / "rank.json").read_text()) == {"a": ["b"], "b": ["a"], "c": []}
    assert json.loads((tmp_path / "out" / "headline-rank.json").read_text())["a"] == ["b"]
    assert json.loads((tmp_path / "out" / "clusters.json").read_text()) == [["a", "b"]]
    figures = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert figures["articles"] == 3
    assert figures["stored, stories of either order"] == figures["the same in both"] == 1
