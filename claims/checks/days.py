"""Two outlets give days, months or years for the same thing that can't both be meant."""

from collections.abc import Iterator

from claims.checks.sides import difference, label, near, pairs, quoted
from claims.comparison import Difference, DifferenceKind
from claims.dates import When
from claims.grouping import Group
from claims.statements import Claim
from claims.types import Span

#: times are for the same thing only if so many content words near each are the same
REACH = 8
WORDS_MIN = 2
#: a range of more days than this ("2014" has 365) is set only against another year
MONTH_DAYS = 31
_LASTING = frozenset(("to", "through", "until", "till", "-", "–", "and"))
_RELATIVE = frozenset(("earlier", "later", "before", "after"))


def days(group: Group) -> Iterator[Difference]:
    """A day within the other's month is no difference, nor a time that only one gives.

    As with numbers, what both have is taken out first, and one time must be left on each side.
    """
    for one, two in pairs(group):
        left = _whole(one, [when for when in one.times if not any(_overlap(when, other) for other in two.times)])
        right = _whole(two, [when for when in two.times if not any(_overlap(when, other) for other in one.times)])
        if (
            len(left) == len(right) == 1
            and _says(one, left[0]) != _says(two, right[0])
            and _same_thing(one, left[0], two, right[0])
        ):
            yield difference(
                DifferenceKind.DATE,
                (one, left[0].span),
                (two, right[0].span),
                strength=0.6,
                reason=f"{label(one)} gives the time {quoted(one, left[0].span)}, "
                f"{label(two)} {quoted(two, right[0].span)}.",
            )


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


def _same_thing(one: Claim, mine: When, two: Claim, theirs: When) -> bool:
    if (mine.days > MONTH_DAYS) != (theirs.days > MONTH_DAYS):
        return False
    if _RELATIVE & {*_says(one, mine).split(), *_says(two, theirs).split()}:
        return False  # earlier than what is not known here
    return len(near(one, mine.span, REACH) & near(two, theirs.span, REACH)) >= WORDS_MIN
