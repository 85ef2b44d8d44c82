"""The Guardian's Open Platform: one outlet, complete, with its own headlines and summaries. Needs a free key."""

from datetime import datetime
from typing import Any

from claims.types import Candidate, SearchTerms
from scrapers._feeds import plain
from scrapers._fetch import Fetcher
from scrapers._links import tidy
from scrapers.outlets import Outlets
from scrapers.search._query import query
from scrapers.search._service import answer_of

SEARCH_API = "https://content.guardianapis.com/search"
ROWS = 20


class Guardian:
    """Articles of the Guardian whose text holds the words of the query."""

    name = "guardian"

    def __init__(self, fetcher: Fetcher, outlets: Outlets, *, key: str) -> None:
        self._fetcher = fetcher
        self._outlets = outlets
        self._key = key

    async def search(self, terms: SearchTerms, *, deadline: float) -> list[Candidate]:
        """Candidates by relevance.

        Raises:
            FetchError: the service is out of reach or does not know the key.
        """
        asked = query(terms, joined=" AND ")
        if not asked:
            return []
        fields = {"q": asked, "page-size": str(ROWS), "show-fields": "trailText", "order-by": "relevance"}
        if terms.since and terms.until:
            fields |= {"from-date": f"{terms.since:%Y-%m-%d}", "to-date": f"{terms.until:%Y-%m-%d}"}
        return await answer_of(
            self._fetcher,
            SEARCH_API,
            fields | {"api-key": self._key},
            lambda answer: [self._candidate(row) for row in answer["response"]["results"]],
            service="The Guardian's search",
            deadline=deadline,
        )

    def _candidate(self, row: dict[str, Any]) -> Candidate:
        url = tidy(row["webUrl"])
        return Candidate(
            url=url,
            title=row["webTitle"],
            outlet=self._outlets.of(url),
            published_at=datetime.fromisoformat(row["webPublicationDate"]) if row.get("webPublicationDate") else None,
            summary=plain(row.get("fields", {}).get("trailText", "")),
            found_by=self.name,
            given=row["webUrl"],
        )
