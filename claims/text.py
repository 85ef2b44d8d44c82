"""Where paragraphs, sentences and words begin and end, as exact offsets into the unchanged text.

Every function returns spans in order that do not overlap and hold no white space at their ends. No text is copied,
folded or cleaned here: ``text[span.start:span.end]`` is always what the article says.
"""

import re

from claims.types import Span

#: a line this long that stops without an end mark was broken by a text editor, not by its author
WRAPPED_MIN_CHARS = 60

CLOSERS = "\"'”’»“›)]"
_OPENERS = "\"'“‘«„‚‹([¿¡—–-"
_END = re.compile(rf"(?:[.!?…]+|[。！？؟۔।]+)[{re.escape(CLOSERS)}]*")
_BREAK = re.compile(r"[ \t\r\f\v\u00a0\u2028\u2029]*\n[ \t\r\f\v\u00a0\ufeff\u200b]*(\n\s*)?")
_WORD = re.compile(r"[^\W_]+(?:['’.\-‑][^\W_]+)*")
_LAST_WORD = re.compile(r"[^\s\"“”«»()\[\]—–]+$")
_NEXT_WORD = re.compile(r"[^\W\d_]+")


def _listed(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


#: stand before a name or number, so never at the end of a sentence (English, German, French, Spanish, Italian, Russian)
_BEFORE_A_NAME = _listed(
    """mr mrs ms mx messrs dr prof hon rev fr sr sra st gov sen rep reps sens gen lt col sgt cpl capt cmdr maj adm
    pvt pres atty dist supt det insp amb asst dep vs v cf e.g i.e approx ft mt jan feb mar apr jun jul aug sept sep
    oct nov dec hr bzw z.b u.a d.h dipl ing mme mlle mm sig dott avv pág núm г гг ул им т.е т.к т.н д.и см стр"""
)
#: abbreviations that stand before a name, but also at the end of a sentence
_EITHER_WAY = _listed("inc corp co ltd bros jr etc a.m p.m ph.d al est ed usw u.s.w")
_NUMBER_ABBREVIATION = _listed("no nos nr p pp art sec fig vol ch par abs")
_STARTERS = _listed(
    """the a an he she it they we i you this that these those there but and or so yet in on at as if when while
    after before since for from with without by to of his her its their our my one some many most all both each no
    not now then what who how why where which although though because however meanwhile asked according also such
    still even only under over during last earlier later until among another other"""
)
_MONTHS_AFTER_ORDINAL = _listed(
    "januar jänner februar märz april mai juni juli august september oktober november dezember jahrhundert"
)
_LETTERS_WITH_POINTS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_SAYS_AFTER_QUOTE = re.compile(
    r"\s+(?:[^\s.!?\"“”]+\s+){0,5}?"
    r"(?:said|says|asked|asks|added|adds|told|wrote|writes|replied|shouted|yelled|quipped|joked|wondered|tweeted|continued|"
    r"responded|declared|exclaimed|recalled|chanted|demanded|answered)\b"
    r"|\s+(?:he|she|they|(?:(?!(?:The|A|An|It|This|That|These|Those|But|And|In|At|On|No|So)\b)[A-Z][\w.'’-]+\s){0,2}"
    r"(?!(?:The|A|An|It|This|That|These|Those|But|And|In|At|On|No|So)\b)[A-Z][\w.'’-]+)\s\w+ed(?=[.,:])"
)


def paragraphs(text: str) -> tuple[Span, ...]:
    """The paragraphs: parted by blank lines, and by single line ends except where a line was only wrapped."""
    found: list[Span] = []
    start = 0
    for gap in _BREAK.finditer(text):
        if gap[1] is None and _wrapped(text, start, gap):
            continue
        _add(found, text, start, gap.start())
        start = gap.end()
    _add(found, text, start, len(text))
    return tuple(found)


def sentences(text: str, within: Span | None = None) -> tuple[Span, ...]:
    """The sentences of the text, or of the part ``within``. A closing quotation mark belongs to its sentence.

    A headline, a credit or a list item that is a paragraph of its own counts as a sentence.
    """
    found: list[Span] = []
    for part in (within,) if within else paragraphs(text):
        start = part.start
        for mark in _END.finditer(text, part.start, part.end):
            if mark.end() < part.end and mark.start() >= start and _ends(text, mark, part.end):
                _add(found, text, start, mark.end())
                start = mark.end()
        _add(found, text, start, part.end)
    return tuple(found)


def words(text: str, within: Span | None = None) -> tuple[Span, ...]:
    """The words: runs of letters and digits with the apostrophes, points and hyphens inside them."""
    area = within or (Span(0, len(text)) if text else None)
    return tuple(Span(*match.span()) for match in _WORD.finditer(text, area.start, area.end)) if area else ()


def _add(found: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        found.append(Span(start, end))


def _wrapped(text: str, start: int, gap: re.Match[str]) -> bool:
    line_start = max(text.rfind("\n", 0, gap.start()) + 1, start)
    before, after = text[gap.start() - 1 : gap.start()], text[gap.end() : gap.end() + 1]
    long = gap.start() - line_start >= WRAPPED_MIN_CHARS
    return long and (after.islower() or not (before in ".!?…:" or before in CLOSERS))


def _ends(text: str, mark: re.Match[str], stop: int) -> bool:
    """Whether the end mark ends a sentence, judged by the word before and what follows."""
    rest = mark.end()
    if text[mark.start()] in "。！？":
        return True
    if not text[rest].isspace():
        return False
    follows = rest
    while follows < stop and (text[follows].isspace() or text[follows] in _OPENERS):
        follows += 1
    if follows >= stop or text[follows].islower():
        return False
    closed = mark[0][-1] in CLOSERS
    if closed and mark[0][0] in "!?…" and _SAYS_AFTER_QUOTE.match(text, rest, min(stop, rest + 120)):
        return False
    if mark[0][0] != "." or mark[0].startswith(".."):
        return True
    return _point_ends(text, mark.start(), follows, closed)


def _point_ends(text: str, point: int, follows: int, closed: bool) -> bool:
    """Whether a single point ends a sentence and does not only shorten the word before it."""
    before = _LAST_WORD.search(text, max(0, point - 30), point)
    if before is None:
        return not text[point - 1].isspace()
    word = before[0].strip("'‘’-,;:").lower()
    following = _NEXT_WORD.match(text, follows)
    starts = (following is not None and following[0].lower() in _STARTERS) or text[follows - 1] in _OPENERS
    if word in _BEFORE_A_NAME:
        ends = closed and len(word) > 2
    elif closed:
        ends = True
    elif word in _NUMBER_ABBREVIATION and not (len(word) == 1 and before[0].isupper()):  # "Ann P. Lee"
        ends = not text[follows].isdigit()
    elif word in _EITHER_WAY or _LETTERS_WITH_POINTS.fullmatch(word):
        ends = starts
    elif len(word) == 1 and word.isalpha():
        ends = starts if word == "i" else before[0].islower() and word not in "pstг"
    elif word.isdigit() and len(word) < 3:
        ends = following is None or following[0].lower() not in _MONTHS_AFTER_ORDINAL
    else:
        ends = True
    return ends
