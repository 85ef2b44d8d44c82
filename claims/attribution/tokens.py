"""Tokens of one sentence; a quotation that is more than a scare quote is one token."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import islice

from claims.attribution.lexicon import (
    ADVERBS_IN_CUE,
    AUXILIARIES,
    DAYS,
    DETERMINERS,
    NO_ADVERBS,
    NOUN_LIKE,
    PREPOSITIONS,
    SAYS,
    SMALL,
    THINKS,
    VERBS,
)
from claims.attribution.marks import Quoted
from claims.types import Span

#: shorter quotations are words in marks ("the so-called 'deep state'") unless a comma or a stop ends them
QUOTATION_MIN_WORDS = 4

HEADLINE_MIN_WORDS = 5

#: a longer sentence is read in pieces, since every cue looks along all of its line: six of the 28,000 sentences of the
#: training articles are longer
LINE_MAX_TOKENS = 100

Range = tuple[int, int]  #: numbers of tokens, half open

_TOKEN = re.compile(
    r"(?:(?<!\w)(?:Mrs?|Ms|Dr|Sen|Reps?|Gov|Gen|Lt|Col|Sgt|Capt|Prof|Rev|Hon|St|Jr|Sr|Maj|Adm|[A-Z])\.(?=[ \u00a0,]))|"
    r"(?<!\w)(?:I|[Ww]e|[Yy]ou|[Hh]e|[Ss]he|[Tt]hey|[Ii]t|[Ww]ho|[Tt]hat|[Tt]here)(?=['’](?:re|ve|ll|d|s|m)\b)|"
    r"['’](?:re|ve|ll|d|s|m)\b|(?<!\w)\d{1,3}(?:,\d{3})+(?!\w)|(?<!\w)\d{1,2}[:.]\d{2}(?!\w)|(?:[^\W_]\.){2,}|[^\W_]+(?:[.'’\-‑/&][^\W_]+)*(?:['’](?!\w))?|\.{3}|…|--|[^\w\s]|_"
)
_WORD = re.compile(r"[^\W_]+")
_LARGE_WITHIN = re.compile(r"(?<![\w’'-])[a-z]+,? ([A-Z][a-z][\w’'-]*)")
_SMALL_WORD = re.compile(r"(?<![\w’'-])[a-z][\w’'-]*")
_LAST_WORD = re.compile(r"(\w+)[,:]?\s$")
_IN_HEADLINES = (VERBS - NOUN_LIKE) | {"claims", "hopes"} | SMALL | AUXILIARIES | PREPOSITIONS | DETERMINERS
_CLOSING = {"“": "”", '"': '"', "‘": "’"}
_PAUSE = frozenset(",;—–―")


class Kind(Enum):
    """What a token is."""

    WORD = "word"
    NAME = "name"  # begins with a capital, and not only because it begins the sentence
    MARK = "mark"
    QUOTATION = "quotation"


@dataclass(frozen=True, slots=True)
class Token:
    """One word, mark or whole quotation."""

    span: Span
    text: str
    kind: Kind
    low: str = ""
    ends_with_comma: bool = False  #: a quotation whose last mark within is a comma

    @property
    def is_quotation(self) -> bool:
        """Whether it stands for a whole quotation."""
        return self.kind is Kind.QUOTATION

    @property
    def is_mark(self) -> bool:
        """Whether it is a mark of punctuation."""
        return self.kind is Kind.MARK

    @property
    def is_name(self) -> bool:
        """Whether it is a word of a name."""
        return self.kind is Kind.NAME

    @property
    def owns(self) -> bool:
        """Whether it is a genitive: "Trump's"."""
        return self.text.endswith(("'s", "’s", "s'", "s’"))

    @property
    def pauses(self) -> bool:
        """Whether it is a comma, semicolon or dash."""
        return self.kind is Kind.MARK and self.text in _PAUSE

    @property
    def supports_verb(self) -> bool:
        """Whether it may stand between a subject and its verb: "has", "also", "repeatedly"."""
        if self.kind is not Kind.WORD:
            return False
        adverb = self.low.endswith("ly") and len(self.low) > 4 and self.text.islower() and self.low not in NO_ADVERBS
        return adverb or self.low in AUXILIARIES or self.low in ADVERBS_IN_CUE


_NONE = Token(Span(0, 1), "", Kind.MARK)


class Line:
    """The tokens of one sentence. A number outside of it gives a mark without text, so that rules need not look."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens

    def __len__(self) -> int:
        return len(self._tokens)

    def __getitem__(self, number: int) -> Token:
        return self._tokens[number] if 0 <= number < len(self._tokens) else _NONE

    def lows(self, start: int, end: int) -> list[str]:
        """The words of a range in lower case."""
        return [self[number].low for number in range(max(start, 0), min(end, len(self)))]

    def span(self, part: Range) -> Span:
        """A range as a span of the text."""
        return Span(self[part[0]].span.start, self[part[1] - 1].span.end)

    def trimmed(self, part: Range) -> Range | None:
        """A range without the marks at its ends; None if nothing is left."""
        start, end = part
        while start < end and self[start].is_mark and self[start].text not in "([$€£#@":
            if self[start].text in _CLOSING and self._closes((start + 1, end), _CLOSING[self[start].text]):
                break
            start += 1
        while end > start and self[end - 1].is_mark and self[end - 1].text not in ")]%":
            if any(
                close == self[end - 1].text and self._opens((start, end - 1), mark) for mark, close in _CLOSING.items()
            ):
                break
            end -= 1
        return (start, end) if start < end else None

    def _closes(self, part: Range, mark: str) -> bool:
        """Whether words in marks that open right before the range close within it."""
        return any(self[number].text == mark for number in range(*part))

    def _opens(self, part: Range, mark: str) -> bool:
        """Whether words in marks that close right behind the range open within it."""
        marks = [self[number].text for number in range(*part)]
        close = _CLOSING[mark]
        return marks.count(mark) % 2 == 1 if close == mark else marks.count(mark) > marks.count(close)

    def quotation_ends(self, at: int) -> bool:
        """Whether a quotation ends right before token ``at``, or before the pause there."""
        return self[at - 1].is_quotation or (self[at - 1].pauses and self[at - 2].is_quotation)

    def is_finite(self, at: int) -> bool:
        """Whether the token is a form of a verb that makes a clause: an auxiliary, or a past form that none leads."""
        token, left = self[at], self[at - 1]
        if token.is_name or token.is_mark or token.is_quotation:
            return False
        if token.low in AUXILIARIES:
            return left.low not in AUXILIARIES
        past = token.low.endswith("ed") and len(token.low) > 4
        return past and left.low not in AUXILIARIES | DETERMINERS | PREPOSITIONS and not left.low.endswith("ly")

    def has_verb(self, part: Range) -> bool:
        """Whether a finite verb stands in the range."""
        return any(self.is_finite(number) for number in range(*part))

    def has_quotation(self, part: Range) -> bool:
        """Whether a quotation stands in the range."""
        return any(self[number].is_quotation for number in range(*part))

    @property
    def is_bare(self) -> bool:
        """Whether it is nothing but quotation."""
        return len(self) > 0 and all(token.is_quotation or token.is_mark for token in self._tokens)

    @property
    def quotations(self) -> list[Span]:
        """The spans of its quotations."""
        return [token.span for token in self._tokens if token.is_quotation]


