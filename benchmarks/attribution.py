"""Who says what, scored on annotated articles, beside a baseline that only takes quotations and the nearest name.

    python -m benchmarks attribution --data ARTICLES.jsonl[.gz] [--out PREDICTIONS.jsonl]

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
from pathlib import Path
from typing import Any

from benchmarks.shared import SHARED, print_figures, print_table, read_rows, scorer, write_jsonl
from claims.attribution import SURE_MIN, read
from claims.attribution.marks import quotations
from claims.errors import BadInput
from claims.outlet_names import OutletNames
from claims.text import paragraphs
from claims.types import Article, Outlet

DEV = SHARED / "data" / "attribution" / "polnear-dev.jsonl.gz"
#: what the rules reach on the development articles, rounded down; lowering one is a commit of its own with a reason
FLOORS = {
    "attribution": 0.60,
    "cue exact": 0.64,
    "source exact": 0.65,
    "content words": 0.80,
    "direct-quote speaker accuracy": 0.79,
    "full-quote attribution recall": 0.79,
}

Line = Mapping[str, Any]
Prediction = dict[str, list[list[int]]]

_NAME = re.compile(r"(?:[A-Z][\w.’'-]*\s)*[A-Z][\w’'-]+")
_WORD = re.compile(r"\w+")


def predict(line: Line, names: OutletNames) -> list[Prediction]:
    """Attributions of one article as the reader finds them."""
    found: list[Prediction] = []
    for one in read(article(line), names).attributions:
        if one.via is not None or one.confidence < SURE_MIN:
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


def lines_of(path: Path) -> list[Line]:
    """The articles of a corpus file, packed or not. Raises BadInput."""
    return [*read_rows(path, need=("id", "text"))]


def main(argv: Sequence[str]) -> int:
    """Predict, print a table, last line JSON. 1 if a floor is missed on the development articles."""
    parser = argparse.ArgumentParser(prog="benchmarks attribution")
    parser.add_argument("--data", type=Path, default=DEV)
    parser.add_argument("--out", type=Path)
    args = parser.parse_args(argv)
    lines, names = lines_of(args.data), OutletNames(())
    predicted, ours = figures(lines, predict, names)
    _, plain = figures(lines, baseline, names)
    if args.out:
        write_jsonl(args.out, predicted.values())
    rows = {name: {"rules": ours[name], "quotes only": plain.get(name)} for name in ours}
    print_table(rows)
    print_figures({"articles": len(lines), "rules": ours, "quotes only": plain})
    on_dev = args.data.resolve() == DEV.resolve()
    missed = [name for name, floor in FLOORS.items() if on_dev and ours.get(name, floor) < floor]
    for name in missed:
        print(f"{name} is {ours[name]:.3f}, below its floor of {FLOORS[name]:.2f}", file=sys.stderr)
    return 1 if missed else 0
