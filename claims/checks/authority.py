"""Two outlets put the same statement on different kinds of authority."""

import re
from collections.abc import Iterator

from claims.attribution.given_names import GIVEN_NAMES
from claims.checks.sides import difference, label, pairs
from claims.comparison import Difference, DifferenceKind
from claims.grouping import Group
from claims.statements import Claim
from claims.terms import terms
from claims.types import Authority, Certainty, Span

#: so many words must be shared, and half of what each has, taken together
SHARED_MIN = 3
_ANONYMOUS = (Authority.UNNAMED, Authority.UNNAMED_GROUP)
_NAMED = (Authority.NAMED, Authority.NAMED_GROUP, Authority.DOCUMENT, Authority.DATA)
#: words for somebody whose name a text keeps back
_KEPT_BACK = re.compile(
    r"\b(?:sources?|officials?|persons?|people|aides?|advis[eo]rs?|insiders?|diplomats?|executives?|employees?|staffers?|"
    r"associates?|operatives?|strategists?|officers?|agents?|anonym\w+|somebody|someone|familiar|briefed|knowledge)\b|"
    r"^(?:an?|another|some|several|two|three|unnamed) (?!of\b)",
    re.IGNORECASE,
)
_WORDS = {
    **dict.fromkeys(_ANONYMOUS, "attributes it to an unnamed source"),
    Authority.NAMED: "attributes it to a named person",
    Authority.NAMED_GROUP: "attributes it to a named group",
    Authority.DOCUMENT: "attributes it to a document",
    Authority.DATA: "attributes it to data",
    Authority.OUTLET: "attributes it to another outlet",
    Authority.OWN_VOICE: "states it in its own voice",
}
_STRENGTHS = {
    frozenset(("anonymous", "named")): 0.4,
    frozenset(("anonymous", "own_voice")): 0.35,
    frozenset(("outlet", "own_voice")): 0.3,
}


def authority(group: Group) -> Iterator[Difference]:
    """Unnamed beside named or own voice, another outlet beside own voice, and one saying under two persons' names.

    Own voice beside a named source is how the same fact is mostly told, and no difference.
    """
    for one, two in pairs(group):
        if Certainty.DENIED in (one.certainty, two.certainty):
            continue  # who denies it is no other source for it
        if any(claim.attribution and not claim.vouched for claim in (one, two)):
            continue  # who wants it is no source either
        if not _alike(one, two) or _takes_from(one, two) or _takes_from(two, one):
            continue
        strength = _STRENGTHS.get(frozenset((_kind(one), _kind(two))), 0.0)
        if strength:
            reason = f"{label(one)} {_WORDS[one.authority]}, {label(two)} {_WORDS[two.authority]}."
        elif _other_person(one, two) and _same_words(one, two):
            strength = 0.45
            reason = f"{label(one)} gives it as the words of {_person(one)}, {label(two)} of {_person(two)}."
        else:
            continue
        yield difference(
            DifferenceKind.AUTHORITY, (one, _shown(one)), (two, _shown(two)), strength=strength, reason=reason
        )


def _alike(one: Claim, two: Claim) -> bool:
    """Whether the two are the same statement and not only on the same fact: half of all their words are shared."""
    mine, theirs = set(one.terms), set(two.terms)
    shared = len(mine & theirs)
    return shared >= SHARED_MIN and 4 * shared >= len(mine) + len(theirs)


def _same_words(one: Claim, two: Claim) -> bool:
    """Whether one saying is meant and not two of a kind: most words of the longer statement are shared as well."""
    mine, theirs = set(one.terms), set(two.terms)
    return 2 * len(mine & theirs) > max(len(mine), len(theirs))


def _takes_from(one: Claim, two: Claim) -> bool:
    """Whether one attributes the statement to the very outlet whose text the other is."""
    outlet = one.attribution.outlet if one.attribution else None
    return outlet is not None and outlet in (two.article.outlet.name, two.article.credit)


def _kind(claim: Claim) -> str:
    if claim.authority in _ANONYMOUS:
        # "she", "the scholars" and "Brook's lawyer" are people whom the text may name elsewhere
        return "anonymous" if _KEPT_BACK.search(_shown(claim).of(claim.article.text)) else "unclear"
    return "named" if claim.authority in _NAMED else claim.authority.value


def _other_person(one: Claim, two: Claim) -> bool:
    """Two persons, each known by full name, neither of whom the other sentence names at all."""
    if not one.authority is two.authority is Authority.NAMED:
        return False
    if not all(_person(claim).split(" ")[0] in GIVEN_NAMES for claim in (one, two)):
        return False
    mine, theirs = set(terms(_person(one))), set(terms(_person(two)))
    return not (mine & theirs or mine & set(two.context) or theirs & set(one.context))


def _person(claim: Claim) -> str:
    return (claim.attribution.resolved if claim.attribution else None) or ""


def _shown(claim: Claim) -> Span:
    """The words that name the source, or the statement itself in own voice."""
    source = claim.attribution.source if claim.attribution else ()
    return source[0] if source else claim.span
