"""Rules and model joined: what both find, what only the rules may say, what only the model sees."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from claims.attribution import lexicon as lex
from claims.attribution.found import SENTENCE_END, SURE_ACCORDING, Found
from claims.attribution.marks import Quoted
from claims.attribution.model import Told
from claims.types import Span

QUOTATION_MIN_WORDS = 4  # a shorter one in marks is a word of the sentence around it
#: the model learned from whole articles: of the invented cases, two sentences long, it spoils one in seven
MODEL_MIN_WORDS = 50
#: an attribution that only the model sees is kept from this confidence of its own on; with a quotation, from the other
MODEL_MIN, MODEL_MIN_QUOTED = 0.4, 0.3
ALIKE = 0.5  # common part of two contents from which on they are the same, and the rules say where it ends
RULES_CLAUSE = 0.8  # confidence of the rules from which on they and the model together are surest
RULES_ALONE = 0.2  # how often one in a sentence without marks was right that the model, asked, did not see
RULES_ACCORDING = 0.6  # "per Northwire": the model saw every "according to" there but one, and learned no "per"
#: how often the model's own confidence was right on the development articles, by who else saw it
KNOTS_BOTH = ((0.0, 0.4), (0.5, 0.7), (0.75, 0.86), (1.0, 0.93))
KNOTS_BOTH_LESS = ((0.0, 0.5), (0.5, 0.65), (0.75, 0.75), (1.0, 0.84))
KNOTS_MODEL = ((0.0, 0.3), (0.35, 0.36), (0.55, 0.42), (0.75, 0.58), (0.85, 0.68), (1.0, 0.82))

#: share of the model's confidence that is left where it names no source: two of five above 0.5 were right
SOURCELESS = 0.6
#: a content in pieces, more than so many words between them, behind a cue that says nothing: 4 of 13 were right
TORN, TORN_WORDS = 0.32, 2
CONTENT_MIN_WORDS = 2  # "is expected to": a single word outside quotation marks says nothing

_WORD = re.compile(r"\w+")
_ARTICLES = frozenset(("the", "a", "an"))  # "the shrug": what is left of a source is none
#: a verb that a source does not run over
_VERB = re.compile(r"\s+(?:has|have|had|is|are|was|were|will|would|did)\b")
#: "Ann Lee has hopefully understood": what the writer supposes that somebody thinks is the writer's own
_SUPPOSED = re.compile(
    r"\b(?:hopefully|presumably|perhaps|maybe|probably|surely|supposedly|must\shave)\b", re.IGNORECASE
)
_QUOTES = "\"“„«‘'"
_PAUSE = re.compile(r"[,;:\s]+")
_LOOSE_END = re.compile(r"(?<=\w)\s+(?:in|for|of|at|on|to|by|with|from|and|that)$")
_MAIN = lex.SAYS | lex.INTENDS | lex.THINKS


def is_article(text: str) -> bool:
    """Whether a text is long enough for the model to be asked."""
    return len(_WORD.findall(text)) >= MODEL_MIN_WORDS


def joined(text: str, found: Sequence[Found], told: Sequence[Told], quoted: Sequence[Quoted]) -> list[Found]:
    """The attributions of rules and model as one list, in the order that the rules use.

    Where both see the same cue, the rules say how far cue and quotation reach and the model who the source is: so each
    is more often right on the development articles. Inside quotations only the rules find attributions.
    """
    quotations = [one.span for one in quoted if len(_WORD.findall(one.span.of(text))) >= QUOTATION_MIN_WORDS]
    told = [_whole(_bare(text, one), quotations) for one in told]
    introduced = [(part, one) for one in found if one.cue for part in one.content if part in quotations]
    result = []
    seen = set()
    for one in found:
        nested = _inside(one, quotations) and one.word != ":"  # a transcript's speaker is named in its marks
        number = None if nested else _partner(one, told)
        if number is not None and one.through:
            seen.add(number)  # "citing two aides": the model takes them for what is said
            result.append(one)
        elif number is not None:
            seen.add(number)
            elsewhere = [part for part, owner in introduced if owner is not one]
            result.append(_both(text, one, told[number], elsewhere))
        elif one.cue is None and any(_common(one.content, other.content) for other in told):
            continue  # a quotation whose speaker the rules took from the lines before
        elif _inside(one, quotations) or one.through or any(part in quotations for part in one.content):
            result.append(one)
        else:
            sure = RULES_ACCORDING if one.confidence >= SURE_ACCORDING else RULES_ALONE
            result.append(replace(one, confidence=sure))
    for number, other in enumerate(told):
        least = MODEL_MIN_QUOTED if any(_common(other.content, [q]) for q in quotations) else MODEL_MIN
        says = (
            least == MODEL_MIN_QUOTED or sum(len(_WORD.findall(p.of(text))) for p in other.content) >= CONTENT_MIN_WORDS
        )
        if number not in seen and says and other.confidence >= least and not _SUPPOSED.search(other.cue.of(text)):
            result.append(_as_found(text, other))
    return sorted(result, key=lambda one: (one.content[0].start, -one.content[-1].end, one.cue or Span(0, 1)))


def _bare(text: str, one: Told) -> Told:
    """Without a pause before its content, and a preposition behind its source."""
    content = tuple(
        Span(part.start + len(pause[0]), part.end) if (pause := _PAUSE.match(text, part.start, part.end - 1)) else part
        for part in one.content
    )
    loose = _LOOSE_END.search(text, one.source.start, one.source.end) if one.source else None
    source = Span(one.source.start, loose.start()) if one.source and loose else one.source
    return replace(one, source=source, content=content)


def _whole(one: Told, quotations: Sequence[Span]) -> Told:
    """With the whole of a quotation whose end the model cut off, as it does where several sentences are quoted."""
    if any(q.start < one.cue.start < q.end for q in quotations):
        return one
    cut = {part: q for part in one.content for q in quotations if part.start <= q.start < part.end < q.end}
    if not cut:
        return one
    parts = [Span(part.start, cut[part].end) if part in cut else part for part in one.content]
    return replace(one, content=tuple(p for n, p in enumerate(parts) if not any(p.meets(q) for q in parts[:n])))


def _both(text: str, one: Found, other: Told, elsewhere: Sequence[Span]) -> Found:
    """``elsewhere``: quotations that another cue of the rules introduces."""
    common = _common(one.content, other.content)
    alike = common >= ALIKE * (_length(one.content) + _length(other.content) - common)
    free = tuple(part for part in other.content if not any(part.meets(two) for two in elsewhere))
    content = one.content if alike else _beside(text, other.cue, free) or one.content
    source = _source(text, one.source, other.source, other.cue)
    if source is not None and any(source.meets(part) for part in content):
        # a source that runs into what it says is no source
        muddled = other.source is None or any(other.source.meets(part) for part in other.content)
        source, content = (one.source, one.content) if muddled else (other.source, free or other.content)
    return replace(
        one,
        source=source,
        content=content,
        confidence=_at(KNOTS_BOTH if one.confidence >= RULES_CLAUSE else KNOTS_BOTH_LESS, other.confidence),
    )


def _beside(text: str, cue: Span, content: Sequence[Span]) -> tuple[Span, ...]:
    """The parts that stand in the cue's paragraph or are a quotation's; all, where none does."""
    near = tuple(
        part
        for part in content
        if text[part.start] in _QUOTES or "\n" not in text[min(cue.end, part.end) : max(cue.start, part.start)]
    )
    return near or tuple(content)


def _source(text: str, one: Span | None, other: Span | None, cue: Span) -> Span | None:
    """The model's source, unless it runs on from the rules' one into a verb, is an article or in another sentence."""
    if other is not None and other.of(text).lower() in _ARTICLES:
        other = None
    if one is None or other is None:
        return other or one
    runs_on = one.end < other.end and one.meets(other) and _VERB.match(text, one.end, other.end)
    afar = other.end < one.start and one.end <= cue.start and SENTENCE_END.search(text, other.end, one.start + 1)
    return one if runs_on or afar else other


def _at(knots: Sequence[tuple[float, float]], value: float) -> float:
    """The value of a line through the knots."""
    (left, low), (right, high) = next(pair for pair in pairwise(knots) if value <= pair[1][0] or pair[1] == knots[-1])
    return low + (high - low) * (min(value, right) - left) / (right - left)


def _partner(one: Found, told: Sequence[Told]) -> int | None:
    """The number of the model's attribution with the same cue, the one with most common content first."""
    if one.cue is None:
        return None
    same = [n for n, other in enumerate(told) if one.cue.meets(other.cue)]
    return max(same, key=lambda n: (_common(one.content, told[n].content), -n), default=None)


