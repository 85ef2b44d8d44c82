"""The web archive: its copy of a page that its outlet does not give any more, or not to programs.

https://archive.org/help/wayback_api.php
"""

import asyncio
import json
from datetime import datetime
from urllib.parse import urlencode

from claims.errors import FetchFault, FetchTimeout, PageGone
from scrapers._fetch import FEED_BYTES, FEED_KINDS, Fetcher
from scrapers._links import capture

AVAILABLE_API = "https://archive.org/wayback/available"


class Wayback:
    """Captures of pages."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher

    async def capture(self, link: str, *, near: datetime | None, deadline: float) -> str:
        """The address of the capture of a page: the one nearest to a time, else the last.

        Raises:
            FetchError: the archive is out of reach; PageGone where it has no capture of the page.
        """
        fields = {"url": link} | ({"timestamp": f"{near:%Y%m%d%H%M%S}"} if near else {})
        try:
            async with asyncio.timeout_at(deadline):
                asked = f"{AVAILABLE_API}?{urlencode(fields)}"
                page = await self._fetcher.get(asked, kinds=FEED_KINDS, limit=FEED_BYTES, patient=False)
            closest = json.loads(page.body)["archived_snapshots"].get("closest", {})
            found = capture(closest["url"].replace("http://", "https://", 1)) if closest.get("available") else None
        except TimeoutError as error:
            raise FetchTimeout("The web archive takes too long to answer.", link=link) from error
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            raise FetchFault("The web archive gives an answer of another form.", link=link) from error
        if found is None:
            raise PageGone("The web archive has no capture of the page.", link=link)
        return found.url
