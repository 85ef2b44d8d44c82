"""Google News: its RSS search, and the way from its opaque links to the outlets' own addresses.

Undocumented. Where its robots.txt forbids a request, that request is not made.
"""

import asyncio
import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urlencode

from claims.errors import BadInput, FetchFault, FetchTimeout
from claims.types import Candidate, SearchTerms
from scrapers._feeds import BrokenFeed, Item, read_feed
from scrapers._fetch import FEED_BYTES, FEED_KINDS, Fetcher
from scrapers._links import google_article, tidy, unwrap
from scrapers.outlets import Outlets
from scrapers.search._query import query

SITE = "https://news.google.com"
RESOLVE = f"{SITE}/_/DotsSplashUi/data/batchexecute"
ROWS = 60  # of the at most 100 that it gives, most relevant first

# Editions by language; one country each, the largest. Other languages are searched in the American edition.
_EDITIONS = {
    **{"en": ("en-US", "US"), "de": ("de", "DE"), "fr": ("fr", "FR"), "es": ("es", "ES"), "it": ("it", "IT")},
    **{"pt": ("pt-BR", "BR"), "nl": ("nl", "NL"), "pl": ("pl", "PL"), "ru": ("ru", "RU"), "uk": ("uk", "UA")},
    **{"tr": ("tr", "TR"), "ar": ("ar", "EG"), "el": ("el", "GR"), "cs": ("cs", "CZ"), "hu": ("hu", "HU")},
    **{"ro": ("ro", "RO"), "sv": ("sv", "SE"), "no": ("no", "NO"), "he": ("he", "IL"), "hi": ("hi", "IN")},
    **{"ja": ("ja", "JP"), "ko": ("ko", "KR"), "id": ("id", "ID"), "vi": ("vi", "VN"), "zh": ("zh-TW", "TW")},
}
_TOKEN = re.compile(r'data-n-a-(id|ts|sg)="([^"]+)"')
# What the page itself sends along, as the public decoders have it; only the last three values say which article.
_SETTING = ["X", "X", ["X", "X"], None, None, 1, 1, "US:en", None, 1, None, None, None, None, None, 0, 1]
_CALL = ["garturlreq", [_SETTING, "X", "X", 1, [1, 1, 1], 1, 1, None, 0, 0, None, 0]]


class GoogleNews:
    """Articles that Google News finds for the query, with the publisher that each is said to be of."""

    name = "google_news"

    def __init__(self, fetcher: Fetcher, outlets: Outlets, *, now: Callable[[], datetime]) -> None:
        self._fetcher = fetcher
        self._outlets = outlets
        self._now = now

    async def search(self, terms: SearchTerms, *, deadline: float) -> list[Candidate]:
        """Candidates by relevance; most have an opaque link, see ``resolve``.

        Raises:
            FetchError: the service is out of reach, or its robots.txt forbids it.
        """
        asked = query(terms)
        if not asked:
            return []
        if terms.since and terms.until:  # days of its own zone, the last one not included
            asked += f" after:{terms.since:%Y-%m-%d} before:{terms.until + timedelta(days=1):%Y-%m-%d}"
        language, country = _EDITIONS.get(terms.language or "en", _EDITIONS["en"])
        edition = f"{country}:{language.partition('-')[0] if language != 'pt-BR' else language}"
        link = f"{SITE}/rss/search?" + urlencode({"q": asked, "hl": language, "gl": country, "ceid": edition})
        try:
            async with asyncio.timeout_at(deadline):
                page = await self._fetcher.get(link, kinds=FEED_KINDS, limit=FEED_BYTES, patient=False)
                feed = await asyncio.to_thread(read_feed, page.body, now=self._now())
        except TimeoutError as error:
            raise FetchTimeout("Google News takes too long to answer; try again later.", link=SITE) from error
        except BrokenFeed as error:
            raise FetchFault(
                "Google News answers with something that is no feed; try again later.", link=SITE
            ) from error
        found = (self._candidate(item) for item in feed.items[:ROWS])
        return [candidate for candidate in found if candidate is not None]

    def _candidate(self, item: Item) -> Candidate | None:
        name = item.source_name or ""
        try:
            outlet = self._outlets.of(item.source_url or unwrap(item.url), site_name=name)
        except BadInput:
            return None
        return Candidate(
            url=tidy(unwrap(item.url)),
            title=item.title.removesuffix(f" - {name}"),
            outlet=outlet,
            published_at=item.published_at,
            found_by=self.name,
        )


async def resolve(fetcher: Fetcher, link: str) -> str:
    """The outlet's own address behind an opaque link: two requests to Google News.

    Raises:
        FetchError: robots.txt forbids it, or the page no longer tells.
    """
    identity = google_article(link)
    page = await fetcher.get(link, patient=False)
    tokens = dict(_TOKEN.findall(page.body.decode("utf-8", "replace")))
    if not identity or not {"ts", "sg"} <= tokens.keys():
        raise FetchFault(
            "Google News does not tell where this link leads; open it and send the page's own link.", link=link
        )
    call = json.dumps([*_CALL, tokens.get("id", identity), int(tokens["ts"]), tokens["sg"]])
    answer = await fetcher.post(RESOLVE, {"f.req": json.dumps([[["Fbv4je", call, None, "generic"]]])})
    found = re.search(r"https?://[^\"\\\s]+", answer.body.decode("utf-8", "replace"))
    if not found:
        raise FetchFault(
            "Google News does not tell where this link leads; open it and send the page's own link.", link=link
        )
    return found[0]
