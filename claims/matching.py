"""Which articles tell the same story: search terms of an article, candidates worth reading, articles -> ``Story``.

Pure and deterministic. Texts are compared as weighted bags of terms: how often a term stands in a text (damped), how
rare it is, and whether headline or opening have it. Names and rare words decide, words of everyday news hardly count.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import chain
from math import log, sqrt
from urllib.parse import unquote, urlsplit

from claims.quantities import quantities
from claims.terms import GENERAL, Background, Name, names, stem, terms, tokens
from claims.types import Article, Candidate, Held, Miss, Outlet, SearchTerms, Story

#: how far apart in days the articles of one story may be published; in the 50 public events it is 0 to 6
STORY_WINDOW = timedelta(days=7)
#: how many search words, names and numbers are worth sending to a search service
TERMS_MAX = 12
NAMES_MAX = 8
NUMBERS_MAX = 5
#: candidates of one outlet that are read: the second covers an outlet's report beside its comment
PER_OUTLET = 2
#: how often a term of the headline and of the opening words counts beside the rest of the text
TITLE_BOOST = 3
TITLE_BOOST_IN_OPENING = 2
OPENING_BOOST = 3
OPENING_WORDS = 60
#: whole texts against openings, fitted leaving one event out: R-precision 0.967 date-blind, whole texts alone 0.943
WHOLE_PART = 0.65
#: thresholds of `benchmarks/stories.py`; run it again before changing one
SAME_STORY_MIN = 0.19
SAME_STORY_HEADLINE_MIN = 0.17
#: score lost for each day between two articles
DAY_COST = 0.01
#: share of a slug's words that a headline must have to be that very article
SLUG_SHARE_MIN = 0.7

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)"
    rf"(?:(?P<gap>[/\-_])(?:(?P<month>\d\d?)|(?P<name>{'|'.join(_MONTHS)}))(?P=gap)(?P<day>\d\d?)|(?P<plain>\d{{4}}))(?!\d)",
    re.IGNORECASE,
)

Profile = Mapping[str, float]


@dataclass(frozen=True, kw_only=True)
class Match:
    """How near another article is to the lead, and by what."""

    same: bool
    score: float  #: 0..1
    days_apart: int | None  #: None where one has no date
    lead: Article
    other: Article

    @cached_property
    def shared_names(self) -> tuple[str, ...]:
        """Names that both have, as the lead writes them, most telling first."""
        theirs = {name.key for name in names(f"{self.other.title}\n{self.other.text}")}
        mine = _telling_names(self.lead, sketch(self.lead).whole)
        return tuple(name for name, key in mine if key in theirs)

    @cached_property
    def shared_numbers(self) -> tuple[str, ...]:
        """Numbers that both have, most repeated first."""
        theirs = set(_telling_numbers(self.other))
        return tuple(number for number in _telling_numbers(self.lead) if number in theirs)


def search_terms(article: Article) -> SearchTerms:
    """What to search the article's story with; an old article is searched around its own date."""
    weights = sketch(article).whole
    surface = _surfaces(f"{article.title}\n{article.text}")
    words = [surface[term] for term in _best(weights) if term in surface]
    since, until = _window(article.published_at)
    return SearchTerms(
        words=tuple(words[:TERMS_MAX]),
        names=tuple(name for name, _ in _telling_names(article, weights)[:NAMES_MAX]),
        numbers=tuple(_telling_numbers(article)[:NUMBERS_MAX]),
        title=article.title,
        since=since,
        until=until,
        language=article.language,
    )


def terms_of_link(link: str) -> SearchTerms:
    """What the address alone tells of an article that is closed to us: the words of its slug, the date in its path."""
    title = " ".join(_slug(link))
    since, until = _window(_date_in(link))
    words = [word for word in tokens(title) if terms(word)]
    words.sort(key=lambda word: -GENERAL.rarity(stem(word)))
    return SearchTerms(words=tuple(words[:TERMS_MAX]), names=(), numbers=(), title=title, since=since, until=until)


def headline_for(link: str, outlet: Outlet, candidates: Sequence[Candidate]) -> Candidate | None:
    """The candidate behind ``link``: the same address, or a headline of its outlet with the words of the slug."""
    same = [candidate for candidate in candidates if folded(candidate.url) == folded(link)]
    if same:
        return same[0]
    slug = set(terms(" ".join(_slug(link))))
    if len(slug) < 2:
        return None
    scored = [
        (len(slug & set(terms(candidate.title))) / len(slug), -n, candidate)
        for n, candidate in enumerate(candidates)
        if candidate.outlet.key == outlet.key
    ]
    share, _, best = max(scored, key=lambda row: row[:2], default=(0.0, 0, None))
    return best if share >= SLUG_SHARE_MIN else None


