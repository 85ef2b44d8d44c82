"""Numbers of a text as ranges with their unit: "about $1.2bn", "dozens of women", "97-1".

A number is never more exact than its words: "about", "more than", "up to" and rounding widen the range, so that two
ways to say one thing overlap (``claims.checks.numbers``). Days and years are ``claims.dates``.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from math import inf, log10

from claims.terms import stem
from claims.types import Span


class Unit(StrEnum):
    """What kind of thing is counted; ``Quantity.of`` says which one."""

    MONEY = "money"
    PERCENT = "percent"
    COUNT = "count"  # people, votes, pages, years: see ``of``
    ORDINAL = "ordinal"
    TALLY = "tally"  # two numbers that belong together: 97-1
    CHANCE = "chance"  # one in three


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number where it stands, with what its words allow it to be."""

    span: Span
    text: str  #: number with qualifier and unit, as written
    low: float
    high: float  #: inf for an open end
    value: float  #: as written, the middle of a range
    unit: Unit
    of: str = ""  #: stem of the counted noun, or the currency
    exact: bool = True  #: no "about", "more than", "dozens"
    second: float | None = None  #: second number of a tally

    @property
    def telling(self) -> bool:
        """Whether the number says something about the event: not a bare small count."""
        return self.unit in (Unit.MONEY, Unit.TALLY) or self.value >= 13 or self.value % 1 != 0


def _listed(listed: str) -> list[str]:
    return listed.split()


_SMALL = {
    word: n
    for n, word in enumerate(
        _listed(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
            "seventeen eighteen nineteen"
        )
    )
}
_TENS = {word: 10 * n for n, word in enumerate(_listed("twenty thirty forty fifty sixty seventy eighty ninety"), 2)}
_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "k": 1e3, "million": 1e6, "mn": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "b": 1e9,
    "trillion": 1e12, "tn": 1e12,
}  # fmt: skip
#: plural words for an unknown number: lowest and highest count they are used for
_VAGUE = {
    "dozens": (24.0, 199.0),
    "scores": (40.0, 199.0),
    "hundreds": (200.0, 2_999.0),
    "thousands": (2_000.0, 99_999.0),
    "millions": (2e6, 2e9),
    "billions": (2e9, 2e12),
}
_CURRENCIES = {
    "$": "$", "us$": "$", "a$": "A$", "c$": "C$", "dollar": "$", "usd": "$", "€": "€", "euro": "€", "£": "£",
    "pound": "£", "¥": "¥", "yen": "¥", "rubl": "rouble", "roubl": "rouble", "yuan": "yuan", "rupe": "rupee",
}  # fmt: skip

