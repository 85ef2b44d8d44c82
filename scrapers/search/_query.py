"""Search terms -> the query that search services get."""

import re

from claims.types import SearchTerms

# Measured on the 50 public events of three articles: querying with one of them, both others are among the first 25
# results for all 150 articles with these numbers and the window of seven days (98 % without a window).
NAMES_ASKED = 5  # names whose words are asked for
NAME_WORDS_MAX = 7
WORDS_MAX = 8
LETTERS_MIN = 3  # GDELT refuses shorter words


def query(terms: SearchTerms, *, joined: str = " ") -> str:
    """One of the name words and one of the telling words must stand in an article: "(mattis OR syria) (resign OR ...)".

    ``joined`` is what the service writes between two groups that are both wanted. Empty where there is nothing to ask.
    """
    names = _words(" ".join(terms.names[:NAMES_ASKED]))[:NAME_WORDS_MAX]
    telling = _words(" ".join(terms.words))[:WORDS_MAX] or _words(terms.title)[:WORDS_MAX]
    return joined.join(_any_of(group) for group in (names, telling) if group)


def asked_words(terms: SearchTerms) -> frozenset[str]:
    """The words of the query, lower case: an article that shares none of them is not looked at."""
    return frozenset(_words(f"{' '.join(terms.names[:NAMES_ASKED])} {' '.join(terms.words)} {terms.title}"))


def headline_key(title: str) -> str:
    """What two spellings of one headline have in common: its words."""
    return " ".join(re.findall(r"[^\W_]+", title.casefold()))


def _words(text: str) -> list[str]:
    found = (word.casefold() for word in re.findall(r"[^\W_]+", text))
    return list(dict.fromkeys(word for word in found if len(word) >= LETTERS_MIN))


def _any_of(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"({' OR '.join(words)})"
