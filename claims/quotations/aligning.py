"""One quotation against one text: where its words stand, in one run, in fragments, or nearly."""

from collections.abc import Sequence

from claims.comparison import QuotationResult
from claims.quotations.folding import ENDS, MARK, STOP, Folded, is_word
from claims.quotations.likeness import FRAGMENTS_LIKENESS, SHOWN_TOKENS_MAX, Match, nearly
from claims.quotations.quote import Join, Quote
from claims.quotations.speakers import two_speakers
from claims.quotations.words import HOLDING, negations, stem

GAP_WORDS_MAX = 25  # docs/quotation-check.md: fragments at most 25 words
GAP_BORDERS_MAX = 1  # and one paragraph border apart
FRAGMENTS_MAX = 30  # a quotation in more pieces is compared word by word only
#: a found fragment speaks for the quotation from so many words on; shorter ones stand in every text
TELLING_WORDS = 3
BRIDGE_WORDS = 3  # so many small words, or "say" and "true", may stand between a negation and what it turns


def match(quote: Quote, text: Folded) -> Match:
    """The best that this text has. The same words in one run before fragments before nearly the same."""
    if not text.words:
        return Match(result=None)
    found = _whole(quote, text) or _openly_changed(quote, text) or _in_fragments(quote, text)
    return found or nearly(quote, text)


def _whole(quote: Quote, text: Folded) -> Match | None:
    """All words in one run; an ellipsis at the end leaves out what the sentence still says."""
    best: Match | None = None
    for words, first in [(run, first) for run in quote.runs for first in text.runs(run)]:
        last = first + len(words)
        rest = _rest(text, last) if quote.tail else None
        if not quote.tail and _asked(words, text, last):
            continue
        if rest is None:
            cut = _cut(text, first, last)
            found = Match(result=QuotationResult.EXACT, first=first, last=last, likeness=1.0, cut=cut)
        else:
            turned = bool(_turning(text, last, rest))
            result = QuotationResult.ALTERED if turned else QuotationResult.SHORTENED
            found = Match(result=result, first=first, last=last, rest=rest, likeness=1.0)
        if best is None or _rank(found) > _rank(best):
            best = found
    return best


_ORDER = (None, QuotationResult.ALTERED, QuotationResult.SHORTENED, QuotationResult.EXACT)


def _rank(found: Match) -> tuple[int, bool, float]:
    return _ORDER.index(found.result), not found.cut, found.likeness


def _asked(words: Sequence[str], text: Folded, last: int) -> bool:
    """Whether the run is a question or a cry in the text and no longer one in the quotation."""
    after = text.words[last : last + 1]
    return bool(after) and after[0] in "?!" and words[-1] not in "?!"


def _rest(text: Folded, last: int) -> int | None:
    """Where the sentence ends that goes on after this run, None where it ends with the run."""
    if last >= len(text.words) or text.words[last] in ENDS or text.paragraph(last) != text.paragraph(last - 1):
        return None
    end = last
    stop = text.sentence(last - 1).end
    while end < len(text.words) and text.starts[end] < stop and text.words[end] not in ENDS:
        end += 1
    if text.words[last:end].count(MARK) == 1:
        end = text.words.index(MARK, last)  # the speaker's sentence ends there, the reporter's goes on
    return end if any(is_word(word) for word in text.words[last:end]) else None


def _turning(text: Folded, first: int, last: int) -> list[int]:
    return negations(text.words[first:last], text.language)


def _cut(text: Folded, first: int, last: int) -> bool:
    """Whether a negation right before or behind the run turns what it says."""
    sentence = text.sentence(first)
    before = [
        number for number in range(max(0, first - BRIDGE_WORDS - 1), first) if text.starts[number] >= sentence.start
    ]
    for number in reversed(before):
        if negations(text.words[number : number + 2], text.language)[:1] == [0]:
            return True
        if stem(text.words[number]) is not None and text.words[number].lower() not in HOLDING:
            break
    stop = text.sentence(last - 1).end
    for number in range(last, min(last + BRIDGE_WORDS, len(text.words))):
        if text.starts[number] >= stop or text.words[number] in ENDS:
            break
        if negations(text.words[number : number + 2], text.language)[:1] == [0]:
            return True
        if stem(text.words[number]) is not None:
            break
    return False


def _openly_changed(quote: Quote, text: Folded) -> Match | None:
    """Everything but the bracketed words stands there, in order and near."""
    bare = quote.unbracketed
    if bare is None or bare.size < TELLING_WORDS or len(bare.fragments) > FRAGMENTS_MAX:
        return None
    runs, sizes = _runs(bare, text)
    chain = _chain(bare, text, runs, sizes, turned_allowed=True) if all(runs) else None
    if not chain:
        return None
    return Match(result=QuotationResult.ALTERED, first=chain[0], last=chain[-1] + sizes[-1], likeness=0.97)


def _runs(quote: Quote, text: Folded) -> tuple[list[list[int]], list[int]]:
    """For each fragment where it stands, and how many tokens it has."""
    runs = [text.runs(fragment.words(quote.folded)) for fragment in quote.fragments]
    return runs, [fragment.last - fragment.first for fragment in quote.fragments]


