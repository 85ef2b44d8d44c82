"""How sure a statement is by its own words: stated, planned, only possible; and whether it says that something is not.

The words are few and general; what stands in front of a negation or a hedge is not parsed. A hedge counts for the
clause it stands in (``claims.checks.certainty`` shows that clause).
"""

import re

from claims.types import Certainty, Polarity, Span

_POSSIBLE = re.compile(
    r"\b(?:may(?!\s+\d)(?:\s+be|\s+have)?|might|could(?!\s+(?:not|n['’]t|see|hear|feel)\b)|possibly|potential(?:ly)?|perhaps|maybe|"
    r"(?:is|are|was|were|been|be)\s+(?:considering|weighing|mulling|exploring|debating|looking\s+at)|"
    r"(?:consider(?:s|ed|ing)?|weigh(?:s|ed|ing)?|mull(?:s|ed|ing)?|weighing)\s+(?:whether|if|a|an|the|\w+ing)|"
    r"appear(?:s|ed)?\s+to|seem(?:s|ed)?\s+to|apparently|suggest(?:s|ed)?\s+that|likely|probabl[ey]|"
    r"(?:is|are|was|were)\s+(?:unclear|uncertain)|whether\s+to|possible|possibility|unlikely)\b",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"\b(?:plan(?:s|ned|ning)?\s+(?:to|for|on|a|an|the)|(?:drawing|draws?|drew|drawn)\s+up|proposal\s+(?:to|for)|"
    r"propos(?:es|ed|ing)\s+(?:to|a|an|the|\w+ing)|intend(?:s|ed|ing)?\s+to|(?:is|are|was|were)\s+(?:set|due|scheduled|expected|poised|"
    r"preparing|going|about|slated)\s+to|expect(?:s|ed)?\s+to|scheduled\s+(?:to|for)|will(?!\s+(?:of|power)\b)|"
    r"(?:is|are)\s+to\s+(?:be\s+)?\w+|aim(?:s|ed|ing)?\s+to|hop(?:es|ed|ing)\s+to|seek(?:s|ing)?\s+to|vow(?:s|ed)?\s+to|"
    r"promis(?:es|ed)\s+to|agreed\s+to|would)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|disput(?:es?|ed|ing))\b(?!\s+(?:them|him|her|entry|access|bail))", re.IGNORECASE
)
_NEGATION = re.compile(
    r"\b(?:not|no|never|none|nobody|neither|nor|without|hardly|cannot|n['’]t|\w+n['’]t|den(?:y|ies|ied|ying)|refus\w+|"
    r"reject\w*|rul(?:e|es|ed|ing)\s+out|fail(?:s|ed)?\s+to|dismiss\w*|disput\w+)\b",
    re.IGNORECASE,
)
_NO_NEGATION = re.compile(
    r"\b(?:not\s+only|no\s+(?:later|more|less|fewer|longer|doubt)|not\s+(?:immediately\s+)?(?:respond|return|reply)|no\.\s?\d)\b",
    re.IGNORECASE,
)
_LADDER = list(Certainty)


def hedges(text: str, within: Span) -> tuple[tuple[Span, Certainty], ...]:
    """The words that lower certainty, in order, each with the rung that they lower it to."""
    found = [(Span(*m.span()), Certainty.POSSIBLE) for m in _POSSIBLE.finditer(text, within.start, within.end)]
    found += [(Span(*m.span()), Certainty.PLANNED) for m in _PLANNED.finditer(text, within.start, within.end)]
    found += [(Span(*m.span()), Certainty.DENIED) for m in _DENIED.finditer(text, within.start, within.end)]
    return tuple(sorted(found))


def certainty_of(text: str, within: Span, at_most: Certainty = Certainty.STATED) -> Certainty:
    """The lowest rung that the words of a statement stand on, never above ``at_most`` (its attribution's)."""
    return min((at_most, *(rung for _, rung in hedges(text, within))), key=_LADDER.index)


def negations(text: str, within: Span) -> tuple[Span, ...]:
    """The words that turn a statement round, without those that only look so ("no later than", "not only")."""
    idle = [match.span() for match in _NO_NEGATION.finditer(text, within.start, within.end)]
    return tuple(
        Span(*match.span())
        for match in _NEGATION.finditer(text, within.start, within.end)
        if not any(start <= match.start() < end for start, end in idle)
    )


def polarity_of(text: str, within: Span) -> Polarity:
    """Negated where an odd number of negations stands in the words."""
    return Polarity.NEGATED if len(negations(text, within)) % 2 else Polarity.AFFIRMED
