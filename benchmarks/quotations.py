"""The quotation check against a table of decided cases, beside a plain substring search.

    python -m benchmarks quotations [--data CASES.jsonl] [--out PREDICTIONS.jsonl]

A case: ``{id, cited_outlet, quote, quoting_sentence, held: [{outlet, article, version, state, text}]}``, with the gold
in ``result`` (null where the marks are no quotation) and, where given, ``found`` (number of the held text) and
``span``. A prediction: ``{id, result, held, span}``. Gold is read after predicting, and may be absent. The cases in
``benchmarks/cases`` are made by hand from docs/quotation-check.md: invented texts of invented outlets.
"""

import argparse
import time
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.shared import ROOT, print_figures, print_table, read_rows, write_jsonl
from claims.comparison import QuotationResult
from claims.quotations import HeldText, check
from claims.types import Held

CASES = ROOT / "benchmarks" / "cases" / "quotations.jsonl"

#: names that a table may use for how much of a text is held
STATES = {state.value: state for state in Held} | {
    "held_full": Held.FULL,
    "held_part": Held.PART,
    "known_not_held": Held.KNOWN,
    "unknown": Held.KNOWN,
}
SHOWN = (
    QuotationResult.EXACT,
    QuotationResult.SHORTENED,
    QuotationResult.ALTERED,
    QuotationResult.PARAPHRASE,
    QuotationResult.ELSEWHERE,
)

Case = Mapping[str, Any]


def predict(case: Case) -> dict[str, object]:
    """What the check says of one case, in the form of a prediction."""
    texts = held_texts(case)
    outlet = _bare(case["cited_outlet"] or "")
    cited = [held for held in texts if not outlet or outlet in (_bare(held.outlet), _bare(held.carried_for or ""))]
    others = [held for held in texts if held not in cited]
    finding = check(case["quote"], cited, others, quoting_sentence=case.get("quoting_sentence") or "")
    if finding is None:
        return {"id": case["id"], "result": None, "held": None, "span": None}
    found = finding.found if finding.result in SHOWN else None
    return {
        "id": case["id"],
        "result": finding.result.value,
        "held": next(n for n, held in enumerate(texts) if held is found.held) if found else None,
        "span": [found.span.start, found.span.end] if found else None,
    }


def held_texts(case: Case) -> list[HeldText]:
    """The held texts of a case, in its order."""
    return [
        HeldText(
            outlet=held["outlet"],
            text=held.get("text") or "",
            url=str(held.get("article", "")),
            version=str(held.get("version", "")),
            state=STATES.get(held.get("state", "full"), Held.PART),
            language=held.get("language"),
            carried_for=held.get("carried_for"),
        )
        for held in case["held"]
    ]


def baseline(case: Case) -> str:
    """A plain search: both sides in compatibility form, small letters, one blank; found or not found."""
    quote = _plain(case["quote"])
    here = [held for held in case["held"] if _bare(held["outlet"]) == _bare(case["cited_outlet"] or "")]
    if any(quote in _plain(held["text"]) for held in here):
        return "exact"
    if any(quote in _plain(held["text"]) for held in case["held"]):
        return "elsewhere"
    return "not_found" if any(held["text"].strip() for held in here) else "not_checkable"


def figures(cases: Sequence[Case], results: Mapping[str, str | None]) -> dict[str, float | int]:
    """Accuracy, and the errors that must not happen."""
    pairs = [(case, case["result"], results[case["id"]]) for case in cases]
    variants = [said for case, _, said in pairs if case.get("rule") == "typography"]
    swallowed = [said for case, _, said in pairs if case.get("rule") == "swallowed_negation"]
    return {
        "cases": len(pairs),
        "accuracy": sum(gold == said for _, gold, said in pairs) / max(1, len(pairs)),
        "altered_called_exact": sum(gold == "altered" and said == "exact" for _, gold, said in pairs),
        "variants_exact": variants.count("exact") / len(variants) if variants else 1.0,
        "swallowed_called_shortened": swallowed.count("shortened"),
        "not_held_called_not_found": sum(gold == "not_checkable" and said == "not_found" for _, gold, said in pairs),
    }


def main(argv: list[str]) -> int:
    """Predict, print the confusion of each result and the figures, and write the predictions where asked to."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks quotations", description=__doc__)
    parser.add_argument("--data", type=Path, default=CASES)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args(argv)
    cases = read(options.data)
    began = time.perf_counter()
    predictions = [predict(case) for case in cases]
    speed = {"ms_a_case": round(1000 * (time.perf_counter() - began) / max(1, len(cases)), 2)}
    if options.out:
        write_jsonl(options.out, predictions)
    judged = [case for case in cases if "result" in case]
    if not judged:
        print_figures({"cases": len(cases), "judged": 0})
        return 0
    said = {str(one["id"]): one["result"] for one in predictions}
    results = {id_: result if isinstance(result, str) else None for id_, result in said.items()}
    _print_confusion(judged, results)
    check_figures = figures(judged, results)
    plain_figures = figures(judged, {case["id"]: baseline(case) for case in judged})
    print_table({"quotation check": check_figures, "plain search": plain_figures})
    print_figures({**check_figures, "baseline": plain_figures, **_places(judged, predictions), **speed})
    return 0


def read(path: Path) -> list[Case]:
    """The cases of a JSONL file, packed or not. Raises BadInput."""
    return [*read_rows(path, need=("id", "cited_outlet", "quote", "held"))]


def _print_confusion(cases: Sequence[Case], results: Mapping[str, str | None]) -> None:
    counts = Counter((case["result"] or "null", results[case["id"]] or "null") for case in cases)
    names = [*(result.value for result in QuotationResult), "null"]
    used = [name for name in names if any(name in pair for pair in counts)]
    print("rows: gold, columns: said")
    print_table({gold: {said: counts[gold, said] for said in used} for gold in used})


def _places(cases: Sequence[Case], predictions: Sequence[Mapping[str, object]]) -> dict[str, float]:
    """How often the passage is the right one, of the cases that name it and got their result right."""
    said = {one["id"]: one for one in predictions}
    named = [case for case in cases if "span" in case and said[case["id"]]["result"] == case["result"]]
    right = [case for case in named if _words_at(case, case["found"], case["span"]) == _said_at(case, said[case["id"]])]
    return {"place_right": len(right) / len(named)} if named else {}


def _said_at(case: Case, prediction: Mapping[str, Any]) -> tuple[int, int, int] | None:
    return _words_at(case, prediction["held"], prediction["span"]) if prediction["span"] else None


def _words_at(case: Case, held: int, span: Sequence[int]) -> tuple[int, int, int]:
    """Text and span without the marks and stops at its ends, which are a matter of style."""
    text = case["held"][held]["text"]
    start, end = span
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return held, start, end


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())


def _bare(name: str) -> str:
    return name.casefold().removeprefix("the ").strip()


if __name__ == "__main__":
    import sys

    sys.exit(main(sys.argv[1:]))
