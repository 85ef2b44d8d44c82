"""Article and its reading -> claims: checkable statements, each a span of the text, with what it says made comparable.

One claim is one sentence, or the part of it that one source vouches for. Opinion and forecast are kept with their mark
and not compared.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from claims.dates import When, times
from claims.modality import certainty_of, polarity_of
from claims.quantities import Quantity, quantities
from claims.terms import Name, names, terms
from claims.text import sentences, words
from claims.types import (
    Article,
    Attribution,
    Authority,
    Certainty,
    Held,
    OwnVoiceKind,
    Polarity,
    QuotationType,
    Reading,
    Span,
)

#: a statement of fewer terms says nothing that could be compared ("He said no.")
TERMS_MIN = 2
#: an attributed part that is shorter, and with source and cue a smaller share of its sentence, is only a detail of it
PART_TERMS_MIN = 6
PART_SHARE_MIN = 0.6
#: one that opens its sentence is what the sentence is about ("The bridge will close, the mayor said, ...")
LEADING_TERMS_MIN = 3
#: characters between source and cue that belong to their frame: ", who spoke on condition of anonymity because ..., "
FRAME_MAX = 160
#: what is left of a sentence with attributions is a statement of its own from so many terms
REST_TERMS_MIN = 6
_JOINING = frozenset(
    ("and", "but", "or", "that", "which", "who", "while", "as", "because", "where", "when", "with", "for", "to", "of")
)


_DESCRIBED = re.compile(r",? (?:who|which|whose)\b[^.;:“”\"]*")  # the relative clause behind a source


@dataclass(frozen=True, kw_only=True)
class Claim:
    """One checkable statement of one article; the unit of comparison."""

    article: Article
    span: Span  #: the words that are claimed, within one sentence
    sentence: Span  #: the sentence they stand in
    number: int  #: of the sentence in the article, from 0
    attribution: Attribution | None = None  #: None in the article's own voice
    kind: OwnVoiceKind | None = None  #: for own voice: fact, opinion or forecast

    @property
    def text(self) -> str:
        """The words, as written."""
        return self.span.of(self.article.text)

    @property
    def authority(self) -> Authority:
        """On whose word it stands."""
        return self.attribution.authority if self.attribution else Authority.OWN_VOICE

    @property
    def comparable(self) -> bool:
        """False for opinion, for what is too short to say anything, and for a forecast that names no day or number.

        One that does ("will close on Friday") is an announcement, and can be checked.
        """
        announced = self.kind is OwnVoiceKind.FORECAST and bool(self.times or self.quantities)
        return (announced or self.kind in (None, OwnVoiceKind.FACT)) and len(self.terms) >= TERMS_MIN

    @property
    def key(self) -> tuple[str, str, Span]:
        """Orders claims the same way wherever they come from."""
        return (self.article.url, self.article.version, self.span)

    @cached_property
    def terms(self) -> tuple[str, ...]:
        """Stems of the content words of the claim."""
        return tuple(terms(self.text))

    @cached_property
    def context(self) -> tuple[str, ...]:
        """Stems of the content words of the whole sentence."""
        return tuple(terms(self.sentence.of(self.article.text)))

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """Names in the claim."""
        return names(self.article.text, self.span)

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """Numbers in the claim."""
        return quantities(self.article.text, self.span)

    @cached_property
    def times(self) -> tuple[When, ...]:
        """Days, months and years in the claim, resolved by the article's date."""
        return times(self.article.text, self.article.day, self.span)

    @cached_property
    def certainty(self) -> Certainty:
        """The lowest rung that cue and words give it."""
        return certainty_of(self.article.text, self.span, self._at_most())

    @cached_property
    def polarity(self) -> Polarity:
        """Whether cue and words together say that something is, or that it is not."""
        inside = polarity_of(self.article.text, self.span)
        if self.attribution is None:
            return inside
        cue_turns = self.attribution.polarity is not polarity_of(self.article.text, self.attribution.content[0])
        return Polarity.NEGATED if (inside is Polarity.NEGATED) != cue_turns else Polarity.AFFIRMED

    def _at_most(self) -> Certainty:
        """The rung that the attribution allows; a hedge in another sentence of a long quotation is not this one's."""
        if self.attribution is None:
            return Certainty.STATED
        elsewhere = any(not _holds(self.sentence, span) for span in self.attribution.content)
        if elsewhere and self.attribution.certainty in (Certainty.POSSIBLE, Certainty.PLANNED):
            return Certainty.REPORTED if self.authority is Authority.OUTLET else Certainty.SAID
        return self.attribution.certainty


def statements(article: Article, reading: Reading) -> tuple[Claim, ...]:
    """The claims of one article, in order of the text, opinion and forecast among them.

    Of nested attributions the inner one gives the claim; its chain stays reachable through ``Attribution.via``.
    """
    found: list[Claim] = []
    own = {voice.span: voice.kind for voice in reading.own_voice}
    ordered = _by_weight(reading.attributions)
    for number, sentence in enumerate(reading.sentences or sentences(article.text)):
        if _is_headline(sentence.of(article.text), article):
            continue
        parts = _parts(sentence, ordered, article.text)
        for span, attribution in parts:
            found.append(Claim(article=article, span=span, sentence=sentence, number=number, attribution=attribution))
        rest = _rest(sentence, ordered, article.text) if parts else sentence
        if rest is not None:
            kind = _own_kind(sentence, own)
            found.append(Claim(article=article, span=rest, sentence=sentence, number=number, kind=kind))
    return tuple(sorted(found, key=lambda claim: claim.span))


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _rest(sentence: Span, attributions: Sequence[Attribution], text: str) -> Span | None:
    """What the article says itself in a sentence that others speak in: the longest run outside their words."""
    taken = sorted(
        span
        for attribution in attributions
        for span in (*attribution.content, *_frame(attribution, text))
        if span.start < sentence.end and sentence.start < span.end
    )
    runs: list[Span] = []
    at = sentence.start
    for span in (*taken, Span(sentence.end, sentence.end + 1)):
        trimmed = _trimmed(text, at, min(span.start, sentence.end))
        if trimmed is not None:
            runs.append(trimmed)
        at = max(at, span.end)
    longest = max(runs, key=lambda run: (len(terms(run.of(text))), -run.start), default=None)
    return longest if longest and len(terms(longest.of(text))) >= REST_TERMS_MIN else None


