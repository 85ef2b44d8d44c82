"""Where the content of a cue stands, and where it ends."""

from claims.attribution import lexicon as lex
from claims.attribution.tokens import Line, Range, Token
from claims.types import Span

#: "in a report", "at a rally": occasions of speech, which part a cue from its content
OCCASIONS = lex.words(
    """reporters interview statement tweet speech email report article story letter post hearing briefing conference
    debate rally memo editorial morning afternoon evening night dispatch piece"""
)
_TIMES = lex.DAYS | lex.words("week month year morning afternoon evening night summer spring fall winter")
#: begin what is loosely added to "he said" and is not said
_APPEARED = lex.words("out released published issued late early earlier")
_SPANNING = lex.words("for over")  # "has argued for years that"
_ADVERBIAL = lex.words("on in at to during after through via of from by")
#: begin a clause that ends before the main clause of its sentence
_FRONTS = lex.words("while as when although though after if because since even before whereas")
_PUBLIC = lex.words("media reporters press journalists public")
#: alone behind a cue they tell nothing: "a paper that says how"
_EMPTY = lex.words("for to of with about how why when where so it that this much more which who what otherwise")
#: "a favour that he asked as the talks were stalled": when or why it was said, and not what
_CIRCUMSTANCES = lex.words("as while after before because since until although though despite amid and but")
_SPANS_OF_TIME = lex.words("time moments minutes hours days weeks months years hour day week month year")
_ADVERBIAL_MAX_TOKENS = 14
ASIDE_MAX_TOKENS = 14
_FRONTED_MIN_TOKENS = 10  # a shorter run before ", he said" that begins with a preposition is an adverbial


def content_after(line: Line, low: str, source: Range, at: int, *, about: bool) -> tuple[tuple[Span, ...], bool]:
    """What is said with the verb ``low`` by a source before it, and whether it only comes in what follows.

    ``at`` is where the content may begin; ``about``: what follows is the thing spoken of and no clause.
    """
    begins = _past_adverbials(line, at)
    begins = (low in lex.SAYS and _past_aside(line, begins)) or begins
    following = line[begins]
    if following.text == ":":
        rest = line.trimmed((begins + 1, len(line)))
        return ((line.span(rest),) if rest else ()), rest is None
    if following.is_mark and following.text not in ("(", "$", "£", "€", "#", "@", "["):
        around = _around(line, source, begins) if low in lex.SAYS else ()
        # "he said, and I quote, “...”"
        return around or (quotation_after(line, begins) if low in lex.SAYS else ()), False
    if following.is_quotation:
        first_cue = sum(line[n].low in lex.SAYS for n in range(source[1], at)) <= 1  # and no "..., adding: “...”"
        before = content_before(line, source[0]) if line[source[0] - 1].is_quotation and first_cue else None
        ahead = (line.span(before),) if before else ()
        alone = low in lex.SAYS and line[begins + 1].low in _CIRCUMSTANCES - {"and", "but"}
        return (*ahead, line.span((begins, begins + 1 if alone else clause_end(line, begins)))), False
    if low in lex.SAYS:
        quoted_before = line[source[0]].low not in lex.RELATIVES and line.quotation_ends(source[0])
        parted = begins > at and line[begins - 1].text == ","
        in_passing = quoted_before and line[begins - 1].low in OCCASIONS  # "told X in an interview that aired"
        if (quoted_before or parted) and (following.low not in ("that", "whether") or in_passing):
            return _around(line, source, begins), False
    elif low in lex.INTENDS - lex.WANTS and following.low not in ("to", "that"):
        return (), False
    found = line.trimmed((begins, clause_end(line, begins, about=about or low not in lex.SAYS)))
    alone = found is not None and found[1] - found[0] == 1 and line[found[0]].low in _EMPTY
    when = found is not None and line[found[0]].low in _CIRCUMSTANCES and low in lex.SAYS
    tells = found is not None and not alone and (not when or line.has_quotation(found))
    return ((line.span(found),) if found and tells else ()), False