_WORD_NUMBER = rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(list(_SMALL)[1:10])}))?|{'|'.join(reversed(_SMALL))})"
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = r"hundred|thousand|million|billion|trillion|(?-i:[kKmMbB]|bn|mn|tn)"
_BEFORE = (
    r"(?:(?P<about>about|around|roughly|approximately|some|nearly|almost|close\sto|an\sestimated|estimated|circa)|"
    r"(?P<least>more\sthan|over|at\sleast|no\s(?:fewer|less)\sthan|upwards?\sof|in\sexcess\sof|exceeding)|"
    r"(?P<most>(?:less|fewer|no\smore)\sthan|under|up\sto|at\smost|as\s(?:many|much)\sas|below))\s+"
)
_NUMBER = re.compile(
    rf"""(?:(?<![\w.,/:$€£¥–-])|(?<=\d[-–]))(?:{_BEFORE})?
    (?P<currency>(?:US|A|C)?\$|€|£|¥)?\s?
    (?:(?P<digits>{_DIGITS})|(?P<word>\b{_WORD_NUMBER}\b)|(?P<article>\ban?\b(?=\s(?:dozen|half-dozen|{_SCALE})\b)))
    (?:[ -]?(?P<scale>(?:{_SCALE}|dozen)(?!\w)))?
    (?P<more>\s+or\s+more\b)?
    (?:(?P<percent>\s?%|[\s-]percent(?:age\spoints?)?\b|\s+per\s+cent\b)|(?P<ordinal>(?:st|nd|rd|th)\b))?
    (?![\w/:]|[.,]\d)""",
    re.VERBOSE | re.IGNORECASE,
)
_VAGUE_WORD = re.compile(rf"\b(?P<word>{'|'.join(_VAGUE)})\b(?!-)", re.IGNORECASE)
_RANGE_JOIN = re.compile(r"\s?(?:to|and|-|–)\s?")
_TALLY = re.compile(
    r"(?<![\w.,/:$-])(\d{1,3})\s?(?:-|–|‑|-to-|\sto\s)\s?(\d{1,3})(?![\w/:%-]|[.,]\d|\s?(?:percent|million|billion))"
)
_CHANCE = re.compile(
    rf"\b(?P<a>\d{{1,2}}|{_WORD_NUMBER})[- ](?:in|out of)[- ](?P<b>\d{{1,4}}|{_WORD_NUMBER})\b"
    r"(?!\s?(?:million|thousand|(?-i:[A-Z])))",
    re.IGNORECASE,
)
_NOUN = re.compile(
    r"[\s-]+(?:(?:of|the|its|their|his|her|additional|more|other|new|young|old|different|separate|current|former|total|\d+)"
    r"\s+)*([A-Za-z][\w'’-]*)"
)
_VOTE_TO = re.compile(
    r"\b(?:vot\w+|by|margin|tally|passed|approved|defeated|won|wins|lost|loses|elected|beat\w*)\b", re.IGNORECASE
)
_YEAR_BEFORE = re.compile(
    r"\b(?:in|since|from|until|by|of|through|between|and|to|early|late|mid|spring|summer|fall|winter|year)\s$", re.I
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\.?"
_DATE_BEFORE = re.compile(rf"\b{_MONTH}\s$", re.IGNORECASE)
_DATE_AFTER = re.compile(rf"\s(?:{_MONTH}\b|[ap]\.?m\b)", re.IGNORECASE)
_NO_NOUN = frozenset(
    _listed(
        "a an and or in on at to for from by with as that which who is are was were has have had but than after before "
        "of when while if because so said according the"
    )
)


def quantities(text: str, within: Span | None = None) -> tuple[Quantity, ...]:
    """The numbers in order, without those of dates, clock times and years; the word "one" is no number."""
    area = within or (Span(0, len(text)) if text else None)
    if area is None:
        return ()
    found = [*_tallies(text, area), *_chances(text, area)]
    taken = {n for quantity in found for n in range(quantity.span.start, quantity.span.end)}
    plain = [quantity for quantity in _plain(text, area) if quantity.span.start not in taken]
    found += [*_ranges(text, plain), *_vague(text, area)]
    return tuple(sorted(found, key=lambda quantity: quantity.span))


def _tallies(text: str, area: Span) -> list[Quantity]:
    found = []
    for match in _TALLY.finditer(text, area.start, area.end):
        first, second = float(match[1]), float(match[2])
        worded = "to" in match[0]
        if _DATE_BEFORE.search(text, max(0, match.start() - 12), match.start()) or match[0] in ("9-11", "24-7"):
            continue
        if worded and not _VOTE_TO.search(text, max(0, match.start() - 60), match.start()):
            continue
        if not worded and first < second and not _VOTE_TO.search(text, max(0, match.start() - 60), match.start()):
            continue  # "10-15 people" is a range
        span = Span(*match.span())
        found.append(
            Quantity(span=span, text=match[0], low=first, high=first, value=first, second=second, unit=Unit.TALLY)
        )
    return found


def _chances(text: str, area: Span) -> list[Quantity]:
    found = []
    for match in _CHANCE.finditer(text, area.start, area.end):
        part, whole = _plain_value(match["a"]), _plain_value(match["b"])
        if 0 < part < whole:
            value = part / whole
            found.append(
                Quantity(span=Span(*match.span()), text=match[0], low=value, high=value, value=value, unit=Unit.CHANCE)
            )
    return found


def _plain(text: str, area: Span) -> list[Quantity]:
    found = []
    for match in _NUMBER.finditer(text, area.start, area.end):
        quantity = _quantity(text, match)
        if quantity is not None:
            found.append(quantity)
    return found


def _quantity(text: str, match: re.Match[str]) -> Quantity | None:
    digits, scale = match["digits"], (match["scale"] or "").lower()
    start = min(match.start(group) for group in ("currency", "digits", "word", "article") if match[group])
    if digits and _is_date(text, start, match, scale):
        return None
    value = _plain_value(digits or match["word"] or "1")
    step = _step(digits) if digits else 1.0
    factor = 12.0 if scale == "dozen" else _SCALES.get(scale, 1.0)
    value, step = value * factor, step * factor
    noun = _noun_after(text, match.end())
    unit, of = _unit(match, noun)
    if unit is Unit.COUNT and value == 1 and not digits:
        return None  # "one" is mostly a pronoun
    about = bool(match["about"]) or scale == "dozen"
    loose = step if scale or (value >= 1000 and value % 100 == 0) else 0.0
    low, high = value - loose / 2, value + loose / 2
    if about:
        low, high = value * 0.9 - loose, value * 1.1 + loose
    if match["least"] or match["more"]:
        low, high = value, value * 2 if value else inf
    if match["most"]:
        low, high = value * 0.5, value
    span = Span(match.start(), match.end())
    while text[span.start].isspace():
        span = Span(span.start + 1, span.end)
    exact = not (about or match["least"] or match["most"] or match["more"])
    return Quantity(span=span, text=span.of(text), low=low, high=high, value=value, unit=unit, of=of, exact=exact)


def _unit(match: re.Match[str], noun: str) -> tuple[Unit, str]:
    if match["currency"]:
        return Unit.MONEY, _CURRENCIES.get(match["currency"].lower(), "$")
    if match["percent"]:
        return Unit.PERCENT, ""
    if match["ordinal"]:
        return Unit.ORDINAL, noun
    if noun in _CURRENCIES:
        return Unit.MONEY, _CURRENCIES[noun]
    return Unit.COUNT, noun


def _is_date(text: str, start: int, match: re.Match[str], scale: str) -> bool:
    """A year, a day of a month or a clock time rather than a number."""
    digits = match["digits"]
    if scale or match["currency"] or match["percent"]:
        return False
    if _DATE_AFTER.match(text, match.end()) or _DATE_BEFORE.search(text, max(0, start - 12), start):
        return True
    return (
        len(digits) == 4
        and digits.isdigit()
        and 1800 <= int(digits) <= 2100
        and (
            bool(_YEAR_BEFORE.search(text, max(0, start - 12), start))
            or not _noun_after(text, match.end())
            or not text[match.end() : match.end() + 1].isspace()
        )
    )


def _ranges(text: str, plain: list[Quantity]) -> list[Quantity]:
    """ "between 500,000 and 1.6 million" as one quantity."""
    found: list[Quantity] = []
    for quantity in plain:
        before = found[-1] if found else None
        if (
            before is not None
            and before.span.end <= quantity.span.start
            and _RANGE_JOIN.fullmatch(text[before.span.end : quantity.span.start])
            and before.value < quantity.value
            and before.unit in (quantity.unit, Unit.COUNT)
            and before.of in ("", quantity.of)
            and before.exact
            and _opens_range(text, before, quantity)
        ):
            found[-1] = Quantity(
                span=Span(before.span.start, quantity.span.end),
                text=text[before.span.start : quantity.span.end],
                low=before.low,
                high=quantity.high,
                value=(before.value + quantity.value) / 2,
                unit=quantity.unit,
                of=quantity.of,
                exact=False,
            )
        else:
            found.append(quantity)
    return found


def _opens_range(text: str, first: Quantity, second: Quantity) -> bool:
    """Whether two numbers with a dash, "to" or "and" between them are the ends of one range."""
    if text[first.span.end : second.span.start].strip() == "and":
        return text[max(0, first.span.start - 8) : first.span.start].lower().endswith("between ")
    return True


def _vague(text: str, area: Span) -> list[Quantity]:
    found = []
    for match in _VAGUE_WORD.finditer(text, area.start, area.end):
        low, high = _VAGUE[match["word"].lower()]
        noun = _noun_after(text, match.end())
        unit, of = (Unit.MONEY, _CURRENCIES[noun]) if noun in _CURRENCIES else (Unit.COUNT, noun)
        found.append(
            Quantity(
                span=Span(*match.span()), text=match[0], low=low, high=high, value=low, unit=unit, of=of, exact=False
            )
        )
    return found


def _noun_after(text: str, at: int) -> str:
    match = _NOUN.match(text, at)
    return stem(match[1]) if match and match[1].lower() not in _NO_NOUN else ""


def _plain_value(written: str) -> float:
    folded = written.lower().replace(",", "")
    if folded[0].isdigit():
        return float(folded)
    return float(sum(_TENS.get(part, _SMALL.get(part, 0)) for part in re.split(r"[- ]", folded)))


def _step(digits: str) -> float:
    """The place value of the last digit written: 1.6 -> 0.1, 1,500 -> 100."""
    plain = digits.replace(",", "")
    if "." in plain:
        return float(10 ** -len(plain.split(".")[1]))
    zeros = len(plain) - len(plain.rstrip("0"))
    return float(10 ** min(zeros, max(0, int(log10(float(plain) or 1)))))
