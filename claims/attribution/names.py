"""Persons and bodies named in one article, so that "Mr. Lee", "Lee" and "the ministry" find their full names."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from claims.attribution import nouns
from claims.attribution.given_names import GIVEN_NAMES, is_female
from claims.attribution.places import touching
from claims.types import Span

_CAPITAL = (
    r"(?!(?:Jan|Feb|Aug|Sept?|Oct|Nov|Dec)\.? \d)"  # "Mr. Lee Oct. 11"
    r"(?:(?:Mrs?|Ms|Dr|Gov|Sen|Rep|Gen|Lt|Col|Sgt|Capt|St|Jr|Sr|Prof|[A-Z])\.|"
    r"(?:(?:al|el|ad|ar|as|at|an|ash|abu|ben|bin)-)?[A-ZÀ-ÖØ-ÞА-ЯЁІЇЄ][\w’'\-]*(?=\W|$))"
)
_LINK = r"(?:(?:de|von|van|der|bin|al|el|la|di|da|du|of|the|for)[ \u00a0])*"
_RUN = re.compile(rf"{_CAPITAL}(?:[ \u00a0]{_LINK}{_CAPITAL})*")
_POSSESSIVE = re.compile(r"['’]s?$")
_BEFORE_OUTLET = re.compile(r"([A-Z][\w’'-]+(?: [A-Z][\w.’'-]*)+) (?:of|at|from|for) (?:the )?$")
_GAP = re.compile(r"(?:['’]s?)?\s")
_TITLE = r"(?:Mr|Mrs|Ms|Dr|President|Senator|Sen|Gov|Rep|Secretary|Minister|Chancellor)"
#: how much of the text beside a name is looked at for what describes it
_DESCRIPTION_CHARS = 90
_BEFORE_NAME = re.compile(r"(?:[\w’'-]+[ \u00a0]){1,5}$")
_BEHIND_NAME = re.compile(r"(?:['’]s)?(?:,| is| was|\s\(| –| —)\s*([^.;:!?\"“”\n]+)")
_SAME_SENTENCE = 60
_NAME_WORD = re.compile(r"\w[\w’'-]*")
_BEHIND_TITLE = re.compile(rf"\b{_TITLE}\.?\s+(\w[\w’'-]*)")
_AMID = re.compile(r"(?<=[a-z,;] )[A-Z][\w’'-]+")
_WITHIN_WORD = re.compile(r"^(?!Mc|Mac|De|Di|Du|La|Le|Van|Fitz)\w*[a-z][A-Z]")  # "ConocoPhillips"
#: "lawmakers led by chairman Ann Lee", "executives in Hollywood", "a writer who met Ann Lee": not the one who speaks
_SUBORDINATE = re.compile(
    r"\b(?:of|for|in)\s+(?:the\s+)?(?:[A-Z][\w.]*\s+)*$|\b(?:to|with|from|at|by)\s+(?:[^\s,;]+\s+){0,4}$"
    r"|\b(?:including|like)\s[^,;]*$|\b(?:who|whom|whose|that|which)\s[^,]*$"
)
#: "Lee adviser Ann Hall", "the Lee pal": the name tells whose adviser it is
_WHOSE = re.compile(r"\s+(?:[a-z][\w-]*\s+){1,4}(?=[A-Z])|\s+[a-z][\w-]*$")
_NO_NOUN = re.compile(
    r"\b(?:and|or|of|for|in|on|at|to|with|from|by|who|that|himself|herself|also|too|\w+ly|\w+ed|\w+ing)\b"
)
#: "text messages Ann Lee provided"
_THINGS = re.compile(r"[a-z]+s\s+$")
_PROVIDED = re.compile(r"\s+[a-z]+(?:ed|nt)\b")
_AND_MORE = re.compile(r"\s+and\s+((?:[A-Z][\w-]*(?:\s|\b)){1,3})")
_REFERS = re.compile(r"\b(?:he|she|himself|herself)\b")
_VERB_LIKE = re.compile(r"\b(?:said|says|told|and|that|met|with|by|to|from|of|in|on|at|for|was|is|were|are|but|as)\b")
#: "Sisters Anna and Maria Lind": two persons of one surname
_ONE_SURNAME = re.compile(r"\b([A-Z][\w’'-]+) and ([A-Z][\w’'-]+) ([A-Z][\w’'-]+)\b")
#: "Secretary of State Ann Lee": an office, whose holder follows
_OFFICE_OF = re.compile(
    r"\b(?:[Ss]ecretary|[Mm]inister|[Dd]irector|[Ss]peaker|[Cc]hief|[Hh]ead|[Cc]ommissioner|[Pp]resident|[Cc]hairman)\s+"
    r"of\s+(?:the\s+)?(?:[A-Z]\w+\s+){1,3}$"
)
_ACRONYM = re.compile(r"\s\(([A-Z][A-Za-z&]{1,7})\)")
_GENDERED = re.compile(r"\b(Mr|Mrs|Ms|Sir|Lord|Lady|Dame|King|Queen|Prince|Princess)\b\.?$")


@dataclass(frozen=True, slots=True)
class Person:
    """A person named at one place."""

    name: str  #: the fullest form that the article has
    here: str  #: the form that stands here
    span: Span
    female: bool | None = None  #: as a title or the given name tells
    described: str = ""  #: the words beside the name that may tell who it is, lower case

    @property
    def surname(self) -> str:
        """The last word of the name."""
        return self.name.rsplit(" ", 1)[-1]


@dataclass(frozen=True, slots=True)
class Body:
    """A body named at one place."""

    name: str  #: without article and acronym
    span: Span


class Names:
    """All names of one article."""

    def __init__(self, text: str, not_persons: Sequence[Span]) -> None:
        self._text = text
        self._full: dict[str, list[str]] = {}  # surname -> full names
        self._by_first: dict[str, list[str]] = {}  # first word -> full names
        self._acronyms: dict[str, str] = {}
        self._used_as_persons = _used_as_persons(text)
        self._amid = frozenset(_POSSESSIVE.sub("", word) for word in _AMID.findall(text))
        self.bodies: list[Body] = []  #: in order
        runs = list(_runs(text, not_persons))
        known = _inner_names(span.of(text) for span in runs)
        self._words = {span: _person_words(span.of(text), known) for span in runs}
        for span, words in self._words.items():
            if words is not None and len(words) > 1:
                self._learn(words)
            elif words is None and not _is_day(span.of(text)):
                self._body(span)
        relatives = []
        for match in _ONE_SURNAME.finditer(text):
            first, second, last = match.groups()
            if f"{second} {last}" in self._full.get(last, []) and first in GIVEN_NAMES:
                self._learn([first, last])
                relatives.append(Person(f"{first} {last}", first, Span(*match.span(1)), is_female(first)))
        self._people = [person for span in runs if (person := self._person(span)) is not None]
        self._people = sorted([*self._people, *relatives], key=lambda person: person.span)
        self._by_name: dict[str, list[Person]] = {}
        for one in self._people:
            self._by_name.setdefault(one.name, []).append(one)
        self._by_last_word = {  # not "Canada" of "National Bank of Canada"
            one.name.lower().rsplit(" ", 1)[1]: one.name
            for one in self.bodies
            if " " in one.name and one.name.split(" ")[-2] not in ("of", "for", "the", "in")
        }

    def _learn(self, words: list[str]) -> None:
        known = self._full.setdefault(words[-1], [])
        name = " ".join(words)
        if name not in known:
            known.append(name)
            self._by_first.setdefault(words[0], []).append(name)

    def _body(self, span: Span) -> None:
        words = _POSSESSIVE.sub("", span.of(self._text)).split(" ")
        while words and words[0].lower() in _STARTERS:
            words = words[1:]
        if not words or words[0].lower() in _CALENDAR:
            return
        name = " ".join(words)
        acronym = _ACRONYM.match(self._text, span.end)
        if acronym is not None:
            self._acronyms[acronym[1]] = name
        self.bodies.append(Body(self._acronyms.get(name, name), span))

    def person_in(self, source: Span, *, outside: Iterable[Span] = ()) -> Person | None:
        """The person whom a source span names: the one that its other words describe."""
        barred = list(outside)
        inside = [
            person
            for person in self._among(source.start, source.end)
            if not any(one.start < person.span.end and person.span.start < one.end for one in barred)
        ]
        free = [person for person in inside if not self._owns(person, source)]
        return next((person for person in free if " " in person.name), free[0] if free else None)

    def people_before(self, at: int, *, within: int) -> list[Person]:
        """Persons named in the ``within`` characters before ``at``, in order."""
        return self._among(at - within, at)

    def _among(self, start: int, end: int) -> list[Person]:
        """Persons named between two places; a name of several words may stand in another's span."""
        first = bisect_left(self._people, start, key=lambda person: person.span.start)
        last = bisect_left(self._people, end, lo=first, key=lambda person: person.span.start)
        return [person for person in self._people[first:last] if person.span.end <= end]

    def people_called(self, name: str) -> list[Person]:
        """Wherever the text names this person."""
        return self._by_name.get(name, [])

    def last_person(self, at: int, *, within: int) -> Person | None:
        """The person named last before ``at``."""
        people = self.people_before(at, within=within)
        return people[-1] if people else None

    def described(self, head: str, at: int, *, within: int) -> Person | None:
        """The person named last before ``at`` whom the text describes by this noun."""
        word = re.compile(rf"\b{re.escape(head)}\b")
        return next(
            (one for one in reversed(self.people_before(at, within=within)) if word.search(one.described)), None
        )

    def body(self, words: str) -> str | None:
        """The full name of a body that is called by its acronym or its last word: "the ministry", "the VGB"."""
        bare = re.sub(r"\s*\([A-Z][A-Za-z&]+\)$", "", re.sub(r"^[Tt]he\s+", "", words)).strip()
        if bare in self._acronyms:
            return self._acronyms[bare]
        return self._by_last_word.get(bare.lower())

    def _owns(self, person: Person, source: Span) -> bool:
        """ "Trump's team", "Clinton spokesman": a name that only tells whose."""
        after = self._text[person.span.end : source.end]
        if re.match(r"['’]s?\s+\w", after):
            return True
        inner = self._text[source.start : person.span.start]
        if _OFFICE_OF.search(inner):
            return False
        if _SUBORDINATE.search(inner) or (_THINGS.search(inner) and _PROVIDED.match(after)):
            return True
        whose = _WHOSE.match(after)
        if whose is not None and not _NO_NOUN.search(whose[0]):
            return True
        following = re.match(r"\s+([a-z][\w-]*)", after)
        return following is not None and following[1] in _ROLES

    def _person(self, span: Span) -> Person | None:
        words = self._words[span]
        if words is None:
            return None
        title = _GENDERED.search(self._text[max(0, span.start - 10) : span.start].rstrip())
        first = span.of(self._text).split()[0].rstrip(".")
        told = title[1] if title else first if _GENDERED.match(first) else None
        female = None if told is None else told in ("Mrs", "Ms", "Lady", "Dame", "Queen", "Princess")
        start = self._text.index(words[0], span.start)
        end = self._text.index(words[-1], start) + len(words[-1])
        here = self._text[start:end]
        more = _AND_MORE.match(self._text, end)
        if more is not None and _is_of_body(more[1].split()[-1].lower()):
            return None  # "the World Travel and Tourism Council"
        name = " ".join(words)
        if len(words) == 1:
            full = self._full.get(words[0]) or self._by_first_name(words[0])
            if not full and told is None and words[0].lower() in nouns.PLACES:
                return None
            if not full and told is None and words[0] not in self._used_as_persons & self._amid:
                return None
            name = full[0] if len(full) == 1 else words[0]
        if female is None and " " in name:
            female = is_female(name.split(" ", 1)[0])
        return Person(name, here, Span(start, end), female, self._described_at(span, start, end))

    def _by_first_name(self, word: str) -> list[str]:
        return self._by_first.get(word, [])

    def _described_at(self, run: Span, start: int, end: int) -> str:
        before = _BEFORE_NAME.search(self._text, max(0, start - _DESCRIPTION_CHARS), start)
        behind = _BEHIND_NAME.match(self._text, end, min(len(self._text), end + _DESCRIPTION_CHARS))
        title = _VERB_LIKE.split(before[0])[-1] if before else ""
        return f"{title} {behind[1] if behind else ''}".lower()


