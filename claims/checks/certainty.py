"""One outlet tells as planned or only possible what another states, or tells as planned."""

from collections.abc import Iterator

from claims.checks.sides import covering, difference, label, near, pairs, quoted
from claims.comparison import Difference, DifferenceKind
from claims.grouping import Group
from claims.modality import hedges
from claims.statements import Claim
from claims.terms import stem, terms
from claims.types import Certainty, Span

#: a hedge counts for the shared words, names aside, that stand within so many words of it
REACH = 4
#: a hedge so few words behind another belongs to it: "a plan to potentially give"
CHAIN_WORDS = 3
#: "will" and "would" mark time more than doubt: they are no rung of their own beside a plain statement
_MERE_FUTURE = frozenset(("will", "would"))
_HEDGING = frozenset(map(stem, ("plan", "draw", "proposal", "consider", "weigh", "expect", "possible", "likely")))
_RUNGS = list(Certainty)
_STRENGTHS = {
    frozenset((Certainty.POSSIBLE, Certainty.STATED)): 0.55,
    frozenset((Certainty.POSSIBLE, Certainty.PLANNED)): 0.45,
    frozenset((Certainty.PLANNED, Certainty.STATED)): 0.4,
}
_WORDS = {
    Certainty.POSSIBLE: "as possible",
    Certainty.PLANNED: "as planned",
    Certainty.STATED: "without a hedge",
}


def certainty(group: Group) -> Iterator[Difference]:
    """Only where the hedge stands at words that both have, and the other side has none of its kind at these words.

    Who says it is not looked at here (``claims.checks.authority``), nor a denial (``claims.checks.denials``).
    """
    for one, two in pairs(group):
        if Certainty.DENIED in (one.certainty, two.certainty):
            continue
        shared = frozenset(one.terms) & frozenset(two.terms) - _HEDGING - _named(one) - _named(two)
        mine, theirs = _rung(one, shared), _rung(two, shared)
        if mine[0] is theirs[0]:
            continue
        yield difference(
            DifferenceKind.CERTAINTY,
            (one, mine[1]),
            (two, theirs[1]),
            strength=_STRENGTHS[frozenset((mine[0], theirs[0]))],
            reason=f"{label(one)} puts it {_WORDS[mine[0]]} ({quoted(one, mine[1])}), "
            f"{label(two)} {_WORDS[theirs[0]]} ({quoted(two, theirs[1])}).",
        )


def _named(claim: Claim) -> frozenset[str]:
    return frozenset(term for name in claim.names for term in terms(name.text))


def _rung(claim: Claim, shared: frozenset[str]) -> tuple[Certainty, Span]:
    """The rung of the first hedge at the shared words and of those that follow at once, and the words that show it."""
    text = claim.article.text
    first: tuple[Certainty, Span] | None = None
    for span, rung in hedges(text, claim.span):
        if first is not None and len(text[first[1].end : span.start].split()) <= CHAIN_WORDS:
            first = (min(first[0], rung, key=_RUNGS.index), Span(first[1].start, max(first[1].end, span.end)))
        elif first is None and span.of(text).lower() not in _MERE_FUTURE and near(claim, span, REACH) & shared:
            first = (rung, span)
    return (first[0], covering(claim, first[1], shared, REACH)) if first else (Certainty.STATED, claim.span)
