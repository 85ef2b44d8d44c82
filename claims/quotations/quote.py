"""The quotation as the quoting text has it: fragments, what joins them, and whether the marks mean speech."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from itertools import pairwise

from claims.quotations.folding import DASH, ELLIPSIS, MARK, STOP, Folded, fold, is_word
from claims.quotations.words import SPEECH, keeps_distance, listed, stem

#: up to so many words in marks may be distance, a title or a nickname
FEW_WORDS = 3
SENTENCE_TOKENS_MAX = 300  # what is longer is no sentence, and halves are not looked for in it
#: an attribution between two halves of a quotation is not longer
BETWEEN_HALVES_MAX = 12

LEADING_TOKENS, FOLLOWING_TOKENS = 7, 7  # how far from the marks a word of speech belongs to them
_DETERMINERS = listed("the a an his her its their our my your this that these those such some no any every")
_EDGES = frozenset((MARK, STOP, DASH))
_SIGNS = "\"“”„«»'‘’‚‹›"
_DOUBLE = '"“”„«»'
#: an insertion or a replacement, with the word that it is part of; not the bracketed first letter of a word
_BRACKETS = re.compile(r"(?<![^\W_])(?!\[\w\]\w)[^\W_]*\[(?!\s*(?:sic|\.|…))[^\[\]]*\][^\W_]*", re.IGNORECASE)
_HALVES = re.compile(
    rf"(?<=[\w.,!?…])(?P<close>[{_SIGNS}])(?P<between>[ ,.;:–—-][^\n{_DOUBLE}]{{1,120}}?[ ,:])"
    rf"(?P<open>[{_SIGNS}])(?=[\w\[…])"
)


class Join(Enum):
    """What stands between two fragments."""

    ELLIPSIS = "ellipsis"
    ATTRIBUTION = "attribution"


class Marks(Enum):
    """What the marks in the quoting sentence mean."""

    SPEECH = "speech"
    NONE = "none"  # the words stand there without marks
    NO_SPEECH = "no_speech"  # distance, a title, a nickname


@dataclass(frozen=True, slots=True)
class Fragment:
    """One run of the quotation; token numbers in ``Quote.folded``."""

    first: int
    last: int

    def words(self, folded: Folded) -> tuple[str, ...]:
        """Its folded words and signs."""
        return folded.words[self.first : self.last]


@dataclass(frozen=True)
class Quote:
    """A quotation, folded and taken apart."""

    folded: Folded
    fragments: tuple[Fragment, ...]
    joins: tuple[Join, ...]  #: one fewer than fragments
    tail: bool  #: ends with an ellipsis
    marks: Marks

    @cached_property
    def runs(self) -> tuple[tuple[str, ...], ...]:
        """All its words in one run; a second way where its paragraphs may repeat the opening mark."""
        words = self.whole.words(self.folded)
        again = fold(self.folded.span(self.whole.first, self.whole.last).of(self.folded.text), inside=True).words
        return (words,) if words == again else (words, again)

    @cached_property
    def unbracketed(self) -> "Quote | None":
        """The same with what stands in square brackets left out; None where nothing does."""
        text = _BRACKETS.sub(" … ", self.folded.text)
        return parse(text) if text != self.folded.text else None

    @property
    def size(self) -> int:
        """How many words it has."""
        return sum(is_word(word) for fragment in self.fragments for word in fragment.words(self.folded))

    @property
    def edges(self) -> tuple[str, str]:
        """Marks and stops before the first and after the last word; none where an ellipsis stands there."""
        text, whole = self.folded.text, self.folded.span(self.whole.first, self.whole.last)
        before, after = text[: whole.start].strip(), text[whole.end :].strip()
        free = ["" if "…" in edge or ".." in edge or " " in edge else edge for edge in (before, after)]
        return free[0], free[1]

    @property
    def whole(self) -> Fragment:
        """All from the first to the last fragment, with what stands between."""
        return Fragment(self.fragments[0].first, self.fragments[-1].last)


def parse(quote: str, sentence: str = "") -> Quote | None:
    """Take the quotation apart; None where no word is in it.

    ``sentence`` is the sentence that quotes: it tells two halves around an attribution, and what the marks mean.
    """
    text = _without_outer_marks(quote)
    folded = fold(text)
    cuts = _halves(text, folded) or _halves_in(folded, sentence)
    fragments: list[Fragment] = []
    joins: list[Join] = []
    first, join = 0, Join.ELLIPSIS
    stops = [(number, number + 1, Join.ELLIPSIS) for number, word in enumerate(folded.words) if word == ELLIPSIS]
    for start, end, kind in sorted([*stops, *((a, b, Join.ATTRIBUTION) for a, b in cuts)], key=lambda stop: stop[0]):
        if start < first:
            continue
        _add(fragments, joins, _trimmed(folded, first, start), join)
        first, join = end, kind
    _add(fragments, joins, _trimmed(folded, first, len(folded.words)), join)
    if not fragments:
        return None
    tail = ELLIPSIS in folded.words[fragments[-1].last :]
    size = sum(is_word(word) for fragment in fragments for word in fragment.words(folded))
    return Quote(folded, tuple(fragments), tuple(joins), tail, _meaning(folded, fragments, sentence, size))


def _without_outer_marks(quote: str) -> str:
    text = quote.strip()
    if len(text) > 1 and text[0] in _SIGNS and text[-1] in _SIGNS:
        return text[1:-1].strip()
    return text


def _trimmed(folded: Folded, first: int, last: int) -> Fragment | None:
    """The fragment without marks and stops at its ends; None where no word is left."""
    while first < last and folded.words[first] in _EDGES:
        first += 1
    while last > first and folded.words[last - 1] in _EDGES:
        last -= 1
    return Fragment(first, last) if any(map(is_word, folded.words[first:last])) else None


def _add(fragments: list[Fragment], joins: list[Join], fragment: Fragment | None, join: Join) -> None:
    if fragment and fragments:
        joins.append(join)
    if fragment:
        fragments.append(fragment)


def _halves(text: str, folded: Folded) -> list[tuple[int, int]]:
    """Attributions inside the quotation: X," she said, "Y. As token numbers."""
    found = []
    for match in _HALVES.finditer(text):
        if text[: match.start()].count(match["close"]) and text[: match.start()].rstrip()[-1:] not in ".,!?…":
            continue  # an inner quotation opened before
        between = [word for word in fold(match["between"]).words if is_word(word)]
        if len(between) <= BETWEEN_HALVES_MAX and SPEECH.intersection(word.lower() for word in between):
            found.append((folded.token_at(match.start()), folded.token_at(match.end() - 1) + 1))
    return found


def _halves_in(folded: Folded, sentence: str) -> list[tuple[int, int]]:
    """Halves that stand joined in the quotation and apart in the quoting sentence."""
    quoting = fold(sentence)
    if not sentence or len(quoting.words) > SENTENCE_TOKENS_MAX or quoting.runs(folded.words):
        return []
    marks = [number for number, word in enumerate(quoting.words) if word == MARK]
    for close, opening in pairwise(marks):
        before, after = quoting.words[:close], quoting.words[opening + 1 :]
        for cut in range(1, len(folded.words)):
            head, rest = folded.words[:cut], folded.words[cut:]
            if before[-len(head) :] == head and after[: len(rest)] == rest:
                return [(cut, cut)]
    return []


def _meaning(folded: Folded, fragments: Sequence[Fragment], sentence: str, size: int) -> Marks:
    """What the marks mean, by the quoting sentence; without one they mean speech."""
    quoting = fold(sentence)
    words = fragments[0].words(folded)
    places = quoting.runs(words)
    if not places:
        return Marks.SPEECH
    marked = [first for first in places if _in_marks(quoting, first, first + len(words))]
    if not marked:
        return Marks.NONE
    place = _Place(sentence, quoting, marked[0], marked[0] + len(words))
    if size > FEW_WORDS:
        unspoken = _is_title(words) and (keeps_distance(place.before) or not place.spoken_here())
    else:
        unspoken = keeps_distance(place.before) or place.is_nickname() or not place.has_speaker(_is_title(words))
    return Marks.NO_SPEECH if unspoken else Marks.SPEECH


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the quoting sentence the words stand in marks; token numbers."""

    sentence: str
    quoting: Folded
    first: int
    last: int

    @property
    def before(self) -> str:
        return self.sentence[: self.quoting.starts[self.first]].rstrip(_SIGNS + " ")

    def spoken_here(self) -> bool:
        """Whether a word of speech leads up to the marks or follows them at once."""
        leading = self.quoting.words[max(0, self.first - LEADING_TOKENS) : self.first]
        following = self.quoting.words[self.last : self.last + FOLLOWING_TOKENS]
        return bool(SPEECH.intersection(word.lower() for word in (*leading, *following)))

    def has_speaker(self, is_title: bool) -> bool:
        """Whether somebody says the words, and not only something about the thing that they name: the "experts"."""
        leading = [word.lower() for word in self.quoting.words[: self.first] if word != MARK]
        if self.spoken_here():
            return True
        named = is_title or (bool(leading) and leading[-1] in _DETERMINERS) or not leading
        return not named and bool(SPEECH.intersection(word.lower() for word in self.quoting.words))

    def is_nickname(self) -> bool:
        """Between a first and a last name: John "Lefty" Smith."""
        name = self.before.rsplit(" ", 1)[-1]
        rest = self.sentence[self.quoting.ends[self.last - 1] :]
        after = rest.lstrip(_SIGNS + " ")
        return rest[:1] in _SIGNS and name[:1].isupper() and after[:1].isupper() and name[-1:].isalnum()


def _in_marks(quoting: Folded, first: int, last: int) -> bool:
    before = quoting.words[:first].count(MARK)
    return before > 0 and (MARK in quoting.words[last:] or quoting.words[first - 1] == MARK)


def _is_title(words: Sequence[str]) -> bool:
    named = [word for word in words if stem(word)]
    return bool(named) and all(word[0].isupper() or word[0].isdigit() for word in named)
