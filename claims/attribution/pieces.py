"""A text as the model reads it: word pieces in windows, with what the pieces themselves do not tell.

Training and reading share this file, so that a model always meets the input it was trained on.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from claims.attribution.marks import Quoted
from claims.types import Span

WINDOW_PIECES = 320  # longer contexts gained nothing on the development set and cost quadratic time
READ_PIECES = 256  # the same when reading: no worse on the development set, and quicker
CONTEXT_PIECES = 24  # of the paragraphs before, repeated at the head of the next window; more gained nothing
CLS, SEP = 101, 102  # the vocabulary's own marks; SEP stands between paragraphs
SHAPES = 6  # mark, number, lower, Capitalised, UPPER, miXed
PLACES = 3  # outside a quotation, inside, the quotation mark itself
FEATURES = SHAPES * PLACES * 2 + 1  # times first word of a sentence; the last one is for CLS and SEP

_DIGIT = re.compile(r"\d")


class Tokenizer(Protocol):
    """What is used of ``tokenizers.Tokenizer``."""

    def encode(self, sequence: str, *, add_special_tokens: bool = ...) -> "Encoding":
        """The pieces of a text."""


class Encoding(Protocol):
    """What is used of ``tokenizers.Encoding``."""

    @property
    def ids(self) -> list[int]:
        """Numbers of the pieces in the vocabulary."""

    @property
    def tokens(self) -> list[str]:
        """The pieces; those that go on within a word begin with ##."""

    @property
    def offsets(self) -> list[tuple[int, int]]:
        """Where each piece stands in the text."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word or mark and its pieces."""

    span: Span
    pieces: tuple[int, ...]
    feature: int


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a part of one that is too long for a window: numbers of its words, half open."""

    start: int
    end: int
    pieces: int


@dataclass(frozen=True, slots=True)
class Window:
    """The input of one run: pieces, their features, and which piece begins which word."""

    ids: tuple[int, ...]
    features: tuple[int, ...]
    first: int  #: number of the first word
    heads: tuple[int, ...]  #: piece number of the first piece of word ``first + i``
    own: int  #: words before this one are context only, decided in the window before


def words_of(
    text: str,
    tokenizer: Tokenizer,
    paragraphs: tuple[Span, ...],
    sentences: tuple[Span, ...],
    quotations: tuple[Quoted, ...],
) -> tuple[tuple[Word, ...], tuple[Block, ...]]:
    """All words of the text with their features, and the blocks that they form."""
    starts = {sentence.start for sentence in sentences}
    words: list[Word] = []
    blocks: list[Block] = []
    quoted = iter(quotations)
    quotation = next(quoted, None)
    for paragraph in paragraphs:
        first, size = len(words), 0
        sentence_opens = False
        for span, pieces in _pieces(text, tokenizer, paragraph):
            while quotation is not None and quotation.span.end <= span.start:
                quotation = next(quoted, None)
            sentence_opens = sentence_opens or span.start in starts
            shape = _shape(span.of(text))
            feature = (shape * PLACES + _place(span, quotation)) * 2 + (sentence_opens and shape > 0)
            sentence_opens = sentence_opens and shape == 0
            if size + len(pieces) > WINDOW_PIECES - CONTEXT_PIECES - 2:
                blocks.append(Block(first, len(words), size))
                first, size = len(words), 0
            words.append(Word(span, pieces, feature))
            size += len(pieces)
        if len(words) > first:
            blocks.append(Block(first, len(words), size))
    return tuple(words), tuple(blocks)


def windows(
    words: tuple[Word, ...], blocks: tuple[Block, ...], *, context: int = CONTEXT_PIECES, limit: int = READ_PIECES
) -> Iterator[Window]:
    """Windows of whole blocks; each repeats up to ``context`` pieces of the blocks before it."""
    at = 0
    while at < len(blocks):
        head, room = at, context
        while context and head > 0 and blocks[head - 1].pieces + 1 <= room:
            head -= 1
            room -= blocks[head].pieces + 1
        size = 1 + sum(block.pieces + 1 for block in blocks[head:at])
        end = at
        while end < len(blocks) and (end == at or size + blocks[end].pieces + 1 <= limit):
            size += blocks[end].pieces + 1
            end += 1
        yield _window(words, blocks[head:end], own=blocks[at].start)
        at = end


def _window(words: tuple[Word, ...], blocks: tuple[Block, ...], *, own: int) -> Window:
    ids, features, heads = [CLS], [FEATURES - 1], []
    for block in blocks:
        for word in words[block.start : block.end]:
            heads.append(len(ids))
            ids.extend(word.pieces)
            features.extend([word.feature] * len(word.pieces))
        ids.append(SEP)
        features.append(FEATURES - 1)
    return Window(tuple(ids), tuple(features), blocks[0].start, tuple(heads), own)


def _pieces(text: str, tokenizer: Tokenizer, paragraph: Span) -> Iterator[tuple[Span, tuple[int, ...]]]:
    encoded = tokenizer.encode(paragraph.of(text), add_special_tokens=False)
    start = end = -1
    pieces: list[int] = []
    for number, token, (left, right) in zip(encoded.ids, encoded.tokens, encoded.offsets, strict=True):
        if right <= left:
            continue
        if pieces and token.startswith("##"):
            pieces.append(number)
            end = right
            continue
        if pieces:
            yield Span(paragraph.start + start, paragraph.start + end), tuple(pieces)
        start, end, pieces = left, right, [number]
    if pieces:
        yield Span(paragraph.start + start, paragraph.start + end), tuple(pieces)


@lru_cache(4096)
def _shape(word: str) -> int:
    if not any(character.isalnum() for character in word):
        return 0
    if _DIGIT.search(word):
        return 1
    if word.islower():
        return 2
    if word[0].isupper() and (len(word) == 1 or word[1:].islower()):
        return 3
    return 4 if word.isupper() else 5


def _place(span: Span, quotation: Quoted | None) -> int:
    if quotation is None or span.start < quotation.span.start:
        return 0
    return 2 if span.start == quotation.span.start or (quotation.closed and span.end == quotation.span.end) else 1
