"""Which articles report the same event: rankings and clusters for ``score_stories.py``, beside a BM25 baseline.

    python -m benchmarks stories --data DIR [--date-blind] [--out DIR2]

DIR holds ``articles.jsonl``, packed or not; ``stories.json`` is read only to print figures, after everything is
predicted, and may be missing. Of the articles only outlet, date, title and paragraphs are used, and dates only without
``--date-blind``. Written to DIR2: ``rank.json`` (whole articles as queries), ``headline-rank.json`` (headlines against
whole articles), ``clusters.json``.
"""

import argparse
import json
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from math import log
from pathlib import Path
from typing import Any

from benchmarks.shared import SHARED, beside, print_figures, print_table, read_json, read_rows, scorer, write_text
from claims.errors import BadInput
from claims.matching import STORY_WINDOW, Sketch, likeness, sketch
from claims.terms import Background, terms
from claims.types import Article, Outlet

#: places of a ranking that are written; the scorer looks at the first ten
PLACES = 50
#: articles whose likeness is worked out for each article
POOL = 50
#: articles found first by a headline whose likes move up, and how much that counts beside BM25; what one counts as
#: like itself
FEEDBACK = 3
FEEDBACK_PART = 2.0
ALIKE = 0.45
#: average likeness that holds a cluster together; best BCubed F1 on the public events, date-blind
CLUSTER_MIN = 0.25

Ranking = dict[str, list[str]]


def main(argv: list[str]) -> int:
    """Rank and cluster, write the predictions if asked to, print the figures where gold and scorer are at hand."""
    parser = argparse.ArgumentParser(prog="benchmarks stories", description=__doc__)
    parser.add_argument("--data", type=Path, default=SHARED / "data" / "stories")
    parser.add_argument("--date-blind", action="store_true", help="don't look at dates at all")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args(argv)
    articles = read_articles(beside(options.data, "articles.jsonl"), dates=not options.date_blind)
    ours, baseline = predictions(articles), bm25(articles)
    if options.out:
        for name, prediction in ours.items():
            write_text(options.out / f"{name}.json", json.dumps(prediction))
    figures = _figures(beside(options.data, "stories.json"), ours, baseline)
    print_figures({"articles": len(articles), "date_blind": options.date_blind, **figures})
    return 0


def read_articles(path: Path, *, dates: bool) -> dict[str, Article]:
    """Articles by id, without address; ``dates`` False leaves their dates out."""
    return {
        row["id"]: Article(
            url=row["id"],
            outlet=Outlet(key=row["outlet"], name=row["outlet"], domains=(f"{row['outlet']}.example",)),
            title=row["title"],
            text="\n\n".join(row["paragraphs"]),
            published_at=_day(row) if dates else None,
        )
        for row in read_rows(path, need=("id", "outlet", "title", "paragraphs"))
    }


def _day(row: Mapping[str, Any]) -> datetime | None:
    try:
        return datetime.fromisoformat(str(row["date"])).replace(tzinfo=UTC) if row.get("date") else None
    except ValueError:
        raise BadInput(f"The date of article {row['id']} is none. Give it as YYYY-MM-DD, or leave it out.") from None


def predictions(articles: Mapping[str, Article]) -> dict[str, Any]:
    """``rank``, ``headline-rank`` and ``clusters`` in the scorer's forms."""
    background = Background.of(f"{article.title}\n{article.text}" for article in articles.values())
    sketches = {name: sketch(article, background) for name, article in articles.items()}
    near = _Nearness(sketches)
    index = _Postings({name: one.whole for name, one in sketches.items()})
    rank = {}
    for name, article in articles.items():
        pool = _best(_others(index.scores(sketches[name].whole), article, articles))[:POOL]
        rank[name] = _best({other: near(name, other) for other in pool})
    return {"rank": rank, "headline-rank": headline_rank(articles, near), "clusters": clusters(near.known)}


def headline_rank(articles: Mapping[str, Article], near: "_Nearness") -> Ranking:
    """Headlines against whole articles: BM25, then what is like the articles found first moves up."""
    index = _Postings(_bm25_weights(articles, title_counts=4))
    ranking = {}
    for name, article in articles.items():
        scores = _others(index.scores(dict.fromkeys(terms(article.title), 1.0)), article, articles)
        found = _best(scores)
        first = found[:FEEDBACK]
        total = sum(scores[other] for other in first) or 1.0
        moved = {
            other: scores[other] / scores[found[0]]
            + FEEDBACK_PART * sum(scores[one] / total * (near(one, other) if one != other else ALIKE) for one in first)
            for other in found
        }
        ranking[name] = _best(moved)
    return ranking


