"""Outlets named in running text: which words mean which outlet.

Names are words of the language too ("Time", "Metro", "The Sun"), several outlets share a short name ("the Times"), and
a picture credit is no mention. So a name that is a common word counts only where something said, published or reported
stands beside it, and a short name counts once the outlet's full name stood before it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from claims.types import Article, Outlet, Span

_WORD = re.compile(r"[^\W_]+")


def _listed(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


#: last words under which a paper is named again: "The New York Times ... The Times"
_SHORT_NAMES = _listed(
    """Times Post Journal Tribune Herald Globe Mail Mirror Express Star Chronicle Beast Observer Standard Examiner
    Beacon Telegraph Gazette Courier Independent Review Bee Intercept Sentinel Inquirer Monitor Record Register
    Dispatch Argus Echo Mercury"""
)
#: names that are also plain words, places or initials: they need an outlet's context
_COMMON = _listed(
    """i Time Metro Nature People Wired Nation Hill Sun Mirror Independent Times Post Star Standard Express Mail Fox
    Sky Quartz Variety Fortune Slate Vice RT Week Focus Stern Bild Welt Zeit Spiegel Libération Observer Local
    Conversation Australian Record Science Insider Mint Hindu Citizen Punch Nine ABC PA Wire Telegraph Economist
    Atlantic Intercept Athletic Information Register Dispatch Deadline Puck Decrypt Kicker Billboard Ringer Bulwark
    Walla Crikey Grist Esquire VICE"""
)
_SPEAKS = (
    r"reported|reports|reporting|said|says|wrote|writes|published|publishes|quoted|quotes|cited|cites|citing|revealed|"
    r"reveals|claimed|claims|added|adds|noted|notes|described|describes|headlined|broke|obtained|learned|learnt|"
    r"interviewed|asked|ran|printed|carried|first reported|also reported|has reported|had reported"
)
_PRESS = (
    r"newspapers?|papers?|magazines?|tabloids?|dailies|daily|weekly|broadcasters?|network|channel|website|site|outlets?|"
    r"portal|agency|news|reports?|reporters?|correspondents?|journalists?|columnists?|editors?|editorials?|"
    r"articles?|story|stories|interviews?|poll|front page|op-ed|online|TV|review"
)
_AFTER = re.compile(rf"(?:['’]s?)?,?\s+(?:(?:on\s+)?\w+day\s+)?(?:{_SPEAKS}|{_PRESS})\b")
_BEFORE = re.compile(
    r"\b(?:told|tells|telling|according to|reported (?:by|in)|published (?:by|in)|interview (?:with|in|to)|citing|"
    rf"quoting|quoted (?:by|in)|wrote (?:in|for)|writing (?:in|for)|(?:{_PRESS})(?: (?:in|by|from|on))?)\s+"
    r"(?:[Tt]he\s+|Britain['’]s\s+|Germany['’]s\s+|France['’]s\s+|(?:British|German|French|daily)\s+)?$"
)
_ACRONYM = re.compile(r"\s\(([A-Z][A-Za-z]{1,6})\)")
_ARTICLE = re.compile(r"(?:\b[Tt]he\s+)$")


class _Need(IntEnum):
    """What must stand beside a form before it counts as an outlet."""

    NOTHING = 0
    ARTICLE = 1  # "the", or an outlet's context
    CONTEXT = 2  # something said, published or reported


@dataclass(frozen=True, slots=True)
class _Form:
    """One way to write an outlet's name, without a leading "The"."""

    words: str
    outlet: Outlet
    need: _Need
    need_again: _Need  #: once the outlet was named
    whole: bool = True  #: a full name or an alias; a short form counts only once the outlet was named


