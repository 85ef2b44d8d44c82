"""Which existing fact-checks speak of a story: by how much of the claim's own words its articles have. Pure."""

from collections.abc import Iterable
from datetime import UTC, datetime

from claims.comparison import FactCheck
from claims.terms import GENERAL, terms
from claims.types import Story

#: share of a claim's terms, by rarity, that the story's articles have; a claim about one name of it has less
SHARE_MIN = 0.6
TERMS_MIN = 3  # a claim of fewer telling words says too little
SHOWN_MAX = 3  # of one story, the newest

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def on_story(story: Story, checks: Iterable[FactCheck]) -> tuple[FactCheck, ...]:
    """The fact-checks of what the story's articles are about, newest first, each page once."""
    told = {term for article in story.articles for term in (*terms(article.title), *terms(article.text))}
    found = {check.url: check for check in checks if _share(check.claim, told) >= SHARE_MIN}
    ordered = sorted(found.values(), key=lambda check: check.url)
    ordered.sort(key=lambda check: check.reviewed_at or _LONG_AGO, reverse=True)
    return tuple(ordered[:SHOWN_MAX])


def _share(claim: str, told: set[str]) -> float:
    wanted = set(terms(claim))
    whole = sum(sorted(GENERAL.rarity(term) for term in wanted))
    return sum(sorted(GENERAL.rarity(term) for term in wanted & told)) / whole if len(wanted) >= TERMS_MIN else 0.0
