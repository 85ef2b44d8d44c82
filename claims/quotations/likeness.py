"""Nearly the same words: the passage of a text that a quotation comes nearest to, and whether that is near enough."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from claims.comparison import QuotationResult
from claims.quotations.folding import ENDS, MARK, Folded, is_word
from claims.quotations.quote import Quote
from claims.quotations.words import stem

_STOPS = ENDS | {MARK}
#: (op, theirs, ours): theirs are the words of the held text, ours those of the quotation; keep, drop, add, replace
Change = tuple[str, str, str]

RUN_WORDS = 4  # passages joined without a mark are runs of at least so many words each
RUNS_COVER_MIN = 0.85  # and together make up nearly all of the quotation
MOST = 0.5  # "most content words in one passage" is more than this share; just so many, with half of all words in order
IN_ORDER_MIN = 0.4  # and always with at least this share of all words in the same order,
NEARLY_ALL, SOME_WORDS = 0.8, 3  # or nearly all content words, at least so many, whatever their order,
MOSTLY_IN_ORDER = 0.65  # or this share of all words in the same order and close together
WORTH_ALIGNING = 0.25  # below this share of content words a passage is not aligned word by word
#: a passage is looked for in a window of the quotation's own length, half as much again, and a little more
WINDOW_TIMES, WINDOW_MORE = 1.5, 8
SHORT_CHARS = 90  # a quotation this short is looked for by its letters too; that takes time with its length
FRAGMENTS_LIKENESS = 0.95  # all fragments stand there, near each other, but what is left out turns them
SHOWN_TOKENS_MAX = 200  # passages farther apart are not shown as one


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What one text has of a quotation. ``result`` None: nothing but, at most, a nearest passage."""

    result: QuotationResult | None
    first: int = 0  #: token numbers in the text, the passage found or the nearest one
    last: int = 0
    rest: int = 0  #: end of the words that an ellipsis at the tail leaves out; 0 where none
    likeness: float = 0.0  #: 0..1, how near; 1 for the same words
    cut: bool = False  #: the run is exact and cut at a negation


def nearly(quote: Quote, text: Folded) -> Match:
    """Similar words in one passage, or long runs of the quotation in several."""
    words = [word for fragment in quote.fragments for word in fragment.words(quote.folded)]
    ours = [stem(word) or "" for word in words]
    wanted = Counter(one for one in ours if one) or Counter(word.lower() for word in words if is_word(word))
    theirs = text.stems if any(ours) else tuple(word.lower() for word in text.words)
    runs = list(_runs(words, text))
    windows = [_window(wanted, theirs, int(len(words) * WINDOW_TIMES) + WINDOW_MORE)]
    if runs:
        windows.append(_around_run(max(runs, key=lambda run: run.length), len(words), wanted, theirs))
    elif len(" ".join(words)) <= SHORT_CHARS:
        windows.append(_by_letters(words, text))
    matches = [_likeness(words, text, window, wanted) for window in windows]
    best = max(matches, key=lambda found: (found.result is not None, found.likeness))
    if best.result:
        return best
    joined = _joined(words, runs)
    if joined:
        return Match(result=QuotationResult.ALTERED, first=joined[0], last=joined[1], likeness=0.9)
    return best


def _likeness(words: Sequence[str], text: Folded, window: "_Window", wanted: Counter[str]) -> Match:
    """How near the words of the window come: altered, or only the nearest passage."""
    if not window.hits:
        return Match(result=None)
    share = window.hits / wanted.total()
    if share < WORTH_ALIGNING and not window.near:
        return Match(result=None, first=window.first, last=window.last, likeness=share / 2)
    first, last, in_order = _aligned(words, text, window.first, window.last)
    compact = last - first <= len(words) * WINDOW_TIMES + 2
    similar = (
        (share > MOST and in_order >= IN_ORDER_MIN)
        or (share >= MOST and in_order >= MOST)
        or (share >= NEARLY_ALL and window.hits >= SOME_WORDS)
        or (in_order >= MOSTLY_IN_ORDER and compact)
    )
    result = QuotationResult.ALTERED if similar else None
    return Match(result=result, first=first, last=last, likeness=(share + in_order) / 2)


class _Run(NamedTuple):
    """A run of the quotation's words in the text."""

    first: int  #: token number in the text
    length: int
    at: int  #: token number in the quotation


class _Window(NamedTuple):
    """A stretch of the text and how many of the wanted words it has."""

    first: int
    last: int
    hits: int
    near: bool = False  #: found by a run or by its letters, worth a closer look whatever its content words


def _by_letters(words: Sequence[str], text: Folded) -> _Window:
    """The stretch whose letters are nearest: for short quotations, which may have no run and few content words."""
    line = " ".join(text.words)
    found = fuzz.partial_ratio_alignment(" ".join(words), line)
    if found is None:
        return _Window(0, 0, 0)
    first, last = line.count(" ", 0, found.dest_start), line.count(" ", 0, found.dest_end) + 1
    return _Window(first, last, 1, near=True)


