"""Who says what, scored on annotated articles: rules with the model, rules alone, quotations and the nearest name.

    python -m benchmarks attribution --data ARTICLES.jsonl[.gz] [--out PREDICTIONS.jsonl] [--format polnear|cofenet]

Of a line only ``id``, ``text``, ``title``, ``date`` and ``publisher`` are read before predicting; ``attributions``,
where it is there, is the gold. A prediction: ``{id, attributions: [{source, cue, content}]}``. The corpus annotates no
attribution inside another one's words and no quotation without its speaker: nested and unsure ones are not predicted.
A quotation alone in its paragraph belongs there to the attribution before: so it does in a prediction.
"""

import argparse
import re
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.paragraphs import in_tokens, runs, scored
from benchmarks.shared import SHARED, print_figures, print_table, read_rows, scorer, write_jsonl
from claims.attribution import read
from claims.attribution.marks import quotations
from claims.attribution.model import Model, load
from claims.errors import BadInput
from claims.outlet_names import OutletNames
from claims.text import paragraphs
from claims.types import Article, Outlet

DEV = SHARED / "data" / "attribution" / "polnear-dev.jsonl.gz"
#: what the rules reach on the development articles, rounded down; lowering one is a commit of its own with a reason
FLOORS = {
    "attribution": 0.62,
    "cue exact": 0.65,
    "source exact": 0.66,
    "content words": 0.82,
    "direct-quote speaker accuracy": 0.84,
    "full-quote attribution recall": 0.85,
}
#: the same for rules and model together
FLOORS_WITH_MODEL = {
    "attribution": 0.735,
    "cue exact": 0.73,
    "source exact": 0.80,
    "content words": 0.89,
    "direct-quote speaker accuracy": 0.93,
    "full-quote attribution recall": 0.91,
}

#: F1 is best where every attribution counts that is right in half as many cases as F1 says; ``SURE_MIN`` asks for more
COUNTED_MIN = 0.31

Line = Mapping[str, Any]
Prediction = dict[str, list[list[int]]]

_NAME = re.compile(r"(?:[A-Z][\w.’'-]*\s)*[A-Z][\w’'-]+")
_WORD = re.compile(r"\w+")


def predict(line: Line, names: OutletNames, model: Model | None = None) -> list[Prediction]:
    """Attributions of one article as the reader finds them."""
    found: list[Prediction] = []
    attributions = read(article(line), names, model).attributions
    # "told Northwire": one attribution in the corpus, and the one who spoke is its source
    told = {one.via for one in attributions if one.via is not None and attributions[one.via].cue == one.cue}
    for number, one in enumerate(attributions):
        nested = one.via is not None and (one.via not in told or attributions[one.via].via is not None)
        if nested or number in told or one.confidence < COUNTED_MIN:
            continue
        source, cue, content = (
            [[span.start, span.end] for span in spans] for spans in (one.source, one.cue, one.content)
        )
        before = next((other for other in reversed(found) if source and other["source"] == source), None)
        if not cue and before is not None:
            before["content"].extend(content)
        else:
            found.append({"source": source, "cue": cue, "content": content})
    return found


def baseline(line: Line, names: OutletNames) -> list[Prediction]:
    """Every quotation of four words, said by the nearest capitalised name outside of it."""
    text = line["text"]
    found: list[Prediction] = []
    for quoted in quotations(text, paragraphs(text)):
        start, end = quoted.span.start, quoted.span.end
        if len(_WORD.findall(text, start, end)) < 4:
            continue
        around = [*_NAME.finditer(text, max(0, start - 80), start), *_NAME.finditer(text, end, end + 80)]
        near = min(around, key=lambda match: max(start - match.end(), match.start() - end), default=None)
        found.append({"source": [[*near.span()]] if near else [], "cue": [], "content": [[start, end]]})
    return found


def article(line: Line) -> Article:
    """A line of the corpus as an article."""
    publisher = str(line.get("publisher") or "unknown")
    day = line.get("date")
    return Article(
        url=f"text:{line['id']}",
        outlet=Outlet(key=publisher, name=publisher, domains=(f"{publisher}.example",)),
        title=str(line.get("title") or ""),
        text=line["text"],
        published_at=_day(str(day)) if day else None,
        language="en",
    )


def _day(day: str) -> datetime:
    try:
        return datetime.fromisoformat(day[:10]).replace(tzinfo=UTC)
    except ValueError:
        raise BadInput(f"The date {day!r} is none. Give it as YYYY-MM-DD, or leave it out.") from None


