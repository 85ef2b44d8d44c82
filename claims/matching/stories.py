"""Stories that grow as articles arrive: each opens a story, joins one, or brings several together.

Which articles are one story depends on the articles alone, not on the order in which they came: what an arrival may
have changed is grouped anew, and nothing else is touched.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from heapq import heapify, heappop, heappush, nlargest

from claims.matching.likeness import CROWD, CROWD_COST, STORY_MIN


class Step(StrEnum):
    """What an article did when it came."""

    OPENS = "opens"
    JOINS = "joins"
    MERGES = "merges"


@dataclass(frozen=True, slots=True)
class Arrival:
    """Where an article came to stand."""

    step: Step
    story: frozenset[str]  #: the articles of its story, itself included


class Stories:
    """Articles by name, grouped by average nearness: likeness less what both articles' crowdedness takes off."""

    def __init__(self) -> None:
        self._like: dict[str, dict[str, float]] = {}
        self._crowded: dict[str, float] = {}
        self._near: dict[str, frozenset[str]] = {}  # by article: what a chain of near pairs joins it to
        self._story: dict[str, frozenset[str]] = {}

    def add(self, name: str, likenesses: Mapping[str, float]) -> Arrival:
        """Take in an article with its likeness to earlier ones; a pair left out is one of nothing in common.

        Whether a pair is left out must not depend on which of the two came first. Raises KeyError for an article that
        is not here, ValueError for one that is here already.
        """
        if name in self._like:
            raise ValueError(f"The article {name} is in the stories already. Add each article once.")
        self._like[name] = dict(likenesses)
        for other, score in likenesses.items():
            self._like[other][name] = score
        changed = [name, *(other for other in likenesses if self._crowd(other) != self._crowded[other])]
        self._crowded.update((each, self._crowd(each)) for each in changed)
        touched = self._touched(name, changed)
        before = {self._story[other] for other in touched if other != name}
        self._group(touched)
        story = self._story[name]
        joined = sum(not story.isdisjoint(earlier) for earlier in before)
        return Arrival((Step.OPENS, Step.JOINS, Step.MERGES)[min(joined, 2)], story)

    def all(self) -> list[frozenset[str]]:
        """The stories, those of one article too; by their first article's name."""
        return sorted(set(self._story.values()), key=min)

    def nearness(self, one: str, two: str) -> float:
        """Likeness less the share of crowdedness. Symmetric; grows smaller as either finds likes elsewhere."""
        alike = self._like[one].get(two, 0.0)
        return alike - CROWD_COST * (self._crowded[one] + self._crowded[two])

    def _crowd(self, name: str) -> float:
        return sum(nlargest(CROWD, self._like[name].values())) / CROWD

    def _touched(self, name: str, changed: Iterable[str]) -> set[str]:
        """All whose grouping may be another now: whatever chains of near pairs join to the changed ones.

        An arrival makes no pair nearer but its own, so the chains of before hold every other change.
        """
        touched = {name}
        for each in changed:
            touched |= self._near.get(each, frozenset())
        for other in self._like[name]:
            if self.nearness(name, other) >= STORY_MIN:
                touched |= self._near[other]
        return touched

    def _group(self, touched: set[str]) -> None:
        """Stories are grouped within chains of near pairs: no story can reach from one chain to another."""
        left = set(touched)
        while left:
            chain, reached = set[str](), [left.pop()]
            while reached:
                chain.add(one := reached.pop())
                near = [other for other in self._like[one] if other in left and self.nearness(one, other) >= STORY_MIN]
                left.difference_update(near)
                reached += near
            self._near.update(dict.fromkeys(chain, frozenset(chain)))
            for story in self._linked(sorted(chain)):
                self._story.update(dict.fromkeys(story, story))

    def _linked(self, names: list[str]) -> list[frozenset[str]]:
        """Groups joined from the nearest two down, while two are near enough on average (average linkage)."""
        groups = {n: frozenset((name,)) for n, name in enumerate(names)}
        sums = {n: {m: self.nearness(names[n], names[m]) for m in groups if m != n} for n in groups}
        nearest = [
            (-score, n, m) for n, row in sums.items() for m, score in row.items() if n < m and score >= STORY_MIN
        ]
        heapify(nearest)
        while nearest:
            _, n, m = heappop(nearest)
            if n not in groups or m not in groups:
                continue
            both, new = groups.pop(n) | groups.pop(m), len(sums)
            sums[new] = {k: sums[n][k] + sums[m][k] for k in groups}
            for k, total in sums[new].items():
                sums[k][new] = total
                if (average := total / (len(both) * len(groups[k]))) >= STORY_MIN:
                    heappush(nearest, (-average, k, new))
            groups[new] = both
        return list(groups.values())
