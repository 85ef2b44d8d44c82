"""Two outlets put the same statement on different kinds of authority."""

from collections.abc import Iterator

from claims.checks.sides import difference, label, pairs
from claims.comparison import Difference, DifferenceKind
from claims.grouping import Group
from claims.statements import Claim
from claims.types import Authority, Span

_ANONYMOUS = (Authority.UNNAMED, Authority.UNNAMED_GROUP)
_NAMED = (Authority.NAMED, Authority.NAMED_GROUP, Authority.DOCUMENT, Authority.DATA)
_WORDS = {
    **dict.fromkeys(_ANONYMOUS, "attributes it to an unnamed source"),
    Authority.NAMED: "attributes it to a named person",
    Authority.NAMED_GROUP: "attributes it to a named group",
    Authority.DOCUMENT: "attributes it to a document",
    Authority.DATA: "attributes it to data",
    Authority.OUTLET: "attributes it to another outlet",
    Authority.OWN_VOICE: "states it in its own voice",
}


def authority(group: Group) -> Iterator[Difference]:
    """Named beside unnamed weighs most, own voice beside a source less; two kinds of named source are no difference."""
    for one, two in pairs(group):
        strength = _strength(one.authority, two.authority)
        if strength:
            yield difference(
                DifferenceKind.AUTHORITY,
                (one, _shown(one)),
                (two, _shown(two)),
                strength=strength,
                reason=f"{label(one)} {_WORDS[one.authority]}, {label(two)} {_WORDS[two.authority]}.",
            )


def _strength(one: Authority, two: Authority) -> float:
    kinds = {_kind(one), _kind(two)}
    if len(kinds) < 2 or None in kinds:
        return 0.0
    return {
        frozenset(("anonymous", "named")): 0.4,
        frozenset(("anonymous", "own")): 0.35,
        frozenset(("named", "own")): 0.15,
        frozenset(("outlet", "own")): 0.3,
    }.get(frozenset(kind for kind in kinds if kind), 0.2)


def _kind(authority_: Authority) -> str | None:
    if authority_ in _ANONYMOUS:
        return "anonymous"
    if authority_ in _NAMED:
        return "named"
    return {Authority.OUTLET: "outlet", Authority.OWN_VOICE: "own"}.get(authority_)


def _shown(claim: Claim) -> Span:
    """The words that name the source, or the statement itself in own voice."""
    source = claim.attribution.source if claim.attribution else ()
    return source[0] if source else claim.span
