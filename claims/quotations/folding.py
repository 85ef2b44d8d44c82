"""Folding: what counts as the same words. Typography folds, words never do (docs/quotation-check.md, first table).

A text becomes a row of tokens, each with its place in the unchanged text, so every find points back to real
characters. Two texts say the same exactly if their tokens are equal; nothing else is compared anywhere.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from claims.quotations.words import language_of, listed, stem
from claims.text import paragraphs, sentences
from claims.types import Span

MARK = "'"  #: any quotation mark that is not an apostrophe inside a word
DASH = "-"  #: any dash or hyphen, with the blanks around it
ELLIPSIS = "…"  #: the sign, three dots, spaced dots, with or without brackets
STOP = "."  #: a full stop that ends a sentence; points of abbreviations are gone
ENDS = frozenset(".?!…。！？")

_MARKS = "'\"“”„‟«»‹›‘’‚‛`´′″ʼ〝〞〟「」『』＂＇"
_DASHES = "-‐‑‒–—―−⸺⸻﹘﹣－"
_SAME_LENGTH = str.maketrans(
    dict.fromkeys(_MARKS, MARK) | dict.fromkeys(_DASHES, DASH) | {"\u00a0": " ", "\u202f": " "}
)
_NOT_ASCII = re.compile(r"[\x00-\x7f]?[^\x00-\x7f]+")
_VARIATION = range(0xFE00, 0xFE10)
#: scripts written without blanks between words: each sign is a token, so that a part of a line can be quoted
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_LETTER = rf"[^\W{_UNSPACED}]"
_TOKEN = re.compile(
    rf"""
    (?P<short>(?:[^\W\d_]{{1,2}}\.)+[^\W\d_]{{1,2}}\b\.?)
    |(?P<word>(?:\d+(?:[.,]\d+)+{_LETTER}*|{_LETTER}+)(?:'{_LETTER}+)*)
    |(?P<letter>(?<!\w)\[[^\W\d_]\]{_LETTER}+(?:'{_LETTER}+)*)
    |(?P<mark>'+)
    |(?P<dash>-+)
    |(?P<ellipsis>[\[(]\s*\.(?:\s?\.){{2,}}\s*[\])]|\.(?:\s?\.){{2,}})
    |(?P<sic>\[\s*[sS][iI][cC]\s*\])
    |(?P<other>[^\s,،、，])
    """,
    re.VERBOSE,
)
_ABBREVIATIONS = listed(
    """mr mrs ms mx messrs dr prof hon rev fr sr jr st gov sen rep reps sens gen lt col sgt cpl capt cmdr maj adm pvt
    pres atty dist supt det insp amb asst dep vs inc corp co ltd bros etc approx jan feb mar apr jun jul aug sept sep
    oct nov dec ave blvd rd mt ft"""
)
_ABBREVIATION_BEFORE_NUMBER = frozenset(("no", "nos", "nr", "p", "pp", "art", "vol", "ch"))
_DOUBLE = '"“”„«»'
_SEPARATOR = "\x1f"
CLUSTER_MAX = 30  # signs that compose to one; Unicode's stream-safe form (UAX 15) has no more
#: so many finds of one run are looked at; a text that says the same words more often is no article
RUNS_MAX = 200


@dataclass(frozen=True)
class Folded:
    """A text and its tokens: folded words and signs, and where each stands in the unchanged text."""

    text: str
    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @cached_property
    def language(self) -> str | None:
        """ISO 639-1 code by the text's own words, None where they do not tell."""
        return language_of(self.text)

    @cached_property
    def stems(self) -> tuple[str | None, ...]:
        """For each token the stem of a content word, None for small words and signs."""
        return tuple(map(stem, self.words))

    @cached_property
    def _line(self) -> str:
        return _SEPARATOR + "".join(word + _SEPARATOR for word in self.words)

    @cached_property
    def _starts(self) -> list[int]:
        starts, at = [], 0
        for word in self.words:
            starts.append(at)
            at += len(word) + 1
        return starts

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        return [paragraph.start for paragraph in paragraphs(self.text)]

    @cached_property
    def _sentences(self) -> tuple[Span, ...]:
        return sentences(self.text)

    def runs(self, words: Sequence[str]) -> list[int]:
        """Where these words stand in one run (token numbers); the first letter may be small or capital."""
        if not words:
            return []
        found: set[int] = set()
        for variant in _first_letters(words):
            line = _SEPARATOR + _SEPARATOR.join(variant) + _SEPARATOR
            at = self._line.find(line)
            while at >= 0 and len(found) < RUNS_MAX:
                found.add(bisect_right(self._starts, at) - 1)
                at = self._line.find(line, at + 1)
        return sorted(found)

    def span(self, first: int, last: int) -> Span:
        """The unchanged characters from token ``first`` up to, not including, token ``last``."""
        return Span(self.starts[first], self.ends[last - 1])

    def paragraph(self, token: int) -> int:
        """Number of the paragraph that the token stands in."""
        return bisect_right(self._paragraph_starts, self.starts[token])

    def sentence(self, token: int) -> Span:
        """The sentence that the token stands in."""
        number = bisect_right(self._sentences, self.starts[token], key=lambda sentence: sentence.start) - 1
        return self._sentences[max(number, 0)]

    def token_at(self, offset: int) -> int:
        """Number of the first token that ends after this character."""
        return bisect_right(self.ends, offset)


def is_word(token: str) -> bool:
    """Whether letters or digits are in it: only these are counted as words."""
    return any(sign.isalnum() for sign in token)


def same_sign(one: str, other: str) -> bool:
    """Whether two single characters fold to the same."""
    return one.translate(_SAME_LENGTH) == other.translate(_SAME_LENGTH)


def fold(text: str, *, inside: bool = False) -> Folded:
    """The tokens of a text. Linear in its length. ``inside``: the text begins within a quotation."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    plain, places = _plain(text)
    carried = _carried_on(text, inside)
    for match in _TOKEN.finditer(plain):
        kind, word = match.lastgroup, match[0]
        start, end = match.span()
        if kind == "sic" or (kind == "mark" and places[start] in carried):
            continue
        if kind != "word":
            if word == STOP and _is_no_end(words, ends, plain, start, places[start]):
                continue
            word = _signs(kind, word)
        words.append(word)
        starts.append(places[start])
        ends.append(max(places[end], places[end - 1] + 1))
    return Folded(text, tuple(words), tuple(starts), tuple(ends))


def _first_letters(words: Sequence[str]) -> list[list[str]]:
    at = next((number for number, word in enumerate(words) if word[0].isalpha()), 0)
    first = words[at]
    heads = dict.fromkeys((first, first[0].upper() + first[1:], first[0].lower() + first[1:]))
    return [[*words[:at], head, *words[at + 1 :]] for head in heads]


def _plain(text: str) -> tuple[str, Sequence[int]]:
    """Compatibility form without invisible signs, and for each of its characters the place in the text."""
    signs = text.translate(_SAME_LENGTH)
    if signs.isascii():
        return signs, range(len(signs) + 1)
    pieces: list[str] = []
    places: list[int] = []
    after = 0
    for part in _NOT_ASCII.finditer(signs):
        pieces.append(signs[after : part.start()])
        places.extend(range(after, part.start()))
        for piece, place in _compatible(part[0], part.start()):
            pieces.append(piece)
            places.extend([place] * len(piece))
        after = part.end()
    pieces.append(signs[after:])
    places.extend(range(after, len(signs) + 1))
    return "".join(pieces), places


def _compatible(part: str, offset: int) -> Iterator[tuple[str, int]]:
    """The part in compatibility form, cut where nothing composes across the cut."""
    cluster, start = "", offset
    for number, sign in enumerate(part, start=offset):
        if unicodedata.category(sign) == "Cf" or ord(sign) in _VARIATION:
            continue
        alone = unicodedata.normalize("NFKC", sign)
        together = unicodedata.normalize("NFKC", cluster + sign)
        if 0 < len(cluster) < CLUSTER_MAX and (
            unicodedata.combining(sign) or together != unicodedata.normalize("NFKC", cluster) + alone
        ):
            cluster += sign
            continue
        if cluster:
            yield _settled(cluster), start
        cluster, start = sign, number
    if cluster:
        yield _settled(cluster), start


def _settled(cluster: str) -> str:
    return unicodedata.normalize("NFKC", cluster).translate(_SAME_LENGTH)


def _signs(kind: str | None, found: str) -> str:
    if kind in ("mark", "dash"):
        return found[0]
    if kind == "ellipsis":
        return ELLIPSIS
    if kind == "short":
        return found.replace(".", "")
    return found[1] + found[3:] if kind == "letter" else found


def _is_no_end(words: Sequence[str], ends: Sequence[int], plain: str, at: int, place: int) -> bool:
    """Whether this point belongs to an abbreviation, or stands at a quotation mark where house style may move it."""
    if plain[at + 1 : at + 2] == MARK or plain[at - 1 : at] == MARK:
        return True
    if not words or ends[-1] != place or not words[-1].isalpha():
        return False
    before = words[-1]
    initials = len(before) == 1 or (before.isupper() and len(before) <= 5)
    number = before.lower() in _ABBREVIATION_BEFORE_NUMBER and plain[at + 1 : at + 3].strip().isdigit()
    return initials or number or before.lower() in _ABBREVIATIONS


def _carried_on(text: str, inside: bool) -> frozenset[int]:
    """Marks that only repeat, at the head of a paragraph, that the quotation of the paragraph before goes on."""
    found: set[int] = set()
    open_before = False
    within = inside  # no mark yet: the state at the beginning holds
    for paragraph in paragraphs(text) if "\n" in text else ():
        body = paragraph.of(text)
        if (open_before or within) and body[0] in _DOUBLE and paragraph.start > 0:
            found.add(paragraph.start)
        last = max(map(body.rfind, _DOUBLE))
        within = within and last < 0
        open_before = last >= 0 and (last == 0 or not (body[last - 1].isalnum() or body[last - 1] in ".,!?…"))
    return frozenset(found)
