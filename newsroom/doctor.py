"""What is installed, reachable and configured, each with the remedy: ``second-source doctor``."""

import asyncio
import sys
from dataclasses import dataclass

from claims.errors import BadInput, NewsError, StoreFault
from claims.types import SearchTerms
from newsroom.settings import Settings

SEARCH_S = 6.0  # a person waits for this; GDELT alone may take some seconds
TELEGRAM_S = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One line of the report. ``fatal``: the product does not run without it."""

    what: str
    ok: bool
    state: str
    remedy: str = ""
    fatal: bool = False


async def findings(settings: Settings) -> list[Finding]:
    """All lines, in the order in which a person would mend them."""
    return [
        _python(),
        _attribution(),
        _matching(),
        *_configured(settings),
        await _database(settings),
        *await _searches(settings),
    ]


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    return Finding(
        what="Python",
        ok=sys.version_info >= (3, 11, 5),
        state=version,
        remedy="Install Python 3.11.5 or later and run make setup.",
        fatal=True,
    )


def _attribution() -> Finding:
    from claims.attribution.model import load

    loaded = load()
    return Finding(
        what="attribution",
        ok=loaded.model is not None,
        state=loaded.state,
        remedy="Run make setup; without the model fewer of the indirect statements are found.",
    )


def _matching() -> Finding:
    from claims.matching.meaning import load

    loaded = load()
    return Finding(
        what="story matching",
        ok=loaded.model is not None,
        state=loaded.state,
        remedy="Run make setup; without the model articles in other words are found less often.",
    )


def _configured(settings: Settings) -> list[Finding]:
    return [
        Finding(
            what="Telegram",
            ok=settings.telegram_bot_token is not None,
            state="token set" if settings.telegram_bot_token else "no token: make run opens the local chat",
            remedy="Ask @BotFather for a token and set TELEGRAM_BOT_TOKEN.",
        ),
        Finding(
            what="contact page",
            ok=settings.contact_url is not None,
            state=settings.contact_url or "none: outlets cannot see whose program reads them",
            remedy="Set SECOND_SOURCE_CONTACT_URL to a page about this bot.",
        ),
        Finding(
            what="certificates",
            ok=True,
            state=f"the usual ones and {settings.ca_file}" if settings.ca_file else "the usual ones",
        ),
        Finding(
            what="proxy",
            ok=True,
            state="set" if settings.egress_proxy else "none: pages are fetched directly",
        ),
    ]


async def _database(settings: Settings) -> Finding:
    from storage.store import open_store

    try:
        async with open_store(settings.database_url.get_secret_value()):
            return Finding(what="database", ok=True, state="open and up to date", fatal=True)
    except (StoreFault, BadInput) as fault:
        return Finding(
            what="database",
            ok=False,
            state=str(fault),
            remedy="Or leave SECOND_SOURCE_DATABASE_URL out: the built-in SQLite needs no server.",
            fatal=True,
        )


async def _searches(settings: Settings) -> list[Finding]:
    """Ask each search service one plain question."""
    from newsroom.wiring import open_web_of, utc_now

    now = utc_now()
    terms = SearchTerms(
        words=("election",), names=(), numbers=(), title="election", since=now, until=now, language="en"
    )
    try:
        async with asyncio.timeout(SEARCH_S + 2), open_web_of(settings) as web:
            found = await web.search(terms, seconds=SEARCH_S)
    except (NewsError, TimeoutError) as error:
        return [Finding(what="search", ok=False, state=str(error) or "no answer", remedy="Check the network.")]
    missed = {miss.outlet: miss.reason.value for miss in found.misses}
    return [
        Finding(
            what=f"search {name}",
            ok=name not in missed,
            state=missed.get(name, "answers"),
            remedy="Check the network and SECOND_SOURCE_EGRESS_PROXY; comparisons go on with what is held.",
        )
        for name in web.searches
    ]
