"""Quotation marks: which parts of a text stand in them.

Straight, curly, low and angled double marks, and pairs of single ones, are paired by paragraph, by their shape and
their neighbours. A paragraph that opens a quotation and does not close it goes on into the next one if that opens with
a mark again (the usual rule of print); else the quotation ends with its paragraph. Single marks count only outside
double ones and only where they cannot be apostrophes.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from claims.attribution.places import inside, touching
from claims.types import Span

_OPENING = "“„‟«`‘"
_MARK = re.compile("[\"“”„‟«»]|''|``|‘‘|’’")
_SINGLE = re.compile(
    r"(?<![\w’'])[‘‚'](?=[\w\[])(?:[^‘’'\n\"“”]|(?<=\w)[’'](?=\w)|(?<=s)[’'](?= [a-z]))+"
    r"(?:(?<=[.,!?…])|(?<=[\w\])]))[’'](?!\w)"
)
#: ", the mayor said." within words that no closing mark ends: the quotation was over at the comma
_SPEAKER = re.compile(
    r"[,?!](?=\s(?:[^\s,.;:!?]+\s){1,6}(?:said|says|added|told\s[^.,;:]{1,40}|explained|warned|wrote)(?:\s(?:on\s)?\w+day)?\."
    r"|\ssaid\s(?:[^\s,.;:!?]+\s?){1,6}\.)"
)
_SENTENCE_START = re.compile(r"(?:^|[.!?…]\s+)(?=\S)")


@dataclass(frozen=True, slots=True)
class Quoted:
    """One run of words in quotation marks, within one paragraph."""

    span: Span  #: the marks included
    closed: bool = True  #: False where the closing mark is missing
    goes_on: bool = False  #: the next paragraph carries the same quotation on
    carried_on: bool = False  #: the paragraph before began it


def within(quoted: Sequence[Quoted], area: Span) -> Sequence[Quoted]:
    """Those of a text's quotations, in order, that lie wholly within ``area``."""
    return inside(quoted, area, lambda one: one.span)


def around(quoted: Sequence[Quoted], at: int) -> Quoted | None:
    """The one of a text's quotations, in order, that the character ``at`` stands in."""
    return next(iter(touching(quoted, Span(at, at + 1), lambda one: one.span)), None)


def quotations(text: str, paragraphs: tuple[Span, ...]) -> tuple[Quoted, ...]:
    """All outermost quotations of the text, in order."""
    found: list[Quoted] = []
    carried = False
    for number, paragraph in enumerate(paragraphs):
        here = _in_paragraph(text, paragraph)
        if here:
            last, after = here[-1], paragraphs[number + 1] if number + 1 < len(paragraphs) else None
            goes_on = not last.closed and after is not None and bool(_MARK.match(text, after.start))
            here[-1] = Quoted(last.span, last.closed, goes_on, last.carried_on)
            here[0] = Quoted(
                here[0].span, here[0].closed, here[0].goes_on, carried and here[0].span.start == paragraph.start
            )
            carried = goes_on
        else:
            carried = False
        found.extend(here)
    return tuple(found)


def _in_paragraph(text: str, paragraph: Span) -> list[Quoted]:
    found: list[Quoted] = []
    opened: list[int] = []
    inner: list[Span] = []
    after = paragraph.start  # where the last quotation ended
    for match in _MARK.finditer(text, paragraph.start, paragraph.end):
        at = match.start()
        if _opens(text, match, paragraph, inside=bool(opened)):
            opened.append(at)
        elif opened:
            start = opened.pop()
            if opened:
                inner.append(Span(start, match.end()))
            else:
                found.append(Quoted(Span(start, match.end())))
                inner, after = [], match.end()
        elif match[0] in "”»" and text[at - 1] in ".,!?…" and at > after:
            starts = [start.end() for start in _SENTENCE_START.finditer(text, after, at - 1)]
            found.append(Quoted(Span(starts[-1] if starts else after, at + 1)))
            after = at + 1
    if opened:
        found.extend(_unclosed(text, opened[0], inner, paragraph.end))
    free = [Span(*match.span()) for match in _SINGLE.finditer(text, paragraph.start, paragraph.end)]
    found.sort(key=lambda quoted: quoted.span)
    # the last double pair that begins before the single one ends must be over
    ahead = [bisect_left(found, one.end, key=lambda quoted: quoted.span.start) for one in free]
    lone = [Quoted(one) for one, n in zip(free, ahead, strict=True) if n == 0 or found[n - 1].span.end <= one.start]
    return sorted([*found, *lone], key=lambda quoted: quoted.span)


def _unclosed(text: str, start: int, inner: list[Span], end: int) -> list[Quoted]:
    """A quotation without its closing mark: it ends where the next one begins a sentence, or with the paragraph."""
    said = _SPEAKER.search(text, start, inner[0].start if inner else end)
    if said is not None:
        return [Quoted(Span(start, said.start() + 1), closed=False), *(Quoted(one) for one in inner)]
    for number, span in enumerate(inner):
        before = text[start : span.start].rstrip()
        if before[-1:] in ".!?," and len(before) > 1:
            stop = start + len(before)
            return [Quoted(Span(start, stop), closed=False), *(Quoted(one) for one in inner[number:])]
    return [Quoted(Span(start, end), closed=False)]


def _opens(text: str, match: re.Match[str], paragraph: Span, *, inside: bool) -> bool:
    at, end = match.span()
    before = text[at - 1] if at > paragraph.start else " "
    after = text[end] if end < paragraph.end else " "
    free_before = before.isspace() or before in "([{—–-/‘'“"
    if match[0][0] in _OPENING:
        # a mark of the opening kind in a closing place, as in „so“ and in a typing error
        return not (inside and not free_before and (after.isspace() or not after.isalnum()))
    if match[0] in ("”", "»", "’’") and inside:
        return False
    return free_before and not after.isspace() if inside else free_before or (not after.isspace() and after.isalnum())
