"""The searches: who else writes about a story. Each takes search terms and gives candidates."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Protocol

from claims.types import Candidate, SearchTerms
from scrapers._fetch import Fetcher
from scrapers._links import google_article, key_of
from scrapers.outlets import Outlets
from scrapers.search._query import headline_key
from scrapers.search.feeds import FeedSearch
from scrapers.search.gdelt import Gdelt
from scrapers.search.google_news import GoogleNews
from scrapers.search.guardian import Guardian
from scrapers.search.nyt import NewYorkTimes


class Search(Protocol):
    """One way to find coverage."""

    name: str  #: as it stands in ``Candidate.found_by`` and in a ``Miss``

    async def search(self, terms: SearchTerms, *, deadline: float) -> list[Candidate]:
        """Candidates in the service's own order, until ``deadline`` by the loop's clock.

        Raises:
            FetchError: the service cannot be asked; it becomes a ``Miss``.
        """
        ...


def all_searches(
    fetcher: Fetcher, outlets: Outlets, *, now: Callable[[], datetime], keys: Mapping[str, str]
) -> tuple[Search, ...]:
    """Every search, the one whose addresses can be trusted most first: the outlets' own, plain ones, hidden ones.

    ``keys`` holds the keys of services by their name; a service that needs one and has none is left out.
    """
    guardian = (Guardian(fetcher, outlets, key=keys[Guardian.name]),) if Guardian.name in keys else ()
    nyt = (NewYorkTimes(fetcher, outlets, key=keys[NewYorkTimes.name]),) if NewYorkTimes.name in keys else ()
    return (
        FeedSearch(fetcher, outlets, now=now),
        *guardian,
        *nyt,
        Gdelt(fetcher, outlets),
        GoogleNews(fetcher, outlets, now=now),
    )


def merged(found: Iterable[Iterable[Candidate]]) -> tuple[Candidate, ...]:
    """All candidates, each page once, those with an address of their own first; in order of the searches.

    A candidate whose address is hidden counts as known where the same outlet has one with the same headline.
    """
    pages: dict[str, Candidate] = {}
    hidden: dict[str, Candidate] = {}
    for candidates in found:
        for candidate in candidates:
            if google_article(candidate.url) is None:
                pages.setdefault(key_of(candidate.url), candidate)
            else:
                hidden.setdefault(_headline(candidate), candidate)
    known = {_headline(candidate) for candidate in pages.values()}
    return (*pages.values(), *(candidate for headline, candidate in hidden.items() if headline not in known))


def _headline(candidate: Candidate) -> str:
    return f"{candidate.outlet.key} {headline_key(candidate.title)}"
