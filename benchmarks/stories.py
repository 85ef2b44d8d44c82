"""Which articles report the same event: rankings and clusters for ``score_stories.py``, beside plain baselines.

    python -m benchmarks stories --data DIR [--date-blind] [--window DAYS] [--words] [--stored] [--out DIR2]

DIR holds ``articles.jsonl``, packed or not; ``stories.json`` is read only to print figures, after everything is
predicted, and may be missing. Of the articles only outlet, date, title and paragraphs are used, and dates only without
``--date-blind``. How rare a word is, is counted over the set beforehand, as an index knows it. Written to DIR2:
``rank.json`` (whole articles as queries), ``headline-rank.json`` (headlines against whole articles), ``clusters.json``
(articles arriving one by one). The clusters are worked out again for other orders of arrival, and the worst is shown.
``--stored``: the articles also go through the product's own store, index and matcher, in two orders: there each is set
against a few found by search and no more, and how rare a word is, is known from elsewhere.
"""

import argparse
import asyncio
import json
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cached_property
from heapq import nlargest
from math import log
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.shared import SHARED, beside, print_figures, print_table, read_json, read_rows, scorer, write_text
from claims.errors import BadInput
from claims.matching import STORY_WINDOW, Meaning, Sketch, Stories, likeness, sketch
from claims.matching.likeness import (
    ALIKE_MIN,
    CROWD,
    CROWD_COST,
    DAY_COST,
    Vector,
    days_between,
    gist,
    near_in_meaning,
)
from claims.matching.meaning import Loaded, Model, load
from claims.terms import Background, terms
from claims.types import Article, Outlet
from newsroom.matching import Matcher
from newsroom.meaning import Meanings
from storage.store import open_store

#: places of a ranking that are written; the scorer looks at the first ten
PLACES = 50
#: orders of arrival that are tried beside the given one
ORDERS = 6
#: BM25 of a headline against a text: how slowly repeating a word tires, and how much a long text counts against it.
#: Headlines are short, so a text that has a word four times beats one that has it once: R-precision .877, with 1.2 .847
TIRING = 4.0
LENGTH_PART = 0.75
TITLE_COUNTS = 2
BM25_TIRING = 1.2
#: articles that a headline finds first, whose likes move up; how much that counts beside what the headline itself
#: finds, and what an article counts as like itself
FEEDBACK = 3
FEEDBACK_PART = 2.0
ALIKE = 0.5

Ranking = dict[str, list[str]]
Scores = dict[str, dict[str, float]]


def main(argv: list[str]) -> int:
    """Rank and cluster, write the predictions if asked to, print the figures where gold and scorer are at hand."""
    parser = argparse.ArgumentParser(prog="benchmarks stories", description=__doc__)
    parser.add_argument("--data", type=Path, default=SHARED / "data" / "stories")
    parser.add_argument("--date-blind", action="store_true", help="don't look at dates at all")
    parser.add_argument("--window", type=int, default=STORY_WINDOW.days, help="days that a story may last")
    parser.add_argument("--words", action="store_true", help="leave the model of meaning out")
    parser.add_argument("--stored", action="store_true", help="through the store, index and matcher of the product too")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args(argv)
    articles = read_articles(beside(options.data, "articles.jsonl"), dates=not options.date_blind)
    loaded = load()
    ours = Matching(articles, timedelta(days=options.window), None if options.words else loaded.model)
    found = {"rank": ours.rank(), "headline-rank": ours.headline_rank(), "clusters": ours.clusters(list(articles))}
    if options.out:
        for name, prediction in found.items():
            write_text(options.out / f"{name}.json", json.dumps(prediction))
    systems: dict[str, Mapping[str, Any]] = {"ours": found, "BM25": bm25(ours)}
    if loaded.model:
        systems["embeddings"] = embeddings(ours, loaded.model)
    figures = _figures(beside(options.data, "stories.json"), systems, [ours.clusters(order) for order in ours.orders()])
    if options.stored:
        figures |= _stored(beside(options.data, "stories.json"), articles, loaded.model if not options.words else None)
    setting = {
        "date_blind": options.date_blind,
        "window_days": options.window,
        "meaning": "left out" if options.words else loaded.state,
    }
    print_figures({"articles": len(articles), **setting, **figures})
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


