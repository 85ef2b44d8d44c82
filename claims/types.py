"""The nouns: what passes along the road from a link to a comparison.

All are frozen. Times are aware UTC. Spans are half-open Python string offsets into ``Article.text``. Vocabulary:
the glossary in README.md. Types of the finished comparison stand in ``claims.comparison``.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256

from claims.errors import FetchError


class OutletKind(StrEnum):
    """What an outlet mainly is."""

    AGENCY = "agency"
    BROADCASTER = "broadcaster"
    NEWSPAPER = "newspaper"
    SITE = "site"
    AGGREGATOR = "aggregator"
    FACT_CHECKER = "fact-checker"


class Held(StrEnum):
    """How much of an article's text is held."""

    FULL = "full"
    PART = "part"  # paywall: what was open
    HEADLINE = "headline"  # headline and summary of a feed or a search service
    KNOWN = "known"  # address only
    READER_COPY = "reader_copy"  # pasted by a reader, for that reader alone


class Authority(StrEnum):
    """On whose word a claim stands."""

    NAMED = "named"
    NAMED_GROUP = "named_group"
    UNNAMED = "unnamed"
    UNNAMED_GROUP = "unnamed_group"
    DOCUMENT = "document"
    DATA = "data"
    OUTLET = "outlet"
    WITNESS = "witness"
    OWN_VOICE = "own_voice"
    UNCLEAR = "unclear"


