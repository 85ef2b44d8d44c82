"""Annotated articles as training examples."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from claims.attribution.marks import quotations
from claims.attribution.pieces import WINDOW_PIECES, Block, Tokenizer, Window, Word, windows, words_of
from claims.text import paragraphs, sentences

IGNORE = -100


@dataclass(frozen=True)
class Document:
    """One article with a tag for each word and, for content and cue words, the first word of their head (-1: none)."""

    name: str
    words: tuple[Word, ...]
    blocks: tuple[Block, ...]
    tags: list[int]
    head: list[int]


def document(article: Mapping[str, Any], tokenizer: Tokenizer) -> Document:
    """Read a line of the corpus."""
    text = article["text"]
    parts = paragraphs(text)
    words, blocks = words_of(text, tokenizer, parts, sentences(text), quotations(text, parts))
    at = [-1] * (len(text) + 1)
    for number, word in enumerate(words):
        for position in range(word.span.start, word.span.end):
            at[position] = number
    starts = {block.start for block in blocks}
    tags, head = [0] * len(words), [-1] * len(words)

    def mark(spans: Sequence[Sequence[int]], first_tag: int, points_to: int) -> int:
        first = -1
        for start, end in spans:
            covered = sorted({at[position] for position in range(start, end)} - {-1})
            for place, number in enumerate(covered):
                opens = place == 0 or number in starts or covered[place - 1] != number - 1
                tags[number] = first_tag if opens else first_tag + 1
                head[number] = points_to
            if covered and first < 0:
                first = covered[0]
        return first

    for attribution in article["attributions"]:
        source = mark(attribution["source"], 1, -1)
        cue = mark(attribution["cue"], 3, source)
        mark(attribution["content"], 5, cue)
    return Document(article["id"], words, blocks, tags, head)


def epoch(documents: Sequence[Document], size: int, rng: random.Random) -> Iterator[list[tuple[Document, Window]]]:
    """Batches of windows of similar length, cut at other places in every epoch."""
    drawn: list[tuple[Document, Window]] = []
    for one in documents:
        cut = rng.randrange(1, len(one.blocks)) if len(one.blocks) > 1 and rng.random() < 0.8 else 0
        parts = [one.blocks[:cut], one.blocks[cut:]] if cut else [one.blocks]
        for blocks in parts:
            drawn.extend((one, window) for window in windows(one.words, blocks, context=0, limit=WINDOW_PIECES))
    rng.shuffle(drawn)
    pool = size * 16
    batches: list[list[tuple[Document, Window]]] = []
    for start in range(0, len(drawn), pool):
        part = sorted(drawn[start : start + pool], key=lambda one: len(one[1].ids))
        batches.extend(part[at : at + size] for at in range(0, len(part), size))
    rng.shuffle(batches)
    yield from batches


def inputs(found: Sequence[Window]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Pieces, features, heads and mask of some windows, padded."""
    length, count = max(len(one.ids) for one in found), max(len(one.heads) for one in found) + 1
    ids, features = torch.zeros(len(found), length, dtype=torch.long), torch.zeros(len(found), length, dtype=torch.long)
    heads, mask = torch.zeros(len(found), count, dtype=torch.long), torch.zeros(len(found), length, dtype=torch.bool)
    for row, one in enumerate(found):
        ids[row, : len(one.ids)] = torch.tensor(one.ids)
        features[row, : len(one.ids)] = torch.tensor(one.features)
        heads[row, 1 : 1 + len(one.heads)] = torch.tensor(one.heads)
        mask[row, : len(one.ids)] = True
    return ids, features, heads, mask


def targets(batch: Sequence[tuple[Document, Window]]) -> tuple[Tensor, Tensor, Tensor]:
    """Gold tags, pointers to cue and pointers to source, IGNORE where nothing is asked."""
    count = max(len(window.heads) for _, window in batch) + 1
    tags, to_cue, to_source = (torch.full((len(batch), count), IGNORE) for _ in range(3))
    for row, (one, window) in enumerate(batch):
        stop = window.first + len(window.heads)
        for number in range(window.first, stop):
            column, tag, head = number - window.first + 1, one.tags[number], one.head[number]
            tags[row, column] = tag
            inside = window.first <= head < stop
            if tag in (5, 6):
                to_cue[row, column] = head - window.first + 1 if inside else 0
            elif tag in (3, 4) and (inside or head < 0):
                to_source[row, column] = head - window.first + 1 if inside else 0
    return tags, to_cue, to_source
