"""What the outside world does wrong, in our words: statuses, content types, the client's errors -> ``FetchError``."""

import ssl
from collections.abc import Iterator
from socket import gaierror

import httpx2

from claims.errors import (
    FetchError,
    FetchFault,
    FetchTimeout,
    NotAnArticle,
    OutletRefused,
    PageGone,
    Paywalled,
    UnsafeAddress,
)
from scrapers._guard import NotPublic

_PASSING_STATUSES = frozenset({429, 500, 502, 503, 504})


class PassingFault(FetchFault):
    """A fault that a second try may mend."""


#: everything that may come out of the client, the special before the general; the sentence takes the host
_FOREIGN: tuple[tuple[type[BaseException], type[FetchError], str], ...] = (
    (NotPublic, UnsafeAddress, "{host} is not a public web host; send a link to a news page."),
    (httpx2.InvalidURL, UnsafeAddress, "This is not a web address; check the link and send it again."),
    (
        httpx2.UnsupportedProtocol,
        UnsafeAddress,
        "Only links that begin with http:// or https:// can be read; send such a one.",
    ),
    (httpx2.TimeoutException, FetchTimeout, "{host} takes too long to answer; try again later."),
    (TimeoutError, FetchTimeout, "{host} takes too long to answer; try again later."),
    (httpx2.DecodingError, FetchFault, "{host} sends a page that cannot be unpacked; open it and send its text."),
    (httpx2.ProxyError, PageGone, "{host} cannot be reached; check the link or try again later."),
    (httpx2.ConnectError, FetchFault, "{host} does not accept the connection; try again later."),
    (httpx2.NetworkError, PassingFault, "{host} broke off the connection; try again later."),
    (httpx2.RemoteProtocolError, PassingFault, "{host} broke off its answer; try again later."),
    (OSError, PassingFault, "{host} broke off the connection; try again later."),
    (httpx2.HTTPError, FetchFault, "{host} gives an answer that cannot be read; open the page and send its text."),
    (httpx2.StreamError, FetchFault, "{host} gives an answer that cannot be read; open the page and send its text."),
    (httpx2.CookieConflict, FetchFault, "{host} gives an answer that cannot be read; open the page and send its text."),
)
_UNREACHED = (httpx2.TimeoutException, TimeoutError, httpx2.ProxyError, httpx2.ConnectError)
FOREIGN = tuple(foreign for foreign, _, _ in _FOREIGN)


def translated(error: BaseException, *, host: str, link: str) -> FetchError:
    """One of ``FOREIGN`` as our error; the caller keeps the cause."""
    if isinstance(error, httpx2.ConnectError):
        causes = list(_causes(error))
        if any(isinstance(cause, ssl.SSLError) for cause in causes):
            reason = f"The security certificate of {host} cannot be trusted; open the page yourself and send its text."
            return FetchFault(reason, link=link)
        if any(isinstance(cause, gaierror) for cause in causes):
            return _unreached(PageGone(f"There is no web host {host}; check the link.", link=link))
    for foreign, ours, sentence in _FOREIGN:
        if isinstance(error, foreign):
            fault = ours(sentence.format(host=host), link=link)
            return _unreached(fault) if isinstance(error, _UNREACHED) else fault
    raise error


def _unreached(fault: FetchError) -> FetchError:
    fault.unreached = True
    return fault


def refusal(status: int, *, host: str, link: str, soon: bool) -> FetchError | None:
    """What a status means, None for a success or a redirect. ``soon``: a second try is near enough to be worth it."""
    match status:
        case 401 | 403 | 451:
            reason = f"{host} does not let programs read this page (status {status}); open it and send its text."
            return OutletRefused(reason, link=link)
        case 402:
            return Paywalled(
                f"{host} shows this page to subscribers only; if you can open it, send its text.", link=link
            )
        case 404 | 410:
            return PageGone(f"{host} has no page at this address, or none any more; check the link.", link=link)
        case 429:
            sentence = f"{host} has had too many questions (status 429); try again later."
        case _ if status >= 400:
            sentence = f"{host} answers with an error (status {status}); try again later."
        case _:
            return None
    return (PassingFault if status in _PASSING_STATUSES and soon else FetchFault)(sentence, link=link)


def unreadable(content_type: str, *, host: str, link: str) -> NotAnArticle:
    """A file that is no page."""
    what = "a PDF file" if content_type == "application/pdf" else f"a file ({content_type})"
    return NotAnArticle(
        f"The link leads to {what} on {host}, not to an article; send the text that you mean.", link=link
    )


def _causes(error: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__
