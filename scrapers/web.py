"""The web as the rest of the program sees it: read an article, search for others, read those. All requests are polite.

Nothing here raises anything but ``FetchError``; of many articles each failure is a ``Miss`` among the results.
"""

import asyncio
import logging
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path

import httpx2
import stamina

from claims.comparison import FactCheck
from claims.errors import FetchError, FetchFault, FetchTimeout, NewsError, NotAnArticle, OutletRefused, PageGone
from claims.types import Article, Candidate, Miss, MissReason, Outlet, SearchTerms
from scrapers._extract import extract
from scrapers._fetch import FETCH_TIMEOUT_S, Fetcher, Orders, Page, closed
from scrapers._guard import GuardedBackend, guard
from scrapers._links import capture, fold, google_article, links_in, tidy, unwrap
from scrapers._links import key_of as page_key
from scrapers._patience import as_long_as_worth_it, outlets_read, worth_asking
from scrapers._robots import AGENT
from scrapers._turns import PAUSE_S, Ledger, Turns
from scrapers.outlets import Outlets
from scrapers.search import Search, all_searches, merged
from scrapers.search.fact_checks import FactChecks
from scrapers.search.feeds import FeedSearch
from scrapers.search.google_news import resolve
from scrapers.search.hidden import Hidden
from scrapers.search.wayback import Wayback
from scrapers.sources import Sources

__all__ = ["Found", "Ledger", "Orders", "Web", "WebOptions", "fold", "links_in", "open_web", "page_key"]

