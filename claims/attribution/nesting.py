"""Attributions inside attributions: whose word a word was passed on by."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from claims.attribution import lexicon as lex
from claims.attribution import nouns
from claims.attribution.found import SENTENCE_END, Found
from claims.outlet_names import OutletNames
from claims.types import Outlet, Span

_AT_ONCE = 3  # characters between "citing" and the one who is cited
_BEHIND_HEAD = re.compile(
    r",|\s(?:of|for|from|with|in|at|who|whose|which|that|to|on|by|about|against|familiar|close)\b"
)
_REASON = re.compile(r"\b(?:reasons?|concerns?|fears?|need|lack|risks?|rights?|fact|evidence)\b")
_NEAR = 250  # characters between "citing" and the cue beside it
#: right before an outlet that somebody spoke to or wrote for
_SPOKEN_TO = re.compile(
    r"\b(?:interviews?\s+(?:with|on|in|to)|(?:[Ss]peaking|[Tt]alking|spoke|talked)\s+(?:to|with|on)|[Aa]ppearing\s+on|"
    r"appearances?\s+on|(?:[Ww]riting|wrote)\s+(?:in|for)|(?:op-ed|column|essay|article|piece|letter)\s+(?:in|for|to)|"
    r"(?:statement|email|comments?|remarks)\s+to)\s+(?:the\s+)?$"
)
_RIGHT_BEHIND = (re.compile(r"\s+on\s+(?:the\s+)?"), re.compile(r"\s+by\s+(?:the\s+)?"))  # "said on", "as saying by"
_HEAD = 40  # characters of a sentence's beginning: "Speaking to the BBC, ..."
_WORD = re.compile(r"\w[\w’'-]*")
_PLEADS = lex.words("plead pleads pleaded pled pleading")
#: "asking not to be named": why somebody stays unnamed is not what they say
_SHUNS_NAME = re.compile(
    r"(?:not\s+to|to\s+not|to\s+remain|to|for)?\s*(?:be\s+(?:named|identified|quoted)|anonym\w+)\b"
)
_PLEA = re.compile(r"[\"“‘']?(?:not\s+)?guilty|no\s+contest|nolo")


def vias(found: Sequence[Found]) -> list[int | None]:
    """For each attribution the index of the one in whose content its own cue and content stand, None if in none."""
    by_cue: dict[Span, list[int]] = {}
    for number, one in enumerate(found):
        if one.cue is not None:
            by_cue.setdefault(one.cue, []).append(number)
    over = _over(found)
    return [_via(number, one, found, by_cue, over.get(number, [])) for number, one in enumerate(found)]


def _over(found: Sequence[Found]) -> dict[int, list[int]]:
    """For each attribution with a cue those whose content that cue begins in, the shortest content first."""
    sizes = [sum(span.end - span.start for span in one.content) for one in found]
    parts = sorted((part, number) for number, one in enumerate(found) for part in one.content)
    cues = sorted((one.cue.start, number) for number, one in enumerate(found) if one.cue is not None)
    over: dict[int, list[int]] = {}
    opened: list[tuple[Span, int]] = []
    at = 0
    for start, number in cues:
        while at < len(parts) and parts[at][0].start <= start:
            opened.append(parts[at])
            at += 1
        opened = [one for one in opened if one[0].end > start]
        over[number] = sorted(
            {holder for _, holder in opened if holder != number}, key=lambda holder: (sizes[holder], holder)
        )
    return over


def without_intentions(text: str, found: Sequence[Found]) -> list[Found]:
    """Leaves out what is nobody's word: "the council plans to", "told the board to" where another one reports it.

    "Pleaded guilty" is an act in court, too, whoever reports it.
    """
    passed_on = vias(found)
    return [
        one
        for one, via in zip(found, passed_on, strict=True)
        if not _pleads(text, one)
        and not _SHUNS_NAME.match(one.content[0].of(text))
        and (via is None or not (_intends(one) or _directs(text, one)))
    ]


def cited(text: str, found: Sequence[Found]) -> list[Found]:
    """Turns "CNN, quoting the governor, reported that ...": the governor's word, and CNN passes it on."""
    return [_turned(text, one, found) or one for one in found]


def _turned(text: str, one: Found, found: Sequence[Found]) -> Found | None:
    if one.word not in lex.CITES or one.cue is None or one.through or not _vouches(text, one):
        return None
    beside = [
        (abs(other.cue.start - one.cue.start), other.cue, other.content)
        for other in found
        if other.cue is not None
        and other.word in lex.SAYS
        and other.source == one.source
        and _one_sentence(text, one.cue, other.cue)
    ]
    if not beside:
        return None
    _, cue, content = min(beside)
    return replace(one, source=one.content[0], content=content, through=cue)


