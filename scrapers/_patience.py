"""Which pages of an answer are asked for, and how long each is waited for: as long as it may add an outlet."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence

from claims.types import Article, Candidate, Miss
from scrapers._links import google_article

SECOND_S = 2.5  # for further pages of an outlet whose better one is read: a host's pause, so mostly for one more
HIDDEN_ENOUGH_S = 2.0  # for hidden addresses where enough outlets are read: their own feed tells, Google takes four
HIDDEN_S = 4.0  # more for hidden addresses: two visits to Google News, with its pause, for one more article
ENOUGH_OUTLETS = 2  # so many outlets read, and no reader waits longer for the hidden ones


async def as_long_as_worth_it(
    readers: Mapping[int, asyncio.Task[Article | Miss]], candidates: Sequence[Candidate], *, seconds: float
) -> None:
    """Wait for pages, each as long as it may add an outlet: with two seconds between two pages of one host, the third
    page of an outlet would hold up the whole answer. The second is waited for: of 150 links three need it.
    """
    clock = asyncio.get_running_loop().time
    began = clock()
    while True:
        read = outlets_read(readers, candidates)  # the best of each outlet, in the order of the search
        hidden = HIDDEN_ENOUGH_S if len(read) >= ENOUGH_OUTLETS else seconds + HIDDEN_S
        left = {}
        for n, reader in readers.items():
            worth = hidden if google_article(candidates[n].url) else seconds
            if n > read.get(candidates[n].outlet.key, n):
                worth = min(worth, SECOND_S)
            if not reader.done():
                left[reader] = worth - (clock() - began)
        coming = {reader: more for reader, more in left.items() if more > 0}
        if not coming:
            return
        await asyncio.wait(coming, timeout=min(coming.values()), return_when=asyncio.FIRST_COMPLETED)


def worth_asking(candidates: Sequence[Candidate]) -> list[int]:
    """Which to ask for, in which order: hidden addresses not where their outlet is there anyway, and each outlet's
    first before any second.
    """
    plain = [n for n, candidate in enumerate(candidates) if not google_article(candidate.url)]
    there = {candidates[n].outlet.key for n in plain}
    met: Counter[str] = Counter()
    hidden: list[tuple[int, int]] = []
    for n, candidate in enumerate(candidates):
        if google_article(candidate.url) and candidate.outlet.key not in there:
            hidden.append((met[candidate.outlet.key], n))
            met[candidate.outlet.key] += 1
    return [*plain, *(n for _, n in sorted(hidden))]


def outlets_read(
    readers: Mapping[int, asyncio.Task[Article | Miss]], candidates: Sequence[Candidate]
) -> dict[str, int]:
    """Outlets with an article by now: key -> number of the first candidate that is one."""
    done = [n for n, reader in readers.items() if reader.done() and not reader.cancelled()]
    read = (n for n in sorted(done, reverse=True) if isinstance(readers[n].result(), Article))
    return {candidates[n].outlet.key: n for n in read}
