"""Article and its reading -> claims: checkable statements, each a span of the text, with what it says made comparable.

One claim is one sentence, or the part of it that one source vouches for. Opinion and forecast are kept with their mark
and not compared.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from claims.acts import tells_of_an_act
from claims.attribution.lexicon import VERBS
from claims.clauses import begins_with_verb, hangs, is_clause
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
#: an outer report of so many times a nested one's words is not given up for it
DETAIL_TIMES = 2
#: a quotation of fewer words within a sentence is some words of somebody's, unless it is a clause
QUOTED_WORDS_MIN = 6
_OPENING = tuple("“\"‘'«")
OPENERS = " \t“\"‘'«([—–-…."
_LINKING = frozenset(("and", "but", "or", "that", "while", "as", "because", "where", "when"))  #: two clauses
_PLAINLY_JOINING = frozenset(("and", "but", "or", "that"))
_JOINING = frozenset(
    ("and", "but", "or", "that", "which", "who", "while", "as", "because", "where", "when", "with", "for", "to", "of")
)
_THAT = re.compile(r"that,?\s+(?=\S)", re.IGNORECASE)
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

    @cached_property
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
    def said(self) -> Span:
        """The words without who says so: of what is attributed the content, else the claim itself."""
        content = self.attribution.content if self.attribution else ()
        return _clipped(self.sentence, content, self.article.text) or self.span

    @property
    def vouched(self) -> bool:
        """Whether its source vouches for it: False where the words only tell what somebody wants, does or thinks."""
        return self.attribution is not None and self.span.start >= self.said.start

    @cached_property
    def certainty(self) -> Certainty:
        """The lowest rung that cue and words give it."""
        return certainty_of(self.article.text, self.said, self._at_most())

    @cached_property
    def polarity(self) -> Polarity:
        """Whether cue and words together say that something is, or that it is not."""
        inside = polarity_of(self.article.text, self.said)
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
    framed = [span for one in ordered for span in (*one.content, *_frame(one, article.text))]
    for number, sentence in enumerate(reading.sentences or sentences(article.text)):
        if _is_headline(sentence.of(article.text), article):
            continue
        parts = _parts(sentence, ordered, article.text)
        for span, attribution in parts:
            by = None if tells_of_an_act(article.text, span, attribution) else attribution
            kind = None if by else _own_kind(sentence, own)
            found.append(Claim(article=article, span=span, sentence=sentence, number=number, attribution=by, kind=kind))
        rest = _rest(sentence, framed, article.text) if parts else sentence
        if rest is not None:
            kind = _own_kind(sentence, own)
            found.append(Claim(article=article, span=rest, sentence=sentence, number=number, kind=kind))
    return tuple(sorted(found, key=lambda claim: claim.span))


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _rest(sentence: Span, framed: Iterable[Span], text: str) -> Span | None:
    """What the article says itself in a sentence that others speak in: the longest run outside their words."""
    taken = sorted(span for span in framed if span.meets(sentence))
    runs: list[Span] = []
    at = sentence.start
    for span in (*taken, Span(sentence.end, sentence.end + 1)):
        trimmed = _trimmed(text, at, min(span.start, sentence.end), fronted=at == sentence.start)
        if trimmed is not None:
            runs.append(trimmed)
        at = max(at, span.end)
    longest = max(
        (run for run in runs if _stands_alone(run, sentence, text)),
        key=lambda run: (len(terms(run.of(text))), -run.start),
        default=None,
    )
    return longest if longest and len(terms(longest.of(text))) >= REST_TERMS_MIN else None


def _stands_alone(run: Span, sentence: Span, text: str) -> bool:
    """Whether a reader can read it without the rest of its sentence: a clause between two marks or joining words."""
    before = words(text, Span(sentence.start, run.start)) if run.start > sentence.start else ()
    gap = text[before[-1].end : run.start] if before else ""
    joined = not before or before[-1].of(text).lower() in _LINKING or bool(gap.strip())
    after = text[run.end : sentence.end].lstrip()
    ends = not after or not after[0].isalnum() or after.split()[0].lower() in _JOINING
    return joined and ends and is_clause(text, run, begins=not before)


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


def _trimmed(text: str, start: int, end: int, *, fronted: bool = False) -> Span | None:
    """Without marks, blanks and joining words at the ends; where ``fronted``, what begins a sentence may stay."""
    inside = [word for word in words(text, Span(start, end)) if word.end <= end] if start < end else []
    while inside and inside[-1].of(text).lower() in _JOINING:
        inside.pop()
    while inside and inside[0].of(text).lower() in (_PLAINLY_JOINING if fronted else _JOINING):
        inside.pop(0)
    return Span(inside[0].start, inside[-1].end) if inside else None


def _is_headline(sentence: str, article: Article) -> bool:
    """A body that begins with its own headline says nothing twice; a headline alone and a pasted sentence say it."""
    pasted = article.held is Held.READER_COPY and article.title.endswith((".", "!", "?"))
    return article.held is not Held.HEADLINE and not pasted and sentence.strip(". ") == article.title.strip(". ")


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
        span = _readable(sentence, attribution, text)
        met = [part for part in taken if span is not None and span.meets(part[0])]
        if span is not None and met:
            whole, span = span, _before(span, [other for other, _ in met], sentence, text)
            if span is None and attribution.certainty is Certainty.DENIED:
                span = _from_cue(attribution, sentence, [other for other, _ in taken], text)
            if span is None and all(_is_mere_detail(part, whole, text) for part in met):
                taken = [part for part in taken if part not in met]
                span = whole
        if span is not None:
            taken.append((span, attribution))
    if not any(_says_enough(sentence, part, text) for part in taken):
        return []
    # beside one that says enough, a smaller one is no detail of the article's own statement either
    return sorted(
        (part for part in taken if _says_enough(sentence, part, text) or len(terms(part[0].of(text))) > TERMS_MIN),
        key=lambda part: part[0],
    )


def _before(span: Span, others: Sequence[Span], sentence: Span, text: str) -> Span | None:
    """What of a span comes before the first of the others in it, None where that is nothing to speak of."""
    left = _trimmed(text, span.start, min(other.start for other in others))
    enough = left and len(terms(left.of(text))) >= PART_TERMS_MIN and _stands_alone(left, sentence, text)
    return left if enough else None


def _from_cue(attribution: Attribution, sentence: Span, others: Sequence[Span], text: str) -> Span | None:
    """A denial without its source, where the source says something else before it: "said ..., but denied that ..."."""
    content = _clipped(sentence, attribution.content, text)
    cue = [span for span in attribution.cue if _holds(sentence, span)]
    if content is None or not cue or cue[0].start > content.start:
        return None
    span = Span(cue[0].start, content.end)
    return None if any(span.meets(other) for other in others) else span


def _is_mere_detail(part: tuple[Span, Attribution], whole: Span, text: str) -> bool:
    """Whether a nested report is only some words of what the outer one says."""
    span, attribution = part
    return (
        _holds(whole, span)
        and attribution.certainty is not Certainty.DENIED
        and DETAIL_TIMES * len(terms(span.of(text))) <= len(terms(whole.of(text)))
    )


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
    size = len(terms(span.of(text)))  # "declined to comment" says nothing
    return size >= PART_TERMS_MIN or (_share(sentence, attribution) >= PART_SHARE_MIN and size >= TERMS_MIN)


def _readable(sentence: Span, attribution: Attribution, text: str) -> Span | None:
    """What is said as a clause; where it is none ("to stay", "a delay", "whether it falls"), with who says it and how.

    None where even these do not stand in the sentence. A denial is always read with its cue.
    """
    content = _clipped(sentence, attribution.content, text)
    if content is None:
        return None
    bare = _without_that(content, text)
    begins = not text[sentence.start : bare.start].strip(OPENERS)
    denied = attribution.certainty is Certainty.DENIED
    if not denied and attribution.quote is QuotationType.DIRECT and (begins or _is_whole(bare, text)):
        return bare
    thatted = bare != content and not begins_with_verb(text, bare)
    if not denied and (thatted or is_clause(text, bare, begins=begins)):
        return bare
    frame = [span for span in (*attribution.source, *attribution.cue) if _holds(sentence, span)]
    who = any(_holds(sentence, span) for span in attribution.source)
    if not who or not attribution.cue:
        return sentence if _share(sentence, attribution) >= PART_SHARE_MIN else None
    start = min(content.start, *(span.start for span in frame))
    end = max(content.end, *(span.end for span in frame))
    hull = Span(start, end)
    begins = not text[sentence.start : start].strip(OPENERS)
    verbal = any(word.of(text).lower() in VERBS for cue in attribution.cue for word in words(text, cue))
    reads = is_clause(text, hull, begins=begins) or (verbal and (begins or not hangs(text, hull)))
    return hull if reads and end - start <= content.end - content.start + FRAME_MAX else None


def _without_that(content: Span, text: str) -> Span:
    """Without the "that" that leads it in."""
    that = _THAT.match(text, content.start, content.end)
    return Span(that.end(), content.end) if that else content


def _is_whole(quoted: Span, text: str) -> bool:
    """Whether quoted words are a sentence of the speaker's and not some words of his."""
    opened = text[max(0, quoted.start - 1) : quoted.start + 1].strip(" \n")[:1] in _OPENING
    long = opened and len(words(text, quoted)) >= QUOTED_WORDS_MIN
    return long or is_clause(text, quoted, begins=text[quoted.start : quoted.end].lstrip(OPENERS)[:1].isupper())


def _share(sentence: Span, attribution: Attribution) -> float:
    """The part of the sentence that source, cue and content take."""
    about = [attribution.content, attribution.source, attribution.cue]
    spoken = {n for spans in about for one in spans for n in range(one.start, one.end)}
    return len(spoken & set(range(sentence.start, sentence.end))) / (sentence.end - sentence.start)


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
