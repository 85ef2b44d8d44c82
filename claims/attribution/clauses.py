"""A small clause parser: in one sentence, which words are the source, the cue and the content.

It works on tokens without parts of speech: a cue verb is looked up, its subject is the run of nominal words beside it,
and the content is the quotation or the clause that stands on the other side.
"""

from dataclasses import dataclass

from claims.attribution import lexicon as lex
from claims.attribution.contents import clause_end, content_after, content_before, is_noun, pause, quotation_after
from claims.attribution.nouns import DATA, DOCUMENTS
from claims.attribution.phrases import clause_start, subject_left, subject_right
from claims.attribution.tokens import Line, Range
from claims.types import Span

#: how often attributions of a kind were right on the training articles, rounded
SURE_QUOTED, SURE_CLAUSE, SURE_THING, SURE_ACCORDING = 0.95, 0.8, 0.55, 0.9

_BODIES = lex.words("campaign administration government team party company police opposition")
_BE = lex.words("be been is are was were being")
_REFUSES = lex.words("refused declined refuses declines seemed appeared went on")


@dataclass(frozen=True, slots=True)
class Found:
    """One attribution as spans of the text, before it is known who the source is."""

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    word: str  #: the cue's main word, lower case
    confidence: float
    addressee: Span | None = None  #: "told Reuters"
    open: bool = False  #: ends with a colon: what follows in the next sentence or paragraph is its content


@dataclass(frozen=True, slots=True)
class _Parsed:
    """An attribution together with the numbers of its source's and cue's tokens."""

    source: Range | None
    cue: Range
    found: Found


def parse(line: Line) -> list[Found]:
    """The attributions of one sentence, in order of their cues."""
    parsed: list[_Parsed] = []
    for number in range(len(line)):
        if line[number].is_quotation or line[number].is_mark or (parsed and number < parsed[-1].cue[1]):
            continue
        one = _according(line, number) or _nominal(line, number) or _verbal(line, number, parsed)
        if one is not None:
            parsed.append(one)
    return [one.found for one in parsed]


def _according(line: Line, at: int) -> _Parsed | None:
    """ "according to NAME" and its like, before or behind the content."""
    if line[at].low == "according" and line[at + 1].low == "to":
        cue = (at, at + 2)
    elif line[at].low == "per" and line[at + 1].is_name and line[at - 1].pauses:
        cue = (at, at + 1)
    else:
        return None
    source = subject_right(line, cue[1], appositive=at > 0)
    if source is None:
        return None
    content = content_before(line, at)
    if content is None:
        rest = line.trimmed((source[1], len(line)))
        content = line.trimmed((rest[0], clause_end(line, rest[0]))) if rest else None
    return _made(line, source, cue, "according", SURE_ACCORDING, (line.span(content),) if content else ())


def _nominal(line: Line, at: int) -> _Parsed | None:
    """ "his claim that ...", "the campaign's promise of ...", "campaign rhetoric of ..." """
    following, owner = line[at + 1].low, line[at - 1]
    if line[at].low not in lex.NOMINAL or at == 0 or following not in ("that", "of", "to"):
        return None
    possessive = owner.low in lex.OWNERS or owner.owns
    if not possessive and not (owner.low in _BODIES and following == "of"):
        return None
    source = subject_left(line, at - 1, possessive=True)
    if source is None:
        return None
    if not possessive:
        # "the prior Trump campaign rhetoric": article and adjective belong to the rhetoric
        source = (next((n for n in range(*source) if line[n].is_name), source[0]), source[1])
    cue = (at, at + 1 if following == "that" else at + 2)
    content = line.trimmed((cue[1], pause(line, at + 3)))
    return _made(line, source, cue, line[at].low, SURE_THING, (line.span(content),) if content else ())


def _verbal(line: Line, at: int, parsed: list[_Parsed]) -> _Parsed | None:
    """A verb with its subject and what is said."""
    low = line[at].low
    noun = low in lex.NOUN_LIKE and is_noun(line, at)
    if low not in lex.VERBS or line[at].is_name or noun or (low in ("found", "finds") and not _finds(line, at)):
        return None
    start = at
    while line[start - 1].supports_verb or (line[start - 1].low == "since" and line[start - 2].low in lex.HAVE):
        start -= 1
    if line[start - 1].low == "to" and line[start - 2].low not in _REFUSES:
        return None
    if not low.endswith("ing") and _BE.intersection(line.lows(start, at)):
        return _passive(line, (start, at + 1), low)
    end, about = _particle(line, at)
    if low in lex.SEEMS or (low in lex.PARTICLE_ONLY and end == at + 1):
        return None
    return _active(line, (start, end), at, parsed, about=about)