def _vouches(text: str, one: Found) -> bool:
    """Whether somebody or something that can speak follows "citing" at once, and no reason."""
    words = one.content[0].of(text)
    follows = one.cue is not None and 0 <= one.content[0].start - one.cue.end <= _AT_ONCE
    head = _WORD.findall(_BEHIND_HEAD.split(words, maxsplit=1)[0])
    named = bool(head) and head[-1][:1].isupper()
    return follows and not _REASON.search(words) and (named or any(word.lower() in nouns.VOUCHERS for word in head))


def _one_sentence(text: str, cue: Span, other: Span) -> bool:
    start, end = min(cue.end, other.end), max(cue.start, other.start)
    return end - start <= _NEAR and SENTENCE_END.search(text, start, end) is None


def _intends(one: Found) -> bool:
    return one.word in lex.INTENDS | lex.PONDERS and one.word not in lex.SAYS


def _pleads(text: str, one: Found) -> bool:
    return one.word in _PLEADS and _PLEA.match(one.content[0].of(text)) is not None


def _directs(text: str, one: Found) -> bool:
    """ "told the board to work out which": an act that is reported, not a statement."""
    return one.word in lex.TELLS and one.content[0].of(text).startswith(("to ", "not to "))


def _via(
    number: int, one: Found, found: Sequence[Found], by_cue: Mapping[Span, Sequence[int]], over: Sequence[int]
) -> int | None:
    if one.cue is None:
        return None
    if one.through is not None:
        return next((i for i in by_cue.get(one.through, ()) if i != number), None)
    holder = next((i for i in over if _passes_on(found[i], one)), None)
    told = [i for i in by_cue[one.cue] if i != number and found[i].word == "told:"]
    if told and one.word != "told:":
        return told[0]
    return holder


def _passes_on(other: Found, one: Found) -> bool:
    """Whether the one is inside what the other says, and not the same words with the same cue."""
    same = other.cue == one.cue or (other.content == one.content and other.addressee is None)
    return not same and other.through is None and one.cue is not None and _holds(other.content, (one.cue, *one.content))


def _holds(content: Sequence[Span], spans: Sequence[Span]) -> bool:
    return all(any(part.start <= span.start and span.end <= part.end for part in content) for span in spans)


def outlets_told(text: str, found: Sequence[Found], names: OutletNames, own: Sequence[Outlet]) -> list[Found]:
    """Adds, for "the sources told Reuters", "she said in an interview with Reuters", that Reuters reports it.

    Nothing is added for its ``own``: what was told to the article's outlet was told here.
    """
    ours = {outlet.name for outlet in own}
    every = names.mentions(text, own)
    mentions = [span for span, outlet in every if outlet.name not in ours]
    here = frozenset(span.end for span, outlet in every if outlet.name in ours)
    result: list[Found] = []
    for one in found:
        result.append(one)
        hearer = _hearer(text, one, mentions)
        if hearer is not None and hearer.end not in here:
            result.append(replace(one, source=hearer, word="told:", addressee=None))
    return result


def _hearer(text: str, one: Found, mentions: Sequence[Span]) -> Span | None:
    """The outlet to which the words were said, as the sentence tells."""
    if one.addressee is not None:
        last = one.addressee.of(text).rsplit(maxsplit=1)[-1]
        unlisted = last[:1].isupper() and last.lower() in nouns.PRESS_NAMES and " " in one.addressee.of(text)
        return one.addressee if unlisted or any(span.end == one.addressee.end for span in mentions) else None
    if one.cue is None or one.source is None or one.through is not None or one.word not in lex.SAYS:
        return None
    first, last_place = min(one.source.start, one.cue.start), max(one.source.end, one.cue.end)
    for span in mentions:
        if span.start >= last_place and _one_sentence(text, one.cue, span):
            beside = _SPOKEN_TO.search(text, last_place, span.start) or _RIGHT_BEHIND[
                "quoted" in one.cue.of(text)
            ].fullmatch(text, last_place, span.start)
        elif span.end <= first and _one_sentence(text, span, one.cue) and text.startswith(",", span.end):
            beside = _SPOKEN_TO.search(text, max(0, span.start - _HEAD), span.start)
        else:
            continue
        if beside is not None and not any(span.meets(part) for part in one.content):
            return span
    return None
