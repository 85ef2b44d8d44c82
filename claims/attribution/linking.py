"""From what the model says of each word to attributions: spans of words, joined content to cue to source."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from claims.attribution.pieces import Block, Window

Floats = NDArray[np.float32]

TAGS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
#: a content that no cue claims is kept with the likeliest cue down to this probability
LINK_MIN = 0.05
#: a source and a cue are rarer than what they are taken from, so each counts for a little more than the model says, and
#: a content must be worth its beginning and its end: both raise F1 on either half of the development articles
LEAN = np.array([0, 0.5, 0.5, 0.5, 0.5, 0, 0], dtype=np.float32)
BORDER = 1.0
SOURCE_MIN = 0.5  # a source that is less likely than none is none

_NEVER = -1e9
_HEADS = {2: 1, 4: 3, 6: 5}  # a tag inside a span, and the tag of its first word


@dataclass(frozen=True, slots=True)
class Answer:
    """The model's answer for one window; row 0 of the arrays stands for "none", row i + 1 for the window's word i."""

    window: Window
    tags: Floats  #: log-probabilities, (words, 7)
    to_cue: Floats  #: log-probability that content word (row) belongs to the cue that begins at word (column)
    to_source: Floats  #: the same for cue word and source


@dataclass(frozen=True, slots=True)
class Linked:
    """One attribution in numbers of words, half open."""

    source: tuple[int, int] | None
    cue: tuple[int, int]
    content: tuple[tuple[int, int], ...]
    confidence: float


def link(answers: Sequence[Answer], blocks: Sequence[Block]) -> list[Linked]:
    """The attributions that the answers amount to, in order of their cues.

    Sources and cues are read off the tags. Contents are then found together with the cue that each word points to.
    """
    read = []
    spans: dict[str, list[tuple[int, int, Answer]]] = {"source": [], "cue": [], "content": []}
    for answer in answers:
        window = answer.window
        for block in blocks:
            if window.own <= block.start < window.first + len(window.heads):
                path = _best_path(answer.tags[block.start - window.first : block.end - window.first] + LEAN)
                read.append((answer, block, path))
                for role, start, end in _spans(path):
                    spans[role].append((block.start + start, block.start + end, answer))
    cues = [(start, end) for start, end, _ in spans["cue"]]
    contents: dict[tuple[int, int], list[tuple[int, int]]] = {}
    confidence: dict[tuple[int, int], float] = {}
    for answer, block, path in read:
        for cue, content, sure in _contents(answer, block, path, cues):
            contents.setdefault(cue, []).append(content)
            confidence[cue] = max(confidence.get(cue, 0.0), sure)
    sources = [(start, end) for start, end, _ in spans["source"]]
    found = []
    for start, end, answer in spans["cue"]:
        if (start, end) in contents:
            source, sure = _source(answer, (start, end), sources)
            sure = min(confidence[start, end], sure or 1.0) * _is_cue(answer, start, end)
            found.append(Linked(source, (start, end), tuple(contents[start, end]), sure))
    return found


def _contents(
    answer: Answer, block: Block, path: Sequence[int], cues: Sequence[tuple[int, int]]
) -> Iterator[tuple[tuple[int, int], tuple[int, int], float]]:
    """Cue, content, and how surely they belong together: the likeliest way through a block (Viterbi).

    Each word is out of any content, or in that of one of the cues in the window, or (last) of none of them.
    """
    window = answer.window
    reach = [cue for cue in cues if window.first <= cue[0] < window.first + len(window.heads)]
    if not reach:
        return
    first, last = block.start - window.first, block.end - window.first
    tags = answer.tags[first:last]
    heads = answer.to_cue[first + 1 : last + 1][:, [*(cue[0] - window.first + 1 for cue in reach), 0]]
    heads = heads - np.logaddexp.reduce(heads, axis=1, keepdims=True)
    taken = np.array([0 < tag < TAGS.index("B-content") for tag in path])
    pairs = np.logaddexp(tags[:, 1:5:2], tags[:, 2:5:2])
    out = np.maximum(tags[:, 0], pairs.max(axis=1))
    within = np.where(taken[:, None], _NEVER, np.logaddexp(tags[:, 5], tags[:, 6])[:, None] + heads)
    if not (within.max(axis=1) > out).any():
        return  # in many a paragraph no word is likelier in than out
    best = _way(out, within)
    start = 0
    for end in range(1, len(best) + 1):
        if end < len(best) and best[end] == best[start]:
            continue
        if best[start]:
            share = np.exp(heads[start:end]).mean(axis=0)
            cue = best[start] - 1 if best[start] <= len(reach) else int(share[:-1].argmax())
            if share[cue] >= LINK_MIN:
                yield reach[cue], (block.start + start, block.start + end), float(share[cue])
        start = end


def _is_cue(answer: Answer, start: int, end: int) -> float:
    """How surely the words are a cue."""
    rows = answer.tags[start - answer.window.first : end - answer.window.first]
    return float(np.exp(rows[:, 3:5]).sum(axis=1).mean())


def _source(
    answer: Answer, cue: tuple[int, int], sources: Sequence[tuple[int, int]]
) -> tuple[tuple[int, int] | None, float]:
    """The source that the words of the cue point to, and how surely; None where "none" is likelier."""
    window = answer.window
    reach = [one for one in sources if window.first <= one[0] < window.first + len(window.heads)]
    if not reach:
        return None, 0.0
    mean = np.exp(answer.to_source[cue[0] - window.first + 1 : cue[1] - window.first + 1]).mean(axis=0)
    values = [float(mean[one[0] - window.first + 1]) for one in reach]
    best = max(range(len(reach)), key=lambda number: (values[number], -abs(reach[number][0] - cue[0])))
    total = float(mean[0]) + sum(values)
    sure = values[best] / total if total > 0 else 0.0
    return (reach[best], sure) if sure >= SOURCE_MIN else (None, 1.0 - sure)


def _way(out: Floats, within: Floats) -> list[int]:
    """For each word 0 (out) or the number of its content from 1 on; beginning and ending a content cost ``BORDER``."""
    count, kinds = within.shape
    outside, inside = out.tolist(), within.tolist()  # of so few numbers, lists are quicker than arrays
    free, held = outside[0], [one - BORDER for one in inside[0]]
    came: list[tuple[int, list[int]]] = []
    for number in range(1, count):
        best = max(range(kinds), key=held.__getitem__)
        before, free = (best + 1, held[best] - BORDER) if held[best] - BORDER > free else (0, free)
        begun = free - BORDER
        came.append((before, [before if begun > one else kind for kind, one in enumerate(held, start=1)]))
        held = [max(begun, one) + gain for one, gain in zip(held, inside[number], strict=True)]
        free += outside[number]
    best = max(range(kinds), key=held.__getitem__)
    way = [best + 1 if held[best] > free else 0]
    for from_free, from_held in reversed(came):
        way.append(from_held[way[-1] - 1] if way[-1] else from_free)
    return way[::-1]


def _best_path(tags: Floats) -> list[int]:
    """The likeliest sequence of tags that is well formed (Viterbi): inside a span follows only its head or inside."""
    likeliest: list[int] = tags.argmax(axis=1).tolist()
    if all(tag not in _HEADS or before in (tag, _HEADS[tag]) for before, tag in pairwise([0, *likeliest])):
        return likeliest
    score = [one if number not in _HEADS else _NEVER for number, one in enumerate(tags[0].tolist())]
    came: list[list[int]] = []
    for gains in tags[1:].tolist():
        best = max(range(7), key=score.__getitem__)
        before = [best] * 7
        for inside, head in _HEADS.items():
            before[inside] = inside if score[inside] > score[head] else head
        score = [score[one] + gain for one, gain in zip(before, gains, strict=True)]
        came.append(before)
    path = [max(range(7), key=score.__getitem__)]
    for before in reversed(came):
        path.append(before[path[-1]])
    return path[::-1]


def _spans(path: Sequence[int]) -> list[tuple[str, int, int]]:
    found = []
    bounds = [number for number, tag in enumerate(path) if tag in (0, 1, 3, 5)] + [len(path)]
    for start, end in pairwise(bounds):
        if path[start]:
            found.append((TAGS[path[start]][2:], start, end))
    return found
