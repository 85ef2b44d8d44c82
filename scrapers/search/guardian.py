"""The Guardian's Open Platform: one outlet, complete, with its own headlines and summaries. Needs a free key."""

import asyncio
import json
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from claims.errors import BadInput, FetchError, FetchFault, FetchTimeout
from claims.types import Candidate, SearchTerms
from scrapers._feeds import plain
from scrapers._fetch import FEED_BYTES, FEED_KINDS, Fetcher
from scrapers._links import tidy
from scrapers.outlets import Outlets
from scrapers.search._query import query

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
        link = f"{SEARCH_API}?{urlencode(fields | {'api-key': self._key})}"
        try:
            async with asyncio.timeout_at(deadline):
                page = await self._fetcher.get(link, kinds=FEED_KINDS, limit=FEED_BYTES, patient=False)
            return [self._candidate(row) for row in json.loads(page.body)["response"]["results"]]
        except TimeoutError as error:
            raise FetchTimeout("The Guardian's search takes too long to answer.", link=SEARCH_API) from error
        except FetchError as error:
            error.link = SEARCH_API  # the address that was asked holds the key
            raise
        except (BadInput, ValueError, LookupError, TypeError, AttributeError) as error:
            raise FetchFault("The Guardian's search gives an answer of another form.", link=SEARCH_API) from error

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
