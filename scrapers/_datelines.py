"""Datelines and credit lines: where a text was filed, and whose copy it says it is.

Only words of the text, its byline and its sign-off count. A picture credit never does.
"""

import re
from collections.abc import Iterable, Sequence

from claims.types import Outlet

#: news agencies: common name, then the forms in which pages print it
AGENCIES: tuple[tuple[str, str], ...] = (
    ("Reuters", r"(?i:\breuters\b)"),
    ("AP", r"(?i:\bassociated\s+press\b)|\bAP\b|\bA\.P\."),
    ("AFP", r"(?i:agence\s+france[\s-]presse)|\bAFP\b|\bafp\b"),
    ("dpa", r"\bdpa\b|\bDPA\b|(?i:deutsche\s+presse[\s-]agentur)"),
    ("PTI", r"(?i:press\s+trust\s+of\s+india)|\bPTI\b"),
    ("ANI", r"(?i:asian\s+news\s+international)|\bANI\b"),
    ("IANS", r"(?i:indo[\s-]asian\s+news\s+service)|\bIANS\b"),
    ("Jiji", r"(?i:\bjiji\b)"),
    ("Kyodo", r"(?i:\bkyodo\b)"),
    ("Yonhap", r"(?i:\byonhap\b)"),
    ("Xinhua", r"(?i:\bxinhua\b)"),
    ("CNA", r"(?i:central\s+news\s+agency)|\bCNA\b"),
    ("ANSA", r"\bANSA\b|\bAnsa\b"),
    ("EFE", r"\bEFE\b|\bEfe\b"),
    ("Europa Press", r"(?i:europa\s+press)"),
    ("Lusa", r"\bLusa\b|\bLUSA\b"),
    ("TASS", r"\bTASS\b|\bTass\b|\bТАСС\b"),
    ("RIA Novosti", r"(?i:ria\s+novosti)|РИА\s+Новости"),
    ("Interfax", r"(?i:\binterfax\b)|Интерфакс"),
    ("Ukrinform", r"(?i:\bukrinform\b)|Укрінформ"),
    ("Anadolu", r"(?i:\banadolu(?:\s+(?:agency|ajansı))?\b)"),
    ("PA Media", r"\bPA(?:\s+Media)?\b|(?i:\bpress\s+association\b)"),
    ("AAP", r"(?i:australian\s+associated\s+press)|\bAAP\b"),
    ("The Canadian Press", r"(?i:canadian\s+press)"),
    ("UPI", r"(?i:united\s+press\s+international)|\bUPI\b"),
    ("Bloomberg", r"(?i:\bbloomberg\b)"),
    ("CNN", r"\bCNN\b"),
    ("SID", r"\bSID\b"),
    ("epd", r"\bepd\b"),
    ("KNA", r"\bKNA\b"),
    ("APA", r"\bAPA\b"),
    ("Keystone-SDA", r"(?i:keystone[\s-]sda)|\bSDA\b"),
    ("Belga", r"(?i:\bbelga\b)"),
    ("ANP", r"\bANP\b"),
    ("PAP", r"\bPAP\b"),
    ("Bernama", r"(?i:\bbernama\b)"),
)
# forms that are words or names of something else as well count only inside the brackets of a dateline
_ONLY_IN_BRACKETS = frozenset(
    ("CNN", "CNA", "Bloomberg", "PA Media", "SID", "APA", "Keystone-SDA", "PAP", "ANP", "ANI", "epd", "KNA")
)
_PATTERNS = tuple((name, re.compile(pattern)) for name, pattern in AGENCIES)
#: where an agency publishes itself: there its copy is the outlet's own
_HOMES = {
    "AP": ("apnews.com", "ap.org"), "Reuters": ("reuters.com",), "AFP": ("afp.com",), "CNN": ("cnn.com",),
    "Anadolu": ("aa.com.tr",), "Bloomberg": ("bloomberg.com",), "TASS": ("tass.com", "tass.ru"),
}  # fmt: skip

DATELINE_MAX = 90  # characters; "PORT-AU-PRINCE, Haiti, and SANTO DOMINGO, March 3 (Reuters) -" has 62

_DASH = r"[-‐-―—–]{1,3}"
_DAY = r"(?:[A-Z][\w.]{2,9}\.?\s+\d{1,2}|\d{1,2}\.?\s+(?:de\s+)?[^\W\d]{3,10}\.?)(?:,?\s+\d{4})?"
_PLACE = r"[^\W\d_][\w.'’-]*(?:(?:,\s|[ /])(?:and\s+|et\s+|y\s+|und\s+|der\s+)?\[?[^\W\d_][\w.'’-]*\]?){0,8}"
_NEXT = r"(?=[^\W\d_a-zß-ÿ]|[“\"‘'«„])"  # the sentence after a dateline opens with a capital or a mark
_BRACKETED = re.compile(
    rf"""(?:{_PLACE}(?:,?\s+{_DAY}\.?)?,?\s+         # where and when,
      [(/](?P<agency>[^()/]{{2,45}})[)/]             # (Reuters), /TASS/
      \s*(?:[.:]?\s*{_DASH}|[.:])\s*                 # and a mark that closes it
    | {_PLACE},\s+{_DAY}\s+\((?P<unmarked>[^()/]{{2,45}})\)\s+{_NEXT}
    | \((?P<alone>[^()]{{2,30}})\)\s*(?:{_DASH}\s*)?)""",
    re.VERBOSE,
)
_FILED_AFTER = re.compile(rf"\((?P<agency>[^()]{{2,30}})\)\s*{_DASH}\s*[A-ZÀ-Ý' ]{{3,30}},\s*{_DAY}\s*{_DASH}\s*")
_CAPITALISED = r"[^\W\d_a-zß-ÿ][\w.'’-]*"
#: place, day and a name in brackets: whoever that is, the text says that it is theirs
_FULL = re.compile(rf"{_PLACE},\s+{_DAY}\.?\s+\((?P<agency>{_CAPITALISED}(?: {_CAPITALISED}){{0,3}})\)\s*{_DASH}\s*")
_PLACE_ONLY = re.compile(
    rf"""(?P<place>[^\W\d_a-zß-ÿ][^\W\d_a-zß-ÿ.'’-]{{2,}})
    (?:(?:[ /,]{{1,2}}{_CAPITALISED}){{0,5}}(?:,\s+{_DAY})?\s*{_DASH}   # DUBLIN —; DHAKA, Bangladesh —
      |(?:\ [^\W\d_a-zß-ÿ]{{2,}}){{0,2}}:)                            # NEW DELHI:
    \s+{_NEXT}""",
    re.VERBOSE,
)
_NO_PLACE = re.compile(
    r"^(?:watch|update[d]?|exclusive|breaking|live|video|analysis|opinion|editorial|explainer|note|correction|read|more|photos?"
    r"|fact|claim|question|answer|verdict|rating|summary|warning|spoiler|q|a|tl;dr)\b",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"^\W*(?:additional\s+)?reporting\s+by\b.*\b(?:editing|writing)\s+by\b", re.IGNORECASE | re.DOTALL)
