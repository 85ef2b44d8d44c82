"""Who speaks in a passage: enough to see that two fragments are not one person's words."""

from claims.quotations.folding import ENDS, MARK, Folded
from claims.quotations.words import PERSONAL, SPEECH, stem

ATTRIBUTION_TOKENS = 14  # an attribution beside a quotation is not longer


def two_speakers(text: Folded, end: int, first: int) -> bool:
    """Whether the words up to token ``end`` and those from token ``first`` on are two different speakers'."""
    between = text.words[end:first]
    if between.count(MARK) < 2:
        return False
    closing = end + between.index(MARK)
    opening = first - 1 - between[::-1].index(MARK)
    if opening == closing + 1:
        return True  # one quotation closes and the next opens at once: that is how print changes the speaker
    # "X." B said: "Y" names B for Y; "X," A said. "Y" names A for X
    begun = _opening(text, end)
    if begun > 0 and text.words[begun - 1] in ENDS:
        begun -= 1  # the quotation goes on after its attribution: "X," she said. "Y"
    leads_on = text.text[text.starts[closing] - 1] == "." and not ENDS.intersection(text.words[closing:opening])
    one = (set() if leads_on else _named_after(text, closing + 1, opening)) or _named_before(text, begun)
    after = _closing(text, first)
    other = _named_before(text, opening, closing) or (
        _named_after(text, after + 1, len(text.words)) if after else set()
    )
    return bool(one and other) and not one & other


def _opening(text: Folded, end: int) -> int:
    number = end - 1
    while number >= 0 and text.words[number] != MARK:
        number -= 1
    return number


def _closing(text: Folded, first: int) -> int | None:
    for number in range(first, min(first + 200, len(text.words))):
        if text.words[number] == MARK:
            return number
    return None


def _named_after(text: Folded, start: int, stop: int) -> set[str]:
    """The speaker in the rest of the sentence behind a closing mark."""
    clause: list[str] = []
    for number in range(start, min(stop, start + ATTRIBUTION_TOKENS, len(text.words))):
        ended = text.words[number] in ENDS or text.words[number] == MARK
        if ended or text.paragraph(number) != text.paragraph(start - 1):
            break
        clause.append(text.words[number])
    return _speaker(clause)


def _named_before(text: Folded, opening: int, start: int = 0) -> set[str]:
    """The speaker in the sentence that leads up to an opening mark."""
    clause: list[str] = []
    for number in range(opening - 1, max(start, opening - ATTRIBUTION_TOKENS) - 1, -1):
        if text.words[number] in ENDS or text.words[number] == MARK:
            break
        clause.append(text.words[number])
    return _speaker(clause)


def _speaker(clause: list[str]) -> set[str]:
    """The content words of an attribution without its verb; empty where it names nobody, or only says "she"."""
    low = [word.lower() for word in clause]
    if not SPEECH.intersection(low) or PERSONAL.intersection(low):
        return set()
    told = low.index("told") if "told" in low[1:] else len(low)
    return {word for word in low[:told] if word not in SPEECH and (stem(word) or word == "another")}
