"""Which run of words names the source: the noun phrase left or right of a cue, with its title and description."""

from claims.attribution import lexicon as lex
from claims.attribution import nouns
from claims.attribution.tokens import Line, Range, Token

APPOSITIVE_MAX_TOKENS = 32  # a longer stretch between commas is a clause, not a description
PHRASE_MAX_TOKENS = 28
RELATIVE_MAX_TOKENS = 14  # "who spoke on condition of anonymity to discuss strategy"
CLAUSE_SUBJECT_MAX_TOKENS = 12

_STAND_ALONE = lex.PRONOUNS | lex.words("this that others many some all both everyone none")
_NO_HEADS = lex.words("the a an his her their its this these our my your time night morning afternoon evening worth")
#: a common word behind a name is a verb, unless it is one of these: "Trump stood firm", "Trump supporters"
_NOUNS = (
    nouns.ONE
    | nouns.SEVERAL
    | nouns.SPEAKERS
    | nouns.GROUPS
    | nouns.DOCUMENTS
    | nouns.DATA
    | nouns.PRESS
    | nouns.REPORTERS
) | nouns.TITLES
_PERSON_NOUNS = nouns.ONE | nouns.SEVERAL | nouns.SPEAKERS | nouns.OCCUPATIONS | nouns.TITLES
#: "one of the people", "most of the members"
_PARTS = lex.words("one two three four five some several many most all both each none half few others")
#: "a paper obtained by the Lantern": how documents and data came to the one who shows them
_OBTAINED = lex.words(
    """obtained seen reviewed published released commissioned conducted shared verified viewed issued posted
    prepared compiled provided cited"""
)
#: "according to the board, a figure that ...": what is said is described, and not who says it
_MEASURES = lex.words(
    "figure number rate sum total level share rise increase drop decline jump gap record pace move step"
)
_OBJECTS = lex.words("he she they it him her them me us you we who")
_TIMES = lex.words(
    "moment moments minute minutes hour week weeks month months year years day days hours time times past"
)
_PERSONS = lex.words("spokesman spokeswoman official woman man aide adviser president chairman candidate")
_DESCRIBERS = lex.words("who which whose a an the")
_BEGINS_DESCRIPTION = lex.words("a an the who whose his her one president director chairman former")
_JOINING = lex.words("of for with from at in")
_TAKE_TO = lex.words("close adviser advisor advisers advisors ambassador envoy aide aides assistant counsel")
_OCCASIONAL = lex.DAYS | lex.words("a an this last his her their interview")
_COORDINATES = lex.words("and but or nor so yet")
_CLOSERS = (",", "—", "–", "―", "-", ")")


def subject_left(line: Line, last: int, *, possessive: bool = False) -> Range | None:
    """The noun phrase that ends with token ``last``, its appositive included; None if there is none."""
    if line[last].low in ("both", "all") and (line[last - 1].is_name or line[last - 1].low in _PERSON_NOUNS):
        last -= 1  # "Ann Lee and Tom Hall both said"
    head = line[last]
    if possessive and head.low in lex.OWNERS:
        return (last, last + 1)
    if last < 0 or head.is_quotation or head.low in _NO_HEADS or (head.is_mark and head.text not in _CLOSERS):
        return None
    if head.low in _STAND_ALONE and not (head.is_name and line[last - 1].is_name):
        return (last, last + 1)
    if head.is_mark:
        return _described(line, last)
    if (head.low in _TIMES and not head.is_name) or (head.low in lex.DAYS and last > 0):
        # "Ann Lee on Friday said"
        steps = 2 if line[last - 1].low in ("on", "in", "late", "early") else 1
        return subject_left(line, last - steps) if head.low in lex.DAYS else _after_adverbial(line, last)
    start = _relative_start(line, last)
    start = _phrase_start(line, last) if start is None else start
    # "created questions", "faced questioning": a verb and its object
    verb = start == last and head.low.endswith(("ed", "ing")) and not head.is_name
    return _after_adverbial(line, last) if start is None or verb else (_past_time(line, start, last), last + 1)


def _past_time(line: Line, start: int, last: int) -> int:
    """Past the time in "Last week Ann Lee said"."""
    dated = line[start].low in ("last", "this", "next", "earlier") and line[start + 1].low in _TIMES
    return start + 2 if dated and start + 2 <= last else start


