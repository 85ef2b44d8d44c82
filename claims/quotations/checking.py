"""A quotation against the texts that are held: the seven results, each case as docs/quotation-check.md decides it.

A result is about texts that we hold, never about truth.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from claims.common_words import NEWS_WORDS
from claims.comparison import QuotationResult
from claims.quotations.aligning import match
from claims.quotations.folding import Folded, fold, same_sign
from claims.quotations.likeness import FRAGMENTS_LIKENESS, Change, Match, changes
from claims.quotations.quote import FEW_WORDS, Marks, Quote, parse
from claims.quotations.words import language_of, stem
from claims.types import Held, Span

#: without marks the content matches from this likeness on; shown without a grade. On the 880 pairs of a sentence and
#: another outlet's article in ../shared/data/claims it shows a passage for 67 % of those that tell the same fact, the
#: right one in 84 %, and for 20 % of those that do not (0.25: 91, 78 and 60 %)
PARAPHRASE_MIN = 0.35
SHOWN_CHARS_MAX = 300  # no more is quoted of an article at one place
#: what stands nearly so in a part of an article is taken for the original; less may stand better in the closed rest
PART_LIKENESS_MIN = 0.7
#: a text on the same matter shares so many telling words with the quotation and its sentence; a short text one
SHARED_WORDS_MIN = 2
SHORT_TEXT_TOKENS = 300
#: two reports of one event share this part of the shorter one's telling words: in ../shared/data/stories 95 % of the
#: pairs of one event do, and 1 % of the others (8 % of those of full length)
SAME_STORY_SHARE = 0.15


class Why(StrEnum):
    """Why a quotation could not be checked."""

    NOT_HELD = "not_held"
    PART = "part"  # held only in part, and the part does not have it
    OTHER_MATTER = "other_matter"  # what is held of the outlet tells something else
    OTHER_LANGUAGE = "other_language"


@dataclass(frozen=True)
class HeldText:
    """A text that a quotation can be looked up in. Give the version's own text: spans point into it."""

    outlet: str  #: name of the outlet whose page it is
    text: str
    url: str = ""
    version: str = ""
    state: Held = Held.FULL
    language: str | None = None  #: ISO 639-1; judged by the words where None
    carried_for: str | None = None  #: the agency whose text this is
    part: str = "text"  #: which part of the page this is: "text", "headline", "standfirst"
    same_story: bool = False  #: known to tell the same story; else judged by shared words

    @cached_property
    def folded(self) -> Folded:
        """Its tokens, folded once."""
        return fold(self.text)

    @property
    def is_full(self) -> bool:
        """Whether what is not in it is not in the article."""
        return self.state in (Held.FULL, Held.READER_COPY) and bool(self.text.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A passage in a held text."""

    held: HeldText
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What the check says of one quotation."""

    result: QuotationResult
    found: Found | None = None  #: the passage that the result speaks of; None for not_found and not_checkable
    changes: tuple[Change, ...] = ()  #: empty where nothing differs
    cut_at_negation: Span | None = None  #: the whole sentence, where an exact run is cut at a negation
    nearest: Found | None = None  #: the nearest passage in the cited outlet, offered where nothing was found
    mentioned: Found | None = None  #: word for word in another outlet's text
    why: Why | None = None  #: why not checkable


def check(
    quote: str, cited: Sequence[HeldText], others: Sequence[HeldText], *, quoting_sentence: str = ""
) -> Finding | None:
    """Look a quotation up. None where the marks are no quotation: distance, a title, a nickname.

    ``cited``: texts of the cited outlet in the order of the search (the article named, its others, older versions, open
    copies), texts that are only known included; ``others``: texts of other outlets. ``quoting_sentence`` tells whether
    the words stand in marks and whether the marks mean speech; without it they do.
    """
    parsed = parse(quote, quoting_sentence)
    if parsed is None or parsed.marks is Marks.NO_SPEECH:
        return None
    best = _best(parsed, cited)
    if parsed.size <= FEW_WORDS:
        return _finding(parsed, *best) if best and _stands(parsed, best[1]) else None
    mentioned = _word_for_word(parsed, others)
    if best and parsed.marks is Marks.NONE and _matches_loosely(best[1]):
        return Finding(result=QuotationResult.PARAPHRASE, found=_sentences(*best))
    if best and _counts(*best):
        return _finding(parsed, *best, mentioned=mentioned)
    return _missing(
        parsed,
        cited,
        others,
        quoting_sentence,
        nearest=_sentences(*best) if best and best[1].last else None,
        mentioned=mentioned,
    )


def _missing(
    quote: Quote,
    cited: Sequence[HeldText],
    others: Sequence[HeldText],
    sentence: str,
    *,
    nearest: Found | None,
    mentioned: Found | None,
) -> Finding:
    """The cited outlet's texts do not have it."""
    why = _why_not(quote, cited, others, sentence)
    if why:
        return Finding(result=QuotationResult.NOT_CHECKABLE, why=why, nearest=nearest, mentioned=mentioned)
    if mentioned:
        return Finding(result=QuotationResult.ELSEWHERE, found=mentioned, nearest=nearest)
    return Finding(result=QuotationResult.NOT_FOUND, nearest=nearest)


def _best(quote: Quote, cited: Sequence[HeldText]) -> tuple[HeldText, Match] | None:
    """The best find; of equal ones the first, and nothing after the words as they are."""
    best: tuple[HeldText, Match] | None = None
    for held in cited:
        if held.text.strip():
            found = match(quote, held.folded)
            if best is None or _weight(found) > _weight(best[1]):
                best = held, found
            if found.result is QuotationResult.EXACT and not found.cut:
                break
    return best


_WEIGHTS = {
    None: 0,
    QuotationResult.ALTERED: 1,
    QuotationResult.SHORTENED: 2,
    QuotationResult.EXACT: 3,
}


def _weight(found: Match) -> tuple[int, bool, float]:
    return _WEIGHTS[found.result], not found.cut, found.likeness


def _stands(few: Quote, found: Match) -> bool:
    """Whether a few words stand there: as they are, or with an ellipsis around what the text has between them."""
    apart = len(few.fragments) > 1 and found.result is QuotationResult.ALTERED and found.likeness >= FRAGMENTS_LIKENESS
    return apart or found.result in (QuotationResult.EXACT, QuotationResult.SHORTENED)


def _counts(held: HeldText, found: Match) -> bool:
    """Whether a find in this text decides: what is only similar in a part may stand better in the rest."""
    if found.result is QuotationResult.ALTERED and not held.is_full:
        return held.state is Held.PART and found.likeness >= PART_LIKENESS_MIN
    return found.result is not None


def _matches_loosely(found: Match) -> bool:
    return found.result is not None or found.likeness >= PARAPHRASE_MIN


def _passage(held: HeldText, found: Match, quote: Quote | None = None) -> Found:
    """The place of a find; with the marks and stops at the quotation's ends where the text has them too."""
    span = held.folded.span(found.first, found.last)
    start, end = span.start, span.end
    before, after = quote.edges if quote else ("", "")
    while before and start and same_sign(held.text[start - 1], before[-1]):
        start, before = start - 1, before[:-1]
    while after and end < len(held.text) and same_sign(held.text[end], after[0]):
        end, after = end + 1, after[1:]
    return Found(held=held, span=Span(start, end))


def _sentences(held: HeldText, found: Match) -> Found:
    """The passage in whole sentences, where that is not too long to show."""
    span = held.folded.span(found.first, found.last)
    whole = Span(held.folded.sentence(found.first).start, held.folded.sentence(found.last - 1).end)
    fits = whole.start <= span.start and span.end <= whole.end and whole.end - whole.start <= SHOWN_CHARS_MAX
    return Found(held=held, span=whole if fits else span)


def _finding(quote: Quote, held: HeldText, found: Match, *, mentioned: Found | None = None) -> Finding:
    exact = found.result is QuotationResult.EXACT
    return Finding(
        result=found.result or QuotationResult.NOT_FOUND,
        found=_passage(held, found, None if found.result is QuotationResult.ALTERED else quote),
        changes=() if exact else changes(quote, held.folded, found.first, found.rest or found.last),
        cut_at_negation=held.folded.sentence(found.first) if found.cut else None,
        mentioned=None if exact else mentioned,
    )


def _word_for_word(quote: Quote, others: Sequence[HeldText]) -> Found | None:
    """The first other text that has the quotation's words as they are."""
    for held in others:
        if held.text.strip():
            found = match(quote, held.folded)
            if found.result in (QuotationResult.EXACT, QuotationResult.SHORTENED):
                return _passage(held, found, quote)
    return None


def _why_not(quote: Quote, cited: Sequence[HeldText], others: Sequence[HeldText], sentence: str) -> Why | None:
    """Why a quotation that stands in no text of the cited outlet cannot be called missing; None if it can."""
    if not any(held.text.strip() for held in cited):
        return Why.NOT_HELD
    ours = language_of(f"{quote.folded.text} {sentence}")
    spoken = [held for held in cited if held.text.strip() and not _foreign(held, ours)]
    if not spoken:
        return Why.OTHER_LANGUAGE
    context = _telling(quote.folded) | _telling(fold(sentence))
    plausible = [held for held in spoken if held.is_full and _same_matter(held, context, others)]
    context = context.union(*(_telling(held.folded) for held in plausible))
    whole = {held.url for held in plausible}
    open_ones = [held for held in cited if not held.is_full and not (held.url and held.url in whole)]
    if any(not held.text.strip() or _same_matter(held, context, others) for held in open_ones):
        return Why.PART
    return None if plausible else Why.OTHER_MATTER


def _foreign(held: HeldText, ours: str | None) -> bool:
    theirs = held.language or held.folded.language
    return bool(ours and theirs) and ours != theirs


def _same_matter(held: HeldText, context: frozenset[str], others: Sequence[HeldText]) -> bool:
    """Whether the text could be what was quoted from.

    It shares telling words with the quotation and its sentence, or plainly tells the story of another held text.
    """
    if held.same_story:
        return True
    own = _telling(held.folded) - _telling(fold(held.outlet))
    needed = SHARED_WORDS_MIN if len(held.folded.words) > SHORT_TEXT_TOKENS else 1
    return len(own & context) >= needed or any(_same_story(held, other) for other in others)


def _same_story(one: HeldText, other: HeldText) -> bool:
    ours, theirs = _telling(one.folded), _telling(other.folded)
    return len(ours & theirs) >= max(SHARED_WORDS_MIN, SAME_STORY_SHARE * min(len(ours), len(theirs)))


def _names(folded: Folded) -> frozenset[str]:
    """Words with a capital that the text never writes without one."""
    small = {word for word in folded.words if word.islower()}
    capital = (word for word in folded.words if word[0].isupper() and stem(word))
    return frozenset(word for word in capital if word.lower() not in small and word.lower() not in NEWS_WORDS)


def _telling(folded: Folded) -> frozenset[str]:
    """Content words that are not in every other news text."""
    return frozenset(
        one for word, one in zip(folded.words, folded.stems, strict=True) if one and word.lower() not in NEWS_WORDS
    )
