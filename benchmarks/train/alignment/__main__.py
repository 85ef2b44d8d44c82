"""``python -m benchmarks.train.alignment``: the public events to ``claims/likeness_weights.py``.

Prints how well weights do on the event that they were not fitted on, and the threshold that serves best over all.
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import numpy as np
from numpy.typing import NDArray

from benchmarks.alignment import DATA, claims_of, events
from benchmarks.shared import ROOT, beside, print_figures, print_table, read_json, read_rows, scorer, write_text
from claims.errors import BadInput
from claims.likeness_weights import MEANING, WORDS
from claims.matching.likeness import Meaning
from claims.matching.meaning import load
from claims.statement_likeness import MEANING_FEATURES, WORD_FEATURES, StoryWords

#: weight of the square of the standardised weights: 469 right pairs bear no more freedom (1 to 30 give the same F1)
RIDGE = 10.0
STEPS = 50
THRESHOLDS = [round(0.2 + 0.025 * n, 3) for n in range(25)]
#: wanted of every threshold: sentences without a partner that stay without one
NULL_OK = 0.93
WEIGHTS = ROOT / "claims" / "likeness_weights.py"

Rows = Sequence[Mapping[str, object]]
Pair = tuple[tuple[str, int], tuple[str, int]]


@dataclass(frozen=True)
class Event:
    """The pairs of one event: features, what the gold says of them and how much each counts."""

    name: str
    pairs: list[Pair]
    features: NDArray[np.float64]
    right: NDArray[np.bool_]
    counts: NDArray[np.float64]  #: 0 where the gold does not judge the pair


def prepare(
    rows: Rows, sentences: Mapping[str, Sequence[str]], judge: ModuleType, meaning: Meaning | None
) -> list[Event]:
    """The events with their features. A right pair counts by its fact's share: a fact told in six pairs is one fact."""
    links, gold, mentions, also, _ = judge.read_gold(rows)
    share: dict[Pair, float] = {}
    for link in links:
        for pair in link["pairs"]:
            share[pair] = share.get(pair, 0.0) + 1.0 / len(link["pairs"])
    made = []
    for name, event in events(rows).items():
        claims = [
            claim
            for article, outlet in sorted(event.items())
            for claim in claims_of(article, outlet, sentences[article])
        ]
        found = StoryWords(claims).pairs(meaning)
        features = found.words if meaning is None else found.meanings
        pairs = [
            judge.pair(claims[a].article.url, claims[a].number, claims[b].article.url, claims[b].number)
            for a, b in found.ends
        ]
        right = np.array([pair in gold for pair in pairs])
        judged = [pair not in also and (pair[0] in mentions or pair[1] in mentions) for pair in pairs]
        counts = [share.get(pair, 1.0) if known else 0.0 for pair, known in zip(pairs, judged, strict=True)]
        made.append(Event(name, pairs, features.astype(np.float64), right, np.array(counts)))
    return made


def fit(events: Sequence[Event]) -> NDArray[np.float64]:
    """Weights of the features, the bias last: logistic regression with a ridge, by Newton's steps."""
    features = np.concatenate([event.features for event in events])
    right = np.concatenate([event.right for event in events]).astype(np.float64)
    counts = np.concatenate([event.counts for event in events])
    used = counts > 0
    features, right, counts = features[used], right[used], counts[used]
    mean, spread = features.mean(axis=0), features.std(axis=0)
    design = np.column_stack([(features - mean) / spread, np.ones(len(features))])
    ridge = np.diag([*([RIDGE] * features.shape[1]), 0.0])
    weights = np.zeros(design.shape[1])
    for _ in range(STEPS):
        surely = 1.0 / (1.0 + np.exp(-design @ weights))
        slope = design.T @ (counts * (right - surely)) - ridge @ weights
        bend = (design * (counts * surely * (1.0 - surely))[:, None]).T @ design + ridge
        weights = weights + np.linalg.solve(bend, slope)
    plain = weights[:-1] / spread
    return np.append(plain, weights[-1] - float(plain @ mean))


def left_out(events: Sequence[Event]) -> list[NDArray[np.float64]]:
    """Each event's scores by weights fitted on all the others."""
    found = []
    for event in events:
        weights = fit([other for other in events if other is not event])
        found.append(1.0 / (1.0 + np.exp(-event.features @ weights[:-1] - weights[-1])))
    return found


def figures(
    rows: Rows, events: Sequence[Event], scores: Sequence[NDArray[np.float64]], least: float, judge: ModuleType
) -> dict[str, float]:
    """The scorer's figures for all pairs that reach a threshold."""
    predicted = [
        {"a": list(pair[0]), "b": list(pair[1])}
        for event, found in zip(events, scores, strict=True)
        for pair, score in zip(event.pairs, found, strict=True)
        if score >= least
    ]
    found: dict[str, float] = judge.score(rows, predicted)
    return {name: found[name] for name in ("P", "R", "F1", "R_pairs", "null_ok")}


def written(sets: Mapping[str, Mapping[str, float]]) -> str:
    """The module that holds the weights."""
    lines = [
        '"""Weights of ``claims.statement_likeness``, written by ``benchmarks.train.alignment``; change as a set."""'
    ]
    for name, weights in sets.items():
        lines += ["", f"{name} = {{", *(f'    "{feature}": {weight:.4f},' for feature, weight in weights.items()), "}"]
    return "\n".join(lines) + "\n"


def main(argv: Sequence[str]) -> int:
    """Fit both sets; with ``--write`` put them into the package."""
    parser = argparse.ArgumentParser(prog="benchmarks.train.alignment", description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA / "alignment-dev.jsonl")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args(argv)
    rows = read_rows(options.data, need=("event",))
    sentences = read_json(beside(options.data.parent, "sentences.json"))
    judge, model = scorer("alignment"), load().model
    if judge is None or model is None:
        raise BadInput("The scorer or the model of meaning is missing. Fetch ../shared and install the package.")
    table: dict[str, dict[str, float]] = {}
    sets: dict[str, dict[str, float]] = {}
    for name, names, meaning in (("WORDS", WORD_FEATURES, None), ("MEANING", MEANING_FEATURES, model)):
        made = prepare(rows, sentences, judge, meaning)
        scores = left_out(made)
        for least in THRESHOLDS:
            found = figures(rows, made, scores, least, judge)
            table[f"{name} {least:.3f}"] = found
        sets[name] = dict(zip((*names, "bias"), map(float, fit(made)), strict=True))
    print_table(table)
    if options.write:
        write_text(WEIGHTS, written(sets))
    print_figures({"weights": sets, "before": {"WORDS": WORDS, "MEANING": MEANING}})
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