def _used_as_persons(text: str) -> frozenset[str]:
    """Words that stand behind a title, or before a "he" or "she" of the same sentence."""
    used = {match[1] for match in _BEHIND_TITLE.finditer(text)}
    for refers in _REFERS.finditer(text):
        end = refers.start()
        start = max(0, end - 2 * _SAME_SENTENCE)
        start += max(text[start:end].rfind(mark) for mark in ".!?\n") + 1
        used.update(word[0] for word in _NAME_WORD.finditer(text, start, end) if end - word.end() <= _SAME_SENTENCE)
    return frozenset(used.union(*(re.findall(r"\w+", word) for word in used)))


_ROLES = nouns.ONE | nouns.SEVERAL | nouns.SPEAKERS | nouns.GROUPS | nouns.DOCUMENTS


def _runs(text: str, not_persons: Sequence[Span]) -> Iterable[Span]:
    for match in _RUN.finditer(text):
        start, end = match.span()
        words = match[0]
        tail = _POSSESSIVE.search(words)
        if tail is not None:
            end -= len(tail[0])
        elif words.endswith(".") and not re.search(r"(?:^|[ .])[A-Z]\.$|(?:Jr|Sr)\.$", words):
            end -= 1
        if end > start:
            yield from _outside(text, Span(start, end), not_persons)


