"""Names of those who wrote a text, out of bylines as pages print them."""

import re
from collections.abc import Iterable, Sequence

from lxml.html import HtmlElement

from claims.types import Outlet
from scrapers._blocks import Block
from scrapers._datelines import bare_agency, byline_agency, without_agency
from scrapers._page import squeeze

NAME_MAX = 60  # characters; anything longer is a sentence about somebody
LINE_MAX = 200  # characters of a line with several names
PERSONS_MAX = 8  # more names than this are a list of staff
NEAR = 20  # lines after the headline among which the byline stands
WORDS_MAX = 6  # "Maria del Carmen de la Torre" has six

_PREFIX = re.compile(
    r"^\W*(?:(?:story|text|words?|report(?:ed|ing)?|written|analysis|opinion|comment(?:ary)?|review|interview|exclusive|posted|published|"
    r"article|photos?|photographs?|produced|edited|presented)\s+(?:by|from)|by|von|par|por|di|da|door|av|af|автор|текст)\b\s*:?\s*",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:[;|•·\n]|\s/\s|,?\s+(?:and|und|et|en|och|og|&|with|mit|avec)\s+|,)\s*", re.IGNORECASE)
_ROLE = re.compile(
    r"\b(?:editor|reporter|correspondent|writer|journalist|columnist|contributor|producer|staff|bureau|chief|desk|newsroom|team|"
    r"editors|editorial|redaktion|redakteur\w*|redaction|rédaction|redacción|redazione|analyst|professor|fellow|director|senior|"
    r"news|politics|agencies|agency|service|services|special|freelance|specialist|presenter|author|digital|online|"
    r"press\s+office|haber|merkezi|editör\w*|correspondant\w*|corresponsal|envoyé\w*|with|from|updated?|published|share|"
    r"min\s+read|follow|view|more|by)\b|^in\s|\bGMT\b|\d|@|https?:|www\.|\.(?:com|org|net|co)\b",
    re.IGNORECASE,
)
_SUFFIX = re.compile(
    r"\s*(?:\([^)]*\)|\[[^\]]*\]|[-–—|/]\s.*|(?<=\w{3})\.\s+[A-Z].*|\b(?:[Ff]or|[Aa]t\s+the)\s+.*|\bin\s+[A-Z].*)$"
)
# Spanish and Portuguese "and" also stands inside names: "Ortega y Gasset"
_AND_ALSO = re.compile(r"(?<=\w)\s+[ye]\s+(?=\w+\s+\w)")
_AFTER = re.compile(
    r"\s*(?:\d|@|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d|\b(?:published|updated|posted|follow|on\s+\w+day)\b).*",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[a-z]{4,}[.!?:]$")
_PICTURES = re.compile(r"photo|foto|graphic|illustrat|video", re.IGNORECASE)
_SENTENCE = re.compile(r"\w{4,}\.(?:\s|$)|[!?]")
_PARTICLES = frozenset(
    (
        "de",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "van",
        "von",
        "der",
        "den",
        "la",
        "le",
        "al",
        "el",
        "bin",
        "ibn",
        "y",
        "e",
    )
)


_OPENING = re.compile(r"^(?:by|von|par|por|di|door|af|av)\b\s*:?\s+\S", re.IGNORECASE)
_BYLINE = re.compile(
    r"(?:^|[\s_-])(?:bylines?|authors?|article-author|author-name|meta-byline|contributor-name)(?:$|[\s_-])",
    re.IGNORECASE,
)
_ATTRIBUTES = ("class", "rel", "itemprop", "data-testid", "data-component", "data-qa")
_FOREIGN = re.compile(
    r"(?:^|[\s_-])(?:related|recirc|cards?|teasers?|promos?|comments?|bio|avatar|image|photo|sidebar|footer|most|popular|social|"
    r"shar\w+|follow|statement|claimant|quote|rating|list-item|feed)(?:$|[\s_-])",
    re.IGNORECASE,
)


def visible_bylines(tree: HtmlElement, lines: Sequence[Block], heading: HtmlElement | None) -> list[str]:
    """Lines near the headline that name the authors: "By ...", an agency on a line of its own, or by their markup.

    An agency's name counts only where no image stands between it and the headline: below one it is a picture credit.
    """
    order = {element: place for place, element in enumerate(tree.iter())}
    start = order.get(heading, -1) if heading is not None else -1
    image = min(
        (order[e] for e in tree.iter("img", "figure", "picture", "video") if order[e] > start), default=len(order)
    )
    near = [line for line in lines if order[line.element] > start and line.element is not heading][:NEAR]
    marked = _marked(tree, order, start)
    for line in near:
        place = order[line.element]
        if marked and place >= order[marked[0]]:
            break
        if len(line.text) <= LINE_MAX and _OPENING.match(line.text) and not _SENTENCE_END.search(line.text):
            return [line.text]
        if place < image and len(line.text) <= NAME_MAX and bare_agency(line.text):
            return [line.text]
    return [_words(element) for element in marked]


def _words(element: HtmlElement) -> str:
    return squeeze(" ".join(element.itertext()))


def _marked(tree: HtmlElement, order: dict[HtmlElement, int], start: int) -> list[HtmlElement]:
    """The first element after the headline that markup calls a byline, with its likes beside it."""
    for element in tree.iter("a", "span", "div", "p", "address", "li", "h4", "h5", "ul", "section"):
        names = " ".join(value for key in _ATTRIBUTES if (value := element.get(key)))
        if order[element] < start or not _BYLINE.search(names):
            continue
        around = " ".join(e.get("class") or "" for e in [element, *element.iterancestors()][:4])
        text = _words(element)
        if "©" in text or _FOREIGN.search(around) or not text or len(text) > LINE_MAX:
            continue
        parent = element.getparent()
        alike = (
            [e for e in parent if e.tag == element.tag and e.get("class") == element.get("class")]
            if parent is not None
            else []
        )
        return (alike or [element])[:PERSONS_MAX]
    return []


def clean_authors(lines: Iterable[str], *, outlet: Outlet, sites: Sequence[str] = ()) -> tuple[str, ...]:
    """Names of persons and agencies in byline ``lines``, each once; without the outlet itself, roles and links."""
    own = {_key(name) for name in (outlet.name, *outlet.aliases, *outlet.domains, *sites) if name}
    names: dict[str, str] = {}
    for line in lines:
        for name in _names(squeeze(line), own):
            names.setdefault(_key(name), name)
    keys = list(names)
    # "Steve" beside "Steve Peoples" is the same person cut short
    return tuple(name for key, name in names.items() if not any(key != k and k.startswith(key) for k in keys))


def _names(line: str, own: set[str]) -> list[str]:
    if re.match(r"https?:|www\.|/", line):
        return []
    line = _AFTER.sub("", _PREFIX.sub("", line))
    if _SENTENCE.search(line) and len(line) > NAME_MAX:
        return []
    found: list[str] = []
    wire = byline_agency(line)
    for part in (name for some in _BETWEEN.split(line) for name in _people(some)):
        if _PICTURES.search(part):
            continue
        name = _without_outlet(_SUFFIX.sub("", _PREFIX.sub("", part)).strip(" .,:–—-/|\"'“”"), own)
        if not name:
            continue
        if byline_agency(name):
            person = without_agency(name)
            found.append(_cased(person) if " " in person else name)
        elif not (wire and " " not in name) and _is_name(name):
            found.append(_cased(name))
    return found


def _people(words: str) -> list[str]:
    parts = _AND_ALSO.split(words)
    return parts if all(" " in part for part in parts) else [words]


def _without_outlet(name: str, own: set[str]) -> str:
    """ "Kevin McCoy USA TODAY" -> "Kevin McCoy"; empty where nothing but the outlet is left."""
    words = name.split()
    for size in range(min(len(words), 5), 0, -1):
        if _key(" ".join(words[-size:])) in own:
            words = words[:-size]
            break
    key = _key(name)
    return "" if any(len(o) > 5 and key.startswith(o) for o in own) else " ".join(words)


def _is_name(name: str) -> bool:
    return len(name) <= NAME_MAX and len(name.split()) <= WORDS_MAX and name[0].isalpha() and not _ROLE.search(name)


def _cased(name: str) -> str:
    """STEVE PEOPLES -> Steve Peoples; names in mixed case and abbreviations stay as they are."""
    words = name.split()
    if len(words) < 2 or name != name.upper() or name.lower() == name.upper():
        return name
    return " ".join(w.lower() if w.lower() in _PARTICLES and i else _title(w) for i, w in enumerate(words))


def _title(word: str) -> str:
    if len(word) <= 2 or "." in word:
        return word
    titled = re.sub(r"[^\W\d_]+", lambda part: part[0].capitalize(), word)
    return re.sub(r"^(Mc|O['’])(\w)", lambda m: m[1] + m[2].upper(), titled)


def _key(name: str) -> str:
    return re.sub(r"\W+", "", name).casefold().removeprefix("the")
