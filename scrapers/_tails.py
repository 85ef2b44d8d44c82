"""What outlets set below a text: who reported and edited it, who the author is, where it appeared first."""

import re
from collections.abc import Sequence

from scrapers._blocks import Block

TAIL = 8  # blocks at the end that are looked at
SHORT = 350  # characters; a longer paragraph is text, whatever it opens with
LINE = 160  # characters of a line of credits or addresses
BIO = 700  # characters of an author's biography
APART = 0.9  # share of italics from which on a paragraph is set apart from the text

# "Reporting by the paper found ..." is a sentence of the text
_NO_SENTENCE = r"(?!.*\b(?:found|show(?:s|ed)?|reveal(?:s|ed)?|suggest(?:s|ed)?|said|says|has|have|was|were|is|are)\b)"
_OPENERS = (
    rf"(?:additional\s+|further\s+|with\s+)?(?:reporting|writing|editing|graphics?)\s+by\b{_NO_SENTENCE}",
    rf"(?:written|edited|reported|compiled|translated|produced)\s+by\b{_NO_SENTENCE}",
    r"contribut(?:ing|ors?|ed)\b.{0,20}:",
    r"(?:reporting|editing|writing|sources?|edited|translated|authors?|contact|editor|tags|topics|filed\s+under)\s*:",
    r"(?:quellen?|fuentes?|fontes?|kaynak|источник|redaktion|mitarbeit|faktencheck|erstveröffentlichung)\s*:",
    r"with\s+(?:files|(?:additional\s+)?reporting|inputs?)\s+(?:from|by)\b",
    r"with\s+(?:agenc\w+|afp|ap|reuters|wire\s+\w+)\W*$",
    r"mit\s+(?:material|informationen|agenturmaterial)\s+(?:von|der)\b",
    r"(?:avec|con|com)\s+(?:l['’])?(?:afp|reuters|agences|agencias|agências|informaci\w+\s+de|informações)\b",
    r"this\s+(?:story|article|piece|essay|column|interview|post|content|material)\s+"
    r"(?:has\s+been\s+|was\s+|is\s+|first\s+|originally\s+)*"
    r"(?:published|republished|produced|appeared|appears|supplied|created|translated|taken|adapted|part\s+of)\b",
    r"(?:first|originally)\s+(?:published|appeared)\b",
    r"a\s+version\s+of\s+this\b",
    r"(?:©|\(c\)\s|copyright\b)",
    r"(?:send|e-?mail|reach|contact|write\s+to)\s.{0,60}@",
    r"(?:our|the)\s+standards\s*:",
    r"order\s+reprints",
)
_SIGN_OFF = re.compile(rf"^[\W_]*(?:{'|'.join(_OPENERS)})", re.IGNORECASE)
_STAFF = re.compile(
    r"\bcontributed\s+(?:to\s+this\s+(?:report|story|article)|reporting\b|from\s+[A-Z])|"
    r"\b(?:writers?|reporters?|journalists?|correspondents?|editors?)\b.{3,150}\bcontributed\b",
)
_REPORTED_FROM = re.compile(r"^\W*(?P<who>[^.]{2,80}?)\s+reported\s+from\s+[A-Z]")
_AGENCY = r"\(?(?:Reuters|AP|AFP|dpa|DPA|ANSA|EFE|PTI|ANI|TASS|SID|KNA|epd|APA|Jiji|JIJI|Kyodo|Xinhua|AAP)\)?"
_INITIALS = re.compile(rf"^\W*(?:[a-zäöü]{{2,4}}[/,;\s]+){{0,5}}(?:{_AGENCY}[\s/,.-]*)+(?:[a-z/-]{{2,12}})?\W*$")
_PICTURES = re.compile(r"\b(?:foto|photo|bild|grafik|illustration|image|picture)s?\b(?:\s*\[\w+\])?\s*:", re.IGNORECASE)
_WORKS = (
    r"\b(?:is|are|was|covers?|writes?|reports?|leads?|works?|joined|has\s+(?:been|worked|covered|written)|serves?)\b"
)
_PROFESSION = re.compile(
    rf"{_WORKS}.{{0,120}}\b(?:reporter|correspondent|journalist|editor|columnist|contributor|writer|author|professor|"
    r"fellow|researcher|analyst|lecturer|director|producer|newsletter|politics|news|staff|covers|bureau|host|critic|"
    r"university|book|follow)",
    re.IGNORECASE | re.DOTALL,
)
_ADDRESS = re.compile(r"\S+@\S+\.\w{2,}|\(?@\w{3,}\)?\s*\.?$")


def without_tail(blocks: Sequence[Block], authors: Sequence[str]) -> tuple[list[Block], list[str]]:
    """The text's blocks, and the words of the sign-offs, biographies and reprint notes that stood below them."""
    kept = list(blocks)
    tail: list[str] = []
    # a sign-off may have a line below it (a correction), so not only the very last block is looked at
    for block in kept[-TAIL:][::-1]:
        last = block is kept[-1]
        if is_sign_off(block.text, authors) or (last and _about_author(block, authors)):
            kept = [b for b in kept if b is not block]
            tail.append(block.text)
    while kept and kept[-1].heading:
        kept.pop()
    return kept, tail[::-1]


def is_sign_off(text: str, authors: Sequence[str] = ()) -> bool:
    """Whether a line below a text says who made it, where it comes from, or whose it is."""
    if len(text) > SHORT:
        return False
    if _SIGN_OFF.match(text) or _STAFF.search(text) or _INITIALS.match(text):
        return True
    reported = _REPORTED_FROM.match(text)
    if reported and any(name.split()[-1] in reported["who"] for name in authors):
        return True
    return len(text) <= LINE and _PICTURES.search(text) is not None


def _about_author(block: Block, authors: Sequence[str]) -> bool:
    text = block.text
    if len(text) > BIO:
        return False
    lowered = text.casefold()
    opens = any(lowered.startswith((name.casefold(), name.casefold().split()[-1])) for name in authors)
    apart = block.share(block.italic) > APART
    if (opens or apart) and _PROFESSION.search(text[:250]):
        return True
    return len(text) <= LINE and _ADDRESS.search(text) is not None and (opens or apart or len(text) < 60)