_AP_WRITERS = re.compile(
    r"\b(?:[Aa]ssociated\s+[Pp]ress|AP)\s+(?:\w+\s+)?(?:writers?|journalists?|reporters?|video)\b.*\b(?:contributed|reported)\b",
    re.DOTALL,
)
_CAPITALS = re.compile(r"(?:[^\W\d_a-zß-ÿ]{3,}(?: [^\W\d_a-zß-ÿ]{3,}){0,2})?")
_CREDIT_LINE = re.compile(
    r"^\W*(?:source|quelle|fuente|fonte|kaynak|источник)s?\s*:\s*(?P<a>.{2,40})$"
    r"|^(?:[\w.-]{1,6}[/,]\s?)*(?P<b>[\w -]{2,30})$|^[(\[](?P<c>[^()]{2,40})[)\]]\.?$"
    r"|^(?:©|\(c\)|copyright)\s*(?:\d{4})?\s*(?P<d>[\w -]{2,30})",
    re.IGNORECASE,
)


def split_dateline(text: str) -> tuple[str | None, str]:
    """The dateline as printed and the paragraph without it: ("PARIS, March 3 (Reuters) -", "The …")."""
    for pattern in (_FILED_AFTER, _BRACKETED):
        match = pattern.match(text)
        agency = next((group for group in match.groups() if group), None) if match else None
        if match and agency and match.end() <= DATELINE_MAX and _agency(agency, bracketed=True):
            return _cut(text, match.end())
    if (match := _FULL.match(text)) and match.end() <= DATELINE_MAX:
        return _cut(text, match.end())
    match = _PLACE_ONLY.match(text)
    # scripts without capitals have no such datelines: there any word before a colon would do
    if match and match["place"].isupper() and match.end() <= DATELINE_MAX and not _NO_PLACE.match(text):
        return _cut(text, match.end())
    return None, text


def _cut(text: str, end: int) -> tuple[str | None, str]:
    rest = text[end:].lstrip()
    return (text[:end].strip(), rest) if rest else (None, text)


def credit_of(*, dateline: str | None, bylines: Sequence[str], sign_off: Iterable[str], outlet: Outlet) -> str | None:
    """The agency whose copy the text says it is; the outlet's own name where the outlet is that agency."""
    name = None
    if dateline and (bracket := re.search(r"[(/]([^()/]{2,45})[)/]", dateline)):
        name = _agency(bracket[1], bracketed=True) or (bracket[1] if _FULL.match(dateline) else None)
    name = name or next((agency for line in bylines if (agency := byline_agency(line))), None)
    name = name or next((agency for line in sign_off if (agency := _signed(line))), None)
    if name is None:
        return None
    own = {outlet.name.casefold(), *(alias.casefold() for alias in outlet.aliases)}
    return outlet.name if name.casefold() in own or set(_HOMES.get(name, ())) & set(outlet.domains) else name


def byline_agency(line: str) -> str | None:
    """The agency that a byline names as author: "AFP, MANILA", "Associated Press in Valencia", "Le Figaro et AFP"."""
    return _agency(line, bracketed=False) if len(line) <= 60 else None


def bare_agency(line: str) -> bool:
    """Whether a line is an agency's name and at most a place: "JIJI", "AFP, MANILA"."""
    rest = without_agency(line)
    return rest not in (line, "POOL") and _CAPITALS.fullmatch(rest) is not None


def without_agency(line: str) -> str:
    """A byline without the agencies that it names."""
    for name, pattern in _PATTERNS:
        if name not in _ONLY_IN_BRACKETS:
            line = pattern.sub("", line)
    return re.sub(r"\bthe\s*$", "", line, flags=re.IGNORECASE).strip(" ,/-–—|")


def _agency(words: str, *, bracketed: bool) -> str | None:
    found = [
        (match.start(), name)
        for name, pattern in _PATTERNS
        if (match := pattern.search(words)) and (bracketed or name not in _ONLY_IN_BRACKETS)
    ]
    return min(found)[1] if found else None


def _signed(line: str) -> str | None:
    if _SIGNED.search(line):
        return "Reuters"
    if _AP_WRITERS.search(line):
        return "AP"
    match = _CREDIT_LINE.match(line)
    words = next((group for group in match.groups() if group), None) if match else None
    return _agency(words, bracketed=False) if words else None