def _outside(text: str, run: Span, barred: Sequence[Span]) -> list[Span]:
    """What is left of a run beside an outlet's name: "Reuters's Ann Lee", "Ann Lee of Reuters"."""
    inside = touching(barred, run, lambda one: one)
    if not inside:
        return [run]
    if (before := _BEFORE_OUTLET.match(text, run.start, inside[0].start)) is not None:
        return [Span(*before.span(1))]
    gap = _GAP.match(text, inside[-1].end, run.end)
    return [Span(gap.end(), run.end)] if gap and gap.end() < run.end and run.start >= inside[0].start - 4 else []


def _is_of_body(word: str) -> bool:
    return word in _NOT_PERSONS or word.rsplit("-", 1)[-1] in nouns.PRESS_NAMES


def _is_day(run: str) -> bool:
    return run.split(" ", 1)[0].lower() in _CALENDAR or run.lower() in _STARTERS


def _inner_names(runs: Iterable[str]) -> frozenset[str]:
    """The runs of two words: a longer run that ends like one of them begins with something else than a name."""
    return frozenset(_POSSESSIVE.sub("", run) for run in runs if run.count(" ") == 1)


def _is_role(word: str, rest: Sequence[str], known: frozenset[str]) -> bool:
    """Whether the first word of a run is what the person is, written large only because it begins a sentence."""
    low = word.lower()
    if word in GIVEN_NAMES:
        return False
    if low in _ROLE_WORDS or " ".join(rest) in known:
        return True
    return len(rest) > 1 and rest[0] in GIVEN_NAMES and low.endswith(_ROLE_ENDINGS)


