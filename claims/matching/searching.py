"""What to search a story with, and which of the things found are worth reading."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from urllib.parse import unquote, urlsplit

from claims.matching.likeness import DAY_COST, STORY_WINDOW, Profile, days_between, dot, sketch, weigh
from claims.matching.telling import telling_names, telling_numbers
from claims.terms import GENERAL, stem, terms, tokens
from claims.types import Article, Candidate, Outlet, SearchTerms

#: how many search words, names and numbers are worth sending to a search service
TERMS_MAX = 12
NAMES_MAX = 8
NUMBERS_MAX = 5
#: candidates of one outlet that are read: the second covers an outlet's report beside its comment
PER_OUTLET = 2
#: share of a slug's words that a headline must have to be that very article
SLUG_SHARE_MIN = 0.7

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)"
    rf"(?:(?P<gap>[/\-_])(?:(?P<month>\d\d?)|(?P<name>{'|'.join(_MONTHS)}))(?P=gap)(?P<day>\d\d?)|(?P<plain>\d{{4}}))(?!\d)",
    re.IGNORECASE,
)


def search_terms(article: Article) -> SearchTerms:
    """What to search the article's story with; an old article is searched around its own date."""
    weights = sketch(article).whole
    surface = _surfaces(f"{article.title}\n{article.text}")
    words = [surface[term] for term in _best(weights) if term in surface]
    since, until = _window(article.published_at)
    return SearchTerms(
        words=tuple(words[:TERMS_MAX]),
        names=tuple(name for name, _ in telling_names(article, weights)[:NAMES_MAX]),
        numbers=tuple(telling_numbers(article)[:NUMBERS_MAX]),
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
        apart = days_between(lead.published_at, candidate.published_at)
        if folded(candidate.url) == folded(lead.url) or (apart or 0) > STORY_WINDOW.days:
            continue
        score = dot(weights, weigh(Counter(terms(f"{candidate.title}\n{candidate.summary}")), GENERAL))
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


def folded(link: str) -> str:
    """An address without what doesn't change the page: scheme, "www.", "amp", query, fragment, last slash."""
    parts = urlsplit(link)
    host = re.sub(r"^(?:www\.|m\.|mobile\.|amp\.)+", "", (parts.hostname or "").lower())
    path = re.sub(r"(?:/amp)?/*$", "", parts.path)
    return f"{host}{path}" if host else link


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
