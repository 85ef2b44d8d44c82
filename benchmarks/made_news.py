"""Made news of any amount: invented words with the spread of real ones, told by many outlets, the same for a seed.

Words are drawn by Zipf's law: the first thousand ranks are English function words and words of everyday news, so that
the product's own notion of a telling word holds; the rest are invented. A story has words, names and numbers of its
own and is told by one to fifty outlets, most of them within a day. Stories stand in no order of time, so that any
number of them is spread over the whole span.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property, lru_cache
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from claims.common_words import FUNCTION_WORDS, NEWS_WORDS
from claims.types import Article, Outlet

START = datetime(2025, 3, 1, tzinfo=UTC)
BLOCK = 1000  # articles that are made, and kept, at a time
WORD_TYPES = 300_000
#: Zipf-Mandelbrot; English news of this length has some 100 distinct words in 150, as these have
ZIPF, ZIPF_SHIFT = 1.07, 2.7
OUTLETS = 400
GIVEN_NAMES, FAMILY_NAMES = 4_000, 60_000
#: how many outlets tell a story, and the share of such stories
TELLERS = ((1, 0.5), (2, 0.18), (4, 0.17), (9, 0.11), (20, 0.035), (50, 0.005))
WORDS_OF_STORY, TIMES_EACH = 8, 2
NAMES_OF_STORY = 3
TOLD = 0.8  # of what a story has, in one article
SPREAD_H = 9.0  # hours between a story's beginning and one of its articles, on average
DIMENSIONS = 384
#: how a vector comes about: a theme that many stories share, the story, the outlet's own; cosine within a story .8
THEMES, THEME_PART, STORY_PART, OWN_PART = 300, 0.5, 0.75, 0.45

_ONSETS = ("b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z", "br", "st", "tr")
_SYLLABLES = [onset + rest for onset in _ONSETS for rest in ("a", "e", "i", "o", "u", "ai", "or", "en")]


@dataclass(frozen=True, slots=True)
class Told:
    """An article, what it means, and which story it tells."""

    article: Article
    vector: NDArray[np.float32]
    story: int


class MadeNews:
    """``articles`` pieces of ``words`` words over ``days`` days."""

    def __init__(self, articles: int, *, words: int, days: int = 30, seed: int = 1) -> None:
        self.articles = articles
        self._words, self._days, self._seed = words, days, seed
        sizes, shares = zip(*TELLERS, strict=True)
        told = np.random.default_rng((seed, 0)).choice(sizes, articles, p=shares)
        self._ends = np.cumsum(told)
        self._story = lru_cache(BLOCK)(self._make_story)

    def block(self, number: int) -> list[Told]:
        """Articles ``number * BLOCK`` onwards."""
        first = number * BLOCK
        own = np.random.default_rng((self._seed, 1, number))
        drawn = self._vocabulary[np.searchsorted(self._shares, own.random((BLOCK, self._words)))].tolist()
        stories = np.searchsorted(self._ends, np.arange(first, first + BLOCK), side="right").tolist()
        nuances = OWN_PART * _directions(own, BLOCK)
        told = [self._told(first + n, story, drawn[n], nuances[n], own) for n, story in enumerate(stories)]
        return told[: max(0, self.articles - first)]

    def story_of(self, number: int) -> range:
        """The numbers of the articles that tell the same story as article ``number``."""
        story = int(np.searchsorted(self._ends, number, side="right"))
        return range(int(self._ends[story - 1]) if story else 0, min(int(self._ends[story]), self.articles))

    def _told(
        self, number: int, story: int, words: list[str], nuance: NDArray[np.float32], own: np.random.Generator
    ) -> Told:
        shared = self._story(story)
        told = own.random(len(shared.facts)) < TOLD  # nobody tells all of it
        for fact, at in zip(compress(shared.facts, told), own.integers(len(words), size=len(told)), strict=False):
            words[at] = fact
        outlet = _outlet(int(own.integers(OUTLETS)))
        article = Article(
            url=f"https://{outlet.domains[0]}/{number}",
            outlet=outlet,
            title=" ".join([shared.facts[-1], *shared.facts[1 + number % 4 : 4 + number % 4], *words[:3]]),
            text=". ".join(" ".join(words[at : at + 18]) for at in range(0, len(words), 18)) + ".",
            published_at=shared.begun + timedelta(hours=float(own.exponential(SPREAD_H))),
            language="en",
        )
        vector = shared.meaning + nuance
        return Told(article, (vector / np.sqrt(vector @ vector)).astype(np.float32), story)

    def _make_story(self, number: int) -> "_Story":
        dice = np.random.default_rng((self._seed, 3, number))
        telling = self._vocabulary[dice.integers(2_000, WORD_TYPES, WORDS_OF_STORY)].tolist()
        names = [self._name(dice) for _ in range(NAMES_OF_STORY)]
        return _Story(
            facts=[str(dice.integers(11, 9999)), *(telling * TIMES_EACH), *(names * TIMES_EACH)],
            begun=START + timedelta(days=float(dice.random() * self._days)),
            meaning=THEME_PART * self._themes[dice.integers(THEMES)] + STORY_PART * _directions(dice, 1)[0],
        )

    def _name(self, dice: np.random.Generator) -> str:
        # few are named often: squares crowd at the front
        given = int(dice.random() ** 2 * GIVEN_NAMES)
        family = int(dice.random() ** 2 * FAMILY_NAMES)
        return f"{_invented(given + 7).capitalize()} {_invented(family + 400_000).capitalize()}"

    @cached_property
    def _vocabulary(self) -> NDArray[np.object_]:
        common = [
            word
            for word in (*sorted(FUNCTION_WORDS, key=lambda word: (len(word), word)), *sorted(NEWS_WORDS))
            if word.isascii()
        ]
        words = [*common, *(_invented(n) for n in range(WORD_TYPES - len(common)))]
        return np.array(words, dtype=object)

    @cached_property
    def _shares(self) -> NDArray[np.float64]:
        weights = 1 / (np.arange(1, WORD_TYPES + 1) + ZIPF_SHIFT) ** ZIPF
        shares: NDArray[np.float64] = np.cumsum(weights) / weights.sum()
        shares[-1] = 1.0
        return shares

    @cached_property
    def _themes(self) -> NDArray[np.float32]:
        return _directions(np.random.default_rng((self._seed, 4)), THEMES)


@dataclass(frozen=True, slots=True)
class _Story:
    """What all who tell it have in common: a number, words and names; when it began; what it means."""

    facts: list[str]
    begun: datetime
    meaning: NDArray[np.float32]


def _directions(dice: np.random.Generator, count: int) -> NDArray[np.float32]:
    drawn = dice.standard_normal((count, DIMENSIONS), np.float32)
    lengths: NDArray[np.float32] = np.sqrt((drawn * drawn).sum(axis=1, keepdims=True))
    return drawn / lengths


def _invented(number: int) -> str:
    """A word for each number, short ones first."""
    word, left = "", number + len(_SYLLABLES)
    while left:
        left, at = divmod(left, len(_SYLLABLES))
        word += _SYLLABLES[at]
    return word


@lru_cache(OUTLETS)
def _outlet(number: int) -> Outlet:
    name = _invented(number + 900_000)
    return Outlet(key=name, name=name.capitalize(), domains=(f"{name}.example",))
