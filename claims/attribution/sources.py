"""Who a source is: kind of authority, the name that the words stand for, and the description that the text gives."""

import re
from collections.abc import Sequence
from dataclasses import replace

from claims.attribution import nouns
from claims.attribution.names import Names, Person
from claims.attribution.places import touching
from claims.attribution.referents import REACH, Referents, Who
from claims.outlet_names import OutletNames, shortens
from claims.types import Article, Authority, Outlet, Span

_WORD = re.compile(r"[^\W_]+(?:[.'’\-‑&][^\W_]+)*")


class Sources:
    """The sources of one article; they are asked for in the order of the text, since later ones refer to earlier."""

    def __init__(self, article: Article, names: OutletNames) -> None:
        text = article.text
        self._text = text
        self._own = (article.outlet.name, article.credit)
        self._mentions = names.mentions(text, names.own(article))
        self._names = Names(text, [span for span, _ in self._mentions])
        self._referents = Referents(text, self._names, self._mentions)

    def who(self, source: Span | None) -> Who:
        """The one whom the words of ``source`` mean at their place."""
        if source is None:
            return Who(Authority.UNCLEAR)
        words = source.of(self._text).strip(" ,;")
        low = [word.lower() for word in _WORD.findall(words)]
        if not low:
            return Who(Authority.UNCLEAR)
        who = (
            (None if _SHOWN_BY.search(words) else self._outlet(source, words, low))
            or self._referents.pronoun(source, low)
            or self._thing(words, low)
            or self._nameless(source, words, low)
            or self._named(source, words, low)
        )
        if who.authority in (Authority.UNNAMED, Authority.UNNAMED_GROUP):
            who = self._with_reason(source, words, who)
        self._referents.note(source, who)
        return who

    def _with_reason(self, source: Span, words: str, who: Who) -> Who:
        """Adds to a description why the source is not named: "asking not to be named because ..."."""
        asked = _NOT_NAMED.match(self._text, source.end)
        if asked is None or _NOT_NAMED_HEAD.search(words):
            return who
        described = who.description or (words if words[:1].islower() else None)
        return replace(who, description=f"{described} … {asked[1]}" if described else asked[1])

    # --- outlets ---------------------------------------------------------------------------------------------------
    def _outlet(self, source: Span, words: str, low: Sequence[str]) -> Who | None:
        inside = touching(self._mentions, source, lambda one: one[0])
        if inside:
            return self._by_mention(source, words, inside, low)
        # the rules take the name alone for the source
        called = _PRESS_NAMED.search(self._text, max(0, source.start - 40), source.start + len(words))
        if called is not None and called.start(1) <= source.start + words.find(called[1].strip()) and _capital(words):
            return Who(Authority.OUTLET, called[1].strip(), None, called[1].strip())
        if (
            low[-1] in nouns.PRESS_NAMES
            and len(low) > 1
            and _capital(words.rsplit(maxsplit=1)[-1])
            and not _is_person_list(words)
        ):
            name = next((own for own in self._own if own and shortens(words, own)), _bare(words))
            return Who(Authority.OUTLET, name, None, name)
        if low[0] in ("our", "this") and low[-1] in nouns.REPORTERS:
            return Who(Authority.WITNESS)
        return self._referents.outlet(source, low, _head(low))

    def _by_mention(
        self, source: Span, words: str, inside: Sequence[tuple[Span, Outlet]], low: Sequence[str]
    ) -> Who | None:
        span, outlet = inside[0]
        behind = self._text[span.end : source.end].lower()
        ahead = self._text[source.start : span.start].lower()
        rest = _WORD.findall(behind)
        if any(word in nouns.DATA for word in rest) or _head(low) in nouns.DATA:
            return Who(Authority.DATA, _title(words))
        if any(word in nouns.REPORTERS for word in rest):
            # what another outlet's reporter saw is that outlet's report
            if outlet.name in self._own:
                return Who(Authority.WITNESS, outlet.name)
            return Who(Authority.OUTLET, outlet.name, outlet=outlet.name)
        person = self._names.person_in(Span(source.start, source.end), outside=[span])
        if person is not None:
            return Who(Authority.NAMED, person.name, _rest(source.of(self._text), person))
        ahead_words = _WORD.findall(ahead)
        if any(word in nouns.SEVERAL or word in nouns.ONE or word in nouns.SPEAKERS for word in (*ahead_words, *rest)):
            return None
        return Who(Authority.OUTLET, outlet.name, None, outlet.name)

    # --- documents and data ----------------------------------------------------------------------------------------
    def _thing(self, words: str, low: Sequence[str]) -> Who | None:
        low = [word.lower() for word in _WORD.findall(words.split(",", 1)[0])] or low
        head = _head(low)
        if head in nouns.VAGUE and (len(low) <= 3 or head != "it") and not _capital(words.split(maxsplit=1)[0][1:]):
            return Who(Authority.UNCLEAR)
        if _is_own_name(words, low, head):
            return None
        if head == "figures" and low[0] in _MANY:
            return None  # "many leftist figures"
        head = head.rsplit("-", 1)[-1] if head not in nouns.DOCUMENTS else head
        if head in nouns.DATA and not (head == "records" and low[0] == "his"):
            return Who(Authority.DATA, _title(words), None)
        if head in nouns.DOCUMENTS or head.removesuffix("s") in nouns.DOCUMENTS:
            return Who(Authority.DOCUMENT, _title(words), None)
        return None

    # --- people ----------------------------------------------------------------------------------------------------
    def _nameless(self, source: Span, words: str, low: Sequence[str]) -> Who | None:
        if self._person(source, low) is not None:
            return None
        head = _head(low)
        if head in nouns.SPEAKERS:
            return self._speaker(source, words, low)
        known = self._referents.member(source, low) or self._referents.described(source, low, head)
        if known is not None:
            return known
        if head in nouns.SEVERAL or (head.endswith("s") and head[:-1] in nouns.ONE | nouns.OCCUPATIONS):
            return Who(Authority.UNNAMED_GROUP, None, _description(words, head))
        return self._somebody(source, words, low, head)

    def _somebody(self, source: Span, words: str, low: Sequence[str], head: str) -> Who | None:
        """One person called by what they are: one who can be identified, one who is not named, or we cannot tell."""
        a_title = head in nouns.TITLES and low[0] in ("a", "an", "one")
        office = _is_office(words, low, head)
        if _FORCE.search(" ".join(low)):
            return Who(Authority.NAMED_GROUP)
        if not (office or a_title or head in nouns.ONE | nouns.OCCUPATIONS or head.endswith(_PERSON_ENDINGS)):
            return None
        described = _description(words, head)
        if _are_several(words):
            return Who(Authority.UNNAMED_GROUP, None, described)
        if office and not _NOT_IN_OFFICE.intersection(low):
            named = len(low) > 2 and any(map(_capital, words.split()[low[0] == "the" :]))
            return Who(Authority.NAMED, _bare(words) if named else None, None if named else described)
        # "the senator", "the neurosurgeon": most likely one of those who were named, as "the official" is not
        titled = office or head in _HOLDERS
        named_before = titled or self._names.last_person(source.start, within=REACH) is not None
        if low[0] == "the" and "other" not in low and len(low) <= 3 and head not in _FACELESS and named_before:
            return Who(Authority.UNCLEAR, None, described)
        return Who(Authority.UNNAMED, None, described)

    def _speaker(self, source: Span, words: str, low: Sequence[str]) -> Who:
        known = self._referents.described(source, low, _head(low))
        if known is not None:
            return known
        body = re.search(r"\b(?:for|of)\s+(?:the\s+)?(.+)", words) or re.match(
            r"(?:[Aa]n?|[Tt]he)\s+(.+?)\s+\w+$", words
        )
        if body is not None and any(_capital(word) for word in body[1].split()):
            return Who(Authority.NAMED_GROUP, _bare(body[1]), words)
        return Who(Authority.UNNAMED if low[0] in ("a", "an", "one", "the") else Authority.UNNAMED_GROUP, None, words)

    def _person(self, source: Span, low: Sequence[str]) -> Person | None:
        """The person whom the words name; none for "many Norlanders"."""
        person = self._names.person_in(source)
        return None if person is not None and low[0] in _MANY and " " not in person.name else person

    def _begins_in_vain(self, source: Span, words: str, low: Sequence[str]) -> bool:
        """Whether the first word has its capital from its place only: "Deficit hawks", "This report"."""
        if low[0] in _NEVER_NAMES:
            return True
        first, *rest = words.split()
        starts = self._text[max(0, source.start - 3) : source.start].rstrip(" \"“‘'")[-1:] in (".", "!", "?", "\n", "")
        return (
            starts
            and bool(rest)
            and rest[-1].islower()
            and first[1:].islower()
            and not first.endswith(("'s", "’s", "’"))
        )

    def _named(self, source: Span, words: str, low: Sequence[str]) -> Who:
        person = self._person(source, low)
        head = _head(low)
        called = _CALLED.search(words) if person is None and self._names.body(words) is None else None
        if called is not None and called[1].lower() in nouns.PERSONS | _RELATIVES:
            return Who(Authority.NAMED, called[2], _bare(words[: called.end(1)]))
        # "the mayor's office in Port Lee"
        before = words[: words.find(person.here)].lower().split()[-1:] if person is not None else []
        beyond = (
            person is not None
            and head in nouns.GROUPS
            and words.lower().find(head) < words.find(person.here)
            and not nouns.PERSONS.union(nouns.TITLES).intersection(before)
        )
        if person is not None and not beyond:
            body = _CALLS_BODY.intersection(before)
            return Who(Authority.NAMED_GROUP if body else Authority.NAMED, person.name, _rest(words, person))
        named = any(_capital(word) for word in words.split()[self._begins_in_vain(source, words, low) :])
        if named or head in nouns.GROUPS or (head in _BODIES and low[0] in _DETERMINERS):
            full = self._names.body(words)
            words, *described = words.split(",", 1)
            apart = _WORD.findall(described[0].lower())[:8] if described else []
            if apart[:1] not in _RELATIVES_HEAD and nouns.PERSONS.union(nouns.TITLES).intersection(apart):
                return Who(Authority.NAMED, _bare(words), described[0].strip())
            bare = _bare_group(re.sub(r"\s*\([A-Z][A-Za-z&]+\)$", "", words)) if named else None
            return Who(Authority.NAMED_GROUP, full or bare)
        if (low[-1].endswith("s") or low[0] in _MANY) and low[0] not in ("a", "an", "his", "her"):
            return Who(Authority.UNNAMED_GROUP, None, _description(words, low[-1]))
        return Who(Authority.UNCLEAR)


