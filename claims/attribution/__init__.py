"""Who says what, on whose word: attribution of one article's text, by rules.

``read`` is the one way in. ``marks`` finds the quotations, ``finding`` and ``clauses`` source, cue and content,
``sources`` whom the words mean, ``certainty`` how sure the text is. Quotation attribution in the line of O'Keefe et al.
(2012) and Newell et al. (2018); the types are those of ``claims.types``.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import accumulate

from claims.attribution import lexicon as lex
from claims.attribution.finding import find
from claims.attribution.foreign import find_by_marks, language_of
from claims.attribution.found import Found
from claims.attribution.joining import is_article, joined
from claims.attribution.marks import Quoted, quotations
from claims.attribution.model import Model
from claims.attribution.nesting import cited, outlets_told, vias, without_intentions
from claims.attribution.places import touching
from claims.attribution.referents import Who
from claims.attribution.sources import Sources
from claims.attribution.stance import certainty, own_voice_kind, polarity
from claims.dates import times
from claims.outlet_names import OutletNames
from claims.text import paragraphs, sentences
from claims.types import Article, Attribution, Authority, OwnVoice, QuotationType, Reading, Span

#: an attribution below this is shown as unsure; on the training articles two of three above it are right
SURE_MIN = 0.5

#: "Northwire reports that ...": the rules know outlets by name, which the model, asked in vain, does not
OUTLET_SAYS = 0.6
BESIDE_CHARS = 40  # behind cue and source, where "on Monday" or "in the Monday report" stands
OWN_VOICE_MIN_WORDS = 3  # a shorter sentence ("Not so.") states nothing
QUOTATION_MIN_WORDS = 6  # a sentence with a longer quotation is not the article's own, even if nobody is named

_CREDIT = re.compile(
    r"^(?:photo(?:graph)?s?|image|picture|credit|illustration|file|source)?\s*(?:by|credits?)?:?\s*"
    r"[\w .,’'-]*(?:/[\w .,’'-]+)+$|^(?:\W*(?:photo|image|picture|via|getty|reuters|afp|ap photo)\b.{0,60})$|"
    r"\b(?:getty images|via getty|ap photo|afp via)\b|^\(?[A-Z][\w ]+/[A-Z][\w ]+\)?$",
    re.IGNORECASE,
)
#: "14:05 ", "2.40 p.m. ET - ", before a capital, a figure or a quotation
_TIME_AHEAD = re.compile(
    r"\d{1,2}[:.h]\d{2}(?:\s?[ap]\.?m\.?)?(?:\s(?:GMT|UTC|BST|CET|CEST|E[SD]?T|P[SD]?T))?\s*[-–—|:]?\s+(?=[A-Z“\"‘'0-9])"
)
_WORD = re.compile(r"\w+")


def read(article: Article, names: OutletNames, model: Model | None = None) -> Reading:
    """What the article says and on whose word. Pure and deterministic: same text and model, same reading.

    With ``model`` (``claims.attribution.model.load``) more is found of what stands without quotation marks.
    """
    text = article.text
    parts = [_without_time(text, part) for part in paragraphs(text) if not _is_credit(part.of(text))]
    quoted = quotations(text, tuple(parts))
    every = tuple(sentence for part in parts for sentence in sentences(text, part))
    limited = language_of(text, article.language) != "en"
    found = find_by_marks(text, quoted, names, names.own(article)) if limited else find(text, parts, quoted)
    if model is not None and not limited and is_article(text):
        found = joined(text, found, model.tell(text, tuple(parts), every, quoted), quoted)
    found = without_intentions(text, cited(text, found))
    found = outlets_told(text, found, names, names.own(article)[:1])
    attributions = _attributions(article, found, quoted, names)
    voices = () if limited else _own_voice(text, parts, quoted, found)
    return Reading(attributions=attributions, own_voice=voices, sentences=every, limited=limited)


def sure(reading: Reading) -> Reading:
    """What an answer may rest on: nothing below ``SURE_MIN``.

    A quotation stands in the text whoever spoke it: an unsure one stays, its source unclear.
    """
    kept = [
        number
        for number, one in enumerate(reading.attributions)
        if one.confidence >= SURE_MIN or one.quote is QuotationType.DIRECT
    ]
    place = {number: at for at, number in enumerate(kept)}
    attributions = tuple(
        replace(one, via=None if one.via is None else place.get(one.via))
        for one in (reading.attributions[number] for number in kept)
    )
    return replace(reading, attributions=tuple(map(_without_doubt, attributions)))


def _without_doubt(one: Attribution) -> Attribution:
    if one.confidence >= SURE_MIN:
        return one
    return replace(one, source=(), authority=Authority.UNCLEAR, resolved=None, description=None, outlet=None)


def record(article: Article, reading: Reading) -> dict[str, object]:
    """A reading as plain data, with the keys of the contract: spans are ``[start, end]`` in the unchanged text."""

    def spans(some: Sequence[Span]) -> list[list[int]]:
        return [[span.start, span.end] for span in some]

    return {
        "attributions": [
            {
                "id": f"a{number}",
                "source": spans(one.source),
                "cue": spans(one.cue),
                "content": spans(one.content),
                "authority": one.authority.value,
                "resolved": one.resolved,
                "description": one.description,
                "outlet": one.outlet,
                "quote": one.quote.value,
                "via": None if one.via is None else f"a{one.via + 1}",
                "certainty": one.certainty.value,
                "polarity": one.polarity.value,
                "date": one.on_day.isoformat() if one.on_day else None,
                "confidence": round(one.confidence, 3),
            }
            for number, one in enumerate(reading.attributions, start=1)
        ],
        "own_voice": [
            {"text": one.span.of(article.text), "span": [one.span.start, one.span.end], "kind": one.kind.value}
            for one in reading.own_voice
        ],
        "limited": reading.limited,
    }


def _without_time(text: str, part: Span) -> Span:
    """A paragraph of a live report without the time at which it was written."""
    time = _TIME_AHEAD.match(text, part.start, part.end)
    return Span(time.end(), part.end) if time else part


def _is_credit(words: str) -> bool:
    """Whether a paragraph is a picture credit: it names agencies and says nothing."""
    return len(words) <= 120 and not words.endswith((".", "?", "!", "”", '"')) and _CREDIT.search(words) is not None


def _attributions(
    article: Article, found: Sequence[Found], quoted: Sequence[Quoted], names: OutletNames
) -> tuple[Attribution, ...]:
    text = article.text
    via = vias(found)
    # sources are asked for in the order in which they stand, since "he" and "the report" look back
    order = sorted(range(len(found)), key=lambda number: (found[number].source or found[number].content[0]).start)
    sources = Sources(article, names)
    who = {number: sources.who(found[number].source) for number in order}
    attributions = []
    for number, one in enumerate(found):
        cue = one.cue.of(text) if one.cue else ""
        attributions.append(
            Attribution(
                source=(one.source,) if one.source else (),
                cue=(one.cue,) if one.cue else (),
                content=one.content,
                authority=who[number].authority,
                quote=QuotationType.INDIRECT
                if via[number] is not None and one.word in lex.THINKS
                else _quotation_type(text, one.content, quoted),
                resolved=who[number].resolved,
                description=who[number].description,
                outlet=who[number].outlet,
                via=via[number],
                certainty=certainty(text, one.content, cue, who[number].authority),
                polarity=polarity(text, one.content, cue),
                on_day=_day_beside(article, one),
                confidence=max(one.confidence, OUTLET_SAYS) if _outlet_says(one, who[number]) else one.confidence,
            )
        )
    return tuple(attributions)


def _outlet_says(one: Found, who: Who) -> bool:
    return who.authority is Authority.OUTLET and one.word in lex.SAYS and one.source is not None


def _day_beside(article: Article, one: Found) -> date | None:
    """The day that stands right behind cue and source: "said on Monday"."""
    if one.cue is None:
        return None
    last = max(span.end for span in (one.cue, one.source or one.cue))
    later = [span.start for span in one.content if span.start >= last]
    end = min([last + BESIDE_CHARS, len(article.text), *later])
    days = times(article.text, article.day, Span(last, end)) if end > last else ()
    return next((when.first for when in days if when.days == 1), None)


def _quotation_type(text: str, content: Sequence[Span], quoted: Sequence[Quoted]) -> QuotationType:
    inside = total = 0
    for span in content:
        total += len(_WORD.findall(text, span.start, span.end))
        for one in touching(quoted, span, lambda one: one.span):
            inside += len(_WORD.findall(text, max(span.start, one.span.start), min(span.end, one.span.end)))
    if inside == total:
        return QuotationType.DIRECT
    return QuotationType.MIXED if inside else QuotationType.INDIRECT


def _own_voice(
    text: str, parts: Sequence[Span], quoted: Sequence[Quoted], found: Sequence[Found]
) -> tuple[OwnVoice, ...]:
    """Sentences of the body that no attribution touches. Headline lines, fragments and questions are none."""
    taken = [span for one in found for span in (*one.content, *((one.cue,) if one.cue else ()))]
    taken += [one.span for one in quoted if len(_WORD.findall(one.span.of(text))) >= QUOTATION_MIN_WORDS]
    taken.sort()
    reach = list(accumulate((span.end for span in taken), max))  # how far the spans up to one reach
    voices = []
    for part in parts:
        for sentence in sentences(text, part):
            words = sentence.of(text)
            whole = words.rstrip("\"'”’)")[-1:] in (".", "!", "…") and len(_WORD.findall(words)) >= OWN_VOICE_MIN_WORDS
            before = bisect_left(taken, sentence.end, key=lambda span: span.start)
            if whole and not (before and reach[before - 1] > sentence.start):
                voices.append(OwnVoice(span=sentence, kind=own_voice_kind(words)))
    return tuple(voices)