def content_before(line: Line, at: int) -> Range | None:
    """The clause or quotation that ends right before token ``at``, parted from it by a pause or closing mark."""
    parted = at > 0 and (line[at - 1].is_quotation or line[at - 1].pauses)
    if not parted and not (at > 3 and line[at].low == "according"):
        return None
    colon = next((n for n in range(at - 2, -1, -1) if line[n].text == ":"), -1)
    part = line.trimmed((colon + 1, at))
    if part is None or line.has_quotation(part):
        return part
    size = part[1] - part[0]
    adverbial = line[part[0]].low in lex.PREPOSITIONS and line[part[0]].low != "despite"
    return part if size >= _FRONTED_MIN_TOKENS or (size > 2 and not adverbial) else None


def quotation_after(line: Line, at: int) -> tuple[Span, ...]:
    """The next quotation within a few tokens, unless another cue stands before it: "said, adding that “...”"."""
    near = next((n for n in range(at, at + 9) if line[n].is_quotation), at)
    own = not any(line[n].low in lex.SAYS and not is_noun(line, n) for n in range(at, near))
    return (line[near].span,) if line[near].is_quotation and own else ()


def clause_end(line: Line, start: int, *, about: bool = False) -> int:
    """Where the clause that begins at ``start`` ends: before another attribution, or with the sentence."""
    depth = 0
    fronted = line[0].low in _FRONTS and not any(line[n].pauses or line[n].is_quotation for n in range(start))
    for number in range(start + 1, len(line) - 1):
        token, following = line[number], line[number + 1]
        depth += (token.text in ("(", "[")) - (token.text in (")", "]"))
        if depth:
            continue
        parts = token.text == "," or (token.is_quotation and token.ends_with_comma)
        if parts and (fronted or (token.is_quotation and following.low.endswith("ing"))):
            return number + token.is_quotation  # as in: that it stands for “old values,” stating ...
        joins = token.low in ("and", "but", "while") or token.pauses
        if (
            _begins_source(token, following)
            or _begins_own_quotation(line, number)
            or (token.text == "," and following.low.endswith("ing") and _only_named(line, (start, number)))
            or (joins and (_another_cue(line, number) or (token.pauses and _begins_circumstance(line, number + 1))))
            or (about and _ends_thing(line, number, start))
        ):
            return number
    return len(line)


def _begins_own_quotation(line: Line, colon: int) -> bool:
    """ "She said it was late: “...,” she wrote": a quotation behind a colon that has a cue of its own."""
    own = line[colon].text == ":" and line[colon + 1].is_quotation
    return own and bool(lex.SAYS.intersection(line.lows(colon + 2, colon + 5)))


def _only_named(line: Line, part: Range) -> bool:
    """Whether a thing is only named, so that a participle behind it is the speaker's: "announced the plan, saying"."""
    return line[part[0]].low in lex.DETERMINERS and not line.has_verb(part) and not line.has_quotation(part)


def past_day(line: Line, at: int) -> int:
    """Past the "on Monday", "out Thursday" that parts a source from what is said, if a mark follows."""
    end = at + (line[at].low in _APPEARED)
    end += line[end].low == "on"
    day = end
    while line[end].low in _TIMES or (end > day and line[end].text.isdigit()):
        end += 1
    return end if end > day and line[end].is_mark else at


def pause(line: Line, start: int) -> int:
    """The next pause that does not begin a second member of a list."""
    return next(
        (n for n in range(start, len(line) - 1) if line[n].pauses and line[n + 1].low not in ("and", "or")), len(line)
    )


def is_noun(line: Line, at: int) -> bool:
    """Whether a word that may be a verb or a noun ("claims", "reports") is a noun here."""
    left, following = line[at - 1], line[at + 1]
    object_ = left.low in lex.VERBS and left.low.endswith("ing")  # "demanding answers"
    if (
        at == 0
        or object_
        or left.low in lex.DETERMINERS
        or left.low in lex.PREPOSITIONS
        or left.low in ("up", "out", "new")
    ):
        return True
    by_what_follows = following.low in ("of", "from", "in", "for", "about", "by") and left.low not in lex.PRONOUNS
    return left.owns or (by_what_follows and not left.is_name and not left.is_mark)


