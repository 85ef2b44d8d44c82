"""One outlet carries a denial of what another says."""

import re
from collections.abc import Iterator

from claims.checks.sides import difference, label, listed, near, pairs, quoted
from claims.comparison import Difference, DifferenceKind
from claims.grouping import DENYING, Group
from claims.modality import negations
from claims.statements import Claim
from claims.terms import GENERAL, terms
from claims.text import words
from claims.types import Certainty, Span

#: without a word of denial, a negation on one side counts only where the statements share so many words, or fewer that
#: are half of the shorter one; so many of them no names; and so many near what is negated
SHARED_MIN, SHARED_FEW, SHARED_WORDS = 5, 3, 2
REACH = 6
CLOSE_MIN = 2
#: what a negation turns round is the next content word within so many
HEAD_WORDS = 4
#: within so many words before it, one of these takes a word back, or leaves it open, without a negation
TAKEN_BACK = 6
_TAKING_BACK = listed(
    """fail failed fails failing failure refuse refused refuses refusing decline declined declines without unable avoid
    avoided prevent prevented stop stopped lack lacks lacked hardly barely few deny denied denies denying reject
    rejected rejects opposed opposes oppose instead rather neither nor never not no none nobody nothing cannot unlikely
    dismissed disputed disputes refuted false untrue blocked until unless yet"""
)
#: and these, beside it, narrow what it states
_NARROWING = frozenset(("only", "solely", "merely", "just"))
_DISPUTING = re.compile(
    r"\b(?:den(?:y|ie[sd]|ying|ials?)|disput\w+|rebut\w*|refut\w+|rebuff\w*|reject\w*|dismiss\w*|"
    r"defend\w* (?:\w+ )?against|distort\w+|false(?:ly|hoods?)?|untrue|baseless|unfounded|inaccura\w+|"
    r"push(?:ed|es|ing)? back)\b",
    re.IGNORECASE,
)
#: between a negation and what it turns round
_PASSED_OVER = listed("be been being have had has do did does ever even yet so very the a an any in of at")
#: "that he was offered a post, which was never the case"
_TAKEN_BACK_AFTER = re.compile(r"(?:\b(?:not|never)|n['’]t) (?:been )?(?:the case|true|so|happen\w*)\b", re.IGNORECASE)
_NAMES_A_THING = re.compile(r"(?:ance|ence|ions?|ments?|ity|ness)$")  # "their tolerance", beside "do not tolerate"
_MARK = re.compile(r"[,;:.–—]")
#: before a word, in the same clause, these make it no statement
_NO_STATEMENT = re.compile(
    r"\b(?:if|whether|unless|until|before|without|instead of|rather than|make sure|ensure|so that|demand\w*|urg\w+)\b"
    r"[^,;.]{0,80}$",
    re.I,
)
#: one of the first words of what is denied must be shared
DENIED_FIRST = 4
#: a thing and what it did, none of them behind a negation
STATED_MIN = 2
_SHOULD = re.compile(r"\b(?:should|ought to|must)\b", re.IGNORECASE)
#: one shared word tells what is denied if it is rarer than the words of everyday news (1.6)
TELLING_MIN = 3.0


def denials(group: Group) -> Iterator[Difference]:
    """A denial by its cue ("denied that"), or a plain negation of nearly the same words."""
    for one, two in pairs(group):
        if Certainty.DENIED in (one.certainty, two.certainty):
            denying, other = (one, two) if one.certainty is Certainty.DENIED else (two, one)
            alike = other.polarity is denying.polarity and not _states_what_is_denied(denying, other)
            if alike or _tells_of_denial(other) or not _speaks_of(denying, other):
                continue  # both say that it is not so, or the other says something else
            reason = f"{label(denying)} carries a denial: {quoted(denying, _shown(denying))}; "
            yield difference(
                DifferenceKind.DENIAL,
                (denying, _shown(denying)),
                (other, other.span),
                strength=0.9,
                reason=f"{reason}{label(other)} has the statement.",
            )
        else:
            yield from _turned_round(one, two)


def _turned_round(one: Claim, two: Claim) -> Iterator[Difference]:
    """What one negates and the other states, where the two share so much that one thing is meant."""
    named = {term for claim in (one, two) for name in claim.names for term in terms(name.text)}
    mine, theirs = set(one.terms), set(two.terms)
    shared = mine & theirs
    most = len(shared) >= SHARED_FEW and 2 * len(shared) >= min(len(mine), len(theirs))
    if (not most and len(shared) < SHARED_MIN) or len(shared - named) < SHARED_WORDS:
        return
    for negating, other in ((one, two), (two, one)):
        for head, span in _negated(negating).items():
            stated = _stated(other, head) if head in shared - named else None
            if (
                stated is None
                or not _of_the_same(negating, span, other, stated, named)
                or len(near(negating, span, REACH) & near(other, stated, REACH)) < CLOSE_MIN
            ):
                continue
            yield difference(
                DifferenceKind.DENIAL,
                (negating, span),
                (other, stated),
                strength=0.5,
                reason=f"{label(negating)} says that it is not so ({quoted(negating, span)}), "
                f"{label(other)} that it is ({quoted(other, stated)}).",
            )
            return


