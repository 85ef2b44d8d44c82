"""How alike two articles are, as one number, and every threshold that it is held against.

Texts are compared as weighted bags of terms: how often a term stands in a text (damped), how rare it is, and whether
headline or opening have it. Names and rare words decide, words of everyday news hardly count. Where the optional model
is at hand (``claims.matching.meaning``) the nearness of what headline and opening mean comes in, on the same scale.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from math import log, sqrt
from operator import mul
from typing import Protocol

from claims.terms import GENERAL, Background, terms
from claims.types import Article

#: how far apart in days the articles of one story may be published; in the 50 public events it is 0 to 6
STORY_WINDOW = timedelta(days=7)
#: how often a term of the headline and of the opening words counts beside the rest of the text
TITLE_BOOST = 3
TITLE_BOOST_IN_OPENING = 2
OPENING_BOOST = 3
OPENING_WORDS = 60
#: whole texts against openings, fitted leaving one event out: R-precision 0.967 date-blind, whole texts alone 0.943
WHOLE_PART = 0.65
#: below it two articles have too little in common to be looked at further; no pair of the 50 public events is
ALIKE_MIN = 0.06
#: how much meaning counts beside words; from .25 to .5 the figures of `benchmarks stories` are the same
MEANING_PART = 0.4
#: cosine that stands for "nothing in common"; with it one threshold serves with and without the model
MEANING_ZERO = 0.35

# Thresholds, all of `benchmarks stories`; run it again before changing one.
#: what two articles of one story have at least, where only these two are looked at: within a week F1 of pairs is .970
#: by words alone (best at .19 and .20), .980 with the model (from .15 to .26)
SAME_STORY_MIN = 0.19
#: the same where of one only headline and summary are known
SAME_STORY_HEADLINE_MIN = 0.17
#: score lost for each day between two articles
DAY_COST = 0.01
#: an article is crowded as far as its likest few are like it: two siblings and one stranger in the public events
CROWD = 3
#: how much of both articles' crowdedness is taken off: a theme that all write of asks for more. At .25 to .35 BCubed
#: F1 is .985 and more, without it .978 at the one best threshold
CROWD_COST = 0.3
#: average nearness that holds a story together; BCubed F1 is .98 and more from .062 to .098
STORY_MIN = 0.08

#: languages that the model was trained on; of texts in others it says that they are all alike
MEANING_LANGUAGES = frozenset({None, "en"})
#: characters of the opening that the model reads; it was trained on short texts, and each doubles the time
GIST_LENGTH = 500

Profile = Mapping[str, float]
Vector = Sequence[float]


class Meaning(Protocol):
    """What can say what an English text means; ``claims.matching.meaning.Model`` is the one there is."""

    @property
    def vector(self) -> Callable[[str], Vector]:
        """Text to its meaning, a vector of length 1; the same text gives the same."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """An article made ready for likening: weighted terms, each vector of length 1."""

    whole: Profile  #: headline and text, headline and opening counting more
    opening: Profile  #: headline and first words only: what the article is about
    meaning: Callable[[], Vector] | None = None  #: of headline and opening; worked out only where words leave a doubt


def sketch(article: Article, background: Background = GENERAL, meaning: Meaning | None = None) -> Sketch:
    """The article's terms by number and rarity."""
    title, body = terms(article.title), terms(article.text)
    opening = Counter(body[:OPENING_WORDS])
    whole = Counter(body)
    for term, count in opening.items():
        whole[term] += (OPENING_BOOST - 1) * count
    for term in title:
        whole[term] += TITLE_BOOST
        opening[term] += TITLE_BOOST_IN_OPENING
    told = partial(meaning.vector, gist(article)) if meaning and article.language in MEANING_LANGUAGES else None
    return Sketch(weigh(whole, background), weigh(opening, background), told)


def likeness(one: Sketch, two: Sketch) -> float:
    """How alike two articles are, about 0..1; dates are not looked at. Symmetric."""
    words = WHOLE_PART * dot(one.whole, two.whole) + (1.0 - WHOLE_PART) * dot(one.opening, two.opening)
    if words < ALIKE_MIN or one.meaning is None or two.meaning is None:
        return words
    return (1.0 - MEANING_PART) * words + MEANING_PART * near_in_meaning(one.meaning(), two.meaning())


def alike(one: Article, mine: Sketch, two: Article, theirs: Sketch) -> float | None:
    """What stories are made of: likeness less the days between, None outside the window or with nothing in common."""
    apart = days_between(one.published_at, two.published_at) or 0
    if apart > STORY_WINDOW.days or (score := likeness(mine, theirs)) < ALIKE_MIN:
        return None
    return score - DAY_COST * apart


def gist(article: Article) -> str:
    """Headline and opening, what the model reads."""
    if article.text.startswith(article.title):  # only the headline is known, or the text repeats it
        return article.text[:GIST_LENGTH]
    return f"{article.title}. {article.text[:GIST_LENGTH]}"


def near_in_meaning(one: Vector, two: Vector) -> float:
    """The cosine of two meanings on the scale of words: about 0 where the themes differ, up to 0.65. Symmetric."""
    return float(sum(map(mul, one, two))) - MEANING_ZERO


def weigh(counts: Mapping[str, int], background: Background) -> Profile:
    """Terms by number and rarity, as a vector of length 1; empty without terms."""
    weights = {term: (1.0 + log(count)) * background.rarity(term) for term, count in sorted(counts.items())}
    length = sqrt(sum(weight * weight for weight in weights.values()))
    return {term: weight / length for term, weight in weights.items()} if length else {}


def dot(one: Profile, two: Profile) -> float:
    """Inner product. Symmetric."""
    small, large = sorted((one, two), key=len)
    return sum(weight * large[term] for term, weight in small.items() if term in large)


def days_between(one: datetime | None, two: datetime | None) -> int | None:
    """Whole days between two dates, None where one is not known."""
    return abs((one.date() - two.date()).days) if one and two else None
