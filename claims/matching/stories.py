"""Stories that grow as articles arrive: each opens a story, joins one, or brings several together.

Which articles are one story depends on the articles alone, not on the order in which they came: what an arrival may
have changed is grouped anew, and nothing else is touched. ``grouped`` is that step, ``Stories`` keeps all in memory,
``storage.stories`` in the database.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from heapq import heapify, heappop, heappush, nlargest

from claims.matching.likeness import CROWD, CROWD_COST, STORY_MIN

Likes = Mapping[str, Mapping[str, float]]


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


@dataclass(frozen=True, slots=True)
class Naming:
    """Which stories go on under which number."""

    kept: tuple[int | None, ...]  #: the number of each group, None for a new one
    into: Mapping[int, int]  #: a number that no group has any more -> which group most of its articles are in


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
        crowds = {each: crowdedness(self._like[each].values()) for each in (name, *likenesses)}
        changed = [each for each, crowd in crowds.items() if crowd != self._crowded.get(each)]
        self._crowded.update(crowds)
        touched = self._touched(name, changed)
        before = {self._story[other] for other in touched if other != name}
        for chain in chains(touched, self._like, self._crowded):
            self._near.update(dict.fromkeys(chain, frozenset(chain)))
            for story in grouped(chain, self._like, self._crowded):
                self._story.update(dict.fromkeys(story, story))
        story = self._story[name]
        return Arrival(step_of(name, story, before), story)

    def all(self) -> list[frozenset[str]]:
        """The stories, those of one article too; by their first article's name."""
        return sorted(set(self._story.values()), key=min)

    def _touched(self, name: str, changed: Iterable[str]) -> set[str]:
        """All whose grouping may be another now: whatever chains of near pairs join to the changed ones.

        An arrival makes no pair nearer but its own, so the chains of before hold every other change.
        """
        touched = {name}
        for each in changed:
            touched |= self._near.get(each, frozenset())
        for other, alike in self._like[name].items():
            if nearness(alike, self._crowded[name], self._crowded[other]) >= STORY_MIN:
                touched |= self._near[other]
        return touched


def crowdedness(likes: Iterable[float]) -> float:
    """How like an article its likest few are."""
    return sum(nlargest(CROWD, likes)) / CROWD


def nearness(alike: float, one_crowd: float, two_crowd: float) -> float:
    """Likeness less the share of both articles' crowdedness; grows smaller as either finds likes elsewhere."""
    return alike - CROWD_COST * (one_crowd + two_crowd)


def step_of(name: str, story: Collection[str], before: Iterable[Collection[str]]) -> Step:
    """What an article did, by the stories that there were before it."""
    joined = sum(any(other in story and other != name for other in earlier) for earlier in before)
    return (Step.OPENS, Step.JOINS, Step.MERGES)[min(joined, 2)]


def chains(names: Iterable[str], like: Likes, crowded: Mapping[str, float]) -> list[list[str]]:
    """The articles parted into chains of near pairs: no story can reach from one chain to another."""
    left, found = dict.fromkeys(sorted(names)), []
    while left:
        chain, reached = list[str](), [next(iter(left))]
        left.pop(reached[0])
        while reached:
            chain.append(one := reached.pop())
            for other, alike in like[one].items():
                if other in left and nearness(alike, crowded[one], crowded[other]) >= STORY_MIN:
                    left.pop(other)
                    reached.append(other)
        found.append(sorted(chain))
    return found


def grouped(
    names: Sequence[str],
    like: Likes,
    crowded: Mapping[str, float],
    *,
    blocks: Mapping[str, int] | None = None,
    apart: Mapping[str, Collection[str]] | None = None,
) -> list[frozenset[str]]:
    """Groups joined from the nearest two down, while two are near enough on average (average linkage).

    ``blocks``: articles with the same number are one story, whatever they say; ``apart``: with whom an article is not.
    """
    begun: dict[str | int, list[str]] = {}
    for name in names:
        begun.setdefault((blocks or {}).get(name, name), []).append(name)
    parts = list(begun.values())
    groups = {n: frozenset(part) for n, part in enumerate(parts)}
    barred = {n: {other for name in part for other in (apart or {}).get(name, ())} for n, part in enumerate(parts)}
    crowds = {n: sum(crowded[name] for name in part) for n, part in enumerate(parts)}
    sums = _sums(parts, like)

    def joinable(n: int, m: int) -> list[tuple[float, int, int]]:
        """The two as an entry of the heap, none where they are not to be joined."""
        if not barred[n].isdisjoint(groups[m]):
            return []
        taken = CROWD_COST * (crowds[n] * len(groups[m]) + crowds[m] * len(groups[n]))
        average = (sums[n][m] - taken) / (len(groups[n]) * len(groups[m]))
        return [(-average, n, m)] if average >= STORY_MIN else []

    nearest = [entry for n, row in sums.items() for m in row if n < m for entry in joinable(n, m)]
    heapify(nearest)
    while nearest:
        _, n, m = heappop(nearest)
        if n not in groups or m not in groups:
            continue
        new = len(sums)
        both = {k: sums[n].get(k, 0.0) + sums[m].get(k, 0.0) for k in sorted({*sums[n], *sums[m]})}
        groups[new], crowds[new] = groups.pop(n) | groups.pop(m), crowds[n] + crowds[m]
        barred[new] = barred[n] | barred[m]
        sums[new] = {k: alike for k, alike in both.items() if k in groups}
        for k, alike in sums[new].items():
            sums[k][new] = alike
            for entry in joinable(k, new):
                heappush(nearest, entry)
    return list(groups.values())


def named(groups: Sequence[Collection[str]], before: Mapping[str, int]) -> Naming:
    """Each group goes on under the number that most of its articles had, if not more of those are in another group."""
    shares = Counter((before[name], n) for n, group in enumerate(groups) for name in group if name in before)
    ranked = sorted(shares, key=lambda share: (-shares[share], share))
    kept: dict[int, int] = {}
    taken = set[int]()
    for story, n in ranked:
        if n not in kept and story not in taken:
            kept[n] = story
            taken.add(story)
    into: dict[int, int] = {}
    for story, n in ranked:
        if story not in taken:
            into.setdefault(story, n)
    return Naming(tuple(kept.get(n) for n in range(len(groups))), into)


def _sums(parts: Sequence[Sequence[str]], like: Likes) -> dict[int, dict[int, float]]:
    """For each two parts the likeness of their articles, added up; none for parts with nothing in common."""
    part_of = {name: n for n, part in enumerate(parts) for name in part}
    sums: dict[int, dict[int, float]] = {n: {} for n in range(len(parts))}
    for name, n in part_of.items():
        for other, alike in like[name].items():
            if (m := part_of.get(other, n)) != n:
                sums[n][m] = sums[n].get(m, 0.0) + alike
    return sums
