"""Paragraphs as lists of tokens (the CofeNet form of the attribution corpus): back into text, and spans into tokens.

``python -m benchmarks attribution --data PARAGRAPHS.jsonl[.gz] --format cofenet``. The tokens are those of a treebank:
a backquote opens a quotation. Only ``id`` and ``tokens`` are read before predicting. Paragraphs are read in runs as
they follow one another in the file, since a reader of news has the lines before at hand.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.shared import scorer

RUN = 24  # paragraphs that are read as one text: about an article
_AS_PRINTED = {
    "``": "“", "''": "”", "`": "‘", "'''": "’”", "-LSB-": "[", "-RSB-": "]", "-LRB-": "(", "-RRB-": ")", "--": "—"
}  # fmt: skip
_JOINS_LEFT = re.compile(r"[,.;:?!%)\]”]$|n't$|'(?:s|re|ve|ll|d|m)?$|’”$|\.\.\.$", re.IGNORECASE)
_JOINS_RIGHT = re.compile(r"[“‘(\[$#]$")


@dataclass(frozen=True, slots=True)
class Run:
    """Some paragraphs as one text, and where each token stands in it."""

    text: str
    at: tuple[tuple[int, int, int, int], ...]  #: paragraph's id, token's number, start and end in the text


def runs(rows: Sequence[Mapping[str, Any]]) -> Iterator[Run]:
    """The texts to read."""
    for first in range(0, len(rows), RUN):
        text, at = "", []
        for row in rows[first : first + RUN]:
            text += "\n\n" if text else ""
            opened = True  # nothing before it, so no space
            for number, token in enumerate(row["tokens"]):
                word = _AS_PRINTED.get(token, token)
                if not (opened or _JOINS_LEFT.match(word)):
                    text += " "
                at.append((row["id"], number, len(text), len(text) + len(word)))
                text += word
                opened = bool(_JOINS_RIGHT.search(word))
        yield Run(text, tuple(at))


def in_tokens(run: Run, attributions: Sequence[Mapping[str, Sequence[Sequence[int]]]]) -> dict[int, list[list[Any]]]:
    """By paragraph ``[label, first, last + 1]`` of every span; a span over two paragraphs counts as one in each."""
    found: dict[int, dict[tuple[str, int, int], None]] = {}
    for one in attributions:
        for label in ("source", "cue", "content"):
            for start, end in one[label]:
                inside: dict[int, list[int]] = {}
                for paragraph, number, left, right in run.at:
                    if left < end and start < right:
                        inside.setdefault(paragraph, []).append(number)
                for paragraph, numbers in inside.items():
                    found.setdefault(paragraph, {})[label, numbers[0], numbers[-1] + 1] = None
    return {paragraph: [list(span) for span in spans] for paragraph, spans in found.items()}


def scored(rows: Sequence[Mapping[str, Any]], predicted: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """F1 of exact spans by label, where the gold labels are there."""
    score = scorer("spans")
    if score is None or not all("labels" in row for row in rows):
        return {}
    return {f"{label} spans": figures["f1"] for label, figures in score.score(rows, predicted).items()}