class Matching:
    """A set of articles, made ready for ranking and clustering them."""

    def __init__(self, articles: Mapping[str, Article], window: timedelta, meaning: Meaning | None) -> None:
        self.articles = articles
        self.window = window
        self.meaning = meaning
        self.background = Background.of(f"{article.title}\n{article.text}" for article in articles.values())

    @cached_property
    def sketches(self) -> Mapping[str, Sketch]:
        """All articles' sketches."""
        return {name: sketch(article, self.background, self.meaning) for name, article in self.articles.items()}

    @cached_property
    def alike(self) -> Scores:
        """For each article the others within its window that are alike at all, each with its likeness."""
        found: Scores = {name: {} for name in self.articles}
        names = list(self.articles)
        for n, one in enumerate(names):
            for two in names[:n]:
                apart = self.apart(one, two)
                if apart is None:
                    continue
                score = likeness(self.sketches[one], self.sketches[two])
                if score >= ALIKE_MIN:
                    found[one][two] = found[two][one] = score - DAY_COST * apart
        return found

    def apart(self, one: str, two: str) -> int | None:
        """Days between two articles, 0 where dates are not looked at, None outside the window."""
        days = days_between(self.articles[one].published_at, self.articles[two].published_at) or 0
        return days if days <= self.window.days else None

    def rank(self) -> Ranking:
        """Whole articles as queries: the likest first, less what speaks for a crowded theme."""
        crowded = {name: sum(nlargest(CROWD, scores.values())) / CROWD for name, scores in self.alike.items()}
        return {
            name: best({other: score - CROWD_COST * crowded[other] for other, score in scores.items()})
            for name, scores in self.alike.items()
        }

    def headline_rank(self) -> Ranking:
        """Headlines as queries: words and meaning against articles, then what is like the first found moves up."""
        index = self.postings(TIRING)
        openings = {name: self.meaning.vector(gist(one)) for name, one in self.articles.items()} if self.meaning else {}
        ranking = {}
        for name, article in self.articles.items():
            query = {term: self.background.rarity(term) for term in terms(article.title)}
            whole = sum(query.values()) or 1.0
            scores = {other: score / whole for other, score in self.others(name, index.scores(query)).items()}
            if self.meaning:
                asked = self.meaning.vector(article.title)
                scores = {other: score + near_in_meaning(asked, openings[other]) for other, score in scores.items()}
            first = nlargest(FEEDBACK, ((score, other) for other, score in scores.items() if score > 0.0))
            total = sum(score for score, _ in first) or 1.0
            for part, one in first:
                for other, score in {**self.alike[one], one: ALIKE}.items():
                    if other in scores:
                        scores[other] += FEEDBACK_PART * part / total * score
            ranking[name] = best(scores)
        return ranking

    def clusters(self, order: Sequence[str]) -> list[list[str]]:
        """Stories after the articles have arrived in that order, those of more than one article."""
        stories = Stories()
        here = set[str]()
        for name in order:
            stories.add(name, {other: score for other, score in self.alike[name].items() if other in here})
            here.add(name)
        return [sorted(story) for story in stories.all() if len(story) > 1]

    def orders(self) -> Iterable[list[str]]:
        """The given order, backwards, and shuffled."""
        names = list(self.articles)
        yield names
        yield names[::-1]
        for seed in range(ORDERS - 1):
            yield Random(seed).sample(names, len(names))  # noqa: S311 - the same shuffles each time are wanted

    def others(self, name: str, scores: Mapping[str, float]) -> dict[str, float]:
        """Without the article itself and what lies outside its window."""
        return {
            other: score for other, score in scores.items() if other != name and self.apart(name, other) is not None
        }

    def postings(self, tiring: float) -> "Postings":
        """Texts by term; a weight is 0..1 by number and length (BM25), rarity comes with the query."""
        counts = {
            name: Counter([*TITLE_COUNTS * terms(article.title), *terms(article.text)])
            for name, article in self.articles.items()
        }
        mean = sum(found.total() for found in counts.values()) / (len(counts) or 1) or 1.0
        weights = {}
        for name, found in counts.items():
            least = tiring * (1.0 - LENGTH_PART + LENGTH_PART * found.total() / mean)
            weights[name] = {term: count / (count + least) for term, count in found.items()}
        return Postings(weights)


class Postings:
    """Weighted terms of all articles, by term."""

    def __init__(self, vectors: Mapping[str, Mapping[str, float]]) -> None:
        self._by_term: dict[str, list[tuple[str, float]]] = {}
        for name, vector in vectors.items():
            for term, weight in vector.items():
                self._by_term.setdefault(term, []).append((name, weight))
        self._size = len(vectors)

    def scores(self, query: Mapping[str, float]) -> dict[str, float]:
        """Inner product of the query with every article that shares a term with it."""
        found: dict[str, float] = {}
        for term, weight in query.items():
            for name, other in self._by_term.get(term, ()):
                found[name] = found.get(name, 0.0) + weight * other
        return found

    def rarity(self, term: str) -> float:
        """Inverse document frequency as BM25 has it."""
        number = len(self._by_term.get(term, ()))
        return log(1 + (self._size - number + 0.5) / (number + 0.5))


