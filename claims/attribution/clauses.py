"""A small clause parser: in one sentence, which words are the source, the cue and the content.

It works on tokens without parts of speech: a cue verb is looked up, its subject is the run of nominal words beside it,
and the content is the quotation or the clause that stands on the other side.
"""

from dataclasses import dataclass, replace

from claims.attribution import lexicon as lex
from claims.attribution.contents import clause_end, content_after, content_before, is_noun, pause, quotation_after
from claims.attribution.nouns import DATA, DOCUMENTS, GROUPS, ONE, PERSONS, PRESS, REPORTERS, SEVERAL
from claims.attribution.phrases import clause_start, described_right, subject_left, subject_right
from claims.attribution.tokens import Line, Range
from claims.types import Span

#: how often attributions of a kind were right on the training articles, rounded
SURE_QUOTED, SURE_CLAUSE, SURE_THING, SURE_ACCORDING = 0.95, 0.8, 0.55, 0.9

_BODIES = lex.words("campaign administration government team party company police opposition")
_BE = lex.words("be been is are was were being")
_IS = lex.words("is are was were has had")
_REFUSES = lex.words("refused declined refuses declines seemed appeared")
_VIEWS = lex.words("view opinion words eyes judgment judgement telling account estimation reckoning")
_MEASURES = lex.words("age size law custom tradition need taste plan schedule weight height rank merit")
_CITES = lex.words("citing quoting")
_BY_AS = lex.words(
    """accused described called labeled labelled dubbed portrayed characterised characterized dismissed hailed praised
    mocked derided denounced"""
)
_PLURAL_SOURCES = DATA | DOCUMENTS | SEVERAL
_VOUCHERS = ONE | SEVERAL | DATA | DOCUMENTS | PRESS | GROUPS


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
    through: Span | None = None  #: the cue of the attribution that passes this one on: "reported, citing two aides"


@dataclass(frozen=True, slots=True)
class _Parsed:
    """An attribution together with the numbers of its source's and cue's tokens."""

    source: Range | None
    cue: Range
    found: Found
    whole: bool = False  #: no word of its source is a cue of its own

    @property
    def end(self) -> int:
        """The token from which the next cue may stand."""
        return max(self.cue[1], self.source[1]) if self.whole and self.source else self.cue[1]


def parse(line: Line) -> list[Found]:
    """The attributions of one sentence, in order of their cues."""
    parsed: list[_Parsed] = []
    for number in range(len(line)):
        if line[number].is_quotation or line[number].is_mark or (parsed and number < parsed[-1].end):
            continue
        one = (
            _according(line, number)
            or _nominal(line, number)
            or _citing(line, number, parsed)
            or _verbal(line, number, parsed)
            or _manner(line, number)
        )
        if one is not None:
            parsed.append(one)
    first = _citing_first(line, parsed)
    if not parsed:
        parsed = [one for number in range(len(line)) if (one := _hearsay(line, number)) is not None][:1]
    return [one.found for one in (*first, *parsed)]


def _according(line: Line, at: int) -> _Parsed | None:
    """ "according to NAME", "in the view of NAME" and their like, before or behind the content."""
    low = line[at].low
    if low == "according" and line[at + 1].low == "to":
        cue = (at, at + 2)
    elif low == "per" and line[at + 1].is_name and line[at - 1].pauses:
        cue = (at, at + 1)
    elif low == "in" and line[at + 1].low == "the" and line[at + 2].low in _VIEWS and line[at + 3].low == "of":
        cue = (at, at + 4)
    else:
        return _in_words(line, at)
    parts_clause = at > 1 and line[at - 1].pauses and not line.has_verb((0, at - 1))
    source = described_right(line, cue[1], appositive=at > 0 and not parts_clause)
    if source is None or line[source[0]].low in _MEASURES:
        return None
    return _beside(line, source, cue, at, source[1])


