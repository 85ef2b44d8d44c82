"""One quotation against one text: where its words stand, in one run, in fragments, or nearly."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from claims.comparison import QuotationResult
from claims.quotations.folding import ENDS, MARK, Folded, is_word
from claims.quotations.quote import Join, Quote
from claims.quotations.speakers import two_speakers
from claims.quotations.words import negations, stem

#: (op, theirs, ours): theirs are the words of the held text, ours those of the quotation; keep, drop, add, replace
Change = tuple[str, str, str]

GAP_WORDS_MAX = 25  # docs/quotation-check.md: fragments at most 25 words
GAP_BORDERS_MAX = 1  # and one paragraph border apart
#: a found fragment speaks for the quotation from so many words on; shorter ones stand in every text
TELLING_WORDS = 3
RUN_WORDS = 4  # passages joined without a mark are runs of at least so many words each
RUNS_COVER_MIN = 0.85  # and together make up nearly all of the quotation
MOST = 0.5  # "most content words in one passage" is more than this share ...
IN_ORDER_MIN = 0.4  # ... with at least this share of all words in the same order,
NEARLY_ALL, SOME_WORDS = 0.8, 3  # or nearly all content words, at least so many, whatever their order,
MOSTLY_IN_ORDER = 0.65  # or this share of all words in the same order, two content words among them
#: a passage is looked for in a window of the quotation's own length, half as much again, and a little more
WINDOW_TIMES, WINDOW_MORE = 1.5, 8
SHOWN_TOKENS_MAX = 200  # fragments farther apart are not shown as one passage
BRIDGE_WORDS = 3  # so many small words may stand between a negation and what it turns


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What one text has of a quotation. ``result`` None: nothing but, at most, a nearest passage."""

    result: QuotationResult | None
    first: int = 0  #: token numbers in the text, the passage found or the nearest one
    last: int = 0
    rest: int = 0  #: end of the words that an ellipsis at the tail leaves out; 0 where none
    likeness: float = 0.0  #: 0..1, how near; 1 for the same words
    cut: bool = False  #: the run is exact and cut at a negation


def match(quote: Quote, text: Folded) -> Match:
    """The best that this text has. The same words in one run before fragments before nearly the same."""
    if not text.words:
        return Match(result=None)
    found = _whole(quote, text) or _openly_changed(quote, text) or _in_fragments(quote, text)
    return found or _nearly(quote, text)


def changes(quote: Quote, text: Folded, first: int, last: int) -> tuple[Change, ...]:
    """The differences word by word, in order, with the words as each side writes them."""
    ours, theirs = quote.whole, text.words[first:last]
    mine = list(ours.words(quote.folded))
    for fragment in quote.fragments:
        head = fragment.first - ours.first
        mine[head] = next((one for one in _first_letter(mine[head]) if one in theirs), mine[head])
    merged: list[tuple[str, int, int, int, int]] = []
    for code in Indel.opcodes(theirs, mine):
        op, a, b, c, d = code.tag, code.src_start, code.src_end, code.dest_start, code.dest_end
        if merged and op != "equal" and merged[-1][0] != "equal":
            _, a, _, c, _ = merged.pop()
            op = "replace"
        merged.append((op, a, b, c, d))
    return tuple(
        (
            _OPS[op],
            _slice(text, first + a, first + b),
            _slice(quote.folded, ours.first + c, ours.first + d),
        )
        for op, a, b, c, d in merged
    )


_OPS = {"equal": "keep", "delete": "drop", "insert": "add", "replace": "replace"}


def _first_letter(word: str) -> tuple[str, str, str]:
    return word, word[0].upper() + word[1:], word[0].lower() + word[1:]


def _slice(folded: Folded, first: int, last: int) -> str:
    return folded.span(first, last).of(folded.text) if first < last else ""


def _whole(quote: Quote, text: Folded) -> Match | None:
    """All words in one run; an ellipsis at the end leaves out what the sentence still says."""
    words = quote.whole.words(quote.folded)
    best: Match | None = None
    for first in text.runs(words):
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
    if text.words[last] == MARK and MARK not in text.words[last + 1 : end]:
        return None  # the speaker's sentence ends here, the reporter's goes on
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
        if stem(text.words[number]) is not None and text.words[number].lower() != "true":
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
    if bare is None or bare.size < TELLING_WORDS:
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
        likeness=0.95,
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
        return Match(result=QuotationResult.ALTERED, first=first, last=last, likeness=0.95)
    rest = _rest(text, last) if quote.tail else None
    if rest is not None and _turning(text, last, rest):
        return Match(result=QuotationResult.ALTERED, first=first, last=last, rest=rest, likeness=0.95)
    gaps = [text.words[a + size : b] for a, size, b in zip(chain, sizes, chain[1:], strict=False)]
    left_out = any(is_word(word) or word in "?!" for gap in gaps for word in gap)
    if left_out or rest is not None:
        return Match(result=QuotationResult.SHORTENED, first=first, last=last, rest=rest or 0, likeness=1.0)
    return Match(result=QuotationResult.EXACT, first=first, last=last, likeness=1.0, cut=_cut(text, first, last))


