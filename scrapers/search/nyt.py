"""The New York Times' Article Search: headlines and abstracts of an outlet whose pages are mostly closed. Free key.

https://developer.nytimes.com/docs/articlesearch-product/1/overview
"""

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
        link = f"{SEARCH_API}?{urlencode(fields | {'api-key': self._key})}"
        if asyncio.get_running_loop().time() + self._fetcher.wait_s(SEARCH_API) > deadline:
            reason = "The New York Times' search answers five questions a minute; try again in a moment."
            raise FetchTimeout(reason, link=SEARCH_API)
        try:
            async with asyncio.timeout_at(deadline):
                page = await self._fetcher.get(link, kinds=FEED_KINDS, limit=FEED_BYTES, patient=False, pause_s=PAUSE_S)
            return [self._candidate(row) for row in json.loads(page.body)["response"]["docs"] or []]
        except TimeoutError as error:
            raise FetchTimeout("The New York Times' search takes too long to answer.", link=SEARCH_API) from error
        except FetchError as error:
            error.link = SEARCH_API  # the address that was asked holds the key
            raise
        except (BadInput, ValueError, LookupError, TypeError, AttributeError) as error:
            raise FetchFault("The New York Times' search gives an answer of another form.", link=SEARCH_API) from error

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
