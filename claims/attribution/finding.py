"""From paragraphs to raw attributions: sentences read one by one, quotations followed from sentence to sentence."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from claims.attribution import lexicon as lex
from claims.attribution import nouns
from claims.attribution.clauses import parse
from claims.attribution.found import Found
from claims.attribution.labels import labelled, speakers
from claims.attribution.marks import Quoted, around, quotations, within
from claims.attribution.phrases import clause_start, subject_left, subject_right
from claims.attribution.tokens import Line, Range, is_quotation, lines, names_within
from claims.text import sentences
from claims.types import Span

NESTED_MIN_WORDS = 6  # a shorter quotation holds no attribution of its own
LEAD_IN_MAX_WORDS = 6  # "And more:" leads a quotation in; a longer line with a colon has a source of its own
COLON_SOURCE_MAX = 3  # words before the words for a source that stands before a colon: "The view of Ann Lee:"
#: how often a quotation alone in its paragraph was the last speaker's on the training articles
CARRIED_ON = 0.6
CARRIED_MAX_CHARS = 400  # from the end of what was said last
TITLE_MAX_WORDS = 8  # a longer line in single marks is a quotation
LOOK_BACK = 50  # attributions among which the last speaker is looked for
#: begin a line that only goes on with what the last speaker said
_LEADS_ON = lex.words("and more also further it then later elsewhere another in furthermore")
#: words in marks behind one of these are a title
_NAMES_A_WORK = lex.words("titled entitled called named dubbed headlined book song film movie novel album play")
_WORD = re.compile(r"\w+")
_HEAD = re.compile(
    r"\s*(?:(?:date|published|updated|posted)\W{0,2}\s*)?\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}\S*)?\s*[-–—|:]?\s*"
    r"|\s*[A-Z][A-Z.’'/ -]+(?:,\s*[A-Z][\w.]+)?(?:,\s*\w+\.?\s+\d{1,2})?\s*(?:\([\w ./]+\)\s*)?[-–—]{1,2}\s+"
)
_DASHES = ("—", "–", "―", "-", "--")
_NOBODY = re.compile(r"(?:nobody|no|none|neither|few)\b", re.IGNORECASE)
_FIRST_PERSONS = frozenset(("i", "we", "you", "me", "us", "who", "that", "which"))


class Finder:
    """One pass over an article; what was found so far decides who goes on speaking."""

    def __init__(self, text: str, quoted: Sequence[Quoted]) -> None:
        self.text = text
        self.found: list[Found] = []
        self._quotations = quoted
        self._names = names_within(text)
        self._waiting: int | None = None  # an attribution that ends with a colon, or whose quotation goes on
        self._lead_in: Span | None = None  # "And more:"
        self._subject: Span | None = None  # the person that the sentence before is about
        self._subjects: dict[Span, Span] = {}  # the same for each quotation that nobody has claimed yet

    def paragraph(self, paragraph: Span) -> None:
        """Read the next paragraph."""
        start = paragraph.start
        head = _HEAD.match(self.text, start, paragraph.end)
        if head and head.end() < paragraph.end:
            start = head.end()
        spoken: int | None = None  # the attribution that the next sentence of the paragraph may carry on
        loose: list[Span] = []  # quotations at the head of the paragraph that wait for their "he said"
        for unit in _units(self.text, Span(start, paragraph.end), self._quotations):
            for here in lines(self.text, unit, within(self._quotations, unit), self._names):
                spoken = self._unit(here.span((0, len(here))), here, spoken, loose)
        for span in loose:
            if (subject := self._subjects.get(span)) is not None and subject.start >= start:
                # "Ann Lee shook her head. “...”"
                self.found.append(Found(subject, None, (span,), "said", CARRIED_ON))
            else:
                self._unclaimed(span, quoted_alone=True)
        if not any(one.goes_on for one in within(self._quotations, paragraph)):
            self._waiting = self._waiting if self._is_open(self._waiting) else None

    def _is_open(self, number: int | None) -> bool:
        return number is not None and self.found[number].open and not self.found[number].content

    def _unit(self, unit: Span, here: Line, spoken: int | None, loose: list[Span]) -> int | None:
        new = parse(here)
        if here.is_bare:
            return self._bare(here, spoken, loose)
        subject = clause_start(here, len(here) - 1) if not here.quotations else None
        speaks = subject is not None and self._may_speak(here, subject, ends=False)
        self._subject = here.span(subject) if subject is not None and speaks else None
        first = len(self.found)
        if not new:
            new = self._by_dash(here, loose) or self._by_colon(here)
        self._waiting = None
        opening = here[1 if here[0].low in ("but", "and", "so") else 0]
        if not new and spoken is not None and opening.is_quotation:
            # "..., Ann Lee said. “...” or so": a quotation with a loose end
            self.found[spoken] = _extended(self.found[spoken], here.quotations)
            return spoken
        for one in new:
            self.found.append(one)
            if one.open:
                self._waiting = len(self.found) - 1
        last = self._speaker(first)
        if loose and last is not None:
            self.found[last] = _extended(self.found[last], loose)
            loose.clear()
        for span in here.quotations:
            if not self._covered(span, first):
                self._uncovered(span, None if new else here)
        for span in here.quotations:
            self._nested(span)
        words = len(_WORD.findall(self.text, unit.start, unit.end))
        leads = self.text[unit.end - 1] == ":" and words <= LEAD_IN_MAX_WORDS and here[0].low in _LEADS_ON
        self._lead_in = unit if not new and leads else None
        goes_on = any(one.goes_on for one in within(self._quotations, unit))
        if goes_on and last is not None:
            self._waiting = last
        return last

    def _bare(self, here: Line, spoken: int | None, loose: list[Span]) -> int | None:
        """A sentence that is nothing but quotation."""
        for span in here.quotations:
            (quoted,) = within(self._quotations, span)
            if self._waiting is not None and (self._is_open(self._waiting) or quoted.carried_on):
                self.found[self._waiting] = _extended(self.found[self._waiting], [span])
                spoken = self._waiting
                if not quoted.goes_on:
                    self._waiting = None
            elif spoken is not None:
                self.found[spoken] = _extended(self.found[spoken], [span])
                self._waiting = spoken if quoted.goes_on else None
            elif self._lead_in is not None:
                self._carried(span, self._lead_in)
                spoken = len(self.found) - 1
                self._lead_in = None
            else:
                loose.append(span)
                if self._subject is not None:
                    self._subjects[span] = self._subject
            self._nested(span)
        return spoken

    def _by_dash(self, here: Line, loose: list[Span]) -> list[Found]:
        """ "“...” — Ann Lee": a name behind a dash, and the quotation before it or alone in the paragraph before."""
        dash = next((n for n in range(2) if here[n].text in _DASHES), None)
        if dash is None or not here[dash + 1].is_name or here.has_verb((dash, len(here))):
            return []
        source = subject_right(here, dash + 1, appositive=True)
        content = (*loose, *here.quotations) or self._right_before(here[0].span.start)
        if source is None or not content or here.has_quotation((dash, len(here))):
            return []
        loose.clear()
        return [Found(here.span(source), here[dash].span, content, "—", 0.8)]

    def _right_before(self, at: int) -> tuple[Span, ...]:
        """The quotation that nothing but blanks parts from ``at`` and that no cue claims; it is taken back."""
        last = self.found[-1] if self.found else None
        if last is None or last.cue is not None or self.text[last.content[-1].end : at].strip():
            return ()
        return self.found.pop().content

    def _by_colon(self, here: Line) -> list[Found]:
        """ "Ann Lee: "..."", "Ann Lee on the result: "..."", "And more: "..."": a quotation without a verb."""
        colon = next((n for n in range(1, len(here)) if here[n].text == ":"), None)
        ends = colon is not None and colon == len(here) - 1
        if colon is None or not (here[colon + 1].is_quotation or ends):
            return []
        content = () if ends else (here[colon + 1].span,)
        small = colon <= LEAD_IN_MAX_WORDS and not any(here[n].is_name for n in range(colon))
        if small and here[0].low in _LEADS_ON:
            if not ends:
                self._carried(here[colon + 1].span, here.span((0, colon)))
            return []
        whole = subject_left(here, colon - 1)
        source = whole if whole is not None and whole[0] <= 1 else clause_start(here, colon)
        source = whole if source is None and whole is not None and whole[0] <= COLON_SOURCE_MAX else source
        if source is None or not self._may_speak(here, source, ends=ends):
            return []
        return [Found(here.span(source), here[colon].span, content, ":", 0.6, open=ends)]

    def _may_speak(self, here: Line, source: Range, *, ends: bool) -> bool:
        """Whether the words before a colon are those of a speaker; of a person, where the quotation only follows."""
        person = here[source[0]].low in ("he", "she", "they") or any(
            here[n].low in nouns.ONE | nouns.OCCUPATIONS | nouns.SPEAKERS for n in range(*source)
        )
        written = not ends and nouns.PRESS.union(nouns.DOCUMENTS).intersection(here.lows(*source))
        return person or bool(written) or any(here[n].is_name and here[n].text[0].isalpha() for n in range(*source))

    def _speaker(self, first: int) -> int | None:
        """The last attribution since ``first`` that a following quotation may belong to."""
        speaking = [
            number
            for number in range(first, len(self.found))
            if (one := self.found[number]).source is not None
            and (one.word in lex.SAYS or one.word in ("according", ":"))
        ]
        direct = [number for number in speaking if self._is_direct(self.found[number])]
        return direct[0] if direct else speaking[-1] if speaking else None

    def _is_direct(self, one: Found) -> bool:
        return any(other.span == part for part in one.content for other in within(self._quotations, part))

    def _covered(self, span: Span, first: int) -> bool:
        return any(
            part.start < span.end and span.start < part.end for one in self.found[first:] for part in one.content
        )

    def _uncovered(self, span: Span, here: Line | None) -> None:
        """A quotation in a sentence whose own cues do not reach it; ``here`` where the sentence has none."""
        if len(_WORD.findall(self.text, span.start, span.end)) < NESTED_MIN_WORDS:
            return
        at = next((n for n in range(len(here)) if here[n].span == span), 0) if here is not None else 0
        if here is not None and here[at - 1].low in _NAMES_A_WORK:
            return
        if here is not None and at > 1:
            # as in 'Ann Lee issued a statement, “...”' or 'She was sorry for what had happened: “...”'; words that
            # only go on with the sentence, as in 'she led him into “a room ...”', may be anybody's
            opens = here[at - 1].is_mark or self.text[span.start : span.start + 2].strip("“”\"‘'«").isupper()
            source = None if not opens else clause_start(here, at - here[at - 1].is_mark)
            if source is not None and self._may_speak(here, source, ends=True):
                self.found.append(Found(here.span(source), None, (span,), "said", CARRIED_ON))
                return
        self._unclaimed(span, quoted_alone=False)

    def _unclaimed(self, span: Span, *, quoted_alone: bool) -> None:
        before = next(
            (
                one
                for one in islice(reversed(self.found), LOOK_BACK)
                if one.source is not None and one.content and one.content[0].end <= span.start
            ),
            None,
        )
        words = len(_WORD.findall(self.text, span.start, span.end))
        if quoted_alone and words < TITLE_MAX_WORDS and self.text[span.start] in "'‘":
            return  # the heading of a part
        if quoted_alone and before is not None and span.start - before.content[-1].end < CARRIED_MAX_CHARS:
            self.found.append(Found(before.source, None, (span,), before.word, CARRIED_ON))
        else:
            self.found.append(Found(None, None, (span,), "", 0.3))

    def _carried(self, span: Span, lead_in: Span) -> None:
        before = next(
            (one for one in islice(reversed(self.found), LOOK_BACK) if one.source and not self._in_quotation(one)), None
        )
        self.found.append(Found(before.source if before else None, lead_in, (span,), "more", 0.7))

    def _in_quotation(self, one: Found) -> bool:
        return one.source is not None and around(self._quotations, one.source.start) is not None

    def _nested(self, span: Span) -> None:
        """Attributions inside what is quoted: "the sources said" in Reuters' own words."""
        if len(_WORD.findall(self.text, span.start, span.end)) < NESTED_MIN_WORDS:
            return
        inner = Span(span.start + 1, span.end - (self.text[span.end - 1] in "\"”»“'’"))
        deeper = quotations(self.text, (inner,))
        for sentence in sentences(self.text, inner):
            parsed = [
                one for here in lines(self.text, sentence, within(deeper, sentence), self._names) for one in parse(here)
            ]
            for one in parsed:
                speaker = one.source.of(self.text).lower() if one.source is not None else "i"
                if speaker not in _FIRST_PERSONS and one.content:
                    self.found.append(one)