def _nearly(quote: Quote, text: Folded) -> Match:
    """Similar words in one passage, or long runs of the quotation in several."""
    words = [word for fragment in quote.fragments for word in fragment.words(quote.folded)]
    ours = [stem(word) or "" for word in words]
    wanted = Counter(one for one in ours if one) or Counter(word.lower() for word in words if is_word(word))
    theirs = text.stems if any(ours) else tuple(word.lower() for word in text.words)
    first, last, count = _window(wanted, theirs, int(len(words) * WINDOW_TIMES) + WINDOW_MORE)
    share = count / wanted.total()
    if not count:
        return Match(result=None)
    first, last, in_order = _aligned(words, text, first, last)
    similar = (
        (share > MOST and in_order >= IN_ORDER_MIN)
        or (share >= NEARLY_ALL and count >= SOME_WORDS)
        or (in_order >= MOSTLY_IN_ORDER and count > 1)
    )
    if similar:
        return Match(result=QuotationResult.ALTERED, first=first, last=last, likeness=(share + in_order) / 2)
    joined = _joined(words, text)
    if joined:
        return Match(result=QuotationResult.ALTERED, first=joined[0], last=joined[1], likeness=0.9)
    return Match(result=None, first=first, last=last, likeness=(share + in_order) / 2)


def _window(wanted: Counter[str], theirs: Sequence[str | None], size: int) -> tuple[int, int, int]:
    """The window of tokens with most of the wanted words: first, last, how many."""
    hits = [(number, word) for number, word in enumerate(theirs) if word in wanted]
    best, inside, count, left = (0, 0, 0), Counter[str](), 0, 0
    for number, word in hits:
        key = word or ""
        inside[key] += 1
        count += inside[key] <= wanted[key]
        while number - hits[left][0] >= size:
            gone = hits[left][1] or ""
            count -= inside[gone] <= wanted[gone]
            inside[gone] -= 1
            left += 1
        if count > best[2]:
            best = (hits[left][0], number + 1, count)
    return best


def _aligned(words: Sequence[str], text: Folded, first: int, last: int) -> tuple[int, int, float]:
    """The window cut or widened to what the quotation's words align with, and their share in the same order."""
    start, stop = max(0, first - len(words)), min(len(text.words), last + len(words))
    low = [word.lower() for word in words]
    area = [word.lower() for word in text.words[start:stop]]
    blocks = [code for code in Indel.opcodes(area, low) if code.tag == "equal"]
    in_order = sum(is_word(area[n]) for code in blocks for n in range(code.src_start, code.src_end))
    share = in_order / max(1, sum(map(is_word, words)))
    inside = [code for code in blocks if code.src_start + start < last and code.src_end + start > first] or blocks
    if not inside:
        return first, last, share
    head, end = min(first, inside[0].src_start + start), max(last, inside[-1].src_end + start)
    lead = inside[0].dest_start - (inside[0].src_start + start - head)
    trail = len(low) - inside[-1].dest_end - (end - inside[-1].src_end - start)
    opens, closes = text.sentence(head).start, text.sentence(end - 1).end
    while lead > 0 and head > 0 and text.starts[head - 1] >= opens:
        head, lead = head - 1, lead - 1
    while trail > 0 and end < len(text.words) and text.starts[end] < closes and text.words[end] not in ENDS:
        end, trail = end + 1, trail - 1
    return head, end, share


def _joined(words: Sequence[str], text: Folded) -> tuple[int, int] | None:
    """Passages of the text joined without a mark: the place around the runs or of the longest; else None."""
    runs = list(_long_runs(words, text))
    covered = sum(length for _, length in runs)
    if len(runs) < 2 or covered < RUNS_COVER_MIN * len(words):
        return None
    first, last = min(at for at, _ in runs), max(at + length for at, length in runs)
    if last - first > SHOWN_TOKENS_MAX:
        at, length = max(runs, key=lambda run: run[1])
        return at, at + length
    return first, last


def _long_runs(words: Sequence[str], text: Folded) -> Iterator[tuple[int, int]]:
    """The longest runs of the quotation in the text, one after the other: token number and length."""
    at = 0
    while at + RUN_WORDS <= len(words):
        found = text.runs(words[at : at + RUN_WORDS])
        if not found:
            at += 1
            continue
        length, place = max((_common(words[at:], text, first), -first) for first in found)
        yield -place, length
        at += length


def _common(words: Sequence[str], text: Folded, first: int) -> int:
    length = 1
    while length < len(words) and text.words[first + length : first + length + 1] == (words[length],):
        length += 1
    return length