def _person_words(run: str, known: frozenset[str]) -> list[str] | None:
    """The words of a person's name without titles; None for a body or a word that only begins a sentence."""
    words = run.replace("\u00a0", " ").split(" ")
    # "Norland’s Ann Lee"
    owner = max((number for number, word in enumerate(words[:-1]) if _POSSESSIVE.search(word)), default=-1)
    words = words[owner + 1 :]
    low = [word.lower().rstrip(".") for word in words]
    titled = max((number for number, word in enumerate(low) if word in _TITLES), default=-1)
    if -1 < titled < len(words) - 1:
        # "House Speaker Nancy Pelosi", "Secretary of State John Kerry": the name is what follows the title
        rest = max(titled + 3, len(words) - 2) if low[titled + 1] == "of" else titled + 1
        words, low = words[rest:], low[rest:]
    if titled > -1 or words[0] in GIVEN_NAMES:
        # "Senator Ann Lee of Ohio"
        end = next((number for number, word in enumerate(low) if number > 1 and word in _LINKS), len(words))
        words, low = words[:end], low[:end]
    if len(words) > 1 and _is_role(words[0], words[1:], known):
        words, low = words[1:], low[1:]
    surely = len(words) == 2 and words[0] in GIVEN_NAMES
    if (
        not words
        or low[0] in ("the", *_TITLES)
        # "Home Secretary"
        or (words[0] not in GIVEN_NAMES and (low[-1] in _TITLES or _WITHIN_WORD.search(words[-1])))
        or any(word in ("of", "the", "for") or _is_of_body(word) for word in (low[:1] if surely else low))
    ):
        return None
    if len(words) > 4 or (len(words) == 1 and (low[0] in _STARTERS or words[0].isupper())):
        return None
    if any((word.isupper() and len(word) > 2) or _CONTRACTED.search(word) for word in words):
        return None
    if len(words) > 1 and (low[0] in _STARTERS or low[0] in nouns.PLACES or low[0].endswith(("ian", "ish", "ese"))):
        if words[0] in GIVEN_NAMES:
            return [_POSSESSIVE.sub("", word) for word in words]
        words, low = words[1:], low[1:]
        if len(words) == 1 and low[0] in _STARTERS:
            return None
    return [_POSSESSIVE.sub("", word) for word in words]