def figures(
    lines: Sequence[Line], method: Callable[[Line, OutletNames], list[Prediction]], names: OutletNames
) -> tuple[dict[str, dict[str, Any]], dict[str, float]]:
    """Predictions by id, and what they reach: the scorer's figures where gold is there, articles a core-second."""
    began = time.process_time()
    predicted = {line["id"]: {"id": line["id"], "attributions": method(line, names)} for line in lines}
    seconds = time.process_time() - began
    reached = {"articles per core-second": len(lines) / max(seconds, 1e-9)}
    score = scorer("attribution")
    if score is not None and all("attributions" in line for line in lines):
        result = score.score({line["id"]: line for line in lines}, predicted)
        reached |= {name: value.get("f1", value.get("share", 0.0)) for name, value in result.items()}
    return predicted, reached


def reliability(lines: Sequence[Line], names: OutletNames, model: Model | None) -> dict[str, dict[str, float | int]]:
    """By tenths of confidence: how many attributions there are, and which share of them is right.

    Right: at least half of the content's words are common with those of a gold attribution whose source shares a word.
    """
    held: dict[int, list[bool]] = {}
    for line in lines:
        gold = [
            [_words(line["text"], one.get(role, [])) for role in ("source", "content")] for one in line["attributions"]
        ]
        for one in read(article(line), names, model).attributions:
            if one.via is None:
                source, content = (
                    _words(line["text"], [(span.start, span.end) for span in spans])
                    for spans in (one.source, one.content)
                )
                right = any(
                    2 * len(content & said) >= len(content | said) > 0 and bool(source & who or not (source or who))
                    for who, said in gold
                )
                held.setdefault(min(9, int(one.confidence * 10)), []).append(right)
    return {
        f"confidence {tenth / 10:.1f}-{(tenth + 1) / 10:.1f}": {"found": len(right), "right": sum(right) / len(right)}
        for tenth, right in sorted(held.items())
    }


def _words(text: str, spans: Sequence[Sequence[int]]) -> frozenset[int]:
    return frozenset(match.start() for start, end in spans for match in _WORD.finditer(text, start, end))


def _spans(data: Path, out: Path | None, names: OutletNames, model: Model | None) -> int:
    """The same for paragraphs given as tokens: exact spans of each role."""
    rows = [*read_rows(data, need=("id", "tokens"))]
    columns = {}
    for column, used in (("with model", model), ("rules", None)):
        if column == "rules" or model is not None:
            predicted = [
                {"id": name, "spans": spans}
                for run in runs(rows)
                for name, spans in in_tokens(run, predict({"id": "run", "text": run.text}, names, used)).items()
            ]
            columns[column] = scored(rows, predicted)
            if out and used is model:
                write_jsonl(out, predicted)
    labels = dict.fromkeys(label for reached in columns.values() for label in reached)
    print_table({label: {column: reached.get(label) for column, reached in columns.items()} for label in labels})
    print_figures({"paragraphs": len(rows), **columns})
    return 0


def lines_of(path: Path) -> list[Line]:
    """The articles of a corpus file, packed or not. Raises BadInput."""
    return [*read_rows(path, need=("id", "text"))]


def main(argv: Sequence[str]) -> int:
    """Predict, print a table, last line JSON. 1 if a floor is missed on the development articles."""
    parser = argparse.ArgumentParser(prog="benchmarks attribution")
    parser.add_argument("--data", type=Path, default=DEV)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--format", choices=("polnear", "cofenet"), default="polnear")
    args = parser.parse_args(argv)
    names, loaded = OutletNames(()), load()
    if args.format == "cofenet":
        return _spans(args.data, args.out, names, loaded.model)
    lines = lines_of(args.data)
    print(loaded.state)
    rules, reached = figures(lines, predict, names)
    columns = {"rules": reached, "quotes only": figures(lines, baseline, names)[1]}
    predicted = rules
    if loaded.model is not None:
        predicted, joined = figures(lines, partial(predict, model=loaded.model), names)
        columns = {"with model": joined, **columns}
    if args.out:
        write_jsonl(args.out, predicted.values())
    print_table({name: {column: one.get(name) for column, one in columns.items()} for name in reached})
    if all("attributions" in line for line in lines):
        print_table(reliability(lines, names, loaded.model))
    print_figures({"articles": len(lines), **columns})
    on_dev = args.data.resolve() == DEV.resolve()
    missed = []
    for column, floors in (("with model", FLOORS_WITH_MODEL), ("rules", FLOORS)):
        got = columns.get(column, {}) if on_dev else {}
        missed += [
            f"{name} {column} is {got[name]:.3f}, below its floor of {floor:.2f}"
            for name, floor in floors.items()
            if got.get(name, floor) < floor
        ]
    for one in missed:
        print(one, file=sys.stderr)
    return 1 if missed else 0
