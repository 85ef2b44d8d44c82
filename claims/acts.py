"""Whether words that look like somebody's report only tell what somebody does: then the article itself says so."""

from claims.attribution.lexicon import ABOUT, ACTS, SAYS
from claims.text import words
from claims.types import Attribution, Certainty, QuotationType, Span


def tells_of_an_act(text: str, span: Span, attribution: Attribution) -> bool:
    """Whether a statement (``span``, with its cue in it) tells of an act or a stance, and nothing that is vouched for.

    "Ann Lee defended her adviser" is what the article says of Ann Lee; quoted words and denials are her own.
    """
    if attribution.quote is not QuotationType.INDIRECT or attribution.certainty is Certainty.DENIED:
        return False
    verbs = {word.of(text).lower() for cue in attribution.cue for word in words(text, cue)}
    read_with_cue = any(span.start <= cue.start and cue.end <= span.end for cue in attribution.cue)
    return read_with_cue and bool(verbs & (ABOUT | ACTS)) and not verbs & (SAYS - ACTS)