def _negated(claim: Claim) -> dict[str, Span]:
    """The words that stand nowhere but behind a negation, each with the words from that negation to it."""
    text = claim.article.text
    found = {}
    for negation in negations(text, claim.span):
        if _NO_STATEMENT.search(text, claim.span.start, negation.start):
            continue  # "if it does not", "whether or not"
        for word in [word for word in words(text, claim.span) if word.start >= negation.end][:HEAD_WORDS]:
            if _MARK.search(text, negation.end, word.start):
                break
            written = word.of(text).casefold()
            if written in _PASSED_OVER or written.endswith("ly"):
                continue
            head = terms(written)
            if head and claim.terms.count(head[0]) == 1 and word.of(text).islower():
                found[head[0]] = Span(negation.start, word.end)
            break
    return found


def _of_the_same(one: Claim, mine: Span, two: Claim, theirs: Span, named: set[str]) -> bool:
    """Whether half of what the negated word goes on with is there too: "not offer a paid post", "offer a post"."""
    after, behind = (
        {
            term
            for word in [word for word in words(claim.article.text, claim.span) if word.start >= span.end][:REACH]
            for term in terms(word.of(claim.article.text))
            if term not in named
        }
        for claim, span in ((one, mine), (two, theirs))
    )
    return not (after and behind) or 2 * len(after & behind) >= len(after)


def _stated(claim: Claim, head: str) -> Span | None:
    """Where a claim states the word: once, and behind nothing that takes it back or leaves it open."""
    text = claim.article.text
    at = [word for word in words(text, claim.span) if head in terms(word.of(text))]
    if _TAKEN_BACK_AFTER.search(text, claim.sentence.start, claim.sentence.end):
        return None
    if (
        len(at) != 1
        or _NAMES_A_THING.search(at[0].of(text))
        or _NO_STATEMENT.search(text, claim.span.start, at[0].start)
    ):
        return None
    around = [word.of(text).casefold() for word in words(text, claim.span) if word.start < at[0].start][-TAKEN_BACK:]
    if any(word in _TAKING_BACK or word.endswith(("n't", "n’t")) for word in around):
        return None
    beside = [word.of(text).casefold() for word in words(text, claim.span) if word.start >= at[0].end][:2]
    if _NARROWING & {*around[-2:], *beside}:
        return None
    return at[0]


def _states_what_is_denied(denying: Claim, other: Claim) -> bool:
    """Whether a negation in the other is of something else: "which failed a test, is not yet ready"."""
    named = {term for claim in (denying, other) for name in claim.names for term in terms(name.text)}
    denied = [term for term in terms(denying.said.of(denying.article.text)) if term not in named | DENYING]
    shared = [term for term in denied[:DENIED_FIRST] if term in other.terms]
    text = other.article.text
    at = [word for word in words(text, other.span) if set(shared) & set(terms(word.of(text)))]
    behind = (
        negation.end <= word.start and len(words(text, Span(negation.end, word.start))) < TAKEN_BACK
        for negation in negations(text, other.span)
        for word in at
    )
    return len(shared) >= STATED_MIN and not any(behind)


def _tells_of_denial(claim: Claim) -> bool:
    """Whether the other's sentence tells of a denial as well, in whatever words."""
    return _DISPUTING.search(claim.article.text, claim.sentence.start, claim.sentence.end) is not None


def _speaks_of(denying: Claim, other: Claim) -> bool:
    """Whether the other says something of what is denied: names alone, and words of every other news text, are none.

    It is the beginning of what is denied that counts, behind it stand time and place; and what should be is no fact.
    """
    if _SHOULD.search(denying.article.text, denying.said.start, denying.said.end):
        return False
    named = {term for claim in (denying, other) for name in claim.names for term in terms(name.text)}
    denied = [term for term in terms(denying.said.of(denying.article.text)) if term not in named | DENYING]
    shared = (set(denying.terms) & set(other.terms)) - named - DENYING
    if not shared & set(denied[:DENIED_FIRST]):
        return False
    return len(shared) > 1 or any(GENERAL.rarity(term) >= TELLING_MIN for term in shared)


def _shown(claim: Claim) -> Span:
    """From the cue of the denial to the end of what is denied, within its sentence."""
    cue = claim.attribution.cue if claim.attribution else ()
    inside = [span for span in cue if claim.sentence.start <= span.start <= claim.said.start]
    return Span(min((span.start for span in inside), default=claim.span.start), claim.span.end)
