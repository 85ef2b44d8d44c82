"""How sure a statement is by its own words: stated, planned, only possible; and whether it says that something is not.

The words are few and general; what stands in front of a negation or a hedge is not parsed. A hedge counts for the
clause it stands in (``claims.checks.certainty`` shows that clause).
"""

import re
from functools import lru_cache

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
#: what can be denied: that something is so, or a word for what somebody says. A service, parole and entry are refused
_DENIABLE = (
    r"(?:that\b|knowing\b|it\b(?!\s+\w)|everything\b|any\b(?!\s+(?:access|entry|requests?|bail|permission|services?|aid)\b)|"
    r"(?!during|following|pending|according|nothing|something|funding|financing|housing|hearing|building|parking|"
    r"training|standing|filing|licensing|meeting|spending|voting|lodging|schooling|nursing)\w{2,}ing\b(?! of\b)|"
    r"(?:(?:any|all|the|his|her|their|its|those|these|this|such|a|an|some|multiple|several|earlier|media|\w+['’]s?)\s+)*"
    r"(?:[\w-]+\s+){0,2}?"
    r"(?:allegations?|accusations?|assertions?|claims?|reports?|reporting|charges?|suggestions?|insinuations?|rumou?rs?|"
    r"speculation|stor(?:y|ies)|accounts?|wrongdoing|involvement|knowledge|responsibility|collusion|guilt|complicity|"
    r"existence|criticism|notions?|characteri[sz]ations?|narratives?|impropriety|misconduct|plagiarism|affairs?|"
    r"links?|ties|connections?)\b)"
)
#: a denial as the verb of its sentence; "disputing reports" and "did not deny" are none
_DENIED = re.compile(
    rf"(?<!not )(?<!n't )(?<!n’t )(?<!never )(?<!nobody )\b(?:denied|denies)\s+{_DENIABLE}",
    re.IGNORECASE,
)
_DENIES = re.compile(
    r"\b(?:den(?:y|ies|ied|ying|ials?)|disput(?:es?|ed|ing)|reject\w*|refut\w+|dismiss\w*)\b", re.IGNORECASE
)
_RULES_OUT = re.compile(r"\brul(?:ed|es|e|ing) out\b", re.IGNORECASE)
_THING = re.compile(rf"[\s“\"‘']*(?:as \w+\s+)?{_DENIABLE}", re.IGNORECASE)
#: a bare clause behind the verb: "denied the city had agreed", "disputes he was there"
_CLAUSE = re.compile(
    r"(?:(?!\b(?:who|that|which|whose|whom|to)\b|[.;,]).){0,60}?\b(?:is|are|was|were|has|have|had|will|would|can|could|did|does|do|should|might|may|ever|never|"
    r"(?:is|was|were|did|does|do|had|has|have|would|could|ca|wo)n['’]t)\b",
    re.IGNORECASE,
)
_MAY_REFUSE = re.compile(r"\b(?:reject\w*|dismiss\w*)\b", re.IGNORECASE)
#: grammatical negation and denial only: that the senate rejected a bill, or people went without pay, is said to be so
_NEGATION = re.compile(
    r"\b(?:not|no(?![\"”’])|never|none|nobody|neither|nor|cannot|n['’]t|\w+n['’]t|rul(?:e|es|ed|ing)\s+out|"
    rf"den(?:y|ies|ied|ying)(?=\s+(?:{_DENIABLE}|{_CLAUSE.pattern})))\b",
    re.IGNORECASE,
)
_NO_NEGATION = re.compile(
    r"\b(?:or\s+not|not\s+only|no\s+(?:later|more|less|fewer|longer|doubt)|not\s+(?:immediately\s+)?(?:respond|return|reply)|no\.\s?\d)\b",
    re.IGNORECASE,
)
_LADDER = list(Certainty)
#: room for a subject with its title: "The ministry's chief spokeswoman, Ada Brook, denied that"
DENIAL_HEAD_CHARS = 60
#: findings kept: each statement of a row is held against each other one, and a story has some hundred in rows
KEPT = 4096


@lru_cache(KEPT)
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


def denies(cue: str, thing: str) -> bool:
    """Whether a cue with what follows it denies that something is so: a clause, a doing or what somebody says.

    To deny somebody service or parole, to reject a bill and to dismiss a case says of nothing that it is not so.
    """
    if _RULES_OUT.search(cue):
        return True
    if not _DENIES.search(cue):
        return False
    if _THING.match(thing):
        return True
    return _CLAUSE.match(thing) is not None and not _MAY_REFUSE.search(cue)


@lru_cache(KEPT)
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
