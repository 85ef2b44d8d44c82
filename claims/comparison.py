"""The finished comparison, field by field as the contract in docs/comparison.schema.json has it.

No clock value and no database id is in it: the same articles give the same bytes.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from claims.types import Article, Authority, Certainty, Miss, OwnVoiceKind, Polarity, QuotationType, Span


class DifferenceKind(StrEnum):
    """In what two outlets differ on one claim."""

    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    PLACE = "place"
    CERTAINTY = "certainty"
    DENIAL = "denial"
    AUTHORITY = "authority"
    PRESENCE = "presence"


class QuotationResult(StrEnum):
    """What the quotation check finds; the rules stand in docs/quotation-check.md."""

    EXACT = "exact"
    SHORTENED = "shortened"
    ALTERED = "altered"
    PARAPHRASE = "paraphrase"
    ELSEWHERE = "elsewhere"
    NOT_FOUND = "not_found"
    NOT_CHECKABLE = "not_checkable"


class EdgeKind(StrEnum):
    """Why two articles are joined."""

    CITES = "cites"
    LINKS = "links"
    SHARES_TEXT = "shares_text"
    SHARES_QUOTE = "shares_quote"
    CREDIT_LINE = "credit_line"


class Note(StrEnum):
    """What a reader should know about the answer as a whole."""

    LANGUAGE_LIMITED = "language_limited"
    SINGLE_ARTICLE = "single_article"
    NOTHING_REACHABLE = "nothing_reachable"
    LEAD_CLOSED = "lead_closed"  # the asked article is closed to us: read from headline or open copies
    NO_DATE = "no_date"
    CUT = "cut"  # the text was longer than the limit; the rest was not read


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A span of a stored version: the evidence."""

    outlet: str
    url: str
    version: str
    span: Span
    carried_for: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ViaSource:
    """One link of the chain through which a claim reached the outlet, nearest first."""

    authority: Authority
    source: str | None
    cue: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One outlet's statement in a row, with its evidence and on whose word it stands."""

    place: Place
    text: str
    authority: Authority
    quotation_type: QuotationType | None = None
    source: str | None = None  #: resolved name, else the words of the source span
    source_description: str | None = None
    cue: str | None = None
    certainty: Certainty = Certainty.STATED
    polarity: Polarity = Polarity.AFFIRMED
    via: tuple[ViaSource, ...] = ()
    attributed_to_outlet: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Two outlets differ on one claim: a difference, not an error. Both sides are shown."""

    kind: DifferenceKind
    between: tuple[str, str]  #: addresses
    spans: tuple[tuple[str, Span], tuple[str, Span]]  #: (version, span) of each side
    strength: float  #: 0..1, strongest shown first
    reason: str  #: one sentence from a template


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """Two articles that count as one origin, and why. ``a`` and ``b`` are addresses or outlet names."""

    a: str
    b: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Origins:
    """How many independent origins stand behind a claim or a story."""

    at_least: int
    at_most: int
    chains: tuple[tuple[str, ...], ...] = ()  #: addresses or outlet names, the reader's end first
    joined: tuple[Joined, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Statements of different outlets that speak of the same fact; at most one cell an outlet."""

    id: str  #: stable within the comparison: first 8 hex digits over the cells' places
    statement: str  #: quoted words of the fullest cell
    importance: float  #: 0..1
    cells: tuple[Cell, ...]
    differences: tuple[Difference, ...]
    origins: Origins


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """A quotation and where it stands, or does not."""

    text: str
    quoting: Place
    result: QuotationResult
    cited_outlet: str | None = None
    cited_person: str | None = None
    found: Place | None = None
    #: (op, theirs, ours), op: keep, drop, add, replace; theirs are the found text's words, ours the quotation's
    changes: tuple[tuple[str, str, str], ...] = ()
    nearest: Place | None = None  #: nearest passage of the cited outlet, where nothing was found
    also: Place | None = None  #: where another outlet has the words as they are
    cut: Place | None = None  #: the whole sentence, where the words are exact but cut at a negation
    stands_in: str | None = None  #: "headline" or "standfirst", where the words stand there and not in the text
    why: str | None = None  #: why not checkable: not_held, part, other_matter, other_language


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnVoiceClaim:
    """A sentence in an article's own voice."""

    text: str
    url: str
    version: str
    span: Span
    kind: OwnVoiceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """One link of provenance between two articles, or an article and an outlet whose article is not held."""

    source: str  #: address of the article that takes over
    target: str | None  #: address of the article taken from, None if not held
    target_outlet: str
    kind: EdgeKind
    evidence: tuple[str, Span] | None  #: (version, span)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What an outlet changed between two versions."""

    url: str
    from_version: str
    to_version: str
    marked: bool
    spans: tuple[tuple[int, int, str, str], ...]  #: start, end in the later version, old words, new words


@dataclass(frozen=True, slots=True, kw_only=True)
class FactCheck:
    """An existing fact-check, in its publisher's own words."""

    publisher: str
    url: str
    reviewed_at: datetime | None
    claim: str
    rating: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The answer: the asked article first, then what the others say, with evidence for everything."""

    articles: tuple[Article, ...]  #: the asked one first
    rows: tuple[Row, ...]  #: most important first
    quotations: tuple[Quotation, ...]
    own_voice: tuple[OwnVoiceClaim, ...]
    edges: tuple[Edge, ...]
    origins: Origins
    changes: tuple[Change, ...] = ()
    fact_checks: tuple[FactCheck, ...] = ()
    misses: tuple[Miss, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def lead(self) -> Article:
        """The article that was asked about."""
        return self.articles[0]
