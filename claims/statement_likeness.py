"""How alike the statements of a story are: by their words and, where a model of meaning is at hand, by what they mean.

Both are logistic over few features, fitted by ``benchmarks.train.alignment`` (``claims.likeness_weights``). Words weigh
by how rare they are within the story. Of meanings the story's own is taken off first: what all its sentences share
tells none of them apart; and a pair counts for more where either statement is nearest to the other.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log

import numpy as np
from numpy.typing import NDArray

from claims.likeness_weights import MEANING, WORDS
from claims.matching.likeness import MEANING_LANGUAGES, Meaning
from claims.statements import Claim
from claims.terms import GENERAL, terms, tokens

#: a story of fewer sentences says too little about how rare its words are; general knowledge fills up
SENTENCES_MIN = 60
#: longer runs of equal words tell no more
RUN_MAX = 8
#: below this cosine no pair of the fit is likely enough to be shown
COSINE_MIN = 0.06
#: statements without a shared word are compared only where what they mean is this near
MEANT_MIN = 0.4
#: statements whose meaning is worked out, those nearest to one of another outlet by words first: 6 ms each, so that a
#: long story costs 0.7 s more; three articles have fewer
MEANT_MAX = 120
#: with fewer, what a story's sentences have in common cannot be told from what they say
MEANT_ENOUGH = 16
#: directions in which the sentences of a story differ most (its two or three themes), taken off as well
THEMES = 2
#: places of a score that count: the order of a sum must not be seen in it
DIGITS = 5

Matrix = NDArray[np.float32]
WORD_FEATURES = tuple(name for name in WORDS if name != "bias")
MEANING_FEATURES = tuple(name for name in MEANING if name != "bias")


@dataclass(frozen=True, slots=True)
class Pairs:
    """Statements of different outlets that could be on one fact, with what is known of each two."""

    ends: NDArray[np.int64]  #: (pairs, 2), indices into the claims, the lower one first
    words: Matrix  #: (pairs, ``WORD_FEATURES``)
    meanings: Matrix  #: (pairs, ``MEANING_FEATURES``), rows of nan where a meaning is not known

    def scores(self) -> dict[tuple[int, int], float]:
        """How surely two statements speak of one fact, 0..1."""
        return dict(zip(map(tuple, self.ends.tolist()), self._surely().tolist(), strict=True))

    def between(self, count: int) -> NDArray[np.float64]:
        """The same for each two of so many claims, (count, count), symmetric; 0 where nothing is known."""
        found = np.zeros((count, count))
        found[self.ends[:, 0], self.ends[:, 1]] = found[self.ends[:, 1], self.ends[:, 0]] = self._surely()
        return found

    def _surely(self) -> NDArray[np.float64]:
        by_words = _logistic(self.words, WORDS)
        by_both = _logistic(np.nan_to_num(self.meanings), MEANING)
        known = ~np.isnan(self.meanings).any(axis=1)
        return np.where(known, by_both, by_words).round(DIGITS)


class StoryWords:
    """The claims of a story with the weights of their words."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self.claims = claims
        self._sentences = {(claim.article.version, claim.number): claim.context for claim in claims}
        self._counts = Counter(term for context in self._sentences.values() for term in set(context))
        self._rarity: dict[str, float] = {}
        several = Counter((claim.article.version, claim.number) for claim in claims)
        # of several claims in one sentence each is told apart by its own words, which count twice more
        self._own = [
            (*claim.terms, *claim.terms, *claim.context)
            if several[claim.article.version, claim.number] > 1
            else claim.context
            for claim in claims
        ]
        self.named = [frozenset(term for name in claim.names for term in terms(name.text)) for claim in claims]
        self._telling = [set(words) - named for words, named in zip(self._own, self.named, strict=True)]
        self.numbers = [
            {(quantity.unit, quantity.value, quantity.second) for quantity in claim.quantities if quantity.telling}
            for claim in claims
        ]

    def rarity(self, term: str) -> float:
        """Inverse frequency among the story's sentences; general knowledge fills up a short story."""
        known = self._rarity.get(term)
        if known is None:
            fill = max(0, SENTENCES_MIN - len(self._sentences))
            prior = fill * exp(-GENERAL.rarity(term))
            known = log((len(self._sentences) + fill + 1) / (self._counts[term] + prior + 0.5))
            self._rarity[term] = known
        return known

    def share_words(self, a: int, b: int, least: int) -> bool:
        """Whether two statements have more in common than names: the same persons in one place may do two things."""
        shared = self._telling[a] & self._telling[b]
        return len(shared) + len(self.numbers[a] & self.numbers[b]) >= least

    def content_cosine(self, a: int, b: int) -> float:
        """How near the words of two statements are, without their sources and surroundings."""
        one, two = (
            self._vector(terms(claim.said.of(claim.article.text))) for claim in (self.claims[a], self.claims[b])
        )
        dot = sum(weight * two.get(term, 0.0) for term, weight in one.items())
        size = (sum(w * w for w in one.values()) * sum(w * w for w in two.values())) ** 0.5
        return dot / size if size else 0.0

    def pairs(self, meaning: Meaning | None = None) -> Pairs:
        """All pairs that share a word which is no name, and those that are near in meaning."""
        vocabulary = {term: n for n, term in enumerate(sorted(self._counts))}
        vectors = self._matrix([self._vector(words) for words in self._own], vocabulary)
        around = _unit(self._matrix([self._around(claim) for claim in self.claims], vocabulary))
        rarity = np.array([self.rarity(term) for term in vocabulary], dtype=np.float32)
        has = (vectors > 0).astype(np.float32)
        telling = has.copy()
        for n, named in enumerate(self.named):
            telling[n, [vocabulary[term] for term in sorted(named) if term in vocabulary]] = 0.0
        cosine = _unit(vectors) @ _unit(vectors).T
        outlets = np.unique([claim.article.outlet.key for claim in self.claims], return_inverse=True)[1]
        apart = np.triu(outlets[:, None] != outlets[None, :], 1)
        near = apart & (telling @ telling.T > 0) & (cosine >= COSINE_MIN)
        mass = np.minimum(20.0, (has * rarity) @ has.T) / 10.0
        beside = around @ around.T
        place = self._places()
        longest = _longest_runs([tokens(claim.text) for claim in self.claims])
        equal = np.minimum(2, _in_common(self.numbers))

        def by_words(ends: NDArray[np.int64]) -> Matrix:
            a, b = ends[:, 0], ends[:, 1]
            apart = np.abs(place[a] - place[b])
            return np.stack([cosine[a, b], mass[a, b], equal[a, b], longest[a, b], beside[a, b], apart], axis=1).astype(
                np.float32
            )

        ends = np.argwhere(near)
        words = by_words(ends)
        if meaning is None:
            return Pairs(ends, words, np.full((len(ends), len(MEANING_FEATURES)), np.nan, dtype=np.float32))
        read = self._promising(ends, _logistic(words, WORDS))
        if len(read) < MEANT_ENOUGH:
            return Pairs(ends, words, np.full((len(ends), len(MEANING_FEATURES)), np.nan, dtype=np.float32))
        centred, context, told = self._meant(read, meaning)
        at = np.full(len(self.claims), -1)
        at[read] = np.arange(len(read))
        also = apart & ~near
        also[np.ix_(read, read)] &= told > MEANT_MIN
        also[at < 0, :] = False
        also[:, at < 0] = False
        more = np.argwhere(also)
        ends, words = np.concatenate([ends, more]), np.concatenate([words, by_words(more)])
        a, b = at[ends[:, 0]], at[ends[:, 1]]
        over = _margins(told, outlets[read])
        low, high = np.minimum(over[a, b], over[b, a]), np.maximum(over[a, b], over[b, a])
        meant = np.concatenate([words, np.stack([centred[a, b], context[a, b], low, high], axis=1)], axis=1)
        meant[(a < 0) | (b < 0)] = np.nan
        order = np.lexsort((ends[:, 1], ends[:, 0]))
        return Pairs(ends[order], words[order], meant[order].astype(np.float32))

    def _promising(self, ends: NDArray[np.int64], scores: NDArray[np.float64]) -> NDArray[np.int64]:
        """The English statements that come nearest to one of another outlet, in order."""
        best = np.zeros(len(self.claims))
        np.maximum.at(best, ends[:, 0], scores)
        np.maximum.at(best, ends[:, 1], scores)
        english = [n for n, claim in enumerate(self.claims) if claim.article.language in MEANING_LANGUAGES]
        ranked = sorted(english, key=lambda n: (-round(float(best[n]), DIGITS), n))
        return np.array(sorted(ranked[:MEANT_MAX]), dtype=np.int64)

    def _meant(self, read: NDArray[np.int64], meaning: Meaning) -> tuple[Matrix, Matrix, Matrix]:
        """How near in meaning: without what the story has in common, with the sentences around, without its themes."""
        vectors = np.array([meaning.vector(self.claims[n].text) for n in read], dtype=np.float32)
        of: dict[tuple[str, int], list[int]] = {}
        for row, n in enumerate(read):
            of.setdefault((self.claims[n].article.version, self.claims[n].number), []).append(row)
        beside = vectors.copy()
        for row, n in enumerate(read):
            for shift in (-1, 1):
                for other in of.get((self.claims[n].article.version, self.claims[n].number + shift), ())[:1]:
                    beside[row] += 0.5 * vectors[other]
        centred = vectors - vectors.mean(axis=0)
        # the themes are the first directions of centred's singular vectors; of 120 statements the products with each
        # other are quicker taken apart than 120 vectors of 384
        exact = centred.astype(np.float64)
        themes = np.linalg.eigh(exact @ exact.T)[1][:, -THEMES:]
        told = _unit((exact - themes @ (themes.T @ exact)).astype(np.float32))
        centred, beside = _unit(centred), _unit(beside)
        return centred @ centred.T, beside @ beside.T, told @ told.T

    def _places(self) -> NDArray[np.float64]:
        last = Counter[str]()
        for version, number in self._sentences:
            last[version] = max(last[version], number)
        return np.array([claim.number / (last[claim.article.version] + 1) for claim in self.claims])

    def _vector(self, words: Sequence[str]) -> dict[str, float]:
        return {term: (1.0 + log(count)) * self.rarity(term) for term, count in Counter(words).items()}

    def _around(self, claim: Claim) -> dict[str, float]:
        counts: dict[str, float] = {}
        for shift, weight in ((-1, 0.5), (0, 1.0), (1, 0.5)):
            for term in self._sentences.get((claim.article.version, claim.number + shift), ()):
                counts[term] = counts.get(term, 0.0) + weight
        return {term: log(1.0 + count) * self.rarity(term) for term, count in counts.items()}

    def _matrix(self, rows: Sequence[Mapping[str, float]], vocabulary: Mapping[str, int]) -> Matrix:
        matrix = np.zeros((len(rows), len(vocabulary)), dtype=np.float32)
        for n, row in enumerate(rows):
            for term, weight in row.items():
                if (column := vocabulary.get(term)) is not None:
                    matrix[n, column] = weight
        return matrix


