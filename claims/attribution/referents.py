"""Whom the words mean that name nobody: "she", "it", "the minister", "the company", "the newspaper", "the report"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from claims.attribution import nouns
from claims.attribution.names import Body, Names, Person
from claims.attribution.places import inside, touching
from claims.types import Authority, Outlet, Span

#: how far back, in characters, a pronoun or "the newspaper" looks for the one it stands for
REACH = 1500
#: how far a report by somebody else, or one who was quoted with a description, is looked for: most of an article
FAR_REACH = 8 * REACH

_GROUPS = (Authority.NAMED_GROUP, Authority.UNNAMED_GROUP, Authority.DOCUMENT, Authority.DATA)
_ONE_PERSON = (Authority.NAMED, Authority.UNNAMED)
_NAMELESS = (Authority.UNNAMED, Authority.UNNAMED_GROUP)
_SINGLE = nouns.listed("one another")
_SHARES = _SINGLE | nouns.listed("two three four five several some many most all both none few")
_REST = frozenset(
    tuple(words.split())
    for words in ("the other", "the others", "another", "others", "a second", "the second", "a third", "the third",
                  "the first", "the other two", "both", "the latter", "the former")
)  # fmt: skip
_PRONOUNS = nouns.listed("he she they it who his her their its him we i")
_PUBLIC_BODIES = nouns.listed(
    "ministry government department council court police committee parliament senate party agency university"
)
_WORD = re.compile(r"[^\W_]+(?:[.'’\-‑&][^\W_]+)*")
_SENTENCE_END = re.compile(r"[.!?…][\"”’»)]*\s+|\n")
#: "President Lee" is the president, whoever presides over a board in the same text
_PRESIDENT = re.compile(r"\bPresident ((?:[A-Z][\w.’'-]+ ?){1,3})")
#: what follows is no description of the person itself: "who was in Port Lee with his family"
_RELATIVE = re.compile(r"\b(?:who|whose|which|with|led by)\b")
_AGED = re.compile(r"^(\d+)-year-old$")
_REPORT_OF_OTHERS = re.compile(
    r"\b(?:an?|new|its|their|his|her|[\w.]+['’]s?)\s+(?:[\w-]+\s+){0,3}?report\b"
    r"(?!\s+(?:that|by\s+(?:the\s+)?[A-Z]\w+\s+News))"
)

SUBJECT_CHARS = 40  # title and description before a name


@dataclass(frozen=True, slots=True)
class Who:
    """What is known of a source."""

    authority: Authority
    resolved: str | None = None
    description: str | None = None
    outlet: str | None = None


class Referents:
    """Those whom one article has named or quoted so far; ``note`` is called in the order of the text."""

    def __init__(self, text: str, names: Names, mentions: Sequence[tuple[Span, Outlet]]) -> None:
        self._text = text
        self._names = names
        self._mentions = mentions
        self._presidents = [Span(*match.span(1)) for match in _PRESIDENT.finditer(text)]
        self._cited: list[tuple[int, str]] = []  # outlets that vouched for something
        self._spoke: list[tuple[int, Who]] = []

    def note(self, source: Span, who: Who) -> None:
        """Remember that this one was quoted here."""
        if who.authority is Authority.OUTLET and who.outlet:
            self._cited.append((source.start, who.outlet))
        self._spoke.append((source.start, who))

    # --- outlets ---------------------------------------------------------------------------------------------------
    def outlet(self, source: Span, low: Sequence[str], head: str) -> Who | None:
        """ "The newspaper", "the report": the outlet cited last."""
        if head not in nouns.PRESS or low[0] not in ("the", "its", "this", "that") or not self._is_bare(source, low):
            return None
        known = self._named_last(source.start) if "same" in low else None
        known = known or self._last_outlet(source.start, cited=head in nouns.DOCUMENTS)
        if known is None or (head in nouns.DOCUMENTS and self._other_document(source.start, head)):
            return None
        return Who(Authority.OUTLET, known, None, known)

    def _is_bare(self, source: Span, low: Sequence[str]) -> bool:
        """Whether the words name no other author: "the Monday report", and not "the Velmora report"."""
        inner = source.of(self._text).split()[1:]
        return len(low) <= 4 and not any(word[:1].isupper() and not word.endswith("day") for word in inner)

    def _last_outlet(self, before: int, *, cited: bool) -> str | None:
        """The outlet cited last, else, unless one must have been ``cited``, the one named last."""
        last = next((name for at, name in reversed(self._cited) if at < before), None)
        return last if last is not None or cited else self._named_last(before)

    def _named_last(self, before: int) -> str | None:
        named = inside(self._mentions, Span(max(0, before - REACH), before), lambda one: one[0]) if before else ()
        return named[-1][1].name if named else None

    def _other_document(self, before: int, head: str) -> bool:
        """Whether a report of somebody else was brought in after the last outlet."""
        last = next((at for at, _ in reversed(self._cited) if at < before), 0)
        return head == "report" and any(
            not touching(self._mentions, Span(*match.span()), lambda one: one[0])
            for match in _REPORT_OF_OTHERS.finditer(self._text, max(last, before - FAR_REACH), before)
        )

    # --- pronouns --------------------------------------------------------------------------------------------------
    def pronoun(self, source: Span, low: Sequence[str]) -> Who | None:
        """The one whom "she", "it" or "who" means; None if the words are no pronoun."""
        word = low[0]
        if len(low) > 1 or word not in _PRONOUNS:
            return None
        if word in ("we", "i"):
            return Who(Authority.UNCLEAR)
        if word == "who":
            return self._relative(source)
        if word in ("he", "she", "his", "her", "him"):
            return self._person(source, female=word in nouns.FEMALE)
        return self._group(source, plural=word in ("they", "their"))

    def _group(self, source: Span, *, plural: bool) -> Who:
        if not plural and self._spoke and self._spoke[-1][1].authority is Authority.OUTLET:
            return self._spoke[-1][1]
        at, group = next(((at, who) for at, who in reversed(self._spoke) if who.authority in _GROUPS), (0, None))
        start, end = self._sentence_before(source.start)
        if group is not None and at >= start:
            return group
        subject = self._subject(start, end)
        if subject is not None:
            return subject
        if group is not None and source.start - at < REACH / 2:
            return group
        return Who(Authority.UNCLEAR)

    def _sentence_before(self, at: int) -> tuple[int, int]:
        """Where the sentence before the one at ``at`` begins and ends."""
        ends = [match.end() for match in _SENTENCE_END.finditer(self._text, max(0, at - REACH // 2), at)]
        if not ends:
            return at, at
        return (ends[-2] if len(ends) > 1 else max(0, at - REACH // 2)), ends[-1]

    def _subject(self, start: int, end: int) -> Who | None:
        """The body or outlet that begins a sentence."""
        head = start + len(self._text[start:end]) - len(self._text[start:end].lstrip(" \n\"“'‘"))
        head += 4 if self._text.startswith("The ", head) else 0
        for _, outlet in touching(self._mentions, Span(head, head + 1), lambda one: one[0]):
            return Who(Authority.OUTLET, outlet.name, None, outlet.name)
        for body in touching(self._names.bodies, Span(head, head + 1), lambda one: one.span):
            return Who(Authority.NAMED_GROUP, body.name)
        return None

    def _relative(self, source: Span) -> Who:
        """ "Mr. Lee, who said": the one right before."""
        person = self._names.last_person(source.start, within=40)
        if person is not None:
            return Who(Authority.NAMED, person.name)
        before = [word.lower() for word in _WORD.findall(self._text, max(0, source.start - 40), source.start)]
        if before and before[-1] in nouns.SEVERAL:
            return Who(Authority.UNNAMED_GROUP)
        return Who(Authority.UNNAMED if before and before[-1] in nouns.ONE else Authority.UNCLEAR)

    def _person(self, source: Span, *, female: bool) -> Who:
        near = self._names.people_before(source.start, within=REACH // 3)
        fitting = [person for person in near if person.female in (None, female)]
        names = {person.name for person in fitting}
        last = next((who for _, who in reversed(self._spoke) if who.authority in _ONE_PERSON), None)
        if (here := self._in_paragraph(source, fitting, female=female)) is not None:
            return here
        if last is not None and last.resolved in names:
            rivals = {person.name for person in fitting if person.span.start >= source.start - REACH // 9}
            if not rivals - {last.resolved} or last.resolved in rivals:
                return Who(last.authority, last.resolved, last.description)
        if len(names) == 1:
            return Who(Authority.NAMED, next(iter(names)))
        sure = {person.name for person in fitting if person.female is female}
        if len(sure) == 1 and not self._rival_subject(source.start, fitting, sure):
            return Who(Authority.NAMED, next(iter(sure)))
        if last is not None and not fitting and (last.resolved is None or self._is_of(last.resolved, female)):
            return last
        return Who(Authority.NAMED if names else Authority.UNCLEAR)

    def _in_paragraph(self, source: Span, fitting: Sequence[Person], *, female: bool) -> Who | None:
        """The one whom the paragraph is about so far: its only person if a sentence begins so, or one not named."""
        spoke, last = next(((at, who) for at, who in reversed(self._spoke) if who.authority in _ONE_PERSON), (-1, None))
        start = self._text.rfind("\n", 0, source.start) + 1
        within = [one for one in fitting if one.span.start >= start and not self._is_quoted(start, one.span.start)]
        known = any(person.female is female for person in fitting)
        alone = len({person.name for person in within}) == 1 and within[-1].female is female
        if alone and self._is_subject(within[-1].span):
            told = last.description if last is not None and last.resolved == within[-1].name else None
            return Who(Authority.NAMED, within[-1].name, told)
        nameless = last is not None and last.authority is Authority.UNNAMED
        return last if nameless and spoke >= start and not within and not known else None

    def _is_quoted(self, start: int, at: int) -> bool:
        """Whether a quotation that began behind ``start`` is open at ``at``: who is named there is spoken of."""
        before = self._text[start:at]
        return before.count("“") > before.count("”") or before.count('"') % 2 == 1 or before.count("''") % 2 == 1

    def _is_of(self, name: str, female: bool) -> bool:
        return all(one.female in (None, female) for one in self._names.people_called(name))

    def _rival_subject(self, at: int, fitting: Sequence[Person], sure: set[str]) -> bool:
        """Whether somebody whose sex is not known stands between the one it is known of and the pronoun."""
        known = max(person.span.start for person in fitting if person.name in sure)
        return any(known < person.span.start < at for person in fitting if person.name not in sure)

    # --- descriptions ----------------------------------------------------------------------------------------------
    def described(self, source: Span, low: Sequence[str], head: str) -> Who | None:
        """ "The minister", "the 54-year-old", "the company": the one whom the text described so."""
        # "The White House", "the FBI", "the Velmora administration"; but "the Prime Minister"
        named = [
            word
            for word in source.of(self._text).split()[1:]
            if word[0].isupper() and (word.lower() not in nouns.TITLES or head not in nouns.OFFICES)
        ]
        if low[0] not in ("the", "that", "this") or len(low) > 3 or any(word.lower() == head for word in named):
            return None
        aged = _AGED.match(head)
        noun = aged[1] if aged else head
        if not aged and noun in nouns.GROUPS | nouns.FIRMS:
            return None if named else self._firm(source.start, noun)
        if noun == "president":
            titled = inside(self._presidents, Span(0, source.start), lambda one: one) if source.start else ()
            person = self._names.person_in(titled[-1]) if titled else None
            if person is not None:
                return Who(Authority.NAMED, person.name)
        word = re.compile(rf"\b{re.escape(noun)}\b", re.IGNORECASE)
        near = takewhile(lambda spoken: source.start - spoken[0] < FAR_REACH, reversed(self._spoke))
        for who in dict.fromkeys(who for _, who in near):
            told = _RELATIVE.split(who.description)[0] if who.description is not None else ""
            if word.search(told) and all(one in told for one in named):
                return Who(who.authority, who.resolved, who.description)
        person = None if named else self._names.described(noun, source.start, within=REACH)
        return Who(Authority.NAMED, person.name) if person is not None else None

    def member(self, source: Span, low: Sequence[str]) -> Who | None:
        """ "One of the people", "the other", "a second": one or more of the unnamed ones that spoke before."""
        if len(low) > 2 and low[0] in _SHARES and low[1] == "of":
            noun = next((word for word in low[2:] if word in nouns.SEVERAL), None)
            if noun is None or self._names.person_in(source) is not None:
                return None
            group = self.described(source, ["the", noun], noun)
            words = source.of(self._text).split(maxsplit=2)[2]
            authority = Authority.UNNAMED if low[0] in _SINGLE else Authority.UNNAMED_GROUP
            return Who(authority, None, group.description if group and group.description else words)
        if tuple(_WORD.findall(source.of(self._text).split(",", 1)[0].lower())) not in _REST:
            return None
        group = next((who for _, who in reversed(self._spoke) if who.authority in _NAMELESS), None)
        authority = Authority.UNNAMED_GROUP if low[-1] in ("others", "two") else Authority.UNNAMED
        return Who(authority, None, group.description if group else None)

    def _begins(self, span: Span) -> bool:
        """Whether a sentence begins with the name: it is the one that the sentence is about."""
        before = self._text[max(0, span.start - 6) : span.start].removesuffix("The ").rstrip(" \"“‘'")
        return not before or before[-1] in ".!?\n"

    def _is_subject(self, span: Span) -> bool:
        """Whether a sentence begins with the name and what stands before it: "Former captain Ann Lee"."""
        before = self._text[max(0, span.start - SUBJECT_CHARS) : span.start]
        start = max((match.end() for match in _SENTENCE_END.finditer(before)), default=None)
        if start is None:
            start = before.rfind("\n") + 1 if "\n" in before or span.start <= SUBJECT_CHARS else None
        return start is not None and "," not in before[start:]

    def _firm(self, at: int, noun: str) -> Who | None:
        """The body that "the company" means: the last one that may be called so."""
        before = inside(self._names.bodies, Span(max(0, at - REACH), at), lambda one: one.span) if at else ()
        fitting = [one for one in before if one.name.lower().endswith(noun)]
        if not fitting and noun in nouns.FIRMS:
            fitting = [one for one in before if _may_be_firm(one) and (_is_of_firm(one) or self._begins(one.span))]
        return Who(Authority.NAMED_GROUP, fitting[-1].name) if fitting else None


def _is_of_firm(body: Body) -> bool:
    return bool(nouns.BODY_WORDS.intersection(body.name.lower().split())) or body.name.isupper()


def _may_be_firm(body: Body) -> bool:
    words = body.name.lower().split()
    return not (
        _PUBLIC_BODIES.intersection(words)
        or words[0] in nouns.PLACES
        or words[0] in nouns.TITLES
        or (len(words) == 1 and not body.name.isupper())
    )
