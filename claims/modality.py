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
    r"appear(?:s|ed)?\s+to|seem(?:s|ed)?\s+to|apparently|likely|probabl[ey]|"
    r"(?:is|are|was|were)\s+(?:unclear|uncertain)|whether\s+to|(?:chances?|risks?|odds)\s+(?:of|that|for)|possible|possibility|unlikely)\b",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"\b(?:plan(?:s|ned|ning)?\s+(?:to|for|on|a|an|the)|(?:drawing|draws?|drew|drawn)\s+up|proposal\s+(?:to|for)|"
    r"propos(?:es|ed|ing)\s+to|intend(?:s|ed|ing)?\s+to|(?:is|are|was|were)\s+(?:set|due|scheduled|expected|poised|"
    r"preparing|going|about|slated)\s+to|expect(?:s|ed)?\s+to|scheduled\s+(?:to|for)|will(?!\s+(?:of|power)\b)|"
    r"(?:is|are)\s+to\s+(?:be\s+)?\w+|aim(?:s|ed|ing)?\s+to|hop(?:es|ed|ing)\s+to|seek(?:s|ing)?\s+to|vow(?:s|ed)?\s+to|"
    r"promis(?:es|ed)\s+to|agreed\s+to|would)\b",
    re.IGNORECASE,
)
#: a denial as the verb of its sentence; "disputing reports" and "did not deny" are none
_DENIED = re.compile(
    r"(?<!not )(?<!n't )(?<!n’t )(?<!never )(?<!nobody )\b(?:denied|denies)\s+"
    r"(?:that|any|all|the|having|being|it|his|her|their|wrongdoing|involvement|claims?|allegations?|accusations?|reports?)\b",
    re.IGNORECASE,
)
#: grammatical negation and denial only: that the senate rejected a bill, or people went without pay, is said to be so
_NEGATION = re.compile(
    r"\b(?:not|no(?![\"”’])|never|none|nobody|neither|nor|cannot|n['’]t|\w+n['’]t|den(?:y|ies|ied|ying)|"
    r"rul(?:e|es|ed|ing)\s+out)\b",
    re.IGNORECASE,
)
_NO_NEGATION = re.compile(
    r"\b(?:not\s+only|no\s+(?:later|more|less|fewer|longer|doubt)|not\s+(?:immediately\s+)?(?:respond|return|reply)|no\.\s?\d)\b",
    re.IGNORECASE,
)
_LADDER = list(Certainty)
#: room for a subject with its title: "The ministry's chief spokeswoman, Ada Brook, denied that"
DENIAL_HEAD_CHARS = 60


def hedges(text: str, within: Span) -> tuple[tuple[Span, Certainty], ...]:
    """The words that lower certainty, in order, each with the rung that they lower it to."""
    found = [(Span(*m.span()), Certainty.POSSIBLE) for m in _POSSIBLE.finditer(text, within.start, within.end)]
    found += [(Span(*m.span()), Certainty.PLANNED) for m in _PLANNED.finditer(text, within.start, within.end)]
    found += [(Span(*m.span()), Certainty.DENIED) for m in _DENIED.finditer(text, within.start, within.end)]
    return tuple(sorted(found))


def certainty_of(text: str, within: Span, at_most: Certainty = Certainty.STATED) -> Certainty:
    """The lowest rung that the words of a statement stand on, never above ``at_most`` (its attribution's).

    A denial counts only at the head of the statement; further on it is about something else.
    """
    rungs = [
        rung
        for span, rung in hedges(text, within)
        if rung is not Certainty.DENIED or span.start - within.start <= DENIAL_HEAD_CHARS
    ]
    return min((at_most, *rungs), key=_LADDER.index)


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
