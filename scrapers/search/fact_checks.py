"""Google's Fact Check Tools: what fact-checkers have published already, in their own words. Needs a free key.

https://developers.google.com/fact-check/tools/api/reference/rest/v1alpha1/claims/search
"""

import asyncio
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from claims.comparison import FactCheck
from claims.errors import FetchError
from claims.types import SearchTerms
from scrapers._fetch import Fetcher
from scrapers.search._service import answer_of

SEARCH_API = "https://factchecktools.googleapis.com/v1alpha1/claims:search"
ROWS = 20
NAMES_ASKED, WORDS_ASKED = 2, 3  # most of the words must stand in a claim, which is one sentence

_log = logging.getLogger(__name__)


class FactChecks:
    """Reviews of claims; no ``Search``, as what it finds is no coverage."""

    name = "fact_checks"

    def __init__(self, fetcher: Fetcher, *, key: str) -> None:
        self._fetcher = fetcher
        self._key = key

    async def published(self, terms: SearchTerms, *, seconds: float) -> tuple[FactCheck, ...]:
        """What ``search`` finds; nothing where the service fails, as an answer is whole without it."""
        try:
            return tuple(await self.search(terms, deadline=asyncio.get_running_loop().time() + seconds))
        except FetchError as error:
            _log.warning("no fact-checks: %s", error)
            return ()

    async def search(self, terms: SearchTerms, *, deadline: float) -> list[FactCheck]:
        """Fact-checks by relevance; which of them speak of the story is not decided here.

        Raises:
            FetchError: the service is out of reach or does not know the key.
        """
        asked = " ".join((*terms.names[:NAMES_ASKED], *terms.words[:WORDS_ASKED]))
        if not asked:
            return []
        fields = {"query": asked, "pageSize": str(ROWS)}
        if terms.language:
            fields["languageCode"] = terms.language
        return await answer_of(
            self._fetcher,
            SEARCH_API,
            fields | {"key": self._key},
            lambda answer: list(_checks(answer)),
            service="The search for fact-checks",
            deadline=deadline,
        )


def _checks(answer: dict[str, Any]) -> Iterator[FactCheck]:
    for claim in answer.get("claims", []):
        for review in claim.get("claimReview", []):
            url, rating, publisher = review["url"], review.get("textualRating", ""), review.get("publisher", {})
            if claim.get("text") and rating and urlsplit(url).scheme in ("http", "https"):
                yield FactCheck(
                    publisher=publisher.get("name") or publisher.get("site") or urlsplit(url).netloc,
                    url=url,
                    reviewed_at=_moment(review.get("reviewDate")),
                    claim=claim["text"],
                    rating=rating,
                )


def _moment(given: str | None) -> datetime | None:
    if not given:
        return None
    moment = datetime.fromisoformat(given)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
