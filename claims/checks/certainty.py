"""One outlet tells as planned or only possible what another states, or tells as planned."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from claims.checks.sides import difference, label, listed, pairs, quoted
from claims.comparison import Difference, DifferenceKind
from claims.grouping import Group
from claims.modality import hedges
from claims.statements import Claim
from claims.terms import stem, terms
from claims.text import words
from claims.types import Certainty, Span

#: the content words behind a hedge that it speaks of, and within how many words they must come
GOVERNED = 3
REACH = 6
#: a hedge so few words behind another belongs to it: "a plan to potentially give"
CHAIN_WORDS = 3
#: beside a plain statement: so many words must be shared in all
SHARED_MIN = 3
#: what a hedge speaks of may stand before it: "tolls that could rise"
_RELATIVE = frozenset(("that", "which", "who"))
#: these mark time more than doubt: a statement with one is set against none
_MERE_FUTURE = frozenset(("will", "would"))


_HEDGING = frozenset(
    map(stem, ("plan", "draw", "proposal", "consider", "weigh", "expect", "possible", "likely", "idea", "option"))
)
#: before a verb these make it no statement: "to build", "the idea of building", "if it closes"
_UNSTATING = frozenset(("to", "of", "for", "about", "if", "whether", "from", "by", "without", "against", "into"))
#: before a word it is no verb: "the result", "her upcoming address"; nor with a helper behind it: "the address will"
_NOUN_BEFORE = listed(
    "the a an this these those his her its their our my your no any every another upcoming planned new"
)
_HELPERS = listed("is are was were will would has have had may might can could should must does did")
_BEING = frozenset(("is", "are", "was", "were", "be", "been", "being", "has", "have", "had"))
#: past forms that do not end in "ed"
_PAST = listed(
    """was were had went came took made gave got found thought knew saw became began left kept held brought wrote stood
    lost paid met ran sat spoke led grew fell sent built broke won chose drew drove flew hid rose shook sold spent stole
    struck taught threw wore fought caught bought felt heard meant shot cut put set hit shut let done gone taken given
    been seen known written spoken fallen broken chosen drawn driven flown hidden risen stolen"""
)
_EITHER = re.compile(r"\beither\b", re.IGNORECASE)
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


@dataclass(frozen=True, slots=True)
class _Hedged:
    """What a claim puts on a lower rung: the words from the hedge to what it speaks of."""

    rung: Certainty
    span: Span
    governed: tuple[str, ...]  #: stems of what it speaks of, the verb first


def certainty(group: Group) -> Iterator[Difference]:
    """Only where the hedge speaks of something that both have: names and the hedges' own words don't count.

    Beside a plain statement the very verb must be the same, and stand nowhere unhedged on the hedged side. Who says it
    is not looked at here (``claims.checks.authority``), nor a denial (``claims.checks.denials``).
    """
    for one, two in pairs(group):
        if Certainty.DENIED not in (one.certainty, two.certainty):
            yield from _between(one, two)


def _between(one: Claim, two: Claim) -> Iterator[Difference]:
    shared = frozenset(one.terms) & frozenset(two.terms) - _HEDGING - _named(one) - _named(two)
    mine, theirs = _first(one, shared), _first(two, shared)
    if mine and theirs:
        # what one does to a thing is not set against the thing's doing, nor two things against each other
        doing = len(mine.governed) == 1, len(theirs.governed) == 1
        if mine.rung is not theirs.rung and mine.governed[-1] == theirs.governed[-1] and doing[0] is doing[1]:
            yield _difference((one, mine.rung, mine.span), (two, theirs.rung, theirs.span))
    elif mine or theirs:
        hedged, plain, found = (one, two, mine) if mine else (two, one, theirs)
        if found and _states(plain, hedged, found):
            verb = _word(plain, found.governed[0])
            yield _difference((hedged, found.rung, found.span), (plain, Certainty.STATED, verb or plain.span))


def _difference(one: tuple[Claim, Certainty, Span], two: tuple[Claim, Certainty, Span]) -> Difference:
    first, second = sorted((one, two), key=lambda side: side[0].key)
    (a, a_rung, a_span), (b, b_rung, b_span) = first, second
    return difference(
        DifferenceKind.CERTAINTY,
        (a, a_span),
        (b, b_span),
        strength=_STRENGTHS[frozenset((a_rung, b_rung))],
        reason=f"{label(a)} puts it {_WORDS[a_rung]} ({quoted(a, a_span)}), "
        f"{label(b)} {_WORDS[b_rung]} ({quoted(b, b_span)}).",
    )


def _states(plain: Claim, hedged: Claim, found: _Hedged) -> bool:
    """Whether ``plain`` says without a hedge on it what ``hedged`` says with one throughout.

    What was planned and is told as done is an earlier and a later report, no difference in certainty.
    """
    verb = found.governed[0]
    word = _word(plain, verb)
    spoken = _word(hedged, verb)
    if (
        word is None
        or spoken is None
        or not _follows_hedge(spoken, hedged)
        or verb in _HEDGING
        or len(set(plain.terms) & set(hedged.terms)) < SHARED_MIN
        or hedged.terms.count(verb) != 1
    ):
        return False
    if found.rung is Certainty.PLANNED and _is_past(word.of(plain.article.text)):
        return False
    return _is_stated(plain, word, may_be_to_come=found.rung is Certainty.POSSIBLE)


def _follows_hedge(verb: Span, claim: Claim) -> bool:
    """Whether a word is what the hedge does: "may close", "could soon be closed", not "may hold a close"."""
    text = claim.article.text
    hedging = hedges(text, claim.span)
    for word in reversed([word for word in words(text, claim.span) if word.end <= verb.start]):
        if any(span.start < word.end <= span.end for span, _ in hedging):
            return True
        written = word.of(text)
        if written.casefold() not in _BEING | {"to", "not"} and not written.endswith("ly"):
            return False
    return False


def _is_past(word: str) -> bool:
    return word.casefold().endswith("ed") or word.casefold() in _PAST


def _is_stated(claim: Claim, verb: Span, *, may_be_to_come: bool) -> bool:
    """Whether a verb stands as what is so: no noun, no infinitive, no bare "-ing", nothing left open.

    ``may_be_to_come``: "will close" is no less sure than "closes", beside what only "may close".
    """
    text = claim.article.text
    if _is_noun(claim, verb) or _EITHER.search(text, claim.span.start, verb.start):
        return False
    before = [word.of(text).casefold() for word in words(text, claim.span) if word.end <= verb.start][-3:]
    if _UNSTATING & set(before[-1:]) or {"to", "if"} & set(before[-2:]):
        return False
    if verb.of(text).casefold().endswith("ing") and not _BEING & set(before):
        return False
    return not any(
        span.end <= verb.start and len(text[span.end : verb.start].split()) < REACH
        for span, _ in hedges(text, claim.span)
        if not (may_be_to_come and span.of(text).lower() == "will" and not text[span.end : verb.start].strip())
    )


def _is_noun(claim: Claim, word: Span) -> bool:
    text = claim.article.text
    around = words(text, claim.span)
    before = [other.of(text).casefold() for other in around if other.end <= word.start][-1:]
    after = [other.of(text).casefold() for other in around if other.start >= word.end][:1]
    owned = any(other.endswith(("'s", "’s")) for other in before)
    return owned or bool(_NOUN_BEFORE & set(before) or _HELPERS & set(after))


def _first(claim: Claim, shared: frozenset[str]) -> _Hedged | None:
    """The first hedge that speaks of a shared word, with those that follow it at once."""
    text = claim.article.text
    chain: tuple[Certainty, Span] | None = None
    for span, rung in hedges(text, claim.span):
        if rung is Certainty.DENIED:
            continue
        if chain is not None and len(text[chain[1].end : span.start].split()) <= CHAIN_WORDS:
            chain = (min(chain[0], rung, key=_RUNGS.index), Span(chain[1].start, max(chain[1].end, span.end)))
        elif chain is not None and (found := _speaks_of(claim, chain, shared)):
            return found
        else:
            chain = (rung, span)
    return _speaks_of(claim, chain, shared) if chain else None


def _speaks_of(claim: Claim, chain: tuple[Certainty, Span], shared: frozenset[str]) -> _Hedged | None:
    rung, span = chain
    text = claim.article.text
    if span.of(text).lower() in _MERE_FUTURE:
        return None
    named = _named(claim)
    governed: list[tuple[str, Span]] = []
    for word in [word for word in words(text, claim.span) if word.start >= span.end][:REACH]:
        if word.of(text)[:1].islower():  # a day, a month or a name is nothing that could be hedged
            governed += [(term, word) for term in terms(word.of(text)) if term not in named]
    before = [word for word in words(text, claim.span) if word.end <= span.start][-2:]
    relative = len(before) == 2 and before[1].of(text).lower() in _RELATIVE
    object_ = before[0] if relative and set(terms(before[0].of(text))) & shared - named else None
    start = object_.start if object_ else span.start
    for n, (term, word) in enumerate(governed[:GOVERNED]):
        if term in shared:
            return _Hedged(rung, Span(start, word.end), tuple(term for term, _ in governed[: n + 1]))
    if object_ and governed:
        return _Hedged(rung, Span(start, governed[0][1].end), (governed[0][0],))
    return None


def _word(claim: Claim, wanted: str) -> Span | None:
    text = claim.article.text
    return next((word for word in words(text, claim.span) if wanted in terms(word.of(text))), None)


def _named(claim: Claim) -> frozenset[str]:
    return frozenset(term for name in claim.names for term in terms(name.text))
