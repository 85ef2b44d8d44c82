"""One question to a search service that answers in JSON: asked politely, within its time, the key kept to ourselves."""

import asyncio
import json
from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from urllib.parse import urlencode

from claims.errors import BadInput, FetchError, FetchFault, FetchTimeout
from scrapers._fetch import FEED_BYTES, FEED_KINDS, Fetcher

_T = TypeVar("_T")


async def answer_of(
    fetcher: Fetcher,
    api: str,
    fields: Mapping[str, str],
    read: Callable[[Any], _T],
    *,
    service: str,
    deadline: float,
    link: str | None = None,
    pause_s: float = 0.0,
) -> _T:
    """What ``read`` makes of the service's answer. ``service`` is its name as a sentence begins with it.

    ``link`` is what errors carry instead of the service's address. That of the question they never carry: it may hold
    a key. ``pause_s`` is a pause between two questions that the service is known to want.

    Raises:
        FetchError: the service is out of reach, refuses the question, or answers in a form that ``read`` fails on.
    """
    told = link or api
    try:
        async with asyncio.timeout_at(deadline):
            asked = f"{api}?{urlencode(fields)}"
            page = await fetcher.get(asked, kinds=FEED_KINDS, limit=FEED_BYTES, patient=False, pause_s=pause_s)
        return read(json.loads(page.body))
    except TimeoutError as error:
        raise FetchTimeout(f"{service} takes too long to answer.", link=told) from error
    except FetchError as error:
        error.link = told
        raise
    except (BadInput, ValueError, LookupError, TypeError, AttributeError) as error:
        raise FetchFault(f"{service} gives an answer of another form.", link=told) from error
