"""Whether words of a sentence stand by themselves: as a clause with a subject and a verb that a reader can read alone.

English, without parts of speech: few closed lists and the words beside a verb decide. In doubt it is no clause.
"""

import re

from claims.types import Span

#: what hangs on loosely behind a comma says nothing of the words before it
_LOOSE = re.compile(r",[\"”’']* (?:who|which|whose|where|\w{2,}ing)\b")
_WORD = re.compile(r"[^\W_]+(?:['’\-‑.][^\W_]+)*")


def _listed(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


#: what a clause inside a sentence does not begin with: it would hang on what stands before
_HANGING = _listed(
    """to of in on at by for with from about against after before during into over under between among through within
    without since until near despite amid behind like unlike than per via toward towards across around off upon above
    below beyond as who which whose whom where when while because although though unless if whether that how why what
    and but or nor so then not also including such monday tuesday wednesday thursday friday saturday sunday january
    february march april june july august september october november december guilty"""
)
_RELATIVES = _listed("who which that whose whom where what how why when if whether to")
#: the verb behind one of these is not that of the words before: "her support when she spoke"
_SUBORDINATE = _listed("that who which whose whom when where while because if whether after before since until unless")
_SUBJECTS = _listed("i he she it we they you there this that these those nobody everyone everybody somebody")
_DETERMINERS = _listed("the a an his her its their our my your this that these those any some no all every each more")
_FINITE = _listed(
    """is are was were has have had will would can could may might must shall should did does do isn't aren't wasn't
    weren't hasn't haven't hadn't won't wouldn't can't couldn't didn't doesn't don't shouldn't cannot said says told
    tells went came took made gave got found thought knew saw became began left kept held brought wrote stood lost paid
    met ran sat spoke led read grew fell sent built broke won chose drew drove flew hid rose shook sold spent stole
    struck taught threw understood wore fought caught bought felt heard meant gets goes makes takes comes puts says
    wants needs plans seems appears remains owes means shows i'm i've i'll i'd he's she's it's that's there's we're
    we've we'll they're they've they'll you're you've you'll he'll she'll it'll he'd she'd they'd we'd"""
)
_NO_VERB = _listed("need red hundred kindred sacred united alleged so-called")


def is_clause(text: str, span: Span, *, begins: bool) -> bool:
    """Whether the words have a subject and a verb that agrees with it; ``begins``: they begin their sentence."""
    loose = _LOOSE.search(text, span.start, span.end)
    words = _WORD.findall(text, span.start, loose.start() if loose else span.end)
    low = [word.casefold().replace("’", "'") for word in words]
    if not low or (not begins and (low[0] in _HANGING or _participle(words[0]))):
        return False
    main = (
        next((at for at, word in enumerate(low) if at and word in _SUBORDINATE), len(low)) if not begins else len(low)
    )
    return any(_is_verb(words, low, at) for at in range(main))


def hangs(text: str, span: Span) -> bool:
    """Whether the words begin with one that hangs on what stands before: "who plans to stay", "to stay"."""
    first = _WORD.search(text, span.start, span.end)
    return first is None or first[0].casefold() in _HANGING or _participle(first[0])


def begins_with_verb(text: str, span: Span) -> bool:
    """Whether the words go on without a subject: "qualified her for office"."""
    first = _WORD.search(text, span.start, span.end)
    return first is not None and (first[0].casefold() in _FINITE or _participle(first[0]))


def _participle(word: str) -> bool:
    return word.islower() and word.endswith(("ing", "ed")) and len(word) > len("being") and word not in _NO_VERB


def _is_verb(words: list[str], low: list[str], at: int) -> bool:
    before = low[at - 1] if at else ""
    if before in _RELATIVES:
        return False
    if low[at] in _FINITE:
        return at > 0 or "'" in low[0]
    if not at or not words[at].islower() or low[at] in _NO_VERB:
        return False
    after = low[at + 1] if at + 1 < len(low) else ""
    inflected = low[at].endswith("ed") or (low[at].endswith("s") and not low[at].endswith(("ss", "us", "is", "ings")))
    subject = before in _SUBJECTS or (words[at - 1][0].isupper() and at > 1 and before not in _HANGING)
    # "dollars that Congress refused": behind a word on -s "that" begins no object
    governs = after in _DETERMINERS and not (after == "that" and low[at].endswith("s"))
    return inflected and (subject or before.endswith("ly") or governs)