def _finds(line: Line, at: int) -> bool:
    """Whether what is found is a finding: "the study found", "investigators found that"."""
    left = line[at - 1].low
    return line[at + 1].low == "that" or left in DATA or left in DOCUMENTS or left in ("investigation", "investigators")


def _particle(line: Line, at: int) -> tuple[int, bool]:
    """Where the cue ends, and whether a particle makes what follows the thing spoken of."""
    following = line[at + 1].low
    if following in lex.PARTICLES.get(line[at].low, ()):
        return at + 2, following != "out"
    if line[at].low in ("said", "says") and line.lows(at + 1, at + 4) == ["in", "a", "statement"]:
        return at + 4, False
    return at + 1, False


def _passive(line: Line, cue: Range, low: str) -> _Parsed | None:
    """ "is expected to", "it is believed that", "was criticised by": what is said of the subject."""
    following = line[cue[1]].low
    subject = subject_left(line, cue[0] - 1)
    if subject is None:
        return None
    if following == "by":
        source = subject_right(line, cue[1] + 1, appositive=False)
        return _made(line, source, cue, low, SURE_THING, (line.span(subject),)) if source else None
    rest = line.trimmed((cue[1], clause_end(line, cue[1])))
    if low not in lex.PASSIVE or following not in ("to", "that") or rest is None:
        return None
    whole = line[subject[0]].low == "it" or following == "that"
    content = (line.span(rest),) if whole else (line.span(subject), line.span(rest))
    return _made(line, None, cue, low, SURE_THING, content)


def _active(line: Line, cue: Range, verb: int, parsed: list[_Parsed], *, about: bool) -> _Parsed | None:
    source, inverted = _subject(line, cue, line[verb].low, parsed)
    if source is None:
        return None
    low = line[verb].low
    addressee, at = _addressee(line, cue[1]) if low in lex.TELLS else (None, cue[1])
    opens = False
    if inverted:
        before = content_before(line, cue[0])
        content = (*((line.span(before),) if before else ()), *quotation_after(line, source[1]))
    else:
        content, opens = content_after(line, cue, source, at, about=about)
    sure = SURE_THING if about or low not in lex.SAYS else SURE_CLAUSE
    if any(part.start <= quoted.start < part.end for quoted in line.quotations for part in content):
        sure = SURE_QUOTED
    return _made(line, source, cue, low, sure, content, addressee=addressee, opens=opens)


def _subject(line: Line, cue: Range, low: str, parsed: list[_Parsed]) -> tuple[Range | None, bool]:
    """The source, and whether it stands behind the cue."""
    left = cue[0] - 1
    if left >= 0 and low in lex.INVERTS and (line[left].is_quotation or line[left].pauses):
        turned = subject_right(line, cue[1], appositive=True)
        if turned is not None and _ends_clause(line, turned[1]):
            return turned, True
    participle = low.endswith("ing") and (line[left].pauses or line[left].low in lex.BEFORE_PARTICIPLE)
    if left >= 0 and (participle or line[left].low in ("and", "but", "then", "or")):
        last = parsed[-1:] if participle else parsed
        shared = next((one.source for one in reversed(last) if one.source is not None), None)
        return shared or clause_start(line, left), False
    return subject_left(line, left), False


def _ends_clause(line: Line, at: int) -> bool:
    """Whether nothing but a pause, an adverbial or a quotation follows a source behind its cue."""
    token = line[at]
    adverbial = (token.low in lex.PREPOSITIONS and token.low != "to") or token.low in lex.DAYS
    return token.is_quotation or token.is_mark or adverbial or token.low in lex.BEGINS_ADVERBIAL


def _addressee(line: Line, at: int) -> tuple[Range | None, int]:
    """Who is told, and where the content may begin."""
    whom = subject_right(line, at, appositive=False)
    if whom is None or line[whom[1]].low in lex.AUXILIARIES:
        return None, at
    return whom, whom[1]


def _made(  # noqa: PLR0917 - the six parts of an attribution, in their order
    line: Line,
    source: Range | None,
    cue: Range,
    word: str,
    sure: float,
    content: tuple[Span, ...],
    *,
    addressee: Range | None = None,
    opens: bool = False,
) -> _Parsed | None:
    if not content and not opens:
        return None
    found = Found(
        source=line.span(source) if source else None,
        cue=line.span(cue),
        content=content,
        word=word,
        confidence=sure,
        addressee=line.span(addressee) if addressee else None,
        open=opens,
    )
    return _Parsed(source, cue, found)