def subject_right(line: Line, first: int, *, appositive: bool) -> Range | None:
    """The noun phrase that begins with token ``first``; with ``appositive`` its description behind a comma too."""
    if line[first].low in _OBJECTS and not (line[first].low == "her" and _nominal(line[first + 1])):
        return (first, first + 1)
    end = _phrase_end(line, first)
    if end is None:
        return None
    if appositive and line[end].text == "," and _describes(line, end + 1):
        end = max(end, _description_end(line, end + 1))
    return (first, end)


def described_right(line: Line, first: int, *, appositive: bool) -> Range | None:
    """As ``subject_right``, with "close to the board", "familiar with the plan" behind a noun for persons."""
    found = subject_right(line, first, appositive=appositive)
    if found is not None and line[found[1]].low == "by" and line[found[1] - 1].low in _OBTAINED:
        by = subject_right(line, found[1] + 1, appositive=False)
        return (found[0], by[1]) if by else found
    if found is not None and found[1] - found[0] > 2 and line[found[1] - 1].low in _OBTAINED:
        return (found[0], found[1] - 1)  # "a poll conducted in May"
    if found is None or not (line[found[1]].low in nouns.REDUCED or line[found[1] - 1].low in nouns.REDUCED):
        return found
    end = found[1]
    while end < len(line) and not (line[end].is_mark or line[end].is_quotation):
        end += 1
    return (found[0], end)


def clause_start(line: Line, before: int) -> Range | None:
    """The subject of the sentence's main clause, for a participle or a second verb without a subject of its own."""
    first = 0
    while line[first].is_quotation or (first and line[first].text == ","):
        first += 1
    if line[0].low in lex.PREPOSITIONS | (lex.STOPS - _COORDINATES):
        first = next((n + 1 for n in range(before - 3) if line[n].text in (",", ";", ":")), 0)
    while line[first].low in ("and", "but", "so", "then", "still", "later", "now", "yet", "also"):
        first += 1
    later = next((n for n in range(first + 1, first + 5) if line[n].low in ("later", "earlier", "ago")), None)
    if later is not None and line[later - 1].low in _TIMES:
        first = later + 1  # "A few minutes later they left and said"
    end = first + 1 if line[first].low in lex.PRONOUNS else _phrase_end(line, first, verb_follows=True)
    if end is None or end > before or end - first > CLAUSE_SUBJECT_MAX_TOKENS:
        return None
    return (first, end)


def _described(line: Line, close: int) -> Range | None:
    """ "Jack Dorsey, Twitter's chief executive, posted": the phrase and its description up to the closing pause."""
    first = clause_start(line, close)
    if first is not None and line[first[1]].text == "," and line[first[1] + 1].text.isdigit():
        return (first[0], close)  # "Ann Lee, 42, a lecturer from Bay Town, Norland, said"
    if first is not None and _spans_description(line, first[1], close):
        return (first[0], close)
    inner = _before_appositive(line, close)
    if inner is None:
        return _after_adverbial(line, close) or _first_phrase(line, close)
    start = _phrase_start(line, inner)
    if start is None:
        return None
    if line[close].text not in (",", ")") and line[inner + 2].low == "which":
        return (start, inner + 1)
    return (start, close + 1 if line[close].text == ")" else close)


def _spans_description(line: Line, comma: int, close: int) -> bool:
    """Whether all between two commas describes the name before: "Ann Lee, whose latest firm, Bay Works, grew, said"."""
    if line[comma].text != "," or line[close].text != "," or not comma + 1 < close <= comma + APPOSITIVE_MAX_TOKENS:
        return False
    opening = line[comma + 1].low
    if any(line[number].is_quotation or line[number].text in (";", ":") for number in range(comma, close)):
        return False
    if opening in ("who", "whose"):
        return sum(line[number].text == "," for number in range(comma + 1, close)) != 1 or opening == "whose"
    return opening in ("the", "a", "an") and not line.has_verb((comma + 1, close)) and line[comma - 1].is_name


def _first_phrase(line: Line, close: int) -> Range | None:
    """ "Sen. Ann Lee (D), noting the size of the list, said": the subject with which the sentence begins."""
    first = clause_start(line, close)
    named = first is not None and any(line[n].is_name for n in range(*first))
    return first if first is not None and named and line[first[1]].text in (",", "—", "–") else None


