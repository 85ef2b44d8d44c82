"""Two outlets put the same thing in different places."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from claims.attribution.given_names import GIVEN_NAMES
from claims.checks.regions import REGIONS
from claims.checks.sides import difference, label, listed, near, pairs, quoted
from claims.common_words import FUNCTION_WORDS
from claims.comparison import Difference, DifferenceKind
from claims.grouping import Group
from claims.statements import Claim
from claims.terms import terms
from claims.types import Span

#: so many content words that are no names must be shared by the statements, and one stand within so many words of both
SHARED_MIN = 3
REACH = 4
_BEFORE = re.compile(
    r"\b(in|at|near|outside|from)\s+(?:the\s+(?:city|town|village|state|port)\s+of\s+)?$", re.IGNORECASE
)
_NEXT = re.compile(r"[\s]+([^\W\d_]+)")


#: after "in" or "at" these are bodies and times rather than places
_BODIES = listed(
    """congress parliament senate house commons assembly cabinet court council committee department ministry office
    government army navy police party union league cup games fund bank university college institute agency commission
    company group corp inc news times post journal network church god day week summit treaty act bill christmas easter
    ramadan english french german spanish arabic democrats republicans twitter facebook instagram youtube"""
)


@dataclass(frozen=True, slots=True)
class _Where:
    word: str  #: "in", "at"; empty for a name that stands before what it tells the place of ("the Norland meeting")
    span: Span
    name: str
    behind: str = ""  #: stem of the word before "in" or "at": what is told to be there


def places(group: Group) -> Iterator[Difference]:
    """Only where each side has one place that the other's whole text never names, told in the same way.

    A place within a country or state and that country or state are no two places, nor are a building and its town:
    a name of a region is set only against another, and "in" only against "in".
    """
    for one, two in pairs(group):
        named = {term for claim in (one, two) for name in claim.names for term in terms(name.text)}
        if len((set(one.terms) & set(two.terms)) - named) < SHARED_MIN:
            continue
        found = _apart(one, two, frozenset(named))
        if found is not None:
            mine, theirs = found
            yield difference(
                DifferenceKind.PLACE,
                (one, mine.span),
                (two, theirs.span),
                strength=0.55,
                reason=f"{label(one)} gives the place {quoted(one, mine.span)}, "
                f"{label(two)} {quoted(two, theirs.span)}.",
            )


def _apart(one: Claim, two: Claim, named: frozenset[str]) -> tuple[_Where, _Where] | None:
    """The one place of each side that the other's whole text never names; or its sentence, if one word leads to both.

    "Killed in Norwick" stands against "killed in Norland" even where a text tells of both places.
    """
    left = [place for place in _places(one) if not _mentions(two, place)]
    right = [place for place in _places(two) if not _mentions(one, place)]
    if len(left) == len(right) == 1 and _against(one, left[0], two, right[0], named):
        return left[0], right[0]
    behind = [
        (mine, theirs)
        for mine in _places(one)
        for theirs in _places(two)
        if mine.behind
        and mine.behind == theirs.behind
        and not _mentions(two, mine, two.sentence)
        and not _mentions(one, theirs, one.sentence)
        and _against(one, mine, two, theirs, named)
    ]
    return behind[0] if len(behind) == 1 else None


def _places(claim: Claim) -> Iterator[_Where]:
    text = claim.article.text
    for name in claim.names:
        words = name.text.casefold().replace(".", "").split()
        if words[0].capitalize() in GIVEN_NAMES or set(words) & _BODIES:
            continue
        before = _BEFORE.search(text, max(claim.span.start, name.span.start - 30), name.span.start)
        following = _NEXT.match(text, name.span.end, claim.span.end)
        runs_on = following is not None and following[1].islower() and following[1].casefold() not in FUNCTION_WORDS
        if before and not runs_on:
            last = claim.article.text[claim.span.start : before.start()].split()[-1:]
            told = terms(last[0]) if last and last[0].isalpha() and last[0].islower() else []
            yield _Where(before[1].lower(), name.span, " ".join(words), told[0] if told else "")
        elif runs_on and following and _article_before(text, claim, name.span) and " " not in name.text:
            yield _Where("", name.span, " ".join(words))


def _article_before(text: str, claim: Claim, span: Span) -> bool:
    return text[claim.span.start : span.start].casefold().endswith(("the ", " a ", " an "))


def _mentions(claim: Claim, place: _Where, within: Span | None = None) -> bool:
    text = within.of(claim.article.text) if within else claim.article.text
    return re.search(rf"\b{re.escape(place.name)}", text.casefold().replace(".", "")) is not None


def _against(one: Claim, mine: _Where, two: Claim, theirs: _Where, named: frozenset[str]) -> bool:
    if (mine.name in REGIONS) is not (theirs.name in REGIONS) or set(mine.name.split()) & set(theirs.name.split()):
        return False
    if not mine.word and not theirs.word:
        return False  # "the Norland meeting" beside "the Delta meeting": may be whose it is
    if mine.word != theirs.word and mine.word and theirs.word:
        return False
    return bool((near(one, mine.span, REACH) & near(two, theirs.span, REACH)) - named)
