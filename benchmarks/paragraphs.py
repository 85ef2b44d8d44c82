"""Paragraphs as lists of tokens (the CofeNet form of the attribution corpus): back into text, and spans into tokens.

``python -m benchmarks attribution --data PARAGRAPHS.jsonl[.gz] --format cofenet``. The tokens are those of a treebank,
whose splitter left its own marks: a backquote opens a quotation; a stop stands again behind an abbreviation that ends a
sentence; and where two straight quotes open a paragraph, they stand at the end of the one before. Only ``id`` and
``tokens`` are read before predicting. Paragraphs are read in runs as they follow one another in the file, since a
reader of news has the lines before at hand.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.shared import scorer

RUN = 24  # paragraphs that are read as one text: about an article
_AS_PRINTED = {"`": "‘", "'''": "’”", "-LSB-": "[", "-RSB-": "]", "-LRB-": "(", "-RRB-": ")", "--": "—"}
_MARKS = ("``", "''")
_ENDS = (".", "?", "!", "''", ")")  # of a paragraph, before the mark that opens the next one
_OPENS_NEXT = "\x00"  # such a mark, until the next paragraph begins
_JOINS_LEFT = re.compile(r"[,.;:?!%)\]”]$|n't$|'(?:s|re|ve|ll|d|m)?$|’”$|\.\.\.$", re.IGNORECASE)
_JOINS_RIGHT = re.compile(r"[“‘(\[$#]$")


@dataclass(frozen=True, slots=True)
class Run:
    """Some paragraphs as one text, and where each token stands in it."""

    text: str
    at: tuple[tuple[int, int, int, int], ...]  #: paragraph's id, token's number, start and end in the text


def runs(rows: Sequence[Mapping[str, Any]]) -> Iterator[Run]:
    """The texts to read."""
    at: list[tuple[int, int, int, int]] = []
    text, held, depth = "", 0, 0
    for row in rows:
        words, depth = _printed(row["tokens"], depth)
        glued = True  # nothing before it, so no space
        if text:
            moved = text.endswith(_OPENS_NEXT)
            text = text.removesuffix(_OPENS_NEXT).rstrip() + "\n\n"
            if moved:
                at[-1] = (*at[-1][:2], len(text), len(text) + 1)
                text += "“"
        for number, word in enumerate(words):
            if word and not (glued or _JOINS_LEFT.match(word)):
                text += " "
            at.append((row["id"], number, len(text), len(text) + len(word)))
            text += word
            glued = bool(_JOINS_RIGHT.search(word)) if word else glued
        held += 1
        if held >= RUN and not text.endswith(_OPENS_NEXT):
            yield Run(text, tuple(at))
            text, at, held = "", [], 0
    if text:
        yield Run(text.replace(_OPENS_NEXT, "“"), tuple(at))


def _printed(tokens: Sequence[str], depth: int) -> tuple[list[str], int]:
    """The tokens as they were printed, and how many quotations are open then.

    ``depth``: how many the paragraph before left open; they go on only where a closing mark comes first.
    """
    if next((token for token in tokens if token in _MARKS), None) != "''":
        depth = 0
    words: list[str] = []
    for number, mark in enumerate(tokens):
        before = tokens[number - 1] if number else ""
        if mark == "." and before.endswith(".") and before.strip("."):
            words.append("")
        elif mark not in _MARKS:
            words.append(_AS_PRINTED.get(mark, mark))
        elif mark == "''" and depth:
            words.append("”")
            depth -= 1
        else:
            last = number == len(tokens) - 1
            words.append(_OPENS_NEXT if mark == "''" and last and before in _ENDS else "“")
            depth += 1
    return words, depth


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