def names_within(text: str) -> frozenset[str]:
    """Words that are written large within sentences and never small: at the head of a sentence they are names too."""
    large = {match[1] for match in _LARGE_WITHIN.finditer(text)}
    small = set(_SMALL_WORD.findall(text))
    return frozenset(word for word in large if word.lower() not in small | DAYS | SMALL | SAYS)


def lines(text: str, unit: Span, quotations: Sequence[Quoted], names: frozenset[str] = frozenset()) -> list[Line]:
    """The tokens of one unit, whose quotations are given: one line, several only where the unit is no sentence.

    ``names`` are words that are names even where they begin the unit.
    """
    found: list[Token] = []
    at = unit.start
    for quoted in quotations:
        if is_quotation(text, quoted) or _is_spoken(text, unit, quoted):
            found.extend(_plain(text, at, quoted.span.start, first=not found))
            comma = text[quoted.span.start : quoted.span.end].rstrip("\"”'’»“")[-1:] == ","
            found.append(Token(quoted.span, "", Kind.QUOTATION, ends_with_comma=comma))
            at = quoted.span.end
    found.extend(_plain(text, at, unit.end, first=not found))
    if found and found[0].kind is Kind.WORD and found[0].text in names:
        found[0] = replace(found[0], kind=Kind.NAME)
    found = _lowered(found) if _is_headline(found) else found
    return [Line(found[first : first + LINE_MAX_TOKENS]) for first in range(0, len(found), LINE_MAX_TOKENS)]