_NOT_NAMED_HEAD = re.compile(
    r"\b(?:(?:asking|requesting|asked|requested|insisting|insisted|declining|declined|wishing|wished)\s+(?:not\s+)?"
    r"to\s+(?:not\s+)?be\s+(?:named|identified|quoted)|(?:speaking|spoke|talking|talked|requesting|requested|"
    r"asking|asked|granted)\s+(?:on\s+(?:the\s+)?condition\s+of\s+|under\s+|for\s+)?anonymity)\b"
)
#: in the same sentence behind the source, no other one between
_NOT_NAMED = re.compile(rf"[^.;!?\n]{{0,200}}?(?<!\bwho )({_NOT_NAMED_HEAD.pattern}[^.,;!?\n“”\"]{{0,120}})")
#: "the Turkish daily Evrensel", "Japanese broadcaster NTV"
_PRESS_NAMED = re.compile(
    r"\b(?:broadcaster|newspaper|daily|weekly|magazine|tabloid|newswire|channel|website|broadsheet|TV|"
    r"(?:radio|television|TV) (?:station|channel|network)|news (?:agency|site|website|outlet|portal|channel|network))"
    r"\s+((?:[A-Z0-9][\w’'.&-]*(?:\s|$))+)$"
)
#: "the rights organization Night Watchers"
_CALLS_BODY = nouns.FIRMS | nouns.listed("organization organisation group agency association charity party union team")
#: "a paper obtained by the Lantern": the paper vouches for it, whoever shows it
_SHOWN_BY = re.compile(r"\s+(?:obtained|seen|reviewed|viewed|verified)\s+by\s")
#: begin a sentence with a capital and are no name
_NEVER_NAMES = nouns.listed(
    """the a an this that these those all both some many most several few one two three no such any other others each
    another his her its their our"""
)
_HOLDERS = nouns.listed("lawmaker candidate congressman congresswoman senator general executive nominee judge")
#: "the man", "the official": called so because they are not named
_FACELESS = (nouns.ONE | nouns.listed("guard survivor victim patient")) - _HOLDERS - nouns.OFFICES
#: "her son Tom", "police spokesman Hall": what somebody is, and the name at the end
_CALLED = re.compile(r"\b([a-z][\w-]+) ((?:[A-Z][\w’'-]+ ?){1,3})$")
_BODIES = nouns.FIRMS | nouns.listed(
    """navy treasury watchdog regulator charity museum studio trust airport council zoo gallery theatre theater
    library federation chamber exchange observatory college academy clinic family couple syndicate cartel militia
    orchestra prosecution defence defense jury"""
)
_FORCE = re.compile(r"\b(?:coast|national|border|home) guard$")  # and no guard
_RELATIVES_HEAD = (["whose"], ["which"], ["that"])  # tell of the body, not of a person
_DETERMINERS = nouns.listed("the its their his her our a an")
_RELATIVES = nouns.listed("brother sister uncle aunt cousin nephew niece grandson granddaughter friend fiancé partner")
_NOT_IN_OFFICE = nouns.listed("former ex prior late other another second third one")
_AND = re.compile(r",? and (?=(?:an?|another|one|two|three|several|some|other|others)\s)")
_MANY = nouns.listed("all both some many most several few others")
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
    "year-old",
)


