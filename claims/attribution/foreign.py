"""Texts in other languages than English: quotations by their marks, and outlets that are cited by name. No more."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from claims.attribution.found import Found
from claims.attribution.marks import Quoted
from claims.attribution.places import inside, touching
from claims.outlet_names import OutletNames
from claims.text import sentences
from claims.types import Outlet, Span

QUOTATION_MIN_WORDS = 4  # shorter ones are titles and words in marks
SENTENCE_MAX_CHARS = 1000  # as many as the longest sentences of an article have
CUE_MAX_CHARS = 40  # between an outlet's name and its cue
_BESIDE_CHARS = 2 * CUE_MAX_CHARS  # around a name, so that no cue that is near enough is cut

_WORD = re.compile(r"[^\W\d_]+")
_COMMON_WORDS = {
    "en": "the and of to that in for with was said on is it by",
    "de": "der die und das den dem mit ist nicht auf ein eine sagte von",
    "fr": "le la les des et est une dans que pour qui sur pas du",
    "es": "el los las que del una por con para es según se al",
    "it": "il di che gli una per con non della sono nel dei ha è",
    "ru": "и в не на что по с как это он из для заявил года",
    "uk": "і в не на що та з як це він із для про є року",
    "ar": "في من على إلى أن عن مع التي الذي قال هذا هذه كان",
}
_COMMON = {language: listed.split() for language, listed in _COMMON_WORDS.items()}
#: "according to", "reports", "writes" and their like beside an outlet's name
_CITES = re.compile(
    r"\b(?:laut|zufolge|nach Angaben|berichtet\w*|meldet\w*|schreib\w*|sagte\w* (?:der|dem)|gegenüber|"
    r"selon|d['’]après|rapporte\w*|affirm\w+|indiqu\w+|écri\w+|a déclaré|"
    r"según|inform\w+|report[ao]\w*|public\w+|señal\w+|asegur\w+|afirm\w+|"
    r"secondo|riport\w+|riferi\w+|scriv\w+|"
    r"сообща\w+|сообщил\w*|пиш\w+|переда\w+|по данным|со ссылкой|заявил\w*|рассказал\w*|"
    r"повідомля\w+|повідомил\w*|пише|передає|за даними|з посиланням|"
    r"بحسب|وفق\w*|ذكرت?|أفادت?|نقلت?|قالت?)\b|(?:وفقا|وفقًا|نقلا عن)",
    re.IGNORECASE,
)


def language_of(text: str, stated: str | None) -> str:
    """The language by its small words; the stated one where they do not tell, English where nothing does."""
    counts = Counter(word.lower() for word in _WORD.findall(text[:4000]))
    scores = {language: sum(counts[word] for word in words) for language, words in _COMMON.items()}
    best = max(scores, key=lambda language: (scores[language], language == "en"))
    total = sum(counts.values())
    if total >= 20 and scores[best] * 12 >= total:
        return best
    return stated or "en"


def find_by_marks(text: str, quoted: Sequence[Quoted], names: OutletNames, own: Sequence[Outlet] = ()) -> list[Found]:
    """Quotations without a source, and sentences that cite an outlet by name, unless it is the text's ``own``."""
    ours = {outlet.name for outlet in own}
    mentions = [one for one in names.mentions(text, own) if one[1].name not in ours]
    loose = [one for one in quoted if len(_WORD.findall(one.span.of(text))) >= QUOTATION_MIN_WORDS]
    found: list[Found] = []
    claimed: set[Span] = set()
    for sentence in (part for whole in sentences(text) for part in _pieces(text, whole)):
        for span, _ in inside(mentions, sentence, lambda one: one[0]):
            cue = _cue_beside(text, sentence, span)
            if cue is None:
                continue
            said = [
                one.span
                for one in touching(loose, sentence, lambda one: one.span)
                if one.span.start >= sentence.start and one.span not in claimed
            ]
            claimed.update(said)
            content = tuple(said) or _rest(text, sentence, span, cue)
            if content:
                found.append(Found(span, cue, content, "according", 0.6))
    found += [Found(None, None, (one.span,), "", 0.4) for one in loose if one.span not in claimed]
    return sorted(found, key=lambda one: (one.content[0].start, -one.content[-1].end))


def _pieces(text: str, sentence: Span) -> Iterator[Span]:
    """A sentence, in pieces where it is so long that it is none."""
    start = sentence.start
    while sentence.end - start > SENTENCE_MAX_CHARS:
        blank = text.rfind(" ", start + 1, start + SENTENCE_MAX_CHARS)
        end = blank if blank > 0 else start + SENTENCE_MAX_CHARS
        yield Span(start, end)
        start = end
    yield Span(start, sentence.end)


def _cue_beside(text: str, sentence: Span, name: Span) -> Span | None:
    """The cue that stands nearest to an outlet's name, near enough to be its own."""

    def away(cue: Span) -> int:
        return min(abs(cue.start - name.end), abs(cue.end - name.start))

    start, end = max(sentence.start, name.start - _BESIDE_CHARS), min(sentence.end, name.end + _BESIDE_CHARS)
    near = min((Span(*match.span()) for match in _CITES.finditer(text, start, end)), key=away, default=None)
    return near if near is not None and away(near) <= CUE_MAX_CHARS else None


def _rest(text: str, sentence: Span, source: Span, cue: Span) -> tuple[Span, ...]:
    """The longer part of the sentence beside source and cue."""
    left, right = min(source.start, cue.start), max(source.end, cue.end)
    parts = [(sentence.start, left), (right, sentence.end)]
    start, end = max(parts, key=lambda part: part[1] - part[0])
    while start < end and not text[start].isalnum() and text[start] not in '"“„«':
        start += 1
    while end > start and text[end - 1] in " ,;:.–—":
        end -= 1
    return (Span(start, end),) if end > start else ()
