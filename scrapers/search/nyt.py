"""The New York Times' Article Search: headlines and abstracts of an outlet whose pages are mostly closed. Free key.

https://developer.nytimes.com/docs/articlesearch-product/1/overview
"""

import asyncio
from datetime import datetime
from typing import Any

from claims.errors import FetchTimeout
from claims.types import Candidate, SearchTerms
from scrapers._feeds import plain
from scrapers._fetch import Fetcher
from scrapers._links import tidy
from scrapers.outlets import Outlets
from scrapers.search._query import query
from scrapers.search._service import answer_of

SEARCH_API = "https://api.nytimes.com/svc/search/v2/articlesearch.json"
PAUSE_S = 12.0  # five requests a minute, says its FAQ


class NewYorkTimes:
    """Articles of the New York Times whose text holds the words of the query."""

    name = "nyt"

    def __init__(self, fetcher: Fetcher, outlets: Outlets, *, key: str) -> None:
        self._fetcher = fetcher
        self._outlets = outlets
        self._key = key

    async def search(self, terms: SearchTerms, *, deadline: float) -> list[Candidate]:
        """Candidates by relevance; the service gives ten. Within its pause there is a miss: no answer waits for it.

        Raises:
            FetchError: the service is out of reach or does not know the key.
        """
        asked = query(terms, joined=" AND ")
        if not asked:
            return []
        fields = {"q": asked, "sort": "relevance"}
        if terms.since and terms.until:
            fields |= {"begin_date": f"{terms.since:%Y%m%d}", "end_date": f"{terms.until:%Y%m%d}"}
        if asyncio.get_running_loop().time() + self._fetcher.wait_s(SEARCH_API) > deadline:
            reason = "The New York Times' search answers five questions a minute; try again in a moment."
            raise FetchTimeout(reason, link=SEARCH_API)
        return await answer_of(
            self._fetcher,
            SEARCH_API,
            fields | {"api-key": self._key},
            lambda answer: [self._candidate(row) for row in answer["response"]["docs"] or []],
            service="The New York Times' search",
            deadline=deadline,
            pause_s=PAUSE_S,
        )

    def _candidate(self, row: dict[str, Any]) -> Candidate:
        url = tidy(row["web_url"])
        return Candidate(
            url=url,
            title=row["headline"]["main"],
            outlet=self._outlets.of(url),
            published_at=datetime.fromisoformat(row["pub_date"]) if row.get("pub_date") else None,
            summary=plain(row.get("abstract") or row.get("snippet") or ""),
            found_by=self.name,
            given=row["web_url"],
        )
