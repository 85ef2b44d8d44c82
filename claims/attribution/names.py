"""Persons and bodies named in one article, so that "Mr. Lee", "Lee" and "the ministry" find their full names."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from claims.attribution import nouns
from claims.types import Span

_CAPITAL = (
    r"(?:(?:Mrs?|Ms|Dr|Gov|Sen|Rep|Gen|Lt|Col|Sgt|Capt|St|Jr|Sr|Prof|[A-Z])\.|[A-ZÀ-ÖØ-ÞА-ЯЁІЇЄ][\w’'\-]*(?=\W|$))"
)
_LINK = r"(?:(?:de|von|van|der|bin|al|el|la|di|da|du|of|the|for)[ \u00a0])*"
_RUN = re.compile(rf"{_CAPITAL}(?:[ \u00a0]{_LINK}{_CAPITAL})*")
_POSSESSIVE = re.compile(r"['’]s?$")
_TITLE = r"(?:Mr|Mrs|Ms|Dr|President|Senator|Sen|Gov|Rep|Secretary|Minister|Chancellor)"
_GENDERED = re.compile(r"\b(Mr|Mrs|Ms|Sir|Lord|Lady|Dame|King|Queen|Prince|Princess)\b\.?$")


@dataclass(frozen=True, slots=True)
class Person:
    """A person named at one place."""

    name: str  #: the fullest form that the article has
    here: str  #: the form that stands here
    span: Span
    female: bool | None = None  #: as a title tells


class Names:
    """All names of one article."""

    def __init__(self, text: str, not_persons: Sequence[Span]) -> None:
        self._text = text
        self._full: dict[str, list[str]] = {}  # surname -> full names
        self._bodies: list[str] = []
        runs = list(_runs(text, not_persons))
        for span in runs:
            words = _person_words(span.of(text))
            if words is not None and len(words) > 1:
                known = self._full.setdefault(words[-1], [])
                name = " ".join(words)
                if name not in known:
                    known.append(name)
            elif words is None:
                self._bodies.append(_POSSESSIVE.sub("", span.of(text)))
        self._people = [person for span in runs if (person := self._person(span)) is not None]

    def person_in(self, source: Span, *, outside: Iterable[Span] = ()) -> Person | None:
        """The person whom a source span names: the one that its other words describe."""
        barred = list(outside)
        inside = [
            person
            for person in self._people
            if source.start <= person.span.start
            and person.span.end <= source.end
            and not any(one.start < person.span.end and person.span.start < one.end for one in barred)
        ]
        free = [person for person in inside if not self._owns(person, source)]
        return next((person for person in free if " " in person.name), free[0] if free else None)

    def people_before(self, at: int, *, within: int) -> list[Person]:
        """Persons named in the ``within`` characters before ``at``, in order."""
        return [person for person in self._people if at - within <= person.span.start and person.span.end <= at]

    def last_person(self, at: int, *, within: int) -> Person | None:
        """The person named last before ``at``."""
        people = self.people_before(at, within=within)
        return people[-1] if people else None

    def body(self, words: str) -> str | None:
        """The full name of a body that is called by its last word: "the ministry" after "the Defence Ministry"."""
        low = words.lower().removeprefix("the ").strip()
        if " " in low or low.endswith("s"):
            return None
        fuller = [name for name in self._bodies if name.lower().endswith(f" {low}") and name.lower() != f"the {low}"]
        return fuller[-1].removeprefix("The ").removeprefix("the ") if fuller else None

    def _owns(self, person: Person, source: Span) -> bool:
        """ "Trump's team", "Clinton spokesman": a name that only tells whose."""
        after = self._text[person.span.end : source.end]
        if re.match(r"['’]s?\s+\w", after):
            return True
        inner = self._text[source.start : person.span.start]
        if re.search(r"\b(?:of|for|to|with|from|at|by)\s+(?:[A-Z][\w.]*\s+)*$", inner):
            return True
        following = re.match(r"\s+([a-z][\w-]*)", after)
        return following is not None and following[1] in _ROLES

    def _person(self, span: Span) -> Person | None:
        words = _person_words(span.of(self._text))
        if words is None:
            return None
        title = _GENDERED.search(self._text[max(0, span.start - 10) : span.start].rstrip())
        first = span.of(self._text).split()[0].rstrip(".")
        told = title[1] if title else first if _GENDERED.match(first) else None
        female = None if told is None else told in ("Mrs", "Ms", "Lady", "Dame", "Queen", "Princess")
        start = self._text.index(words[0], span.start)
        end = self._text.index(words[-1], start) + len(words[-1])
        here = self._text[start:end]
        name = " ".join(words)
        if len(words) == 1:
            full = self._full.get(words[0], [])
            if not full and told is None and words[0].lower() in nouns.PLACES:
                return None
            if not full and told is None and not self._is_used_as_person(words[0]):
                return None
            name = full[0] if len(full) == 1 else words[0]
        return Person(name, here, Span(start, end), female)

    def _is_used_as_person(self, word: str) -> bool:
        return re.search(rf"\b{_TITLE}\.?\s+{re.escape(word)}\b", self._text) is not None


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
        if end > start and not any(one.start < end and start < one.end for one in not_persons):
            yield Span(start, end)


def _is_of_body(word: str) -> bool:
    return word in _NOT_PERSONS or word.rsplit("-", 1)[-1] in nouns.PRESS_NAMES


def _person_words(run: str) -> list[str] | None:
    """The words of a person's name without titles; None for a body or a word that only begins a sentence."""
    words = run.replace("\u00a0", " ").split(" ")
    low = [word.lower().rstrip(".") for word in words]
    titled = max((number for number, word in enumerate(low) if word in _TITLES), default=-1)
    if -1 < titled < len(words) - 1:
        # "House Speaker Nancy Pelosi", "Secretary of State John Kerry": the name is what follows the title
        rest = titled + (3 if low[titled + 1] == "of" else 1)
        words, low = words[rest:], low[rest:]
    if (
        not words
        or low[0] in ("the", *_TITLES)
        or any(word in ("of", "the", "for") or _is_of_body(word) for word in low)
    ):
        return None
    if len(words) > 4 or (len(words) == 1 and (low[0] in _STARTERS or words[0].isupper())):
        return None
    if any(word.isupper() and len(word) > 2 for word in words):
        return None
    if len(words) > 1 and (low[0] in _STARTERS or low[0] in nouns.PLACES or low[0].endswith(("ian", "ish", "ese"))):
        words, low = words[1:], low[1:]
        if len(words) == 1 and low[0] in _STARTERS:
            return None
    return [_POSSESSIVE.sub("", word) for word in words]


_TITLES = nouns.TITLES - nouns.listed("state defense defence finance press national security foreign vice prime former")
_NOT_PERSONS = (
    nouns.BODY_WORDS
    | nouns.PRESS_NAMES
    | nouns.listed(
        """monday tuesday wednesday thursday friday saturday sunday january february march april june july august
        september october november december republican democrat democratic american russian north south east west new
        united street avenue day act war facebook twitter google apple amazon microsoft boeing gazprom islam muslim
        christian god internet supreme high central"""
    )
)
_STARTERS = nouns.listed(
    """he she they it we you i the a an in on at by for with from to of as if when while after before and but or so yet
    though although since because that this these those his her its their our my some many most all both even during
    under despite amid like unlike according what who how why where last meanwhile not only also then now no yes until
    there here one two three another other others each every such more once still just asked headlines officials
    sources critics experts analysts people voters polls earlier later today yesterday well oh let"""
)
