"""Everything that is raised on purpose, as one tree. Foreign errors are translated at the border, cause kept.

NewsError
├── BadInput            what the reader gave cannot be used; the message says why and what to do
│   ├── NoDate          a step needs a publication date that the page does not give
│   └── UnknownVersion  no text is held under that version
├── FetchError          one address could not be read; carries the link and the reason of the contract
│   ├── UnsafeAddress   not a public web address
│   ├── RobotsRefused   robots.txt says no
│   ├── OutletRefused   401, 403, 451, a bot wall: closed to programs
│   ├── Paywalled       only the beginning is open
│   ├── PageGone        404, 410, a dead host
│   ├── FetchTimeout    the time limit ran out
│   ├── TooLarge        size or decompression limit
│   ├── NotAnArticle    home page, video page, live blog, consent wall, empty page, PDF
│   └── FetchFault      anything else that the outside world did: 5xx, broken answer, redirect loop
└── StoreFault          the database cannot be reached or refuses

One outlet's ``FetchError`` becomes a ``Miss`` in the answer; only the reader's own link may raise to the reader.
"""

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from claims.types import Article


class NewsError(Exception):
    """Base of all errors raised on purpose. ``str(error)`` is one plain sentence for a person."""


class BadInput(NewsError):
    """The input cannot be used as it is."""


class NoDate(BadInput):
    """A publication date is needed and not known."""


class UnknownVersion(BadInput):
    """No text is held under the version asked for."""


class FetchError(NewsError):
    """An address could not be read. ``link`` is the address, ``reason`` a miss reason of the contract."""

    reason: ClassVar[str] = "fault"

    def __init__(self, message: str, *, link: str, part: "Article | None" = None) -> None:
        super().__init__(message)
        self.link = link
        #: what the page gave openly all the same (an article held in part), or None
        self.part = part
        #: no answer of any kind came: the fault may lie with our own connection
        self.unreached = False


class UnsafeAddress(FetchError):
    """Not http(s), a private or reserved address, a closed port."""

    reason = "unsafe_address"


class RobotsRefused(FetchError):
    """robots.txt does not allow this address."""

    reason = "robots"


class OutletRefused(FetchError):
    """401, 403, 451, or a wall against programs."""

    reason = "refused"


class Paywalled(FetchError):
    """Only the beginning of the article is open."""

    reason = "paywall"


class PageGone(FetchError):
    """404, 410, or a host that does not exist."""

    reason = "gone"


class FetchTimeout(FetchError):
    """The time limit ran out."""

    reason = "timeout"


class TooLarge(FetchError):
    """More bytes than the limit allows, packed or unpacked."""

    reason = "too_large"


class NotAnArticle(FetchError):
    """The page is reachable and holds no article."""

    reason = "not_article"


class FetchFault(FetchError):
    """A failure of the outside world that fits no other class."""

    reason = "fault"


class StoreFault(NewsError):
    """The database cannot be reached, is locked for too long, or refuses."""