def find(text: str, paragraphs: Sequence[Span], quoted: Sequence[Quoted]) -> list[Found]:
    """All attributions of an English text, in order."""
    finder = Finder(text, quoted)
    labels = speakers(text, paragraphs)
    for paragraph in paragraphs:
        named = labelled(text, paragraph, quoted, labels)
        finder.found.extend(named)
        if not named:
            finder.paragraph(paragraph)
    found = [one for one in _as_quoted(finder.found) if one.content and not _is_nobody(one, text)]
    return sorted(found, key=lambda one: (one.content[0].start, -one.content[-1].end, one.cue or Span(0, 1)))


def _as_quoted(found: Sequence[Found]) -> list[Found]:
    """Gives the one who quotes somebody all that the quoted one says, in what follows too."""
    said = {one.through: one.content for one in found if one.through is not None and one.word in lex.SAYS}
    return [replace(one, content=said[one.cue]) if one.word == "quoted" and one.cue in said else one for one in found]


def _is_nobody(one: Found, text: str) -> bool:
    """ "Nobody believed", "no one said": nothing is attributed."""
    if one.source is None:
        return False
    before = text[max(0, one.source.start - 3) : one.source.start].lower()
    return _NOBODY.match(text, one.source.start) is not None or (before == "no " and one.source.of(text) == "one")


def _extended(one: Found, spans: Sequence[Span]) -> Found:
    return replace(one, content=tuple(sorted({*one.content, *spans})), confidence=max(one.confidence, 0.9))


def _units(text: str, part: Span, quotations: Sequence[Quoted]) -> list[Span]:
    """Sentences, joined where a border lies inside a quotation."""
    units: list[Span] = []
    for sentence in sentences(text, part):
        over = around(quotations, sentence.start) if units else None
        joined = over is not None and over.span.start < units[-1].end and over.span.start < sentence.start
        if over is not None and joined and is_quotation(text, over):
            units[-1] = Span(units[-1].start, sentence.end)
        else:
            units.append(sentence)
    return units
