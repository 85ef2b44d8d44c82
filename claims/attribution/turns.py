"""Turns of phrase that carry an attribution without a verb of speaking: "according to", "his claim that", "citing"."""

from dataclasses import replace

from claims.attribution import lexicon as lex
from claims.attribution.contents import clause_end, content_before, past_day, pause, quotation_after
from claims.attribution.found import SURE_ACCORDING, SURE_CLAUSE, SURE_QUOTED, SURE_THING, Parsed, made
from claims.attribution.nouns import PERSONS, VOUCHERS
from claims.attribution.phrases import described_right, subject_left, subject_right
from claims.attribution.tokens import Line, Range

_BODIES = lex.words("campaign administration government team party company police opposition")
_VIEWS = lex.words("view opinion words eyes judgment judgement telling account estimation reckoning")
_MEASURES = lex.words("age size law custom tradition need taste plan schedule weight height rank merit")
_REPORTED = lex.words("reported revealed noted disclosed detailed")


def according(line: Line, at: int) -> Parsed | None:
    """ "according to NAME", "in the view of NAME" and their like, before or behind the content."""
    low = line[at].low
    if low == "according" and line[at + 1].low == "to":
        cue = (at, at + 2)
    elif low == "as" and (at == 0 or line[at - 1].pauses) and (by := _reported_by(line, at + 1)):
        cue = (at, by + 1)
    elif low == "per" and (at == 0 or line[at - 1].pauses) and _is_name_at(line, at + 1):
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


def _reported_by(line: Line, at: int) -> int | None:
    """The token of "by" in "first reported by"."""
    at += line[at].low == "first"
    return at + 1 if line[at].low in _REPORTED and line[at + 1].low == "by" else None


def _is_name_at(line: Line, at: int) -> bool:
    """Whether a name begins here: "per Northwire", "per the Harbour Times", and not "per week"."""
    return line[at].is_name or (line[at].low == "the" and line[at + 1].is_name)


def _in_words(line: Line, at: int) -> Parsed | None:
    """ "in Ann Lee's words", "in her view", between pauses."""
    if line[at].low != "in" or not (at == 0 or line[at - 1].pauses or line[at - 1].is_quotation):
        return None
    noun = next((n for n in range(at + 2, at + 8) if line[n].low in _VIEWS), None)
    if noun is None or not (line[noun - 1].owns or line[noun - 1].low in lex.OWNERS):
        return None
    return _beside(line, (at + 1, noun), (noun, noun + 1), at, noun + 1)


def _beside(line: Line, source: Range, cue: Range, start: int, end: int) -> Parsed | None:
    """The content before or behind a phrase that names the source; both, where the phrase parts subject and verb."""
    before = content_before(line, start)
    after = line.trimmed((past_day(line, end), len(line)))
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
        clause = line.has_verb(after) and line[after[0]].low not in ("less", "more", "up", "down")
        if head and clause and not line.has_verb(head) and line[head[0]].low not in lex.PREPOSITIONS:
            parts = [head, after]
    content = tuple(line.span(part) for part in parts if part)
    done = made(line, source, cue, "according", SURE_ACCORDING, content)
    return replace(done, whole=True) if done else None


def nominal(line: Line, at: int) -> Parsed | None:
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
    return made(line, source, cue, line[at].low, SURE_THING, (line.span(content),) if content else ())


def _nominal_by(line: Line, at: int) -> Parsed | None:
    """ "a statement by the union that ..." """
    source = subject_right(line, at + 2, appositive=False)
    if source is None or line[source[1]].low != "that":
        return None
    content = line.trimmed((source[1], _thing_end(line, source[1])))
    return made(line, source, (at, at + 1), line[at].low, SURE_THING, (line.span(content),) if content else ())


def _thing_end(line: Line, that: int) -> int:
    """Where a that-clause behind a noun ends: at a pause, or where the verb of the main clause stands."""
    end = pause(line, that + 2)
    if line[that].low == "that":
        verbs = [n for n in range(that + 2, end) if line.is_finite(n)]
        joined = lex.STOPS | {"to", ","}
        later = [n for n in verbs[1:] if not joined.intersection(line.lows(verbs[0] + 1, n)) and n > verbs[0] + 1]
        end = later[0] if later else end
    return end