def _around(line: Line, source: Range, after: int) -> tuple[Span, ...]:
    """Content before a source that ends its clause: "CONTENT, SOURCE CUE", and what goes on behind it."""
    before = content_before(line, source[0])
    goes_on = line[after].text == "," and after + 2 < len(line)
    if line[source[0] - 1].low in lex.STOPS:
        return ()  # "when the paper reported", "before he announced"
    if before is None and goes_on and source[0] > 1:
        before = line.trimmed((0, source[0]))
        fronted = before if before is not None and line[before[0]].low in lex.PREPOSITIONS else None
        rest = line.trimmed((after + 1, len(line)))
        if fronted and rest and (line.has_verb(rest) or rest[1] - rest[0] > _FRONTED_MIN_TOKENS):
            # "Within the port, they said, ships now have ..."
            said = line.trimmed((rest[0], clause_end(line, rest[0])))
            return (line.span(fronted), line.span(said)) if said else ()
        before = None if fronted else before
    if before is None:
        return ()
    follows = line[after + 1]
    whole = goes_on and not line.has_quotation((0, after + 2)) and not follows.is_mark
    spans = (line.span(before), *(() if whole and line.is_finite(after + 1) else quotation_after(line, after)))
    if whole and (line.is_finite(after + 1) or not line.has_quotation((0, len(line)))):
        rest = line.trimmed((after + 1, len(line)))
        if (
            rest
            and (rest[1] - rest[0] > 2 or line.has_quotation(rest))
            and not follows.low.endswith("ing")
            and follows.low not in lex.STOPS | {"without"}
        ):
            spans += (line.span(rest),)
    return spans


def _span_of_time(line: Line, at: int) -> int | None:
    """Where "over recent months", "for years" ends, if "that" or a quotation follows."""
    end = next((n + 1 for n in range(at + 1, at + 5) if line[n].low in _SPANS_OF_TIME), None)
    return end if end is not None and (line[end].low == "that" or line[end].is_quotation) else None


def _past_aside(line: Line, at: int) -> int | None:
    """The "that" behind an aside between two pauses: "said, among other things, that", "said - on air - that"."""
    if not line[at].pauses:
        return None
    for number in range(at + 2, at + ASIDE_MAX_TOKENS):
        if line[number].is_quotation or line[number].low in lex.SAYS:
            return None
        if line[number].text == line[at].text and line[number + 1].low in ("that", "whether"):
            return number + 1
    return None


def _past_adverbials(line: Line, at: int) -> int:
    """Past "on Monday", "in an interview with X", "to reporters", "in the Monday report," to where content begins."""
    begins = at
    while begins < len(line):
        token = line[begins]
        after_day = begins > at and line[begins - 1].low in lex.DAYS and token.low in _TIMES
        if (
            after_day
            or token.low in lex.DAYS
            or token.low in lex.ADVERBS
            or (token.low.endswith("ly") and len(token.low) > 4)
        ):
            begins += 1
        elif (
            token.low in ("this", "last", "earlier", "late", "early", "that", "next") and line[begins + 1].low in _TIMES
        ):
            begins += 2
        elif token.low in _SPANNING and (end := _span_of_time(line, begins)) is not None:
            begins = end
        elif token.low in ("earlier", "later", "recently", "separately"):
            begins += 1
        elif token.low == "at" and line[begins + 1].low in ("least", "most"):
            break  # "reported at least six dead"
        elif token.low in _ADVERBIAL and (token.low != "to" or _is_whom(line, begins + 1)):
            end = _adverbial_end(line, begins)
            if end is None:
                break
            begins = end
        elif token.text in (",", ":") and line[begins + 1].is_quotation:
            begins += 1
        else:
            break
    return begins


