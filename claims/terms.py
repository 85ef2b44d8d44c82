"""The telling parts of a text: word stems with their rarity, and names. Numbers and days: ``claims.quantities``.

A *term* is a word stem. Function words are never terms; words of everyday news weigh little (``claims.common_words``).
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from math import log

from snowballstemmer.english_stemmer import EnglishStemmer

from claims.common_words import FUNCTION_WORDS, NEWS_WORDS
from claims.types import Span

#: what is assumed before any text is counted, in documents out of ``_PRIOR_DOCUMENTS``: an everyday news word stands in
#: a fifth of all news texts, any other word in one of five hundred
_PRIOR_DOCUMENTS = 500.0
_PRIOR_NEWS_WORD = 100.0
_PRIOR_OTHER_WORD = 1.0

_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?(?:[.,]\d+)*", re.UNICODE)
_INITIALS = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_POSSESSIVE = re.compile(r"['’]s?$")
_stemmer = EnglishStemmer()


def _listed(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_WORD_OR_INITIALS = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:[-'’][^\W_]+)*\.?")
#: stand before a name and are no part of it
_TITLES = _listed(
    """mr mrs ms dr sir lord lady rep reps sen sens gov gen col lt sgt capt prof rev hon representative senator
    president vice governor mayor secretary justice judge chancellor minister prime king queen prince princess
    pope speaker attorney general leader chairman chairwoman ambassador congressman congresswoman director
    officer chief majority minority republican democrat democratic herr frau monsieur madame former"""
)
#: after one of these a title is part of an organisation's name: "Justice Department", "General Assembly"
_ORGANISATION = _listed(
    """department committee party assembly office council national electric motors accounting conference caucus
    association club news house senate court"""
)
_INSIDE = _listed("of for de del della di da du la le van von der den al bin ibn")
_NO_NAME = _listed(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december jan feb mar apr jun jul aug sept sep oct nov dec i a.m p.m"""
)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The word's stem: lower case, without possessive and ending; as it is where it holds a digit."""
    folded = _POSSESSIVE.sub("", word.casefold())
    return folded if any(map(str.isdigit, folded)) else _stemmer.stemWord(folded)


_NEWS_STEMS = frozenset(map(stem, NEWS_WORDS))


def tokens(text: str) -> list[str]:
    """The words in lower case, function words included, "U.S." and "N.R.A." as one word without points."""
    joined = _INITIALS.sub(lambda found: found[0].replace(".", "") + " ", text)
    return [_POSSESSIVE.sub("", word.casefold()) for word in _WORD.findall(joined)]


def terms(text: str) -> list[str]:
    """The stems of all words that carry content, in order, repeated as often as they occur."""
    return [stem(word) for word in tokens(text) if word not in FUNCTION_WORDS and (len(word) > 1 or word.isdigit())]


@dataclass(frozen=True, slots=True)
class Background:
    """In how many of some texts each term stands: what makes a term rare. Without texts: general knowledge only."""

    documents: int = 0
    frequency: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Background":
        """Counted over ``texts``, any order."""
        counts: Counter[str] = Counter()
        documents = 0
        for text in texts:
            counts.update(set(terms(text)))
            documents += 1
        return cls(documents, counts)

    def rarity(self, term: str) -> float:
        """Inverse document frequency, natural logarithm, above 0: about 6 for a rare word, 1.6 for an everyday one."""
        prior = _PRIOR_NEWS_WORD if term in _NEWS_STEMS else _PRIOR_OTHER_WORD
        return log((self.documents + _PRIOR_DOCUMENTS + 1) / (self.frequency.get(term, 0) + prior))


GENERAL = Background()


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a person, place or organisation where it stands in a text."""

    span: Span
    text: str  #: as written, without honorific
    key: str  #: what two mentions of one bearer share: the last word, folded ("Blake Farenthold", "Mr. Farenthold")


def names(text: str, within: Span | None = None) -> tuple[Name, ...]:
    """The names in order, by capital letters: English, and any language that writes only names with a capital.

    A lone capitalised word at the start of a sentence counts only where the part has it in mid-sentence too.
    """
    area = within or (Span(0, len(text)) if text else None)
    if area is None:
        return ()
    runs = list(_runs(text, area))
    inside = {_fold(span.of(text)) for span, begins in runs if not begins}
    found = []
    for span, begins in runs:
        written = span.of(text)
        lone = " " not in written and not _acronym(written)
        if not (begins and lone and _fold(written) not in inside):
            found.append(Name(span, written, _key(written)))
    return tuple(found)


def _runs(text: str, area: Span) -> Iterator[tuple[Span, bool]]:
    """Runs of capitalised words without titles, each with whether it begins a sentence."""
    words = [found.span() for found in _WORD_OR_INITIALS.finditer(text, area.start, area.end)]
    run: list[tuple[int, int]] = []
    for n, (start, end) in enumerate(words):
        word = text[start:end]
        following = text[slice(*words[n + 1])] if n + 1 < len(words) else ""
        if run and not _continues(text, run[-1][1], start):
            yield from _whole(text, run)
            run = []
        joins = bool(run) and following[:1].isupper() and _joins(word, len(run))
        if joins or _names_something(word, following):
            run.append((start, end))
        elif run:
            yield from _whole(text, run)
            run = []
    yield from _whole(text, run)


def _joins(word: str, before: int) -> bool:
    """Whether a small word or an initial goes on within a name: "Bank of England", not "John Boehner of Ohio"."""
    if word in _INSIDE:
        return word not in ("of", "for") or before == 1
    return len(word) == 2 and word[0].isupper() and word[1] == "."


def _names_something(word: str, following: str) -> bool:
    folded = _fold(word)
    if not word[:1].isupper() or folded in _NO_NAME or (folded in FUNCTION_WORDS and not _acronym(word)):
        return False
    return folded not in _TITLES or _fold(following) in _ORGANISATION


def _continues(text: str, end: int, start: int) -> bool:
    """Whether the gap between two words lets a name go on: one blank, and a point only behind initials."""
    gap = text[end:start]
    last = text[max(0, end - 3) : end]
    return gap == " " and (not last.endswith(".") or last[-2:-1].isupper())


def _whole(text: str, run: list[tuple[int, int]]) -> Iterator[tuple[Span, bool]]:
    while run and _fold(text[slice(*run[-1])]) in _INSIDE:
        run.pop()
    if run:
        start, end = run[0][0], run[-1][1]
        if text[end - 1] == "." and not _INITIALS.fullmatch(text, *run[-1]):
            end -= 1
        end -= len(text[start:end]) - len(_POSSESSIVE.sub("", text[start:end]))
        yield Span(start, end), _begins_sentence(text, start)


def _begins_sentence(text: str, at: int) -> bool:
    last = text[max(0, at - 20) : at].split()
    if last and _fold(last[-1]) in _TITLES:
        return False
    before = text[max(0, at - 4) : at].rstrip(" \"'“”‘’([—–-")
    return not before or before[-1] in ".!?:\n"


def _acronym(word: str) -> bool:
    letters = word.replace(".", "").replace("-", "")
    return len(letters) > 1 and letters.isupper()


def _fold(written: str) -> str:
    return _POSSESSIVE.sub("", written.casefold().strip(". "))


def _key(written: str) -> str:
    words = re.split(r" (?:of|for) ", _fold(written).replace(".", ""))[0].split()
    return stem(words[-1])