def _in_words(line: Line, at: int) -> _Parsed | None:
    """ "in Ann Lee's words", "in her view", between pauses."""
    if line[at].low != "in" or not (at == 0 or line[at - 1].pauses or line[at - 1].is_quotation):
        return None
    noun = next((n for n in range(at + 2, at + 8) if line[n].low in _VIEWS), None)
    if noun is None or not (line[noun - 1].owns or line[noun - 1].low in lex.OWNERS):
        return None
    return _beside(line, (at + 1, noun), (noun, noun + 1), at, noun + 1)


def _beside(line: Line, source: Range, cue: Range, start: int, end: int) -> _Parsed | None:
    """The content before or behind a phrase that names the source; both, where the phrase parts subject and verb."""
    before = content_before(line, start)
    after = line.trimmed((end, len(line)))
    after = line.trimmed((after[0], clause_end(line, after[0]))) if after else None
    parts = [before or after]
    if (
        start > 1
        and line[start - 1].text == ","
        and line[end].text == ","
        and after
        and not line.has_quotation((0, start))
    ):
        head = line.trimmed((0, start - 1))
        if head and not line.has_verb(head) and line[head[0]].low not in lex.PREPOSITIONS:
            parts = [head, after]
    content = tuple(line.span(part) for part in parts if part)
    made = _made(line, source, cue, "according", SURE_ACCORDING, content)
    return replace(made, whole=True) if made else None


def _nominal(line: Line, at: int) -> _Parsed | None:
    """ "his claim that ...", "the campaign's promise of ...", "campaign rhetoric of ..." """
    following, owner = line[at + 1].low, line[at - 1]
    if line[at].low in lex.NOMINAL and following in ("by", "from"):
        return _nominal_by(line, at)
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
    content = line.trimmed((cue[1], _thing_end(line, at + 1)))
    return _made(line, source, cue, line[at].low, SURE_THING, (line.span(content),) if content else ())


def _nominal_by(line: Line, at: int) -> _Parsed | None:
    """ "a statement by the union that ..." """
    source = subject_right(line, at + 2, appositive=False)
    if source is None or line[source[1]].low != "that":
        return None
    content = line.trimmed((source[1], _thing_end(line, source[1])))
    return _made(line, source, (at, at + 1), line[at].low, SURE_THING, (line.span(content),) if content else ())


def _thing_end(line: Line, that: int) -> int:
    """Where a that-clause behind a noun ends: at a pause, or where the verb of the main clause stands."""
    end = pause(line, that + 2)
    if line[that].low == "that":
        verbs = [n for n in range(that + 2, end) if line.is_finite(n)]
        joined = lex.STOPS | {"to", ","}
        later = [n for n in verbs[1:] if not joined.intersection(line.lows(verbs[0] + 1, n)) and n > verbs[0] + 1]
        end = later[0] if later else end
    return end


def _hearsay(line: Line, at: int) -> _Parsed | None:
    """ "has reportedly sold", "rumours that ...": something is passed on and nobody is named."""
    low = line[at].low
    if low in lex.RUMOURS and line[at + 1].low == "that":
        content = line.trimmed((at + 1, _thing_end(line, at + 1)))
        return _made(line, (at, at + 1), (at + 1, at + 2), low, SURE_THING, (line.span(content),) if content else ())
    if low not in lex.HEARSAY or any(line[n].is_quotation for n in range(at, len(line))):
        return None
    start = at
    while line[start - 1].supports_verb:
        start -= 1
    subject = subject_left(line, start - 1)
    rest = line.trimmed((at + 1, clause_end(line, at + 1))) if at + 1 < len(line) else None
    if subject is None or rest is None:
        return None
    return _made(line, None, (at, at + 1), low, SURE_THING, (line.span(subject), line.span(rest)))


def _citing(line: Line, at: int, parsed: list[_Parsed]) -> _Parsed | None:
    """ "..., the paper reported, citing two aides": those on whose word another one reports."""
    outer = parsed[-1] if parsed else None
    if outer is None or outer.found.word not in lex.SAYS or line[at].low not in _CITES or not line[at - 1].pauses:
        return None
    source = described_right(line, at + 1, appositive=False)
    if source is None or not _may_vouch(line, source):
        return None
    return _passed_on(line, source, (at, at + 1), outer)


