"""Two outlets give days, months or years for the same thing that can't both be meant."""

import re
from collections.abc import Iterator

from claims.checks.sides import difference, label, near, pairs, quoted
from claims.comparison import Difference, DifferenceKind
from claims.dates import When
from claims.grouping import Group
from claims.statements import Claim
from claims.terms import GENERAL, terms
from claims.types import Span

#: times are for the same thing only if so many content words near each are the same
REACH = 8
WORDS_MIN = 2
#: and two of these are no names, or one that is rarer than the words of everyday news (1.6): the same people do one
#: thing on one day and another on the next. A period of years ("1967 to 1979") is telling by itself
RARITY_MIN = 3.0
#: a range of more days than this ("2014" has 365) is set only against another year
MONTH_DAYS = 31
YEAR_DAYS = 366
_LASTING = frozenset(("to", "through", "until", "till", "-", "–", "and"))
_RELATIVE = re.compile(r"\b(?:before|after)\b|(?:days?|weeks?|months?|years?) (?:earlier|later)")
_FROM_NOW = re.compile(r"(?:earlier |later )?(?:this|last|next)\b")
#: the day on which words go out is not the day on which they were said: "in an interview to air Tuesday"
_GOING_OUT = re.compile(r"\bto (?:air|run|appear|be (?:aired|shown|broadcast|published|released)) (?:\w+ )?$")


def days(group: Group) -> Iterator[Difference]:
    """A day within the other's month is no difference, nor a time that only one gives.

    As with numbers, what both have is taken out first; one time must be left on each side, or one two weekdays, months
    or years that can be for one thing.
    """
    for one, two in pairs(group):
        left = _whole(one, [when for when in one.times if not any(_overlap(when, other) for other in two.times)])
        right = _whole(two, [when for when in two.times if not any(_overlap(when, other) for other in one.times)])
        single = len(left) == len(right) == 1
        apart = [
            (mine, theirs)
            for mine in left
            for theirs in right
            if (single or _form(mine) == _form(theirs)) and _against(one, mine, two, theirs)
        ]
        if len(apart) == 1:
            mine, theirs = apart[0]
            yield difference(
                DifferenceKind.DATE,
                (one, mine.span),
                (two, theirs.span),
                strength=0.6,
                reason=f"{label(one)} gives the time {quoted(one, mine.span)}, "
                f"{label(two)} {quoted(two, theirs.span)}.",
            )


def _form(when: When) -> str:
    """How a time is told: by the day, week, month or year, or by its date."""
    last = when.text.casefold().replace(".", "").split()[-1]
    return next((form for form in ("day", "week", "month", "year") if last.endswith(form)), "")


def _whole(claim: Claim, left: list[When]) -> list[When]:
    """Two times with a word of duration between them ("1967 to 1979") as one, from the first day to the last."""
    if len(left) == 2 and left[0].span.end < left[1].span.start:
        between = claim.article.text[left[0].span.end : left[1].span.start].strip().casefold()
        if between in _LASTING and left[0].last < left[1].first:
            span = Span(left[0].span.start, left[1].span.end)
            return [When(span, span.of(claim.article.text), left[0].first, left[1].last)]
    return left


def _overlap(one: When, two: When) -> bool:
    return one.first <= two.last and two.first <= one.last


def _says(claim: Claim, when: When) -> str:
    """The words for it: the same weekday in both is one day, told in texts of two weeks."""
    return when.span.of(claim.article.text).casefold()


def _against(one: Claim, mine: When, two: Claim, theirs: When) -> bool:
    if _says(one, mine) == _says(two, theirs):
        return False
    told_from_now = all(_FROM_NOW.match(_says(claim, when)) for claim, when in ((one, mine), (two, theirs)))
    if _form(mine) != _form(theirs) and mine.days != theirs.days and not told_from_now:
        return False  # the year of one thing and the day of another
    if (mine.days > MONTH_DAYS) != (theirs.days > MONTH_DAYS) and not told_from_now:
        return False
    sides = ((one, mine), (two, theirs))
    if any(_GOING_OUT.search(claim.article.text, claim.span.start, when.span.start) for claim, when in sides):
        return False
    if _RELATIVE.search(_says(one, mine)) or _RELATIVE.search(_says(two, theirs)):
        return False  # earlier than what is not known here
    named = {term for claim in (one, two) for name in claim.names for term in terms(name.text)}
    shared = near(one, mine.span, REACH) & near(two, theirs.span, REACH)
    told = shared - named
    periods = all(len(_says(claim, when).split()) > 2 and when.days > YEAR_DAYS for claim, when in sides)
    telling = periods or any(GENERAL.rarity(term) >= RARITY_MIN for term in told)
    return len(told) >= WORDS_MIN or (len(shared) >= WORDS_MIN and telling)