def _begins_source(token: Token, following: Token) -> bool:
    another = token.pauses and following.low in ("who", "whom", "citing", "quoting")
    return another or (token.low == "according" and following.low == "to")


def _begins_circumstance(line: Line, at: int) -> bool:
    """Whether the writer's own "hours after Northwire reported ...", "as the board said ..." begins behind a pause."""
    step = next((n for n in range(at, at + 4) if line[n].low in _SPANS_OF_TIME), None)
    if step is not None and line[step + 1].low in ("after", "before"):
        return True
    if line.lows(at, at + 2) in (["even", "as"], ["and", "when"]) or line.lows(at, at + 2) == ["compared", "with"]:
        return True
    if line[at].low not in ("as", "while", "because", "after", "before", "although", "though", "even"):
        return False
    for number in range(at + 2, at + 10):
        token = line[number]
        if token.is_mark or token.is_quotation or token.low in lex.STOPS:
            return False
        if token.low in lex.SAYS and not (token.low in lex.NOUN_LIKE and is_noun(line, number)):
            return token.low not in lex.THINKS
    return False


def _is_whom(line: Line, at: int) -> bool:
    """Whether "to" leads to persons and not to an infinitive."""
    token = line[at]
    return token.is_name or token.low in lex.DETERMINERS or token.low in OCCASIONS or token.low in _PUBLIC


def _adverbial_end(line: Line, at: int) -> int | None:
    """Where the adverbial phrase that begins here ends, None if it cannot be told from the content."""
    for number in range(at + 1, min(at + _ADVERBIAL_MAX_TOKENS, len(line))):
        token, following = line[number], line[number + 1].low
        if token.is_quotation or token.low == "that" or token.text in (":", ","):
            return number
        if token.low in lex.DAYS and following not in lex.DAYS and following not in OCCASIONS:
            return number + 1
        if token.low in OCCASIONS and following not in lex.words("with on to at in from published released by"):
            return number + 1
    short = at + _ADVERBIAL_MAX_TOKENS >= len(line)
    return len(line) if short and not lex.AUXILIARIES.intersection(line.lows(at, len(line))) else None


def _another_cue(line: Line, number: int) -> bool:
    """Whether "and added", "but the aides later said", ", saying" begins here."""
    step = number + 1
    while line[step].low in ("and", "but") or line[step].supports_verb:
        step += 1
    first = step
    while step < number + 7 and step + 1 < len(line) and _in_subject(line, step):
        step += 1
    while line[step].supports_verb:
        step += 1
    if line[number].is_mark and step > first and not _speaks_on(line, step):
        return False
    cue = line[step].low in lex.SAYS and not line[step].is_name
    return cue and not (line[step].low in lex.NOUN_LIKE and is_noun(line, step))


def _speaks_on(line: Line, at: int) -> bool:
    """Whether the verb behind a pause and a subject opens a quotation or ends the clause: ", Lee replied, “...”"."""
    following = line[at + 1]
    when = following.low in lex.DAYS or following.low in ("on", "late", "early", "in", "at", "during")
    return following.is_quotation or following.is_mark or following.low == "that" or when


def _in_subject(line: Line, at: int) -> bool:
    token = line[at]
    plural = token.low.endswith("s") and token.low not in lex.SAYS and not token.is_mark
    counted = token.text[:1].isdigit() or token.low in ("than", "percent", "in") or token.text == "%"
    return token.is_name or token.low in lex.DETERMINERS or token.low in ("he", "she", "they") or plural or counted


def _ends_thing(line: Line, number: int, start: int) -> bool:
    """Whether the thing spoken of ends here: it is shorter than a clause."""
    token, following = line[number], line[number + 1]
    if token.pauses:
        return following.low in lex.STOPS or following.low in lex.words("saying he she they it a the")
    if token.low == "to":
        return bool(_PUBLIC.intersection(line.lows(number + 1, number + 3)))
    return number > start + 1 and token.low in ("while", "because", "but", "after", "when")