def _citing_first(line: Line, parsed: list[_Parsed]) -> list[_Parsed]:
    """ "Citing an internal memo, the paper said ..." """
    if line[0].low not in _CITES or not parsed or parsed[0].found.word not in lex.SAYS:
        return []
    source = described_right(line, 1, appositive=False)
    one = _passed_on(line, source, (0, 1), parsed[0]) if source and _may_vouch(line, source) else None
    return [one] if one else []


def _passed_on(line: Line, source: Range, cue: Range, outer: _Parsed) -> _Parsed | None:
    made = _made(line, source, cue, "citing", SURE_CLAUSE, outer.found.content)
    return replace(made, found=replace(made.found, through=outer.found.cue), whole=True) if made else None


def _may_vouch(line: Line, source: Range) -> bool:
    """Whether the words name somebody or something that can be cited, and no reason: "citing two aides"."""
    return any(line[n].is_name or line[n].low in _VOUCHERS for n in range(*source))


def _manner(line: Line, at: int) -> _Parsed | None:
    """ "“...,” she stormed": between a quotation and its speaker any verb is a cue."""
    low = line[at].low
    verb = low.endswith(("ed", "s")) or low in lex.MANNER
    if line[at].is_name or not verb or low in lex.VERBS or lex.is_small(low):
        return None
    start = at
    while line[start - 1].supports_verb:
        start -= 1
    if line.quotation_ends(start) and line[at + 1].is_name:
        source = subject_right(line, at + 1, appositive=True)
        first, after = start, source[1] if source else at
    else:
        source = subject_left(line, start - 1)
        first, after = (source[0], at + 1) if source else (0, 0)
    leads = line[at + 1].text in (":", ",") and line[at + 2].is_quotation
    if source is None or not (line.quotation_ends(first) or leads):
        return None
    speaks = lex.words("he she they") | ((_VOUCHERS | {"it"}) if low == "read" else PERSONS)
    if not (any(line[n].is_name for n in range(*source)) or speaks.intersection(line.lows(*source))):
        return None
    if leads and not line.quotation_ends(first):
        return _made(line, source, (start, at + 1), "said", SURE_CLAUSE, (line[at + 2].span,))
    if line[after].low == "back":
        after += 1
    if not (
        line[after].is_mark or line[after].is_quotation or line[after].low in lex.PREPOSITIONS | lex.STOPS | lex.DAYS
    ):
        return None
    before = content_before(line, first)
    content = (*((line.span(before),) if before else ()), *quotation_after(line, after))
    return _made(line, source, (start, at + 1), "said", SURE_QUOTED, content)


def _verbal(line: Line, at: int, parsed: list[_Parsed]) -> _Parsed | None:
    """A verb with its subject and what is said."""
    low = line[at].low
    noun = low in lex.NOUN_LIKE and is_noun(line, at)
    went_on = line.lows(at - 3, at) == ["went", "on", "to"] or line.lows(at - 3, at) == ["goes", "on", "to"]
    if went_on and low in lex.BASE:
        return _active(line, (at - 3, at + 1), at, parsed, about=False)
    if low not in lex.VERBS or line[at].is_name or noun or not _finds(line, at):
        return None
    start = at
    while line[start - 1].supports_verb or (line[start - 1].low == "since" and line[start - 2].low in lex.HAVE):
        start -= 1
    infinitive = line[start - 1].low == "to" and line[start - 2].low not in _REFUSES
    relative = line[at + 1].low in _IS and not line.quotation_ends(start - 1)  # "not all he says is true"
    if infinitive or relative or (low in lex.SEES and not _witnesses(line, start)):
        return None
    if not low.endswith("ing") and _BE.intersection(line.lows(start, at)):
        return _passive(line, (start, at + 1), low)
    end, about = _particle(line, at)
    if (
        low in lex.SEEMS
        or (low in lex.NEED_CLAUSE and not _clause_follows(line, at, low))
        or (low in lex.PARTICLE_ONLY and end == at + 1)
    ):
        return None
    return _active(line, (start, end), at, parsed, about=about)


