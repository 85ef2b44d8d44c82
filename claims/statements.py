"""Article and its reading -> claims: checkable statements, each a span of the text, with what it says made comparable.

One claim is one sentence, or the part of it that one source vouches for. Opinion and forecast are kept with their mark
and not compared.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from claims.dates import When, times
from claims.modality import certainty_of, polarity_of
from claims.quantities import Quantity, quantities
from claims.terms import Name, names, terms
from claims.text import sentences
from claims.types import Article, Attribution, Authority, Certainty, OwnVoiceKind, Polarity, Reading, Span

#: a statement of fewer terms says nothing that could be compared ("He said no.")
TERMS_MIN = 2


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
        """False for opinion, forecast and what is too short to say anything."""
        return self.kind in (None, OwnVoiceKind.FACT) and len(self.terms) >= TERMS_MIN

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
        most = self.attribution.certainty if self.attribution else Certainty.STATED
        return certainty_of(self.article.text, self.span, most)

    @cached_property
    def polarity(self) -> Polarity:
        """Whether cue and words together say that something is, or that it is not."""
        inside = polarity_of(self.article.text, self.span)
        cue = self.attribution.polarity if self.attribution else Polarity.AFFIRMED
        return Polarity.AFFIRMED if inside is cue else Polarity.NEGATED


def statements(article: Article, reading: Reading) -> tuple[Claim, ...]:
    """The claims of one article, in order of the text, opinion and forecast among them.

    Of nested attributions the inner one gives the claim; its chain stays reachable through ``Attribution.via``.
    """
    found: list[Claim] = []
    own = {voice.span: voice.kind for voice in reading.own_voice}
    for number, sentence in enumerate(reading.sentences or sentences(article.text)):
        parts = _parts(sentence, reading.attributions, article.text)
        for span, attribution in parts:
            found.append(Claim(article=article, span=span, sentence=sentence, number=number, attribution=attribution))
        if not parts:
            kind = _own_kind(sentence, own)
            found.append(Claim(article=article, span=sentence, sentence=sentence, number=number, kind=kind))
    return tuple(found)


def _parts(sentence: Span, attributions: Sequence[Attribution], text: str) -> list[tuple[Span, Attribution]]:
    """The attributed parts of a sentence, without overlap; nested ones before those that hold them."""
    outer = {attribution.via for attribution in attributions if attribution.via is not None}
    order = sorted(range(len(attributions)), key=lambda n: (n in outer, -_length(attributions[n].content), n))
    taken: list[tuple[Span, Attribution]] = []
    for n in order:
        span = _clipped(sentence, attributions[n].content, text)
        if span is not None and not any(span.start < other.end and other.start < span.end for other, _ in taken):
            taken.append((span, attributions[n]))
    return sorted(taken, key=lambda part: part[0])


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


def _length(content: Iterable[Span]) -> int:
    return sum(span.end - span.start for span in content)


def _own_kind(sentence: Span, own: dict[Span, OwnVoiceKind]) -> OwnVoiceKind:
    for span, kind in own.items():
        if span.start < sentence.end and sentence.start < span.end:
            return kind
    return OwnVoiceKind.FACT
