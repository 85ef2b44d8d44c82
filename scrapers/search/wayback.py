"""The web archive: its copy of a page that its outlet does not give any more, or not to programs.

https://archive.org/help/wayback_api.php
"""

from datetime import datetime
from typing import Any

from claims.errors import PageGone
from scrapers._fetch import Fetcher
from scrapers._links import Capture, capture
from scrapers.search._service import answer_of

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
        found = await answer_of(
            self._fetcher,
            AVAILABLE_API,
            fields,
            _closest,
            service="The web archive",
            deadline=deadline,
            link=link,
        )
        if found is None:
            raise PageGone("The web archive has no capture of the page.", link=link)
        return found.url


def _closest(answer: dict[str, Any]) -> Capture | None:
    closest = answer["archived_snapshots"].get("closest", {})
    return capture(closest["url"].replace("http://", "https://", 1)) if closest.get("available") else None