def clusters(likenesses: Mapping[tuple[str, str], float]) -> list[list[str]]:
    """Articles joined from the most alike pair down, while a cluster stays alike on average."""
    of: dict[str, list[str]] = {}
    for (one, two), score in sorted(likenesses.items(), key=lambda item: (-item[1], item[0])):
        if score < CLUSTER_MIN:
            break
        left, right = of.setdefault(one, [one]), of.setdefault(two, [two])
        if left is right:
            continue
        across = [likenesses.get((min(a, b), max(a, b)), 0.0) for a in left for b in right]
        if sum(across) / len(across) >= CLUSTER_MIN:
            left.extend(right)
            of.update(dict.fromkeys(right, left))
    return [list(found) for found in {id(members): members for members in of.values()}.values() if len(found) > 1]


def bm25(articles: Mapping[str, Article]) -> dict[str, Ranking]:
    """The baseline: BM25 (k1 1.2, b 0.75, headline counted twice), within the window where dates are known."""
    index = _Postings(_bm25_weights(articles, title_counts=2))
    texts = {name: f"{article.title}\n{article.text}" for name, article in articles.items()}
    titles = {name: article.title for name, article in articles.items()}
    return {
        kind: {
            name: _best(_others(index.scores(dict.fromkeys(terms(queries[name]), 1.0)), article, articles))
            for name, article in articles.items()
        }
        for kind, queries in (("rank", texts), ("headline-rank", titles))
    }


def _bm25_weights(articles: Mapping[str, Article], *, title_counts: int) -> dict[str, dict[str, float]]:
    counts = {
        name: Counter([*title_counts * terms(article.title), *terms(article.text)])
        for name, article in articles.items()
    }
    lengths = {name: found.total() for name, found in counts.items()}
    mean = sum(lengths.values()) / (len(lengths) or 1)
    documents = Counter(term for found in counts.values() for term in found)
    rarity = {term: log(1 + (len(counts) - number + 0.5) / (number + 0.5)) for term, number in documents.items()}
    return {
        name: {
            term: rarity[term] * count * 2.2 / (count + 1.2 * (0.25 + 0.75 * lengths[name] / mean))
            for term, count in found.items()
        }
        for name, found in counts.items()
    }


class _Nearness:
    """How alike two articles are, worked out once a pair."""

    def __init__(self, sketches: Mapping[str, Sketch]) -> None:
        self._sketches = sketches
        self.known: dict[tuple[str, str], float] = {}

    def __call__(self, one: str, two: str) -> float:
        pair = (min(one, two), max(one, two))
        if pair not in self.known:
            self.known[pair] = likeness(self._sketches[one], self._sketches[two])
        return self.known[pair]


class _Postings:
    """Weighted terms of all articles, by term."""

    def __init__(self, vectors: Mapping[str, Mapping[str, float]]) -> None:
        self._by_term: dict[str, list[tuple[str, float]]] = {}
        for name, vector in vectors.items():
            for term, weight in vector.items():
                self._by_term.setdefault(term, []).append((name, weight))

    def scores(self, query: Mapping[str, float]) -> dict[str, float]:
        """Inner product of the query with every article that shares a term with it."""
        found: dict[str, float] = {}
        for term, weight in query.items():
            for name, other in self._by_term.get(term, ()):
                found[name] = found.get(name, 0.0) + weight * other
        return found


def _others(scores: Mapping[str, float], article: Article, articles: Mapping[str, Article]) -> dict[str, float]:
    """Without the article itself and what lies outside its window."""
    return {
        other: score for other, score in scores.items() if other != article.url and _in_window(article, articles[other])
    }


def _in_window(one: Article, two: Article) -> bool:
    if one.published_at is None or two.published_at is None:
        return True
    return abs(one.published_at - two.published_at) <= STORY_WINDOW


def _best(scores: Mapping[str, float]) -> list[str]:
    return sorted(scores, key=lambda name: (-scores[name], name))[:PLACES]


def _figures(gold_path: Path, ours: Mapping[str, Any], baseline: Mapping[str, Any]) -> dict[str, Any]:
    judge = scorer("stories")
    if judge is None or not gold_path.exists():
        return {}
    gold = read_json(gold_path)
    figures = {
        f"{system} {name}": judge.score_rank(gold, found[name])
        for system, found in (("ours", ours), ("BM25", baseline))
        for name in ("rank", "headline-rank")
    }
    cluster = judge.score_cluster(gold, ours["clusters"])
    print_table(figures)
    print_table(
        {
            "ours clusters": {f"{kind} {name}": cluster[kind][name] for kind in ("bcubed", "pairwise") for name in "PR"}
            | {f"{kind} F1": cluster[kind]["F1"] for kind in ("bcubed", "pairwise")}
        }
    )
    return {**figures, "clusters": cluster}