_TITLES = (nouns.TITLES | {"editor-in-chief", "vice-president"}) - nouns.listed(
    "state defense defence finance press national security foreign vice prime former"
)
_CONTRACTED = re.compile(r"^(?:I|[Ww]e|[Yy]ou|[Hh]e|[Ss]he|[Ii]t|[Tt]hey|[Tt]hat|[Tt]here|[Ll]et)['’]\w+$")  # "We’re"
_LINKS = nouns.listed("of from for at in")
#: occupations and conditions that stand before a name and carry none of the endings below
_ROLE_WORDS = (nouns.ONE | nouns.SPEAKERS | nouns.OCCUPATIONS) - nouns.listed("general")
#: endings of nouns for persons: "Volcanologist", "Campaigner", "Magistrate"
_ROLE_ENDINGS = ("er", "or", "ist", "ian", "man", "woman", "ant", "ent", "eer", "ster", "ee", "ess", "ate", "worker")
_CALENDAR = nouns.listed(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december"""
)
_NOT_PERSONS = (
    nouns.BODY_WORDS
    | nouns.PRESS_NAMES
    | (_CALENDAR - {"may"})
    | nouns.listed(
        """republican democrat democratic american russian north south east west new
        united street avenue day act war facebook twitter google apple amazon microsoft boeing gazprom islam muslim
        telegram instagram whatsapp reddit tiktok youtube linkedin strip christian god internet supreme high central"""
    )
)
_STARTERS = nouns.listed(
    """he she said asked added they it we you i the a an in on at by for with from to of as if when while after
        before and but or so yet though although since because that this these those his her its their our my
        some many most all both even during under despite amid like unlike according what who how why where last
        meanwhile not only also then now no yes until there here one two three another other others each every
        such more once still just asked headlines officials sources critics experts analysts people voters polls
        earlier later today yesterday well oh let however will would can could should may might must is are was were do
        does did has have had"""
)
