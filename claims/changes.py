"""What an outlet changed between two held versions of one article, and whether the later one says so."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from claims.comparison import Cell, Change
from claims.types import Article, Held

#: words by which outlets own up to a change; one counts when the later version has more of them than the earlier
MARKS = re.compile(
    r"\b(?:corrections?|corrected|clarifications?|editor['’]s note|updates?|updated|refiles?|amended|"
    r"(?:an )?earlier version of this)\b",
    re.IGNORECASE,
)
TYPOGRAPHY = str.maketrans("‘’“”–—\u00a0", "''\"\"-- ")
WORD = re.compile(r"\S+")


def changes(versions: Sequence[Article]) -> tuple[Change, ...]:
    """The changes from each version to the next one that differs; ``versions`` of one address, oldest first.

    Only texts held in full are set against each other: a part or a headline differs for want of the rest.
    """
    held = [article for article in versions if article.held is Held.FULL and article.text]
    return tuple(_change(earlier, later) for earlier, later in pairwise(held) if earlier.text != later.text)


def overtaken(cells: Iterable[Cell], now: Mapping[str, Article]) -> tuple[Cell, ...]:
    """The cells of an answer whose words stand no more in what their articles say now; ``now``: latest by address.

    White space and typography that a page changes without changing a word do not count.
    """
    latest = {url: _folded(article.text) for url, article in now.items() if article.held is Held.FULL}
    return tuple(
        cell for cell in cells if cell.place.url in latest and _folded(cell.text) not in latest[cell.place.url]
    )


def _folded(text: str) -> str:
    return " ".join(text.translate(TYPOGRAPHY).split())


def _change(earlier: Article, later: Article) -> Change:
    return Change(
        url=later.url,
        from_version=earlier.version,
        to_version=later.version,
        marked=len(MARKS.findall(_whole(later))) > len(MARKS.findall(_whole(earlier))),
        spans=tuple(_spans(earlier.text, later.text)),
    )


def _spans(old: str, new: str) -> Iterator[tuple[int, int, str, str]]:
    """Start and end in the new text, the words that stood there, the words that stand there now."""
    before, after = list(WORD.finditer(old)), list(WORD.finditer(new))
    steps = Levenshtein.opcodes([word[0] for word in before], [word[0] for word in after])
    for step in steps:
        if step.tag != "equal":
            start, end = _reach(after, step.dest_start, step.dest_end, len(new))
            was_start, was_end = _reach(before, step.src_start, step.src_end, len(old))
            yield start, end, old[was_start:was_end], new[start:end]


def _reach(words: Sequence[re.Match[str]], first: int, last: int, size: int) -> tuple[int, int]:
    """Characters from the first word to the last; an empty place where there is none."""
    if first < last:
        return words[first].start(), words[last - 1].end()
    place = words[first].start() if first < len(words) else size
    return place, place


def _whole(article: Article) -> str:
    return "\n".join(part for part in (article.title, article.standfirst, article.text) if part)
