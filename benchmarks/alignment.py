"""Which sentences of several outlets say the same: predictions for ``score_alignment.py``, and its figures.

    python -m benchmarks alignment --data alignment-dev.jsonl [--sentences sentences.json] [--out PRED]

The sentences are looked for beside the data, packed or not. Of the gold file only events, outlets and article ids are
read before predicting; the rest may be missing. The weights of ``claims.statement_likeness`` were fitted on the public
events, so the figures there flatter: ``benchmarks.train.alignment`` prints those of events left out.
"""

import argparse
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.shared import SHARED, beside, print_figures, print_table, read_json, read_rows, scorer, write_jsonl
from claims.checks import differences
from claims.comparison import DifferenceKind
from claims.errors import BadInput
from claims.grouping import Group
from claims.matching.likeness import Meaning
from claims.matching.meaning import load
from claims.statement_likeness import StoryWords
from claims.statements import Claim
from claims.types import Article, Outlet, OutletKind, Span

DATA = SHARED / "data" / "claims"
#: two sentences are linked from here: the best F1 on events that the weights were not fitted on lies from 0.35 to 0.45
LINK_MIN = 0.4
#: no dates are given: an event's articles are read as if all were written on one day, a Wednesday, so that two weekdays
#: are two days
WRITTEN = datetime(2014, 6, 11, tzinfo=UTC)
#: the scorer's words for what the checks find; an authority or an absence is none of its discrepancies
RELATIONS = {
    DifferenceKind.NUMBER: "differs-in-number",
    DifferenceKind.DATE: "differs-in-date",
    DifferenceKind.CERTAINTY: "differs-in-certainty",
    DifferenceKind.DENIAL: "contradicts",
    DifferenceKind.NAME: "contradicts",
    DifferenceKind.PLACE: "contradicts",
}


def predict(
    rows: Sequence[Mapping[str, object]], sentences: Mapping[str, Sequence[str]], meaning: Meaning | None = None
) -> list[dict[str, object]]:
    """Aligned pairs of sentences in the scorer's form, event by event."""
    pairs: list[dict[str, object]] = []
    for event in events(rows).values():
        claims = [claim for name, outlet in sorted(event.items()) for claim in claims_of(name, outlet, sentences[name])]
        scores = StoryWords(claims).pairs(meaning).scores()
        for x, y in sorted(pair for pair, score in scores.items() if score >= LINK_MIN):
            a, b = claims[x], claims[y]
            pair: dict[str, object] = {"a": [a.article.url, a.number], "b": [b.article.url, b.number]}
            found = [RELATIONS[apart.kind] for apart in differences(Group(claims=(a, b))) if apart.kind in RELATIONS]
            pairs.append(pair | {"relation": found[0]} if found else pair)
    return pairs


def events(rows: Sequence[Mapping[str, object]]) -> dict[str, dict[str, str]]:
    """Event -> article id -> outlet. Nothing else is taken from the gold."""
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        mentions = row.get("mentions")
        for mention in mentions if isinstance(mentions, list) else ():
            found.setdefault(str(row["event"]), {})[mention["article"]] = mention["outlet"]
    return found


def claims_of(name: str, outlet: str, sentences: Sequence[str]) -> list[Claim]:
    """One claim a sentence, split as the gold has it."""
    text = "\n\n".join(sentences)
    article = Article(
        url=name,
        outlet=Outlet(key=outlet, name=outlet, domains=(f"{outlet}.example",), kind=OutletKind.SITE),
        title=sentences[0],
        text=text,
        language="en",
        published_at=WRITTEN,
    )
    claims, at = [], 0
    for number, sentence in enumerate(sentences):
        if sentence:
            span = Span(at, at + len(sentence))
            claims.append(Claim(article=article, span=span, sentence=span, number=number))
        at += len(sentence) + 2
    return claims


def main(argv: list[str]) -> int:
    """Predict, write the predictions if asked to, print the figures where the scorer is at hand."""
    parser = argparse.ArgumentParser(prog="benchmarks alignment", description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA / "alignment-dev.jsonl")
    parser.add_argument("--sentences", type=Path, help="default: sentences.json beside --data")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--words", action="store_true", help="leave the model of meaning out")
    options = parser.parse_args(argv)
    rows = read_rows(options.data, need=("event",))
    folder = options.data if options.data.is_dir() else options.data.parent
    sentences = read_json(options.sentences or beside(folder, "sentences.json"))
    if unknown := {name for event in events(rows).values() for name in event}.difference(sentences):
        raise BadInput(f"There are no sentences of article {min(unknown)}. Give the file with --sentences.")
    pairs = predict(rows, sentences, None if options.words else load().model)
    if options.out:
        write_jsonl(options.out, pairs)
    judge = scorer("alignment")
    if judge is None or not any(row.get("relations") for row in rows):
        print_figures({"pairs": len(pairs)})
        return 0
    figures = judge.score(rows, pairs)
    print_table({"alignment": {name: figures[name] for name in ("P", "R", "F1", "R_pairs", "null_ok")}})
    print_figures(figures)
    return 0