#: begin what is added to a noun: "the people close to the board", "a letter signed by 14 members"
_BEHIND_NOUN = nouns.listed(
    """of for from with in at who whose which that to on by about close familiar briefed involved speaking including
    published conducted released seen obtained reviewed viewed verified compiled gathered collected provided signed
    dated drafted prepared leaked submitted addressed commissioned"""
)


def _head(low: Sequence[str]) -> str:
    """The noun that the phrase turns on: the one before the first preposition, relative or participle."""
    behind = (at for at, word in enumerate(low) if at and word in _BEHIND_NOUN and low[at - 1] not in _DETERMINERS)
    return next((low[at - 1] for at in behind), low[-1])


def _is_office(words: str, low: Sequence[str], head: str) -> bool:
    """ "The governor", "Norland's foreign minister", "the port's chief executive": one can tell who it is."""
    owned = any(word.endswith(("'s", "’s", "s'", "s’")) for word in words.split()[:3])
    holds = head in nouns.OFFICES or (head in ("executive", "prosecutor") and "chief" in low)
    return holds and (owned or low[0] in ("the", "its", "their", "our"))


def _are_several(words: str) -> bool:
    """ "A port official and another person": persons that are not named, each with an article of its own."""
    parts = _AND.split(words)
    return len(parts) > 1 and all(
        _head([word.lower() for word in _WORD.findall(part)]) in nouns.PERSONS for part in parts
    )


def _is_own_name(words: str, low: Sequence[str], head: str) -> bool:
    """ "Norvik Paper", "Velmora Survey": a noun for a thing that is part of a name, and no thing."""
    at = low.index(head)
    return at > 0 and low[0] not in ("the", "a", "an") and _capital(_WORD.findall(words)[at])


def _capital(word: str) -> bool:
    return word[:1].isupper()


def _bare(words: str) -> str:
    return re.sub(r"^(?:[Tt]he|an?|A|An)\s+(?:(?:prior|former|current|new|previous|late)\s+)?", "", words).strip(" ,")


def _bare_group(words: str) -> str:
    """A body as a reader knows it: "The White House" keeps its article, "the State Department" loses it."""
    return words if words[:1].isupper() else _bare(words)


def _title(words: str) -> str | None:
    """The name of a document or poll if the words have one."""
    words = _SHOWN_BY.split(words, maxsplit=1)[0].split(",", 1)[0]
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
    rest = re.sub(r"^(?:the|an?|['’]s?|mrs?\.?|ms\.?)(?:\s+|$)", "", rest, flags=re.IGNORECASE)
    return re.sub(r"\s+", " ", re.sub(r"['’]s?$", "", rest)).lstrip(", ") or None