class OutletNames:
    """The outlets of the registry under all the names by which running text calls them."""

    def __init__(self, outlets: Iterable[Outlet]) -> None:
        self._forms: dict[str, list[_Form]] = defaultdict(list)
        self._named: dict[str, Outlet] = {}
        for outlet in sorted(outlets, key=lambda one: one.key):
            for name in dict.fromkeys((outlet.name, *outlet.aliases)):
                self._add(name, outlet)
            for domain in outlet.domains:
                self._named.setdefault(domain.casefold(), outlet)
                self._put(_Form(domain, outlet, _Need.NOTHING, _Need.NOTHING))
        for forms in self._forms.values():
            forms.sort(key=lambda form: (-len(form.words), not form.whole, form.outlet.key))

    def named(self, name: str) -> Outlet | None:
        """The outlet that has this name, alias or domain; case and a leading "the" do not matter."""
        return self._named.get(_bare(name.strip()).casefold())

    def own(self, article: Article) -> tuple[Outlet, ...]:
        """The outlets that an article may call by a short name as its own: its outlet, and the one in its credit."""
        credited = self.named(article.credit) if article.credit else None
        return (article.outlet, credited) if credited else (article.outlet,)

    def mentions(self, text: str, own: Sequence[Outlet] = ()) -> list[tuple[Span, Outlet]]:
        """Where the text names an outlet, in order. A leading "the" is part of the span where the text has it.

        ``own`` are those whose text it is: what may be a short name of one of them means that one.
        """
        found: list[tuple[Span, Outlet]] = []
        seen: list[str] = []  # keys, the last one named last
        acronyms: dict[str, _Form] = {}  # as the text itself introduces them: "the Eastern News Agency (ENA)"
        end = 0
        for word in _WORD.finditer(text):
            if word.start() < end or (word[0] not in self._forms and word[0] not in acronyms):
                continue
            form = self._at(text, word, seen) if word[0] in self._forms else None
            short = acronyms.get(word[0])
            if form is None and short is not None and _stands(text, word.start(), short.words):
                form = short
            if form is not None:
                end = word.start() + len(form.words)
                article = _ARTICLE.search(text, max(0, word.start() - 6), word.start())
                outlet = next((one for one in own if shortens(form.words, one.name)), form.outlet)
                found.append((Span(article.start() if article else word.start(), end), outlet))
                acronym = _ACRONYM.match(text, end)
                if acronym is not None:
                    end = acronym.end()
                    acronyms[acronym[1]] = _Form(acronym[1], form.outlet, _Need.NOTHING, _Need.NOTHING)
                if form.outlet.key in seen:
                    seen.remove(form.outlet.key)
                seen.append(form.outlet.key)
        return found

    def _add(self, name: str, outlet: Outlet) -> None:
        bare = _bare(name)
        self._named.setdefault(bare.casefold(), outlet)
        with_article = bare != name
        if bare in _COMMON:
            self._put(_Form(bare, outlet, _Need.CONTEXT, _Need.ARTICLE if with_article else _Need.CONTEXT))
        elif with_article and " " not in bare:
            self._put(_Form(bare, outlet, _Need.ARTICLE, _Need.ARTICLE))
        else:
            self._put(_Form(bare, outlet, _Need.NOTHING, _Need.NOTHING))
        last = bare.rsplit(" ", 1)[-1]
        if last != bare and last in _SHORT_NAMES:
            self._put(_Form(last, outlet, _Need.ARTICLE, _Need.ARTICLE, whole=False))

    def _put(self, form: _Form) -> None:
        first = _WORD.match(form.words)
        if first:
            self._forms[first[0]].append(form)

    def _at(self, text: str, word: re.Match[str], seen: list[str]) -> _Form | None:
        """The longest form that begins here and may be read as an outlet; of equal ones the outlet named last."""
        fitting = [form for form in self._forms[word[0]] if _stands(text, word.start(), form.words)]
        while fitting:
            equal = [form for form in fitting if form.words == fitting[0].words]
            known = [form for form in equal if form.outlet.key in seen]
            known.sort(key=lambda form: seen.index(form.outlet.key))
            fresh = [form for form in equal if form.whole]
            if known and _meets(text, word.start(), known[-1], known[-1].need_again):
                return known[-1]
            only = not known and len({form.outlet.key for form in fresh}) == 1
            if only and _meets(text, word.start(), fresh[0], fresh[0].need):
                return fresh[0]
            fitting = fitting[len(equal) :]
        return None


def shortens(words: str, name: str) -> bool:
    """Whether the words are the end of a longer name: "the Times" of "The Harbour Times"."""
    return f" {_bare(name)}".casefold().endswith(f" {_bare(words.strip())}".casefold())


def _bare(name: str) -> str:
    return name[4:] if name[:4] in ("The ", "the ") else name


def _stands(text: str, start: int, name: str) -> bool:
    """Whether the name stands here as words of its own, and not in "AFP/Getty", "Reuters/Ipsos" or a longer address."""
    end = start + len(name)
    before, after = text[start - 1 : start], text[end : end + 1]
    if not text.startswith(name, start) or (before and before in "/@.-_") or (after and after in "/@_"):
        return text.startswith(f"www.{name}", start - 4) if start >= 4 else False
    return not (after.isalnum() or (after in "-." and text[end + 1 : end + 2].islower()))


def _meets(text: str, start: int, form: _Form, need: _Need) -> bool:
    if need is _Need.NOTHING:
        return True
    if need is _Need.ARTICLE and _ARTICLE.search(text, max(0, start - 6), start):
        return True
    after = _AFTER.match(text, start + len(form.words))
    return after is not None or _BEFORE.search(text, max(0, start - 60), start) is not None
