"""One outlet carries a denial of what another says."""

from collections.abc import Iterator

from claims.checks.sides import difference, label, pairs, quoted
from claims.comparison import Difference, DifferenceKind
from claims.grouping import DENYING, Group
from claims.modality import negations
from claims.statements import Claim
from claims.terms import GENERAL, terms
from claims.types import Certainty, Polarity, Span

#: without a word of denial, a negation on one side counts only where the statements share so many words
SHARED_MIN = 4
#: one shared word tells what is denied if it is rarer than the words of everyday news (1.6)
TELLING_MIN = 3.0


def denials(group: Group) -> Iterator[Difference]:
    """A denial by its cue ("denied that"), or a plain negation of nearly the same words."""
    for one, two in pairs(group):
        if Certainty.DENIED in (one.certainty, two.certainty):
            denying, other = (one, two) if one.certainty is Certainty.DENIED else (two, one)
            if other.polarity is denying.polarity or not _speaks_of(denying, other):
                continue  # both say that it is not so, or the other says something else
            reason = f"{label(denying)} carries a denial: {quoted(denying, _shown(denying))}; "
            yield difference(
                DifferenceKind.DENIAL,
                (denying, _shown(denying)),
                (other, other.span),
                strength=0.9,
                reason=f"{reason}{label(other)} has the statement.",
            )
        elif one.polarity is not two.polarity and _alike(one, two):
            negated, other = (one, two) if one.polarity is Polarity.NEGATED else (two, one)
            yield difference(
                DifferenceKind.DENIAL,
                (negated, negated.span),
                (other, other.span),
                strength=0.5,
                reason=f"{label(negated)} says that it is not so, {label(other)} that it is.",
            )


def _speaks_of(denying: Claim, other: Claim) -> bool:
    """Whether the other says something of what is denied: names alone, and words of every other news text, are none."""
    named = {term for claim in (denying, other) for name in claim.names for term in terms(name.text)}
    shared = (set(denying.terms) & set(other.terms)) - named - DENYING
    return len(shared) > 1 or any(GENERAL.rarity(term) >= TELLING_MIN for term in shared)


def _shown(claim: Claim) -> Span:
    """From the cue of the denial to the end of what is denied, within its sentence."""
    cue = claim.attribution.cue if claim.attribution else ()
    inside = [span for span in cue if claim.sentence.start <= span.start <= claim.said.start]
    return Span(min((span.start for span in inside), default=claim.span.start), claim.span.end)


def _alike(one: Claim, two: Claim) -> bool:
    """Whether the two say the same but for one negation: one negating word, and most words but names shared."""
    if len(negations(one.article.text, one.span)) + len(negations(two.article.text, two.span)) != 1:
        return False
    mine, theirs = (set(claim.terms) - {name.key for name in claim.names} for claim in (one, two))
    shared = len(mine & theirs)
    return shared >= SHARED_MIN and 2 * shared >= max(len(mine), len(theirs))
