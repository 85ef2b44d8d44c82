"""Shared runs of words: whether one text took its words from another.

Only words outside quotation marks count: two outlets that heard the same speech quote the same sentences, and an
aggregator that quotes a report in marks says so openly. Neither is a copy.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from zlib import crc32

from claims.attribution.marks import quotations
from claims.text import paragraphs
from claims.types import Span

RUN_WORDS = 8  # two writers hardly hit upon the same eight words in a row; names and set phrases are shorter
#: a copy shares this part of the shorter text's own words. In 45,000 pairs out of ../shared/data/stories the two real
#: copies share 0.81 and 0.84, all others at most 0.16 (a newsletter's footer, a quotation without marks)
COPY_SHARE_MIN = 0.2
COPY_WORDS_MIN = 24  # three runs: below that a shared boilerplate line or an official title would make a copy

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True)
class Prepared:
    """A text made ready for comparing; prepare once, compare with many."""

    text: str
    quoted: bool = False  #: look at the words inside quotation marks instead of those outside

    @cached_property
    def _words(self) -> tuple[tuple[str, int, int], ...]:
        """The words that are looked at, folded; an empty word parts what stands not together."""
        found: list[tuple[str, int, int]] = []
        for start, end in self._areas():
            found.extend(
                (match[0].lower().replace("’", "'"), match.start(), match.end())
                for match in _WORD.finditer(self.text, start, end)
            )
            found.append(("", end, end))
        return tuple(found)

    def _areas(self) -> Iterator[tuple[int, int]]:
        at = 0
        for mark in quotations(self.text, paragraphs(self.text)):
            start, end = mark.span.start, mark.span.end
            if self.quoted:
                yield start, end
            elif at < start:
                yield at, start
            at = max(at, end)
        if not self.quoted:
            yield at, len(self.text)

    @cached_property
    def size(self) -> int:
        """How many words are looked at."""
        return sum(1 for word, _, _ in self._words if word)

    @cached_property
    def runs(self) -> dict[int, tuple[int, ...]]:
        """Each run of eight words as a stable number, with the numbers of the words it begins at."""
        words = [word for word, _, _ in self._words]
        found: dict[int, tuple[int, ...]] = {}
        for number in range(len(words) - RUN_WORDS + 1):
            run = words[number : number + RUN_WORDS]
            if "" not in run:
                key = crc32(" ".join(run).encode("utf-8", "surrogatepass"))
                found[key] = (*found.get(key, ()), number)
        return found

    def spans(self, shared: frozenset[int]) -> tuple[tuple[Span, ...], int]:
        """Where the shared runs stand, those that touch joined, and how many words they hold together."""
        spans: list[Span] = []
        first, last, count = 0, -1, 0  # of the stretch at hand
        for number in sorted(number for key in shared for number in self.runs[key]):
            if number > last:
                if count:
                    spans.append(Span(self._words[first][1], self._words[last - 1][2]))
                first, last = number, number
            count += number + RUN_WORDS - last
            last = number + RUN_WORDS
        if count:
            spans.append(Span(self._words[first][1], self._words[last - 1][2]))
        return tuple(spans), count


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """What two texts share word for word."""

    share: float  #: 0..1, shared part of the text that has fewer words of its own
    words: int  #: how many words
    ours: tuple[Span, ...]  #: in the first text, in order
    theirs: tuple[Span, ...]  #: in the second text, in order

    @property
    def is_copy(self) -> bool:
        """Whether one text took its words from the other, or both from a third."""
        return self.share >= COPY_SHARE_MIN and self.words >= COPY_WORDS_MIN


def overlap(ours: Prepared, theirs: Prepared) -> Overlap:
    """The runs of at least eight words that stand in both texts. Linear in their length."""
    shared = frozenset(ours.runs.keys() & theirs.runs.keys())
    our_spans, our_words = ours.spans(shared)
    their_spans, their_words = theirs.spans(shared)
    shorter = min((ours.size, our_words), (theirs.size, their_words))
    return Overlap(
        share=shorter[1] / shorter[0] if shorter[0] else 0.0,
        words=min(our_words, their_words),
        ours=our_spans,
        theirs=their_spans,
    )