def shortlist(lead: Article, candidates: Sequence[Candidate], *, limit: int = 12) -> tuple[Candidate, ...]:
    """The candidates worth reading, best first: by headline and summary, at most ``PER_OUTLET`` of an outlet.

    The lead itself and what lies outside the window are left out; the lead's own outlet counts only where no other is
    left. Any order of ``candidates`` gives the same answer.
    """
    weights = sketch(lead).whole
    scored: dict[str, tuple[float, Candidate]] = {}
    for candidate in candidates:
        apart = _days(lead.published_at, candidate.published_at)
        if folded(candidate.url) == folded(lead.url) or (apart or 0) > STORY_WINDOW.days:
            continue
        score = _dot(weights, _weigh(Counter(terms(f"{candidate.title}\n{candidate.summary}")), GENERAL))
        if score == 0.0:
            continue
        score -= DAY_COST * (apart or 0)
        key = folded(candidate.url)
        if key not in scored or _rank(score, candidate) < _rank(*scored[key]):
            scored[key] = (score, candidate)
    ranked = [candidate for _, candidate in sorted(scored.values(), key=lambda pair: _rank(*pair))]
    others = [candidate for candidate in ranked if candidate.outlet.key != lead.outlet.key]
    taken: list[Candidate] = []
    per_outlet: Counter[str] = Counter()
    for candidate in others or ranked:
        if len(taken) < limit and per_outlet[candidate.outlet.key] < PER_OUTLET:
            per_outlet[candidate.outlet.key] += 1
            taken.append(candidate)
    return tuple(taken)


def same_story(lead: Article, other: Article, background: Background = GENERAL) -> Match:
    """Whether two articles report the same event. Symmetric, but the names are written as the lead has them."""
    return _match(lead, sketch(lead, background), other, sketch(other, background))


def gather(lead: Article, results: Iterable[Article | Miss], background: Background = GENERAL) -> Story:
    """The story around ``lead``: what reports the same event, best match first, one entry a version; misses are kept.

    Wire copies of one text stay in as members of their outlets, and so does what the reader brought along. Articles of
    another story are dropped.
    """
    misses: list[Miss] = []
    found: dict[str, tuple[float, Article]] = {}
    mine = sketch(lead, background)
    for result in results:
        if isinstance(result, Miss):
            misses.append(result)
        elif result.version != lead.version and folded(result.url) != folded(lead.url):
            match = _match(lead, mine, result, sketch(result, background))
            if match.same or result.held is Held.READER_COPY:
                found[result.version] = (match.score, result)
    ordered = sorted(found.values(), key=lambda pair: (-pair[0], pair[1].outlet.key, pair[1].url))
    distinct = sorted(set(misses), key=lambda miss: (miss.outlet, miss.url or "", miss.reason))
    return Story(lead=lead, others=tuple(article for _, article in ordered), misses=tuple(distinct))


@dataclass(frozen=True, slots=True)
class Sketch:
    """An article made ready for likening: weighted terms, each vector of length 1."""

    whole: Profile  #: headline and text, headline and opening counting more
    opening: Profile  #: headline and first words only: what the article is about


def sketch(article: Article, background: Background = GENERAL) -> Sketch:
    """The article's terms by number and rarity."""
    title, body = terms(article.title), terms(article.text)
    opening = Counter(body[:OPENING_WORDS])
    whole = Counter(body)
    for term, count in opening.items():
        whole[term] += (OPENING_BOOST - 1) * count
    for term in title:
        whole[term] += TITLE_BOOST
        opening[term] += TITLE_BOOST_IN_OPENING
    return Sketch(_weigh(whole, background), _weigh(opening, background))


def likeness(one: Sketch, two: Sketch) -> float:
    """How alike two articles are, 0..1; dates are not looked at. Symmetric."""
    return WHOLE_PART * _dot(one.whole, two.whole) + (1.0 - WHOLE_PART) * _dot(one.opening, two.opening)


