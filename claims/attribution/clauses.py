"""A small clause parser: in one sentence, which words are the source, the cue and the content.

It works on tokens without parts of speech: a cue verb is looked up, its subject is the run of nominal words beside it,
and the content is the quotation or the clause that stands on the other side.
"""

from dataclasses import replace
from itertools import pairwise

from claims.attribution import lexicon as lex
from claims.attribution.contents import clause_end, content_after, content_before, is_noun, quotation_after
from claims.attribution.found import SURE_CLAUSE, SURE_QUOTED, SURE_THING, Found, Parsed, made
from claims.attribution.nouns import DATA, DOCUMENTS, REPORTERS, SEVERAL
from claims.attribution.phrases import clause_start, described_right, subject_left, subject_right
from claims.attribution.relays import quoting
from claims.attribution.tokens import Line, Range
from claims.attribution.turns import according, citing, citing_first, hearsay, manner, nominal

_SHOWS = lex.words("show shows showed")
_OUGHT = lex.words("should must shouldn't shouldn’t mustn't mustn’t")
_GOES = lex.words("goes went")
_BE = lex.words("be been is are was were being")
_IS = lex.words("is are was were has had")
_REFUSES = lex.words("refused declined refuses declines seemed appeared")
_BY_AS = lex.words(
    """accused described called labeled labelled dubbed portrayed characterised characterized dismissed hailed praised
    mocked derided denounced"""
)
#: passive forms whose agent says nothing: "was supported by data", "will be decided by"
_NOT_BY = lex.words(
    """supported backed decided opposed favored attacked challenged considered found showed offered followed posted
    threatened weighed learned agreed pressed observed"""
)
_SENDS = lex.words("put issued released sent posted published wrote circulated emailed signed tweeted")
_POINTS_OUT = lex.words("points pointed pointing")
_TELL_THAT = lex.words("states state maintained maintains agreed agrees agree ruled")
_PLURAL_SOURCES = DATA | DOCUMENTS | SEVERAL | {"they"}
_MARKS = frozenset('“”"')


def parse(line: Line) -> list[Found]:
    """The attributions of one sentence, in order of their cues."""
    parsed: list[Parsed] = []
    for number in range(len(line)):
        if line[number].is_quotation or line[number].is_mark or (parsed and number < parsed[-1].end):
            continue
        relayed = quoting(line, number)
        if relayed:
            parsed.extend(relayed)
            continue
        one = (
            according(line, number)
            or nominal(line, number)
            or citing(line, number, parsed)
            or _going_on(line, number, parsed)
            or _verbal(line, number, parsed)
            or manner(line, number)
        )
        if one is not None:
            parsed.append(one)
    first = citing_first(line, parsed)
    if not parsed:
        parsed = [one for number in range(len(line)) if (one := hearsay(line, number)) is not None][:1]
    return [one.found for one in (*first, *_parted(line, parsed))]


def _parted(line: Line, parsed: list[Parsed]) -> list[Parsed]:
    """Ends what one says where ", but another one says" begins."""
    result = list(parsed)
    for number, (one, other) in enumerate(pairwise(parsed)):
        at = other.source[0] - 1 if other.source else 0
        joint = line[at].low in ("but", "while", "whereas") or (line[at].low == "and" and line[at - 1].text == ",")
        if joint and one.found.content and one.found.through is None and one.cue[1] <= at and other.cue[0] > at:
            begins = one.found.content[-1].start
            inside = [n for n in range(one.cue[1], at) if line[n].span.start >= begins]
            said = line.trimmed((inside[0], at)) if inside and line[at].span.start < one.found.content[-1].end else None
            if said is not None:
                content = (*one.found.content[:-1], line.span(said))
                result[number] = replace(one, found=replace(one.found, content=content))
    return result


def _verbal(line: Line, at: int, parsed: list[Parsed]) -> Parsed | None:
    """A verb with its subject and what is said."""
    low = line[at].low
    noun = low in lex.NOUN_LIKE and is_noun(line, at)
    if low not in lex.VERBS or line[at].is_name or noun or not _finds(line, at):
        return None
    start = at
    while line[start - 1].supports_verb or (line[start - 1].low == "since" and line[start - 2].low in lex.HAVE):
        start -= 1
    if low.endswith("ing") and line[start - 1].low in ("began", "started", "kept"):
        start -= 1
    reduced = line[at + 1].low == "by" and start == at and low.endswith("ed")  # "the deal announced by the party"
    adjective = (
        reduced
        or line[at - 1].owns
        or line[at - 1].low
        in (
            "most",
            "more",
            "less",
            "least",
        )
    )  # "the most anticipated witness"
    infinitive = line[start - 1].low == "to" and line[start - 2].low not in _REFUSES
    relative = line[at + 1].low in _IS and not line.quotation_ends(start - 1)  # "not all he says is true"
    adjective = adjective or line[start].low in _OUGHT  # what ought to be said is not said
    shy = line.lows(at + 1, at + 4) == ["not", "to", "be"]  # "who asked not to be named"
    if adjective or infinitive or relative or shy or (low in lex.SEES and not _witnesses(line, start)):
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
    return _active(line, (start, end), low, parsed, about=about)