def _in_fragments(quote: Quote, text: Folded) -> Match | None:
    """Fragments one after the other, near each other; or at least one that stands there."""
    if len(quote.fragments) > FRAGMENTS_MAX:
        return None
    runs, sizes = _runs(quote, text)
    if len(runs) > 1 and all(runs):
        for turned_allowed in (False, True):
            chain = _chain(quote, text, runs, sizes, turned_allowed=turned_allowed)
            if chain:
                return _of_chain(quote, text, chain, sizes, turned=turned_allowed)
    telling = [
        (sizes[number], run[0])
        for number, run in enumerate(runs)
        if run and sum(map(is_word, quote.fragments[number].words(quote.folded))) >= TELLING_WORDS
    ]
    if not telling or (len(runs) == 1 and not quote.tail):
        return _asked_only(quote, text, runs)
    return _around(quote, text, runs, sizes, telling)


def _asked_only(quote: Quote, text: Folded, runs: Sequence[Sequence[int]]) -> Match | None:
    """The words stand in one run, but as a question or a cry that the quotation does not have."""
    if len(runs) != 1 or not runs[0] or quote.size < TELLING_WORDS:
        return None
    first = runs[0][0]
    return Match(
        result=QuotationResult.ALTERED,
        first=first,
        last=first + len(quote.fragments[0].words(quote.folded)) + 1,
        likeness=FRAGMENTS_LIKENESS,
    )


def _around(
    quote: Quote, text: Folded, runs: Sequence[Sequence[int]], sizes: Sequence[int], telling: Sequence[tuple[int, int]]
) -> Match:
    """Some fragments stand there: the passage around all of them, or around the longest."""
    size, at = max(telling, key=lambda one: (one[0], -one[1]))
    places = [(at, at + size)]
    for number, run in enumerate(runs):
        if run:
            nearest = min(run, key=lambda first: abs(first - at))
            places.append((nearest, nearest + sizes[number]))
    first, last = min(place[0] for place in places), max(place[1] for place in places)
    if last - first > SHOWN_TOKENS_MAX:
        first, last = at, at + size
    return Match(result=QuotationResult.ALTERED, first=first, last=last, likeness=0.9)


def _chain(
    quote: Quote, text: Folded, runs: Sequence[Sequence[int]], sizes: Sequence[int], *, turned_allowed: bool
) -> list[int] | None:
    """One run for each fragment, in order, each near the one before; the closest such row."""
    best: dict[int, tuple[int, list[int]]] = {first: (0, [first]) for first in runs[0]}
    for number in range(1, len(runs)):
        step: dict[int, tuple[int, list[int]]] = {}
        for first in runs[number]:
            for before, (total, row) in best.items():
                end = before + sizes[number - 1]
                if not _near(text, end, first):
                    continue
                if not turned_allowed and not _honest(quote.joins[number - 1], text, end, first):
                    continue
                cost = total + first - end
                if first not in step or cost < step[first][0]:
                    step[first] = (cost, [*row, first])
        best = step
    last = {first: found for first, found in best.items() if not _asked_end(quote, text, first + sizes[-1])}
    return min(last.values(), default=(0, None))[1] if last else None


def _asked_end(quote: Quote, text: Folded, end: int) -> bool:
    return not quote.tail and _asked(quote.fragments[-1].words(quote.folded), text, end)


def _near(text: Folded, end: int, first: int) -> bool:
    if not 0 <= first - end <= 3 * GAP_WORDS_MAX:
        return False
    between = sum(is_word(word) for word in text.words[end:first])
    return between <= GAP_WORDS_MAX and text.paragraph(first) - text.paragraph(end - 1) <= GAP_BORDERS_MAX


def _honest(join: Join, text: Folded, end: int, first: int) -> bool:
    """Whether what is left out turns nothing: no negation, no other speaker; between halves no question either."""
    between = text.words[end:first]
    if negations(between, text.language) or two_speakers(text, end, first):
        return False
    return join is Join.ELLIPSIS or not {"?", "!"}.intersection(between)


def _of_chain(quote: Quote, text: Folded, chain: Sequence[int], sizes: Sequence[int], *, turned: bool) -> Match:
    first, last = chain[0], chain[-1] + sizes[-1]
    if turned:
        return Match(result=QuotationResult.ALTERED, first=first, last=last, likeness=FRAGMENTS_LIKENESS)
    rest = _rest(text, last) if quote.tail else None
    if rest is not None and _turning(text, last, rest):
        return Match(result=QuotationResult.ALTERED, first=first, last=last, rest=rest, likeness=FRAGMENTS_LIKENESS)
    gaps = [text.words[a + size : b] for a, size, b in zip(chain, sizes, chain[1:], strict=False)]
    left_out = any(word not in (MARK, STOP) for gap in gaps for word in gap)
    if left_out or rest is not None:
        return Match(result=QuotationResult.SHORTENED, first=first, last=last, rest=rest or 0, likeness=1.0)
    return Match(result=QuotationResult.EXACT, first=first, last=last, likeness=1.0, cut=_cut(text, first, last))