def _before_appositive(line: Line, close: int) -> int | None:
    """The last token of the phrase that the appositive between two pauses describes."""
    mark = "(" if line[close].text == ")" else line[close].text
    for number in range(close - 1, max(close - APPOSITIVE_MAX_TOKENS, 0), -1):
        if line[number].is_quotation or line[number].low in ("said", "says", "told"):
            return None
        if line[number].text == mark:
            before = line[number - 1]
            person = (
                before.is_name
                or before.low in _PERSONS
                or before.low in nouns.ONE | nouns.OCCUPATIONS
                or before.low.endswith(("s", "er", "or", "ist"))
            )
            described = person or (_nominal(before) and line[number + 1].low in _DESCRIBERS)
            return number - 1 if described and not before.is_mark and number + 1 < close else None
    return None


def _relative_start(line: Line, last: int) -> int | None:
    """ "an official who spoke anonymously to discuss strategy said": the phrase before "who"."""
    for number in range(last, max(last - RELATIVE_MAX_TOKENS, 0), -1):
        if line[number].is_mark or line[number].is_quotation:
            return None
        before = line[number - 1]
        reduced = line[number].low in nouns.REDUCED and before.low in nouns.ONE | nouns.SEVERAL
        speaking = line[number].low == "speaking" and (before.is_name or before.low in _PERSON_NOUNS)
        reduced = reduced or (speaking and number < last)
        if line[number].low == "who" or reduced:
            return _phrase_start(line, number - 1)
    return None


def _after_adverbial(line: Line, last: int) -> Range | None:
    """The subject before "has, over the past week, ...": an auxiliary with an adverbial between it and the cue."""
    for number in range(last, max(last - 10, 0), -1):
        token = line[number]
        if token.low in lex.HAVE:
            start = _phrase_start(line, number - 1)
            return None if start is None else (start, number)
        if token.is_quotation or token.low in lex.STOPS or token.low in lex.AUXILIARIES:
            return None
    return None


def _phrase_start(line: Line, last: int) -> int | None:
    if last < 0 or not _nominal(line[last]):
        return None
    start = last
    while start > 0 and last - start < PHRASE_MAX_TOKENS:
        step = _step_left(line, start)
        if step is None:
            break
        start = step
    return start


def _step_left(line: Line, start: int) -> int | None:
    """Where the phrase begins if it reaches one step further left than ``start``; None where it ends."""
    left, here, behind = line[start - 1], line[start], line[start - 2]
    if left.is_mark:
        return _past_mark(line, start)
    joined = left.low in lex.INNER_PREPOSITIONS or left.low in lex.DETERMINERS or left.low in ("and", "by")
    # "goods that many analysts expect": the relative, and no pointing word
    relative = left.low == "that" and (here.low in lex.DETERMINERS or here.is_name or here.low.endswith("s"))
    named = here.is_name and left.is_name and here.low not in ("the", "a")  # "Channel One"
    closed = relative or (here.low in lex.DETERMINERS and not joined and not named)
    dated = left.low in lex.DAYS and not here.is_name and here.low not in ("report", "interview")
    if closed or dated or left.is_quotation:
        return None
    if left.low == "by" and behind.low in nouns.DATA | nouns.DOCUMENTS | _OBTAINED:
        return start - 2
    if left.low in lex.INNER_PREPOSITIONS:
        joins = (
            (_nominal(behind) or behind.low in _PARTS)
            and behind.low not in lex.DAYS
            and (left.low in _JOINING or behind.low.endswith("s"))
        )
        return start - 2 if start > 1 and joins else None
    if left.low == "and":
        return start - 2 if start > 1 and _pair(behind, here) and _begins_clause(line, start - 2) else None
    return start - 1 if _nominal(left) or left.low in lex.DETERMINERS else None


def _past_mark(line: Line, start: int) -> int | None:
    mark = line[start - 1].text
    if mark == ",":
        return start - 2 if line[start].text.startswith(("R-", "D-", "Jr", "Sr")) else None
    if mark == ")":
        return next((n for n in range(start - 2, max(start - 9, 0), -1) if line[n].text == "("), None)
    return start - 1 if mark in ("%", "$", "-", "'", "’") else None