def _clause_follows(line: Line, at: int, low: str) -> bool:
    """Whether a verb of several meanings is one of speaking here: by what stands behind it, or before its subject."""
    following = line[at + 1]
    if low in ("continued", "continues", "adds", "posted") and line.quotations:
        return following.low not in ("to", "with", "his", "her", "its")
    if low in ("states", "state", "maintained", "maintains", "agreed", "agrees", "agree", "ruled"):
        return following.low == "that" or following.is_quotation or following.text in (":", ",", ".")
    return not (
        following.low in ("to", "of", "by", "from", "with", "up")
        or (low == "reports" and following.is_mark and not line[at - 1].is_name)
    )


def _witnesses(line: Line, start: int) -> bool:
    """Whether the subject is one who reports what was seen: "a Harbour Courier reporter saw"."""
    subject = subject_left(line, start - 1)
    return subject is not None and bool(REPORTERS.intersection(line.lows(*subject)))


def _finds(line: Line, at: int) -> bool:
    """Whether what is found is a finding: "the study found", and who is "briefed on" a thing is not speaking."""
    low, left = line[at].low, line[at - 1].low
    if low not in ("found", "finds"):
        return low != "briefed" or line[at + 1].low not in ("on", "about", "by")
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
    if low == "quoted" and following == "as" and line[cue[1] + 1].low == "saying":
        cue = (cue[0], cue[1] + 2)
        content, opens = content_after(line, cue, subject, cue[1], about=False)
        return _made(line, subject, cue, "said", SURE_CLAUSE, content, opens=opens)
    if following == "by":
        return _by(line, cue, low, subject)
    rest = line.trimmed((cue[1], clause_end(line, cue[1])))
    if low not in lex.PASSIVE or following not in ("to", "that") or rest is None:
        return None
    whole = line[subject[0]].low == "it" or following == "that"
    content = (line.span(rest),) if whole else (line.span(subject), line.span(rest))
    return _made(line, None, cue, low, SURE_THING, content)


def _by(line: Line, cue: Range, low: str, subject: Range) -> _Parsed | None:
    """ "was criticised by NAME", "was accused by NAME of", "was described by NAME as"."""
    source = subject_right(line, cue[1] + 1, appositive=False)
    if source is None:
        return None
    link = next((n for n in range(source[0] + 1, source[1] + 1) if line[n].low in ("of", "as")), None)
    rest = line.trimmed((link + 1, clause_end(line, link + 1))) if link and low in _BY_AS else None
    if link and rest:
        return _made(line, (source[0], link), cue, low, SURE_THING, (line.span(rest),))
    return _made(line, source, cue, low, SURE_THING, (line.span(subject),))


def _active(line: Line, cue: Range, verb: int, parsed: list[_Parsed], *, about: bool) -> _Parsed | None:
    low = line[verb].low
    source, inverted = _subject(line, cue, "" if cue[1] > verb + 1 else low, parsed)
    if source is None or (low in lex.PLURALS and not _PLURAL_SOURCES.intersection(line.lows(*source))):
        return None
    addressee, at = _addressee(line, cue[1]) if low in lex.TELLS else (None, cue[1])
    opens = False
    if inverted:
        before = content_before(line, cue[0])
        after = (
            source[1] if cue[0] else next((n for n in range(source[1], len(line)) if line[n].text == ":"), source[1])
        )
        content = (*((line.span(before),) if before else ()), *quotation_after(line, after))
    else:
        content, opens = content_after(line, cue, source, at, about=about)
        opens = opens or (not content and low in lex.SAYS and not about and line[-1 + len(line)].text in (".", ":"))
    sure = SURE_THING if about or low not in lex.SAYS else SURE_CLAUSE
    if any(part.start <= quoted.start < part.end for quoted in line.quotations for part in content):
        sure = SURE_QUOTED
    return _made(line, source, cue, low, sure, content, addressee=addressee, opens=opens)


def _subject(line: Line, cue: Range, low: str, parsed: list[_Parsed]) -> tuple[Range | None, bool]:
    """The source, and whether it stands behind the cue."""
    left = cue[0] - 1
    if low in lex.INVERTS and (left < 0 or line[left].is_quotation or line[left].pauses):
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
