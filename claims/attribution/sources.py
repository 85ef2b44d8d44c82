"""Who a source is: kind of authority, the name that the words stand for, and the description that the text gives."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from claims.attribution import nouns
from claims.attribution.names import Names, Person
from claims.outlet_names import OutletNames
from claims.types import Authority, Outlet, Span

_WORD = re.compile(r"[^\W_]+(?:[.'’\-‑&][^\W_]+)*")
_REPORT_OF_OTHERS = re.compile(
    r"\b(?:an?|new|[\w.]+['’]s?)\s+(?:[\w-]+\s+){0,3}?report\b(?!\s+(?:that|by\s+(?:the\s+)?[A-Z]\w+\s+News))"
)
_DESCRIBES = re.compile(
    r"\b(?:familiar|close|with (?:direct )?knowledge|who|briefed|involved|speaking|present|near|in|from|at|for)\b.*",
    re.DOTALL,
)
#: how far back, in characters, a pronoun or "the newspaper" looks for the one it stands for
REACH = 1500


@dataclass(frozen=True, slots=True)
class Who:
    """What is known of a source."""

    authority: Authority
    resolved: str | None = None
    description: str | None = None
    outlet: str | None = None


class Sources:
    """The sources of one article; they are asked for in the order of the text, since later ones refer to earlier."""

    def __init__(self, text: str, names: OutletNames) -> None:
        self._text = text
        self._registry = names
        self._mentions = names.mentions(text)
        self._names = Names(text, [span for span, _ in self._mentions])
        self._cited: list[tuple[int, Outlet | None, str]] = []  # outlets that vouched for something, in order
        self._spoke: list[tuple[int, Who]] = []

    def who(self, source: Span | None, *, cue: str) -> Who:
        """The one whom the words of ``source`` mean at their place; ``cue`` is the cue's main word."""
        if source is None:
            return Who(Authority.UNCLEAR)
        words = source.of(self._text).strip(" ,;")
        low = [word.lower() for word in _WORD.findall(words)]
        if not low:
            return Who(Authority.UNCLEAR)
        who = (
            self._outlet(source, words, low, cue)
            or self._pronoun(source, low)
            or self._thing(words, low)
            or self._nameless(source, words, low)
            or self._named(source, words, low)
        )
        if who.authority is Authority.OUTLET:
            self._cited.append((source.start, self._registry.named(who.outlet or ""), who.outlet or ""))
        self._spoke.append((source.start, who))
        return who

    # --- outlets ---------------------------------------------------------------------------------------------------
    def _outlet(self, source: Span, words: str, low: Sequence[str], cue: str) -> Who | None:
        inside = [
            (span, outlet) for span, outlet in self._mentions if span.start < source.end and source.start < span.end
        ]
        if inside:
            return self._by_mention(source, inside, low, cue)
        if (
            low[-1] in nouns.PRESS_NAMES
            and len(low) > 1
            and _capital(words.rsplit(maxsplit=1)[-1])
            and not _is_person_list(words)
        ):
            name = _bare(words)
            return Who(Authority.OUTLET, name, None, name)
        head = _head(low)
        if head in nouns.PRESS and low[0] in ("the", "its", "a", "this", "that") and len(low) <= 4:
            known = self._last_outlet(source.start)
            if known is not None and not (head in nouns.DOCUMENTS and self._other_document(source.start, head)):
                return Who(Authority.OUTLET, known, None, known)
        if list(low) == ["it"] and self._spoke and self._spoke[-1][1].authority is Authority.OUTLET:
            return self._spoke[-1][1]
        return None

    def _by_mention(
        self, source: Span, inside: Sequence[tuple[Span, Outlet]], low: Sequence[str], cue: str
    ) -> Who | None:
        span, outlet = inside[0]
        behind = self._text[span.end : source.end].lower()
        ahead = self._text[source.start : span.start].lower()
        rest = _WORD.findall(behind)
        if any(word in nouns.DATA for word in rest):
            return Who(Authority.DATA, outlet.name)
        if any(word in nouns.REPORTERS for word in rest):
            kind = Authority.WITNESS if cue in ("saw", "witnessed", "seen") or "witness" in rest else Authority.OUTLET
            return Who(kind, outlet.name, outlet=outlet.name if kind is Authority.OUTLET else None)
        person = self._names.person_in(Span(source.start, source.end), outside=[span])
        if person is not None:
            return Who(Authority.NAMED, person.name, _rest(source.of(self._text), person))
        ahead_words = _WORD.findall(ahead)
        if any(word in nouns.SEVERAL or word in nouns.ONE or word in nouns.SPEAKERS for word in (*ahead_words, *rest)):
            return None
        return Who(Authority.OUTLET, outlet.name, None, outlet.name)

    def _last_outlet(self, before: int) -> str | None:
        """The outlet that "the report" means: the one cited last, else the one named last in a cue's place."""
        cited = [name for at, _, name in self._cited if at < before]
        if cited:
            return cited[-1]
        named = [outlet.name for span, outlet in self._mentions if span.end <= before and before - span.end < REACH]
        return named[-1] if named else None

    def _other_document(self, before: int, head: str) -> bool:
        """Whether a report of somebody else was brought in after the last outlet."""
        last = max((at for at, _, _ in self._cited if at < before), default=0)
        return head == "report" and any(
            not any(span.start < match.end() and match.start() < span.end for span, _ in self._mentions)
            for match in _REPORT_OF_OTHERS.finditer(self._text, last, before)
        )

    # --- pronouns --------------------------------------------------------------------------------------------------
    def _pronoun(self, source: Span, low: Sequence[str]) -> Who | None:
        word = low[0]
        if len(low) > 1 or word not in (
            "he",
            "she",
            "they",
            "it",
            "who",
            "his",
            "her",
            "their",
            "its",
            "him",
            "we",
            "i",
        ):
            return None
        if word in ("we", "i"):
            return Who(Authority.UNCLEAR)
        if word == "who":
            return self._relative(source)
        if word in ("he", "she", "his", "her", "him"):
            return self._person_meant(source, word)
        groups = [
            (at, who)
            for at, who in self._spoke
            if who.authority in (Authority.NAMED_GROUP, Authority.UNNAMED_GROUP, Authority.DOCUMENT, Authority.DATA)
        ]
        if groups and source.start - groups[-1][0] < REACH / 2:
            return groups[-1][1]
        return Who(Authority.UNNAMED_GROUP if word in ("they", "their") else Authority.UNCLEAR)

    def _relative(self, source: Span) -> Who:
        """ "Mr. Lee, who said": the one right before."""
        person = self._names.last_person(source.start, within=40)
        if person is not None:
            return Who(Authority.NAMED, person.name)
        before = [word.lower() for word in _WORD.findall(self._text, max(0, source.start - 40), source.start)]
        if before and before[-1] in nouns.SEVERAL:
            return Who(Authority.UNNAMED_GROUP)
        return Who(Authority.UNNAMED if before and before[-1] in nouns.ONE else Authority.UNCLEAR)

    def _person_meant(self, source: Span, word: str) -> Who:
        female = word in nouns.FEMALE
        people = self._names.people_before(source.start, within=REACH // 3)
        fitting = [person for person in people if person.female in (None, female)]
        last = next((who for _, who in reversed(self._spoke) if who.authority in _ONE_PERSON), None)
        if last is not None and last.resolved in {person.name for person in fitting}:
            rivals = {
                person.name for person in self._names.people_before(source.start, within=160) if person in fitting
            }
            if not rivals - {last.resolved} or last.resolved in rivals:
                return Who(last.authority, last.resolved, last.description)
        only = {person.name for person in fitting}
        if len(only) == 1:
            return Who(Authority.NAMED, next(iter(only)))
        if last is not None and last.resolved is None and not fitting:
            return last
        return Who(Authority.NAMED if only else Authority.UNNAMED)

    # --- documents and data ----------------------------------------------------------------------------------------
    def _thing(self, words: str, low: Sequence[str]) -> Who | None:
        head = _head(low)
        if head in nouns.VAGUE and (len(low) <= 3 or head != "it") and not _capital(words.split(maxsplit=1)[0][1:]):
            return Who(Authority.UNCLEAR)
        if head in nouns.DATA and not (head == "records" and low[0] == "his"):
            return Who(Authority.DATA, _title(words), None)
        if head in nouns.DOCUMENTS:
            return Who(Authority.DOCUMENT, _title(words), None)
        return None

    # --- people ----------------------------------------------------------------------------------------------------
    def _nameless(self, source: Span, words: str, low: Sequence[str]) -> Who | None:
        if self._names.person_in(source) is not None:
            return None
        head = _head(low)
        if head in nouns.SPEAKERS:
            return self._speaker(source, words, low)
        definite = low[0] in ("the", "that", "this") and len(low) <= 3
        if head in nouns.ONE or (low[0] in ("the", "a", "an", "one") and head.endswith(_PERSON_ENDINGS)):
            known = self._described_before(head) if definite else None
            if known is not None:
                return known
            office = self._office(words, low, head)
            return Who(Authority.NAMED, office) if office else Who(Authority.UNNAMED, None, _description(words, head))
        if head in nouns.SEVERAL:
            return Who(Authority.UNNAMED_GROUP, None, _description(words, head))
        return None

    def _speaker(self, source: Span, words: str, low: Sequence[str]) -> Who:
        known = self._described_before(_head(low)) if low[0] == "the" and len(low) == 2 else None
        if known is not None:
            return known
        body = re.search(r"\b(?:for|of)\s+(?:the\s+)?(.+)", words) or re.match(
            r"(?:[Aa]n?|[Tt]he)\s+(.+?)\s+\w+$", words
        )
        if body is not None and any(_capital(word) for word in body[1].split()):
            return Who(Authority.NAMED_GROUP, _bare(body[1]), words)
        return Who(Authority.UNNAMED if low[0] in ("a", "an", "one", "the") else Authority.UNNAMED_GROUP, None, words)

    def _described_before(self, noun: str) -> Who | None:
        """ "The spokesman": the last source that was described by this noun."""
        for _, who in reversed(self._spoke):
            if who.description is not None and re.search(rf"\b{re.escape(noun)}\b", who.description, re.IGNORECASE):
                return Who(who.authority, who.resolved, who.description)
        return None

    def _office(self, words: str, low: Sequence[str], head: str) -> str | None:
        """ "The Ukrainian foreign minister", "the mayor of London": one can tell who it is."""
        definite = low[0] == "the" or words.split(maxsplit=1)[0].endswith(("'s", "’s"))
        offices = ("minister", "ambassador", "governor", "mayor", "senator", "general", "commander")
        return (
            _bare(words)
            if definite and head in offices and len(low) > 2 and any(map(_capital, words.split()[1:]))
            else None
        )

    def _named(self, source: Span, words: str, low: Sequence[str]) -> Who:
        person = self._names.person_in(source)
        if person is not None:
            return Who(Authority.NAMED, person.name, _rest(words, person))
        if any(_capital(word) for word in words.split()) or _head(low) in nouns.GROUPS:
            full = self._names.body(words)
            if full is None and not any(_capital(word) for word in words.split()):
                return Who(Authority.NAMED_GROUP, None)
            return Who(Authority.NAMED_GROUP, full or _bare_group(words))
        if low[-1].endswith("s") and low[0] not in ("a", "an", "his", "her"):
            return Who(Authority.UNNAMED_GROUP, None, _description(words, low[-1]))
        return Who(Authority.UNCLEAR)


#: endings of nouns for persons: "the neurosurgeon", "a billionaire", "the Democrat"
_PERSON_ENDINGS = (
    "man",
    "woman",
    "ist",
    "geon",
    "aire",
    "crat",
    "ician",
    "lican",
    "ologist",
    "veteran",
    "author",
    "writer",
)
_ONE_PERSON = (Authority.NAMED, Authority.UNNAMED)


def _head(low: Sequence[str]) -> str:
    """The noun that the phrase turns on: the one before the first preposition or relative."""
    for number, word in enumerate(low):
        if number and word in (
            "of",
            "for",
            "from",
            "with",
            "in",
            "at",
            "who",
            "that",
            "to",
            "on",
            "by",
            "about",
            "close",
        ):
            return low[number - 1]
        if number and word in ("familiar", "briefed", "involved", "speaking", "including"):
            return low[number - 1]
    return low[-1]


def _capital(word: str) -> bool:
    return word[:1].isupper()


def _bare(words: str) -> str:
    return re.sub(r"^(?:[Tt]he|an?|A|An)\s+(?:(?:prior|former|current|new|previous|late)\s+)?", "", words).strip(" ,")


def _bare_group(words: str) -> str:
    """A body as a reader knows it: "The White House" keeps its article, "the State Department" loses it."""
    return words if words[:1].isupper() else _bare(words)


def _title(words: str) -> str | None:
    """The name of a document or poll if the words have one."""
    return (
        _bare(words)
        if sum(_capital(word) for word in words.split()[1:]) or words.split(maxsplit=1)[0].endswith("'s")
        else None
    )


def _is_person_list(words: str) -> bool:
    return "," in words


def _description(words: str, head: str) -> str | None:
    """The words besides the noun and its article; None for a bare "the sources"."""
    rest = re.sub(r"^(?:[Tt]he|[Aa]n?|[Tt]hese|[Tt]hose)\s+", "", words)
    return rest if rest.lower() != head else None


def _rest(words: str, person: Person) -> str | None:
    """What stands beside the name."""
    at = words.find(person.here)
    if at < 0:
        return None
    rest = f"{words[:at]} {words[at + len(person.here) :]}".strip(" ,")
    rest = re.sub(r"^(?:the|an?|['’]s)\b\s*", "", rest, flags=re.IGNORECASE)
    return re.sub(r"\s+", " ", rest) or None
