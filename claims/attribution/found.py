"""What one attribution is before it is known who the source is: spans of the text and ranges of a sentence's tokens."""

import re
from dataclasses import dataclass

from claims.attribution.tokens import Line, Range
from claims.types import Span

#: how often attributions of a kind were right on the training articles, rounded
SURE_QUOTED, SURE_CLAUSE, SURE_THING, SURE_ACCORDING = 0.95, 0.8, 0.55, 0.9
#: between a source and a cue it means that they are of two sentences
SENTENCE_END = re.compile(r"[.!?][\"”’)]*\s+(?=[A-Z“\"])|\n")


@dataclass(frozen=True, slots=True)
class Found:
    """One attribution as spans of the text, before it is known who the source is."""

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    word: str  #: the cue's main word, lower case
    confidence: float
    addressee: Span | None = None  #: "told Reuters"
    open: bool = False  #: ends with a colon: what follows in the next sentence or paragraph is its content
    through: Span | None = None  #: the cue of the attribution that passes this one on: "reported, citing two aides"


@dataclass(frozen=True, slots=True)
class Parsed:
    """An attribution together with the numbers of its source's and cue's tokens."""

    source: Range | None
    cue: Range
    found: Found
    whole: bool = False  #: no word of its source is a cue of its own

    @property
    def end(self) -> int:
        """The token from which the next cue may stand."""
        return max(self.cue[1], self.source[1]) if self.whole and self.source else self.cue[1]


def made(  # noqa: PLR0917 - the six parts of an attribution, in their order
    line: Line,
    source: Range | None,
    cue: Range,
    word: str,
    sure: float,
    content: tuple[Span, ...],
    *,
    addressee: Range | None = None,
    opens: bool = False,
) -> Parsed | None:
    """An attribution of one sentence, None where there is no content and none is to come."""
    if not content and not opens:
        return None
    found = Found(
        source=line.span(source) if source else None,
        cue=line.span(cue),
        content=content,
        word=word,
        confidence=sure,
        addressee=line.span(addressee) if addressee else None,
        open=opens,
    )
    return Parsed(source, cue, found)
