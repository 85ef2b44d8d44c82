"""What several outlets have, another whose full text is held does not."""

from collections.abc import Iterator

from claims.checks.sides import difference, label, quoted
from claims.comparison import Difference, DifferenceKind
from claims.grouping import Group

#: a statement is missed only where outlets have it in so many wordings: what one has is its row, a copy is no second
WORDINGS_MIN = 2


def presence(group: Group) -> Iterator[Difference]:
    """One difference for each outlet without the statement, its nearest statement being the evidence of the search."""
    ordered = sorted(group.claims, key=lambda claim: claim.key)
    if len({claim.terms for claim in ordered}) < WORDINGS_MIN:
        return
    fullest = max(ordered, key=lambda claim: (len(claim.terms), claim.key))
    for absent in sorted(group.nearest, key=lambda claim: claim.key):
        yield difference(
            DifferenceKind.PRESENCE,
            (fullest, fullest.span),
            (absent, absent.span),
            strength=0.1,
            reason=f"{label(fullest)} has this; in the text of {label(absent)} that we hold we found no such "
            f"statement, the nearest being {quoted(absent, absent.span)}.",
        )