def bm25(matching: Matching) -> dict[str, Ranking]:
    """A baseline: BM25 (k1 1.2, b 0.75, headline counted twice), within the window where dates are known."""
    index = matching.postings(BM25_TIRING)

    def ranked(name: str, text: str) -> list[str]:
        return best(matching.others(name, index.scores({term: index.rarity(term) for term in terms(text)})))

    return {
        "rank": {name: ranked(name, f"{one.title}\n{one.text}") for name, one in matching.articles.items()},
        "headline-rank": {name: ranked(name, one.title) for name, one in matching.articles.items()},
    }


def embeddings(matching: Matching, meaning: Meaning) -> dict[str, Ranking]:
    """A baseline: cosine of what headline and opening mean, headlines against the same; within the window."""
    openings = {name: meaning.vector(gist(article)) for name, article in matching.articles.items()}

    def ranked(name: str, asked: Vector) -> list[str]:
        return best(matching.others(name, {other: near_in_meaning(asked, one) for other, one in openings.items()}))

    return {
        "rank": {name: ranked(name, opening) for name, opening in openings.items()},
        "headline-rank": {name: ranked(name, meaning.vector(one.title)) for name, one in matching.articles.items()},
    }


def best(scores: Mapping[str, float]) -> list[str]:
    """The highest first."""
    return sorted(scores, key=lambda name: (-scores[name], name))[:PLACES]


def _figures(
    gold_path: Path, systems: Mapping[str, Mapping[str, Any]], arrivals: Sequence[list[list[str]]]
) -> dict[str, Any]:
    judge = scorer("stories")
    if judge is None or not gold_path.exists():
        return {}
    gold = read_json(gold_path)
    figures = {
        f"{system} {name}": judge.score_rank(gold, found[name])
        for system, found in systems.items()
        for name in ("rank", "headline-rank")
    }
    print_table(figures)
    worst = min((judge.score_cluster(gold, found) for found in arrivals), key=lambda score: score["bcubed"]["F1"])
    print_table({f"ours clusters, {kind}": worst[kind] for kind in ("bcubed", "pairwise")})
    kinds = len({json.dumps(sorted(found)) for found in arrivals})
    return {**figures, "clusters, worst order": worst, "orders": len(arrivals), "different clusterings": kinds}


def _stored(gold_path: Path, articles: Mapping[str, Article], meaning: Model | None) -> dict[str, Any]:
    names = list(articles)
    shuffled = Random(0).sample(names, len(names))  # noqa: S311 - the same each time is wanted
    runs = [asyncio.run(_placed(articles, order, meaning)) for order in (names, shuffled)]
    figures: dict[str, Any] = {f"stored, order {n}": {"ms an article": round(ms, 1)} for n, (_, ms) in enumerate(runs)}
    if (judge := scorer("stories")) and gold_path.exists():
        for row, (found, _) in zip(figures.values(), runs, strict=True):
            row.update(judge.score_cluster(read_json(gold_path), found)["bcubed"])
    print_table(figures)
    one, two = ({tuple(story) for story in found} for found, _ in runs)
    return figures | {"stored, stories of either order": len(one | two), "the same in both": len(one & two)}


async def _placed(articles: Mapping[str, Article], order: Sequence[str], meaning: Model | None) -> tuple[Any, float]:
    """The stories of more than one article, and milliseconds of one core that keeping and placing one took."""
    now = datetime.now(UTC)
    with tempfile.TemporaryDirectory() as folder:
        async with open_store(f"sqlite:///{folder}/stories.db") as store:
            meanings = Meanings(store, lambda: Loaded(meaning, ""))
            matcher = Matcher(store=store, now=lambda: now, meanings=meanings)
            began = time.process_time()
            for name in order:
                await store.save_article(articles[name], fetched_at=now)
                await matcher.place(articles[name])
            took = time.process_time() - began
            found: dict[int | None, list[str]] = {}
            for name in sorted(order):
                found.setdefault(await store.stories.story_of(name), []).append(name)
    return [story for story in found.values() if len(story) > 1], 1000 * took / (len(order) or 1)