def _inside(one: Found, quotations: Sequence[Span]) -> bool:
    return one.cue is not None and any(q.start < one.cue.start and one.cue.end < q.end for q in quotations)


def _as_found(text: str, one: Told) -> Found:
    words = [word.lower() for word in _WORD.findall(one.cue.of(text))] or [one.cue.of(text)]
    word = next((word for word in words if word in _MAIN), words[-1])
    source = _source(text, None, one.source, one.cue)
    sure = _at(KNOTS_MODEL, one.confidence) * (SOURCELESS if source is None else 1.0)
    if word not in _MAIN and _torn(text, one):
        sure = min(sure, TORN)
    return Found(source, one.cue, one.content, word, sure)


def _torn(text: str, one: Told) -> bool:
    """Whether words that are neither source nor cue stand between the parts of a content without quotation marks."""
    within = Span(one.content[0].start, one.content[-1].end)
    if len(one.content) == 1 or any(mark in within.of(text) for mark in _QUOTES[:3]):
        return False
    taken = [*one.content, one.cue, *((one.source,) if one.source else ())]
    words = [Span(*word.span()) for word in _WORD.finditer(text, within.start, within.end)]
    return sum(not any(word.meets(part) for part in taken) for word in words) > TORN_WORDS


def _common(some: Sequence[Span], others: Sequence[Span]) -> int:
    return sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in some for b in others)


def _length(spans: Sequence[Span]) -> int:
    return sum(span.end - span.start for span in spans)