def _frame(attribution: Attribution, text: str) -> Iterator[Span]:
    """Who says it and how, with what stands between the two and what describes the source behind it."""
    yield from (*attribution.source, *attribution.cue)
    for source in attribution.source:
        for cue in attribution.cue:
            start, end = sorted((source.start, source.end, cue.start, cue.end))[1:3]
            if 0 < end - start <= FRAME_MAX and not any(
                start < words.end and words.start < end for words in attribution.content
            ):
                yield Span(start, end)
        if described := _DESCRIBED.match(text, source.end):
            yield Span(source.end, described.end())


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _trimmed(text: str, start: int, end: int) -> Span | None:
    """Without marks, blanks and joining words at the ends."""
    inside = [word for word in words(text, Span(start, end)) if word.end <= end] if start < end else []
    while inside and inside[-1].of(text).lower() in _JOINING:
        inside.pop()
    while inside and inside[0].of(text).lower() in _JOINING:
        inside.pop(0)
    return Span(inside[0].start, inside[-1].end) if inside else None


def _is_headline(sentence: str, article: Article) -> bool:
    """A body that begins with its own headline says nothing twice; of a headline alone it is the statement."""
    return article.held is not Held.HEADLINE and sentence.strip(". ") == article.title.strip(". ")


def _by_weight(attributions: Sequence[Attribution]) -> list[Attribution]:
    """The attributions in the order in which they get their words: nested reports before what holds them."""
    outer = {attribution.via for attribution in attributions if attribution.via is not None}
    order = sorted(
        range(len(attributions)),
        key=lambda n: (n in outer, _within_another(n, attributions), attributions[n].content[0].start, n),
    )
    return [attributions[n] for n in order]


def _parts(sentence: Span, attributions: Sequence[Attribution], text: str) -> list[tuple[Span, Attribution]]:
    """The attributed parts of a sentence, without overlap; ``attributions`` by weight."""
    taken: list[tuple[Span, Attribution]] = []
    for attribution in attributions:
        span = _clipped(sentence, attribution.content, text)
        if span is not None and any(_meet(span, other) for other, _ in taken):
            span = _before(span, [other for other, _ in taken], text)
        if span is not None:
            taken.append((span, attribution))
    if not any(_says_enough(sentence, part, text) for part in taken):
        return []
    # beside one that says enough, a smaller one is no detail of the article's own statement either
    return sorted(
        (part for part in taken if _says_enough(sentence, part, text) or len(terms(part[0].of(text))) > TERMS_MIN),
        key=lambda part: part[0],
    )


def _before(span: Span, others: Sequence[Span], text: str) -> Span | None:
    """What of a span comes before the first of the others in it, None where that is nothing to speak of."""
    left = _trimmed(text, span.start, min(other.start for other in others if _meet(span, other)))
    return left if left and len(terms(left.of(text))) >= PART_TERMS_MIN else None


def _within_another(n: int, attributions: Sequence[Attribution]) -> bool:
    """Whether its cue stands in another one's content: "the council plans to close it" in what a wire reported."""
    inner = attributions[n]
    return any(
        _holds(content, cue)
        for m, other in enumerate(attributions)
        if m not in (n, inner.via)
        for content in other.content
        for cue in inner.cue
    )


def _says_enough(sentence: Span, part: tuple[Span, Attribution], text: str) -> bool:
    """Whether an attributed part is a statement of its own and not a detail of what the article itself says there."""
    span, attribution = part
    if attribution.quote is QuotationType.DIRECT or attribution.certainty is Certainty.DENIED:
        return True
    if span.start == sentence.start and len(terms(span.of(text))) >= LEADING_TERMS_MIN:
        return True
    about = [attribution.content, attribution.source, attribution.cue]
    spoken = {n for spans in about for one in spans for n in range(one.start, one.end)}
    share = len(spoken & set(range(sentence.start, sentence.end))) / (sentence.end - sentence.start)
    size = len(terms(span.of(text)))  # "declined to comment" says nothing
    return size >= PART_TERMS_MIN or (share >= PART_SHARE_MIN and size >= TERMS_MIN)


def _clipped(sentence: Span, content: Iterable[Span], text: str) -> Span | None:
    """From the first to the last word of the content within the sentence."""
    inside = [span for span in content if span.start < sentence.end and sentence.start < span.end]
    if not inside:
        return None
    start = max(sentence.start, min(span.start for span in inside))
    end = min(sentence.end, max(span.end for span in inside))
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


def _own_kind(sentence: Span, own: dict[Span, OwnVoiceKind]) -> OwnVoiceKind:
    for span, kind in own.items():
        if span.start < sentence.end and sentence.start < span.end:
            return kind
    return OwnVoiceKind.FACT
