"""Claims of several outlets -> groups that speak of the same fact.

How alike two statements are is ``claims.statement_likeness``; here stands from where on they share a row.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from claims.matching.likeness import Meaning
from claims.statement_likeness import StoryWords
from claims.statements import Claim
from claims.terms import stem, terms
from claims.types import Certainty, Held

#: a row asks for more than the best balance (``benchmarks.alignment``): a reader is helped less by one more row than
#: misled by one of two facts. Leaving out one event at a time, pairs from here are right in 0.91
ROW_MIN = 0.55
#: and its statements share so many words that are no names, an equal number standing for one
ROW_WORDS_MIN = 2
#: two groups become one only if their statements are this near on average: no chain of half-alike facts
JOIN_MIN = 0.3
#: a denial is worded unlike what it denies: it joins the statement nearest by cosine from here
DENIAL_MIN = 0.2
#: and from so many shared words: a bare "denied the allegations" is set against nothing
DENIED_WORDS_MIN = 2
#: words that stand in any denial, whatever it denies
DENYING = frozenset(
    map(stem, ("deny", "denied", "denial", "dispute", "official", "allegation", "claim", "report", "accusation"))
)
#: an outlet surely lacks a statement if none of its own comes nearer than this: on the public events 23 of 23 such were
#: right, with 0.2 it was 42 of 46; in between nothing is said
ABSENT_MAX = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Statements of one fact, at most one an outlet, in the order of the claims."""

    claims: tuple[Claim, ...]
    #: for articles held in full that surely don't state it: their nearest statement
    nearest: tuple[Claim, ...] = ()


def group(claims: Iterable[Claim], meaning: Meaning | None = None) -> tuple[Group, ...]:
    """The groups of all comparable claims, whatever their order; a statement no other outlet has is alone in its group.

    A statement that only repeats what its outlet's better one in a group says is left out.
    """
    pool = sorted((claim for claim in claims if claim.comparable), key=lambda claim: claim.key)
    if not pool:
        return ()
    story = StoryWords(pool)
    near = story.pairs(meaning).between(len(pool))
    likely = np.argwhere(np.triu(near >= ROW_MIN))
    ranked = likely[np.argsort(-near[likely[:, 0], likely[:, 1]], kind="stable")].tolist()
    outlets = [claim.article.outlet.key for claim in pool]
    members = {n: [n] for n in range(len(pool))}
    carried = [{outlet} for outlet in outlets]  # the outlets of each group, by its head
    head = list(range(len(pool)))
    repeats: set[int] = set()
    for a, b in ranked:
        if head[a] == head[b]:
            continue
        one, two = members[head[a]], members[head[b]]
        apart = carried[head[a]].isdisjoint(carried[head[b]])
        if not (apart or len(one) == 1 or len(two) == 1) or not story.share_words(a, b, ROW_WORDS_MIN):
            continue
        if apart and _alike(one, two, near):
            carried[head[a]] |= carried[head[b]]
            members[head[a]].extend(members.pop(head[b]))
            for n in members[head[a]]:
                head[n] = head[a]
        else:
            repeats.update(
                n
                for n, other in ((a, b), (b, a))
                if members[head[n]] == [n]
                and any(
                    outlets[m] == outlets[n] and story.share_words(n, m, ROW_WORDS_MIN) for m in members[head[other]]
                )
            )
    _add_denials(pool, members, head, story)
    return tuple(
        Group(claims=tuple(pool[n] for n in sorted(found)), nearest=_nearest(pool, found, near))
        for found in sorted(members.values(), key=min)
        if not (len(found) == 1 and found[0] in repeats)
    )


def _add_denials(pool: Sequence[Claim], members: dict[int, list[int]], head: list[int], story: StoryWords) -> None:
    """A denial that is still alone joins the group of the statement that it denies, where its outlet has none there."""
    for n, claim in enumerate(pool):
        if claim.certainty is not Certainty.DENIED or members[head[n]] != [n]:
            continue
        outlet = claim.article.outlet.key
        said = set(terms(claim.said.of(claim.article.text))) - DENYING
        telling = said - story.named[n]
        open_to = [
            (-round(story.content_cosine(n, m), 9), m)
            for m, other in enumerate(pool)
            if other.certainty is not Certainty.DENIED
            and len(said & set(other.terms)) >= DENIED_WORDS_MIN
            and telling & set(other.terms) - story.named[m]
            and outlet not in {pool[k].article.outlet.key for k in members[head[m]]}
        ]
        near, m = min(open_to, default=(0.0, n))
        if -near >= DENIAL_MIN:
            members[head[m]].append(n)
            del members[n]
            head[n] = head[m]


def _alike(one: Sequence[int], two: Sequence[int], near: NDArray[np.float64]) -> bool:
    """Alike on average: a row never joins two facts because each is like a third."""
    return sum(near[np.ix_(one, two)].ravel().tolist()) / (len(one) * len(two)) >= JOIN_MIN


def _nearest(pool: Sequence[Claim], found: list[int], near: NDArray[np.float64]) -> tuple[Claim, ...]:
    """For each article held in full that surely has no such statement, its statement that comes nearest."""
    having = {pool[n].article.outlet.key for n in found}
    if len(having) == 1:
        return ()  # nobody misses what one outlet alone has
    best: dict[str, tuple[float, int]] = {}
    for n, (claim, score) in enumerate(zip(pool, near[:, found].max(axis=1).tolist(), strict=True)):
        if claim.article.outlet.key in having or claim.article.held is not Held.FULL:
            continue
        known = best.get(claim.article.outlet.key)
        if known is None or (-score, n) < (-known[0], known[1]):
            best[claim.article.outlet.key] = (score, n)
    return tuple(pool[n] for score, n in sorted(best.values(), key=lambda pair: pair[1]) if score <= ABSENT_MAX)
