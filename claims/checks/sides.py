"""What all checks share: the pairs of a group, the words around a span, and the making of a difference."""

from collections.abc import Iterator
from itertools import combinations
from textwrap import shorten

from claims.comparison import Difference, DifferenceKind
from claims.grouping import Group
from claims.statements import Claim
from claims.terms import terms
from claims.text import words
from claims.types import Span

#: characters of a span that a reason repeats; the span itself stands beside it
QUOTED_MAX = 120

Side = tuple[Claim, Span]  #: a claim and the words of its article that show the difference


def listed(words: str) -> frozenset[str]:
    """The words of a list written in one string."""
    return frozenset(words.split())


def pairs(group: Group) -> Iterator[tuple[Claim, Claim]]:
    """Every two claims of different outlets, in an order that does not depend on the group's."""
    ordered = sorted(group.claims, key=lambda claim: claim.key)
    for one, two in combinations(ordered, 2):
        if one.article.outlet.key != two.article.outlet.key:
            yield one, two


def difference(kind: DifferenceKind, one: Side, two: Side, *, strength: float, reason: str) -> Difference:
    """The difference between two sides, whichever comes first; ``reason`` names both outlets already."""
    first, second = sorted((one, two), key=lambda side: side[0].key)
    return Difference(
        kind=kind,
        between=(first[0].article.url, second[0].article.url),
        spans=((first[0].article.version, first[1]), (second[0].article.version, second[1])),
        strength=strength,
        reason=reason,
    )


def label(claim: Claim) -> str:
    """How the outlet is called in a reason."""
    article = claim.article
    return f"{article.carried_for}, as carried by {article.outlet.name}" if article.carried_for else article.outlet.name


def quoted(claim: Claim, span: Span) -> str:
    """The words of a span in marks, with blanks folded; of a long one the beginning."""
    return f"“{shorten(span.of(claim.article.text), QUOTED_MAX, placeholder=' …')}”"


def near(claim: Claim, span: Span, reach: int) -> frozenset[str]:
    """Stems of the content words within ``reach`` words of a span, the span's own left out."""
    text = claim.article.text
    around = words(text, claim.span)
    before = [word for word in around if word.end <= span.start][-reach:]
    after = [word for word in around if word.start >= span.end][:reach]
    return frozenset(term for word in (*before, *after) for term in terms(word.of(text)))