def _around_run(run: _Run, size: int, wanted: Counter[str], theirs: Sequence[str | None]) -> _Window:
    """The stretch around a run that the whole quotation would take."""
    first, last = max(0, run.first - run.at), min(len(theirs), run.first - run.at + size)
    inside = Counter(word for word in theirs[first:last] if word and word in wanted)
    return _Window(first, last, max(1, (inside & wanted).total()), near=True)


def _window(wanted: Counter[str], theirs: Sequence[str | None], size: int) -> _Window:
    """The window of tokens with most of the wanted words."""
    hits = [(number, word) for number, word in enumerate(theirs) if word in wanted]
    best, inside, count, left = _Window(0, 0, 0), Counter[str](), 0, 0
    for number, word in hits:
        key = word or ""
        inside[key] += 1
        count += inside[key] <= wanted[key]
        while number - hits[left][0] >= size or inside[hits[left][1] or ""] > wanted[hits[left][1] or ""]:
            gone = hits[left][1] or ""
            count -= inside[gone] <= wanted[gone]
            inside[gone] -= 1
            left += 1
        found = _Window(hits[left][0], number + 1, count)
        if (count, found.first - found.last) > (best.hits, best.first - best.last):
            best = found
    return best


def _aligned(words: Sequence[str], text: Folded, first: int, last: int) -> tuple[int, int, float]:
    """The window cut or widened to what the quotation's words align with, and their share in the same order."""
    start, stop = max(0, first - len(words)), min(len(text.words), last + len(words))
    low = [word.lower() for word in words]
    area = [word.lower() for word in text.words[start:stop]]
    blocks = [code for code in Indel.opcodes(area, low) if code.tag == "equal"]
    in_order = sum(is_word(area[n]) for code in blocks for n in range(code.src_start, code.src_end))
    share = in_order / max(1, sum(map(is_word, words)))
    inside = [code for code in blocks if code.src_start + start < last and code.src_end + start > first] or blocks
    if not inside:
        return first, last, share
    head, end = min(first, inside[0].src_start + start), max(last, inside[-1].src_end + start)
    lead = inside[0].dest_start - (inside[0].src_start + start - head)
    trail = len(low) - inside[-1].dest_end - (end - inside[-1].src_end - start)
    opens, closes = text.sentence(head).start, text.sentence(end - 1).end
    while lead > 0 and head > 0 and text.starts[head - 1] >= opens and text.words[head - 1] != MARK:
        head, lead = head - 1, lead - 1
    while trail > 0 and end < len(text.words) and text.starts[end] < closes and text.words[end] not in _STOPS:
        end, trail = end + 1, trail - 1
    return head, end, share


def _joined(words: Sequence[str], runs: Sequence[_Run]) -> tuple[int, int] | None:
    """Passages of the text joined without a mark: the place around the runs or of the longest; else None."""
    if len(runs) < 2 or sum(run.length for run in runs) < RUNS_COVER_MIN * len(words):
        return None
    first, last = min(run.first for run in runs), max(run.first + run.length for run in runs)
    if last - first > SHOWN_TOKENS_MAX:
        longest = max(runs, key=lambda run: run.length)
        return longest.first, longest.first + longest.length
    return first, last


def _runs(words: Sequence[str], text: Folded) -> Iterator[_Run]:
    """The longest runs of the quotation in the text, one after the other."""
    at = 0
    while at + RUN_WORDS <= len(words):
        found = text.runs(words[at : at + RUN_WORDS])
        if not found:
            at += 1
            continue
        length, place = max((_common(words[at:], text, first), -first) for first in found)
        yield _Run(-place, length, at)
        at += length


def _common(words: Sequence[str], text: Folded, first: int) -> int:
    length = 1
    while length < len(words) and text.words[first + length : first + length + 1] == (words[length],):
        length += 1
    return length


def changes(quote: Quote, text: Folded, first: int, last: int) -> tuple[Change, ...]:
    """The differences word by word, in order, with the words as each side writes them."""
    ours, theirs = quote.whole, text.words[first:last]
    mine = list(ours.words(quote.folded))
    for fragment in quote.fragments:
        head = fragment.first - ours.first
        mine[head] = next((one for one in _first_letter(mine[head]) if one in theirs), mine[head])
    merged: list[tuple[str, int, int, int, int]] = []
    for code in Indel.opcodes(theirs, mine):
        op, a, b, c, d = code.tag, code.src_start, code.src_end, code.dest_start, code.dest_end
        if merged and op != "equal" and merged[-1][0] != "equal":
            _, a, _, c, _ = merged.pop()
            op = "replace"
        merged.append((op, a, b, c, d))
    return tuple(
        (
            _OPS[op],
            _slice(text, first + a, first + b),
            _slice(quote.folded, ours.first + c, ours.first + d),
        )
        for op, a, b, c, d in merged
    )


_OPS = {"equal": "keep", "delete": "drop", "insert": "add", "replace": "replace"}


def _first_letter(word: str) -> tuple[str, str, str]:
    return word, word[0].upper() + word[1:], word[0].lower() + word[1:]


def _slice(folded: Folded, first: int, last: int) -> str:
    return folded.span(first, last).of(folded.text) if first < last else ""