def _going_on(line: Line, at: int, parsed: list[Parsed]) -> Parsed | None:
    """ "NAME goes on: “...”", "NAME went on to say"."""
    low = line[at].low
    if low in lex.BASE and line[at - 3].low in _GOES and line.lows(at - 2, at) == ["on", "to"]:
        return _active(line, (at - 3, at + 1), low, parsed, about=False)
    if low in _GOES and line[at + 1].low == "on" and _quotes_on(line, at):
        return _active(line, (at, at + 2), "continued", parsed, about=False)
    return None


def _quotes_on(line: Line, at: int) -> bool:
    """Whether "goes on" carries words on and not a story: a colon follows, or a quotation stands beside it."""
    subject = subject_left(line, at - 1)
    before = subject is not None and line.quotation_ends(subject[0]) and line[at + 2].is_mark
    return line[at + 2].text == ":" or before or (line[at + 2].text == "," and line[at + 3].is_quotation)


def _clause_follows(line: Line, at: int, low: str) -> bool:
    """Whether a verb of several meanings is one of speaking here: by what stands behind it, or before its subject."""
    following, left = line[at + 1], line[at - 1]
    opened = following.low == "that" or following.is_quotation or following.text == ":" or _closes(line, at)
    counted = line[at + 1 + (following.low in ("about", "some"))].text[:1].isdigit() or following.text in (
        "$",
        "€",
        "£",
    )
    if low in ("continued", "continues", "adds", "posted") and line.quotations:
        speaks = following.low not in ("to", "with", "his", "her", "its")
    elif low in ("continued", "continues"):
        speaks = opened or following.text == "." or (left.low in ("he", "she") and following.is_mark)
    elif low == "adding":
        speaks = opened or left.pauses or left.low in lex.BEFORE_PARTICIPLE
    elif low in _TELL_THAT or (low in ("notes", "note") and not (left.is_name or left.low in lex.PRONOUNS)):
        speaks = opened
    elif low == "reports" and following.is_mark:
        speaks = left.is_name
    elif low == "reported":
        speaks = following.low not in ("for", "to")
    else:
        speaks = following.low not in ("to", "of", "by", "from", "with", "up")
    return speaks and not counted  # "the index added 20 points"


def _closes(line: Line, at: int) -> bool:
    """ "“...,” a voice in the film states.": a subject and its verb close what a quotation has begun."""
    ends = line[at + 1].is_mark or line[at + 1].low in ("in", "on", "at", "during", "to")
    subject = subject_left(line, at - 1) if ends else None
    return subject is not None and line.quotation_ends(subject[0])


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


def _passive(line: Line, cue: Range, low: str) -> Parsed | None:
    """ "is expected to", "it is believed that", "was criticised by": what is said of the subject."""
    following = line[cue[1]].low
    subject = subject_left(line, cue[0] - 1)
    if subject is None:
        return None
    if low == "quoted" and following == "as" and line[cue[1] + 1].low == "saying":
        cue = (cue[0], cue[1] + 2)
        content, opens = content_after(line, "said", subject, cue[1], about=False)
        return made(line, subject, cue, "said", SURE_CLAUSE, content, opens=opens)
    if following == "by" and low not in _NOT_BY:
        return _by(line, cue, low, subject)
    rest = line.trimmed((cue[1], clause_end(line, cue[1])))
    if low not in lex.PASSIVE or following not in ("to", "that") or rest is None:
        return None
    whole = line[subject[0]].low == "it" or following == "that"
    content = (line.span(rest),) if whole else (line.span(subject), line.span(rest))
    return made(line, None, cue, low, SURE_THING, content)


def _by(line: Line, cue: Range, low: str, subject: Range) -> Parsed | None:
    """ "was criticised by NAME", "was accused by NAME of", "was described by NAME as"."""
    source = subject_right(line, cue[1] + 1, appositive=False)
    if source is None:
        return None
    link = next((n for n in range(source[0] + 1, source[1] + 1) if line[n].low in ("of", "as")), None)
    rest = line.trimmed((link + 1, clause_end(line, link + 1))) if link and low in _BY_AS else None
    if link and rest:
        return made(line, (source[0], link), cue, low, SURE_THING, (line.span(rest),))
    return made(line, source, cue, low, SURE_THING, (line.span(subject),))