class QuotationType(StrEnum):
    """How much of the content stands in quotation marks: all, none, a part."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Certainty(StrEnum):
    """The ladder, lowest first: ``list(Certainty)`` is in order."""

    DENIED = "denied"
    POSSIBLE = "possible"
    PLANNED = "planned"
    REPORTED = "reported"
    SAID = "said"
    STATED = "stated"


class Polarity(StrEnum):
    """Whether the claim says that something is, or that it is not."""

    AFFIRMED = "affirmed"
    NEGATED = "negated"


class OwnVoiceKind(StrEnum):
    """What an article says in its own name."""

    FACT = "fact"
    OPINION = "opinion"
    FORECAST = "forecast"


class MissReason(StrEnum):
    """Why an article could not be read."""

    ROBOTS = "robots"
    REFUSED = "refused"
    PAYWALL = "paywall"
    GONE = "gone"
    TIMEOUT = "timeout"
    TOO_LARGE = "too_large"
    NOT_ARTICLE = "not_article"
    UNSAFE_ADDRESS = "unsafe_address"
    FAULT = "fault"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open character offsets into ``Article.text`` (not bytes, not tokens). Never empty."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """The words it points at."""
        return text[self.start : self.end]

    def meets(self, other: "Span") -> bool:
        """Whether they share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """A publisher under one editorial roof; several domains and feeds may belong to it."""

    key: str  #: stable slug, unique: "reuters"; for an unlisted outlet its host
    name: str  #: as readers know it: "Reuters"
    domains: tuple[str, ...]  #: all editions, without "www."; the first is the main one
    kind: OutletKind = OutletKind.SITE
    country: str | None = None  #: ISO 3166-1 alpha-2, lower case
    languages: tuple[str, ...] = ()  #: ISO 639-1
    aliases: tuple[str, ...] = ()  #: other names used in running text: "Agence France-Presse"
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    news_sitemaps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One immutable version of one page of an outlet. What the outlet says of itself, and the text we hold."""

    url: str  #: canonical address after redirects; "text:<hash>" for a pasted text
    outlet: Outlet
    title: str  #: the headline as a reader sees it
    #: the body: paragraphs joined by a blank line, without dateline, credits and captions; for Held.HEADLINE the
    #: headline, a blank line and the summary
    text: str
    held: Held = Held.FULL
    published_at: datetime | None = None  #: the outlet's word
    modified_at: datetime | None = None  #: the outlet's word
    authors: tuple[str, ...] = ()
    section: str | None = None
    language: str | None = None  #: ISO 639-1, None if not known
    standfirst: str | None = None  #: deck under the headline, apart from the body
    dateline: str | None = None  #: as printed, apart from the body: "WASHINGTON, March 3 (Reuters) -"
    credit: str | None = None  #: name of the agency whose copy the text says it is, never from a picture credit
    links: tuple[str, ...] = ()  #: addresses that the body links to, in order

    def __post_init__(self) -> None:
        for moment in (self.published_at, self.modified_at):
            if moment is not None and moment.utcoffset() is None:
                raise ValueError(f"time without zone in article {self.url}")

    @property
    def version(self) -> str:
        """First 16 hex digits of SHA-256 over address, a newline and text (the contract's ``version``)."""
        return sha256(f"{self.url}\n{self.text}".encode("utf-8", "surrogatepass")).hexdigest()[:16]

    @property
    def day(self) -> date | None:
        """Publication date in UTC, None if the page gives none."""
        return self.published_at.date() if self.published_at else None

    @property
    def carried_for(self) -> str | None:
        """The agency whose text this outlet carries, None for the outlet's own text."""
        return self.credit if self.credit and self.credit != self.outlet.name else None


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchTerms:
    """What to look for, made from an article by ``claims.matching.search_terms``."""

    words: tuple[str, ...]  #: rare words, most telling first
    names: tuple[str, ...]  #: names of persons, places, organisations, most telling first
    numbers: tuple[str, ...]
    title: str  #: the headline
    since: datetime | None  #: window around the article's date; None where it has none
    until: datetime | None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An article that a search or a feed knows of and that has not been read yet."""

    url: str  #: as given; may be an opaque link of the search service
    title: str
    outlet: Outlet
    published_at: datetime | None = None
    summary: str = ""
    found_by: str = ""  #: name of the search: "index", "feeds", "gdelt", "google_news"
    given: str = ""  #: the address as the search has it, where ``url`` is a tidier spelling that may lead nowhere


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """An article or a search that could not be read, and why: a value that reaches the answer."""

    outlet: str  #: name of the outlet or of the search service
    url: str | None
    reason: MissReason

    @classmethod
    def of(cls, error: FetchError, outlet: str) -> "Miss":
        """The miss that a fetch error amounts to."""
        return cls(outlet=outlet, url=error.link, reason=MissReason(error.reason))


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The articles, any outlet, about one event; the lead is the one asked about."""

    lead: Article
    others: tuple[Article, ...] = ()  #: same story, in the order of the answer
    misses: tuple[Miss, ...] = ()

    @property
    def articles(self) -> tuple[Article, ...]:
        """All, the lead first."""
        return (self.lead, *self.others)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Source + cue + content: the link from a claim to the one who vouches for it.

    ``source`` is empty where nobody is named. ``via`` is the index, in the same reading, of the attribution that
    this one is nested in: "the sources said" inside what Reuters is quoted with.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]  #: never empty, in order
    authority: Authority
    quote: QuotationType
    resolved: str | None = None  #: the name that the source stands for, None where it cannot be known
    description: str | None = None  #: description of the source as the text gives it ("familiar with the plan")
    outlet: str | None = None  #: name of the outlet, where authority is OUTLET
    via: int | None = None
    certainty: Certainty = Certainty.SAID
    polarity: Polarity = Polarity.AFFIRMED
    on_day: date | None = None  #: day that the cue's date word stands for ("said on Monday")
    confidence: float = 1.0  #: 0..1; below ``attribution.SURE_MIN`` it is shown as unsure

    def __post_init__(self) -> None:
        if not self.content:
            raise ValueError("an attribution without content")


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnVoice:
    """A sentence that the article states in its own name."""

    span: Span
    kind: OwnVoiceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What attribution finds in one article. Deterministic: same text, same reading."""

    attributions: tuple[Attribution, ...] = ()  #: in order of the text
    own_voice: tuple[OwnVoice, ...] = ()
    sentences: tuple[Span, ...] = ()  #: of the text, headline lines included, credits left out
    limited: bool = False  #: True where the language is analysed by marks and outlet names only