def _match(lead: Article, mine: Sketch, other: Article, theirs: Sketch) -> Match:
    apart = _days(lead.published_at, other.published_at)
    score = likeness(mine, theirs) - DAY_COST * (apart or 0)
    short = Held.HEADLINE in (lead.held, other.held)
    least = SAME_STORY_HEADLINE_MIN if short else SAME_STORY_MIN
    return Match(
        same=score >= least and (apart or 0) <= STORY_WINDOW.days,
        score=max(0.0, min(1.0, score)),
        days_apart=apart,
        lead=lead,
        other=other,
    )


def folded(link: str) -> str:
    """An address without what doesn't change the page: scheme, "www.", "amp", query, fragment, last slash."""
    parts = urlsplit(link)
    host = re.sub(r"^(?:www\.|m\.|mobile\.|amp\.)+", "", (parts.hostname or "").lower())
    path = re.sub(r"(?:/amp)?/*$", "", parts.path)
    return f"{host}{path}" if host else link


def _weigh(counts: Mapping[str, int], background: Background) -> Profile:
    weights = {term: (1.0 + log(count)) * background.rarity(term) for term, count in sorted(counts.items())}
    length = sqrt(sum(weight * weight for weight in weights.values()))
    return {term: weight / length for term, weight in weights.items()} if length else {}


def _dot(one: Profile, two: Profile) -> float:
    small, large = sorted((one, two), key=len)
    return sum(weight * large[term] for term, weight in small.items() if term in large)


def _rank(score: float, candidate: Candidate) -> tuple[float, str, str]:
    return (-round(score, 9), candidate.url, candidate.title)


def _best(weights: Profile) -> list[str]:
    return sorted(weights, key=lambda term: (-weights[term], term))


def _surfaces(text: str) -> Mapping[str, str]:
    """For each term the form in which the text has it most often."""
    forms: dict[str, Counter[str]] = {}
    for word in tokens(text):
        forms.setdefault(stem(word), Counter())[word] += 1
    return {term: min(counts, key=lambda word: (-counts[word], word)) for term, counts in forms.items()}


def _telling_names(article: Article, weights: Profile) -> list[tuple[str, str]]:
    """Names of the body with their keys, the fullest form of each; most telling first."""
    forms: dict[str, list[Name]] = {}
    for name in names(article.text):
        forms.setdefault(name.key, []).append(name)
    title = set(terms(article.title))
    scores: dict[str, float] = {}
    for key, found in forms.items():
        rarest = max(weights.get(term, 0.0) for term in (key, *terms(found[0].text)))
        scores[key] = (2.0 if key in title else 1.0) * (1.0 + log(len(found))) * rarest
    fullest = {key: max(found, key=lambda name: (len(name.text), name.text)).text for key, found in forms.items()}
    return [(fullest[key], key) for key in sorted(scores, key=lambda key: (-scores[key], key))]


def _telling_numbers(article: Article) -> list[str]:
    """Numbers of headline and body that are no bare small counts, the most repeated first."""
    counts = Counter(
        quantity.text for quantity in chain(quantities(article.title), quantities(article.text)) if quantity.telling
    )
    return sorted(counts, key=lambda text: (-counts[text], text))


def _days(one: datetime | None, two: datetime | None) -> int | None:
    return abs((one.date() - two.date()).days) if one and two else None


def _window(moment: datetime | None) -> tuple[datetime | None, datetime | None]:
    return (moment - STORY_WINDOW, moment + STORY_WINDOW) if moment else (None, None)


def _slug(link: str) -> list[str]:
    """The words of the longest part of the path, without numbers that only identify."""
    parts = [re.sub(r"\.\w{2,5}$", "", unquote(part)) for part in _DATE.sub("", urlsplit(link).path).split("/")]
    words = [[word for word in re.split(r"[-_+ ]+", part) if word] for part in parts]
    longest = max(words, key=lambda found: (len(found), sum(map(len, found))), default=[])
    kept = [word for word in longest if not re.fullmatch(r"\w*\d{3,}\w*|[0-9a-f]{8,}|n", word)]
    return kept if len(kept) > 1 else []  # one word is a section or an id


def _date_in(link: str) -> datetime | None:
    """The first date in the address: 2025/03/04, 2025-03-04, 20250304, 2025/mar/04."""
    for found in _DATE.finditer(link):
        month = found["name"] or found["month"] or found["plain"][:2]
        number = _MONTHS.index(month.lower()) + 1 if found["name"] else int(month)
        try:
            return datetime(int(found["year"]), number, int(found["day"] or found["plain"][2:]), 12, tzinfo=UTC)
        except ValueError:  # 2025/99/99 is no date
            continue
    return None