VERSION = "0.1"
ARTICLE_TIMEOUT_S = 10.0  # one article with robots.txt, redirects, a second try: no reader waits longer for a word
CONNECT_TIMEOUT_S = 4.0
ARCHIVE_S = 6.0  # for the web archive's copy of a page that is closed: two visits, with a pause
CACHE_BYTES = 200_000_000
CACHE_KEPT_S = 86_400.0  # the cache saves transfers, it is no store of articles

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class WebOptions:
    """How this process goes to the web."""

    contact_url: str | None = None  #: page that says who we are; stands in the name that outlets see
    egress_proxy: str | None = None  #: "http://host:port"; resolves names in our stead
    ca_file: Path | None = None  #: certificates trusted beside the system's
    cache_dir: Path | None = None  #: folder for the HTTP cache of this process; None: no cache
    #: host, or ending such as ".example", -> proxy address on the loopback; these hosts alone skip guard and pauses
    mounts: Mapping[str, str] = field(default_factory=dict)
    keys: Mapping[str, str] = field(default_factory=dict, repr=False)  #: of search services, by name: "guardian"
    pause_s: float = PAUSE_S  #: between two visits to one host

    @property
    def agent(self) -> str:
        """The honest name under which every request is made."""
        return f"{AGENT}/{VERSION}" + (f" (+{self.contact_url})" if self.contact_url else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What all searches together give: each page once, in a stable order, and the searches that failed."""

    candidates: tuple[Candidate, ...]
    misses: tuple[Miss, ...]
    reached: bool  #: a search gave something, or a service said that it has nothing; no feed says so much


class Web:
    """Made by ``open_web``."""

    def __init__(
        self,
        fetcher: Fetcher,
        outlets: Outlets,
        searches: Sequence[Search],
        *,
        mounted: FeedSearch | None = None,
        fact_checks: FactChecks | None = None,
    ) -> None:
        self._fetcher = fetcher
        self._outlets = outlets
        self._searches = searches
        self._feeds = next((search for search in searches if isinstance(search, FeedSearch)), None)
        self._mounted = mounted
        self._fact_checks = fact_checks
        self._archive = Wayback(fetcher)
        self.sources = Sources(fetcher, extract=self._read)

    @property
    def searches(self) -> tuple[str, ...]:
        """The names of the searches, as they stand in candidates and misses."""
        return tuple(search.name for search in self._searches)

    def outlet_of(self, link: str) -> Outlet:
        """Whose page a link is, wrappers and mobile forms folded. Raises BadInput where it is no web address."""
        archived = capture(link)
        return self._outlets.of(archived.of if archived else fold(link))

    async def article(self, link: str) -> Article:
        """The article that a reader's link leads to, at its canonical address.

        Wrappers, AMP and mobile forms, short links, Google News links and captures of the web archive are followed.

        Raises:
            FetchError: one of its kinds, with ``link`` as it was given and a sentence for the reader.
        """
        try:
            async with asyncio.timeout(ARTICLE_TIMEOUT_S):
                return await self._article(link)
        except TimeoutError as error:
            late = FetchTimeout("The page takes too long to answer; try again later.", link=link)
            late.unreached = True
            raise late from error
        except FetchError as error:
            error.link = link
            raise

    async def archived(self, error: FetchError) -> Article | None:
        """The web archive's copy of a page that its outlet refuses to programs or does not have any more, if any."""
        address = fold(unwrap(error.link))
        wanted = isinstance(error, OutletRefused | PageGone) and not error.unreached
        elsewhere = google_article(address) or capture(address) or self._fetcher.is_exempt(address)
        if not wanted or elsewhere or self._fetcher.is_closed(address):
            return None
        until = asyncio.get_running_loop().time() + ARCHIVE_S
        try:
            async with asyncio.timeout_at(until):
                return await self._article(await self._archive.capture(address, near=None, deadline=until))
        except (FetchError, TimeoutError):
            return None

    async def articles(
        self,
        candidates: Sequence[Candidate],
        *,
        seconds: float,
        arrived: Callable[[Article], None] = lambda article: None,
    ) -> list[Article | Miss | None]:
        """The candidates' articles in their order; what cannot be read, or not within ``seconds``, is a miss.

        ``arrived`` gets each article as soon as it is read, while others are waited for.

        What is open in part is held in part. None stands for a hidden address that nobody has to know, as an article
        of its outlet is there. How long each is waited for stands in ``_patience``.
        """
        hidden = Hidden(self._fetcher, self._feeds)
        readers = {
            n: asyncio.create_task(self._article_or_miss(candidates[n], hidden, arrived))
            for n in worth_asking(candidates)
        }
        try:
            await as_long_as_worth_it(readers, candidates, seconds=seconds)
        finally:
            for reader in readers.values():
                reader.cancel()
        await asyncio.gather(*readers.values(), return_exceptions=True)
        read = outlets_read(readers, candidates)
        results: list[Article | Miss | None] = []
        for n, candidate in enumerate(candidates):
            result: Article | Miss = _late(candidate, hidden)
            if n in readers and not readers[n].cancelled():
                result = readers[n].result()
            needless = isinstance(result, Miss) and google_article(result.url or "") and candidate.outlet.key in read
            results.append(None if needless else result)
        return results

    async def search(self, terms: SearchTerms, *, seconds: float, lead: str = "") -> Found:
        """Candidates of all searches, asked at the same time; a search that fails is a miss under its name.

        ``lead``: address of the article that it is about. Of one on a mounted host no service outside can know.
        """
        deadline = asyncio.get_running_loop().time() + seconds
        searches = self._searches
        if self._mounted is not None and self._fetcher.is_exempt(lead):
            searches = (self._mounted,)
        answers = await asyncio.gather(*(_answer(search, terms, deadline) for search in searches))
        return Found(
            candidates=tuple(
                candidate
                for candidate in merged(answer for answer in answers if not isinstance(answer, Miss))
                if not self._fetcher.is_closed(candidate.url, outlet=candidate.outlet)
            ),
            misses=tuple(answer for answer in answers if isinstance(answer, Miss)),
            reached=any(
                bool(answer) or search.name != FeedSearch.name
                for search, answer in zip(searches, answers, strict=True)
                if not isinstance(answer, Miss)
            ),
        )

    async def fact_checks(self, terms: SearchTerms, *, seconds: float, lead: str = "") -> tuple[FactCheck, ...]:
        """What fact-checkers have published with these words; nothing without a key, or where the service fails."""
        if self._fact_checks is None or self._fetcher.is_exempt(lead):
            return ()
        return await self._fact_checks.published(terms, seconds=seconds)

    async def _article_or_miss(
        self, candidate: Candidate, hidden: Hidden, arrived: Callable[[Article], None]
    ) -> Article | Miss:
        address = candidate.url
        try:
            if google_article(address):
                address = await hidden.address(candidate)
                article = await self._article(address)
            else:
                article = await self._article(candidate.given or address)
            arrived(article)
            return article
        except FetchError as error:
            error.link = address
            return error.part or Miss.of(error, candidate.outlet.name)

    async def _article(self, link: str) -> Article:
        if archived := capture(link):
            if self._fetcher.is_closed(archived.of):
                raise closed(link)
            page = await self._fetcher.get(archived.url)
            return await self._read(page, archived.of)
        address = unwrap(link)
        if google_article(address):
            address = await resolve(self._fetcher, address)
        fault: FetchError | None = None
        for guess in dict.fromkeys((fold(address), address)):
            try:
                page = await self._fetcher.get(guess)
                return await self._read(page, page.url if fault else tidy(page.url), as_it_stands=fault is not None)
            except (PageGone, NotAnArticle) as error:  # folding may have guessed wrong: then as the link stands
                fault = fault or error
        raise fault or NotAnArticle("The link leads nowhere; check it and send it again.", link=link)

    async def _read(self, page: Page, url: str, *, as_it_stands: bool = False) -> Article:
        outlet = self._outlets.of(url)
        try:
            article = await asyncio.to_thread(
                extract, page.body, url=url, outlet=outlet, content_type=page.content_type
            )
        except NewsError:
            raise
        except (
            Exception
        ) as error:  # parsers fail on hostile pages in ways of their own; one page must not end an answer
            _log.warning("page not readable: %s", url, exc_info=True)
            raise FetchFault(f"The page of {outlet.name} cannot be taken apart; send its text.", link=url) from error
        if self._fetcher.is_closed(article.url):  # read at another address
            raise closed(url)
        return article if as_it_stands else replace(article, url=tidy(article.url))


async def _answer(search: Search, terms: SearchTerms, deadline: float) -> list[Candidate] | Miss:
    try:
        return await search.search(terms, deadline=deadline)
    except FetchError as error:
        return Miss(outlet=search.name, url=None, reason=MissReason(error.reason))


def _late(candidate: Candidate, hidden: Hidden) -> Miss:
    url = hidden.known.get(candidate.url, candidate.url)
    return Miss(outlet=candidate.outlet.name, url=url, reason=MissReason.TIMEOUT)


@asynccontextmanager
async def open_web(
    options: WebOptions,
    outlets: Outlets,
    *,
    now: Callable[[], datetime],
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ledger: Ledger | None = None,
    orders: Orders | None = None,
) -> AsyncIterator[Web]:
    """The web, until the block ends. ``now`` gives aware times, ``sleep`` waits between two visits to one host.

    ``ledger`` shares the turns at hosts with other processes and with the time before this one was started.
    ``orders`` says which addresses are taken down, and which hosts want a longer pause.

    Raises:
        RuntimeError: the installed httpx2 does not let the address guard in.
    """
    stamina.instrumentation.set_on_retry_hooks(())  # it would print each second try on the standard output
    fetcher = Fetcher(
        _client(options),
        Turns(pause_s=options.pause_s, sleep=sleep, ledger=ledger),
        now=now,
        exempt=_exempt(options.mounts),
        direct=_client(replace(options, cache_dir=None)) if options.cache_dir else None,
        orders=orders,
    )
    try:
        near = Outlets(tuple(outlet for outlet in outlets.all if _exempt(options.mounts)(outlet.domains[0])))
        yield Web(
            fetcher,
            outlets,
            all_searches(fetcher, outlets, now=now, keys=options.keys),
            mounted=FeedSearch(fetcher, near, now=now) if near.all else None,
            fact_checks=FactChecks(fetcher, key=options.keys[FactChecks.name])
            if FactChecks.name in options.keys
            else None,
        )
    finally:
        await fetcher.aclose()


def _client(options: WebOptions) -> httpx2.AsyncClient:
    context = httpx2.create_ssl_context(trust_env=False)
    if options.ca_file:
        context.load_verify_locations(options.ca_file)
    transport = _transport(context, options.egress_proxy)
    if not options.egress_proxy:
        guard(transport, GuardedBackend())
    return httpx2.AsyncClient(
        transport=_cached(transport, options.cache_dir) if options.cache_dir else transport,
        mounts={_pattern(host): _transport(context, proxy) for host, proxy in options.mounts.items()},
        trust_env=False,
        follow_redirects=False,
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),  # keeps none
        timeout=httpx2.Timeout(FETCH_TIMEOUT_S, connect=CONNECT_TIMEOUT_S),
        headers={
            "user-agent": options.agent,
            "accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5",
            # outlets change articles silently: nothing is taken from the cache without asking whether it still holds
            "cache-control": "no-cache",
        },
    )


def _transport(context: ssl.SSLContext, proxy: str | None) -> httpx2.AsyncHTTPTransport:
    limits = httpx2.Limits(max_connections=None, max_keepalive_connections=32, keepalive_expiry=15.0)
    return httpx2.AsyncHTTPTransport(verify=context, trust_env=False, limits=limits, proxy=proxy)


def _cached(transport: httpx2.AsyncHTTPTransport, folder: Path) -> httpx2.AsyncBaseTransport:
    from hishel import AsyncSqliteStorage
    from hishel.httpx2 import AsyncCacheTransport

    storage = AsyncSqliteStorage(database_path=folder / "pages.db", default_ttl=CACHE_KEPT_S, max_size=CACHE_BYTES)
    # without rfc=True hishel serves "no-cache" and private answers from the cache
    return AsyncCacheTransport(transport, storage=storage, rfc=True)


def _exempt(mounts: Mapping[str, str]) -> Callable[[str], bool]:
    names = frozenset(name for name in mounts if not name.startswith("."))
    endings = tuple(name for name in mounts if name.startswith("."))
    return lambda host: host in names or host.endswith(endings)


def _pattern(host: str) -> str:
    return f"all://*{host}" if host.startswith(".") else f"all://{host}"