def _active(line: Line, cue: Range, low: str, parsed: list[Parsed], *, about: bool) -> Parsed | None:
    source, inverted = _subject(line, cue, low if line[cue[1] - 1].low == low else "", parsed)
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
        spoken = "said" if low in _POINTS_OUT and not about else low
        content, opens = content_after(line, spoken, source, at, about=about)
        opens = opens or (not content and low in lex.SAYS and not about and line[-1 + len(line)].text in (".", ":"))
    evident = low in _SHOWS and not (DATA | DOCUMENTS).intersection(line.lows(*source))  # "the request shows how"
    sure = SURE_THING if about or evident or low not in lex.SAYS else SURE_CLAUSE
    if any(part.start <= quoted.start < part.end for quoted in line.quotations for part in content):
        sure = SURE_QUOTED
    return made(line, source, cue, low, sure, content, addressee=addressee, opens=opens)


def _subject(line: Line, cue: Range, low: str, parsed: list[Parsed]) -> tuple[Range | None, bool]:
    """The source, and whether it stands behind the cue."""
    left = cue[0] - 1
    inverts = low in lex.INVERTS or (low in lex.SAYS and line.quotation_ends(cue[0]) and line[cue[1]].is_name)
    if inverts and line[cue[1]].low != "that" and (left < 0 or line[left].is_quotation or line[left].pauses):
        turned = described_right(line, cue[1], appositive=True)
        # "..., said farmers faced “...”" turns nothing round
        clause = (
            turned is not None and line[turned[1]].is_quotation and not line.has_quotation((0, cue[0])) and left >= 0
        )
        named = turned is not None and any(line[n].is_name for n in range(*turned))
        if turned is not None and line[turned[1]].is_quotation and _stands_before(line, left):
            turned = None  # "Ann Lee, who was there, said the ferry “...”"
        if turned is not None and line[turned[1] - 1].low in lex.NOMINAL and not line.has_quotation((0, cue[0])):
            turned = None  # "Ann Lee, who was there, tweeted a warning"
        if turned is not None and _ends_clause(line, turned[1], cue[0]) and (named or not clause):
            return turned, True
    parted = line[left].pauses or line[left].ends_with_comma
    participle = low.endswith("ing") and (parted or line[left].low in lex.BEFORE_PARTICIPLE)
    if not participle and low.endswith("ing") and (sender := _sender(line, left)) is not None:
        return sender, False
    if left >= 0 and (participle or line[left].low in ("and", "but", "then", "or")):
        last = parsed[-1:] if participle else parsed
        shared = next((one.source for one in reversed(last) if one.source is not None), None)
        return shared or clause_start(line, left), False
    return subject_left(line, left), False


def _stands_before(line: Line, comma: int) -> bool:
    """Whether a comma ends the description of a name, and no quotation came before."""
    described = None if line.has_quotation((0, comma + 1)) or line[comma].text != "," else subject_left(line, comma)
    return described is not None and described[1] - described[0] > 2 and line[described[0]].is_name


def _sender(line: Line, last: int) -> Range | None:
    """Who "put out a statement saying", "sent a letter warning": the sender of what ends with token ``last``."""
    if line[last].low not in DOCUMENTS or line[last - 1].low not in lex.DETERMINERS:
        return None
    sends = next((n for n in range(last - 2, max(last - 6, 0), -1) if line[n].low in _SENDS), None)
    return subject_left(line, sends - 1) if sends is not None else None


def _ends_clause(line: Line, at: int, cue: int) -> bool:
    """Whether nothing but a pause, an adverbial or a quotation follows a source behind its cue."""
    token = line[at]
    if not line.has_quotation((0, cue)) and token.low in lex.PREPOSITIONS and _goes_on_as_clause(line, at):
        return False
    adverbial = (token.low in lex.PREPOSITIONS and token.low != "to") or token.low in lex.DAYS
    return token.is_quotation or token.is_mark or adverbial or token.low in lex.BEGINS_ADVERBIAL


def _goes_on_as_clause(line: Line, at: int) -> bool:
    """ "The paper, marked as a draft, says the ban on ships has cost ...": a verb of the words behind the cue comes."""
    for number in range(at, len(line)):
        token = line[number]
        if token.is_mark or token.is_quotation or token.low in lex.STOPS:
            return False
        if token.low in lex.AUXILIARIES:
            return True
    return False


def _addressee(line: Line, at: int) -> tuple[Range | None, int]:
    """Who is told, and where the content may begin."""
    whom = subject_right(line, at, appositive=False)
    if whom is not None and line[whom[1]].text in _MARKS:
        # "told Bay TV's “Good Morning Bay” that"
        close = next((n for n in range(whom[1] + 2, whom[1] + 8) if line[n].text in _MARKS), whom[1] - 1)
        whom = (whom[0], close + 1)
    if whom is None or line[whom[1]].low in lex.AUXILIARIES:
        return None, at
    return whom, whom[1]
