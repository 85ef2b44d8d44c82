"""Two outlets give numbers for the same thing that can't both be meant."""

from collections.abc import Iterator

from claims.checks.sides import difference, label, near, pairs, quoted
from claims.comparison import Difference, DifferenceKind
from claims.grouping import Group
from claims.quantities import Quantity, Unit
from claims.statements import Claim

#: numbers are for the same thing only if content words within so many words of each are the same: two of them, or one
#: and so many in the whole statements. On 274 public pairs that say the same this alarms at none; of 28 in which one
#: number was altered it finds 20
REACH = 6
CLOSE_MIN = 2
SHARED_MIN = 4
#: small counts ("three", "two") stand beside anything and need more
SMALL = 13
CLOSE_MIN_SMALL = 3
#: ranges that touch within this share of the larger value are one number in two roundings
SLACK = 0.005


def numbers(group: Group) -> Iterator[Difference]:
    """Rounding, units, "dozens" beside 24, a bound that fits and a number that only one gives are no difference.

    Numbers that both have are taken out first; what is left counts only where each side has one number of that unit and
    noun left, so that a part is never set against a total.
    """
    for one, two in pairs(group):
        found = _conflict(one, two)
        if found is not None:
            mine, theirs = found
            apart = abs(mine.value - theirs.value) / (max(abs(mine.value), abs(theirs.value)) or 1.0)
            yield difference(
                DifferenceKind.NUMBER,
                (one, mine.span),
                (two, theirs.span),
                strength=round(0.6 + 0.3 * min(1.0, apart), 3),
                reason=f"{label(one)} gives {quoted(one, mine.span)}, {label(two)} gives {quoted(two, theirs.span)}.",
            )


def _conflict(one: Claim, two: Claim) -> tuple[Quantity, Quantity] | None:
    """The one number of each side that stands against the other's."""
    left = [mine for mine in one.quantities if not any(agree(mine, theirs) for theirs in two.quantities)]
    right = [theirs for theirs in two.quantities if not any(agree(mine, theirs) for mine in one.quantities)]
    for mine in left:
        against = [theirs for theirs in right if _same_thing(one, mine, two, theirs)]
        back = [other for other in left if _same_thing(one, other, two, against[0])] if len(against) == 1 else []
        if len(back) == 1:
            return mine, against[0]
    return None


def agree(mine: Quantity, theirs: Quantity) -> bool:
    """Whether one number can be meant by both, each read as loosely as its words allow."""
    if not _comparable(mine, theirs):
        return False
    if mine.unit is Unit.TALLY:
        return (mine.value, mine.second) in ((theirs.value, theirs.second), (theirs.second, theirs.value))
    if mine.unit is Unit.CHANCE and abs(mine.value + theirs.value - 1.0) < SLACK:
        return True  # one in three that it fails is two in three that it holds
    slack = SLACK * max(abs(mine.value), abs(theirs.value))
    return mine.low <= theirs.high + slack and theirs.low <= mine.high + slack


def _comparable(mine: Quantity, theirs: Quantity) -> bool:
    return mine.unit is theirs.unit and (mine.unit is not Unit.MONEY or mine.of == theirs.of)


def _same_thing(one: Claim, mine: Quantity, two: Claim, theirs: Quantity) -> bool:
    if not _comparable(mine, theirs) or not (mine.exact or theirs.exact):
        return False
    if mine.unit is Unit.COUNT and mine.of != theirs.of:
        return False
    close = len(near(one, mine.span, REACH) & near(two, theirs.span, REACH))
    if mine.unit is Unit.TALLY:
        return close >= 1 or bool({mine.value, mine.second} & {theirs.value, theirs.second})
    if mine.unit is Unit.COUNT and max(mine.value, theirs.value) < SMALL:
        return close >= CLOSE_MIN_SMALL
    return close >= CLOSE_MIN or (close >= 1 and len(set(one.terms) & set(two.terms)) >= SHARED_MIN)