def _unit(rows: Matrix) -> Matrix:
    sizes = np.linalg.norm(rows, axis=1, keepdims=True)
    return (rows / np.where(sizes > 0, sizes, 1.0)).astype(np.float32)


def _logistic(features: Matrix, weights: Mapping[str, float]) -> NDArray[np.float64]:
    names = [name for name in weights if name != "bias"]
    raw = features.astype(np.float64) @ np.array([weights[name] for name in names]) + weights["bias"]
    surely: NDArray[np.float64] = 1.0 / (1.0 + np.exp(-raw))
    return surely


def _margins(near: Matrix, outlets: NDArray[np.int64]) -> Matrix:
    """By how much a statement is nearer to another than to any further one of that other's outlet."""
    over = np.zeros_like(near)
    for outlet in np.unique(outlets):
        columns = np.flatnonzero(outlets == outlet)
        held = near[:, columns]
        ranked = np.sort(np.concatenate([held, np.zeros((len(near), 1), dtype=near.dtype)], axis=1), axis=1)
        best, second = ranked[:, -1:], ranked[:, -2:-1]
        over[:, columns] = held - np.where(held >= best, second, best)
    return over


def _longest_runs(texts: Sequence[Sequence[str]]) -> NDArray[np.int8]:
    """For each two texts, (texts, texts): the longest run of words in both, 1 (also for none) to ``RUN_MAX``."""
    longest = np.ones((len(texts), len(texts)), dtype=np.int8)
    for size in range(2, RUN_MAX + 1):
        for having in _having([{tuple(text[n : n + size]) for n in range(len(text) - size + 1)} for text in texts]):
            longest[having[:, None], having] = size
    return longest


def _in_common(sets: Sequence[Collection[Hashable]]) -> NDArray[np.int16]:
    """How many members each two sets share, (sets, sets)."""
    shared = np.zeros((len(sets), len(sets)), dtype=np.int16)
    for having in _having(sets):
        shared[having[:, None], having] += 1
    return shared


def _having(sets: Sequence[Collection[Hashable]]) -> Iterator[NDArray[np.int64]]:
    """For each member of several sets, the numbers of the sets that have it."""
    having: dict[Hashable, list[int]] = {}
    for number, members in enumerate(sets):
        for member in members:
            having.setdefault(member, []).append(number)
    return (np.array(numbers) for numbers in having.values() if len(numbers) > 1)
