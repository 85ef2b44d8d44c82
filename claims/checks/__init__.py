"""In what the statements of a group differ: one pure function a file, all in ``CHECKS``.

A check is silent on one outlet, gives the same whatever the order of the claims, and shows the words of both sides.
"""

from collections.abc import Callable, Iterator

from claims.checks.authority import authority
from claims.checks.certainty import certainty
from claims.checks.days import days
from claims.checks.denials import denials
from claims.checks.numbers import numbers
from claims.checks.persons import persons
from claims.checks.places import places
from claims.checks.presence import presence
from claims.comparison import Difference
from claims.grouping import Group

Check = Callable[[Group], Iterator[Difference]]

CHECKS: tuple[Check, ...] = (numbers, days, places, persons, certainty, denials, authority, presence)


def differences(group: Group) -> tuple[Difference, ...]:
    """What all checks find, strongest first."""
    found = {one for check in CHECKS for one in check(group)}
    return tuple(sorted(found, key=lambda one: (-one.strength, one.kind, one.between, one.spans)))
