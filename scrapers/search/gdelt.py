"""GDELT DOC 2.0: news of the world, read every quarter of an hour, with plain addresses and without a key."""

import asyncio
import json
import re
from datetime import UTC, datetime
from urllib.parse import urlencode

from claims.errors import BadInput, FetchFault, FetchTimeout
from claims.types import Candidate, SearchTerms
from scrapers._fetch import FEED_BYTES, FEED_KINDS, Fetcher
from scrapers._links import tidy
from scrapers.outlets import Outlets
from scrapers.search._query import query

DOC_API = "https://api.gdeltproject.org/api/v2/doc/doc"
ROWS = 75  # relevant ones come first; more than 25 were never needed in the measurement of ``_query``
PAUSE_S = 5.0  # "please limit requests to one every 5 seconds", says its answer 429


class Gdelt:
    """Articles whose text holds the words of the query."""

    name = "gdelt"

    def __init__(self, fetcher: Fetcher, outlets: Outlets) -> None:
        self._fetcher = fetcher
        self._outlets = outlets

    async def search(self, terms: SearchTerms, *, deadline: float) -> list[Candidate]:
        """Candidates by relevance. A 429 is a miss: an answer never waits for the next free moment.

        Raises:
            FetchError: the service is out of reach or refuses the question.
        """
        asked = query(terms)
        if not asked:
            return []
        fields = {"query": asked, "mode": "artlist", "format": "json", "maxrecords": str(ROWS), "sort": "hybridrel"}
        if terms.since and terms.until:
            fields["startdatetime"], fields["enddatetime"] = _stamp(terms.since), _stamp(terms.until)
        link = f"{DOC_API}?{urlencode(fields)}"
        if asyncio.get_running_loop().time() + self._fetcher.wait_s(DOC_API) > deadline:
            raise FetchTimeout("GDELT answers one question in five seconds; try again in a moment.", link=DOC_API)
        try:
            async with asyncio.timeout_at(deadline):
                page = await self._fetcher.get(link, kinds=FEED_KINDS, limit=FEED_BYTES, patient=False, pause_s=PAUSE_S)
        except TimeoutError as error:
            raise FetchTimeout("GDELT takes too long to answer; try again later.", link=DOC_API) from error
        try:
            found = [self._candidate(row) for row in json.loads(page.body).get("articles", [])]
        except (ValueError, AttributeError, TypeError) as error:  # its errors are a line of text with status 200
            said = " ".join(page.body[:200].decode("utf-8", "replace").split())
            raise FetchFault(f"GDELT does not accept the question: “{said}”", link=DOC_API) from error
        return [candidate for candidate in found if candidate is not None]

    def _candidate(self, row: dict[str, str]) -> Candidate | None:
        given, title = row.get("url", ""), _title(row.get("title", ""))
        url = tidy(given)
        try:
            outlet = self._outlets.of(url)
        except BadInput:
            return None
        if not title:
            return None
        return Candidate(
            url=url,
            title=title,
            outlet=outlet,
            published_at=_seen(row.get("seendate", "")),
            found_by=self.name,
            given=given,
        )


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%d%H%M%S")


def _seen(stamp: str) -> datetime | None:
    """When GDELT read it: at most a quarter of an hour after the outlet published it."""
    try:
        return datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None


def _title(title: str) -> str:
    """GDELT puts blanks before punctuation: "Word , word"."""
    return re.sub(r"\s+([,:;?!.])(?=\s|$)", r"\1", " ".join(title.split()))
