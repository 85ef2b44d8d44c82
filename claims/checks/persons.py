"""Two outlets give persons of one family name and different given names for the same thing."""

import re
import unicodedata
from collections.abc import Iterator

from claims.attribution.given_names import GIVEN_NAMES
from claims.checks.sides import difference, label, near, pairs, quoted
from claims.comparison import Difference, DifferenceKind
from claims.grouping import Group
from claims.statements import Claim
from claims.terms import Name, terms

#: so many words that are no names must be shared
WORDS_MIN = 2
#: titles that few of one family hold at one time, each with its long form
_TITLES = {
    title: forms.split()[0]
    for forms in (
        "senator sen", "representative rep congressman congresswoman", "governor gov", "president", "secretary",
        "mayor", "judge", "justice", "general gen", "minister", "spokesman", "spokeswoman", "chairman", "director",
        "ambassador", "sheriff", "professor prof", "captain capt", "aide", "leader", "chief",
        "officer", "lawyer", "attorney",
    )
    for title in forms.split()
}  # fmt: skip
#: so many words within so many of both make them names for one post, even where the texts know both bearers
CLOSE_MIN, REACH = 3, 5
#: given names that begin alike so far may be two forms of one: "Mike" and "Michael"
FORM_CHARS = 2
_FORMS = tuple(
    frozenset(forms.split())
    for forms in (
        "jim jimmy james jamie",
        "bob bobby rob robert",
        "bill billy will william",
        "dick rick richard",
        "ted teddy ed edward theodore",
        "jack john johnny jon",
        "chuck charles charlie",
        "peggy meg margaret maggie",
        "harry hank henry harold",
        "liz beth betsy betty elizabeth",
        "kate kathy cathy catherine katherine",
        "tony anthony",
        "drew andy andrew",
        "jerry gerald jeremy",
        "larry lawrence",
        "gene eugene",
        "molly polly mary",
        "nancy ann anne anna",
        "tom thomas",
        "jeff geoffrey",
        "sandy alexander alexandra",
    )
)


def persons(group: Group) -> Iterator[Difference]:
    """Only where both are given in full, neither text has the other's name, and no form of one name can be meant."""
    for one, two in pairs(group):
        named = {term for claim in (one, two) for name in claim.names for term in terms(name.text)}
        if len((set(one.terms) & set(two.terms)) - named) < WORDS_MIN:
            continue
        for mine, theirs in _other_bearers(one, two):
            yield difference(
                DifferenceKind.NAME,
                (one, mine.span),
                (two, theirs.span),
                strength=0.5,
                reason=f"{label(one)} names {quoted(one, mine.span)}, {label(two)} names {quoted(two, theirs.span)}.",
            )


def _other_bearers(one: Claim, two: Claim) -> Iterator[tuple[Name, Name]]:
    for mine in one.names:
        for theirs in two.names:
            a, b = _parts(mine), _parts(theirs)
            if a and b and a[-1] == b[-1] and not _may_be_one(a[0], b[0]):
                elsewhere = _has(two, a) or _has(one, b)
                if (not elsewhere or _in_one_post(one, mine, two, theirs)) and not set(a[:-1]) & set(b[:-1]):
                    yield mine, theirs


def _in_one_post(one: Claim, mine: Name, two: Claim, theirs: Name) -> bool:
    """Whether one title or the same words around them make them names for one post, whoever else the texts tell of."""
    if terms(mine.text)[0] in two.context or terms(theirs.text)[0] in one.context:
        return False
    titles = _title(one, mine), _title(two, theirs)
    if titles[0] and titles[0] == titles[1]:
        return True
    named = {*terms(mine.text), *terms(theirs.text)}
    return len((near(one, mine.span, REACH) & near(two, theirs.span, REACH)) - named) >= CLOSE_MIN


def _title(claim: Claim, name: Name) -> str:
    before = claim.article.text[claim.span.start : name.span.start].split()[-1:]
    written = before[0].strip(".“\"'").casefold() if before else ""
    return _TITLES.get(written, "")


def _parts(name: Name) -> tuple[str, ...]:
    """The words of a person's full name, folded; nothing where it is no such."""
    words = tuple(_folded(name.text).split())
    return words if len(words) > 1 and words[0].capitalize() in GIVEN_NAMES else ()


def _may_be_one(given: str, other: str) -> bool:
    return given[:FORM_CHARS] == other[:FORM_CHARS] or any({given, other} <= forms for forms in _FORMS)


def _has(claim: Claim, name: tuple[str, ...]) -> bool:
    """Whether the whole text of the claim's article has the given name before the family name."""
    pattern = rf"\b{re.escape(name[0])}\b(?:\W+\w+)?\W+{re.escape(name[-1])}\b"
    return re.search(pattern, _folded(claim.article.text)) is not None


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))
