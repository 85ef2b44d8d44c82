"""Texts in other languages than English: quotations by their marks, and outlets that are cited by name. No more."""

import re
from collections import Counter
from collections.abc import Sequence

from claims.attribution.found import Found
from claims.attribution.marks import Quoted
from claims.outlet_names import OutletNames
from claims.text import sentences
from claims.types import Span

QUOTATION_MIN_WORDS = 4  # shorter ones are titles and words in marks

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


def find_by_marks(text: str, quoted: Sequence[Quoted], names: OutletNames) -> list[Found]:
    """Quotations without a source, and sentences that cite an outlet by name."""
    mentions = names.mentions(text)
    found = [
        Found(None, None, (one.span,), "", 0.4)
        for one in quoted
        if len(_WORD.findall(one.span.of(text))) >= QUOTATION_MIN_WORDS
    ]
    for sentence in sentences(text):
        for span, _ in mentions:
            if not (sentence.start <= span.start and span.end <= sentence.end):
                continue
            cue = min(
                (Span(*match.span()) for match in _CITES.finditer(text, sentence.start, sentence.end)),
                key=lambda near: min(abs(near.start - span.end), abs(near.end - span.start)),
                default=None,
            )
            if cue is None or min(abs(cue.start - span.end), abs(cue.end - span.start)) > 40:
                continue
            said = [
                one for one in found if one.source is None and sentence.start <= one.content[0].start < sentence.end
            ]
            for one in said:
                found.remove(one)
            content = tuple(part for one in said for part in one.content) or _rest(text, sentence, span, cue)
            if content:
                found.append(Found(span, cue, content, "according", 0.6))
    return sorted(found, key=lambda one: (one.content[0].start, -one.content[-1].end))


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
