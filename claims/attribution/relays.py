"""One who passes on what another said: "NAME quoted NAME as saying", "was quoted by NAME as saying"."""

from dataclasses import replace

from claims.attribution import lexicon as lex
from claims.attribution.contents import content_after
from claims.attribution.found import SURE_CLAUSE, SURE_QUOTED, Parsed, made
from claims.attribution.phrases import clause_start, subject_left
from claims.attribution.tokens import Line, Range

_QUOTES = lex.words("quoted quotes quoting cited cites citing")
_SAYING = frozenset(word for word in lex.SAYS if word.endswith("ing"))
_QUOTED_MAX_TOKENS = 24  # between "quoted" and "as saying" stand a name, its title and description


def quoting(line: Line, at: int) -> tuple[Parsed, Parsed] | None:
    """The one who quotes, and behind it the one who is quoted, with the same content; None if nobody is here."""
    if line[at].low not in _QUOTES or line[at].is_name:
        return None
    start = at
    while line[start - 1].supports_verb:
        start -= 1
    passive = bool(_BE.intersection(line.lows(start, at)))
    begins = at + 2 if passive else at + 1
    if passive and line[at + 1].low != "by":
        return None
    subject = _subject(line, start)
    link = _link(line, begins, passive=passive)
    object_ = line.trimmed((begins, link)) if link else None
    if subject is None or link is None or object_ is None:
        return None
    cue = (link, link + 1) if line[link].is_mark else (link, link + 2)
    quoted, by = (subject, object_) if passive else (object_, subject)
    content, opens = content_after(line, "said", quoted, link if line[link].is_mark else link + 2, about=False)
    sure = SURE_QUOTED if line.quotations else SURE_CLAUSE
    outer = made(line, by, (start, begins if passive else at + 1), "quoted", sure, content, opens=opens)
    inner = made(line, quoted, cue, "said", sure, content, opens=opens)
    if outer is None or inner is None:
        return None
    return outer, replace(inner, found=replace(inner.found, through=outer.found.cue))


def _link(line: Line, begins: int, *, passive: bool) -> int | None:
    """The token of "as saying", or of the colon before a quotation."""
    for number in range(begins + 1, min(begins + _QUOTED_MAX_TOKENS, len(line))):
        token, following = line[number], line[number + 1]
        if token.is_quotation or token.text in (";", "."):
            return None
        if token.low == "as" and following.low in _SAYING:
            return number
        if token.text == ":" and not passive and (following.is_quotation or number + 1 == len(line)):
            return number
    return None


def _subject(line: Line, start: int) -> Range | None:
    left = line[start - 1]
    if left.pauses or left.low in ("and", "but"):
        return clause_start(line, start - 1)
    return subject_left(line, start - 1)


_BE = lex.words("be been is are was were being")
