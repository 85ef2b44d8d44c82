"""What outlets set below a text: who reported and edited it, who the author is, where it appeared first."""

import re
from collections.abc import Sequence

from scrapers._blocks import Block

TAIL = 8  # blocks at the end that are looked at
SHORT = 350  # characters; a longer paragraph is text, whatever it opens with
BIO = 700  # characters of an author's biography

_SIGN_OFF = re.compile(
    r"""^[\W_]*(?:
      (?:additional\s+|further\s+|with\s+)?(?:reporting|writing|editing|research|graphics?|production|translation|text|photography|fact.?check(?:ing)?)\s+by\b
    | (?:written|edited|reported|compiled|translated|produced|researched)\s+by\b
    | contribut(?:ing|ors?|ed)\b.{0,20}:
    | (?:reporting|editing|writing|sources?|quellen?|fuentes?|fontes?|kaynak|источник|redaktion|mitarbeit|faktencheck|collaboration|edited|translated|authors?|contact|editor|tags|topics|filed\s+under|erstveröffentlichung)\s*:
    | with\s+(?:files|reporting|additional|inputs?|agenc\w+|reports?|information|material|contributions?|afp|ap\b|reuters|wire)\b
    | (?:mit\s+(?:material|informationen|agenturmaterial)|avec\s+(?:l['’])?(?:afp|reuters|agences)|con\s+(?:información|informaciones|agencias)|com\s+(?:informações|agências))\b
    | (?:this|the)\s+(?:story|article|report|piece|essay|column|interview|post|content|material)\s+(?:has\s+been\s+|was\s+|is\s+|first\s+|originally\s+)*(?:published|republished|produced|appeared|appears|supplied|created|translated|taken|adapted|part\s+of)\b
    | (?:first|originally)\s+(?:published|appeared)\b
    | a\s+version\s+of\s+this\b
    | (?:©|\(c\)\s|copyright\b)
    | (?:send|email|e-mail|reach|contact|write\s+to)\s.{0,60}(?:@|\bat\b)
    | (?:our|the)\s+standards\b
    | order\s+reprints
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_STAFF = re.compile(
    r"\bcontributed\s+(?:to\s+this|reporting|to\s+the\s+(?:report|story)|from)|\breported\s+from\s+[A-Z]|\b(?:writers?|reporters?|journalists?|correspondents?|editors?)\b.{3,150}\bcontributed\b"
    r"|^\W*\w+ reported from|\bis\s+the\s+author\s+of\b.*\bfollow\b|\b(?:hat|haben)\s+(?:zu\s+diesem|an\s+diesem)\s+(?:artikel|bericht|text)\b",
    re.IGNORECASE,
)
_INITIALS = re.compile(
    r"^\W*(?:[a-zäöü]{2,4}[/,;\s]+){0,5}(?:\(?(?:Reuters|AP|AFP|dpa|DPA|ANSA|EFE|PTI|ANI|TASS|SID|KNA|epd|APA|Jiji|JIJI|Kyodo|Xinhua|AAP)\)?[\s/,.-]*)+(?:[a-z/-]{2,12})?\W*$"
)
_CREDITS_LINE = re.compile(
    r"\b(?:foto|photo|bild|grafik|illustration|image|picture)s?\b(?:\s*\[\w+\])?\s*:", re.IGNORECASE
)
_PROFESSION = re.compile(
    r"\b(?:is|are|was|covers?|writes?|reports?|leads?|works?|joined|has\s+(?:been|worked|covered|written)|serves?)\b.{0,120}\b(?:reporter|correspondent|journalist|editor|columnist|"
    r"contributor|writer|author|professor|fellow|researcher|analyst|lecturer|director|producer|newsletter|politics|news|staff|covers|bureau|host|critic|university|book|follow)",
    re.IGNORECASE | re.DOTALL,
)
_ADDRESS = re.compile(r"\S+@\S+\.\w{2,}|\(?@\w{3,}\)?\s*\.?$")


def without_tail(blocks: Sequence[Block], authors: Sequence[str]) -> tuple[list[Block], list[str]]:
    """The text's blocks, and the words of the sign-offs, biographies and reprint notes that stood below them."""
    kept = list(blocks)
    tail: list[str] = []
    # a sign-off may have a line of text below it (a correction), so not only the very last block is looked at
    for block in kept[-TAIL:][::-1]:
        last = block is kept[-1]
        if is_sign_off(block.text) or (last and _about_author(block, authors)):
            kept = [b for b in kept if b is not block]
            tail.append(block.text)
    while kept and kept[-1].heading:
        kept.pop()
    return kept, tail[::-1]


def is_sign_off(text: str) -> bool:
    """Whether a line below a text says who made it, where it comes from, or whose it is."""
    if len(text) > SHORT:
        return False
    return bool(
        _SIGN_OFF.match(text)
        or _STAFF.search(text)
        or _INITIALS.match(text)
        or (len(text) < 160 and _CREDITS_LINE.search(text))
    )


def _about_author(block: Block, authors: Sequence[str]) -> bool:
    text = block.text
    if len(text) > BIO:
        return False
    opens = any(
        text.casefold().startswith(name.casefold()) or text.casefold().startswith(name.casefold().split()[-1])
        for name in authors
    )
    set_apart = block.share(block.italic) > 0.9
    if (opens or set_apart) and _PROFESSION.search(text[:250]):
        return True
    return len(text) < 160 and bool(_ADDRESS.search(text)) and (opens or set_apart or len(text) < 60)