def hearsay(line: Line, at: int) -> Parsed | None:
    """ "has reportedly sold", "rumours that ...": something is passed on and nobody is named."""
    low = line[at].low
    if low in lex.RUMOURS and line[at + 1].low == "that":
        content = line.trimmed((at + 1, _thing_end(line, at + 1)))
        return made(line, (at, at + 1), (at + 1, at + 2), low, SURE_THING, (line.span(content),) if content else ())
    if low not in lex.HEARSAY or any(line[n].is_quotation for n in range(at, len(line))):
        return None
    start = at
    while line[start - 1].supports_verb:
        start -= 1
    subject = subject_left(line, start - 1)
    rest = line.trimmed((at + 1, clause_end(line, at + 1))) if at + 1 < len(line) else None
    if subject is None or rest is None:
        return None
    return made(line, None, (at, at + 1), low, SURE_THING, (line.span(subject), line.span(rest)))


def citing(line: Line, at: int, parsed: list[Parsed]) -> Parsed | None:
    """ "..., the paper reported, citing two aides": those on whose word another one reports."""
    if line[at].low not in lex.CITES or not line[at - 1].pauses or not parsed or parsed[-1].found.word not in lex.SAYS:
        return None
    outer = parsed[-1]
    for one in parsed:
        # of reports in reports the outermost one cites
        content = one.found.content
        if one.found.word in lex.SAYS and content and content[-1].end >= line[at - 2].span.end > content[-1].start:
            outer = one
            break
    source = described_right(line, at + 1, appositive=False)
    if source is None or not _may_vouch(line, source):
        return None
    return _passed_on(line, source, (at, at + 1), outer)


def citing_first(line: Line, parsed: list[Parsed]) -> list[Parsed]:
    """ "Citing an internal memo, the paper said ..." """
    if line[0].low not in lex.CITES or not parsed or parsed[0].found.word not in lex.SAYS:
        return []
    source = described_right(line, 1, appositive=False)
    one = _passed_on(line, source, (0, 1), parsed[0]) if source and _may_vouch(line, source) else None
    return [one] if one else []


def _passed_on(line: Line, source: Range, cue: Range, outer: Parsed) -> Parsed | None:
    done = made(line, source, cue, "citing", SURE_CLAUSE, outer.found.content)
    return replace(done, found=replace(done.found, through=outer.found.cue), whole=True) if done else None


def _may_vouch(line: Line, source: Range) -> bool:
    """Whether the words name somebody or something that can be cited, and no reason: "citing two aides"."""
    return line[source[1] - 1].is_name or any(line[n].low in VOUCHERS for n in range(*source))


def manner(line: Line, at: int) -> Parsed | None:
    """ "“...,” she stormed": between a quotation and its speaker any verb is a cue."""
    low = line[at].low
    verb = low.endswith(("ed", "s")) or low in lex.MANNER
    subject_before = line[at - 1].is_name or line[at - 1].low in PERSONS | lex.PRONOUNS
    plural = low.endswith("s") and not (subject_before or line.quotation_ends(at))
    if line[at].is_name or not verb or plural or low in PERSONS or low in lex.VERBS or lex.is_small(low):
        return None
    start = at
    while line[start - 1].supports_verb:
        start -= 1
    written = low in ("read", "reads") and (line[at + 1].low in lex.DETERMINERS or line[at + 1].low == "one")
    if line.quotation_ends(start) and (line[at + 1].is_name or written):
        source = subject_right(line, at + 1, appositive=True)
        first, after = start, source[1] if source else at
    else:
        source = subject_left(line, start - 1)
        first, after = (source[0], at + 1) if source else (0, 0)
    leads = line[at + 1].text in (":", ",") and line[at + 2].is_quotation and (low[-2:] == "ed" or low in lex.MANNER)
    leads = leads and not lex.SAYS.intersection(line.lows(at + 3, at + 6))  # "seemed tired: “...,” she wrote"
    if source is None or not (line.quotation_ends(first) or leads):
        return None
    speaks = lex.words("he she they") | ((VOUCHERS | {"it"}) if low == "read" else PERSONS)
    if not (any(line[n].is_name for n in range(*source)) or speaks.intersection(line.lows(*source))):
        return None
    if leads and not line.quotation_ends(first):
        return made(line, source, (start, at + 1), "said", SURE_CLAUSE, (line[at + 2].span,))
    if line[after].low == "back":
        after += 1
    if not (
        line[after].is_mark or line[after].is_quotation or line[after].low in lex.PREPOSITIONS | lex.STOPS | lex.DAYS
    ):
        return None
    before = content_before(line, first)
    content = (*((line.span(before),) if before else ()), *quotation_after(line, after))
    return made(line, source, (start, at + 1), "said", SURE_QUOTED, content)