def _is_headline(tokens: Sequence[Token]) -> bool:
    """Whether nearly every word is written large, so that a capital shows no name."""
    words = [token for token in tokens if token.text[:1].isalpha()]
    large = sum(token.text[0].isupper() for token in words)
    return len(words) >= HEADLINE_MIN_WORDS and large >= 0.7 * len(words)


def _lowered(tokens: Sequence[Token]) -> list[Token]:
    """The tokens of a headline: its verbs and small words are no names."""
    return [
        replace(token, kind=Kind.WORD)
        if token.is_name and token.low in _IN_HEADLINES and not (token.low == "one" and left.is_name)  # "Channel One"
        else token
        for left, token in zip((_NONE, *tokens), tokens, strict=False)
    ]


def is_quotation(text: str, quoted: Quoted) -> bool:
    """Whether words in marks are a quotation and no scare quote, title or nickname."""
    words = sum(1 for _ in islice(_WORD.finditer(text, quoted.span.start, quoted.span.end), QUOTATION_MIN_WORDS))
    if words >= QUOTATION_MIN_WORDS:
        return True
    inside = text[quoted.span.start + 1 : quoted.span.end - (1 if quoted.closed else 0)].rstrip("'’")
    return words > 0 and inside[-1:] in ",.!?…—"


def _is_spoken(text: str, unit: Span, quoted: Quoted) -> bool:
    """Whether a verb of speaking stands right before words in marks: "he said “no”"."""
    before = _LAST_WORD.search(text, max(unit.start, quoted.span.start - 20), quoted.span.start)
    words = _WORD.search(text, quoted.span.start, quoted.span.end)
    return words is not None and before is not None and before[1].lower() in SAYS - THINKS


def _plain(text: str, start: int, end: int, *, first: bool) -> list[Token]:
    found: list[Token] = []
    for match in _TOKEN.finditer(text, start, end):
        words = match[0]
        if not (words[0].isalnum() or words[0] in "'’"):
            kind = Kind.MARK
        elif words[0].isupper() and not (first and not found and not _is_name(words)) and words.lower() not in DAYS:
            kind = Kind.WORD if words == "I" else Kind.NAME
        else:
            kind = Kind.WORD
        found.append(Token(Span(*match.span()), words, kind, words.lower()))
    if first and len(found) > 1 and found[0].kind is Kind.WORD and found[0].text[0].isupper():
        head = found[0]
        # a first word before a name, and none of the small words, is most likely the first part of that name
        if found[1].is_name and head.low not in AUXILIARIES | SMALL | (SAYS - NOUN_LIKE):
            found[0] = Token(head.span, head.text, Kind.NAME, head.low)
    return found


def _is_name(word: str) -> bool:
    return (len(word) > 1 and word.isupper()) or any(character.isupper() for character in word[1:])