def _pair(left: Token, right: Token) -> bool:
    """Whether "A and B" before a cue is one source of two."""
    both_names = left.is_name and (right.is_name or right.low in lex.DETERMINERS)
    words = not (left.is_mark or right.is_mark or left.is_name or right.is_name)
    persons = (left.low in _PERSON_NOUNS or left.is_name) and right.low in lex.DETERMINERS
    persons = persons or (left.low in _PERSON_NOUNS and right.is_name)  # "the senator and Norland candidate"
    return both_names or persons or (words and left.low.endswith("s") and right.low.endswith("s"))


def _begins_clause(line: Line, last: int) -> bool:
    """Whether the phrase that ends with token ``last`` begins its clause, so that it is no object of a verb."""
    start = _phrase_start(line, last)
    before = line[-1 if start is None else start - 1]
    return start is not None and (start == 0 or before.is_mark or before.is_quotation or before.low in lex.STOPS)


def _nominal(token: Token) -> bool:
    """Whether the token can stand inside a noun phrase."""
    if token.is_name:
        return True
    if token.is_mark or token.is_quotation or not (token.text[0] in "'’" or token.text[0].isalnum()):
        return False
    low = token.low
    if (
        low in lex.STOPS
        or low in lex.PREPOSITIONS
        or low in lex.AUXILIARIES
        or low in lex.ADVERBS
        or low in lex.PRONOUNS
    ):
        return False
    verb = low in lex.SAYS and low not in lex.NOUN_LIKE
    return not verb and not (low.endswith("ly") and low not in ("family", "ally", "rally"))


def _describes(line: Line, at: int) -> bool:
    """Whether a description of the name before the comma begins with this token."""
    token = line[at]
    if token.low in _BEGINS_DESCRIPTION:
        return not _MEASURES.intersection(line.lows(at + 1, at + 3))
    if token.is_mark or token.is_quotation or token.low.endswith("ing") or not _nominal(token):
        return False
    return not token.is_name or token.owns or token.text.startswith(("R-", "D-"))


def _description_end(line: Line, start: int) -> int:
    stop = start
    while (
        stop < len(line) and not line[stop].is_quotation and line[stop].text not in (".", ";", ":", "—", "–", "!", "?")
    ):
        if line[stop].low == "who" and lex.SAYS.intersection(line.lows(stop + 1, stop + 4)):
            return stop - 1
        if line[stop].text == "," and not _describes(line, stop + 1):
            return stop
        stop += 1
    return stop


def _phrase_end(line: Line, first: int, *, verb_follows: bool = False) -> int | None:
    end = first
    while end < len(line) and end - first < PHRASE_MAX_TOKENS:
        step = _step_right(line, first, end)
        if verb_follows and end > first and line[end - 1].is_name and _may_be_verb(line[end]):
            break
        if step is None:
            break
        end = step
    return end if end > first and (_nominal(line[end - 1]) or line[end - 1].text == ")") else None


def _step_right(line: Line, first: int, end: int) -> int | None:
    """Where the phrase goes on behind token ``end``; None if that token is no part of it."""
    token, left, right = line[end], line[end - 1], line[end + 1]
    inside = False
    if token.text == "(" and end > first:
        close = next((n for n in range(end, end + 8) if line[n].text == ")"), None)
        return None if close is None else close + 1
    if token.low in lex.DETERMINERS and not (token.is_name and left.is_name):
        inside = end == first or left.low in lex.PREPOSITIONS or _points(left) or left.low == "and"
    elif token.low in lex.INNER_PREPOSITIONS and token.low not in ("on", "about"):
        inside = end > first and _attaches(left.low, token.low, right)
    elif token.low == "and":
        inside = end > first and (_nominal(right) or right.low in lex.DETERMINERS)
    else:
        adverb = token.low.endswith("ly") and end > first and left.low in lex.DETERMINERS and _nominal(right)
        inside = adverb or (_nominal(token) and token.low not in lex.DAYS)
    return end + 1 if inside else None


def _points(token: Token) -> bool:
    return token.low in lex.DETERMINERS and not token.is_name


def _may_be_verb(token: Token) -> bool:
    return not (token.is_name or token.is_mark or token.low in _NOUNS or token.low in lex.INNER_PREPOSITIONS)


def _attaches(noun: str, preposition: str, following: Token) -> bool:
    """Whether the preposition attaches to the phrase, and is no adverbial of time, place or occasion."""
    if preposition in ("of", "to"):
        return preposition == "of" or noun in _TAKE_TO
    return following.low not in _OCCASIONAL and (preposition in ("for", "from", "at", "with") or following.is_name)
