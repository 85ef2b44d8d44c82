"""Claims of several outlets -> groups that speak of the same fact.

Two statements are likened by their shared words, weighted by how rare these are within the story, by shared numbers,
the longest run of equal words, the sentences around them and their place in the article. The weights are fitted
(``benchmarks/alignment.py``); what two different facts share in a story (the names of its persons) weighs little.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import exp, log, sqrt

from claims.statements import Claim
from claims.terms import GENERAL, stem, terms, tokens
from claims.types import Certainty, Held

#: logistic weights, fitted on 15 public events (leave one event out: F1 0.73, null_ok 0.97); change them as a set
_COSINE, _SHARED, _NUMBERS, _RUN, _AROUND, _APART, _BIAS = 11.3, 2.1, 2.1, 0.3, 5.5, -1.5, -6.1
#: two statements are linked from here; the best F1 of the fit lies between 0.5 and 0.55
LINK_MIN = 0.5
#: a row asks for more: a reader is helped less by one more row than misled by one of two facts. On the public events
#: links from here are right in 0.90 instead of 0.85, at 0.59 instead of 0.64 of them
ROW_MIN = 0.6
#: and its statements share so many words that are no names, an equal number standing for one
ROW_WORDS_MIN = 2
#: two groups become one only if their statements are this near on average: no chain of half-alike facts
JOIN_MIN = 0.35
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
#: a story of fewer sentences says too little about how rare its words are; general knowledge fills up
SENTENCES_MIN = 60
#: longer runs of equal words tell no more
RUN_MAX = 8
#: below this cosine no pair of the fit reaches ``JOIN_MIN``
COSINE_MIN = 0.06

Vector = Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Two statements of different outlets that speak of the same fact."""

    a: int  #: index into the claims
    b: int
    score: float  #: 0..1


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Statements of one fact, at most one an outlet, in the order of the claims."""

    claims: tuple[Claim, ...]
    #: for articles held in full that surely don't state it: their nearest statement
    nearest: tuple[Claim, ...] = ()


def link(claims: Sequence[Claim], *, least: float = LINK_MIN) -> tuple[Link, ...]:
    """All pairs of statements of different outlets that are at least ``least`` alike, best first."""
    found = [Link(a=a, b=b, score=score) for (a, b), score in _Story(claims).likenesses().items() if score >= least]
    return tuple(sorted(found, key=lambda one: (-one.score, one.a, one.b)))


def group(claims: Iterable[Claim]) -> tuple[Group, ...]:
    """The groups of all comparable claims, whatever their order; a statement no other outlet has is alone in its group.

    A statement that only repeats what its outlet's better one in a group says is left out.
    """
    pool = sorted((claim for claim in claims if claim.comparable), key=lambda claim: claim.key)
    story = _Story(pool)
    scores = story.likenesses()
    ranked = sorted(scores, key=lambda pair: (-scores[pair], pair))
    members = {n: [n] for n in range(len(pool))}
    head = list(range(len(pool)))
    repeats: set[int] = set()
    for a, b in ranked:
        if head[a] == head[b] or scores[a, b] < ROW_MIN or not story.share_words(a, b):
            continue
        if _may_join(pool, members[head[a]], members[head[b]], scores):
            members[head[a]].extend(members.pop(head[b]))
            for n in members[head[a]]:
                head[n] = head[a]
        else:
            repeats.update(n for n in (a, b) if members[head[n]] == [n])
    _add_denials(pool, members, head, story)
    return tuple(
        Group(claims=tuple(pool[n] for n in sorted(found)), nearest=_nearest(pool, found, scores))
        for found in sorted(members.values(), key=min)
        if not (len(found) == 1 and found[0] in repeats)
    )


def _add_denials(pool: Sequence[Claim], members: dict[int, list[int]], head: list[int], story: "_Story") -> None:
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


def _may_join(pool: Sequence[Claim], one: list[int], two: list[int], scores: Mapping[tuple[int, int], float]) -> bool:
    """No outlet twice, and alike on average: a row never joins two facts because each is like a third."""
    outlets = [pool[n].article.outlet.key for n in (*one, *two)]
    if len(set(outlets)) < len(outlets):
        return False
    across = [scores.get((min(a, b), max(a, b)), 0.0) for a in one for b in two]
    return sum(across) / len(across) >= JOIN_MIN


def _nearest(pool: Sequence[Claim], found: list[int], scores: Mapping[tuple[int, int], float]) -> tuple[Claim, ...]:
    """For each article held in full that surely has no such statement, its statement that comes nearest."""
    having = {pool[n].article.outlet.key for n in found}
    if len(having) == 1:
        return ()  # nobody misses what one outlet alone has
    best: dict[str, tuple[float, int]] = {}
    for n, claim in enumerate(pool):
        if claim.article.outlet.key in having or claim.article.held is not Held.FULL:
            continue
        score = max(scores.get((min(n, m), max(n, m)), 0.0) for m in found)
        known = best.get(claim.article.outlet.key)
        if known is None or (-score, n) < (-known[0], known[1]):
            best[claim.article.outlet.key] = (score, n)
    return tuple(pool[n] for score, n in sorted(best.values(), key=lambda pair: pair[1]) if score <= ABSENT_MAX)


class _Story:
    """The claims of a story with the weights of their words."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self.claims = claims
        sentences = {(claim.article.version, claim.number): claim.context for claim in claims}
        self._total = len(sentences)
        self._counts = Counter(term for context in sentences.values() for term in set(context))
        self._rarity: dict[str, float] = {}
        last = Counter[str]()
        for version, number in sentences:
            last[version] = max(last[version], number)
        several = Counter((claim.article.version, claim.number) for claim in claims)
        # of several claims in one sentence each is told apart by its own words, which count twice more
        own = [
            (*claim.terms, *claim.terms, *claim.context)
            if several[claim.article.version, claim.number] > 1
            else claim.context
            for claim in claims
        ]
        self.named = [{term for name in claim.names for term in terms(name.text)} for claim in claims]
        self.outlets = [claim.article.outlet.key for claim in claims]
        self.vectors = [self._vector(Counter(words)) for words in own]
        self.sizes = [sqrt(sum(weight * weight for weight in vector.values())) for vector in self.vectors]
        self.around = [self._around(claim, sentences) for claim in claims]
        self.around_sizes = [sqrt(sum(weight * weight for weight in vector.values())) for vector in self.around]
        self.places = [claim.number / (last[claim.article.version] + 1) for claim in claims]
        self.numbers = [
            {(quantity.unit, quantity.value, quantity.second) for quantity in claim.quantities if quantity.telling}
            for claim in claims
        ]
        self.runs = [_runs(tokens(claim.text)) for claim in claims]

    def rarity(self, term: str) -> float:
        """Inverse frequency among the story's sentences; general knowledge fills up a short story."""
        known = self._rarity.get(term)
        if known is None:
            fill = max(0, SENTENCES_MIN - self._total)
            prior = fill * exp(-GENERAL.rarity(term))
            known = log((self._total + fill + 1) / (self._counts[term] + prior + 0.5))
            self._rarity[term] = known
        return known

    def likenesses(self) -> dict[tuple[int, int], float]:
        """For all pairs of statements of different outlets that share a word: how alike they are, above 0."""
        having: dict[str, list[int]] = {}
        for n, vector in enumerate(self.vectors):
            for term in vector:
                having.setdefault(term, []).append(n)
        pairs = {pair for found in having.values() for pair in combinations(found, 2)}
        scores = {(a, b): self.likeness(a, b) for a, b in sorted(pairs) if self.outlets[a] != self.outlets[b]}
        return {pair: round(score, 9) for pair, score in scores.items() if score > 0.0}

    def share_words(self, a: int, b: int) -> bool:
        """Whether two statements have more in common than names: the same persons in one place may do two things."""
        shared = (self.vectors[a].keys() & self.vectors[b].keys()) - self.named[a] - self.named[b]
        return len(shared) + len(self.numbers[a] & self.numbers[b]) >= ROW_WORDS_MIN

    def content_cosine(self, a: int, b: int) -> float:
        """How near the words of two statements are, without their sources and surroundings."""
        one, two = (
            self._vector(Counter(terms(claim.said.of(claim.article.text))))
            for claim in (self.claims[a], self.claims[b])
        )
        dot = sum(weight * two.get(term, 0.0) for term, weight in one.items())
        size = sqrt(sum(w * w for w in one.values()) * sum(w * w for w in two.values()))
        return dot / size if size else 0.0

    def likeness(self, a: int, b: int) -> float:
        """How surely two statements speak of one fact, 0..1; symmetric."""
        shared = self.vectors[a].keys() & self.vectors[b].keys()
        if shared <= self.named[a] | self.named[b]:
            return 0.0  # the same persons in the same place may do two things
        dot = sum(self.vectors[a][term] * self.vectors[b][term] for term in sorted(shared))
        cosine = dot / (self.sizes[a] * self.sizes[b] or 1.0)
        if cosine < COSINE_MIN:
            return 0.0
        mass = min(20.0, sum(self.rarity(term) for term in sorted(shared))) / 10.0
        equal = min(2, len(self.numbers[a] & self.numbers[b]))
        nearby = self.around[a].keys() & self.around[b].keys()
        around = sum(self.around[a][term] * self.around[b][term] for term in sorted(nearby))
        around /= self.around_sizes[a] * self.around_sizes[b] or 1.0
        apart = abs(self.places[a] - self.places[b])
        run = _longest_run(self.runs[a], self.runs[b])
        raw = _COSINE * cosine + _SHARED * mass + _NUMBERS * equal + _RUN * run + _AROUND * around + _APART * apart
        return 1.0 / (1.0 + exp(-raw - _BIAS))

    def _vector(self, counts: Mapping[str, float]) -> Vector:
        return {term: (1.0 + log(count)) * self.rarity(term) for term, count in counts.items()}

    def _around(self, claim: Claim, sentences: Mapping[tuple[str, int], tuple[str, ...]]) -> Vector:
        counts: dict[str, float] = {}
        for shift, weight in ((-1, 0.5), (0, 1.0), (1, 0.5)):
            for term in sentences.get((claim.article.version, claim.number + shift), ()):
                counts[term] = counts.get(term, 0.0) + weight
        return {term: log(1.0 + count) * self.rarity(term) for term, count in counts.items()}


def _runs(words: Sequence[str]) -> tuple[frozenset[tuple[str, ...]], ...]:
    """All runs of 2 to ``RUN_MAX`` words."""
    return tuple(
        frozenset(tuple(words[n : n + size]) for n in range(len(words) - size + 1)) for size in range(2, RUN_MAX + 1)
    )


def _longest_run(one: Sequence[frozenset[tuple[str, ...]]], two: Sequence[frozenset[tuple[str, ...]]]) -> int:
    longest = 1
    for size, (mine, theirs) in enumerate(zip(one, two, strict=True), 2):
        if mine.isdisjoint(theirs):
            break
        longest = size
    return longest
